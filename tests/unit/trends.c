/* Control charts, marked months and their classes, against R and by hand.
 * R 4.2.2: tests/golden/reference/trends.R prints the figures. */
#include "tests/check.h"

#include "engine/chance/tails.h"
#include "engine/change/usual.h"
#include "engine/trends/chart.h"
#include "engine/trends/course.h"
#include "engine/trends/months.h"

enum { MONTHS = 14, AREAS = 4 };

/* 999 where there is no data: it must never be looked at. */
static const uint32_t count[AREAS * MONTHS] = {
    12, 9,  999, 15, 11, 14, 20, 18, 999, 16, 13, 10, 45, 12, /* a */
    30, 25, 999, 28, 33, 31, 40, 44, 999, 38, 30, 27, 29, 31, /* b */
    0,  1,  999, 0,  2,  1,  0,  3,  999, 1,  0,  0,  1,  0,  /* c */
    55, 48, 999, 60, 52, 66, 71, 80, 999, 69, 58, 50, 61, 57, /* d */
};
static const uint8_t covered[MONTHS] = {1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1};

static double dispersion_of(const uint32_t *counts, size_t units, size_t months,
                            const uint8_t *with, uint64_t least)
{
    double dispersion = NAN;
    assert_int_equal(hot_dispersion(counts, units, months, with, least, &dispersion), HOT_OK);
    return dispersion;
}

/* summary(glm(n ~ area + month, family = quasipoisson))$dispersion */
static void dispersion_as_glm(void **unused)
{
    (void)unused;
    check_near(dispersion_of(count, AREAS, MONTHS, covered, 1), 1.661995401126, 1e-9);
}

static void dispersion_at_the_ends(void **unused)
{
    (void)unused;
    static const uint8_t all[3] = {1, 1, 1}, none[3] = {0};
    static const uint32_t same[6] = {5, 5, 5, 5, 5, 5}, zero[6] = {0}, one[6] = {0, 1, 0, 0, 0, 0};
    assert_true(dispersion_of(same, 2, 3, all, 1) == 1); /* varies less than chance */
    assert_true(dispersion_of(zero, 2, 3, all, 1) == 1);
    assert_true(dispersion_of(one, 2, 3, all, 1) == 1);
    assert_true(dispersion_of(same, 2, 3, none, 1) == 1);
    assert_true(dispersion_of(same, 1, 3, all, 1) == 1); /* one area */
    assert_true(dispersion_of(same, 0, 3, all, 1) == 1);
    assert_true(dispersion_of(same, 2, 0, all, 1) == 1);
    /* The third is left out by its 11 incidents, and with it all that varies. */
    static const uint32_t wild[9] = {40, 40, 40, 40, 40, 40, 11, 0, 0};
    assert_true(dispersion_of(wild, 3, 3, all, 12) == 1);
    assert_true(dispersion_of(wild, 3, 3, all, 11) > 4);
}

/* pnbinom(size = mean / (dispersion - 1), mu = mean), ppois, qnbinom */
static void tails_as_r(void **unused)
{
    (void)unused;
    check_near(hot_tail_above(7, 3.2, 1.7), 0.0909173367029, 1e-12);
    check_near(hot_tail_below(2, 9, 2.5), 0.04980736, 1e-12);
    check_near(hot_tail_above(4, 1.5, 1), 0.0656424543785, 1e-12);
    assert_true(hot_count_at(0.999, 12.5, 1.8) == 31);
    assert_true(hot_tail_above(0, 0, 1) == 1 && hot_tail_above(1, 0, 2) == 0);
    assert_true(hot_tail_below(0, 0, 1) == 1 && hot_count_at(0.999, 0, 2) == 0);
}

static void chart_of(const uint32_t *counts, size_t areas, const int64_t *whole, size_t months,
                     const uint8_t *with, double dispersion, int threads, hot_chart_month *chart)
{
    assert_int_equal(hot_chart(counts, areas, whole, months, with, dispersion, threads, chart),
                     HOT_OK);
}

static void is_month(hot_chart_month m, double expected, double low, double high, double low_far,
                     double high_far, int signal)
{
    check_near(m.expected, expected, 1e-8);
    check_near(m.low, low, 0);
    check_near(m.high, high, 0);
    check_near(m.low_far, low_far, 0);
    check_near(m.high_far, high_far, 0);
    assert_int_equal(m.signal, signal);
}

static void chart_as_written_down_in_r(void **unused)
{
    (void)unused;
    int64_t whole[MONTHS] = {0};
    hot_chart_month chart[AREAS * MONTHS];
    for (size_t k = 0; k < AREAS * MONTHS; k++) whole[k % MONTHS] += count[k];
    chart_of(count, AREAS, whole, MONTHS, covered, 1.661995401126, 2, chart);
    is_month(chart[12], 13.239573230, 5, 25, 2, 34, 1);
    is_month(chart[0], 14.098360656, 5, 26, 2, 36, 0);
    is_month(chart[2 * MONTHS + 6], 1.011149228, 0, 5, 0, 9, 0);
    assert_true(isnan(chart[2].expected) && isnan(chart[2].high_far) && chart[2].signal == 0);
}

/* A count that the area has never had elsewhere: two are out of the way, one is not. */
static void chart_of_an_area_without_another_incident(void **unused)
{
    (void)unused;
    enum { N = 12 };
    uint8_t all[N];
    int64_t whole[N];
    uint32_t one[N] = {0, 0, 0, 1}, three[N] = {0, 0, 0, 3};
    hot_chart_month chart[N];
    memset(all, 1, sizeof all);
    for (size_t m = 0; m < N; m++) whole[m] = 100;
    chart_of(one, 1, whole, N, all, 1, 1, chart);
    assert_true(chart[3].expected == 0 && chart[3].low_far == 0 && chart[3].signal == 0);
    chart_of(three, 1, whole, N, all, 1, 1, chart);
    assert_true(chart[3].expected == 0 && chart[3].signal == 1);
}

static void chart_without_a_rest(void **unused)
{
    (void)unused;
    const uint32_t own[3] = {4, 5, 6};
    const int64_t same[3] = {4, 5, 6}, once[3] = {4, 5, 60};
    const uint8_t all[3] = {1, 1, 1};
    hot_chart_month chart[3];
    chart_of(own, 1, same, 3, all, 1, 1, chart);
    for (size_t m = 0; m < 3; m++) assert_true(isnan(chart[m].expected) && chart[m].signal == 0);
    chart_of(own, 1, once, 3, all, 1, 1, chart); /* the rest has none in the other months */
    for (size_t m = 0; m < 3; m++) assert_true(isnan(chart[m].expected) && chart[m].signal == 0);
}

/* ---- how often a chart of chance alone signals ---- */

static double uniform(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/** A Poisson count, or one with twice its variance: a Poisson number of pairs. */
static uint32_t draw(uint64_t *seed, double mean, uint32_t step)
{
    double p = exp(-mean / step), sum = p, u = uniform(seed);
    uint32_t n = 0;
    for (; u > sum && n < 1000; sum += p) p *= mean / step / ++n;
    return n * step;
}

static void alarms_of(double mean, uint32_t step, double *beyond, double *signals)
{
    enum { A = 150, M = 24 };
    static uint32_t drawn[A * M];
    static hot_chart_month chart[A * M];
    int64_t whole[M] = {0};
    uint8_t all[M];
    uint64_t seed = 1;
    memset(all, 1, sizeof all);
    for (size_t k = 0; k < A * M; k++) {
        double season = 1 + 0.4 * sin((double)(k % M) * 0.5235987755982988);
        whole[k % M] += drawn[k] = draw(&seed, mean * season, step);
    }
    chart_of(drawn, A, whole, M, all, dispersion_of(drawn, A, M, all, 1), 1, chart);
    *beyond = *signals = 0;
    for (size_t k = 0; k < A * M; k++) {
        *beyond += (drawn[k] < chart[k].low || drawn[k] > chart[k].high) / (double)(A * M);
        *signals += (chart[k].signal != 0) / (double)(A * M);
    }
}

static void chance_seldom_signals(void **unused)
{
    (void)unused;
    static const double mean[] = {1, 6, 40};
    for (size_t k = 0; k < COUNT(mean); k++)
        for (uint32_t step = 1; step <= 2; step++) {
            double beyond, signals;
            alarms_of(mean[k], step, &beyond, &signals);
            print_message(
                "mean %g, %u times chance: %.2f %% beyond 95 %%, %.2f %% beyond 99.8 %%\n", mean[k],
                step, 100 * beyond, 100 * signals);
            assert_true(beyond > 0.005 && beyond < 0.06 && signals < 0.005);
        }
}

/* ---- marks ---- */

/* p.adjust(pnbinom(...), "BH") of one month: hot .000294, cold .0228 and .526. */
static void marks_as_r(void **unused)
{
    (void)unused;
    const uint32_t month[5] = {30, 12, 20, 14, 24};
    const double share[5] = {.1, .1, .2, .3, .3};
    const uint8_t yes = 1, no = 0;
    int8_t mark[5];
    assert_int_equal(hot_months_mark(month, share, 5, 1, &yes, 1.5, mark), HOT_OK);
    const int8_t expected[5] = {1, 0, 0, -1, 0};
    assert_memory_equal(mark, expected, sizeof mark);
    assert_int_equal(hot_months_mark(month, share, 5, 1, &no, 1.5, mark), HOT_OK);
    for (size_t k = 0; k < 5; k++) assert_int_equal(mark[k], 0);
}

static void marks_at_the_ends(void **unused)
{
    (void)unused;
    const uint8_t yes = 1;
    int8_t mark[2] = {7, 7};
    const double whole = 1, half[2] = {.5, .5}, first[2] = {1, 0};
    const uint32_t many = 500, none[2] = {0, 0}, one[2] = {1, 0}, apart[2] = {10, 500};
    assert_int_equal(hot_months_mark(&many, &whole, 1, 1, &yes, 1, mark), HOT_OK);
    assert_int_equal(mark[0], 0); /* one unit holds what it holds */
    assert_int_equal(hot_months_mark(none, half, 2, 1, &yes, 1, mark), HOT_OK);
    assert_true(mark[0] == 0 && mark[1] == 0);
    assert_int_equal(hot_months_mark(one, half, 2, 1, &yes, 1, mark), HOT_OK);
    assert_true(mark[0] == 0 && mark[1] == 0);
    /* What has no share is not judged, and adds nothing to the others' month. */
    assert_int_equal(hot_months_mark(apart, first, 2, 1, &yes, 1, mark), HOT_OK);
    assert_true(mark[0] == 0 && mark[1] == 0);
    assert_int_equal(hot_months_mark(apart, half, 2, 1, &yes, 1, mark), HOT_OK);
    assert_true(mark[0] == -1 && mark[1] == 1);
}

/* ---- courses: h hot, c cold, . neither, blank not covered ---- */

static hot_course course(const char *text)
{
    int8_t mark[64];
    uint8_t with[64];
    size_t n = strlen(text);
    for (size_t m = 0; m < n; m++) {
        with[m] = text[m] != ' ';
        mark[m] = text[m] == 'h' ? 1 : text[m] == 'c' ? -1 : 0;
    }
    return hot_course_of(mark, with, n);
}

static void courses_count(void **unused)
{
    (void)unused;
    hot_course c = course("hh..h  ..c.hh");
    assert_int_equal(c.months, 11);
    assert_int_equal(c.hot, 5);
    assert_int_equal(c.cold, 1);
    assert_int_equal(c.recent, 2);
    assert_int_equal(c.hot_recent, 2);
    assert_int_equal(c.hot_run, 2);
    check_near(hot_course_recent(&c), 1, 0);
    check_near(hot_course_older(&c), 3.0 / 9, 1e-15);
    c = course(" ");
    assert_true(c.months == 0 && isnan(hot_course_recent(&c)) && isnan(hot_course_older(&c)));
    c = course("h");
    assert_true(c.recent == 1 && isnan(hot_course_older(&c)));
}

static void is_class(const char *text, hot_course_class expected)
{
    hot_course c = course(text);
    if (hot_course_classify(&c) != expected)
        fail_msg("\"%s\" is %d, not %d", text, (int)hot_course_classify(&c), (int)expected);
}

static void classes_on_their_limits(void **unused)
{
    (void)unused;
    is_class("hhhhhhhh..", HOT_COURSE_PERSISTENT); /* 80 % */
    is_class("hhhhhhh...", HOT_COURSE_FORMER);     /* 70 %, none of the last two */
    is_class("hhhhhh...h", HOT_COURSE_INTERMITTENT);
    is_class(".........h", HOT_COURSE_NEW);
    is_class("..........h.........", HOT_COURSE_NONE); /* 1 of 16 older: 6 % */
    is_class("..........hh........", HOT_COURSE_FORMER);
    is_class("h...............h...", HOT_COURSE_NEW);          /* 6 % older, 1 of 4 recent */
    is_class("hh..............h...", HOT_COURSE_INTERMITTENT); /* 12 % older */
    is_class("..........", HOT_COURSE_NONE);
    is_class("cccccccccc", HOT_COURSE_NONE);
    is_class("h . . . .  ....", HOT_COURSE_FORMER); /* gaps are no months */
}

static void is_emerging(const char *text, double z, int expected)
{
    hot_course c = course(text);
    if (hot_emerging_classify(&c, z) != expected)
        fail_msg("\"%s\", z %g is %d, not %d", text, z, hot_emerging_classify(&c, z), expected);
    char turned[64] = ""; /* cold mirrors hot */
    for (size_t k = 0; text[k]; k++)
        turned[k] = text[k] == 'h' ? 'c' : text[k] == 'c' ? 'h' : text[k];
    c = course(turned);
    if (strchr(text, 'c') == NULL) assert_int_equal(hot_emerging_classify(&c, -z), -expected);
}

static void emerging_by_the_text(void **unused)
{
    (void)unused;
    is_emerging(".......................h", 0, HOT_EMERGING_NEW);
    is_emerging("....................hhhh", 0, HOT_EMERGING_CONSECUTIVE);
    is_emerging("..hhhhhhhhhhhhhhhhhhhhhh", 0, HOT_EMERGING_PERSISTENT); /* 22 of 24: 92 % */
    is_emerging("...hhhhhhhhhhhhhhhhhhhhh", 0, HOT_EMERGING_CONSECUTIVE);
    is_emerging("hhhhhhhhhhhhhhhhhhhhhhhh", 1.9, HOT_EMERGING_PERSISTENT);
    is_emerging("hhhhhhhhhhhhhhhhhhhhhhhh", NAN, HOT_EMERGING_PERSISTENT);
    is_emerging("hhhhhhhhhhhhhhhhhhhhhhhh", 2, HOT_EMERGING_INTENSIFYING);
    is_emerging("hhhhhhhhhhhhhhhhhhhhhhhh", -2, HOT_EMERGING_DIMINISHING);
    is_emerging("hh..hh....hh...........h", 2, HOT_EMERGING_SPORADIC);
    is_emerging("hh..hh.c..hh...........h", 2, HOT_EMERGING_OSCILLATING);
    is_emerging(".......c...............h", 2, HOT_EMERGING_NEW);
    is_emerging("hhhhhhhhhhhhhhhhhhhhhh..", 2, HOT_EMERGING_HISTORICAL); /* 22 of 23 */
    is_emerging("...hhhhhhhhhhhhhhhhhhhh.", 2, HOT_EMERGING_NONE);       /* 20 of 23: 87 % */
    is_emerging("hhhh....................", 2, HOT_EMERGING_NONE);
    is_emerging("........................", 2, HOT_EMERGING_NONE);
}

/* ---- seasonal Kendall ---- */

static const uint32_t rising[36] = {5, 7, 9,  12,  15, 18, 22, 21, 14, 11, 8, 6,
                                    6, 7, 11, 13,  19, 18, 25, 23, 15, 10, 9, 9,
                                    8, 9, 12, 999, 19, 21, 26, 24, 18, 13, 9, 11};

static void seasonal_kendall_as_r(void **unused)
{
    (void)unused;
    uint8_t with[36];
    double s, z;
    memset(with, 1, sizeof with);
    with[27] = 0;
    assert_int_equal(hot_seasonal_kendall(rising, with, 36, 3, &s, &z), HOT_OK);
    check_near(s, 28, 0);
    check_near(z, 4.418912277, 1e-9);
    /* Which month of the calendar comes first changes nothing but the names. */
    assert_int_equal(hot_seasonal_kendall(rising, with, 36, 0, &s, &z), HOT_OK);
    check_near(z, 4.418912277, 1e-9);
}

static void seasons_are_no_trend(void **unused)
{
    (void)unused;
    uint32_t year[24];
    uint8_t with[24];
    double s, z;
    memset(with, 1, sizeof with);
    for (uint32_t m = 0; m < 24; m++) year[m] = 5 + m % 12;
    assert_int_equal(hot_seasonal_kendall(year, with, 24, 0, &s, &z), HOT_OK);
    assert_true(s == 0 && isnan(z)); /* nothing ever differs */
    assert_int_equal(hot_seasonal_kendall(year, with, 12, 0, &s, &z), HOT_OK);
    assert_true(s == 0 && isnan(z)); /* no month comes twice */
    year[0]++, year[13]++;
    assert_int_equal(hot_seasonal_kendall(year, with, 24, 0, &s, &z), HOT_OK);
    assert_true(s == 0 && z == 0);
    assert_int_equal(hot_seasonal_kendall(year, with, 0, 0, &s, &z), HOT_OK);
    assert_true(s == 0 && isnan(z));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dispersion_as_glm),
        cmocka_unit_test(dispersion_at_the_ends),
        cmocka_unit_test(tails_as_r),
        cmocka_unit_test(chart_as_written_down_in_r),
        cmocka_unit_test(chart_of_an_area_without_another_incident),
        cmocka_unit_test(chart_without_a_rest),
        cmocka_unit_test(chance_seldom_signals),
        cmocka_unit_test(marks_as_r),
        cmocka_unit_test(marks_at_the_ends),
        cmocka_unit_test(courses_count),
        cmocka_unit_test(classes_on_their_limits),
        cmocka_unit_test(emerging_by_the_text),
        cmocka_unit_test(seasonal_kendall_as_r),
        cmocka_unit_test(seasons_are_no_trend),
    };
    return cmocka_run_group_tests_name("trends", tests, NULL, NULL);
}
