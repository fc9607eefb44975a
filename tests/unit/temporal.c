/* When incidents happen: worked values, sums that are exact, days on which clocks are changed. */
#include "tests/check.h"

#include "engine/temporal/calendar.h"
#include "engine/temporal/peak.h"
#include "engine/temporal/shifts.h"
#include "engine/temporal/week.h"
#include "engine/temporal/when.h"

enum { HOUR = 3600, DAY = 86400, MOST = 7 * (HOT_SLOTS + 1) };

/** Second of a local date and time. */
static int64_t at(int year, int month, int day, int hour, int minute)
{
    return hot_days(year, month, day) * DAY + hour * HOUR + minute * 60;
}

/** Hours of the week of one incident, in whole incidents. */
static void spread(int64_t from, int64_t to, const hot_zone *zone, double hours[HOT_WEEK_HOURS])
{
    hot_slots slots = hot_slots_of_hours();
    int64_t week[MOST] = {0}, *weeks[] = {week}, parts[HOT_WEEK_HOURS], sum = 0;
    hot_aoristic(&slots, from, to, zone, weeks, 1);
    hot_week_settle(&slots, false, week);
    hot_week_hours(&slots, week, parts);
    for (size_t k = 0; k < HOT_WEEK_HOURS; k++) {
        assert_true(parts[k] >= 0);
        sum += parts[k];
        hours[k] = (double)parts[k] / (double)HOT_PARTS;
    }
    assert_true(sum == HOT_PARTS);
}

/* ---- spreading ---- */

/** W14: 08:00 to 16:00, 01:00 to 02:30, 01:50 to 02:10, on a Wednesday. */
static void worked_values(void **unused)
{
    (void)unused;
    double hours[HOT_WEEK_HOURS];
    const size_t wednesday = 48;
    spread(at(2025, 1, 1, 8, 0), at(2025, 1, 1, 16, 0), NULL, hours);
    for (size_t k = 0; k < 24; k++)
        check_near(hours[wednesday + k], k >= 8 && k < 16 ? 0.125 : 0, 0);
    spread(at(2025, 1, 1, 1, 0), at(2025, 1, 1, 2, 30), NULL, hours);
    check_near(hours[wednesday + 1], 2.0 / 3, 1e-9);
    check_near(hours[wednesday + 2], 1.0 / 3, 1e-9);
    spread(at(2025, 1, 1, 1, 50), at(2025, 1, 1, 2, 10), NULL, hours);
    check_near(hours[wednesday + 1], 0.5, 0);
    check_near(hours[wednesday + 2], 0.5, 0);
}

static void an_instant_is_in_its_hour(void **unused)
{
    (void)unused;
    double hours[HOT_WEEK_HOURS];
    spread(at(2025, 1, 5, 23, 59), at(2025, 1, 5, 23, 59), NULL, hours); /* a Sunday */
    check_near(hours[6 * 24 + 23], 1, 0);
    spread(at(2025, 1, 6, 0, 0), at(2025, 1, 6, 0, 0), NULL, hours);
    check_near(hours[0], 1, 0);
    spread(at(1969, 12, 31, 22, 0), at(1969, 12, 31, 22, 0), NULL, hours); /* a Wednesday */
    check_near(hours[2 * 24 + 22], 1, 0);
}

/** Over midnight, over the week's end, and round more than a week. */
static void spans_go_round(void **unused)
{
    (void)unused;
    double hours[HOT_WEEK_HOURS];
    spread(at(2025, 1, 5, 22, 0), at(2025, 1, 6, 2, 0), NULL, hours);
    check_near(hours[6 * 24 + 22] + hours[6 * 24 + 23], 0.5, 0);
    check_near(hours[0] + hours[1], 0.5, 0);
    spread(at(2025, 1, 6, 0, 0), at(2025, 1, 20, 0, 0), NULL, hours);
    for (size_t k = 0; k < HOT_WEEK_HOURS; k++) check_near(hours[k], 1.0 / 168, 1e-8);
    spread(0, INT64_C(0xffffffff), NULL, hours); /* 136 years: the parts still add up to one */
}

/* London 2025: 30 March 01:00 becomes 02:00, 26 October 02:00 becomes 01:00. */
static int64_t changes[2];
static int32_t offsets[] = {HOUR, 0};

static hot_zone london(void)
{
    changes[0] = at(2025, 3, 30, 1, 0);
    changes[1] = at(2025, 10, 26, 1, 0);
    return (hot_zone){2, changes, offsets, 0};
}

static void the_hour_that_is_skipped(void **unused)
{
    (void)unused;
    double hours[HOT_WEEK_HOURS];
    hot_zone zone = london();
    const size_t sunday = 6 * 24;
    spread(at(2025, 3, 30, 0, 30), at(2025, 3, 30, 2, 30), &zone, hours);
    check_near(hours[sunday + 0], 0.5, 0);
    check_near(hours[sunday + 1], 0, 0);
    check_near(hours[sunday + 2], 0.5, 0);
    spread(at(2025, 3, 30, 1, 30), at(2025, 3, 30, 3, 0), &zone, hours); /* begins in it */
    check_near(hours[sunday + 2], 1, 0);
    spread(at(2025, 3, 30, 1, 10), at(2025, 3, 30, 1, 40), &zone, hours); /* never was */
    check_near(hours[sunday + 1], 1, 0);
    spread(at(2025, 3, 23, 0, 30), at(2025, 3, 23, 2, 30), &zone, hours); /* a week before */
    check_near(hours[sunday + 1], 0.5, 0);
}

static void the_hour_that_is_repeated(void **unused)
{
    (void)unused;
    double hours[HOT_WEEK_HOURS];
    hot_zone zone = london();
    const size_t sunday = 6 * 24;
    spread(at(2025, 10, 26, 0, 0), at(2025, 10, 26, 3, 0), &zone, hours);
    check_near(hours[sunday + 0], 0.25, 0);
    check_near(hours[sunday + 1], 0.5, 0);
    check_near(hours[sunday + 2], 0.25, 0);
    spread(at(2025, 10, 26, 0, 30), at(2025, 10, 26, 1, 30), &zone, hours); /* ends in the first */
    check_near(hours[sunday + 1], 0.5, 0);
    spread(at(2025, 10, 26, 1, 30), at(2025, 10, 26, 2, 30), &zone, hours); /* from the second */
    check_near(hours[sunday + 1], 0.5, 0);
    spread(at(2025, 10, 26, 1, 0), at(2025, 10, 26, 2, 0), &zone, hours);
    check_near(hours[sunday + 1], 1, 0);
}

/** One row, two weeks: each gets the same. And the order of the rows does not matter. */
static void sums_are_exact(void **unused)
{
    (void)unused;
    hot_slots slots = hot_slots_of_hours();
    int64_t a[MOST] = {0}, b[MOST] = {0}, c[MOST] = {0}, *both[] = {a, b}, *other[] = {c}, sum = 0;
    for (int k = 0; k < 1000; k++)
        hot_aoristic(&slots, k * 7919, k * 7919 + 1 + k * 61, NULL, both, 2);
    for (int k = 999; k >= 0; k--)
        hot_aoristic(&slots, k * 7919, k * 7919 + 1 + k * 61, NULL, other, 1);
    assert_memory_equal(a, b, sizeof a);
    assert_memory_equal(a, c, sizeof a);
    for (size_t k = 0; k < hot_week_size(&slots); k++) sum += a[k];
    assert_true(sum == 1000 * HOT_PARTS);
}

/* ---- what is known ---- */

static void how_well_times_are_known(void **unused)
{
    (void)unused;
    static const struct {
        hot_moment from, to;
        bool has_to;
        hot_when known;
        int64_t end;
    } cases[] = {
        {{DAY, HOT_MONTH}, {0}, false, HOT_UNTIMED, DAY},
        {{DAY, HOT_DAY}, {0}, false, HOT_UNTIMED, DAY},
        {{DAY, HOT_DAY}, {2 * DAY, HOT_MINUTE}, true, HOT_UNTIMED, DAY},
        {{DAY, HOT_MINUTE}, {0}, false, HOT_INSTANT, DAY},
        {{DAY, HOT_SECOND}, {DAY, HOT_SECOND}, true, HOT_INSTANT, DAY},
        {{DAY + 30, HOT_SECOND}, {DAY, HOT_MINUTE}, true, HOT_INSTANT, DAY + 30},
        {{DAY, HOT_MINUTE}, {DAY + 60, HOT_MINUTE}, true, HOT_BETWEEN, DAY + 60},
        {{DAY, HOT_MINUTE}, {3 * DAY, HOT_MINUTE}, true, HOT_BETWEEN, 3 * DAY},
        {{DAY, HOT_MINUTE}, {3 * DAY + 1, HOT_SECOND}, true, HOT_BEYOND, 3 * DAY + 1},
        {{DAY, HOT_MINUTE}, {2 * DAY, HOT_DAY}, true, HOT_BETWEEN, 3 * DAY},
        {{DAY, HOT_MINUTE}, {3 * DAY, HOT_DAY}, true, HOT_BEYOND, 4 * DAY},
        {{DAY, HOT_MINUTE}, {0, HOT_MONTH}, true, HOT_BEYOND, 31 * DAY},
        {{DAY, HOT_MINUTE},
         {40000 * (int64_t)DAY, HOT_DAY},
         true,
         HOT_BEYOND,
         40001 * (int64_t)DAY},
    };
    for (size_t k = 0; k < COUNT(cases); k++) {
        int64_t end = -1;
        const hot_moment *to = cases[k].has_to ? &cases[k].to : NULL;
        hot_when known = hot_when_known(cases[k].from, to, 2 * DAY, &end);
        if (known != cases[k].known || end != cases[k].end)
            fail_msg("case %zu: %d, ends %lld", k, (int)known, (long long)end);
    }
}

static void midnights(void **unused)
{
    (void)unused;
    uint64_t exact[24] = {0}, other[24] = {0};
    assert_false(hot_midnight_is_unknown(exact, other));
    exact[0] = 1;
    assert_false(hot_midnight_is_unknown(exact, other));
    exact[0] = 2; /* and nothing else */
    assert_true(hot_midnight_is_unknown(exact, other));
    exact[0] = 9;
    exact[1] = 1;
    assert_false(hot_midnight_is_unknown(exact, other));
    exact[0] = 10;
    assert_true(hot_midnight_is_unknown(exact, other));
    for (size_t k = 1; k < 24; k++) exact[k] = 2; /* full hours alone: just five times the others */
    assert_false(hot_midnight_is_unknown(exact, other));
    exact[7] = 1;
    assert_true(hot_midnight_is_unknown(exact, other));
    for (size_t k = 0; k < 24; k++) exact[k] = 500;
    assert_false(hot_midnight_is_unknown(exact, other));
}

/** Every other hour: 20 at the full hour, 60 at other moments. At midnight 29 at other moments let
 *  expect (29 + 1) / 3 at the full hour. */
static void midnights_where_times_are_rounded(void **unused)
{
    (void)unused;
    uint64_t exact[24], other[24];
    for (size_t k = 0; k < 24; k++) exact[k] = 20, other[k] = 60;
    other[0] = 29;
    exact[0] = 30;
    assert_false(hot_midnight_is_unknown(exact, other));
    exact[0] = 31;
    assert_true(hot_midnight_is_unknown(exact, other));
    /* Vancouver 2025, located: 1,028 and 526 at midnight; others as they were. */
    static const uint64_t full[24] = {1028, 251, 186, 157, 106, 77,  128, 145, 211, 232, 264, 234,
                                      435,  283, 364, 367, 473, 554, 650, 469, 494, 454, 506, 416};
    for (size_t k = 1; k < 24; k++) other[k] = 20253 / 23;
    other[0] = 526;
    assert_true(hot_midnight_is_unknown(full, other));
    other[0] = 1600; /* a busy hour and no pile */
    assert_false(hot_midnight_is_unknown(full, other));
}

static void midnight_is_settled(void **unused)
{
    (void)unused;
    hot_slots slots = hot_slots_of_hours();
    for (int unknown = 0; unknown < 2; unknown++) {
        int64_t week[MOST] = {0}, *weeks[] = {week}, hours[HOT_WEEK_HOURS];
        hot_aoristic(&slots, at(2025, 1, 7, 0, 0), at(2025, 1, 7, 0, 0), NULL, weeks, 1);
        hot_aoristic(&slots, at(2025, 1, 7, 0, 1), at(2025, 1, 7, 0, 1), NULL, weeks, 1);
        hot_aoristic(&slots, at(2025, 1, 7, 0, 0), at(2025, 1, 7, 1, 0), NULL, weeks, 1);
        hot_week_settle(&slots, unknown, week);
        hot_week_hours(&slots, week, hours);
        assert_true(hours[24] == (unknown ? 2 : 3) * HOT_PARTS);
    }
}

/* ---- shifts ---- */

static const hot_shift usual[] = {{"earlies", 7 * HOUR, 15 * HOUR},
                                  {"lates", 15 * HOUR, 23 * HOUR},
                                  {"nights", 23 * HOUR, 7 * HOUR}};

static int64_t *laid(const hot_shift *shift, size_t n, const int64_t *when, size_t whens,
                     hot_rota *rota, int64_t *none)
{
    static int64_t week[MOST], sum[7 * HOT_SHIFTS];
    int64_t *weeks[] = {week};
    size_t clash[2];
    memset(week, 0, sizeof week);
    assert_int_equal(hot_rota_lay(shift, n, rota, clash), HOT_OK);
    for (size_t k = 0; k < whens; k++) hot_aoristic(&rota->slots, when[k], when[k], NULL, weeks, 1);
    hot_week_settle(&rota->slots, false, week);
    *none = hot_rota_sum(rota, week, sum);
    return sum;
}

static void nights_belong_to_the_day_they_begin(void **unused)
{
    (void)unused;
    hot_rota rota;
    int64_t none;
    const int64_t when[] = {at(2025, 1, 10, 23, 0), at(2025, 1, 11, 2, 0), /* Friday, Saturday */
                            at(2025, 1, 11, 6, 59), at(2025, 1, 11, 7, 0),
                            at(2025, 1, 11, 15, 0), at(2025, 1, 6, 0, 0)}; /* a Monday */
    const int64_t *sum = laid(usual, 3, when, COUNT(when), &rota, &none);
    assert_true(none == 0 && rota.free == 0);
    assert_true(sum[4 * 3 + 2] == 3 * HOT_PARTS);
    assert_true(sum[5 * 3 + 0] == HOT_PARTS && sum[5 * 3 + 1] == HOT_PARTS);
    assert_true(sum[6 * 3 + 2] == HOT_PARTS); /* Sunday's nights */
}

static void a_day_has_so_many_slots(void **unused)
{
    (void)unused;
    hot_slots slots = hot_slots_of_hours();
    for (int32_t k = 0; k < HOT_SLOTS - 24; k++) assert_true(hot_slots_cut(&slots, 1 + k * 1100));
    assert_true(slots.n == HOT_SLOTS && slots.cut[0] == 0 && slots.cut[HOT_SLOTS] == DAY);
    for (size_t k = 0; k < slots.n; k++) assert_true(slots.cut[k] < slots.cut[k + 1]);
    assert_true(hot_slots_cut(&slots, HOUR)); /* is cut there */
    assert_false(hot_slots_cut(&slots, HOUR + 2));
    assert_true(slots.n == HOT_SLOTS);
}

static void time_without_a_shift_is_said(void **unused)
{
    (void)unused;
    static const hot_shift two[] = {{"day", 7 * HOUR + 1800, 16 * HOUR},
                                    {"late", 16 * HOUR, 3 * HOUR}};
    hot_rota rota;
    int64_t none;
    const int64_t when[] = {at(2025, 1, 11, 7, 29), at(2025, 1, 11, 7, 30), at(2025, 1, 11, 2, 59),
                            at(2025, 1, 11, 3, 0)};
    const int64_t *sum = laid(two, 2, when, COUNT(when), &rota, &none);
    assert_int_equal(rota.free, 4 * HOUR + 1800);
    assert_int_equal(rota.free_from, 3 * HOUR);
    assert_int_equal(rota.free_to, 7 * HOUR + 1800);
    assert_true(none == 2 * HOT_PARTS);
    assert_true(sum[5 * 2 + 0] == HOT_PARTS && sum[4 * 2 + 1] == HOT_PARTS);
    static const hot_shift day[] = {{"day", 6 * HOUR, 22 * HOUR}}; /* none over midnight */
    laid(day, 1, when, 0, &rota, &none);
    assert_int_equal(rota.free_from, 22 * HOUR);
    assert_int_equal(rota.free_to, 6 * HOUR);
}

static void shifts_at_their_ends(void **unused)
{
    (void)unused;
    hot_rota rota;
    int64_t none;
    size_t clash[2];
    const int64_t when[] = {at(2025, 1, 11, 7, 59), at(2025, 1, 11, 8, 0)};
    static const hot_shift whole[] = {{"all day", 8 * HOUR, 8 * HOUR}};
    const int64_t *sum = laid(whole, 1, when, 2, &rota, &none);
    assert_true(sum[4] == HOT_PARTS && sum[5] == HOT_PARTS && rota.free == 0);
    static const hot_shift two[] = {{"a", 7 * HOUR, 15 * HOUR}, {"b", 14 * HOUR + 60, 23 * HOUR}};
    assert_int_equal(hot_rota_lay(two, 2, &rota, clash), HOT_DOMAIN);
    assert_true(clash[0] == 0 && clash[1] == 1);
    hot_shift many[HOT_SHIFTS];
    for (int32_t k = 0; k < HOT_SHIFTS; k++)
        many[k] = (hot_shift){"x", k * HOUR + 1, (k * HOUR + HOUR + 1) % DAY};
    sum = laid(many, HOT_SHIFTS, when, 2, &rota, &none);
    assert_true(rota.free == 0 && none == 0);
    assert_true(sum[5 * HOT_SHIFTS + 7] == 2 * HOT_PARTS);
}

/* ---- peaks ---- */

static void the_busiest_hours(void **unused)
{
    (void)unused;
    int64_t hours[HOT_WEEK_HOURS] = {0};
    hot_peak p = hot_peak_find(hours);
    assert_true(p.all == 0 && p.ties == 24 && !p.beyond_chance);
    hours[22] = hours[24 + 1] = 10 * HOT_PARTS; /* over midnight, of two days */
    hours[12] = 5 * HOT_PARTS;
    p = hot_peak_find(hours);
    assert_true(p.ties == 1 && p.from[0] == 22 && p.parts == 20 * HOT_PARTS);
    assert_true(p.all == 25 * HOT_PARTS && p.beyond_chance);
    hours[24 + 1] = 0;
    hours[23] = 10 * HOT_PARTS; /* 20, 21, 22 as good */
    p = hot_peak_find(hours);
    assert_true(p.ties == 3 && p.from[0] == 20 && p.from[2] == 22);
}

/* R 4.2.2: prop.test(k, 30, correct = FALSE, conf.level = 1 - 2 * 0.05 / 24)$conf.int[1] is 0.1477
 * for k = 10 and 0.1701 for k = 11; an even day has 0.1667. */
static void beyond_chance(void **unused)
{
    (void)unused;
    for (int64_t k = 10; k <= 11; k++) {
        int64_t hours[HOT_WEEK_HOURS] = {0};
        hours[0] = k * HOT_PARTS;
        hours[8] = hours[16] = (30 - k) * HOT_PARTS / 2;
        assert_true(hot_peak_find(hours).beyond_chance == (k == 11));
    }
}

/* ---- the calendar ---- */

/* R 4.2.2: phi <- summary(glm(count ~ I(side == 2), quasipoisson,
 * control = glm.control(1e-14)))$dispersion, ratio <- exp() of
 * its coefficient, s <- prop.test(in / phi, all / phi, correct = FALSE)$conf.int, limits s / (1 -
 * s) * days_out / days_in. */
static void days_in_and_out(void **unused)
{
    (void)unused;
    static const uint32_t count[] = {12, 9, 14, 20, 31, 28, 11, 7, 99, 10, 26, 24, 8, 13};
    static const uint8_t side[] = {1, 1, 1, 2, 2, 2, 1, 1, 0, 1, 2, 2, 1, 1};
    hot_day_comparison c = hot_calendar_compare(count, side, COUNT(count));
    assert_true(c.days_in == 5 && c.days_out == 8 && c.in == 129 && c.out == 84);
    check_near(c.per_day_in, 25.8, 1e-12);
    check_near(c.per_day_out, 10.5, 1e-12);
    check_near(c.ratio, 2.457142857, 1e-9);
    check_near(c.dispersion, 1, 0); /* 0.61, which is no less than chance */
    check_near(c.ratio_low, 1.868367353, 1e-8);
    check_near(c.ratio_high, 3.231458209, 1e-8);
    static const uint32_t rough[] = {40, 2, 3, 50, 61, 8, 35, 0, 0, 44, 9, 26, 4, 1};
    c = hot_calendar_compare(rough, side, COUNT(rough));
    check_near(c.dispersion, 22.068422, 1e-6);
    check_near(c.ratio, 1.910077519, 1e-8);
    check_near(c.ratio_low, 0.668390166, 1e-6);
    check_near(c.ratio_high, 5.458482657, 1e-6);
}

static void nothing_of_few(void **unused)
{
    (void)unused;
    uint32_t count[] = {29, 400, 3};
    uint8_t side[] = {HOT_DAY_IN, HOT_DAY_OUT, HOT_DAY_NOT_COVERED};
    hot_day_comparison c = hot_calendar_compare(count, side, 3);
    assert_true(c.days_in == 1 && c.in == 29 && c.out == 400 && isnan(c.ratio));
    assert_true(isnan(c.per_day_in) && isnan(c.ratio_low) && isnan(c.dispersion));
    count[0] = 30; /* two days: nothing is known of how days vary */
    c = hot_calendar_compare(count, side, 3);
    check_near(c.ratio, 0.075, 1e-12);
    check_near(c.dispersion, 1, 0);
    c = hot_calendar_compare(count, side, 0);
    assert_true(c.days_in == 0 && c.days_out == 0 && isnan(c.per_day_out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_values),
        cmocka_unit_test(an_instant_is_in_its_hour),
        cmocka_unit_test(spans_go_round),
        cmocka_unit_test(the_hour_that_is_skipped),
        cmocka_unit_test(the_hour_that_is_repeated),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(how_well_times_are_known),
        cmocka_unit_test(midnights),
        cmocka_unit_test(midnights_where_times_are_rounded),
        cmocka_unit_test(midnight_is_settled),
        cmocka_unit_test(nights_belong_to_the_day_they_begin),
        cmocka_unit_test(a_day_has_so_many_slots),
        cmocka_unit_test(time_without_a_shift_is_said),
        cmocka_unit_test(shifts_at_their_ends),
        cmocka_unit_test(the_busiest_hours),
        cmocka_unit_test(beyond_chance),
        cmocka_unit_test(days_in_and_out),
        cmocka_unit_test(nothing_of_few),
    };
    return cmocka_run_group_tests_name("temporal", tests, NULL, NULL);
}
