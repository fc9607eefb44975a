/* inert: text from data in SQL, XML, plain UTF-8, CSV and on a terminal. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "layers/write/inert.h"
#include "layers/write/table.h"
// NOLINTNEXTLINE(bugprone-suspicious-include): the program is no library; this is tested alone
#include "tools/plain.c"
#include "tools/plain.h"

typedef hot_status (*form)(hot_bytes *, const char *);

static void becomes(form write, const char *text, const char *expected)
{
    hot_bytes bytes = {0};
    assert_int_equal(write(&bytes, text), HOT_OK);
    assert_int_equal(hot_bytes_add(&bytes, "", 1), HOT_OK);
    assert_string_equal((char *)bytes.data, expected);
    hot_bytes_free(&bytes);
}

static void utf8_stays_and_the_rest_is_replaced(void **unused)
{
    (void)unused;
    becomes(hot_inert_utf8, "", "");
    becomes(hot_inert_utf8, "Caf\xc3\xa9 \xf0\x9f\x91\xae\x01\n",
            "Caf\xc3\xa9 \xf0\x9f\x91\xae\x01\n");
    becomes(hot_inert_utf8, "caf\xe9", "caf\xef\xbf\xbd");
    becomes(hot_inert_utf8, "\xc3", "\xef\xbf\xbd");
    becomes(hot_inert_utf8, "\xf0\x9f\x91", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    becomes(hot_inert_utf8, "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd");                 /* overlong */
    becomes(hot_inert_utf8, "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"); /* surrogate */
}

static void sql_is_a_literal(void **unused)
{
    (void)unused;
    becomes(hot_inert_sql, NULL, "NULL");
    becomes(hot_inert_sql, "", "''");
    becomes(hot_inert_sql, "O'Brien's", "'O''Brien''s'");
    becomes(hot_inert_sql, "'; DROP TABLE ward; --", "'''; DROP TABLE ward; --'");
    becomes(hot_inert_sql, "a\\'\xff'", "'a\\''\xef\xbf\xbd'''");
}

static void xml_is_text_and_no_html(void **unused)
{
    (void)unused;
    becomes(hot_inert_xml, "a & b", "a &amp; b");
    becomes(hot_inert_xml, "<b>",
            "\xe2\x80\xb9"
            "b\xe2\x80\xba");
    becomes(hot_inert_xml, "]]>&lt;", "]]\xe2\x80\xba&amp;lt;");
    becomes(hot_inert_xml, "\x1b[m\n\x7f", "\xef\xbf\xbd[m\xef\xbf\xbd\xef\xbf\xbd");
    becomes(hot_inert_xml, "\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd",
            "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    becomes(hot_inert_xml, "\xe9\"'", "\xef\xbf\xbd&quot;'");
}

static void csv_is_no_formula(void **unused)
{
    (void)unused;
    becomes(hot_table_add_text, "plain", "plain");
    becomes(hot_table_add_text, "", "");
    becomes(hot_table_add_text, "a,b", "\"a,b\"");
    becomes(hot_table_add_text, "a\"b", "\"a\"\"b\"");
    becomes(hot_table_add_text, "a\rb", "\"a\rb\"");
    becomes(hot_table_add_text, "=1+1", "\"'=1+1\"");
    becomes(hot_table_add_text, "-2", "\"'-2\"");
    becomes(hot_table_add_text, "\t=1", "\"'\t=1\"");
    becomes(hot_table_add_text, "\n=1", "\"'\n=1\"");
    becomes(hot_table_add_text, "a=1", "a=1");
    becomes(hot_table_add_text, "0012", "0012");
    becomes(hot_table_add_text, "=\xff", "\"'=\xef\xbf\xbd\"");
}

static void memory_that_ends_is_said(void **unused)
{
    (void)unused;
    static const form each[] = {hot_inert_utf8, hot_inert_sql, hot_inert_xml, hot_table_add_text};
    for (size_t k = 0; k < COUNT(each); k++) {
        hot_bytes bytes = {0};
        hot_memory_fail_after(0);
        assert_int_equal(each[k](&bytes, "=a<b'\xff"), HOT_MEMORY);
        hot_memory_fail_after(-1);
        hot_bytes_free(&bytes);
    }
}

/** hot_plain in a room of `size` bytes, whose neighbour is not touched. */
static void shows(const char *text, size_t size, const char *expected)
{
    char room[64];
    memset(room, 'z', sizeof room);
    assert_ptr_equal(hot_plain(text, room, size), room);
    assert_string_equal(room, expected);
    assert_int_equal(room[size], 'z');
}

static void terminals_are_left_alone(void **unused)
{
    (void)unused;
    shows(NULL, 8, "");
    shows("", 8, "");
    shows("Caf\xc3\xa9", 40, "Caf\xc3\xa9");
    shows("a\x1b[31m", 40, "a\\x1b[31m");
    shows("a\nb\tc\x7f", 40,
          "a\\x0a"
          "b\\x09"
          "c\\x7f");
    shows("\xc2\x9b", 40, "\\xc2\\x9b"); /* C1 */
    shows("\xe2\x80\xae"
          "x",
          40, "\\xe2\\x80\\xaex"); /* right to left */
    shows("\xef\xbb\xbf", 40, "\\xef\\xbb\\xbf");
    shows("\xff\xc3(", 40, "\\xff\\xc3(");
    shows("\xf0\x9f\x91\xae", 40, "\xf0\x9f\x91\xae");
    shows("\xf3\xa0\x81\x81", 40, "\\xf3\\xa0\\x81\\x81"); /* tag */
}

static void what_does_not_fit_is_cut_between_characters(void **unused)
{
    (void)unused;
    shows("1234567", 8, "1234567");
    shows("12345678", 8, "1234...");
    shows("123\xc3\xa9"
          "67",
          8,
          "123\xc3\xa9"
          "67");
    shows("123\xc3\xa9"
          "678",
          8, "123...");
    shows("\x1b\x1b", 9, "\\x1b\\x1b");
    shows("\x1b\x1b", 8, "\\x1b...");
    shows("\xe2\x80\xae", 8, "...");
    shows("abcd\x1b", 8, "abcd...");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_stays_and_the_rest_is_replaced),
        cmocka_unit_test(sql_is_a_literal),
        cmocka_unit_test(xml_is_text_and_no_html),
        cmocka_unit_test(csv_is_no_formula),
        cmocka_unit_test(memory_that_ends_is_said),
        cmocka_unit_test(terminals_are_left_alone),
        cmocka_unit_test(what_does_not_fit_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
