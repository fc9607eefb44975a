/* Hexagons and streets in place of discs. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/hotspots/hotspots.h"
#include "tests/made_points.h"

/* ---- hexagons ---- */

static double nearest_hexagon(double side, double x, double y, double *at_x, double *at_y)
{
    double least = INFINITY;
    for (int row = -12; row <= 12; row++)
        for (int col = -24; col <= 24; col++) {
            double cx = sqrt(3) * side * (col + row / 2.), cy = 1.5 * side * row;
            double d = hypot(x - cx, y - cy);
            if (d < least) {
                least = d;
                *at_x = cx;
                *at_y = cy;
            }
        }
    return least;
}

/* A hexagon holds what is nearer to its centre than to any other. */
static void a_point_is_in_the_hexagon_of_the_nearest_centre(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.shape = HOT_HOTSPOT_HEXAGON, .size = 200};
    start(3);
    for (int k = 0; k < 1500; k++) add(below(4000) - 2000, below(4000) - 2000, 1, 1);
    hot_hotspots h = chosen(&rules);
    for (size_t i = 0; i < n; i++) {
        double x = NAN, y = NAN;
        assert_true(nearest_hexagon(200, px[i], py[i], &x, &y) <= 200);
        check_near(h.unit[h.held[i]].x, x, 1e-9);
        check_near(h.unit[h.held[i]].y, y, 1e-9);
    }
    for (size_t u = 0; u < h.n; u++) {
        check_relative(h.unit[u].area, 1.5 * sqrt(3) * 200 * 200, 1e-15);
        if (u == 0) continue;
        assert_true(h.unit[u].weight <= h.unit[u - 1].weight);
        assert_true(h.unit[u].name != h.unit[u - 1].name);
    }
    assert_true(h.n_places == 1 && h.tied == 0); /* hardly an empty one among them */
    hot_hotspots_free(&h);
}

/* Equally full ones: the southernmost, then the westernmost. Those with a side in common are one
 * place, those with none are not. */
static void hexagons_in_order_and_in_places(void **unused)
{
    (void)unused;
    const double side = 100, wide = 100 * sqrt(3);
    hot_hotspot_rules rules = {.shape = HOT_HOTSPOT_HEXAGON, .size = side, .units = 4};
    start(1);
    add(2 * wide, 0, 2, 2);
    add(0, 0, 2, 2);
    add(wide / 2, 150, 3, 3); /* north-east of the second; shares a corner with none */
    add(5.5 * wide, -150, 2, 2);
    add(5 * wide, 0, 2, 2);
    hot_hotspots h = chosen(&rules);
    assert_true(h.n == 4 && h.tied == 1);
    assert_true(h.held[2] == 0 && h.held[3] == 1 && h.held[1] == 2 && h.held[0] == 3);
    assert_true(h.n_places == 3 && h.unit[0].place == 0 && h.unit[2].place == 0);
    assert_true(h.place[0].weight == 5 && h.place[0].units == 2 && h.place[1].first == 1);
    int32_t unit[3];
    const double x[] = {1, 3 * wide, NAN}, y[] = {99, 0, 0};
    assert_int_equal(hot_hotspots_hold(&h, &rules, x, y, 3, unit), HOT_OK);
    assert_true(unit[0] == 2 && unit[1] == -1 && unit[2] == -1);
    hot_hotspots_free(&h);
    rules.units = 0;
    rules.area = 2.5 * 1.5 * sqrt(3) * side * side;
    rules.spacing = 1.01 * wide;
    h = chosen(&rules); /* the second may not stand beside the first */
    assert_true(h.n == 2 && h.held[2] == 0 && h.held[3] == 1 && h.tied == 1);
    hot_hotspots_free(&h);
}

static void hexagons_where_their_origin_is(void **unused)
{
    (void)unused;
    hot_hotspot_rules rules = {.shape = HOT_HOTSPOT_HEXAGON, .size = 64, .units = 9};
    start(5);
    scatter(300, 1000, 1000);
    hot_hotspots h = chosen(&rules);
    for (size_t i = 0; i < n; i++) px[i] += 32, py[i] += 16;
    rules.shift_x = 32;
    rules.shift_y = 16;
    hot_hotspots moved = chosen(&rules);
    assert_true(h.n == moved.n);
    for (size_t u = 0; u < h.n; u++) {
        check_near(moved.unit[u].x, h.unit[u].x + 32, 1e-9);
        assert_true(moved.unit[u].name == h.unit[u].name);
    }
    assert_memory_equal(h.held, moved.held, n * sizeof *h.held);
    hot_hotspots_free(&h);
    hot_hotspots_free(&moved);
}

/* ---- streets ---- */

static void line(hot_shapes *s, size_t vertices, const double *x, const double *y)
{
    for (size_t k = 0; k < vertices; k++) assert_int_equal(hot_shapes_add(s, x[k], y[k]), HOT_OK);
    assert_int_equal(hot_shapes_end_ring(s), HOT_OK);
    assert_int_equal(hot_shapes_end_part(s), HOT_OK);
    assert_int_equal(hot_shapes_end(s), HOT_OK);
}

/** 0: along y = 0 to x = 100; 1: on from there to the north; 2: apart, along y = 60; 3: no line. */
static hot_shapes four_streets(void)
{
    hot_shapes s = {0};
    line(&s, 3, (const double[]){0, 40, 100}, (const double[]){0, 0, 0});
    line(&s, 2, (const double[]){100, 100}, (const double[]){0, 50});
    line(&s, 2, (const double[]){0, 80}, (const double[]){60, 60});
    assert_int_equal(hot_shapes_end(&s), HOT_OK);
    return s;
}

static void incidents_of_the_nearest_street(void **unused)
{
    (void)unused;
    hot_shapes streets = four_streets();
    hot_hotspot_rules rules = {
        .shape = HOT_HOTSPOT_SEGMENT, .size = 30, .units = 3, .streets = &streets};
    start(1);
    add(20, -30, 1, 1); /* at the very reach of 0 */
    add(20, -30.01, 5, 5);
    add(50, 30, 3, 3); /* as near to 0 as to 2: the first */
    add(50, 31, 2, 2);
    add(121, 21, 1, 4);   /* 1 */
    add(100, -20, 1, 1);  /* 0 and 1 meet: the first */
    add(-18, 84, 1, 0.5); /* 30 from the end of 2 */
    hot_hotspots h = chosen(&rules);
    const int32_t held[] = {0, -1, 0, 2, 1, 0, 2};
    assert_true(h.n == 3 && h.unit[0].name == 0 && h.unit[1].name == 1 && h.unit[2].name == 2);
    assert_memory_equal(h.held, held, sizeof held);
    assert_true(h.unit[0].incidents == 5 && h.unit[0].weight == 5 && h.unit[2].weight == 2.5);
    assert_true(h.unit[0].x == 50 && h.unit[0].y == 0 && h.unit[1].y == 25);
    const double ends = acos(-1) * 30 * 30;
    check_relative(h.unit[0].area, 2 * 30 * 100 + ends, 1e-15);
    check_relative(h.unit[1].area, 2 * 30 * 50 + ends, 1e-15);
    assert_true(h.n_places == 2 && h.place[0].units == 2 && h.place[0].weight == 9);
    int32_t unit[3];
    const double x[] = {99, 40, 500}, y[] = {3, 59, 0};
    assert_int_equal(hot_hotspots_hold(&h, &rules, x, y, 3, unit), HOT_OK);
    assert_true(unit[0] == 1 && unit[1] == 2 && unit[2] == -1);
    hot_hotspots_free(&h);
    rules.units = 0;
    rules.area = 9000 + 2 * ends;
    h = chosen(&rules);
    assert_true(h.n == 2 && h.tied == 0);
    hot_hotspots_free(&h);
    hot_shapes_free(&streets);
}

static double from_piece(double x, double y, const hot_shapes *s, size_t i)
{
    double dx = s->x[i + 1] - s->x[i], dy = s->y[i + 1] - s->y[i];
    double along = ((x - s->x[i]) * dx + (y - s->y[i]) * dy) / (dx * dx + dy * dy);
    along = fmin(fmax(along, 0), 1);
    return hypot(x - s->x[i] - along * dx, y - s->y[i] - along * dy);
}

/* Long and short, slanting streets far from the origin, against every piece of every one. */
static void streets_as_by_looking_at_all(void **unused)
{
    (void)unused;
    hot_shapes streets = {0};
    start(8);
    for (int f = 0; f < 60; f++) {
        double x[4], y[4], long_ = f % 5 ? 150 : 2000;
        x[0] = 300000 + below(3000), y[0] = 150000 + below(2000);
        for (int k = 1; k < 4; k++) {
            x[k] = x[k - 1] + (uniform() - 0.5) * long_;
            y[k] = y[k - 1] + (uniform() - 0.5) * long_;
        }
        line(&streets, 4, x, y);
    }
    scatter(1500, 3000, 2000);
    const hot_hotspot_rules rules = {.shape = HOT_HOTSPOT_SEGMENT, .size = 40, .streets = &streets};
    hot_hotspots h = chosen(&rules);
    size_t held = 0;
    for (size_t i = 0; i < n; i++) {
        double least = INFINITY;
        int64_t nearest = -1;
        for (size_t f = 0; f < streets.n; f++)
            for (size_t k = streets.point[f]; k + 1 < streets.point[f + 1]; k++) {
                double d = from_piece(px[i], py[i], &streets, k);
                if (d < least) least = d, nearest = (int64_t)f;
            }
        assert_true((h.held[i] >= 0) == (least <= 40));
        if (h.held[i] >= 0) assert_true(h.unit[h.held[i]].name == nearest);
        held += h.held[i] >= 0;
    }
    assert_true(held > 200 && held < n);
    hot_hotspots_free(&h);
    hot_shapes_free(&streets);
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    hot_shapes streets = four_streets();
    const hot_hotspot_rules rules = {
        .shape = HOT_HOTSPOT_SEGMENT, .size = 30, .units = 3, .streets = &streets};
    hot_hotspots h = {.tied = 77};
    hot_status status = HOT_MEMORY;
    start(4);
    for (int k = 0; k < 40; k++) add(below(120), below(80), 1, 1);
    hot_hotspot_points p = points();
    for (long k = 0; status != HOT_OK; k++) {
        assert_true(k < 1000 && h.tied == 77 && !h.unit);
        hot_memory_fail_after(k);
        status = hot_hotspots_choose(&p, &rules, &h);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
    }
    hot_hotspots_free(&h);
    hot_shapes_free(&streets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_is_in_the_hexagon_of_the_nearest_centre),
        cmocka_unit_test(hexagons_in_order_and_in_places),
        cmocka_unit_test(hexagons_where_their_origin_is),
        cmocka_unit_test(incidents_of_the_nearest_street),
        cmocka_unit_test(streets_as_by_looking_at_all),
        cmocka_unit_test(every_request_may_fail),
    };
    return cmocka_run_group_tests_name("hotspot_shapes", tests, NULL, NULL);
}
