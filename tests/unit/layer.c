/* layer: values are missing until they are set, come back as they were set, and belong to the
 * layer. */
#include "tests/check.h"

#include <stdbool.h>

#include "layers/layer.h"

static const hot_column columns[] = {
    {"code", HOT_TEXT, "Code", "", ""},
    {"n", HOT_INTEGER, "Count", "incidents", ""},
    {"share", HOT_REAL, "Share", "", ""},
};
static const hot_declaration areas = {.name = "ward",
                                      .geometry = HOT_POLYGON,
                                      .title = "Wards",
                                      .about = "All wards.",
                                      .columns = columns,
                                      .n_columns = 3};
static const hot_declaration places = {.name = "repeats",
                                       .geometry = HOT_POINT,
                                       .title = "Places",
                                       .about = "",
                                       .columns = columns,
                                       .n_columns = 3};
static const hot_declaration unnamed = {
    .geometry = HOT_POLYGON, .title = "Areas", .about = "", .columns = columns, .n_columns = 3};

static void missing_until_set(void **unused)
{
    (void)unused;
    hot_layer l;
    assert_int_equal(hot_layer_new(&areas, NULL, NULL, 2, &l), HOT_OK);
    assert_string_equal(l.name, "ward");
    assert_string_equal(l.title, "Wards");
    assert_null(l.x);
    for (size_t row = 0; row < 2; row++) {
        assert_null(hot_layer_text(&l, "code", row));
        assert_int_equal(hot_layer_integer(&l, "n", row, -7), -7);
        assert_true(isnan(hot_layer_real(&l, "share", row)));
    }
    char code[] = "E05";
    assert_int_equal(hot_layer_set_text(&l, "code", 1, code), HOT_OK);
    code[0] = 'X'; /* it was copied */
    hot_layer_set_integer(&l, "n", 1, 0);
    hot_layer_set_real(&l, "share", 1, 0.25);
    assert_string_equal(hot_layer_text(&l, "code", 1), "E05");
    assert_int_equal(hot_layer_integer(&l, "n", 1, -7), 0);
    check_near(hot_layer_real(&l, "share", 1), 0.25, 0);
    assert_null(hot_layer_text(&l, "code", 0));
    assert_int_equal(hot_layer_set_text(&l, "code", 1, NULL), HOT_OK);
    assert_null(hot_layer_text(&l, "code", 1));
    /* A column that is not there, or of another type, has no value. */
    assert_null(hot_layer_text(&l, "n", 1));
    assert_null(hot_layer_text(&l, "none", 1));
    assert_int_equal(hot_layer_integer(&l, "share", 1, -7), -7);
    assert_true(isnan(hot_layer_real(&l, "code", 1)));
    assert_null(hot_layer_column(&l, "none"));
    hot_layer_free(&l);
    hot_layer_free(&l);
    assert_int_equal(l.n_columns, 0);
}

static void a_name_of_its_own(void **unused)
{
    (void)unused;
    hot_layer l;
    char name[] = "beat", title[] = "Beats";
    assert_int_equal(hot_layer_new(&unnamed, name, title, 0, &l), HOT_OK);
    name[0] = title[0] = '?';
    assert_string_equal(l.name, "beat");
    assert_string_equal(l.title, "Beats");
    assert_int_equal(l.n, 0);
    hot_layer_free(&l);
    assert_int_equal(hot_layer_new(&places, NULL, NULL, 3, &l), HOT_OK);
    for (size_t row = 0; row < 3; row++) check_near(l.x[row] + l.y[row], 0, 0);
    hot_layer_free(&l);
}

static void one_more_column(void **unused)
{
    (void)unused;
    hot_layer l;
    assert_int_equal(hot_layer_new(&areas, NULL, NULL, 2, &l), HOT_OK);
    hot_layer_set_integer(&l, "n", 0, 5);
    char name[] = "csp_code";
    assert_int_equal(hot_layer_add_column(&l, name, HOT_TEXT, "CSP", "", "The partnership."),
                     HOT_OK);
    name[0] = '?';
    assert_int_equal(hot_layer_add_column(&l, "rank", HOT_INTEGER, "Rank", "", ""), HOT_OK);
    assert_int_equal(hot_layer_add_column(&l, "rate", HOT_REAL, "Rate", "", ""), HOT_OK);
    assert_int_equal(l.n_columns, 6);
    assert_null(hot_layer_text(&l, "csp_code", 1));
    assert_int_equal(hot_layer_set_text(&l, "csp_code", 1, "C1"), HOT_OK);
    assert_string_equal(hot_layer_text(&l, "csp_code", 1), "C1");
    assert_string_equal(hot_layer_column(&l, "csp_code")->column.about, "The partnership.");
    assert_int_equal(hot_layer_integer(&l, "rank", 1, -7), -7);
    assert_int_equal(hot_layer_integer(&l, "n", 0, -7), 5); /* as before */
    hot_layer_free(&l);
}

static hot_status make(hot_result *r)
{
    hot_layer *l = hot_result_add(r);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&unnamed, "run_metadata", "About", 2, l));
    HOT_TRY(hot_layer_add_column(l, "key", HOT_TEXT, "", "", ""));
    HOT_TRY(hot_layer_add_column(l, "value", HOT_TEXT, "", "", ""));
    HOT_TRY(hot_layer_set_text(l, "key", 1, "period"));
    HOT_TRY(hot_layer_set_text(l, "value", 1, "June 2025"));
    for (int k = 0; k < 20; k++) {
        l = hot_result_add(r);
        if (!l) return HOT_MEMORY;
        HOT_TRY(hot_layer_new(&places, NULL, NULL, 4, l));
        HOT_TRY(hot_layer_add_column(l, "rank", HOT_INTEGER, "", "", ""));
    }
    return HOT_OK;
}

static void a_result_of_layers(void **unused)
{
    (void)unused;
    hot_result r = {0};
    assert_null(hot_result_word(&r, "period"));
    assert_int_equal(make(&r), HOT_OK);
    assert_int_equal(r.n, 21);
    assert_ptr_equal(hot_result_layer(&r, "run_metadata"), &r.layers[0]);
    assert_ptr_equal(hot_result_layer(&r, "repeats"), &r.layers[1]); /* the first of that name */
    assert_null(hot_result_layer(&r, "ward"));
    assert_string_equal(hot_result_word(&r, "period"), "June 2025");
    assert_null(hot_result_word(&r, "place")); /* a row without a key is passed over */
    hot_result_free(&r);
    hot_result_free(&r);
}

static void without_memory(void **unused)
{
    (void)unused;
    long n = 0;
    for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
        hot_result r = {0};
        hot_memory_fail_after(n);
        status = make(&r);
        hot_memory_fail_after(-1);
        if (status == HOT_OK)
            assert_string_equal(hot_result_word(&r, "period"), "June 2025");
        else
            assert_int_equal(status, HOT_MEMORY);
        hot_result_free(&r);
    }
    assert_in_range(n, 20, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_until_set), cmocka_unit_test(a_name_of_its_own),
        cmocka_unit_test(one_more_column),   cmocka_unit_test(a_result_of_layers),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
