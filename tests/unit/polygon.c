/* hot_polygon_valid, hot_polygon_inside, hot_coverage_judge. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "layers/read/coverage.h"
#include "layers/read/polygon.h"

/** Add a ring from pairs of numbers. */
static void ring(hot_shapes *s, const double *xy, size_t n)
{
    for (size_t i = 0; i < n; i++)
        assert_int_equal(hot_shapes_add(s, xy[2 * i], xy[2 * i + 1]), HOT_OK);
    assert_int_equal(hot_shapes_end_ring(s), HOT_OK);
}

static void part(hot_shapes *s)
{
    assert_int_equal(hot_shapes_end_part(s), HOT_OK);
}

static void end(hot_shapes *s)
{
    assert_int_equal(hot_shapes_end(s), HOT_OK);
}

/** A rectangle, counter-clockwise, as a part of its own. */
static void box(hot_shapes *s, double west, double south, double east, double north)
{
    double xy[] = {west, south, east, south, east, north, west, north, west, south};
    ring(s, xy, 5);
    part(s);
}

/** The published kinds of invalidity (OGC Simple Features; JTS's validity cases), and what becomes
 *  of each. Areas by hand. */
static void invalid_polygons_are_repaired_and_say_why(void **unused)
{
    (void)unused;
    static const double bow[] = {0, 0, 10, 10, 10, 0, 0, 10, 0, 0};
    static const double spike[] = {0, 0, 10, 0, 10, 10, 10, 20, 10, 10, 0, 10, 0, 0};
    static const double figure[] = {0, 0, 4, 0, 4, 4, 8, 4, 8, 8, 4, 8, 4, 4, 0, 4, 0, 0};
    static const double open[] = {0, 0, 10, 0, 10, 10, 0, 10};
    static const double turned[] = {0, 0, 0, 10, 10, 10, 10, 0, 0, 0};
    static const double twice[] = {0, 0, 10, 0, 10, 0, 10, 10, 0, 10, 0, 0};
    static const struct {
        const double *xy;
        size_t n;
        const char *reason; /* NULL = valid as it is */
        double after;
    } c[] = {
        {bow, 5, "elf-intersection", 50},
        {spike, 7, "elf-intersection", 100},
        {figure, 9, "elf-intersection", 32},
        {open, 4, "does not end where it begins", 100},
        {turned, 5, NULL, 100},
        {twice, 6, NULL, 100},
    };
    for (size_t k = 0; k < COUNT(c); k++) {
        hot_shapes from = {0}, to = {0};
        bool repaired;
        hot_repair repair;
        ring(&from, c[k].xy, c[k].n);
        part(&from);
        end(&from);
        assert_int_equal(hot_polygon_valid(&from, 0, &to, &repaired, &repair), HOT_OK);
        assert_int_equal(repaired, c[k].reason != NULL);
        if (c[k].reason && !strstr(repair.reason, c[k].reason)) fail_msg("%s", repair.reason);
        check_near(hot_shapes_area(&to, 0), c[k].after, 1e-9);
        check_near(repair.area_after, c[k].after, 1e-9);
        hot_shapes_free(&from);
        hot_shapes_free(&to);
    }
}

static void parts_that_overlap_are_joined(void **unused)
{
    (void)unused;
    hot_shapes from = {0}, to = {0};
    bool repaired;
    hot_repair repair;
    box(&from, 0, 0, 10, 10);
    box(&from, 5, 0, 15, 10);
    box(&from, 100, 0, 110, 10);
    end(&from);
    assert_int_equal(hot_polygon_valid(&from, 0, &to, &repaired, &repair), HOT_OK);
    assert_true(repaired);
    check_near(repair.area_before, 300, 1e-9);
    check_near(repair.area_after, 250, 1e-9);
    assert_int_equal(to.n_parts, 2);
    hot_shapes_free(&from);
    hot_shapes_free(&to);
}

static void a_hole_outside_its_outline_is_repaired(void **unused)
{
    (void)unused;
    static const double outer[] = {0, 0, 10, 0, 10, 10, 0, 10, 0, 0};
    static const double hole[] = {20, 20, 20, 22, 22, 22, 22, 20, 20, 20};
    static const double inner[] = {2, 2, 2, 4, 4, 4, 4, 2, 2, 2};
    hot_shapes from = {0}, to = {0};
    bool repaired;
    hot_repair repair;
    ring(&from, outer, 5);
    ring(&from, hole, 5);
    part(&from);
    end(&from);
    ring(&from, outer, 5);
    ring(&from, inner, 5);
    part(&from);
    end(&from);
    assert_int_equal(hot_polygon_valid(&from, 0, &to, &repaired, &repair), HOT_OK);
    assert_true(repaired && strstr(repair.reason, "ole"));
    assert_int_equal(hot_polygon_valid(&from, 1, &to, &repaired, &repair), HOT_OK);
    assert_false(repaired);
    check_near(hot_shapes_area(&to, 1), 96, 1e-9);
    hot_shapes_free(&from);
    hot_shapes_free(&to);
}

static void nothing_with_an_area_is_refused(void **unused)
{
    (void)unused;
    static const double line[] = {0, 0, 10, 0, 5, 0, 0, 0}, two[] = {0, 0, 1, 1};
    static const double nan[] = {0, 0, 10, 0, NAN, 10, 0, 0};
    static const struct {
        const double *xy;
        size_t n;
    } c[] = {{line, 4}, {two, 2}, {nan, 4}};
    for (size_t k = 0; k < COUNT(c); k++) {
        hot_shapes from = {0}, to = {0};
        bool repaired;
        hot_repair repair;
        ring(&from, c[k].xy, c[k].n);
        part(&from);
        end(&from);
        assert_int_equal(hot_polygon_valid(&from, 0, &to, &repaired, &repair), HOT_INPUT);
        assert_true(strlen(repair.reason) > 3);
        hot_shapes_free(&from);
        hot_shapes_free(&to);
    }
}

static void a_point_inside_is_inside(void **unused)
{
    (void)unused;
    static const double horseshoe[] = {0, 0, 10, 0, 10, 10, 9, 10, 9, 1, 1, 1, 1, 10, 0, 10, 0, 0};
    hot_shapes s = {0};
    double x, y;
    ring(&s, horseshoe, 9);
    part(&s);
    end(&s);
    end(&s);
    assert_int_equal(hot_polygon_inside(&s, 0, &x, &y), HOT_OK);
    assert_true((x > 0 && x < 1) || (x > 9 && x < 10) || (y > 0 && y < 1));
    assert_int_equal(hot_polygon_inside(&s, 1, &x, &y), HOT_INPUT);
    hot_shapes_free(&s);
}

/* ---- side by side ---- */

static hot_coverage_report judged(hot_shapes *s)
{
    hot_coverage_report r;
    assert_int_equal(hot_coverage_judge(s, &r), HOT_OK);
    assert_true(r.judged);
    hot_shapes_free(s);
    return r;
}

static void neighbours_neither_overlap_nor_gape(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    for (int row = 0; row < 10; row++)
        for (int column = 0; column < 10; column++) {
            box(&s, column * 100, row * 100, column * 100 + 100, row * 100 + 100);
            end(&s);
        }
    hot_coverage_report r = judged(&s);
    assert_int_equal(r.pairs + r.gaps, 0);
    check_near(r.overlap + r.gap, 0, 0);
}

static void overlaps_are_measured_and_named(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    box(&s, 0, 0, 100, 100);
    end(&s);
    box(&s, 90, 0, 200, 100); /* 1,000 with the first */
    end(&s);
    box(&s, 198, 0, 300, 100); /* 200 with the second */
    end(&s);
    box(&s, 500, 500, 600, 600); /* an island */
    end(&s);
    box(&s, 520, 520, 530, 530); /* wholly inside it: 100 */
    end(&s);
    hot_coverage_report r = judged(&s);
    assert_int_equal(r.pairs, 3);
    check_near(r.overlap, 1300, 1e-6);
    check_near(r.largest_overlap, 1000, 1e-6);
    assert_int_equal(r.first, 0);
    assert_int_equal(r.second, 1);
    assert_int_equal(r.gaps, 0);
}

static void one_twice_and_three_deep(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    for (int k = 0; k < 3; k++) {
        box(&s, 0, 0, 10, 10);
        end(&s);
    }
    hot_coverage_report r = judged(&s);
    assert_int_equal(r.pairs, 3);
    check_near(r.overlap, 100, 1e-9);
}

/** An area over two neighbours, edge on edge: the edge between those cancels, the sum does not. */
static void a_district_over_its_wards(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    box(&s, 0, 0, 100, 100);
    end(&s);
    box(&s, 100, 0, 200, 100);
    end(&s);
    box(&s, 0, 0, 200, 100);
    end(&s);
    hot_coverage_report r = judged(&s);
    check_near(r.overlap, 20000, 1e-6);
    assert_true(r.pairs >= 1);
}

static void gaps_are_measured(void **unused)
{
    (void)unused;
    static const double outer[] = {0, 0, 300, 0, 300, 300, 0, 300, 0, 0};
    static const double hole[] = {100, 100, 100, 200, 200, 200, 200, 100, 100, 100};
    hot_shapes s = {0};
    ring(&s, outer, 5); /* a ring with a hole ... */
    ring(&s, hole, 5);
    part(&s);
    end(&s);
    box(&s, 100, 100, 200, 198); /* ... filled but for a sliver of 200 */
    end(&s);
    box(&s, 300.0001, 0, 400, 300); /* a hair's breadth is rounding; and it is open to outside */
    end(&s);
    hot_coverage_report r = judged(&s);
    assert_int_equal(r.gaps, 1);
    check_near(r.gap, 200, 1e-6);
    check_near(r.largest_gap, 200, 1e-6);
    assert_int_equal(r.pairs, 0);
}

/** A vertex on one side only, as after a careless simplification: no overlap, no gap. */
static void a_vertex_on_one_side_only(void **unused)
{
    (void)unused;
    static const double left[] = {0, 0, 100, 0, 100, 37, 100, 100, 0, 100, 0, 0};
    hot_shapes s = {0};
    ring(&s, left, 6);
    part(&s);
    end(&s);
    box(&s, 100, 0, 200, 100);
    end(&s);
    hot_coverage_report r = judged(&s);
    assert_int_equal(r.pairs + r.gaps, 0);
}

/** Too many edges that are nobody's neighbour's: not judged, at the limit and one beyond. */
static void the_limit_of_edges(void **unused)
{
    (void)unused;
    for (int beyond = 0; beyond < 2; beyond++) {
        hot_shapes s = {0};
        hot_coverage_report r;
        int n = HOT_COVERAGE_EDGES / 4;
        for (int k = 0; k < n; k++) {
            int col = k % 500, row = k / 500;
            double x = col * 10, y = row * 10;
            if (beyond && k == 0) { /* five edges in place of four */
                double xy[] = {x, y, x + 5, y, x + 5, y + 5, x + 2, y + 6, x, y + 5, x, y};
                ring(&s, xy, 6);
                part(&s);
            } else {
                box(&s, x, y, x + 5, y + 5);
            }
            end(&s);
        }
        assert_int_equal(hot_coverage_judge(&s, &r), HOT_OK);
        assert_int_equal(r.judged, !beyond);
        hot_shapes_free(&s);
    }
}

static void without_memory_nothing_is_lost(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    box(&s, 0, 0, 100, 100);
    end(&s);
    box(&s, 90, 0, 200, 100);
    end(&s);
    hot_status status = HOT_MEMORY;
    long n = 0;
    for (; status != HOT_OK && n < 100; n++) {
        hot_coverage_report r;
        hot_memory_fail_after(n);
        status = hot_coverage_judge(&s, &r);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
        if (status == HOT_OK) assert_int_equal(r.pairs, 1);
    }
    assert_true(n > 5);
    assert_int_equal(status, HOT_OK);
    hot_shapes_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invalid_polygons_are_repaired_and_say_why),
        cmocka_unit_test(parts_that_overlap_are_joined),
        cmocka_unit_test(a_hole_outside_its_outline_is_repaired),
        cmocka_unit_test(nothing_with_an_area_is_refused),
        cmocka_unit_test(a_point_inside_is_inside),
        cmocka_unit_test(neighbours_neither_overlap_nor_gape),
        cmocka_unit_test(overlaps_are_measured_and_named),
        cmocka_unit_test(one_twice_and_three_deep),
        cmocka_unit_test(a_district_over_its_wards),
        cmocka_unit_test(gaps_are_measured),
        cmocka_unit_test(a_vertex_on_one_side_only),
        cmocka_unit_test(the_limit_of_edges),
        cmocka_unit_test(without_memory_nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
