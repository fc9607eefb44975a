/* hot_shapes: building, boxes, areas. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/space/shapes.h"

/** A square ring; `turn` makes it clockwise. */
static hot_status square(hot_shapes *s, double west, double south, double side, bool turn)
{
    double east = west + side, north = south + side;
    HOT_TRY(hot_shapes_add(s, west, south));
    HOT_TRY(hot_shapes_add(s, turn ? west : east, turn ? north : south));
    HOT_TRY(hot_shapes_add(s, east, north));
    HOT_TRY(hot_shapes_add(s, turn ? east : west, turn ? south : north));
    HOT_TRY(hot_shapes_add(s, west, south));
    return hot_shapes_end_ring(s);
}

/** Feature 0: a square with a hole, and another square; 1: no part; 2: a small square. */
static hot_status three_features(hot_shapes *s, bool turn)
{
    HOT_TRY(square(s, 430000, 440000, 10, turn));
    HOT_TRY(square(s, 430002, 440002, 4, !turn));
    HOT_TRY(hot_shapes_end_part(s));
    HOT_TRY(square(s, 430020, 439990, 5, turn));
    HOT_TRY(hot_shapes_end_part(s));
    HOT_TRY(hot_shapes_end(s));
    HOT_TRY(hot_shapes_end(s));
    HOT_TRY(square(s, 429000, 440500, 1, turn));
    HOT_TRY(hot_shapes_end_part(s));
    return hot_shapes_end(s);
}

static void offsets_say_what_belongs_where(void **unused)
{
    (void)unused;
    static const size_t part[] = {0, 2, 2, 3}, ring[] = {0, 2, 3, 4}, point[] = {0, 5, 10, 15, 20};
    hot_shapes s = {0};
    assert_int_equal(three_features(&s, false), HOT_OK);
    assert_int_equal(s.n, 3);
    assert_int_equal(s.n_parts, 3);
    assert_int_equal(s.n_rings, 4);
    assert_int_equal(s.n_points, 20);
    assert_memory_equal(s.part, part, sizeof part);
    assert_memory_equal(s.ring, ring, sizeof ring);
    assert_memory_equal(s.point, point, sizeof point);
    hot_shapes_free(&s);
}

/** Whatever the direction of the rings, and without loss far from the origin. */
static void area_counts_holes_down(void **unused)
{
    (void)unused;
    for (int turn = 0; turn < 2; turn++) {
        hot_shapes s = {0};
        assert_int_equal(three_features(&s, turn), HOT_OK);
        check_near(hot_shapes_area(&s, 0), 100 - 16 + 25, 0);
        check_near(hot_shapes_area(&s, 1), 0, 0);
        check_near(hot_shapes_area(&s, 2), 1, 0);
        hot_shapes_free(&s);
    }
}

static void check_box(hot_box b, double west, double south, double east, double north)
{
    check_near(b.west, west, 0);
    check_near(b.south, south, 0);
    check_near(b.east, east, 0);
    check_near(b.north, north, 0);
}

static void boxes(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    hot_box box = {1, 2, 3, 4};
    assert_int_equal(hot_shapes_box_all(&s, &box), HOT_DOMAIN);
    assert_int_equal(three_features(&s, false), HOT_OK);
    assert_int_equal(hot_shapes_box(&s, 1, &box), HOT_DOMAIN);
    check_box(box, 1, 2, 3, 4);
    assert_int_equal(hot_shapes_box(&s, 0, &box), HOT_OK);
    check_box(box, 430000, 439990, 430025, 440010);
    assert_int_equal(hot_shapes_box(&s, 2, &box), HOT_OK);
    check_box(box, 429000, 440500, 429001, 440501);
    assert_int_equal(hot_shapes_box_all(&s, &box), HOT_OK);
    check_box(box, 429000, 439990, 430025, 440501);
    hot_shapes_free(&s);
}

/** A ring of no area, and a line's open "ring". */
static void area_of_nothing(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    assert_int_equal(hot_shapes_end_ring(&s), HOT_OK);
    assert_int_equal(hot_shapes_add(&s, 5, 5), HOT_OK);
    assert_int_equal(hot_shapes_add(&s, 9, 9), HOT_OK);
    assert_int_equal(hot_shapes_end_ring(&s), HOT_OK);
    assert_int_equal(hot_shapes_end_part(&s), HOT_OK);
    assert_int_equal(hot_shapes_end(&s), HOT_OK);
    check_near(hot_shapes_area(&s, 0), 0, 0);
    double x = 7, y = 7;
    assert_false(hot_shapes_centroid(&s, 0, &x, &y));
    assert_true(x == 7 && y == 7);
    hot_shapes_free(&s);
}

/** An L of three unit squares, and a square with a square hole in its corner: by hand. */
static void centres_of_gravity(void **unused)
{
    (void)unused;
    static const double corner[][2] = {{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}, {0, 0}};
    hot_shapes s = {0};
    double x, y;
    for (size_t k = 0; k < COUNT(corner); k++)
        assert_int_equal(hot_shapes_add(&s, 430000 + corner[k][0], 440000 + corner[k][1]), HOT_OK);
    assert_int_equal(hot_shapes_end_ring(&s), HOT_OK);
    assert_int_equal(hot_shapes_end_part(&s), HOT_OK);
    assert_int_equal(hot_shapes_end(&s), HOT_OK);
    assert_true(hot_shapes_centroid(&s, 0, &x, &y));
    check_near(x, 430000 + 2.5 / 3, 1e-9);
    check_near(y, 440000 + 2.5 / 3, 1e-9);
    assert_int_equal(square(&s, 0, 0, 4, false), HOT_OK);
    assert_int_equal(square(&s, 0, 0, 2, true), HOT_OK);
    assert_int_equal(hot_shapes_end_part(&s), HOT_OK);
    assert_int_equal(hot_shapes_end(&s), HOT_OK);
    assert_true(hot_shapes_centroid(&s, 1, &x, &y));
    check_near(x, (16 * 2 - 4 * 1) / 12.0, 1e-12);
    check_near(y, (16 * 2 - 4 * 1) / 12.0, 1e-12);
    hot_shapes_free(&s);
}

static void grows_and_is_freed_twice(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(square(&s, i, 2 * i, 1, false), HOT_OK);
        assert_int_equal(hot_shapes_end_part(&s), HOT_OK);
        assert_int_equal(hot_shapes_end(&s), HOT_OK);
    }
    for (size_t f = 0; f < 1000; f++) {
        hot_box box;
        assert_int_equal(hot_shapes_box(&s, f, &box), HOT_OK);
        check_box(box, (double)f, 2 * (double)f, (double)f + 1, 2 * (double)f + 1);
    }
    hot_shapes_free(&s);
    hot_shapes_free(&s);
    assert_null(s.x);
    assert_int_equal(s.n, 0);
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    long n = 0;
    for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
        hot_shapes s = {0};
        hot_memory_fail_after(n);
        status = three_features(&s, false);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
        hot_shapes_free(&s);
    }
    assert_in_range(n, 6, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_say_what_belongs_where),
        cmocka_unit_test(area_counts_holes_down),
        cmocka_unit_test(boxes),
        cmocka_unit_test(area_of_nothing),
        cmocka_unit_test(centres_of_gravity),
        cmocka_unit_test(grows_and_is_freed_twice),
        cmocka_unit_test(every_request_may_fail),
    };
    return cmocka_run_group_tests_name("shapes", tests, NULL, NULL);
}
