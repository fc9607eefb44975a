/* Mann-Kendall, against worked values and R; tests/golden/reference/chance.R prints R's. */
#include "tests/check.h"

#include "engine/chance/mann_kendall.h"

/* R 4.2.2: cor.test(seq_along(x), x, method = "kendall", exact = FALSE, continuity = TRUE). */
static void as_in_r(void **unused)
{
    (void)unused;
    const double rising[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, ties[] = {5, 3, 8, 8, 2, 9, 9, 12},
                 falling[] = {4, 4, 3, 3, 3, 1, 2, 1, 0};
    hot_trend t = hot_mann_kendall(rising, COUNT(rising));
    assert_true(t.s == 45);
    check_near(t.variance, 125, 1e-9);
    check_near(t.z, 3.9354796404, 1e-9);
    check_relative(t.p, 8.30307033264e-05, 1e-9);
    t = hot_mann_kendall(ties, COUNT(ties));
    assert_true(t.s == 16);
    check_near(t.variance, 190.0 / 3, 1e-9);
    check_near(t.z, 1.88484258731, 1e-9);
    check_near(t.p, .0594510933116, 1e-9);
    t = hot_mann_kendall(falling, COUNT(falling));
    check_near(t.z, -3.013483214, 1e-9);
    check_near(t.p, .00258267328285, 1e-9);
}

static void missing_values_are_left_out(void **unused)
{
    (void)unused;
    const double gaps[] = {NAN, 5, 3, NAN, 8, 8, 2, 9, 9, NAN, NAN, 12};
    hot_trend t = hot_mann_kendall(gaps, COUNT(gaps));
    assert_true(t.s == 16);
    check_near(t.z, 1.88484258731, 1e-9);
}

static void no_trend_can_be_said(void **unused)
{
    (void)unused;
    const double level[] = {3, 3, 3, 3}, one[] = {NAN, 2};
    assert_true(isnan(hot_mann_kendall(level, 4).z) && isnan(hot_mann_kendall(level, 4).p));
    assert_true(isnan(hot_mann_kendall(one, 2).z) && isnan(hot_mann_kendall(NULL, 0).z));
    const double level_but_one[] = {3, 3, 3, 4}, still[] = {1, 2, 2, 1};
    assert_true(hot_mann_kendall(level_but_one, 4).z > 0);
    assert_true(hot_mann_kendall(still, 4).z == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_in_r),
        cmocka_unit_test(missing_values_are_left_out),
        cmocka_unit_test(no_trend_can_be_said),
    };
    return cmocka_run_group_tests_name("mann_kendall", tests, NULL, NULL);
}
