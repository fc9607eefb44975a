/* table: CSV to the letter: quoting, what is missing, formulas made harmless, the lists of rows
 * that were left out. */
#include "tests/check.h"

#include "layers/write/table.h"

static void check_bytes(hot_bytes *b, const char *expected)
{
    assert_int_equal(hot_bytes_add(b, "", 1), HOT_OK);
    assert_string_equal((const char *)b->data, expected);
    hot_bytes_free(b);
}

static void a_field(void **unused)
{
    (void)unused;
    static const char *const fields[][2] = {
        {"", ""},
        {"High Street", "High Street"},
        {"a,b", "\"a,b\""},
        {"say \"no\"", "\"say \"\"no\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"=1+1", "\"'=1+1\""},
        {"+44", "\"'+44\""},
        {"-1", "\"'-1\""},
        {"@x", "\"'@x\""},
        {"\t=1", "\"'\t=1\""},
        {"\r=1", "\"'\r=1\""},
        {"\n=1", "\"'\n=1\""},
        {"=\"a\"", "\"'=\"\"a\"\"\""},
        {"1-2", "1-2"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
        {"caf\xe9", "caf\xef\xbf\xbd"},
        {"=\xff,", "\"'=\xef\xbf\xbd,\""},
    };
    for (size_t k = 0; k < COUNT(fields); k++) {
        hot_bytes b = {0};
        assert_int_equal(hot_table_add_text(&b, fields[k][0]), HOT_OK);
        check_bytes(&b, fields[k][1]);
    }
}

static const hot_column columns[] = {
    {"code", HOT_TEXT, "", "", ""},
    {"n", HOT_INTEGER, "", "", ""},
    {"share", HOT_REAL, "", "", ""},
};

static hot_layer rows(const hot_declaration *declared)
{
    hot_layer l;
    assert_int_equal(hot_layer_new(declared, NULL, NULL, 2, &l), HOT_OK);
    assert_int_equal(hot_layer_set_text(&l, "code", 0, "=A,1"), HOT_OK);
    hot_layer_set_integer(&l, "n", 0, -9223372036854775807);
    hot_layer_set_real(&l, "share", 0, 0.1);
    return l;
}

static void a_layer(void **unused)
{
    (void)unused;
    static const hot_declaration areas = {.name = "ward",
                                          .geometry = HOT_POLYGON,
                                          .title = "",
                                          .about = "",
                                          .columns = columns,
                                          .n_columns = 3};
    static const hot_declaration places = {.name = "repeats",
                                           .geometry = HOT_POINT,
                                           .title = "",
                                           .about = "",
                                           .columns = columns,
                                           .n_columns = 3};
    hot_bytes b = {0};
    hot_layer l = rows(&areas);
    assert_int_equal(hot_table_format(&l, &b), HOT_OK);
    check_bytes(&b, "code,n,share\r\n\"'=A,1\",-9223372036854775807,0.1\r\n,,\r\n");
    hot_layer_free(&l);
    l = rows(&places);
    l.x[0] = 400000.5;
    l.y[1] = -0.25;
    assert_int_equal(hot_table_format(&l, &b), HOT_OK);
    check_bytes(&b, "code,n,share,x,y\r\n\"'=A,1\",-9223372036854775807,0.1,400000.5,0\r\n"
                    ",,,0,-0.25\r\n");
    hot_layer_free(&l);
}

/** By name, then by content; lines in their order. */
static void rows_left_out(void **unused)
{
    (void)unused;
    hot_input inputs[] = {{.name = "b.csv"}, {.name = "a.csv"}, {.name = "a.csv"}};
    hot_duplicate duplicates[] = {{0, 1, 7, 3}, {1, 1, 9, 3}};
    hot_loaded loaded = {
        .n_inputs = 3, .inputs = inputs, .n_duplicates = 2, .duplicates = duplicates};
    hot_bytes b = {0};
    strcpy(inputs[1].content.sha256, "ff");
    strcpy(inputs[2].content.sha256, "00");
    assert_int_equal(hot_rejects_add(&inputs[0].rejects, 2, 4, HOT_BAD_DATE), HOT_OK);
    assert_int_equal(hot_rejects_add(&inputs[0].rejects, 3, 0, HOT_FIELD_COUNT), HOT_OK);
    assert_int_equal(hot_rejects_add(&inputs[1].rejects, 5, 1, HOT_NUL), HOT_OK);
    assert_int_equal(hot_rejects_add(&inputs[2].rejects, 6, 1, HOT_NUL), HOT_OK);
    assert_int_equal(hot_table_format_rejects(&loaded, &b), HOT_OK);
    check_bytes(&b, "file,line,column,reason\r\na.csv,6,1,nul\r\na.csv,5,1,nul\r\n"
                    "b.csv,2,4,bad_date\r\nb.csv,3,,field_count\r\n");
    assert_int_equal(hot_table_format_duplicates(&loaded, &b), HOT_OK);
    check_bytes(&b,
                "file,line,repeats_file,repeats_line\r\nb.csv,7,a.csv,3\r\na.csv,9,a.csv,3\r\n");
    for (size_t k = 0; k < COUNT(inputs); k++) hot_rejects_free(&inputs[k].rejects);
}

static void nothing_left_out(void **unused)
{
    (void)unused;
    hot_loaded none = {0};
    hot_bytes b = {0};
    assert_int_equal(hot_table_format_rejects(&none, &b), HOT_OK);
    check_bytes(&b, "file,line,column,reason\r\n");
    assert_int_equal(hot_table_format_duplicates(&none, &b), HOT_OK);
    check_bytes(&b, "file,line,repeats_file,repeats_line\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field),
        cmocka_unit_test(a_layer),
        cmocka_unit_test(rows_left_out),
        cmocka_unit_test(nothing_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
