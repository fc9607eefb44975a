/* hot_bands: the ladder, closed below. */
#include "tests/check.h"

#include "engine/kde/bands.h"

static void closed_below(void **unused)
{
    (void)unused;
    static const float step[] = {5, 10, 20, 50, 100, 200, 500};
    for (int k = 0; k < (int)COUNT(step); k++) {
        assert_int_equal(hot_band_of(nextafterf(step[k], 0)), k);
        assert_int_equal(hot_band_of(step[k]), k + 1);
        assert_int_equal(hot_band_of(nextafterf(step[k], INFINITY)), k + 1);
        check_near(hot_band_from(k + 1), (double)step[k], 0);
        check_near(hot_band_to(k), (double)step[k], 0);
    }
    assert_int_equal(COUNT(step), HOT_BANDS - 1);
    check_near(hot_band_from(0), 0, 0);
    assert_true(isinf(hot_band_to(HOT_BANDS - 1)));
}

static void beyond_the_ladder(void **unused)
{
    (void)unused;
    assert_int_equal(hot_band_of(0), 0);
    assert_int_equal(hot_band_of(-0.0f), 0);
    assert_int_equal(hot_band_of(1e30f), HOT_BANDS - 1);
    assert_int_equal(hot_band_of(INFINITY), HOT_BANDS - 1);
    assert_int_equal(hot_band_of(NAN), -1);
}

static void a_whole_surface(void **unused)
{
    (void)unused;
    const float value[] = {0, 5, NAN, 499.99f, 500, 12};
    static const int8_t expected[] = {0, 1, -1, 6, 7, 2};
    int8_t class_[COUNT(value) + 1] = {0};
    class_[COUNT(value)] = 77;
    hot_bands(value, COUNT(value), class_);
    assert_memory_equal(class_, expected, sizeof expected);
    assert_int_equal(class_[COUNT(value)], 77);
    hot_bands(value, 0, class_ + COUNT(value));
    assert_int_equal(class_[COUNT(value)], 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_below),
        cmocka_unit_test(beyond_the_ladder),
        cmocka_unit_test(a_whole_surface),
    };
    return cmocka_run_group_tests_name("bands", tests, NULL, NULL);
}
