/* Limits of shares and counts, against published values and R. */
#include "tests/check.h"

#include <math.h>

#include "engine/chance/limits.h"

static void is_about(hot_limits got, double low, double high, double within)
{
    if (!(fabs(got.low - low) <= within && fabs(got.high - high) <= within))
        fail_msg("%.9g to %.9g, not %.9g to %.9g", got.low, got.high, low, high);
}

/* R 4.2.2: prop.test(k, n, correct = FALSE)$conf.int. 81 of 263, 15 of 148, 0 of 20, 1 of 29 are
 * the examples of Newcombe (1998), table I, method 3. */
static void wilson_as_published(void **unused)
{
    (void)unused;
    is_about(hot_wilson(81, 263, HOT_Z95), .2553, .3662, 5e-5);
    is_about(hot_wilson(15, 148, HOT_Z95), .0624, .1605, 5e-5);
    is_about(hot_wilson(0, 20, HOT_Z95), 0, .1611, 5e-5);
    is_about(hot_wilson(1, 29, HOT_Z95), .0061, .1718, 5e-5);
    is_about(hot_wilson(52, 82, HOT_Z95), .526, .730, 5e-4);
}

static void wilson_at_the_ends(void **unused)
{
    (void)unused;
    assert_true(hot_wilson(0, 7, HOT_Z95).low == 0);
    assert_true(hot_wilson(7, 7, HOT_Z95).high == 1);
    assert_true(isnan(hot_wilson(0, 0, HOT_Z95).low) && isnan(hot_wilson(0, 0, HOT_Z95).high));
    assert_true(isnan(hot_wilson(3, 2, HOT_Z95).low) && isnan(hot_wilson(-1, 2, HOT_Z95).low));
    assert_true(isnan(hot_wilson(NAN, 2, HOT_Z95).low) && isnan(hot_wilson(1, NAN, HOT_Z95).low));
}

/* 6,892 among 482,000 people; Breslow and Day's own: exact limits of 10 are 4.80 and 18.39. */
static void byar_near_the_exact_limits(void **unused)
{
    (void)unused;
    hot_limits rate = hot_byar(6892, HOT_Z95);
    rate.low /= 482, rate.high /= 482;
    is_about(rate, 13.9631, 14.6404, 5e-5);
    is_about(hot_byar(10, HOT_Z95), 4.79, 18.39, 0.01);
    is_about(hot_byar(1, HOT_Z95), 0.013, 5.56, 0.01);
}

static void byar_at_the_ends(void **unused)
{
    (void)unused;
    hot_limits zero = hot_byar(0, HOT_Z95);
    assert_true(zero.low == 0 && zero.high > 3.6 && zero.high < 3.7); /* exact: 3.689 */
    assert_true(isnan(hot_byar(-1, HOT_Z95).low) && isnan(hot_byar(NAN, HOT_Z95).high));
    for (double count = 0; count < 400; count += 0.5) {
        hot_limits l = hot_byar(count, HOT_Z95);
        assert_true(l.low >= 0 && l.low <= count && l.high > count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_as_published),
        cmocka_unit_test(wilson_at_the_ends),
        cmocka_unit_test(byar_near_the_exact_limits),
        cmocka_unit_test(byar_at_the_ends),
    };
    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
