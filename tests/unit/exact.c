/* Two counts, against R and published values; tests/golden/reference/chance.R prints R's. */
#include "tests/check.h"

#include "engine/chance/exact.h"

/* R 4.2.2: poisson.test(c(x1, x2), c(t1, t2))$p.value. */
static void conditional_test_as_in_r(void **unused)
{
    (void)unused;
    static const double cases[][5] = {
        {21, 30, 1, 1, 0.262437535711},   {3205, 3312, 1, 1, 0.189161250084},
        {517, 503, 1, 1, 0.683994770553}, {12, 5, 1, 1, 0.143463134766},
        {7, 3, 31, 90, 0.0040762505752},  {0, 4, 2, 1, 0.0123456790123},
        {2, 2, 1, 3, 0.26171875},         {400000, 401500, 1, 1, 0.0940590280624},
    };
    for (size_t k = 0; k < COUNT(cases); k++) {
        const double *c = cases[k];
        check_relative(hot_exact(c[0], c[2], c[1], c[3]), c[4], 1e-9);
        check_relative(hot_exact(c[1], c[3], c[0], c[2]), c[4], 1e-9);
    }
}

/* R 4.2.2: fisher.test(matrix(c(x1, x2, rest1, rest2), 2))$p.value. */
static void trend_test_as_in_r(void **unused)
{
    (void)unused;
    static const double cases[][5] = {
        {12, 5, 100, 80, 0.308094634054},
        {3, 0, 5, 9, 0.0823529411765},
        {10, 5, 5, 10, 0.143110978051},
        {0, 6, 40, 41, 0.0288643375898},
        {824, 700, 9074, 9300, 0.000476047789176},
        {4, 4, 0, 7, 0.0769230769231},
    };
    for (size_t k = 0; k < COUNT(cases); k++) {
        const double *c = cases[k];
        check_relative(hot_exact_trend(c[0], c[1], c[2], c[3]), c[4], 1e-9);
        check_relative(hot_exact_trend(c[1], c[0], c[3], c[2]), c[4], 1e-9);
    }
}

/* Krishnamoorthy and Thomson's statistic; the first five are published worked values. */
static void e_test_as_published(void **unused)
{
    (void)unused;
    static const double cases[][5] = {
        {3, 1, 0, 1, .0883790094548},    {6, 1, 2, 1, .174874820944},
        {20, 1, 10, 1, .0688317821081},  {10, 1, 5, 1, .206164414076},
        {15, 1, 5, 1, .0250351143893},   {7, 31, 3, 90, .0726404196689},
        {12, 2, 20, 1, .00518420466089},
    };
    for (size_t k = 0; k < COUNT(cases); k++) {
        const double *c = cases[k];
        check_relative(hot_e_test(c[0], c[1], c[2], c[3]), c[4], 1e-9);
        check_relative(hot_e_test(c[2], c[3], c[0], c[1]), c[4], 1e-9);
    }
}

static void nothing_can_be_said(void **unused)
{
    (void)unused;
    assert_true(isnan(hot_exact(0, 1, 0, 1)) && isnan(hot_e_test(0, 1, 0, 1)));
    assert_true(isnan(hot_exact_trend(0, 0, 5, 5)) && isnan(hot_exact_trend(5, 5, 0, 0)));
    assert_true(isnan(hot_exact(-1, 1, 3, 1)) && isnan(hot_exact(1.5, 1, 3, 1)));
    assert_true(isnan(hot_exact(1, 0, 3, 1)) && isnan(hot_exact(NAN, 1, 3, 1)));
    assert_true(isnan(hot_exact(1, 1, 3, INFINITY)) && isnan(hot_exact(INFINITY, 1, 3, 1)));
    assert_true(isnan(hot_e_test(1, -1, 3, 1)) && isnan(hot_e_test(1, 1, 2.5, 1)));
    assert_true(isnan(hot_exact_trend(1, 1, -1, 1)));
}

/* Equal counts of equal exposure are as likely as can be, and so is one alone. */
static void at_the_ends(void **unused)
{
    (void)unused;
    for (double n = 1; n < 2000; n += 37) {
        assert_true(hot_exact(n, 7, n, 7) == 1);
        assert_true(hot_exact_trend(n, n, 50, 50) == 1);
    }
    assert_true(hot_exact(1, 1, 0, 1) == 1);
    assert_true(hot_exact_trend(0, 3, 0, 8) == 1); /* nowhere any now */
    check_near(hot_exact(0, 1, 1, 9), 1, 0);
    check_near(hot_exact(1, 1, 0, 9), 0.1, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditional_test_as_in_r),
        cmocka_unit_test(trend_test_as_in_r),
        cmocka_unit_test(e_test_as_published),
        cmocka_unit_test(nothing_can_be_said),
        cmocka_unit_test(at_the_ends),
    };
    return cmocka_run_group_tests_name("exact", tests, NULL, NULL);
}
