/* clock: every written form of a date, nothing that is not one, and the zone's clock. */
#include "tests/check.h"

#include <stdbool.h>

#include "engine/base/memory.h"
#include "engine/incidents/clock.h"

/** London in 2025: summer time from 30 March 01:00 UTC to 26 October 01:00 UTC. */
static const hot_zone *london(void)
{
    static int64_t at[2];
    static int32_t offset[] = {3600, 0};
    static const hot_zone zone = {2, at, offset, 0};
    at[0] = hot_days(2025, 3, 30) * 86400 + 3600;
    at[1] = hot_days(2025, 10, 26) * 86400 + 3600;
    return &zone;
}

/** The moment as ISO text, "" where it is refused. */
static void read_as(const char *text, const hot_zone *zone, char *iso)
{
    hot_moment m = {-77, HOT_SECOND};
    *iso = 0;
    if (hot_moment_parse(text, strlen(text), zone, &m)) {
        hot_moment_format(m, iso);
    } else {
        assert_int_equal(m.second, -77);
        assert_int_equal(m.precision, HOT_SECOND);
    }
}

typedef struct {
    const char *text, *iso;
} reading;

static const reading readings[] = {
    {"2025-01", "2025-01"},
    {"2025-1", "2025-01"},
    {"2025/12", "2025-12"},
    {"2025-01-31", "2025-01-31"},
    {"2025/1/5", "2025-01-05"},
    {"31/01/2025", "2025-01-31"},
    {"1/2/2025", "2025-02-01"},
    {"01-02-2025", "2025-02-01"},
    {"01.02.2025", "2025-02-01"},
    {" \t2025-01-31 ", "2025-01-31"},
    {"2025-01-31T22:15", "2025-01-31T22:15"},
    {"2025-01-31t22:15", "2025-01-31T22:15"},
    {"2025-01-31 22:15:09", "2025-01-31T22:15:09"},
    {"31/01/2025 9:05", "2025-01-31T09:05"},
    {"31/01/2025 22:15:09.999", "2025-01-31T22:15:09"},
    {"2025-01-31T22:15:09,5", "2025-01-31T22:15:09"},
    {"2025-01-31T00:00", "2025-01-31T00:00"},
    {"2025-12-31T24:00", "2026-01-01T00:00"},
    {"2025-12-31T24:00:00", "2026-01-01T00:00:00"},
    {"1900-01-01", "1900-01-01"},
    {"2199-12-31", "2199-12-31"},
    {"1969-12-31T23:59:59", "1969-12-31T23:59:59"},
    /* leap years */
    {"2024-02-29", "2024-02-29"},
    {"2000-02-29", "2000-02-29"},
    {"29/02/2024", "2024-02-29"},
    {"2025-02-29", ""},
    {"2100-02-29", ""},
    {"1900-02-29", ""},
    /* days, months and years that are not */
    {"2025-06-31", ""},
    {"31/06/2025", ""},
    {"2025-00", ""},
    {"2025-13", ""},
    {"2025-01-00", ""},
    {"2025-01-32", ""},
    {"0/1/2025", ""},
    {"1/13/2025", ""},
    {"1899-12-31", ""},
    {"2200-01-01", ""},
    /* times that are not */
    {"2025-01-31T24:01", ""},
    {"2025-01-31T24:00:01", ""},
    {"2025-01-31T25:00", ""},
    {"2025-01-31T22:60", ""},
    {"2025-01-31T22:15:60", ""},
    {"2025-01-31T22:15:09.", ""},
    {"2025-01-31T22", ""},
    {"2025-01-31T22:5", ""},
    {"2025-01-31T", ""},
    {"2025-01-31T22:15:", ""},
    {"2025-01T22:15", ""},
    {"2025-01-31  22:15", ""},
    {"2025-01-31x22:15", ""},
    /* forms that are not */
    {"", ""},
    {" ", ""},
    {"2025", ""},
    {"2025-", ""},
    {"2025-01-", ""},
    {"2025-01/31", ""},
    {"2025.01.31", ""},
    {"31/01-2025", ""},
    {"31/01/25", ""},
    {"31/01/20255", ""},
    {"20250131", ""},
    {"25-01-31", ""},
    {"2025-001-31", ""},
    {"2025-01-031", ""},
    {"-2025-01-31", ""},
    {"+2025-01-31", ""},
    {"2025-01-31 and", ""},
    {"2025-01-31T22:15 Zulu", ""},
    {"January 2025", ""},
    {"/", ""},
    {"1", ""},
    {"1/", ""},
    {"1/1", ""},
    {"1/1/", ""},
    /* offsets: the zone's clock */
    {"2025-01-15T12:00Z", "2025-01-15T12:00"},
    {"2025-07-15T12:00Z", "2025-07-15T13:00"},
    {"2025-07-15T12:00z", "2025-07-15T13:00"},
    {"2025-07-15 12:00:30 Z", "2025-07-15T13:00:30"},
    {"2025-07-15T12:00+01:00", "2025-07-15T12:00"},
    {"2025-07-15T12:00+0100", "2025-07-15T12:00"},
    {"2025-07-15T12:00+01", "2025-07-15T12:00"},
    {"2025-07-15T12:00-05:30", "2025-07-15T18:30"},
    {"2025-07-15T23:30Z", "2025-07-16T00:30"},
    {"2025-03-30T00:59:59Z", "2025-03-30T00:59:59"},
    {"2025-03-30T01:00:00Z", "2025-03-30T02:00:00"},
    {"2025-10-26T00:59:59Z", "2025-10-26T01:59:59"},
    {"2025-10-26T01:00:00Z", "2025-10-26T01:00:00"},
    {"2019-05-31T23:01:00+00:00", "2019-05-31T23:01:00"},
    {"2025-07-15T12:00+14:00", "2025-07-14T23:00"},
    {"2025-07-15T12:00+15:00", ""},
    {"2025-07-15T12:00+01:60", ""},
    {"2025-07-15T12:00+1", ""},
    {"2025-07-15T12:00+01:", ""},
    {"2025-07-15T12:00+01:0", ""},
    {"2025-07-15T12:00+01:000", ""},
    {"2025-07-15T12:00ZZ", ""},
    {"2025-07-15Z", ""},
    {"2025-07Z", ""},
};

static void every_form(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(readings); i++) {
        char iso[32];
        read_as(readings[i].text, london(), iso);
        if (strcmp(iso, readings[i].iso) != 0) print_error("of \"%s\":\n", readings[i].text);
        assert_string_equal(iso, readings[i].iso);
    }
}

static void no_zone_is_utc(void **unused)
{
    (void)unused;
    char iso[32];
    read_as("2025-07-15T12:00Z", NULL, iso);
    assert_string_equal(iso, "2025-07-15T12:00");
    read_as("2025-07-15T12:00+01:00", NULL, iso);
    assert_string_equal(iso, "2025-07-15T11:00");
    static const hot_zone fixed = {.offset_before = -3600};
    read_as("2025-07-15T12:00Z", &fixed, iso);
    assert_string_equal(iso, "2025-07-15T11:00");
}

static void nothing_is_read_beyond_the_length(void **unused)
{
    (void)unused;
    static const char text[] = "2025-01-31T22:15:09Z";
    static const bool is[] = {0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1};
    for (size_t n = 0; n < COUNT(is); n++) {
        char *exact = hot_new_raw(n, 1); /* so that a step too far is seen */
        hot_moment m;
        assert_non_null(exact);
        memcpy(exact, text, n);
        assert_int_equal(hot_moment_parse(exact, n, NULL, &m), is[n]);
        hot_free(exact);
    }
}

typedef struct {
    const char *day, *clock, *iso;
} timed;

static void a_time_on_a_day(void **unused)
{
    (void)unused;
    static const timed cases[] = {
        {"2025-07-15", "22:15", "2025-07-15T22:15"},
        {"2025-07-15T08:00", " 22:15:01 ", "2025-07-15T22:15:01"},
        {"1969-07-15T08:00", "00:00", "1969-07-15T00:00"},
        {"2025-07-15", "24:00", "2025-07-16T00:00"},
        {"2025-07-15", "22:15Z", "2025-07-15T23:15"},
        {"2025-07-15", "23:15Z", "2025-07-16T00:15"},
        {"2025-07-15", "22:15:00.000+01:00", "2025-07-15T22:15:00"},
        {"2025-07-15", "2215", ""},
        {"2025-07-15", "", ""},
        {"2025-07-15", "22:15 pm", ""},
        {"2025-07-15", "2025-07-15T22:15", ""},
        {"2025-07", "22:15", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        hot_moment day, m = {-77, HOT_DAY};
        char iso[32] = "";
        assert_true(hot_moment_parse(cases[i].day, strlen(cases[i].day), NULL, &day));
        if (hot_moment_parse_clock(cases[i].clock, strlen(cases[i].clock), day, london(), &m))
            hot_moment_format(m, iso);
        else assert_int_equal(m.second, -77);
        assert_string_equal(iso, cases[i].iso);
    }
}

static void every_day_of_the_calendar(void **unused)
{
    (void)unused;
    int64_t day = hot_days(1899, 12, 31);
    for (int64_t year = 1900; year < 2200; year++)
        for (int month = 1; month <= 12; month++)
            for (int d = 1; d <= hot_month_length(year, month); d++) {
                assert_int_equal(hot_days(year, month, d), ++day);
                hot_date back = hot_date_of(day);
                assert_true(back.year == year && back.month == month && back.day == d);
            }
    assert_int_equal(hot_days(1970, 1, 1), 0);
    assert_int_equal(hot_days(2000, 3, 1), 11017);
    assert_int_equal(hot_days(-1, 3, 1) - hot_days(-1, 2, 28), 1);
    assert_int_equal(hot_date_of(hot_days(-400, 2, 29)).day, 29);
}

static void ends(void **unused)
{
    (void)unused;
    static const reading cases[] = {
        {"2024-02", "2024-03-01T00:00:00"},          {"2025-12", "2026-01-01T00:00:00"},
        {"1969-12", "1970-01-01T00:00:00"},          {"2025-12-31", "2026-01-01T00:00:00"},
        {"2025-12-31T23:59", "2026-01-01T00:00:00"}, {"2025-12-31T23:59:58", "2025-12-31T23:59:59"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        hot_moment m;
        char iso[32];
        assert_true(hot_moment_parse(cases[i].text, strlen(cases[i].text), NULL, &m));
        hot_moment_format((hot_moment){hot_moment_end(m), HOT_SECOND}, iso);
        assert_string_equal(iso, cases[i].iso);
    }
}

static void names_of_precision(void **unused)
{
    (void)unused;
    static const char *const name[] = {"month", "day", "minute", "second"};
    for (int p = HOT_MONTH; p <= HOT_SECOND; p++)
        assert_string_equal(hot_precision_name((hot_precision)p), name[p]);
}

static void a_zone_is_freed_twice(void **unused)
{
    (void)unused;
    hot_zone zone = {1, hot_new(1, sizeof *zone.at), hot_new(1, sizeof *zone.offset), 60};
    assert_int_equal(hot_zone_offset(&zone, -1), 60);
    assert_int_equal(hot_zone_offset(&zone, 0), 0);
    hot_zone_free(&zone);
    hot_zone_free(&zone);
    assert_int_equal(hot_zone_offset(&zone, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form),
        cmocka_unit_test(no_zone_is_utc),
        cmocka_unit_test(nothing_is_read_beyond_the_length),
        cmocka_unit_test(a_time_on_a_day),
        cmocka_unit_test(every_day_of_the_calendar),
        cmocka_unit_test(ends),
        cmocka_unit_test(names_of_precision),
        cmocka_unit_test(a_zone_is_freed_twice),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
