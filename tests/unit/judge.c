/* judge: hints, decimals, distances. What `check` makes of them is in tests/cli/judges.py. */
#include "tests/check.h"

#include <stdbool.h>

#include "engine/incidents/hint.h"
#include "layers/judge.h"
#include "layers/judge_parts.h"

static hot_slice of(const char *text)
{
    return (hot_slice){text, strlen(text)};
}

static void hints_of_numbers(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        hot_hint hint;
    } cases[] = {
        {"425,100", HOT_HINT_THOUSANDS},
        {"1,425,100", HOT_HINT_THOUSANDS},
        {"425,100.5", HOT_HINT_THOUSANDS},
        {"425 100", HOT_HINT_THOUSANDS},
        {" -425,100 ", HOT_HINT_THOUSANDS},
        {"51,5", HOT_HINT_DECIMAL_COMMA},
        {"-1,789012", HOT_HINT_DECIMAL_COMMA},
        {"51,518", HOT_HINT_DECIMAL_COMMA},
        {"425100,5", HOT_HINT_DECIMAL_COMMA},
        {"", HOT_HINTS},
        {"-", HOT_HINTS},
        {",", HOT_HINTS},
        {",5", HOT_HINTS},
        {"5,", HOT_HINTS},
        {"425,10", HOT_HINT_DECIMAL_COMMA},
        {"425,100 250,100", HOT_HINTS},
        {"4a5,100", HOT_HINTS},
        {"1,42,100", HOT_HINTS},
        {"425,100.x", HOT_HINTS},
        {"north", HOT_HINTS},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (hot_hint_of_number(of(cases[i].text)) != cases[i].hint)
            fail_msg("\"%s\" is %d", cases[i].text, (int)hot_hint_of_number(of(cases[i].text)));
}

static void hints_of_dates(void **unused)
{
    (void)unused;
    hot_date_format british = {HOT_DAY_FIRST, NULL}, american = {HOT_MONTH_FIRST, NULL};
    hot_date_format pattern = {HOT_DAY_FIRST, "%d.%m.%Y"};
    assert_int_equal(hot_hint_of_date(of("01/31/2025"), british), HOT_HINT_MONTH_FIRST);
    assert_int_equal(hot_hint_of_date(of("01/31/2025 10:15"), british), HOT_HINT_MONTH_FIRST);
    assert_int_equal(hot_hint_of_date(of("31/01/2025"), american), HOT_HINT_DAY_FIRST);
    assert_int_equal(hot_hint_of_date(of("32/01/2025"), british), HOT_HINTS);
    assert_int_equal(hot_hint_of_date(of(""), british), HOT_HINTS);
    assert_int_equal(hot_hint_of_date(of("01/31/2025"), pattern), HOT_HINTS);
}

static void hints_of_positions(void **unused)
{
    (void)unused;
    const hot_box britain = {-9, 49, 3, 62}, unknown = {0, 0, 0, 0};
    assert_int_equal(hot_hint_of_position(52, -2, HOT_LONLAT, HOT_SWAPPED_AXES, britain),
                     HOT_HINT_SWAPPED);
    assert_int_equal(hot_hint_of_position(-2, 52, HOT_EASTNORTH, HOT_OUT_OF_RANGE, britain),
                     HOT_HINT_DEGREES);
    assert_int_equal(hot_hint_of_position(-122, 49, HOT_EASTNORTH, HOT_OUT_OF_RANGE, britain),
                     HOT_HINTS);
    assert_int_equal(hot_hint_of_position(-2, 52, HOT_EASTNORTH, HOT_OUT_OF_RANGE, unknown),
                     HOT_HINTS);
    assert_int_equal(hot_hint_of_position(4e5, 2.5e5, HOT_LONLAT, HOT_METRES_IN_DEGREES, britain),
                     HOT_HINT_GRID_METRES);
    assert_int_equal(
        hot_hint_of_position(-222639, 6830671, HOT_LONLAT, HOT_METRES_IN_DEGREES, britain),
        HOT_HINT_MERCATOR);
    assert_int_equal(
        hot_hint_of_position(568414, 5778300, HOT_EASTNORTH, HOT_OUT_OF_RANGE, britain),
        HOT_HINT_UTM);
    assert_int_equal(hot_hint_of_position(9e6, 9e6, HOT_EASTNORTH, HOT_OUT_OF_RANGE, britain),
                     HOT_HINTS);
}

static void decimals(void **unused)
{
    (void)unused;
    static const struct {
        double value;
        int decimals;
    } cases[] = {{-1.789012, 6}, {51.5, 1},    {51, 0},         {401234, 0}, {401230, -1},
                 {401200, -2},   {400000, -5}, {1000000, -6},   {0, -6},     {651409.804, 3},
                 {1.0 / 3, 7},   {-2.0001, 4}, {1299999.99, 2}, {-100, -2}};
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(hot_decimals(cases[i].value), cases[i].decimals);
}

/** The quick way gives what looking at every edge gives. */
static void distances(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    for (int ring = 0; ring < 5; ring++) {
        int n = ring == 0 ? 3 : ring == 1 ? 63 : ring == 2 ? 64 : ring == 3 ? 65 : 1000;
        for (int k = 0; k <= n; k++) {
            double a = 2 * 3.141592653589793 * (k % n) / n, r = 900 + 90 * sin(7 * a);
            assert_int_equal(hot_shapes_add(&s, 5000.0 * ring + r * cos(a), r * sin(a)), HOT_OK);
        }
        assert_int_equal(hot_shapes_end_ring(&s), HOT_OK);
        assert_int_equal(hot_shapes_end_part(&s), HOT_OK);
        assert_int_equal(hot_shapes_end(&s), HOT_OK);
    }
    hot_edges edges;
    assert_int_equal(hot_edges_new(&s, &edges), HOT_OK);
    double nearest = 1e9;
    for (int k = 0; k < 4000; k++) {
        double x = -3000 + 7.3 * k, y = 2500 * sin(k * 0.7);
        double slow = hot_distance_outside(&s, x, y, 1500);
        check_near(hot_edges_distance(&edges, x, y, 1500), slow, 0);
        nearest = fmin(nearest, slow);
    }
    assert_true(nearest < 5);
    check_near(hot_edges_distance(&edges, 1e6, 1e6, 10001), 10001, 1e-9);
    hot_edges_free(&edges);
    hot_shapes_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hints_of_numbers),   cmocka_unit_test(hints_of_dates),
        cmocka_unit_test(hints_of_positions), cmocka_unit_test(decimals),
        cmocka_unit_test(distances),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
