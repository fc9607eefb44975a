/* unread: reading a file in every dress, each call to the system failed once and each request for
 * memory refused: the whole of it or a failure, never a part that is called the whole. */
#define _GNU_SOURCE

#include "tests/trial.h"

#include <fcntl.h>
#include <stdarg.h>
#include <zlib.h>

#include "engine/base/memory.h"
#include "layers/read/load.h"
#include "tests/seam.h"

/* ---- the calls ---- */

WRAP(ssize_t, read, (int file, void *into, size_t n), (file, into, n), -1)
WRAP(ssize_t, pread, (int file, void *into, size_t n, off_t at), (file, into, n, at), -1)
WRAP(off_t, lseek, (int file, off_t at, int whence), (file, at, whence), -1)
WRAP(int, fstat, (int file, struct stat *st), (file, st), -1)

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    int mode = flags & O_CREAT ? va_arg(rest, int) : 0;
    va_end(rest);
    return fails("open") ? -1 : __real_open(path, flags, mode);
}

/** zlib's own failures, which are of memory. */
int __real_inflateInit2_(z_stream *z, int bits, const char *version, int size);
int __wrap_inflateInit2_(z_stream *z, int bits, const char *version, int size);
int __wrap_inflateInit2_(z_stream *z, int bits, const char *version, int size)
{
    return fails("inflateInit2_") ? Z_MEM_ERROR : __real_inflateInit2_(z, bits, version, size);
}

int __real_inflateReset(z_stream *z);
int __wrap_inflateReset(z_stream *z);
int __wrap_inflateReset(z_stream *z)
{
    return fails("inflateReset") ? Z_STREAM_ERROR : __real_inflateReset(z);
}

/* ---- files in every dress ---- */

#define HEADER   "date,easting,northing,type\n"
#define ROW(day) "2025-01-" day ",400100,250100,Noise\n"
#define LOST     "2025-01-09,,,Noise\n"

static void make_bytes(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

/** @param bits  15 + 16 = gzip, -15 = bare. @return bytes made */
static size_t deflated(const char *text, int bits, unsigned char *into, size_t room)
{
    z_stream z = {.next_in = (unsigned char *)text,
                  .avail_in = (unsigned)strlen(text),
                  .next_out = into,
                  .avail_out = (unsigned)room};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return z.total_out;
}

/** Two members, with more zeros between them than are read at once. */
static void make_gzip(const char *path)
{
    enum { ROOM = 700 * 1024, ZEROS = 600 * 1024 };
    unsigned char *bytes = hot_new(ROOM, 1);
    size_t n = deflated(HEADER ROW("01"), 15 + 16, bytes, ROOM) + ZEROS;
    n += deflated(ROW("02") LOST, 15 + 16, bytes + n, ROOM - n);
    make_bytes(path, bytes, n);
    hot_free(bytes);
}

static void put16(unsigned char *p, size_t v)
{
    p[0] = (unsigned char)v;
    p[1] = (unsigned char)(v >> 8);
}

static void put32(unsigned char *p, size_t v)
{
    put16(p, v & 0xffff);
    put16(p + 2, v >> 16);
}

/** What a local header and an entry of the directory both say. */
static void put_facts(unsigned char *p, const char *name, const char *text, size_t packed)
{
    put16(p, 20);
    put16(p + 4, 8);
    put32(p + 10, crc32(0, (const unsigned char *)text, (unsigned)strlen(text)));
    put32(p + 14, packed);
    put32(p + 18, strlen(text));
    put16(p + 22, strlen(name));
}

/** A zip archive of deflated members. */
static void make_zip(const char *path, const char *const *name, const char *const *text, size_t n)
{
    unsigned char bytes[4096] = {0}, directory[1024] = {0};
    size_t at = 0, used = 0;
    for (size_t k = 0; k < n; k++) {
        unsigned char *local = bytes + at, *entry = directory + used;
        size_t length = strlen(name[k]), start = at + 30 + length;
        size_t packed = deflated(text[k], -15, bytes + start, sizeof bytes - start);
        memcpy(local, "PK\3\4", 4);
        put_facts(local + 4, name[k], text[k], packed);
        memcpy(local + 30, name[k], length);
        memcpy(entry, "PK\1\2", 4);
        put16(entry + 4, 20);
        put_facts(entry + 6, name[k], text[k], packed);
        put32(entry + 42, at);
        memcpy(entry + 46, name[k], length);
        used += 46 + length;
        at = start + packed;
    }
    unsigned char *end = bytes + at + used;
    memcpy(bytes + at, directory, used);
    memcpy(end, "PK\5\6", 4);
    put16(end + 8, n);
    put16(end + 10, n);
    put32(end + 12, used);
    put32(end + 16, at);
    make_bytes(path, bytes, at + used + 22);
}

static const char *const paths[] = {"plain.csv", "packed.csv.gz", "wide.csv", "all.zip"};

static void make_inputs(void)
{
    static const char *const name[] = {"a.csv", "readme.txt", "b-street.csv", "b-outcomes.csv"};
    static const char *const text[] = {HEADER ROW("03"), "hello", HEADER ROW("04") ROW("05"), "x"};
    char wide[2 * sizeof(HEADER ROW("06"))] = "\xff\xfe";
    for (size_t k = 0; k + 1 < sizeof(HEADER ROW("06")); k++)
        wide[2 + 2 * k] = (HEADER ROW("06"))[k];
    make_file("plain.csv", HEADER ROW("07") ROW("07") LOST);
    make_bytes("wide.csv", wide, sizeof wide);
    make_gzip("packed.csv.gz");
    make_zip("all.zip", name, text, COUNT(name));
}

/** @return the rows that were accepted */
static hot_status load(uint64_t *rows, hot_error *error)
{
    hot_load_rules rules = {.epsg = 27700, .threads = 1};
    hot_loaded loaded = {0};
    *error = (hot_error){{0}};
    hot_status status = hot_load(paths, COUNT(paths), &rules, &loaded, error);
    *rows = loaded.accepted;
    if (status == HOT_OK) assert_int_equal(loaded.n_unlocated, 2);
    if (status == HOT_OK) assert_int_equal(loaded.n_inputs, 5);
    hot_loaded_free(&loaded);
    return status;
}

enum { ROWS = 8 };

/* ---- faults ---- */

static void every_call_once(void **unused)
{
    (void)unused;
    static const char *const calls[] = {"read", "pread", "lseek", "fstat", "open", "inflateReset"};
    make_inputs();
    for (size_t k = 0; k < COUNT(calls); k++) {
        bool enough = false;
        int n = 0;
        for (; !enough; n++) {
            uint64_t rows;
            hot_error error;
            plan_faults((fault){.call = calls[k], .skip = n, .times = 1, .error = EIO}, (fault){0});
            hot_status status = load(&rows, &error);
            enough = happened == 0;
            plan_nothing();
            if (enough) assert_int_equal(status, HOT_OK);
            if (status == HOT_OK && rows != ROWS) fail_msg("%s %d: a part", calls[k], n);
            if (status != HOT_OK && !strchr(error.text, '.'))
                fail_msg("%s %d: no sentence", calls[k], n);
        }
        assert_in_range(n, 2, 60);
    }
}

static void an_interrupted_read_goes_on(void **unused)
{
    (void)unused;
    uint64_t rows;
    hot_error error;
    make_inputs();
    plan_faults((fault){.call = "read", .skip = 4, .times = 3, .error = EINTR},
                (fault){.call = "pread", .times = 2, .error = EINTR});
    if (load(&rows, &error) != HOT_OK) fail_msg("%s", error.text);
    assert_int_equal(happened, 5);
    assert_int_equal(rows, ROWS);
}

static void every_request_for_memory(void **unused)
{
    (void)unused;
    make_inputs();
    bool enough = false;
    for (long n = 0; !enough; n++) {
        uint64_t rows;
        hot_error error;
        hot_memory_fail_after(n);
        hot_status status = load(&rows, &error);
        void *more = hot_new(1, 1);
        hot_memory_fail_after(-1);
        enough = more != NULL;
        hot_free(more);
        if (status != HOT_OK && status != HOT_MEMORY) fail_msg("%ld: %s", n, error.text);
        if (status == HOT_OK) assert_int_equal(rows, ROWS);
        if (enough) assert_int_equal(status, HOT_OK);
    }
    for (int n = 0; n < 4; n++) { /* zlib's own */
        uint64_t rows;
        hot_error error;
        plan_faults((fault){.call = "inflateInit2_", .skip = n, .times = 1, .error = ENOMEM},
                    (fault){0});
        hot_status status = load(&rows, &error);
        assert_int_equal(status, happened ? HOT_MEMORY : HOT_OK);
    }
    plan_nothing();
}

/** The kernel's own refusal: a file that is there, may be opened, and cannot be read. */
static void a_file_that_cannot_be_read(void **unused)
{
    (void)unused;
    hot_file *file;
    hot_zip zip = {0};
    hot_content content;
    hot_error error = {{0}};
    const char *path = "/proc/self/mem";
    assert_int_equal(hot_file_open(path, &file, &error), HOT_INPUT);
    assert_string_equal(error.text, "mem: cannot be read: Input/output error.");
    assert_int_equal(hot_zip_list("/nowhere/at/all.zip", &zip, &error), HOT_INPUT);
    assert_string_equal(error.text, "all.zip: cannot be opened: No such file or directory.");
    make_inputs();
    path = "packed.csv.gz";
    plan_faults((fault){.call = "read", .skip = 1, .times = 1, .error = EIO}, (fault){0});
    assert_int_equal(hot_file_digest(&path, 1, &content, &error), HOT_INPUT);
    plan_nothing();
    assert_string_equal(error.text, "packed.csv.gz: cannot be read: Input/output error.");
}

/** Each way in which an archive says that its numbers did not fit. */
static void archives_of_the_large_kind(void **unused)
{
    (void)unused;
    make_inputs();
    static const struct {
        int from_end, bytes;
    } field[] = {{14, 4}, {10, 4}, {6, 4}};
    for (size_t k = 0; k < COUNT(field); k++) {
        unsigned char bytes[4096];
        hot_zip zip = {0};
        hot_error error = {{0}};
        FILE *f = fopen("all.zip", "rb");
        size_t n = fread(bytes, 1, sizeof bytes, f);
        fclose(f);
        memset(bytes + n - (size_t)field[k].from_end, 0xff, (size_t)field[k].bytes);
        make_bytes("large.zip", bytes, n);
        assert_int_equal(hot_zip_list("large.zip", &zip, &error), HOT_INPUT);
        assert_non_null(strstr(error.text, "large kind (zip64)"));
        assert_null(zip.member);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
        TEST(every_call_once),
        TEST(an_interrupted_read_goes_on),
        TEST(every_request_for_memory),
        TEST(a_file_that_cannot_be_read),
        TEST(archives_of_the_large_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
