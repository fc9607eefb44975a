/* file, content, zip: bytes from outside, whole or refused. */
#define _DEFAULT_SOURCE

#include "tests/check.h"

#include <stdbool.h>
#include <unistd.h>

#include "engine/base/memory.h"
#include "engine/base/progress.h"
#include "layers/read/content.h"
#include "layers/read/file.h"
#include "layers/read/load.h"

static char folder[] = "/tmp/hotbeat-file-XXXXXX";

static int make_folder(void **unused)
{
    (void)unused;
    return mkdtemp(folder) ? 0 : 1;
}

static int drop_folder(void **unused)
{
    (void)unused;
    char path[64];
    snprintf(path, sizeof path, "%s/a", folder);
    unlink(path);
    return rmdir(folder);
}

static const char *written(const void *bytes, size_t n)
{
    static char path[64];
    snprintf(path, sizeof path, "%s/a", folder);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    return path;
}

/** All text of a file, asked for `step` bytes at a time. */
static size_t text_of(const void *bytes, size_t n, size_t step, char *into, hot_content *content)
{
    hot_file *file;
    hot_error error = {{0}};
    if (hot_file_open(written(bytes, n), &file, &error) != HOT_OK) fail_msg("%s", error.text);
    if (hot_file_expect_text(file, &error) != HOT_OK) fail_msg("%s", error.text);
    hot_source source = hot_file_source(file);
    size_t length = 0;
    ptrdiff_t more;
    while ((more = source.read(source.self, into + length, step)) > 0) length += (size_t)more;
    assert_int_equal(more, 0);
    assert_int_equal(hot_file_finish(file, content, NULL, &error), HOT_OK);
    hot_file_close(file);
    return length;
}

/* ---- UTF-16 ---- */

static void utf16_in_pieces_of_any_size(void **unused)
{
    (void)unused;
    /* a é euro, a letter beyond 16 bits, a surrogate alone on each side, half a unit at the end */
    static const unsigned char little[] = {0xff, 0xfe, 'a',  0,    0xe9, 0,    0xac,
                                           0x20, 0x3d, 0xd8, 0xe2, 0xdc, 0x3d, 0xd8,
                                           'b',  0,    0xe2, 0xdc, 'c',  0,    0x3d};
    static const char expected[] = "\xef\xbb\xbf"
                                   "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x93\xa2\xff"
                                   "b\xff"
                                   "c\xff";
    unsigned char big[sizeof little];
    for (size_t i = 0; i + 1 < sizeof little; i += 2) {
        big[i] = little[i + 1];
        big[i + 1] = little[i];
    }
    big[sizeof little - 1] = 0xd8;
    for (size_t step = 16; step < 80; step++) {
        char text[256];
        hot_content content;
        size_t n = text_of(little, sizeof little, step, text, &content);
        assert_int_equal(n, sizeof expected - 1);
        assert_memory_equal(text, expected, n);
        assert_int_equal(content.bytes, sizeof little); /* the file's own, not the decoded */
        n = text_of(big, sizeof big, step, text, &content);
        assert_int_equal(n, sizeof expected - 1);
        assert_memory_equal(text, expected, n);
    }
}

/** Every code point there and back, by an encoder of its own. */
static void every_letter_of_utf16(void **unused)
{
    (void)unused;
    for (uint32_t c = 1; c < 0x110000; c += c < 0x1000 ? 1 : 61) {
        if (c >= 0xd800 && c < 0xe000) continue;
        unsigned char unit[4];
        size_t n = 2;
        uint32_t high = c;
        if (c >= 0x10000) {
            high = 0xd800 + ((c - 0x10000) >> 10);
            uint32_t low = 0xdc00 + ((c - 0x10000) & 0x3ff);
            unit[2] = (unsigned char)low;
            unit[3] = (unsigned char)(low >> 8);
            n = 4;
        }
        unit[0] = (unsigned char)high;
        unit[1] = (unsigned char)(high >> 8);
        hot_utf16 state = {0};
        char text[16];
        size_t length = hot_utf16_decode(&state, unit, n, text);
        assert_int_equal(hot_utf16_end(&state, text + length), 0);
        assert_true(hot_utf8_is(text, length));
        uint32_t back = (unsigned char)text[0];
        if (length > 1) back &= 0xffu >> (length + 1);
        for (size_t i = 1; i < length; i++) back = back << 6 | ((unsigned char)text[i] & 0x3f);
        assert_int_equal(back, c);
    }
}

/* ---- what is no text ---- */

static void foreign_is_known_and_text_is_not(void **unused)
{
    (void)unused;
    static const char *const text[] = {"date,x,y\n",
                                       "",
                                       "P",
                                       "PK",
                                       ("\xef\xbb\xbf"
                                        "date"),
                                       "\"date\",\"x\"",
                                       "a{b}",
                                       "Rar",
                                       "BZ,x",
                                       "%P,D,F"};
    for (size_t i = 0; i < COUNT(text); i++)
        assert_null(hot_content_foreign((const unsigned char *)text[i], strlen(text[i])).what);
    static const char *const foreign[] = {"PAR1xxxx", "%PDF-1.4",          "{\"a\": 1}",   "\n [1]",
                                          "<html>",   "SQLite format 3\0", "\xef\xbb\xbf{"};
    for (size_t i = 0; i < COUNT(foreign); i++) {
        hot_foreign f = hot_content_foreign((const unsigned char *)foreign[i], strlen(foreign[i]));
        assert_non_null(f.what);
        assert_non_null(f.mend);
    }
}

/* ---- the whole of a file ---- */

static void the_hash_is_of_all_bytes(void **unused)
{
    (void)unused;
    hot_content content, digest;
    hot_error error;
    char text[2048];
    assert_int_equal(text_of("abc", 3, 2, text, &content), 3);
    assert_string_equal(content.sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const char *path = written("abc", 3);
    const char *const both[] = {path, path, "/nowhere/at/all"};
    assert_int_equal(hot_file_digest(both, 1, &digest, &error), HOT_OK);
    assert_string_equal(digest.sha256, content.sha256);
    assert_int_equal(hot_file_digest(both, 3, &digest, &error), HOT_OK);
    assert_int_equal(digest.bytes, 6);
    assert_string_equal(digest.sha256, /* of "abcabc" */
                        "bbb59da3af939f7af5f360f2ceb80a496e3bae1cd87dde426db0ae40677e1c2c");
    assert_int_equal(hot_file_digest(both + 2, 1, &digest, &error), HOT_INPUT);
}

/** A file longer than what is looked at, read in steps of any size, is the same. */
static void the_beginning_is_not_lost(void **unused)
{
    (void)unused;
    char bytes[1500], text[1600];
    hot_content content;
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)('a' + i % 26);
    static const size_t step[] = {1, 7, 511, 512, 513, 1500};
    for (size_t k = 0; k < COUNT(step); k++) {
        assert_int_equal(text_of(bytes, sizeof bytes, step[k], text, &content), sizeof bytes);
        assert_memory_equal(text, bytes, sizeof bytes);
    }
}

/* ---- archives ---- */

/** Any bytes at all: refused with a sentence or listed, and nothing is left over. */
static void a_directory_of_chance(void **unused)
{
    (void)unused;
    unsigned seed = 1;
    for (int i = 0; i < 3000; i++) {
        unsigned char bytes[120];
        for (size_t k = 0; k < sizeof bytes; k++)
            bytes[k] = (unsigned char)((seed = seed * 1103515245u + 12345u) >> 24);
        memcpy(bytes, "PK\1\2", 4);
        for (size_t k = 28; k < 34; k++) bytes[k] = (unsigned char)(bytes[k] % 9); /* lengths */
        bytes[29] = bytes[31] = bytes[33] = 0;
        unsigned char *end = bytes + 98;
        memcpy(end, "PK\5\6\0\0\0\0\1\0\1\0\x62\0\0\0\0\0\0\0\0\0", 22);
        hot_zip zip = {0};
        hot_error error = {{0}};
        hot_status status = hot_zip_list(written(bytes, sizeof bytes), &zip, &error);
        if (status == HOT_OK)
            assert_int_equal(zip.n, 1);
        else
            assert_true(status == HOT_INPUT && error.text[0] && zip.member == NULL);
        hot_zip_free(&zip);
    }
}

/* ---- the loader's limits ---- */

static void too_many_files(void **unused)
{
    (void)unused;
    enum { LIMIT = 65535 };
    const char **paths = hot_new(LIMIT + 1, sizeof *paths);
    for (size_t k = 0; k <= LIMIT; k++) paths[k] = "/nowhere/at/all.csv";
    hot_load_rules rules = {.epsg = 27700};
    hot_loaded loaded = {0};
    hot_error error = {{0}};
    assert_int_equal(hot_load(paths, LIMIT + 1, &rules, &loaded, &error), HOT_USAGE);
    assert_non_null(strstr(error.text, "65535"));
    /* One fewer are looked at: the first is not there. */
    assert_int_equal(hot_load(paths, LIMIT, &rules, &loaded, &error), HOT_INPUT);
    assert_non_null(strstr(error.text, "all.csv"));
    hot_free(paths);
}

/** Asked to stop in the middle of one large file, the loader stops there. */
typedef struct {
    int asked, stop_at;
} listener;

static bool listens(void *self, const char *what, double share)
{
    listener *l = self;
    assert_true(what && share >= 0 && share <= 1);
    return ++l->asked < l->stop_at;
}

static void a_large_file_can_be_stopped(void **unused)
{
    (void)unused;
    static const char header[] = "date,easting,northing\n", row[] = "2025-01-02,404000,254000\n";
    enum { ROWS = 800000 }; /* 20 MB: five buffers */
    char *text = hot_new_raw(sizeof header + ROWS * sizeof row, 1), *at = text;
    assert_non_null(text);
    at += sprintf(at, "%s", header);
    for (int k = 0; k < ROWS; k++, at += sizeof row - 1) memcpy(at, row, sizeof row - 1);
    const char *path = written(text, (size_t)(at - text));
    hot_free(text);
    for (int stop_at = 1; stop_at <= 4; stop_at++) {
        listener l = {0, stop_at};
        hot_progress progress = {listens, &l};
        hot_load_rules rules = {.epsg = 27700, .threads = 1, .progress = &progress};
        hot_loaded loaded = {0};
        hot_error error = {{0}};
        assert_int_equal(hot_load(&path, 1, &rules, &loaded, &error), HOT_STOPPED);
        assert_int_equal(l.asked, stop_at); /* never again */
        assert_null(loaded.inputs);
    }
}

static void too_many_rows(void **unused)
{
    (void)unused;
    hot_incidents t = {.n = UINT32_MAX - 1, .room = UINT32_MAX - 1};
    size_t row;
    assert_int_equal(hot_incidents_add(&t, &row), HOT_MEMORY);
}

/* ---- much out of little ---- */

/** 64 KiB of zeros as gzip. */
static const unsigned char zeros[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x01, 0x01, 0x00, 0x00,
    0x00, 0x80, 0x90, 0xfe, 0xaf, 0xee, 0x08, 0x0a, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x6a, 0xeb, 0x8e, 0x97, 0xd7, 0x00, 0x00, 0x01, 0x00,
};
enum { ZEROS = 65536 };

/** So many times 64 KiB, with padding behind the first. */
static hot_status unpack(size_t times, size_t padding, hot_content *content, hot_error *error)
{
    size_t n = times * sizeof zeros + padding, at = 0;
    unsigned char *bytes = hot_new(n, 1);
    hot_file *file;
    assert_non_null(bytes);
    for (size_t k = 0; k < times; k++, at += sizeof zeros + (k == 1 ? padding : 0))
        memcpy(bytes + at, zeros, sizeof zeros);
    assert_int_equal(hot_file_open(written(bytes, n), &file, error), HOT_OK);
    hot_status status = hot_file_finish(file, content, NULL, error);
    hot_file_close(file);
    hot_free(bytes);
    return status;
}

static void much_out_of_little(void **unused)
{
    (void)unused;
    hot_content content;
    hot_error error = {{0}};
    size_t limit = HOT_UNPACKED / ZEROS;
    assert_int_equal(unpack(limit, 0, &content, &error), HOT_OK);
    assert_true(content.bytes == HOT_UNPACKED);
    assert_int_equal(unpack(limit + 1, 0, &content, &error), HOT_INPUT);
    assert_non_null(strstr(error.text, "a: unpacks to more than 1 GiB"));
    size_t little = (limit + 1) * ZEROS / HOT_UNPACKED_TIMES; /* the other side of 250 times */
    assert_int_equal(unpack(limit + 1, little, &content, &error), HOT_OK);
    assert_true(content.bytes == HOT_UNPACKED + ZEROS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf16_in_pieces_of_any_size),
        cmocka_unit_test(every_letter_of_utf16),
        cmocka_unit_test(foreign_is_known_and_text_is_not),
        cmocka_unit_test(the_hash_is_of_all_bytes),
        cmocka_unit_test(the_beginning_is_not_lost),
        cmocka_unit_test(a_directory_of_chance),
        cmocka_unit_test(too_many_files),
        cmocka_unit_test(too_many_rows),
        cmocka_unit_test(a_large_file_can_be_stopped),
        cmocka_unit_test(much_out_of_little),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
