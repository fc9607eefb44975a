/* Figures, names and the parts of a source that joins and denominators add. */
#include "tests/check.h"

#include "layers/catalogue/columns.h"
#include "layers/read/areas.h"
#include "layers/read/figures.h"
#include "layers/read/names.h"

static void names_are_safe(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *name;
    } c[] = {
        {"people", "people"},
        {"IMD decile (2019)", "imd_decile_2019"},
        {"2019 rank", "n_2019_rank"},
        {"", "column"},
        {"  ***  ", "column"},
        {"a--b", "a_b"},
        {"\"; drop table ward; --", "drop_table_ward"},
        {"Caf\xc3\xa9s", "caf_s"},
        {"_x_", "x"},
        {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
         "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"},
    };
    for (size_t k = 0; k < COUNT(c); k++) {
        char name[HOT_NAME];
        hot_name_made_safe(c[k].text, name);
        assert_string_equal(name, c[k].name);
    }
}

static void names_keep_clear_of_others(void **unused)
{
    (void)unused;
    static const hot_column columns[] = {{"code", HOT_TEXT, "", "", ""},
                                         {"code_2", HOT_TEXT, "", "", ""}};
    static const hot_declaration declared = {
        .name = "t", .title = "t", .about = "One.", .columns = columns, .n_columns = 2};
    hot_layer l = {0};
    char name[HOT_FREE_NAME];
    assert_int_equal(hot_layer_new(&declared, NULL, NULL, 1, &l), HOT_OK);
    hot_column_free_name(&l, "code", name);
    assert_string_equal(name, "code_3");
    hot_column_free_name(&l, "CODE", name);
    assert_string_equal(name, "CODE_3");
    hot_column_free_name(&l, "fid", name);
    assert_string_equal(name, "fid_2");
    hot_column_free_name(&l, "other", name);
    assert_string_equal(name, "other");
    for (int k = 0; k < 2; k++)
        assert_int_equal(
            hot_layer_add_free_column(&l, "code", HOT_REAL, "Code", "m", "About.", name), HOT_OK);
    assert_string_equal(name, "code_4");
    assert_string_equal(l.values[2].column.alias, "Code");
    assert_string_equal(l.values[3].column.alias, "Code (2)");
    assert_int_equal(hot_layer_say(&l, "Two."), HOT_OK);
    assert_int_equal(hot_layer_say(&l, "Three."), HOT_OK);
    assert_string_equal(l.about, "One. Two. Three.");
    hot_layer_free(&l);
}

static void figures_of_tables(void **unused)
{
    (void)unused;
    double v = -7;
    assert_true(hot_figure_parse((hot_slice){"1,234", 5}, &v) && v == 1234);
    assert_true(hot_figure_parse((hot_slice){"-2.5", 4}, &v) && v == -2.5);
    assert_false(hot_figure_parse((hot_slice){"12,34", 5}, &v) || v != -2.5);
    assert_true(hot_figure_withheld((hot_slice){" [c] ", 5}));
    assert_false(hot_figure_withheld((hot_slice){"0", 1}));
}

static void sources_say_more(void **unused)
{
    (void)unused;
    hot_source_spec s = {0};
    hot_error error = {{0}};
    assert_int_equal(hot_source_parse("--population",
                                      "ward=f,old.csv,people=km,per=100 km of street,code=c", &s,
                                      &error),
                     HOT_OK);
    assert_string_equal(s.path, "f,old.csv");
    assert_string_equal(s.label, "km");
    assert_string_equal(s.per, "100 km of street");
    assert_string_equal(s.code, "c");
    hot_source_free(&s);
    assert_int_equal(hot_source_parse("--areas", "ward=w.gpkg,parent=a+b,group=g", &s, &error),
                     HOT_OK);
    assert_string_equal(s.parent, "a+b");
    assert_string_equal(s.group, "g");
    hot_source_free(&s);
    assert_int_equal(hot_source_parse("--join", "ward=t.csv,columns=a+b c", &s, &error), HOT_OK);
    assert_string_equal(s.columns, "a+b c");
    hot_source_free(&s);
    assert_int_equal(hot_source_parse("--join", "ward=t.csv,columns=", &s, &error), HOT_USAGE);
    assert_int_equal(hot_source_parse("--areas", "ward=t.shp,group=a,group=b", &s, &error),
                     HOT_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_safe),
        cmocka_unit_test(names_keep_clear_of_others),
        cmocka_unit_test(figures_of_tables),
        cmocka_unit_test(sources_say_more),
    };
    return cmocka_run_group_tests_name("join", tests, NULL, NULL);
}
