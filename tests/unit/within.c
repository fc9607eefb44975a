/* hot_within against the plain rule over every edge, with points where it is hard: on vertices and
 * edges, a step beside them, and on the raster's own lines. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/space/within.h"
#include "engine/space/within_index.h"

/* ---- random numbers, shapes ---- */

static uint64_t state;

static double uniform(void)
{
    state += 0x9e3779b97f4a7c15u;
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static int below(int n)
{
    return (int)(uniform() * n);
}

static void vertex(hot_shapes *s, double x, double y)
{
    assert_int_equal(hot_shapes_add(s, x, y), HOT_OK);
}

static void end_ring(hot_shapes *s)
{
    assert_int_equal(hot_shapes_end_ring(s), HOT_OK);
}

static void end_part(hot_shapes *s)
{
    assert_int_equal(hot_shapes_end_part(s), HOT_OK);
}

static void end_feature(hot_shapes *s)
{
    assert_int_equal(hot_shapes_end(s), HOT_OK);
}

static void box_ring(hot_shapes *s, double west, double south, double east, double north)
{
    vertex(s, west, south);
    vertex(s, east, south);
    vertex(s, east, north);
    vertex(s, west, north);
    vertex(s, west, south);
    end_ring(s);
}

static void box_feature(hot_shapes *s, double west, double south, double east, double north)
{
    box_ring(s, west, south, east, north);
    end_part(s);
    end_feature(s);
}

/** A seeded ring of any kind, crossing itself or not; every third edge or so is level or upright.
 */
static void wild_ring(hot_shapes *s, double x0, double y0, double size, int n)
{
    size_t first = s->n_points;
    double x = x0, y = y0;
    for (int i = 0; i < n; i++) {
        int kind = below(6);
        if (kind != 0) x = x0 + size * (uniform() - 0.5);
        if (kind != 1) y = y0 + size * (uniform() - 0.5);
        if (kind == 2) x = x0 + size * (below(5) - 2) / 4;
        if (kind == 2) y = y0 + size * (below(5) - 2) / 4;
        vertex(s, x, y);
    }
    vertex(s, s->x[first], s->y[first]);
    end_ring(s);
}

static hot_within *index_of(const hot_shapes *s)
{
    hot_within *in = NULL;
    assert_int_equal(hot_within_new(s, 2, &in), HOT_OK);
    return in;
}

/* ---- the plain rule, written again ---- */

static bool passes_east(const hot_shapes *s, size_t k, double x, double y)
{
    size_t low = s->y[k] <= s->y[k + 1] ? k : k + 1, high = 2 * k + 1 - low;
    if (!(s->y[low] <= y && y < s->y[high])) return false;
    if (s->x[low] > x && s->x[high] > x) return true;
    if (s->x[low] < x && s->x[high] < x) return false;
    return hot_side_exact(s->x[low], s->y[low], s->x[high], s->y[high], x, y) > 0;
}

static bool plainly_holds(const hot_shapes *s, size_t f, double x, double y)
{
    for (size_t p = s->part[f]; p < s->part[f + 1]; p++) {
        bool odd = false;
        for (size_t r = s->ring[p]; r < s->ring[p + 1]; r++)
            for (size_t k = s->point[r]; k + 1 < s->point[r + 1]; k++)
                odd ^= passes_east(s, k, x, y);
        if (odd) return true;
    }
    return false;
}

typedef struct {
    double *x, *y;
    int32_t *area;
    size_t n, room_x, room_y;
} points;

static void point(points *p, double x, double y)
{
    assert_true(hot_grow(&p->x, &p->room_x, p->n + 1, sizeof *p->x));
    assert_true(hot_grow(&p->y, &p->room_y, p->n + 1, sizeof *p->y));
    p->x[p->n] = x;
    p->y[p->n++] = y;
}

static void points_free(points *p)
{
    hot_free(p->x);
    hot_free(p->y);
    hot_free(p->area);
}

/** The point and its eight neighbours among the doubles. */
static void point_and_beside(points *p, double x, double y)
{
    for (int i = -1; i <= 1; i++)
        for (int j = -1; j <= 1; j++)
            point(p, i ? nextafter(x, i * HUGE_VAL) : x, j ? nextafter(y, j * HUGE_VAL) : y);
}

static void points_of_edges(points *p, const hot_shapes *s, size_t step)
{
    for (size_t k = 0; k + 1 < s->n_points; k += step) {
        double t = uniform();
        point_and_beside(p, s->x[k], s->y[k]);
        point(p, (s->x[k] + s->x[k + 1]) / 2, (s->y[k] + s->y[k + 1]) / 2);
        point(p, s->x[k] + t * (s->x[k + 1] - s->x[k]), s->y[k] + t * (s->y[k + 1] - s->y[k]));
        point(p, uniform() < 0.5 ? s->x[k] : s->x[k + 1] + 1, s->y[k]);
    }
}

static void points_of_raster(points *p, const hot_within *in, int n)
{
    for (int i = 0; i < n; i++) {
        int32_t col = below(in->cols + 2) - 1, row = below(in->rows + 2) - 1;
        double x = in->box.west + col * in->side, y = in->box.south + row * in->side;
        point_and_beside(p, x, y);
        point(p, x, y + uniform() * in->side);
        point(p, x + uniform() * in->side, y + 0.5 * in->side);
        point(p, within_limit(in, col), y + 0.5 * in->side);
        point(p, x + uniform() * in->side, y + uniform() * in->side);
    }
}

/** Every answer of the index is the plain rule's. Returns the points in no feature. */
static size_t check_all(const hot_shapes *s, const hot_within *in, points *p)
{
    size_t overlaps, expected_overlaps = 0, none = 0;
    p->area = hot_new_raw(p->n, sizeof *p->area);
    assert_int_equal(hot_within_place(in, p->x, p->y, p->n, 2, p->area, &overlaps), HOT_OK);
    for (size_t i = 0; i < p->n; i++) {
        int32_t lowest = -1, holders = 0;
        for (size_t f = 0; f < s->n; f++) {
            bool holds = plainly_holds(s, f, p->x[i], p->y[i]);
            if (holds && lowest < 0) lowest = (int32_t)f;
            holders += holds;
            if (holds != hot_within_holds(in, f, p->x[i], p->y[i]))
                fail_msg("feature %zu, point %.17g %.17g", f, p->x[i], p->y[i]);
        }
        if (lowest != p->area[i])
            fail_msg("point %.17g %.17g: %d, not %d", p->x[i], p->y[i], p->area[i], lowest);
        expected_overlaps += holders > 1;
        none += lowest < 0;
    }
    assert_int_equal(overlaps, expected_overlaps);
    assert_int_equal(hot_within_place(in, p->x, p->y, p->n, 1, p->area, NULL), HOT_OK);
    for (size_t i = 0; i < p->n; i++)
        if (p->area[i] >= 0)
            assert_true(hot_within_holds(in, (size_t)p->area[i], p->x[i], p->y[i]));
    return none;
}

/** All the hard points of the shapes. */
static void check_shapes(const hot_shapes *s, size_t step, int raster)
{
    points p = {0};
    hot_within *in = index_of(s);
    points_of_edges(&p, s, step);
    points_of_raster(&p, in, raster);
    check_all(s, in, &p);
    points_free(&p);
    hot_within_free(in);
}

/* ---- tests ---- */

/** Points that plain arithmetic puts on the wrong side (Shewchuk's and Kettner's example). */
static void side_is_exact(void **unused)
{
    (void)unused;
    for (int i = 0; i < 64; i++)
        for (int j = 0; j < 64; j++) {
            double x = 0.5 + i * 0x1p-53, y = 0.5 + j * 0x1p-53;
            double side = hot_side(12, 12, 24, 24, x, y);
            int expected = (y > x) - (y < x);
            assert_int_equal((side > 0) - (side < 0), expected);
            side = hot_side_exact(24, 24, 12, 12, x, y);
            assert_int_equal((side > 0) - (side < 0), -expected);
        }
    assert_true(hot_side(0, 0, 0, 1, -1e-300, 0.5) > 0);
    assert_true(hot_side(1e7, 1e7, 1e7 + 3, 1e7 + 1, 1e7 + 1.5, 1e7 + 0.5) == 0);
}

static void square_holds_west_and_south(void **unused)
{
    (void)unused;
    static const struct {
        double x, y;
        int32_t area;
    } at[] = {{5, 5, 0},         {0, 5, 0},          {10, 5, -1},       {5, 0, 0},
              {5, 10, -1},       {0, 0, 0},          {10, 0, -1},       {0, 10, -1},
              {10, 10, -1},      {-1e-300, 0, -1},   {NAN, 5, -1},      {5, NAN, -1},
              {INFINITY, 5, -1}, {5, -INFINITY, -1}, {1e308, 1e308, -1}};
    hot_shapes s = {0};
    box_feature(&s, 0, 0, 10, 10);
    hot_within *in = index_of(&s);
    for (size_t i = 0; i < COUNT(at); i++) {
        int32_t area;
        assert_int_equal(hot_within_place(in, &at[i].x, &at[i].y, 1, 1, &area, NULL), HOT_OK);
        assert_int_equal(area, at[i].area);
        assert_int_equal(hot_within_holds(in, 0, at[i].x, at[i].y), at[i].area == 0);
    }
    hot_within_free(in);
    hot_shapes_free(&s);
}

/** A hole, an island in it as another part, and parts that overlap by mistake: their union. */
static void parts_and_holes(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    box_ring(&s, 0, 0, 10, 10);
    box_ring(&s, 2, 2, 8, 8);
    end_part(&s);
    box_ring(&s, 4, 4, 6, 6);
    end_part(&s);
    box_ring(&s, 9, 0, 12, 10);
    end_part(&s);
    end_feature(&s);
    hot_within *in = index_of(&s);
    assert_true(hot_within_holds(in, 0, 1, 1));
    assert_false(hot_within_holds(in, 0, 3, 3));
    assert_true(hot_within_holds(in, 0, 5, 5));
    assert_true(hot_within_holds(in, 0, 9.5, 5));
    assert_true(hot_within_holds(in, 0, 11, 5));
    double x = 9.5, y = 5;
    int32_t area;
    size_t overlaps;
    assert_int_equal(hot_within_place(in, &x, &y, 1, 1, &area, &overlaps), HOT_OK);
    assert_int_equal(overlaps, 0); /* two parts, one feature */
    hot_within_free(in);
    check_shapes(&s, 1, 500);
    hot_shapes_free(&s);
}

static void lowest_of_overlapping(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    box_feature(&s, 50, 50, 60, 60);
    end_feature(&s); /* without a part */
    for (int i = 0; i < 12; i++) box_feature(&s, i, i, 100 - i, 100 - i);
    hot_within *in = index_of(&s);
    double x[] = {0.5, 1.5, 30, 55, 200}, y[] = {50, 50, 30, 55, 50};
    int32_t area[5], expected[] = {2, 2, 2, 0, -1};
    size_t overlaps;
    assert_int_equal(hot_within_place(in, x, y, 5, 1, area, &overlaps), HOT_OK);
    assert_memory_equal(area, expected, sizeof area);
    assert_int_equal(overlaps, 3);
    assert_false(hot_within_holds(in, 1, 55, 55));
    hot_within_free(in);
    check_shapes(&s, 1, 300);
    hot_shapes_free(&s);
}

static void nothing_to_hold(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    double x = 0, y = 0;
    int32_t area;
    size_t overlaps;
    for (int i = 0; i < 4; i++) {
        hot_within *in = index_of(&s);
        assert_int_equal(hot_within_place(in, &x, &y, 1, 0, &area, &overlaps), HOT_OK);
        assert_int_equal(area, -1);
        assert_int_equal(overlaps, 0);
        assert_int_equal(hot_within_place(in, NULL, NULL, 0, 0, NULL, &overlaps), HOT_OK);
        hot_within_free(in);
        if (i == 1) end_part(&s);     /* then a part without a ring */
        if (i == 2) end_ring(&s);     /* a ring without a vertex */
        if (i == 2) vertex(&s, 0, 0); /* and one of a single vertex, at the asked place */
        if (i == 2) end_ring(&s);
        if (i == 2) end_part(&s);
        end_feature(&s);
    }
    hot_within_free(NULL);
    hot_shapes_free(&s);
}

/** Wild rings, alone and many on top of each other, in degrees, in metres far out, and so small and
 *  far out that the doubles are coarse. */
static void same_as_plain_rule(void **unused)
{
    (void)unused;
    static const struct {
        double x, y, size;
        int features, parts, rings, vertices;
    } set[] = {{-1.5, 53.8, 0.5, 1, 1, 1, 9},    {-1.5, 53.8, 0.5, 6, 2, 2, 8},
               {4.3e5, 4.4e5, 2e4, 8, 1, 1, 40}, {1e7, -1e7, 3, 5, 2, 1, 30},
               {1e7, 1e7, 4e-8, 3, 1, 1, 12},    {0, 0, 1e-30, 3, 1, 2, 12},
               {0, 0, 1e99, 3, 1, 1, 12},        {5e5, 5e5, 1e5, 40, 1, 1, 6}};
    for (size_t i = 0; i < COUNT(set); i++) {
        hot_shapes s = {0};
        state = i;
        for (int f = 0; f < set[i].features; f++) {
            for (int p = 0; p < set[i].parts; p++) {
                double x = set[i].x + set[i].size * uniform(), y = set[i].y;
                for (int r = 0; r < set[i].rings; r++)
                    wild_ring(&s, x, y, set[i].size * (0.2 + uniform()), set[i].vertices);
                end_part(&s);
            }
            end_feature(&s);
        }
        check_shapes(&s, 1, 300);
        hot_shapes_free(&s);
    }
}

/** 255 vertices on whole numbers in a box of 16 make a raster whose lines are those numbers, but
 * for rounding: vertices on the corners of cells, edges along their sides. */
static void vertices_on_the_raster(void **unused)
{
    (void)unused;
    for (uint64_t seed = 0; seed < 12; seed++) {
        hot_shapes s = {0};
        points p = {0};
        state = seed;
        box_feature(&s, 0, 0, 16, 16);
        for (int f = 0; f < 10; f++) {
            int x = below(17), y = below(17);
            for (int i = 0; i < 24; i++) {
                vertex(&s, x = abs(x + below(5) - 2) % 17, y = abs(y + below(3) - 1) % 17);
            }
            vertex(&s, s.x[s.n_points - 24], s.y[s.n_points - 24]);
            end_ring(&s);
            end_part(&s);
            end_feature(&s);
        }
        hot_within *in = index_of(&s);
        assert_int_equal(in->cells, 256);
        for (int i = 0; i < 17 * 17; i++) {
            int col = i % 17, row = i / 17;
            point_and_beside(&p, col, row);
            point(&p, col + uniform(), row);
            point(&p, col, row + uniform());
            point(&p, within_limit(in, col), row + 0.5);
            point(&p, nextafter(within_limit(in, col) - in->slack, 0), row + 0.5);
        }
        check_all(&s, in, &p);
        points_free(&p);
        hot_within_free(in);
        hot_shapes_free(&s);
    }
}

/** Triangles that meet at one vertex, with points all around it. */
static void fan_round_a_vertex(void **unused)
{
    (void)unused;
    enum { N = 37 };
    hot_shapes s = {0};
    double x0 = 431234.5678, y0 = 433210.9876;
    for (int i = 0; i < N; i++) {
        double a = 6.283185307179586 * i / N, b = 6.283185307179586 * ((i + 1) % N) / N;
        vertex(&s, x0, y0);
        vertex(&s, x0 + 100 * cos(a), y0 + 100 * sin(a));
        vertex(&s, x0 + 100 * cos(b), y0 + 100 * sin(b));
        vertex(&s, x0, y0);
        end_ring(&s);
        end_part(&s);
        end_feature(&s);
    }
    hot_within *in = index_of(&s);
    points p = {0};
    for (int i = -8; i <= 8; i++)
        for (int j = -8; j <= 8; j++) point(&p, x0 + i * 0x1p-34, y0 + j * 0x1p-34);
    size_t n = p.n, overlaps;
    assert_int_equal(check_all(&s, in, &p), 0);
    assert_int_equal(hot_within_place(in, p.x, p.y, n, 1, p.area, &overlaps), HOT_OK);
    assert_int_equal(overlaps, 0);
    points_free(&p);
    hot_within_free(in);
    hot_shapes_free(&s);
}

/* ---- a tiling: every point is counted once (W19) ---- */

enum { SIDES = 8, STEPS = 5 };

static void tile_node(int col, int row, double *x, double *y)
{
    state = (uint64_t)row * 1000 + (uint64_t)col;
    bool inner = col > 0 && col < SIDES && row > 0 && row < SIDES;
    *x = 1000 * (col + (inner ? 0.5 * (uniform() - 0.5) : 0));
    *y = 1000 * (row + (inner ? 0.5 * (uniform() - 0.5) : 0));
}

/** The way between two nodes, the same vertices in both directions, without the last one. */
static void tile_side(hot_shapes *s, int c0, int r0, int c1, int r1)
{
    bool back = c0 + r0 > c1 + r1, wiggles = c0 == c1 ? c0 % SIDES != 0 : r0 % SIDES != 0;
    double ax, ay, bx, by;
    tile_node(back ? c1 : c0, back ? r1 : r0, &ax, &ay);
    tile_node(back ? c0 : c1, back ? r0 : r1, &bx, &by);
    for (int i = 0; i < STEPS; i++) {
        int k = back ? STEPS - i : i;
        double t = (double)k / STEPS, off = wiggles && k % STEPS ? 0.05 * (k % 2 ? 1 : -1) : 0;
        if (k == STEPS)
            vertex(s, bx, by);
        else
            vertex(s, ax + t * (bx - ax) - off * (by - ay), ay + t * (by - ay) + off * (bx - ax));
    }
}

static void tile(hot_shapes *s)
{
    for (int r = 0; r < SIDES; r++)
        for (int c = 0; c < SIDES; c++) {
            size_t first = s->n_points;
            tile_side(s, c, r, c + 1, r);
            tile_side(s, c + 1, r, c + 1, r + 1);
            tile_side(s, c + 1, r + 1, c, r + 1);
            tile_side(s, c, r + 1, c, r);
            vertex(s, s->x[first], s->y[first]);
            end_ring(s);
            end_part(s);
            end_feature(s);
        }
}

static void tiling_counts_every_point_once(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    tile(&s);
    hot_within *in = index_of(&s);
    points p = {0};
    points_of_edges(&p, &s, 1);
    points_of_raster(&p, in, 200);
    size_t outside = 0, overlaps;
    for (size_t i = 0; i < p.n; i++)
        outside += !(p.x[i] >= 0 && p.x[i] < 1000 * SIDES && p.y[i] >= 0 && p.y[i] < 1000 * SIDES);
    assert_int_equal(check_all(&s, in, &p), outside);
    assert_int_equal(hot_within_place(in, p.x, p.y, p.n, 1, p.area, &overlaps), HOT_OK);
    assert_int_equal(overlaps, 0);
    points_free(&p);
    hot_within_free(in);
    hot_shapes_free(&s);
}

static void same_for_any_threads(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    tile(&s);
    hot_within *one = NULL, *five = NULL;
    assert_int_equal(hot_within_new(&s, 1, &one), HOT_OK);
    assert_int_equal(hot_within_new(&s, 5, &five), HOT_OK);
    assert_int_equal(one->cells, five->cells);
    assert_memory_equal(one->cell, five->cell, (one->cells + 2) * sizeof *one->cell);
    assert_memory_equal(one->run, five->run, one->cell[one->cells].first * sizeof *one->run);
    hot_frame frame;
    assert_int_equal(hot_frame_fit(-100, -100, 8100, 8100, 40, 0, &frame), HOT_OK);
    size_t n = (size_t)hot_frame_size(&frame);
    uint8_t *a = hot_new(n, 1), *b = hot_new(n, 1);
    assert_int_equal(hot_within_mask(one, &frame, 1, a), HOT_OK);
    assert_int_equal(hot_within_mask(five, &frame, 3, b), HOT_OK);
    assert_memory_equal(a, b, n);
    hot_free(a);
    hot_free(b);
    hot_within_free(one);
    hot_within_free(five);
    hot_shapes_free(&s);
}

/** So many points that they are sorted, also where there is no memory for that. */
static void many_points_are_placed_as_few(void **unused)
{
    (void)unused;
    enum { N = 40000 };
    hot_shapes s = {0};
    tile(&s);
    box_feature(&s, 500, 500, 3000, 9000);
    hot_within *in = index_of(&s);
    double *x = hot_new(N, sizeof *x), *y = hot_new(N, sizeof *y);
    int32_t *few = hot_new(N, sizeof *few), *many = hot_new(N, sizeof *many);
    size_t part, expected = 0, overlaps;
    state = 11;
    for (size_t i = 0; i < N; i++) {
        x[i] = i % 999 ? 9000 * uniform() - 500 : NAN;
        y[i] = i % 998 ? 9500 * uniform() - 500 : NAN;
    }
    for (size_t i = 0; i < N; i += 1000) {
        assert_int_equal(hot_within_place(in, x + i, y + i, 1000, 1, few + i, &part), HOT_OK);
        expected += part;
    }
    for (int k = 0; k < 4; k++) {
        hot_memory_fail_after(k == 3 ? 0 : -1);
        assert_int_equal(hot_within_place(in, x, y, N, k, many, &overlaps), HOT_OK);
        hot_memory_fail_after(-1);
        assert_memory_equal(few, many, N * sizeof *few);
        assert_int_equal(overlaps, expected);
        memset(many, 0, N * sizeof *many);
    }
    hot_free(x);
    hot_free(y);
    hot_free(few);
    hot_free(many);
    hot_within_free(in);
    hot_shapes_free(&s);
}

/** Also a frame wider than a block of points. */
static void mask_is_the_centres(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    box_ring(&s, 0, 0, 3000, 10);
    box_ring(&s, 1000, 3, 2500, 7);
    end_part(&s);
    end_feature(&s);
    hot_within *in = index_of(&s);
    hot_frame frame;
    assert_int_equal(hot_frame_fit(0, 0, 3000, 10, 2, 3, &frame), HOT_OK);
    uint8_t *inside = hot_new((size_t)hot_frame_size(&frame), 1);
    assert_int_equal(hot_within_mask(in, &frame, 2, inside), HOT_OK);
    for (int32_t row = 0; row < frame.rows; row++)
        for (int32_t col = 0; col < frame.cols; col++)
            assert_int_equal(
                inside[row * frame.cols + col],
                plainly_holds(&s, 0, hot_frame_x(&frame, col), hot_frame_y(&frame, row)));
    hot_free(inside);
    hot_within_free(in);
    hot_shapes_free(&s);
}

/** Edges that all cross the whole box would need n^1.5 runs in a raster sized by their number. */
static void long_edges_stay_linear(void **unused)
{
    (void)unused;
    enum { N = 20000 };
    hot_shapes s = {0};
    state = 7;
    for (int i = 0; i < N; i++) vertex(&s, i % 2 ? 0 : 1000, 1000 * uniform());
    vertex(&s, s.x[0], s.y[0]);
    end_ring(&s);
    end_part(&s);
    end_feature(&s);
    hot_within *in = index_of(&s);
    assert_true(in->cell[in->cells].first <= 16 * N);
    points p = {0};
    points_of_raster(&p, in, 1);
    check_all(&s, in, &p);
    points_free(&p);
    hot_within_free(in);
    hot_shapes_free(&s);
}

/** A level line's box has no height, an upright one's no width. */
static void flat_areas(void **unused)
{
    (void)unused;
    for (int upright = 0; upright < 2; upright++) {
        hot_shapes s = {0};
        box_feature(&s, 0, 0, upright ? 0 : 10, upright ? 10 : 0);
        check_shapes(&s, 1, 50);
        hot_shapes_free(&s);
    }
}

static void refuses_what_is_no_polygon(void **unused)
{
    (void)unused;
    static const double wrong[] = {NAN, INFINITY, -INFINITY, 1.1e100};
    hot_within *in = NULL;
    for (size_t i = 0; i < 2 * COUNT(wrong); i++) {
        hot_shapes s = {0};
        box_feature(&s, 0, 0, 1, 1);
        (i % 2 ? s.x : s.y)[2] = wrong[i / 2];
        assert_int_equal(hot_within_new(&s, 1, &in), HOT_DOMAIN);
        hot_shapes_free(&s);
    }
    hot_shapes open = {0};
    box_feature(&open, 0, 0, 1, 1);
    open.y[4] = 0.5;
    assert_int_equal(hot_within_new(&open, 1, &in), HOT_DOMAIN);
    hot_shapes_free(&open);
    hot_shapes huge = {.n_points = ((size_t)1 << 28) + 1}; /* refused before it is read */
    assert_int_equal(hot_within_new(&huge, 1, &in), HOT_DOMAIN);
    huge = (hot_shapes){.n_parts = (size_t)1 << 32};
    assert_int_equal(hot_within_new(&huge, 1, &in), HOT_DOMAIN);
    assert_null(in);
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    hot_within *in = NULL;
    tile(&s);
    long n = 0;
    for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
        hot_memory_fail_after(n);
        status = hot_within_new(&s, 2, &in);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK ? in != NULL : status == HOT_MEMORY && in == NULL);
    }
    assert_in_range(n, 5, 20);
    hot_within_free(in);
    hot_shapes_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(side_is_exact),
        cmocka_unit_test(square_holds_west_and_south),
        cmocka_unit_test(parts_and_holes),
        cmocka_unit_test(lowest_of_overlapping),
        cmocka_unit_test(nothing_to_hold),
        cmocka_unit_test(same_as_plain_rule),
        cmocka_unit_test(vertices_on_the_raster),
        cmocka_unit_test(fan_round_a_vertex),
        cmocka_unit_test(tiling_counts_every_point_once),
        cmocka_unit_test(same_for_any_threads),
        cmocka_unit_test(many_points_are_placed_as_few),
        cmocka_unit_test(mask_is_the_centres),
        cmocka_unit_test(long_edges_stay_linear),
        cmocka_unit_test(flat_areas),
        cmocka_unit_test(refuses_what_is_no_polygon),
        cmocka_unit_test(every_request_may_fail),
    };
    return cmocka_run_group_tests_name("within", tests, NULL, NULL);
}
