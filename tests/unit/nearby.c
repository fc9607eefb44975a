/* Points by cells, and the polygon around them. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/space/hull.h"
#include "engine/space/nearby.h"

enum { N = 400 };

static double made(int k)
{
    return fmod(k * 137.03125 + k * k * 0.3125, 1000);
}

/** How many pairs within two sides of one another a walk meets. */
static size_t pairs_met(const hot_nearby *g, double side)
{
    size_t met = 0;
    for (size_t r = 0; r < g->rows; r++) {
        hot_nearby_walk w;
        hot_nearby_begin(g, r, &w);
        for (size_t cell = g->row_first[r]; cell < g->row_first[r + 1]; cell++) {
            hot_nearby_move(g, cell, &w);
            for (int k = 0; k < HOT_NEARBY_ROWS; k++)
                for (size_t c = w.at[k]; c < w.to[k]; c++)
                    for (size_t a = g->first[cell]; a < g->first[cell + 1]; a++)
                        for (size_t b = g->first[c]; b < g->first[c + 1]; b++)
                            met += fabs(g->x[a] - g->x[b]) <= 2 * side &&
                                   fabs(g->y[a] - g->y[b]) <= 2 * side;
        }
    }
    return met;
}

static void all_that_are_near_are_met(void **unused)
{
    (void)unused;
    double x[N], y[N];
    for (int k = 0; k < N; k++) x[k] = made(k) - 500, y[k] = 3 * made(2 * k + 1);
    const double sides[] = {7, 40, 333, 5000};
    for (size_t s = 0; s < COUNT(sides); s++) {
        hot_nearby g;
        size_t expected = 0;
        assert_int_equal(hot_nearby_new(x, y, N, sides[s], &g), HOT_OK);
        for (int a = 0; a < N; a++)
            for (int b = 0; b < N; b++)
                expected += fabs(x[a] - x[b]) <= 2 * sides[s] && fabs(y[a] - y[b]) <= 2 * sides[s];
        assert_int_equal(pairs_met(&g, sides[s]), expected);
        hot_nearby_free(&g);
    }
}

static void none_and_what_is_refused(void **unused)
{
    (void)unused;
    double x[] = {0, 1}, y[] = {0, NAN}, far[] = {0, 1e12};
    hot_nearby g;
    assert_int_equal(hot_nearby_new(x, x, 0, 1, &g), HOT_OK);
    assert_int_equal(g.cells, 0);
    hot_nearby_free(&g);
    assert_int_equal(hot_nearby_new(x, y, 2, 1, &g), HOT_DOMAIN);
    assert_int_equal(hot_nearby_new(far, x, 2, 1, &g), HOT_DOMAIN);
    assert_int_equal(hot_nearby_new(x, x, 2, 0, &g), HOT_DOMAIN);
    assert_int_equal(hot_nearby_new(x, x, 2, NAN, &g), HOT_DOMAIN);
    for (long k = 0; k < 9; k++) {
        hot_memory_fail_after(k);
        assert_int_equal(hot_nearby_new(x, x, 2, 1, &g), HOT_MEMORY);
        assert_null(g.point);
    }
    hot_memory_fail_after(-1);
}

static void hulls(void **unused)
{
    (void)unused;
    uint32_t hull[18];
    /* A square of nine points, by x, then y: its corners alone. */
    double x[] = {0, 0, 0, 1, 1, 1, 2, 2, 2}, y[] = {0, 1, 2, 0, 1, 2, 0, 1, 2};
    static const uint32_t corners[] = {0, 6, 8, 2};
    assert_int_equal(hot_hull(x, y, 9, hull), 4);
    assert_memory_equal(hull, corners, sizeof corners);
    assert_int_equal(hot_hull(x, y, 3, hull), 2); /* a line */
    assert_int_equal(hull[0], 0);
    assert_int_equal(hull[1], 2);
    assert_int_equal(hot_hull(x, y, 1, hull), 1);
    double same[] = {5, 5, 5};
    assert_int_equal(hot_hull(same, same, 3, hull), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_are_near_are_met),
        cmocka_unit_test(none_and_what_is_refused),
        cmocka_unit_test(hulls),
    };
    return cmocka_run_group_tests_name("nearby", tests, NULL, NULL);
}
