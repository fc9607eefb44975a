/* How soon incidents come back, and how many in a few months. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/incidents/clock.h"
#include "engine/repeats/dates.h"

static int32_t day(int year, int month, int of_month)
{
    return (int32_t)hot_days(year, month, of_month);
}

static void days_of_groups_in_order(void **unused)
{
    (void)unused;
    static const int32_t group[] = {2, 0, -1, 2, 0, 2}, expected[] = {-1, 3, 0, 1, 1};
    static const int64_t from[] = {86400, 3 * 86400, 7, 2 * 86400 - 1, -1, 86399};
    hot_dates d = {0};
    assert_int_equal(hot_dates_new(group, from, COUNT(group), 3, &d), HOT_OK);
    assert_true(d.first[0] == 0 && d.first[1] == 2 && d.first[2] == 2 && d.first[3] == 5);
    assert_memory_equal(d.day, expected, sizeof expected);
    hot_dates_free(&d);
    hot_dates_free(&d);
    assert_int_equal(hot_dates_new(group, from, 0, 0, &d), HOT_OK);
    hot_dates_free(&d);
}

/** The fullest stretch of three reports by dates. */
static uint32_t fullest(int32_t a, int32_t b, int32_t c, int months)
{
    int32_t list[] = {a, b, c};
    return hot_dates_fullest(list, COUNT(list), months).incidents;
}

static void months_of_the_calendar(void **unused)
{
    (void)unused;
    /* six months from 15 January end with 14 July */
    assert_int_equal(fullest(day(2025, 1, 15), day(2025, 3, 1), day(2025, 7, 14), 6), 3);
    assert_int_equal(fullest(day(2025, 1, 15), day(2025, 3, 1), day(2025, 7, 15), 6), 2);
    /* from 31 August, with the end of February, be it the 28th or the 29th */
    assert_int_equal(fullest(day(2024, 8, 31), day(2024, 9, 1), day(2025, 2, 28), 6), 3);
    assert_int_equal(fullest(day(2023, 8, 31), day(2023, 9, 1), day(2024, 2, 29), 6), 3);
    assert_int_equal(fullest(day(2024, 8, 31), day(2024, 9, 1), day(2025, 3, 1), 6), 2);
    /* over the new year, within one month, and all on one day */
    assert_int_equal(fullest(day(2024, 12, 20), day(2024, 12, 31), day(2025, 1, 19), 1), 3);
    assert_int_equal(fullest(day(2024, 12, 20), day(2024, 12, 31), day(2025, 1, 20), 1), 2);
    assert_int_equal(fullest(day(2025, 5, 5), day(2025, 5, 5), day(2025, 5, 5), 1), 3);
    /* months that are known by their first day alone */
    assert_int_equal(fullest(day(2025, 1, 1), day(2025, 3, 1), day(2025, 6, 1), 6), 3);
    assert_int_equal(fullest(day(2025, 1, 1), day(2025, 3, 1), day(2025, 7, 1), 6), 2);
}

static void the_earliest_of_the_fullest(void **unused)
{
    (void)unused;
    int32_t list[] = {day(2024, 1, 1), day(2024, 9, 1), day(2024, 10, 1), day(2025, 1, 1),
                      day(2025, 1, 2)};
    hot_dates_window w = hot_dates_fullest(list, COUNT(list), 2);
    assert_true(w.incidents == 2 && w.first == list[1] && w.last == list[2]);
    w = hot_dates_fullest(list, COUNT(list), 5);
    assert_true(w.incidents == 4 && w.first == list[1] && w.last == list[4]);
    w = hot_dates_fullest(list, 1, 6);
    assert_true(w.incidents == 1 && w.first == list[0] && w.last == list[0]);
}

/* Quantiles: tests/golden/reference/concentration.R, R 4.2.2's quantile(type = 7). */
static void days_between(void **unused)
{
    (void)unused;
    /* group 0: gaps 0, 31, 8, 5; group 1: 7, 30; group 2: 1; group 3: none */
    static const int32_t group[] = {0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3};
    static const int32_t days[] = {10, 10, 41, 49, 54, 5, 12, 42, 100, 101, 9};
    int64_t from[COUNT(days)];
    hot_dates d = {0};
    hot_dates_gaps g[HOT_DATES_GAPS];
    for (size_t i = 0; i < COUNT(days); i++) from[i] = days[i] * (int64_t)86400 + 7;
    assert_int_equal(hot_dates_new(group, from, COUNT(days), 4, &d), HOT_OK);
    assert_int_equal(hot_dates_between(&d, g), HOT_OK);
    assert_true(g[0].n == 3 && g[1].n == 2 && g[2].n == 1 && g[3].n == 1 && g[4].n == 7);
    check_near(g[0].median, 1, 1e-12);    /* 0 1 7 */
    check_near(g[1].median, 30.5, 1e-12); /* 30 31 */
    check_near(g[3].upper, 5, 1e-12);
    check_near(g[4].quartile, 3, 1e-12); /* 0 1 5 7 8 30 31 */
    check_near(g[4].median, 7, 1e-12);
    check_near(g[4].upper, 19, 1e-12);
    assert_true(g[4].within_week == 4 && g[4].within_four_weeks == 5);
    hot_dates_free(&d);
}

static void no_days_between(void **unused)
{
    (void)unused;
    static const int32_t group[] = {0, 1};
    static const int64_t from[] = {0, 0};
    hot_dates d = {0};
    hot_dates_gaps g[HOT_DATES_GAPS];
    assert_int_equal(hot_dates_between(&d, g), HOT_OK);
    assert_true(g[4].n == 0 && isnan(g[4].median));
    assert_int_equal(hot_dates_new(group, from, 2, 2, &d), HOT_OK);
    assert_int_equal(hot_dates_between(&d, g), HOT_OK);
    assert_true(g[0].n == 0 && g[4].n == 0 && isnan(g[4].quartile) && isnan(g[4].upper));
    hot_dates_free(&d);
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    static const int32_t group[] = {0, 0};
    static const int64_t from[] = {0, 0};
    hot_dates d = {.groups = 77};
    for (long n = 0; n < 2; n++) {
        hot_memory_fail_after(n);
        assert_int_equal(hot_dates_new(group, from, 2, 1, &d), HOT_MEMORY);
        hot_memory_fail_after(-1);
        assert_true(d.groups == 77 && !d.first);
    }
    hot_dates_gaps g[HOT_DATES_GAPS] = {{.n = 77}};
    assert_int_equal(hot_dates_new(group, from, 2, 1, &d), HOT_OK);
    hot_memory_fail_after(0);
    assert_int_equal(hot_dates_between(&d, g), HOT_MEMORY);
    hot_memory_fail_after(-1);
    assert_int_equal(g[0].n, 77);
    hot_dates_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_of_groups_in_order),
        cmocka_unit_test(months_of_the_calendar),
        cmocka_unit_test(the_earliest_of_the_fullest),
        cmocka_unit_test(days_between),
        cmocka_unit_test(no_days_between),
        cmocka_unit_test(every_request_may_fail),
    };
    return cmocka_run_group_tests_name("dates", tests, NULL, NULL);
}
