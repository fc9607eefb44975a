/* Scoring what was chosen on what came later. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/evaluate/resample.h"
#include "engine/evaluate/score.h"

/* ---- what a budget holds ---- */

/* Six equal units, observed 6 7 3 2 1 0, predicted 8 4 4 2 1 0: the second and third are tied. */
static const double observed_first[] = {6, 7, 3, 2, 1, 0}, worst_first[] = {6, 3, 7, 2, 1, 0};
static const double predicted[] = {8, 4, 4, 2, 1, 0};

static double pai_at(const double *score, const double *hits, double units)
{
    double part[6];
    double area = hot_budget_parts(score, NULL, 6, units, part);
    return hot_pai(hot_budget_sum(part, hits, 6), 19, area, 6);
}

static void ties_in_an_order(void **unused)
{
    (void)unused;
    const double first[] = {1.8947, 2.0526, 1.6842, 1.4211, 1.2, 1};
    const double worst[] = {1.8947, 1.4211, 1.6842, 1.4211, 1.2, 1};
    for (int k = 0; k < 6; k++) {
        check_near(pai_at(NULL, observed_first, k + 1), first[k], 5e-5);
        check_near(pai_at(NULL, worst_first, k + 1), worst[k], 5e-5);
    }
    double best = pai_at(NULL, (const double[]){7, 6, 3, 2, 1, 0}, 2);
    check_near(hot_pei(pai_at(NULL, observed_first, 2), best), 1, 1e-12);
    check_near(hot_pei(pai_at(NULL, worst_first, 2), best), 0.6923, 5e-5);
}

/** Whatever the order in which tied units stand. */
static void ties_averaged(void **unused)
{
    (void)unused;
    double wanted = 11.0 / 19 * 3; /* 6 and half of 7 and 3 */
    check_near(pai_at(predicted, observed_first, 2), wanted, 1e-12);
    check_near(pai_at(predicted, worst_first, 2), wanted, 1e-12);
    check_near(pai_at(predicted, observed_first, 3), 1.6842, 5e-5);
    double even[] = {1, 1, 1, 1, 1, 1};
    for (int k = 1; k <= 6; k++) check_near(pai_at(even, observed_first, k), 1, 1e-12);
}

static void parts_of_areas(void **unused)
{
    (void)unused;
    const double area[] = {4, 2, 0, 2};
    double part[4];
    check_near(hot_budget_parts(NULL, area, 4, 5, part), 5, 0);
    check_near(part[0], 1, 0);
    check_near(part[1], 0.5, 0);
    assert_true(part[2] == 0 && part[3] == 0);
    check_near(hot_budget_parts(NULL, area, 4, 0, part), 0, 0);
    assert_true(part[0] == 0 && part[1] == 0);
    check_near(hot_budget_parts(NULL, area, 4, 100, part), 8, 0); /* fewer than the budget */
    assert_true(part[0] == 1 && part[3] == 1);
    check_near(hot_budget_parts(NULL, NULL, 0, 3, part), 0, 0);
}

static void undefined_scores(void **unused)
{
    (void)unused;
    assert_true(isnan(hot_pai(0, 0, 1, 2)));
    assert_true(isnan(hot_pai(1, 2, 0, 2)));
    assert_true(isnan(hot_pai(1, 2, 1, 0)));
    check_near(hot_pai(0, 2, 1, 2), 0, 0);
    assert_true(isnan(hot_pei(1, 0)));
    assert_true(isnan(hot_pei(1, NAN)));
}

/* ---- limits by drawing places ---- */

enum { DRAWS = 999, PLACES = 400 };

static double mean(const double *figure, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++) sum += figure[k];
    return sum / (double)n;
}

/** Of 400 places with one incident each 100 are held: the share drawn has mean 1/4 and a standard
 *  deviation of sqrt(3/16 / 400), and the limits stand 1.96 of them away. */
static void limits_of_a_share(void **unused)
{
    (void)unused;
    double value[PLACES * 2], *sum = hot_new_raw(2 * DRAWS, sizeof *sum), low, high;
    for (int k = 0; k < PLACES; k++) {
        value[2 * k] = k % 4 == 0;
        value[2 * k + 1] = 1;
    }
    assert_int_equal(hot_resample(value, PLACES, 2, DRAWS, 7, 2, sum), HOT_OK);
    for (int k = 0; k < DRAWS; k++) {
        check_near(sum[DRAWS + k], PLACES, 0);
        sum[k] /= PLACES;
    }
    double sd = sqrt(3.0 / 16 / PLACES);
    check_near(mean(sum, DRAWS), 0.25, 4 * sd / sqrt(DRAWS));
    hot_resample_limits(sum, DRAWS, &low, &high);
    check_near(low, 0.25 - 1.96 * sd, 0.3 * sd);
    check_near(high, 0.25 + 1.96 * sd, 0.3 * sd);
    hot_free(sum);
}

/** Ten incidents at one place move together: limits are wider than of as many apart. */
static void incidents_of_a_place_move_together(void **unused)
{
    (void)unused;
    double value[40] = {10, 10}, sum[DRAWS], low, high;
    assert_int_equal(hot_resample(value, 40, 1, DRAWS, 1, 1, sum), HOT_OK);
    for (int k = 0; k < DRAWS; k++) check_near(fmod(sum[k], 10), 0, 0);
    hot_resample_limits(sum, DRAWS, &low, &high);
    assert_true(low == 0 && high >= 50);
}

static void same_draws_on_any_threads(void **unused)
{
    (void)unused;
    double value[PLACES], one[DRAWS], four[DRAWS], other[DRAWS];
    for (int k = 0; k < PLACES; k++) value[k] = k % 7;
    assert_int_equal(hot_resample(value, PLACES, 1, DRAWS, 5, 1, one), HOT_OK);
    assert_int_equal(hot_resample(value, PLACES, 1, DRAWS, 5, 4, four), HOT_OK);
    assert_int_equal(hot_resample(value, PLACES, 1, DRAWS, 6, 1, other), HOT_OK);
    assert_memory_equal(one, four, sizeof one);
    assert_memory_not_equal(one, other, sizeof one);
}

static void limits_of_little(void **unused)
{
    (void)unused;
    double figure[999], low = 0, high = 0;
    for (int k = 0; k < 999; k++) figure[k] = 999 - k;
    hot_resample_limits(figure, 999, &low, &high);
    assert_true(low == 25 && high == 975);
    hot_resample_limits(figure, 39, &low, &high);
    assert_true(isnan(low) && isnan(high));
    for (int k = 0; k < 50; k++) figure[k] = k < 5 ? NAN : 3;
    hot_resample_limits(figure, 50, &low, &high);
    assert_true(low == 3 && high == 3);
    double sum[3] = {9, 9, 9};
    assert_int_equal(hot_resample(NULL, 0, 1, 3, 1, 1, sum), HOT_OK);
    assert_true(sum[0] == 0 && sum[2] == 0);
    for (int k = 0; k < 4; k++) {
        hot_memory_fail_after(k);
        assert_int_equal(hot_resample(figure, 50, 1, 3, 1, 1, sum), HOT_MEMORY);
        hot_memory_fail_after(-1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_in_an_order),
        cmocka_unit_test(ties_averaged),
        cmocka_unit_test(parts_of_areas),
        cmocka_unit_test(undefined_scores),
        cmocka_unit_test(limits_of_a_share),
        cmocka_unit_test(incidents_of_a_place_move_together),
        cmocka_unit_test(same_draws_on_any_threads),
        cmocka_unit_test(limits_of_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
