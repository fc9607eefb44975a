/* The area that a disc adds, against a lens, a triangle of discs, a count of points, and every
 * order. */
#include "tests/check.h"

#include <stdbool.h>

#include "engine/hotspots/added_area.h"
#include "tests/made_points.h"

static const double PI = 3.141592653589793;

/** What n discs cover together, each added to those before it. */
static double united(const hot_centre *c, size_t discs, double radius)
{
    hot_arc room[66];
    double sum = 0;
    for (size_t k = 0; k < discs; k++) sum += hot_added_area(c[k], c, k, radius, room);
    return sum;
}

static double lens(double apart, double r)
{
    return 2 * r * r * acos(apart / (2 * r)) - apart / 2 * sqrt(4 * r * r - apart * apart);
}

static void two_discs(void **unused)
{
    (void)unused;
    const double apart[] = {0, 1e-9, 1, 100, 150, 299.999999, 300, 301, 1e6};
    for (size_t k = 0; k < COUNT(apart); k++)
        for (int hour = 0; hour < 12; hour++) {
            double turn = hour * PI / 6;
            hot_centre c[] = {{412345.5, 176543.25},
                              {412345.5 + apart[k] * cos(turn), 176543.25 + apart[k] * sin(turn)}};
            double d = hypot(c[1].x - c[0].x, c[1].y - c[0].y);
            double both = d < 300 ? lens(d, 150) : 0;
            check_near(united(c, 2, 150), 2 * PI * 150 * 150 - both, 1e-10 * PI * 150 * 150);
        }
}

/* Three discs of radius 1 that pass through each other's centres: inclusion and exclusion, the area
 * of a Reuleaux triangle of width 1 being (pi - sqrt 3) / 2. */
static void three_discs(void **unused)
{
    (void)unused;
    const hot_centre c[] = {{0, 0}, {1, 0}, {0.5, sqrt(0.75)}};
    check_near(united(c, 3, 1), 3 * PI - 3 * lens(1, 1) + (PI - sqrt(3)) / 2, 1e-13);
}

/* Four discs about a hole, which is not theirs. */
static void a_hole(void **unused)
{
    (void)unused;
    const hot_centre c[] = {{-1.2, 0}, {0, 1.2}, {1.2, 0}, {0, -1.2}};
    check_near(united(c, 4, 1), 4 * PI - 4 * lens(1.2 * sqrt(2), 1), 1e-13);
}

static void covered_already(void **unused)
{
    (void)unused;
    const hot_centre c[] = {{3, 4}, {3, 4}, {3, 4}};
    check_near(united(c, 3, 2), 4 * PI, 1e-14);
    /* one that comes twice among the others counts once */
    const hot_centre twice[] = {{1, 0}, {1, 0}};
    hot_arc few[6];
    check_near(hot_added_area((hot_centre){0, 0}, twice, 2, 1, few), PI - lens(1, 1), 1e-14);
    /* a ring of discs, close together, covers the one in their midst */
    hot_centre ring[13] = {{0}};
    for (int k = 1; k < 13; k++)
        ring[k] = (hot_centre){0.5 * cos(k * PI / 6), 0.5 * sin(k * PI / 6)};
    hot_arc room[66];
    check_near(hot_added_area(ring[0], ring + 1, 12, 1, room), 0, 1e-14);
}

/** Points of a lattice in any of the discs: a count of them errs by the length of the edge. */
static double counted(const hot_centre *c, size_t discs, double radius, double step)
{
    size_t inside = 0;
    for (int row = 0; row < 800 / step; row++)
        for (int col = 0; col < 800 / step; col++) {
            double x = (col + 0.5) * step - 400, y = (row + 0.5) * step - 400;
            bool in = false;
            for (size_t k = 0; k < discs && !in; k++) in = hypot(x - c[k].x, y - c[k].y) <= radius;
            inside += in;
        }
    return (double)inside * step * step;
}

static void many_discs_as_counted_and_in_any_order(void **unused)
{
    (void)unused;
    hot_centre c[24];
    for (uint64_t seed = 1; seed <= 10; seed++) {
        start(seed);
        for (size_t k = 0; k < COUNT(c); k++)
            c[k] = (hot_centre){below(500) - 250, below(500) - 250};
        double area = united(c, COUNT(c), 80);
        check_relative(counted(c, COUNT(c), 80, 2), area, 2e-3);
        for (size_t k = COUNT(c); k > 1; k--) {
            hot_centre was = c[k - 1];
            size_t other = (size_t)below((int)k);
            c[k - 1] = c[other];
            c[other] = was;
        }
        check_relative(united(c, COUNT(c), 80), area, 1e-13);
    }
}

/* Never more than what is added, and all of it where the others do not overlap each other. */
static void the_bound_holds(void **unused)
{
    (void)unused;
    hot_centre c[8];
    hot_arc room[18];
    for (uint64_t seed = 1; seed <= 400; seed++) {
        start(seed);
        for (size_t k = 0; k < COUNT(c); k++) c[k] = (hot_centre){400 * uniform(), 400 * uniform()};
        for (size_t others = 0; others < COUNT(c); others++) {
            double area = hot_added_area(c[0], c + 1, others, 100, room);
            double least = hot_added_area_least(c[0], c + 1, others, 100, 0);
            assert_true(least <= area + 1e-9 * PI * 1e4);
            if (others < 2) check_near(least, area, 3e-3 * PI * 1e4);
            hot_centre moved = {c[0].x + 7 * uniform(), c[0].y - 7 * uniform()};
            assert_true(hot_added_area_least(c[0], c + 1, others, 100, 10) <=
                        hot_added_area(moved, c + 1, others, 100, room) + 1e-9 * PI * 1e4);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_discs),
        cmocka_unit_test(three_discs),
        cmocka_unit_test(a_hole),
        cmocka_unit_test(covered_already),
        cmocka_unit_test(many_discs_as_counted_and_in_any_order),
        cmocka_unit_test(the_bound_holds),
    };
    return cmocka_run_group_tests_name("added_area", tests, NULL, NULL);
}
