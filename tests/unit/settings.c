/* settings: every kind of option takes what it says, refuses the rest by name, and keeps its value
 * when it refuses. */
#include "tests/check.h"

#include "layers/settings.h"

/* clang-format off */
static const hot_option table[] = {
    {"title", HOT_OPTION_TEXT, "TEXT", NULL, NULL, "", "", false},
    {"cell", HOT_OPTION_METRES, "DISTANCE", "50m", NULL, "", "", false},
    {"threads", HOT_OPTION_COUNT, "N", NULL, NULL, "", "", true},
    {"share", HOT_OPTION_SHARE, "SHARE", "5%", NULL, "", "", false},
    {"limit", HOT_OPTION_HOURS, "TIME", "48h", NULL, "", "", false},
    {"maps", HOT_OPTION_CHOICE, "WHICH", "all", "all|overview|none", "", "", false},
    {"areas", HOT_OPTION_SOURCE, "NAME=FILE", NULL, NULL, "", "", false},
    {"type", HOT_OPTION_LIST, "TYPE", NULL, NULL, "", "", false},
    {"quiet", HOT_OPTION_FLAG, NULL, NULL, NULL, "", "", true},
};
/* clang-format on */

static hot_settings declared(void)
{
    hot_settings all = {0};
    assert_int_equal(hot_settings_declare(&all, table, COUNT(table)), HOT_OK);
    return all;
}

static void what_nobody_gave(void **unused)
{
    (void)unused;
    hot_settings all = declared();
    assert_null(hot_settings_text(&all, "title"));
    assert_true(isnan(hot_settings_number(&all, "title")));
    check_near(hot_settings_number(&all, "cell"), 50, 0);
    assert_true(isnan(hot_settings_number(&all, "threads")));
    check_near(hot_settings_number(&all, "share"), 0.05, 1e-15);
    assert_true(hot_settings_is(&all, "maps", "all"));
    assert_false(hot_settings_is(&all, "title", "all"));
    for (size_t k = 0; k < COUNT(table); k++) assert_false(hot_settings_given(&all, table[k].name));
    assert_int_equal(hot_settings_of(&all, "areas")->n, 0);
    hot_settings_free(&all);
    hot_settings_free(&all);
    assert_int_equal(all.n, 0);
}

typedef struct {
    const char *name, *value;
    double number; /* NaN = refused */
} trial;

static const trial trials[] = {
    {"cell", "400", 400},    {"cell", "400m", 400},     {"cell", "0.4km", 400},
    {"cell", "1e7", 1e7},    {"cell", "10000001", NAN}, {"cell", "-1", NAN},
    {"cell", "m", NAN},      {"cell", "km", NAN},       {"cell", "4 m", 4},
    {"cell", "nan", NAN},    {"cell", "", NAN},         {"threads", "7", 7},
    {"threads", "0", 0},     {"threads", "-1", NAN},    {"threads", "1.5", NAN},
    {"threads", "two", NAN}, {"share", "0.05", 0.05},   {"share", "100%", 1},
    {"share", "0", 0},       {"share", "101%", NAN},    {"share", "1.01", NAN},
    {"share", "-1%", NAN},   {"share", "%", NAN},       {"share", "half", NAN},
    {"limit", "48h", 48},    {"limit", "2d", 48},       {"limit", "1.5", 1.5},
    {"limit", "0h", 0},      {"limit", "31d", 744},     {"limit", "744.1h", NAN},
    {"limit", "-1h", NAN},   {"limit", "h", NAN},       {"limit", "48m", NAN},
    {"limit", "2dh", NAN},   {"limit", "", NAN},        {"limit", "nan", NAN},
};

static void numbers(void **unused)
{
    (void)unused;
    for (size_t k = 0; k < COUNT(trials); k++) {
        hot_settings all = declared();
        hot_error error = {{0}};
        const trial *t = &trials[k];
        hot_status status = hot_settings_set(&all, t->name, t->value, &error);
        if (isnan(t->number)) {
            assert_int_equal(status, HOT_USAGE);
            assert_false(hot_settings_given(&all, t->name));
            assert_non_null(strstr(error.text, t->name));
            assert_non_null(strstr(error.text, "expected a"));
        } else {
            assert_int_equal(status, HOT_OK);
            check_near(hot_settings_number(&all, t->name), t->number, 1e-12);
            assert_string_equal(hot_settings_text(&all, t->name), t->value);
        }
        hot_settings_free(&all);
    }
}

static void choices(void **unused)
{
    (void)unused;
    static const char *const none[] = {"", "al", "alll", "All", "overview|none", "|", "none|"};
    hot_settings all = declared();
    hot_error error = {{0}};
    assert_int_equal(hot_settings_set(&all, "maps", "none", &error), HOT_OK);
    for (size_t k = 0; k < COUNT(none); k++) {
        assert_int_equal(hot_settings_set(&all, "maps", none[k], &error), HOT_USAGE);
        assert_non_null(strstr(error.text, "expected all|overview|none."));
        assert_true(hot_settings_is(&all, "maps", "none"));
    }
    assert_int_equal(hot_settings_set(&all, "maps", "overview", &error), HOT_OK);
    assert_int_equal(hot_settings_of(&all, "maps")->n, 1);
    hot_settings_free(&all);
}

static void given_again(void **unused)
{
    (void)unused;
    hot_settings all = declared();
    hot_error error = {{0}};
    char value[16];
    for (int k = 0; k < 40; k++) {
        snprintf(value, sizeof value, "value %d", k);
        assert_int_equal(hot_settings_set(&all, "type", value, &error), HOT_OK);
        assert_int_equal(hot_settings_set(&all, "title", value, &error), HOT_OK);
        assert_int_equal(hot_settings_set(&all, "areas", value, &error), HOT_OK);
    }
    memset(value, 0, sizeof value); /* what is kept is a copy */
    assert_int_equal(hot_settings_of(&all, "type")->n, 40);
    assert_string_equal(hot_settings_of(&all, "type")->text[3], "value 3");
    assert_string_equal(hot_settings_of(&all, "areas")->text[39], "value 39");
    assert_int_equal(hot_settings_of(&all, "title")->n, 1);
    assert_string_equal(hot_settings_text(&all, "title"), "value 39");
    assert_int_equal(hot_settings_set(&all, "quiet", "", &error), HOT_OK);
    assert_true(hot_settings_given(&all, "quiet"));
    assert_int_equal(hot_settings_set(&all, "titel", "x", &error), HOT_USAGE);
    assert_string_equal(error.text, "--titel: there is no such option here.");
    hot_settings_free(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nobody_gave),
        cmocka_unit_test(numbers),
        cmocka_unit_test(choices),
        cmocka_unit_test(given_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
