/* marks: every way of finding them finds what a look at each byte does. */
#include "tests/check.h"

#include "engine/incidents/marks.h"

enum { MOST = 700 };

static uint32_t draw(void)
{
    static uint32_t state = 12345;
    state = state * 1664525 + 1013904223;
    return state >> 8;
}

/** The texts between the marks, and no byte before or far behind where they are wanted. */
static void check_between(const hot_marks *m, const char *text, hot_marks_way way)
{
    hot_slice slice[MOST + HOT_SLICES_SLACK + 1];
    for (size_t first = 0; first < m->n; first += first < 9 ? 1 : 53) {
        size_t n = m->n - 1 - first;
        slice[n + HOT_SLICES_SLACK] = (hot_slice){text, 77};
        hot_marks_between(m, text, first, n, slice, way);
        for (size_t k = 0; k < n; k++) {
            assert_ptr_equal(slice[k].at, text + m->at[first + k] + 1);
            assert_ptr_equal(slice[k].at + slice[k].length, text + m->at[first + k + 1]);
        }
        assert_int_equal(slice[n + HOT_SLICES_SLACK].length, 77);
    }
}

static void check_way(const char *text, size_t length, hot_marks_wanted w, hot_marks_way way)
{
    uint32_t at[MOST + HOT_MARKS_SLACK], line[MOST];
    hot_marks m = {.at = at, .line = line};
    hot_marks_find(&m, text, length, w, way);
    size_t n = 0, lines = 0;
    bool quoted = false, plain = true;
    for (size_t k = 0; k < length; k++) {
        char c = text[k];
        plain = plain && c > 0;
        quoted = quoted || c == '"';
        bool end = c == w.line_end || c == w.other_end;
        if (c != w.separator && !end && c != '"') continue;
        assert_true(n < m.n);
        assert_int_equal(at[n], k);
        if (end) {
            assert_true(lines < m.lines);
            assert_int_equal(line[lines++], n);
        }
        n++;
    }
    assert_int_equal(m.n, n);
    assert_int_equal(m.lines, lines);
    assert_int_equal(m.quoted, quoted);
    assert_int_equal(m.plain, plain);
    check_between(&m, text, way);
}

static void check_text(const char *text, size_t length, hot_marks_wanted w)
{
    for (hot_marks_way way = HOT_MARKS_BYTES; way <= HOT_MARKS_AVX2; way++)
        if (hot_marks_knows(way)) check_way(text, length, w, way);
}

/** Texts of every length around the words of 64 bytes, thin and thick with marks. */
static void as_byte_by_byte(void **unused)
{
    (void)unused;
    static const char thick[] = ",\n\";,\r\t|", thin[] = "abcdefg,hijklmnopqrstuvwxyz012\n345";
    char text[MOST];
    for (size_t length = 0; length <= MOST; length += length < 140 ? 1 : 37) {
        for (int kind = 0; kind < 2; kind++) {
            const char *from = kind ? thin : thick;
            size_t n = strlen(from);
            for (size_t k = 0; k < length; k++) text[k] = from[draw() % n];
            check_text(text, length, (hot_marks_wanted){',', '\n', '\n'});
            check_text(text, length, (hot_marks_wanted){';', '\r', '\n'});
        }
    }
}

/** One byte that is no ASCII, or zero, is seen wherever it stands. */
static void odd_bytes(void **unused)
{
    (void)unused;
    static const char odd[] = {0, '\x7f', '\x80', '\xff'};
    for (size_t at = 0; at < 200; at++) {
        char text[200];
        for (size_t k = 0; k < sizeof odd; k++) {
            memset(text, 'x', sizeof text);
            text[at] = odd[k];
            check_text(text, sizeof text, (hot_marks_wanted){',', '\n', '\n'});
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_byte_by_byte),
        cmocka_unit_test(odd_bytes),
    };
    return cmocka_run_group_tests_name("marks", tests, NULL, NULL);
}
