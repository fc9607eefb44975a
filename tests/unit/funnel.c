/* The funnel widened by its dispersion, against R (tests/golden/reference/rates.R). */
#include "tests/check.h"

#include "engine/rates/funnel.h"

static const double observed[] = {12, 40, 7, 90, 33, 25, 18, 61, 5, 140};
static const double people[] = {2000, 3500, 1800, 4200, 3900, 2500, 2600, 5100, 1500, 3000};

static void expect(double *expected)
{
    double o = 0, p = 0;
    for (size_t i = 0; i < 10; i++) o += observed[i], p += people[i];
    for (size_t i = 0; i < 10; i++) expected[i] = people[i] * o / p;
}

static void z_is_as_in_r(void **unused)
{
    (void)unused;
    static const double r[] = {-1.218044625475682, -0.376703894119092, -1.644341404264753,
                               0.793227351190867,  -0.819830257504272, -0.573484371685531,
                               -1.065095628422098, -0.307052355222439, -1.757106879569735,
                               2.830806365309761};
    double expected[10], z[10];
    hot_dispersion d;
    expect(expected);
    assert_int_equal(hot_funnel(observed, expected, 10, z, &d), HOT_OK);
    check_relative(d.phi, 12.3818738322642, 1e-12);
    check_relative(d.tau, 0.274055382629642, 1e-12);
    for (size_t i = 0; i < 10; i++) check_near(z[i], r[i], 1e-12);
}

static void less_than_chance_is_not_narrowed(void **unused)
{
    (void)unused;
    const double o[] = {10, 11, 9, 10, 10}, e[] = {10, 10, 10, 10, 10};
    double z[5];
    hot_dispersion d;
    assert_int_equal(hot_funnel(o, e, 5, z, &d), HOT_OK);
    check_relative(d.phi, 0.0144452377689676, 1e-10);
    assert_true(d.tau == 0);
    check_near(z[1], 0.308694260374042, 1e-13);
    check_near(z[2], -0.324555320336759, 1e-13);
}

static void order_does_not_matter(void **unused)
{
    (void)unused;
    double expected[10], z[10], o2[10], e2[10], z2[10];
    hot_dispersion d, d2;
    expect(expected);
    for (size_t i = 0; i < 10; i++) o2[i] = observed[9 - i], e2[i] = expected[9 - i];
    assert_int_equal(hot_funnel(observed, expected, 10, z, &d), HOT_OK);
    assert_int_equal(hot_funnel(o2, e2, 10, z2, &d2), HOT_OK);
    assert_true(d.phi == d2.phi && d.tau == d2.tau);
    for (size_t i = 0; i < 10; i++) assert_true(z[i] == z2[9 - i]);
}

static void too_few_are_not_judged(void **unused)
{
    (void)unused;
    const double o[] = {10, 30, 9, 10, 1}, e[] = {10, 10, 10, 10, 0};
    double z[5];
    hot_dispersion d;
    assert_int_equal(hot_funnel(o, e, 5, z, &d), HOT_OK);
    assert_true(isnan(d.phi) && isnan(d.tau));
    for (size_t i = 0; i < 5; i++) assert_true(isnan(z[i]));
    const double e6[] = {10, 10, 10, NAN, 10, 10}, o6[] = {0, 0, 0, 0, 0, 0};
    double z6[6];
    assert_int_equal(hot_funnel(o6, e6, 6, z6, &d), HOT_OK);
    assert_true(isnan(z6[3]) && z6[0] < 0);
    assert_int_equal(hot_funnel(o, e, 0, z, &d), HOT_OK);
    assert_true(isnan(d.phi));
}

static void limits_are_95_and_998(void **unused)
{
    (void)unused;
    assert_int_equal(hot_funnel_class(0), 0);
    assert_int_equal(hot_funnel_class(1.9599), 0);
    assert_int_equal(hot_funnel_class(1.9600), 1);
    assert_int_equal(hot_funnel_class(-1.9600), -1);
    assert_int_equal(hot_funnel_class(3.0902), 1);
    assert_int_equal(hot_funnel_class(3.0903), 2);
    assert_int_equal(hot_funnel_class(-3.0903), -2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(z_is_as_in_r),          cmocka_unit_test(less_than_chance_is_not_narrowed),
        cmocka_unit_test(order_does_not_matter), cmocka_unit_test(too_few_are_not_judged),
        cmocka_unit_test(limits_are_95_and_998),
    };
    return cmocka_run_group_tests_name("funnel", tests, NULL, NULL);
}
