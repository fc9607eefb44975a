/* Densities at any place, adaptive, with their edge corrected, and beside each other: against R
 * (tests/golden/reference/bandwidth.R), against hot_kde, and in any order. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/kde/adaptive.h"
#include "engine/kde/at.h"
#include "engine/kde/dual.h"
#include "engine/kde/edge.h"
#include "engine/kde/kde.h"

static const double X[] = {0, 100, 100, 150, 200, 220, 300, 420, 500, 900};
static const double Y[] = {0, 50, 60, 100, 120, 90, 400, 380, 500, 100};
enum { TEN = COUNT(X) };

/* One cell whose centre is (150, 100). */
static const hot_frame spot = {100, 150, 100, 1, 1};

/* ---- at places ---- */

static void as_at_cell_centres(void **state)
{
    (void)state;
    hot_frame frame = {-500, 1000, 50, 40, 30};
    double density[1200], at[1200], x[1200], y[1200];
    for (int i = 0; i < 1200; i++) {
        x[i] = hot_frame_x(&frame, i % 40);
        y[i] = hot_frame_y(&frame, i / 40);
    }
    for (hot_kernel k = HOT_UNIFORM; k <= HOT_GAUSSIAN; k++) {
        hot_strips s;
        assert_int_equal(hot_strips_new(X, Y, NULL, TEN, 170, &s), HOT_OK);
        assert_int_equal(hot_kde(&frame, X, Y, NULL, TEN, k, 130, NULL, 1, density), HOT_OK);
        hot_kde_at_all(&s, k, 130, x, y, 1200, 2, at);
        for (int i = 0; i < 1200; i++) check_near(at[i], density[i], 1e-9 * density[i] + 1e-12);
        hot_strips_free(&s);
    }
}

static void strips_refuse_and_hold(void **state)
{
    (void)state;
    hot_strips s;
    double far[] = {0, 1e12}, bad[] = {0, NAN};
    assert_int_equal(hot_strips_new(far, far, NULL, 2, 1, &s), HOT_OK);
    assert_true(s.strips <= 1 << 20);
    check_near(hot_kde_at(&s, HOT_UNIFORM, 1, 1e12, 1e12), 1e6 / acos(-1), 1e-6);
    hot_strips_free(&s);
    assert_int_equal(hot_strips_new(far, bad, NULL, 2, 1, &s), HOT_DOMAIN);
    assert_int_equal(hot_strips_new(far, far, bad, 2, 1, &s), HOT_DOMAIN);
    assert_int_equal(hot_strips_new(far, far, NULL, 2, 0, &s), HOT_DOMAIN);
    assert_int_equal(hot_strips_new(far, far, NULL, 0, 1, &s), HOT_OK);
    check_near(hot_kde_at(&s, HOT_QUARTIC, 100, 0, 0), 0, 0);
    for (long n = 0; n < 4; n++) {
        hot_memory_fail_after(n);
        assert_int_equal(hot_strips_new(far, far, NULL, 2, 1, &s), HOT_MEMORY);
        hot_memory_fail_after(-1);
        assert_null(s.point);
    }
}

/* ---- adaptive ---- */

static void adaptive_of_ten_places(void **state)
{
    (void)state;
    double fixed, density;
    hot_adaptive told;
    assert_int_equal(hot_kde(&spot, X, Y, NULL, TEN, HOT_QUARTIC, 300, NULL, 1, &fixed), HOT_OK);
    check_near(fixed, 53.4727468, 5e-8);
    assert_int_equal(hot_kde_adaptive(&spot, X, Y, NULL, TEN, HOT_QUARTIC, 300, 0.01, 100, NULL, 2,
                                      &told, &density),
                     HOT_OK);
    check_near(density, 79.3700312, 5e-8);
    check_near(told.mean, 31.9404795, 5e-8);
    check_near(told.most, 520.5081, 5e-5);
    check_near(told.at_least, 0, 0);
    check_near(told.at_most, 0, 0);
}

/* Every row and thread gives the same bytes, and a weight of 2 is two incidents. */
static void adaptive_in_any_order(void **state)
{
    (void)state;
    enum { CELLS = 80 * 90 };
    static double one[CELLS], two[CELLS];
    static uint8_t inside[CELLS];
    hot_frame frame = {-1000, 2000, 50, 80, 90};
    double x[TEN + 1], y[TEN + 1], w[TEN];
    hot_adaptive told, again;
    for (int i = 0; i < CELLS; i++) inside[i] = i % 7 != 0;
    for (int i = 0; i < TEN; i++) {
        x[i] = X[TEN - 1 - i];
        y[i] = Y[TEN - 1 - i];
        w[i] = i == 3 ? 2 : 1;
    }
    x[TEN] = X[3];
    y[TEN] = Y[3];
    assert_int_equal(
        hot_kde_adaptive(&frame, X, Y, w, TEN, HOT_GAUSSIAN, 100, 0.5, 2, inside, 1, &told, one),
        HOT_OK);
    assert_int_equal(hot_kde_adaptive(&frame, x, y, NULL, TEN + 1, HOT_GAUSSIAN, 100, 0.5, 2,
                                      inside, 3, &again, two),
                     HOT_OK);
    for (int i = 0; i < CELLS; i++) {
        assert_true(isnan(one[i]) == !inside[i]);
        if (inside[i]) check_near(one[i], two[i], 1e-12 * one[i]);
    }
    check_near(told.at_most, again.at_most, 0);
    check_near(told.least, again.least, 1e-12);
    double w_back[TEN];
    for (int i = 0; i < TEN; i++) w_back[i] = w[TEN - 1 - i];
    assert_int_equal(hot_kde_adaptive(&frame, x, y, w_back, TEN, HOT_GAUSSIAN, 100, 0.5, 2, inside,
                                      2, &again, two),
                     HOT_OK);
    assert_memory_equal(one, two, sizeof one);
}

static void adaptive_within_its_limits(void **state)
{
    (void)state;
    double density, fixed;
    hot_adaptive told;
    assert_int_equal(
        hot_kde_adaptive(&spot, X, Y, NULL, TEN, HOT_QUARTIC, 300, 1, 1, NULL, 1, &told, &density),
        HOT_OK);
    assert_int_equal(hot_kde(&spot, X, Y, NULL, TEN, HOT_QUARTIC, 300, NULL, 1, &fixed), HOT_OK);
    check_relative(density, fixed, 1e-12);
    check_near(told.at_least + told.at_most, TEN, 0);
    assert_int_equal(
        hot_kde_adaptive(&spot, X, Y, NULL, 0, HOT_QUARTIC, 300, 1, 1, NULL, 1, &told, &density),
        HOT_OK);
    check_near(density, 0, 0);
    check_near(told.mean, 0, 0);
    assert_int_equal(
        hot_kde_adaptive(&spot, X, Y, NULL, 1, HOT_QUARTIC, 300, 0.5, 2, NULL, 1, &told, &density),
        HOT_OK); /* one place alone: its own density is the mean */
    check_relative(told.most, 300.0, 1e-12);
    density = 7;
    assert_int_equal(hot_kde_adaptive(&spot, X, Y, NULL, TEN, HOT_QUARTIC, 300, 1.1, 2, NULL, 1,
                                      &told, &density),
                     HOT_DOMAIN);
    assert_int_equal(
        hot_kde_adaptive(&spot, X, Y, NULL, TEN, HOT_QUARTIC, 0, 0.5, 2, NULL, 1, &told, &density),
        HOT_DOMAIN);
    check_near(density, 7, 0);
}

/* ---- edges ---- */

enum { SIDE = 20, SQUARE = SIDE * SIDE };
static const hot_frame square = {0, 1000, 50, SIDE, SIDE};
static const double PX[] = {110, 480, 730, 25, 660}, PY[] = {90, 510, 690, 25, 790};

/* Without its north-east corner. */
static void corner_off(uint8_t *inside)
{
    for (int i = 0; i < SQUARE; i++)
        inside[i] = hot_frame_x(&square, i % SIDE) + hot_frame_y(&square, i / SIDE) < 1500;
}

static size_t cell_of(double x, double y)
{
    return (size_t)hot_frame_index(&square, x, y);
}

static void edges_of_a_square(void **state)
{
    (void)state;
    static const struct {
        double x, y, share, uniform, diggle;
    } want[] = {{25, 25, 0.360915236, 70.577133259, 56.274077458},
                {125, 75, 0.716362973, 34.672549303, 47.688802828},
                {475, 525, 1, 15.156888003, 15.156888003},
                {725, 725, 0.571763704, 45.649244472, 42.336583110}};
    uint8_t inside[SQUARE];
    double share[SQUARE], uniform[SQUARE], diggle[SQUARE], mass = 0;
    corner_off(inside);
    assert_int_equal(hot_edge_shares(&square, inside, HOT_QUARTIC, 250, 2, share), HOT_OK);
    assert_int_equal(hot_kde_corrected(HOT_EDGE_UNIFORM, &square, PX, PY, NULL, 5, HOT_QUARTIC, 250,
                                       inside, 1, uniform),
                     HOT_OK);
    assert_int_equal(hot_kde_corrected(HOT_EDGE_DIGGLE, &square, PX, PY, NULL, 5, HOT_QUARTIC, 250,
                                       inside, 2, diggle),
                     HOT_OK);
    for (size_t k = 0; k < COUNT(want); k++) {
        size_t i = cell_of(want[k].x, want[k].y);
        check_near(share[i], want[k].share, 1e-8);
        check_near(uniform[i], want[k].uniform, 1e-7);
        check_near(diggle[i], want[k].diggle, 1e-7);
    }
    for (int i = 0; i < SQUARE; i++) {
        assert_true(isnan(share[i]) == !inside[i] && isnan(uniform[i]) == !inside[i]);
        if (inside[i]) mass += diggle[i] * 50 * 50 / 1e6;
    }
    check_near(mass, 5, 0.002); /* the sum over cells stands for an integral */
}

static void no_edge_in_reach_changes_nothing(void **state)
{
    (void)state;
    static const double x = 500, y = 500;
    uint8_t inside[SQUARE];
    double fixed[SQUARE], diggle[SQUARE], weight = 3;
    memset(inside, 1, sizeof inside);
    assert_int_equal(hot_kde(&square, &x, &y, &weight, 1, HOT_EPANECHNIKOV, 200, inside, 1, fixed),
                     HOT_OK);
    assert_int_equal(hot_kde_corrected(HOT_EDGE_DIGGLE, &square, &x, &y, &weight, 1,
                                       HOT_EPANECHNIKOV, 200, inside, 1, diggle),
                     HOT_OK);
    assert_memory_equal(fixed, diggle, sizeof fixed);
}

/* A share is never 0 or less, however coarse the cells. */
static void a_cell_holds_some_of_itself(void **state)
{
    (void)state;
    uint8_t inside[SQUARE] = {0};
    double share[SQUARE];
    inside[cell_of(525, 525)] = 1;
    for (hot_kernel k = HOT_UNIFORM; k <= HOT_GAUSSIAN; k++)
        for (double h = 20; h < 2000; h *= 1.3) {
            assert_int_equal(hot_edge_shares(&square, inside, k, h, 1, share), HOT_OK);
            assert_true(share[cell_of(525, 525)] > 0 && share[cell_of(525, 525)] <= 1);
        }
    assert_int_equal(hot_edge_shares(&square, NULL, HOT_QUARTIC, 100, 1, share), HOT_DOMAIN);
    assert_int_equal(hot_edge_shares(&square, inside, HOT_QUARTIC, 0, 1, share), HOT_DOMAIN);
    for (long n = 0; n < 4; n++) {
        hot_memory_fail_after(n);
        assert_int_equal(hot_edge_shares(&square, inside, HOT_QUARTIC, 100, 1, share), HOT_MEMORY);
        hot_memory_fail_after(-1);
    }
}

/* ---- two beside each other ---- */

static void difference_and_ratio(void **state)
{
    (void)state;
    static const double before[] = {10, 4, 5, 0, NAN};
    double difference[] = {30, 8, 5, 2, NAN}, ratio[] = {30, 8, 5, 2, NAN};
    hot_dual_difference(difference, before, 5, 2);
    hot_dual_ratio(ratio, before, 5, 2, 10);
    check_near(difference[0], 10, 0);
    check_near(difference[1], 0, 0);
    check_near(difference[2], -5, 0);
    check_near(difference[3], 2, 0);
    assert_true(isnan(difference[4]));
    check_near(ratio[0], 1.5, 0);
    assert_true(isnan(ratio[1])); /* 8 is below the floor */
    check_near(ratio[2], 0.5, 0); /* the floor itself is not */
    assert_true(isnan(ratio[3]) && isnan(ratio[4]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_at_cell_centres),
        cmocka_unit_test(strips_refuse_and_hold),
        cmocka_unit_test(adaptive_of_ten_places),
        cmocka_unit_test(adaptive_in_any_order),
        cmocka_unit_test(adaptive_within_its_limits),
        cmocka_unit_test(edges_of_a_square),
        cmocka_unit_test(no_edge_in_reach_changes_nothing),
        cmocka_unit_test(a_cell_holds_some_of_itself),
        cmocka_unit_test(difference_and_ratio),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
