/* Adjusted p-values, against the paper's own and R. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/chance/benjamini.h"

/* Benjamini and Hochberg (1995), section 4.1; R 4.2.2: p.adjust(p, "BH"). */
static const double p[] = {.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344,
                           .0459, .3240, .4262, .5719, .6528, .7590, 1};
static const double adjusted[] = {
    .0015,          .003,           .0095,          .035625,        .0603,
    .0638571428571, .0638571428571, .0645,          .0765,          .486,
    .5811818181818, .714875,        .7532307692308, .8132142857143, 1};

static void as_in_the_paper(void **unused)
{
    (void)unused;
    double got[COUNT(p)];
    size_t found = 0;
    assert_int_equal(hot_benjamini(p, COUNT(p), got), HOT_OK);
    for (size_t i = 0; i < COUNT(p); i++) {
        check_near(got[i], adjusted[i], 1e-12);
        found += got[i] <= 0.05;
    }
    assert_int_equal(found, 4);
}

static void order_does_not_matter_and_missing_ones_count_for_nothing(void **unused)
{
    (void)unused;
    double mixed[COUNT(p) + 2], got[COUNT(p) + 2];
    for (size_t i = 0; i < COUNT(p); i++) mixed[1 + i * 7 % COUNT(p)] = p[i];
    mixed[0] = mixed[COUNT(p) + 1] = NAN;
    assert_int_equal(hot_benjamini(mixed, COUNT(mixed), got), HOT_OK);
    assert_true(isnan(got[0]) && isnan(got[COUNT(p) + 1]));
    for (size_t i = 0; i < COUNT(p); i++) check_near(got[1 + i * 7 % COUNT(p)], adjusted[i], 1e-12);
}

static void few(void **unused)
{
    (void)unused;
    const double ties[] = {.04, .04, .04}, none = NAN;
    double got[3] = {9, 9, 9};
    assert_int_equal(hot_benjamini(NULL, 0, NULL), HOT_OK);
    assert_int_equal(hot_benjamini(ties, 1, got), HOT_OK);
    check_near(got[0], .04, 1e-15);
    assert_int_equal(hot_benjamini(ties, 3, got), HOT_OK);
    for (size_t i = 0; i < 3; i++) check_near(got[i], .04, 1e-15);
    assert_int_equal(hot_benjamini(&none, 1, got), HOT_OK);
    assert_true(isnan(got[0]));
}

static void without_memory(void **unused)
{
    (void)unused;
    double got = 9;
    hot_memory_fail_after(0);
    assert_int_equal(hot_benjamini(p, 1, &got), HOT_MEMORY);
    hot_memory_fail_after(-1);
    assert_true(got == 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_in_the_paper),
        cmocka_unit_test(order_does_not_matter_and_missing_ones_count_for_nothing),
        cmocka_unit_test(few),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests_name("benjamini", tests, NULL, NULL);
}
