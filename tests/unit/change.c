/* Change beyond usual variation, and shifts of recording; tests/golden/reference/chance.R prints
 * R's figures. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/change/change.h"
#include "engine/change/shift.h"

/* ---- usual variation ---- */

static void months_are_put_into_blocks(void **unused)
{
    (void)unused;
    uint8_t covered[30];
    int32_t block[30];
    memset(covered, 1, sizeof covered);
    covered[2] = covered[29] = 0;
    hot_months now = {26, 3}, before = {14, 3};
    hot_blocks(covered, 30, now, before, block);
    static const int32_t want[] = {2, 2, -1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1,
                                   1, 1, 4,  4, 4, 4, 4, 4, 4, 4, 4, 0, 0, 0, -1};
    for (size_t m = 0; m < 30; m++) assert_int_equal(block[m], want[m]);
    hot_months nowhere = {-50, 12}, beyond = {28, 40};
    memset(covered, 1, sizeof covered);
    hot_blocks(covered, 30, beyond, nowhere, block);
    assert_int_equal(block[0], 2);
    assert_int_equal(block[11], 2);
    assert_int_equal(block[12], 3);
    assert_int_equal(block[24], 4);
    assert_int_equal(block[28], 0);
}

/* R 4.2.2: chisq.test of either block over 8 degrees of freedom; summary(glm(n ~ area:block +
 * month, quasipoisson))$dispersion, which stops a little earlier, gives 2.65711985. */
static void dispersion_as_in_r(void **unused)
{
    (void)unused;
    const uint32_t count[] = {3, 5, 12, 8, 4, 16, 10, 22, 9, 7, 15, 11, 1, 2, 1, 4, 9, 2};
    const int32_t block[] = {1, 1, 1, 0, 0, 0};
    hot_usual usual;
    assert_int_equal(hot_usual_variation(count, 3, 6, block, 1, &usual), HOT_OK);
    check_near(usual.factor, 2.65711984647, 1e-9);
    assert_true(usual.df == 8);
}

static void dispersion_of_little(void **unused)
{
    (void)unused;
    const uint32_t count[] = {3, 5, 2, 8, 0, 0, 0, 0};
    const int32_t all[] = {0, 0, 1, 1}, none[] = {-1, -1, -1, -1};
    hot_usual usual = {9, 9};
    assert_int_equal(hot_usual_variation(count, 1, 4, all, 1, &usual), HOT_OK);
    assert_true(usual.factor == 1 && usual.df == 0); /* one area is its own trend */
    assert_int_equal(hot_usual_variation(count, 2, 4, all, 1, &usual), HOT_OK);
    assert_true(usual.df == 0); /* the second has none */
    assert_int_equal(hot_usual_variation(count, 2, 4, none, 1, &usual), HOT_OK);
    assert_true(usual.factor == 1 && usual.df == 0);
    assert_int_equal(hot_usual_variation(NULL, 0, 0, NULL, 1, &usual), HOT_OK);
    hot_memory_fail_after(0);
    usual.factor = 9;
    assert_int_equal(hot_usual_variation(count, 2, 4, all, 1, &usual), HOT_MEMORY);
    hot_memory_fail_after(-1);
    assert_true(usual.factor == 9);
}

/* A hundred units with one incident each hide what the two large ones vary by. */
static void units_of_next_to_nothing_are_left_out(void **unused)
{
    (void)unused;
    uint32_t count[102 * 4] = {40, 10, 40, 10, 10, 40, 10, 40};
    const int32_t block[] = {0, 0, 0, 0};
    for (size_t u = 2; u < 102; u++) count[u * 4 + u % 4] = 1;
    hot_usual every, steady;
    assert_int_equal(hot_usual_variation(count, 102, 4, block, 1, &every), HOT_OK);
    assert_int_equal(hot_usual_variation(count, 102, 4, block, 12, &steady), HOT_OK);
    assert_true(every.df == 303 && every.factor < 2);
    assert_true(steady.df == 3 && steady.factor == 24); /* 8 * 15 * 15 / 25 over 3 */
}

/* Counts that chance alone would spread wider still: no less than chance is believed. */
static void dispersion_is_at_least_that_of_chance(void **unused)
{
    (void)unused;
    uint32_t count[12];
    const int32_t block[] = {0, 0, 0, 0};
    for (size_t k = 0; k < 12; k++) count[k] = 10;
    hot_usual usual;
    assert_int_equal(hot_usual_variation(count, 3, 4, block, 1, &usual), HOT_OK);
    assert_true(usual.factor == 1 && usual.df == 6);
}

/* ---- one area against the rest ---- */

/* R 4.2.2: chisq.test(matrix(c(now, before, rest now, rest before), 2), correct = FALSE) over 1.6,
 * by Student's t of 50. */
static void p_as_in_r(void **unused)
{
    (void)unused;
    static const double cases[][5] = {{12, 5, 100, 80, 0.348851371146},
                                      {40, 60, 500, 450, 0.0631381058094},
                                      {0, 6, 40, 41, 0.0700138477094}};
    hot_usual usual = {1.6, 50};
    for (size_t k = 0; k < COUNT(cases); k++) {
        const double *c = cases[k];
        hot_ground g = {c[0] + c[2], c[1] + c[3], 365, 366, &usual};
        check_relative(hot_change_p(&g, c[0], c[1]), c[4], 1e-9);
        check_relative(hot_change_expected(&g, c[0], c[1]), c[1] * c[2] / c[3], 1e-12);
    }
}

/* R 4.2.2: fisher.test(matrix(c(3, 0, 40, 900), 2))$p.value; the chi-square would say 4e-12. */
static void few_incidents_are_no_surer_than_chance(void **unused)
{
    (void)unused;
    hot_usual usual = {1.3, 5000};
    hot_ground g = {43, 900, 1, 1, &usual};
    check_relative(hot_change_p(&g, 3, 0), 8.85827959261e-05, 1e-9);
}

static void without_usual_variation_the_exact_tests_judge(void **unused)
{
    (void)unused;
    hot_ground g = {112, 85, 1, 1, NULL}, alone = {12, 5, 1, 1, NULL};
    check_near(hot_change_p(&g, 12, 5), 0.308094634054, 1e-9);
    check_near(hot_change_p(&alone, 12, 5), 0.143463134766, 1e-9);
}

static void without_a_rest_the_days_are_the_trend(void **unused)
{
    (void)unused;
    hot_usual usual = {1, 50};
    hot_ground alone = {20, 10, 60, 30, &usual};
    check_near(hot_change_expected(&alone, 20, 10), 20, 1e-12);
    check_near(hot_change_p(&alone, 20, 10), 1, 1e-12);
    hot_ground new_elsewhere = {25, 10, 30, 30, &usual}; /* the rest had none before */
    check_near(hot_change_expected(&new_elsewhere, 20, 10), 10, 1e-12);
}

static void nothing_to_judge(void **unused)
{
    (void)unused;
    hot_usual usual = {1.5, 100};
    hot_ground g = {100, 80, 1, 1, &usual}, ended = {0, 80, 1, 1, &usual};
    assert_true(isnan(hot_change_p(&g, 0, 0)));
    assert_true(hot_change_expected(&g, 0, 0) == 0);
    assert_true(hot_change_p(&ended, 0, 20) == 1); /* everywhere alike: nowhere any now */
    assert_true(hot_change_expected(&ended, 0, 20) == 0);
}

static void classes(void **unused)
{
    (void)unused;
    assert_int_equal(hot_change_class(9, 4, .05, .05), 1);
    assert_int_equal(hot_change_class(4, 9, .01, .05), -1);
    assert_int_equal(hot_change_class(9, 4, .0501, .05), 0);
    assert_int_equal(hot_change_class(9, 4, NAN, .05), 0);
    assert_int_equal(hot_change_class(4, 4, 0, .05), 0);
}

/* ---- season ---- */

enum { TOWNS = 30, SEASONS = 24 };

/** Every third area has 20 a month and 45 from June to August, the others 30 all year; a few more
 *  or fewer each month. */
static void put_season(uint32_t *count)
{
    for (uint32_t i = 0; i < TOWNS; i++)
        for (uint32_t m = 0; m < SEASONS; m++) {
            bool summer = m % 12 >= 5 && m % 12 < 8;
            count[i * SEASONS + m] = (i % 3 ? 30 : summer ? 45 : 20) + (i * 7 + m * 5) % 11 - 5;
        }
}

static double sum_of(const uint32_t *count, size_t from, size_t units, hot_months m)
{
    double sum = 0;
    for (size_t i = from; i < from + units; i++)
        for (int32_t k = m.first; k < m.first + m.months; k++)
            sum += count[i * SEASONS + (size_t)k];
    return sum;
}

/** Areas flagged at 5%; own[0] of those with a season of their own. */
static void count_flagged(const uint32_t *count, hot_months now, hot_months before, int own[2])
{
    uint8_t covered[SEASONS];
    int32_t block[SEASONS];
    hot_usual usual;
    memset(covered, 1, sizeof covered);
    hot_blocks(covered, SEASONS, now, before, block);
    assert_int_equal(hot_usual_variation(count, TOWNS, SEASONS, block, 1, &usual), HOT_OK);
    hot_ground g = {sum_of(count, 0, TOWNS, now), sum_of(count, 0, TOWNS, before), 1, 1, &usual};
    own[0] = own[1] = 0;
    for (size_t i = 0; i < TOWNS; i++) {
        double p = hot_change_p(&g, sum_of(count, i, 1, now), sum_of(count, i, 1, before));
        own[i % 3 != 0] += p <= 0.05;
    }
}

/* tests/bench/README.md has the same of counts drawn by chance. */
static void a_season_of_its_own_is_no_change_by_last_year(void **unused)
{
    (void)unused;
    uint32_t count[TOWNS * SEASONS];
    int own[2];
    put_season(count);
    hot_months summer = {17, 3}, autumn = {21, 3}, summer_before = {5, 3}, autumn_before = {9, 3};
    count_flagged(count, autumn, summer, own);
    assert_int_equal(own[0], 10); /* all of them, by the previous months */
    count_flagged(count, autumn, autumn_before, own);
    assert_true(own[0] == 0 && own[1] == 0);
    count_flagged(count, summer, summer_before, own);
    assert_true(own[0] == 0 && own[1] == 0);
}

/* ---- recording ---- */

/** Leicestershire's months, all of the force: anti-social behaviour, everything else; 16 covered.
 */
static const int64_t asb[] = {544, 683, 784,  860,  0,    0,    0,    0,    0,    0,    0,   0,
                              892, 878, 1251, 1294, 1444, 1347, 1485, 1498, 1101, 1278, 881, 829};
static const int64_t others[] = {7780, 7560, 8122, 8268, 0,    0,    0,    0,
                                 0,    0,    0,    0,    7556, 6989, 8090, 7892,
                                 8447, 7948, 7858, 7973, 7444, 7820, 7066, 6888};

static void put_blocks(hot_months now, hot_months before, int32_t *block)
{
    uint8_t covered[24];
    for (size_t m = 0; m < 24; m++) covered[m] = m < 4 || m >= 12;
    hot_blocks(covered, 24, now, before, block);
}

static void a_shift_of_recording_is_found(void **unused)
{
    (void)unused;
    int32_t block[24];
    put_blocks((hot_months){12, 4}, (hot_months){0, 4}, block);
    hot_shift s = hot_recording_shift(asb, others, block, 24, true);
    assert_true(s.judged && s.found);
    check_near(s.move, (4315.0 / 30527) / (2871.0 / 31730), 1e-3);
    assert_true(s.limit >= HOT_SHIFT_LEAST && s.limit < s.move);
    int64_t fallen[24]; /* the same the other way round */
    for (size_t m = 0; m < 24; m++) fallen[m] = m < 4 ? asb[m + 12] : m < 16 ? asb[m % 12] : asb[m];
    s = hot_recording_shift(fallen, others, block, 24, true);
    assert_true(s.found && s.move < 1);
}

static void an_ordinary_year_is_none(void **unused)
{
    (void)unused;
    int64_t usual[24];
    int32_t block[24];
    put_blocks((hot_months){12, 4}, (hot_months){0, 4}, block);
    for (size_t m = 0; m < 24; m++) usual[m] = m < 4 ? asb[m] * 13 / 10 : asb[m];
    hot_shift s = hot_recording_shift(usual, others, block, 24, true);
    assert_true(s.judged && !s.found);
    check_near(s.move, 1.2, 0.02); /* a fifth more than everything else is not a shift */
}

/* July and August against January and February of one year: the season, not the recording. */
static void the_season_is_none(void **unused)
{
    (void)unused;
    int32_t block[24];
    put_blocks((hot_months){18, 2}, (hot_months){12, 2}, block);
    hot_shift s = hot_recording_shift(asb, others, block, 24, false);
    assert_true(s.judged && !s.found);
    assert_true(s.move > 1.4);
}

static void a_shift_that_cannot_be_judged(void **unused)
{
    (void)unused;
    int32_t block[24];
    const int64_t none[24] = {0};
    put_blocks((hot_months){12, 4}, (hot_months){0, 4}, block);
    hot_shift s = hot_recording_shift(asb, none, block, 24, true);
    assert_true(!s.judged && !s.found && isnan(s.move));
    put_blocks((hot_months){12, 0}, (hot_months){0, 4}, block);
    s = hot_recording_shift(asb, others, block, 24, true);
    assert_true(!s.judged && !s.found);
}

/* Two months of little: the counts themselves explain it. */
static void few_incidents_shift_nothing(void **unused)
{
    (void)unused;
    const int64_t few[] = {3, 7}, rest[] = {40, 38};
    const int32_t block[] = {HOT_BLOCK_BEFORE, HOT_BLOCK_NOW};
    hot_shift s = hot_recording_shift(few, rest, block, 2, true);
    assert_true(s.judged && !s.found && s.move > 2);
    const int64_t many[] = {3000, 7000}, all[] = {40000, 38000};
    assert_true(hot_recording_shift(many, all, block, 2, true).found);
    assert_true(hot_recording_shift(many, all, block, 2, false).found);
    const int64_t some[] = {3000, 4500};
    assert_true(hot_recording_shift(some, all, block, 2, true).found);
    assert_true(!hot_recording_shift(some, all, block, 2, false).found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_put_into_blocks),
        cmocka_unit_test(dispersion_as_in_r),
        cmocka_unit_test(dispersion_of_little),
        cmocka_unit_test(units_of_next_to_nothing_are_left_out),
        cmocka_unit_test(dispersion_is_at_least_that_of_chance),
        cmocka_unit_test(p_as_in_r),
        cmocka_unit_test(few_incidents_are_no_surer_than_chance),
        cmocka_unit_test(without_usual_variation_the_exact_tests_judge),
        cmocka_unit_test(without_a_rest_the_days_are_the_trend),
        cmocka_unit_test(nothing_to_judge),
        cmocka_unit_test(classes),
        cmocka_unit_test(a_season_of_its_own_is_no_change_by_last_year),
        cmocka_unit_test(a_shift_of_recording_is_found),
        cmocka_unit_test(an_ordinary_year_is_none),
        cmocka_unit_test(the_season_is_none),
        cmocka_unit_test(a_shift_that_cannot_be_judged),
        cmocka_unit_test(few_incidents_shift_nothing),
    };
    return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
