/* Rates, and where residents are the wrong denominator. */
#include "tests/check.h"

#include "engine/rates/rates.h"

/* R 4.2.2: poisson.test(x, T)$conf.int, which is exact; Byar's limits are near it. */
static void limits_are_near_the_exact_ones(void **unused)
{
    (void)unused;
    static const struct {
        double count, divisor, low, high;
    } c[] = {
        {824, 163.7, 4.69573310229507, 5.38935103445916},
        {12, 6.1, 1.01648772274135, 3.43632541773393},
        {3, 9.5, 0.0651233813574317, 0.92287084944656},
        {0, 2.5, 0, 1.47555178164557},
    };
    for (size_t k = 0; k < COUNT(c); k++) {
        hot_rate r = hot_rate_of(c[k].count, c[k].divisor, 1);
        check_relative(r.rate, c[k].count / c[k].divisor, 1e-14);
        check_near(r.low, c[k].low, 0.03 * c[k].low);
        check_near(r.high, c[k].high, 0.03 * c[k].high);
    }
    hot_rate published = hot_rate_of(6892, 482000, 1000);
    check_near(published.rate, 14.2988, 5e-5);
    check_near(published.low, 13.9631, 5e-5);
    check_near(published.high, 14.6404, 5e-5);
}

static void no_rate_without_a_denominator(void **unused)
{
    (void)unused;
    const double no[] = {0, -1, NAN};
    for (size_t k = 0; k < COUNT(no); k++) {
        hot_rate r = hot_rate_of(5, no[k], 1000);
        assert_true(isnan(r.rate) && isnan(r.low) && isnan(r.high));
    }
    assert_true(isnan(hot_rate_of(-1, 10, 1000).rate));
    assert_true(hot_rate_of(0, 10, 1000).rate == 0);
}

/* R: l <- log(O / people); median 0.00923076923, above exp(median(l) + 3 * mad(l)) = 0.0447617828.
 */
static void an_area_far_out_is_unfit(void **unused)
{
    (void)unused;
    double count[] = {12, 40, 7, 90, 33, 25, 18, 61, 5, 140};
    double people[] = {2000, 3500, 1800, 4200, 3900, 2500, 2600, 5100, 1500, 3000};
    int8_t unfit[10];
    assert_int_equal(hot_rates_unfit(count, people, 10, unfit), HOT_OK);
    for (size_t i = 0; i < 9; i++) assert_int_equal(unfit[i], 0);
    assert_int_equal(unfit[9], 1);
    /* The median of the logs is not the log of the median: the middle two are 0.00846 and 0.01. */
    people[9] = 140 / 0.0445;
    assert_int_equal(hot_rates_unfit(count, people, 10, unfit), HOT_OK);
    assert_int_equal(unfit[9], 0);
}

static void what_cannot_be_judged_is_not(void **unused)
{
    (void)unused;
    double count[] = {9, 1, 1, 1, 0, 3}, people[] = {1, 100, 100, 100, 0, NAN};
    int8_t unfit[6];
    assert_int_equal(hot_rates_unfit(count, people, 6, unfit), HOT_OK); /* four known: too few */
    for (size_t i = 0; i < 4; i++) assert_int_equal(unfit[i], -1);
    assert_int_equal(unfit[4], 0);
    assert_int_equal(unfit[5], -1);
    count[4] = 1; /* incidents where nobody lives */
    people[5] = 300;
    assert_int_equal(hot_rates_unfit(count, people, 6, unfit), HOT_OK); /* five: no spread */
    assert_int_equal(unfit[0], 1);
    assert_int_equal(unfit[1], 0);
    assert_int_equal(unfit[4], 1);
    assert_int_equal(unfit[5], 0);
    assert_int_equal(hot_rates_unfit(count, people, 0, unfit), HOT_OK);
    double none[6] = {0};
    for (size_t i = 0; i < 6; i++) people[i] = 10;
    assert_int_equal(hot_rates_unfit(none, people, 6, unfit), HOT_OK);
    for (size_t i = 0; i < 6; i++) assert_int_equal(unfit[i], -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_near_the_exact_ones),
        cmocka_unit_test(no_rate_without_a_denominator),
        cmocka_unit_test(an_area_far_out_is_unfit),
        cmocka_unit_test(what_cannot_be_judged_is_not),
    };
    return cmocka_run_group_tests_name("rates", tests, NULL, NULL);
}
