/* Tiers, Gini and Lorenz, against published values and R. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/concentration/concentration.h"

static hot_tiers tiers_of(const uint32_t *count, size_t n)
{
    hot_tiers t = {0};
    assert_int_equal(hot_tiers_new(count, n, &t), HOT_OK);
    return t;
}

#define TIERS(...)                                                                                 \
    tiers_of((const uint32_t[]){__VA_ARGS__},                                                      \
             sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

static void tiers_whatever_the_order(void **unused)
{
    (void)unused;
    static const hot_tier expected[] = {{7, 1}, {3, 2}, {1, 1}};
    hot_tiers t = TIERS(0, 3, 1, 7, 0, 3), same = TIERS(7, 0, 3, 0, 1, 3);
    assert_int_equal(t.n, COUNT(expected));
    for (size_t k = 0; k < t.n; k++) {
        assert_true(t.tier[k].incidents == expected[k].incidents);
        assert_true(t.tier[k].units == expected[k].units);
        assert_true(same.tier[k].incidents == expected[k].incidents);
    }
    assert_true(t.units == 6 && t.held == 4 && t.incidents == 14);
    hot_tiers_free(&t);
    hot_tiers_free(&t);
    hot_tiers_free(&same);
}

/* 10 of 20 incidents lie in one unit, 15 in two, 16 = 80 % in three. */
static void units_needed(void **unused)
{
    (void)unused;
    hot_tiers t = TIERS(10, 5, 1, 1, 1, 1, 1, 0, 0);
    assert_true(hot_tiers_needed(&t, 0) == 0 && hot_tiers_needed(&t, 1) == 1);
    assert_true(hot_tiers_needed(&t, 25) == 1 && hot_tiers_needed(&t, 50) == 1);
    assert_true(hot_tiers_needed(&t, 51) == 2 && hot_tiers_needed(&t, 75) == 2);
    assert_true(hot_tiers_needed(&t, 80) == 3 && hot_tiers_needed(&t, 100) == 7);
    hot_tiers_free(&t);
    t = TIERS(4, 4, 4, 4);
    assert_true(hot_tiers_needed(&t, 25) == 1 && hot_tiers_needed(&t, 50) == 2);
    assert_true(hot_tiers_needed(&t, 80) == 4);
    hot_tiers_free(&t);
}

/* Four persons hold 48 of 93 incidents of twenty, one town in three 63 % of 82. */
static void top_units_and_ties(void **unused)
{
    (void)unused;
    uint64_t tied;
    hot_tiers t = TIERS(20, 12, 9, 7, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2, 1, 1, 1, 1, 1, 1);
    assert_true(hot_tiers_top(&t, 4, &tied) == 48 && tied == 0 && t.incidents == 93);
    assert_true(hot_tiers_top(&t, 5, &tied) == 53 && tied == 3);
    assert_true(hot_tiers_top(&t, 8, &tied) == 68 && tied == 0);
    assert_true(hot_tiers_top(&t, 20, &tied) == 93 && tied == 0);
    assert_true(hot_tiers_top(&t, 99, &tied) == 93 && tied == 0);
    assert_true(hot_tiers_top(&t, 0, &tied) == 0 && tied == 0);
    hot_tiers_free(&t);
}

/* The examples of R's lorenzgini 0.1.2, which are those of methods W11. */
static void gini_as_published(void **unused)
{
    (void)unused;
    hot_tiers t = TIERS(10, 8, 2, 0, 0, 0, 0, 0, 0, 0);
    check_near(hot_gini(&t), .78, 1e-12);
    check_near(hot_gini_generalised(&t), .78, 1e-12);
    hot_tiers_free(&t);
    t = TIERS(5, 2, 1, 0, 0, 0, 0, 0, 0, 0);
    check_near(hot_gini(&t), .80, 1e-12);
    check_near(hot_gini_generalised(&t), .75, 1e-12);
    hot_tiers_free(&t);
    t = TIERS(3, 1, 1, 0, 0, 0, 0, 0, 0, 0);
    check_near(hot_gini(&t), .78, 1e-12);
    hot_tiers_free(&t);
    t = TIERS(10, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    check_near(hot_gini(&t), .9, 1e-12);
    check_near(hot_gini_unbiased(&t), 1, 1e-12);
    hot_tiers_free(&t);
}

/* tests/golden/reference/concentration.R, R 4.2.2. */
static void gini_as_in_r(void **unused)
{
    (void)unused;
    static const struct {
        uint32_t count[20];
        size_t n;
        double gini, generalised, unbiased, chance, beyond;
    } r[] = {
        {{20, 12, 9, 7, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2, 1, 1, 1, 1, 1, 1},
         20,
         0.462903225806,
         0.462903225806,
         0.487266553480,
         0.258043682963,
         0.295043276325},
        {{10, 8, 2}, 10, .78, .78, 0.866666666667, 0.385752760726, 0.753331742594},
        {{5, 2, 1}, 10, .80, .75, 0.857142857143, 0.572334487638, 0.676053960248},
        {{10}, 10, .9, .9, 1, 0.523777611803, 0.976406448584},
    };
    for (size_t k = 0; k < COUNT(r); k++) {
        hot_tiers t = tiers_of(r[k].count, r[k].n);
        double lambda = (double)t.incidents / (double)t.units;
        check_near(hot_gini(&t), r[k].gini, 1e-12);
        check_near(hot_gini_generalised(&t), r[k].generalised, 1e-12);
        check_near(hot_gini_unbiased(&t), r[k].unbiased, 1e-12);
        check_near(hot_gini_by_chance(lambda), r[k].chance, 1e-11);
        check_near(hot_gini_beyond_chance(&t), r[k].beyond, 1e-11);
        hot_tiers_free(&t);
    }
}

static void gini_where_there_is_little(void **unused)
{
    (void)unused;
    hot_tiers t = TIERS(0, 0, 0);
    assert_true(isnan(hot_gini(&t)) && isnan(hot_gini_generalised(&t)));
    assert_true(isnan(hot_gini_unbiased(&t)) && isnan(hot_gini_beyond_chance(&t)));
    assert_true(hot_tiers_needed(&t, 80) == 0 && t.n == 0);
    hot_tiers_free(&t);
    assert_int_equal(hot_tiers_new(NULL, 0, &t), HOT_OK);
    assert_true(isnan(hot_gini(&t)) && t.units == 0);
    hot_tiers_free(&t);
    t = TIERS(5); /* one unit has all, and cannot but */
    assert_true(hot_gini(&t) == 0 && isnan(hot_gini_unbiased(&t)));
    assert_true(isnan(hot_gini_beyond_chance(&t)));
    hot_tiers_free(&t);
    t = TIERS(0, 1, 0, 0); /* one incident is as even as it can be */
    check_near(hot_gini(&t), .75, 1e-15);
    assert_true(hot_gini_generalised(&t) == 0 && isnan(hot_gini_unbiased(&t)));
    hot_tiers_free(&t);
    t = TIERS(6, 6, 6);
    assert_true(hot_gini(&t) == 0 && hot_gini_generalised(&t) == 0);
    assert_true(hot_gini_beyond_chance(&t) < 0);
    hot_tiers_free(&t);
}

/* The table of methods section 12; e^(-2 lambda) (I0(2 lambda) + I1(2 lambda)) in R for the rest.
 */
static void gini_that_chance_gives(void **unused)
{
    (void)unused;
    check_near(hot_gini_by_chance(.1), .9092, 5e-5);
    check_near(hot_gini_by_chance(.5), .6737, 5e-5);
    check_near(hot_gini_by_chance(1), .5238, 5e-5);
    check_near(hot_gini_by_chance(2), .3858, 5e-5);
    check_near(hot_gini_by_chance(10), .1773, 5e-5);
    check_near(hot_gini_by_chance(10), 0.177286534068, 1e-11);
    check_near(hot_gini_by_chance(1e-6), 0.999999000001, 1e-12);
    check_near(hot_gini_by_chance(100), 0.0563836633439, 1e-12);
    check_relative(hot_gini_by_chance(1e6), 5.64189548286e-4, 1e-9);
    assert_true(isnan(hot_gini_by_chance(0)) && isnan(hot_gini_by_chance(-1)));
    assert_true(isnan(hot_gini_by_chance(NAN)) && isnan(hot_gini_by_chance(INFINITY)));
}

static void are(const hot_lorenz_vertex *v, size_t n, const double (*expected)[2], size_t of)
{
    assert_int_equal(n, of);
    for (size_t k = 0; k < n; k++) {
        check_near(v[k].weight, expected[k][0], 1e-12);
        check_near(v[k].incidents, expected[k][1], 1e-12);
    }
}

/* Methods W12, and tests of the Leeds code. */
static void lorenz_as_published(void **unused)
{
    (void)unused;
    static const double by_weight[][2] = {{0, 0}, {.2, .4}, {.5, .7}, {.6, .8}, {1, 1}};
    static const double plain[][2] = {{0, 0}, {.25, .4}, {.5, .7}, {.75, .9}, {1, 1}};
    hot_lorenz_step step[] = {{10, 1}, {20, 4}, {30, 3}, {40, 2}, {0, 0}};
    hot_lorenz_vertex v[6];
    are(v, hot_lorenz(step, COUNT(step), v), by_weight, COUNT(by_weight));
    hot_tiers t = TIERS(10, 40, 20, 30);
    assert_int_equal(hot_lorenz_steps(&t, step), 5);
    are(v, hot_lorenz(step, 5, v), plain, COUNT(plain));
    hot_tiers_free(&t);
}

static void lorenz_where_there_is_little(void **unused)
{
    (void)unused;
    hot_lorenz_step none[] = {{0, 3}, {0, 0}}, nobody[] = {{4, 0}}, both[] = {{0, 2}, {4, 0}};
    static const double upright[][2] = {{0, 0}, {0, 1}, {1, 1}};
    hot_lorenz_vertex v[3];
    assert_int_equal(hot_lorenz(none, COUNT(none), v), 0);
    assert_int_equal(hot_lorenz(nobody, COUNT(nobody), v), 0);
    assert_int_equal(hot_lorenz(NULL, 0, v), 0);
    are(v, hot_lorenz(both, COUNT(both), v), upright, COUNT(upright));
}

/** The area under a curve is what the Gini coefficient says; a thinned one is still a curve. */
static void thinned_curves(void **unused)
{
    (void)unused;
    enum { N = 1500 };
    static uint32_t count[N];
    static hot_lorenz_step step[N + 1];
    static hot_lorenz_vertex v[N + 2];
    for (uint32_t i = 0; i < N; i++) count[i] = i * i / 97 + i;
    hot_tiers t = tiers_of(count, N);
    size_t n = hot_lorenz(step, hot_lorenz_steps(&t, step), v);
    double area = 0;
    for (size_t k = 1; k < n; k++)
        area += (v[k].weight - v[k - 1].weight) * (v[k].incidents + v[k - 1].incidents) / 2;
    check_near(2 * area - 1, hot_gini(&t), 1e-12);
    size_t kept = hot_lorenz_thin(v, n);
    assert_true(kept <= HOT_LORENZ_MOST && kept > 100);
    assert_true(v[0].weight == 0 && v[0].incidents == 0);
    assert_true(v[kept - 1].weight == 1 && v[kept - 1].incidents == 1);
    for (size_t k = 1; k < kept; k++) {
        assert_true(v[k].weight >= v[k - 1].weight && v[k].incidents >= v[k - 1].incidents);
        assert_true(v[k].weight - v[k - 1].weight < .03);
    }
    assert_int_equal(hot_lorenz_thin(v, 3), 3);
    hot_tiers_free(&t);
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    static const uint32_t count[] = {3, 1};
    for (long n = 0; n < 2; n++) {
        hot_tiers t = {.units = 77};
        hot_memory_fail_after(n);
        assert_int_equal(hot_tiers_new(count, COUNT(count), &t), HOT_MEMORY);
        hot_memory_fail_after(-1);
        assert_true(t.units == 77 && !t.tier);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiers_whatever_the_order),
        cmocka_unit_test(units_needed),
        cmocka_unit_test(top_units_and_ties),
        cmocka_unit_test(gini_as_published),
        cmocka_unit_test(gini_as_in_r),
        cmocka_unit_test(gini_where_there_is_little),
        cmocka_unit_test(gini_that_chance_gives),
        cmocka_unit_test(lorenz_as_published),
        cmocka_unit_test(lorenz_where_there_is_little),
        cmocka_unit_test(thinned_curves),
        cmocka_unit_test(every_request_may_fail),
    };
    return cmocka_run_group_tests_name("concentration", tests, NULL, NULL);
}
