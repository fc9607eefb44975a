/* hot_outline on drawn maps and on seeded ones: area, cell centres, simple rings, and what GEOS
 * calls valid. Link: geos_c. */
#include "tests/check.h"

#include <geos_c.h>

#include "engine/base/memory.h"
#include "engine/space/outline.h"
#include "engine/space/within.h"

enum { SIZE = 40 };

/** A map of 50 m cells far from the origin: '#' is class 1, anything else 0. */
typedef struct {
    hot_frame frame;
    int8_t class_[SIZE * SIZE];
} map;

static map empty_map(int32_t rows, int32_t cols)
{
    assert_true(rows <= SIZE && cols <= SIZE);
    return (map){
        .frame = {.west = 430000, .north = 440000, .cell = 50, .cols = cols, .rows = rows}};
}

/** Rows are separated by a stroke. */
static map drawn(const char *text)
{
    int32_t cols = (int32_t)strcspn(text, "/"), rows = ((int32_t)strlen(text) + 1) / (cols + 1);
    map m = empty_map(rows, cols);
    for (int32_t r = 0; r < rows; r++)
        for (int32_t c = 0; c < cols; c++) m.class_[r * cols + c] = text[r * (cols + 1) + c] == '#';
    return m;
}

static map seeded(uint32_t seed, int32_t rows, int32_t cols, uint32_t of_eight)
{
    map m = empty_map(rows, cols);
    for (int32_t i = 0; i < rows * cols; i++) {
        seed = seed * 1664525u + 1013904223u;
        m.class_[i] = (seed >> 29) < of_eight;
    }
    return m;
}

static hot_shapes outlined(const map *m, int8_t value)
{
    hot_shapes s = {0};
    assert_int_equal(hot_outline(&m->frame, m->class_, value, &s), HOT_OK);
    assert_int_equal(s.n, 1);
    return s;
}

/* ---- what must hold for any map ---- */

static double ring_area(const hot_shapes *s, size_t r)
{
    double area = 0, x0 = s->x[s->point[r]];
    for (size_t k = s->point[r]; k + 1 < s->point[r + 1]; k++)
        area += (s->x[k] + s->x[k + 1] - 2 * x0) / 2 * (s->y[k + 1] - s->y[k]);
    return area;
}

/** Closed, each vertex once, a corner at every vertex, on the frame's lines. */
static void check_ring(const map *m, const hot_shapes *s, size_t r)
{
    size_t first = s->point[r], n = s->point[r + 1] - first - 1;
    const double *x = s->x + first, *y = s->y + first;
    assert_true(n >= 4 && x[0] == x[n] && y[0] == y[n]);
    for (size_t i = 0; i < n; i++) {
        size_t next = (i + 1) % n, after = (i + 2) % n;
        assert_true((x[i] == x[next]) != (y[i] == y[next]));
        assert_true((x[i] == x[next]) != (x[next] == x[after]));
        double col = (x[i] - m->frame.west) / 50, row = (m->frame.north - y[i]) / 50;
        assert_true(col == floor(col) && row == floor(row));
        for (size_t j = i + 1; j < n; j++) assert_false(x[i] == x[j] && y[i] == y[j]);
    }
}

/** The first ring of a part runs counter-clockwise, the others clockwise. */
static void check_rings(const map *m, const hot_shapes *s)
{
    for (size_t p = 0; p < s->n_parts; p++)
        for (size_t r = s->ring[p]; r < s->ring[p + 1]; r++) {
            check_ring(m, s, r);
            assert_int_equal(ring_area(s, r) > 0, r == s->ring[p]);
        }
}

static size_t check_cells(const map *m, int8_t value, const hot_shapes *s)
{
    size_t cells = 0;
    uint8_t inside[SIZE * SIZE];
    hot_within *in = NULL;
    assert_int_equal(hot_within_new(s, 1, &in), HOT_OK);
    assert_int_equal(hot_within_mask(in, &m->frame, 1, inside), HOT_OK);
    for (int32_t i = 0; i < m->frame.rows * m->frame.cols; i++) {
        assert_int_equal(inside[i], m->class_[i] == value);
        cells += m->class_[i] == value;
    }
    hot_within_free(in);
    return cells;
}

static void flood(const map *m, int8_t value, uint8_t *seen, int32_t row, int32_t col)
{
    if (row < 0 || col < 0 || row >= m->frame.rows || col >= m->frame.cols) return;
    int32_t i = row * m->frame.cols + col;
    if (seen[i] || m->class_[i] != value) return;
    seen[i] = 1;
    flood(m, value, seen, row - 1, col);
    flood(m, value, seen, row + 1, col);
    flood(m, value, seen, row, col - 1);
    flood(m, value, seen, row, col + 1);
}

static size_t count_parts(const map *m, int8_t value)
{
    uint8_t seen[SIZE * SIZE] = {0};
    size_t parts = 0;
    for (int32_t i = 0; i < m->frame.rows * m->frame.cols; i++) {
        if (seen[i] || m->class_[i] != value) continue;
        parts++;
        flood(m, value, seen, i / m->frame.cols, i % m->frame.cols);
    }
    return parts;
}

static GEOSGeometry *ring_of(GEOSContextHandle_t g, const hot_shapes *s, size_t r)
{
    size_t first = s->point[r], n = s->point[r + 1] - first;
    GEOSCoordSequence *c = GEOSCoordSeq_create_r(g, (unsigned)n, 2);
    for (unsigned i = 0; i < n; i++)
        GEOSCoordSeq_setXY_r(g, c, i, s->x[first + i], s->y[first + i]);
    return GEOSGeom_createLinearRing_r(g, c);
}

static GEOSGeometry *polygon_of(GEOSContextHandle_t g, const hot_shapes *s, size_t p)
{
    GEOSGeometry *holes[SIZE * SIZE];
    unsigned n = 0;
    for (size_t r = s->ring[p] + 1; r < s->ring[p + 1]; r++) holes[n++] = ring_of(g, s, r);
    return GEOSGeom_createPolygon_r(g, ring_of(g, s, s->ring[p]), holes, n);
}

static void check_valid(const hot_shapes *s)
{
    GEOSContextHandle_t g = GEOS_init_r();
    GEOSGeometry *parts[SIZE * SIZE];
    for (size_t p = 0; p < s->n_parts; p++) parts[p] = polygon_of(g, s, p);
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(g, GEOS_MULTIPOLYGON, parts, (unsigned)s->n_parts);
    assert_int_equal(GEOSisValid_r(g, all), 1);
    GEOSGeom_destroy_r(g, all);
    GEOS_finish_r(g);
}

static void check_map(const map *m)
{
    for (int8_t value = 0; value < 2; value++) {
        hot_shapes s = outlined(m, value);
        check_rings(m, &s);
        assert_int_equal(s.n_parts, count_parts(m, value));
        size_t cells = check_cells(m, value, &s);
        assert_true(hot_shapes_area(&s, 0) == (double)cells * 2500);
        check_valid(&s);
        hot_shapes_free(&s);
    }
}

/* ---- tests ---- */

static void drawn_maps(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        size_t parts, rings, vertices; /* of '#' */
    } at[] = {
        {"#", 1, 1, 5},
        {".", 0, 0, 0},
        {"###/###", 1, 1, 5},
        {"#./.#", 2, 2, 10}, /* two that meet at a corner */
        {".#/#.", 2, 2, 10},
        {"#.#/.#./#.#", 5, 5, 25}, /* checkerboard */
        {"###/#.#/###", 1, 2, 10}, /* ring */
        {"##./#.#/###", 1, 2, 12}, /* ring with a pinch: a touching hole */
        {".##/#.#/###", 1, 2, 12},
        {"###/#.#/##.", 1, 2, 12},
        {"###/#.#/.##", 1, 2, 12},
        {"####/#.##/##.#/####", 1, 3, 15}, /* holes that touch at a corner */
        {"####/##.#/#.##/####", 1, 3, 15},
        {"#####/#...#/#.#.#/#...#/#####", 2, 3, 15}, /* an island in a hole */
        {"######/#....#/#.##.#/#.##.#/#....#/######", 2, 3, 15},
        {"#####/##..#/#.#.#/#...#/#####", 2, 3, 17}, /* an island that touches the hole */
        {"##.##/#.#.#/.###./#.#.#/##.##", 5, 5, 41}, /* pinched on four sides */
        {"#######/#.#.#.#/##.#.##/#.#.#.#/#######", 2, 7, 43},
        {".#./###/.#.", 1, 1, 13},
    };
    for (size_t i = 0; i < COUNT(at); i++) {
        map m = drawn(at[i].text);
        hot_shapes s = outlined(&m, 1);
        if (s.n_parts != at[i].parts || s.n_rings != at[i].rings || s.n_points != at[i].vertices)
            fail_msg("%s: %zu parts, %zu rings, %zu vertices", at[i].text, s.n_parts, s.n_rings,
                     s.n_points);
        hot_shapes_free(&s);
        check_map(&m);
    }
}

/** The order and the places of all vertices. */
static void ring_with_a_pinch_exactly(void **unused)
{
    (void)unused;
    static const int at[][2] = {{0, 0}, {0, 3}, {3, 3}, {3, 1}, {2, 1}, {2, 0},
                                {0, 0}, {2, 1}, {2, 2}, {1, 2}, {1, 1}, {2, 1}};
    map m = drawn("##./#.#/###");
    hot_shapes s = outlined(&m, 1);
    size_t corner = s.n_points;
    assert_int_equal(s.point[1], 7);
    assert_int_equal(s.n_points, COUNT(at));
    for (size_t i = 0; i < 7; i++) /* the outline may begin anywhere, once and for all */
        if (s.x[i] == 430000 && s.y[i] == 440000) corner = i;
    assert_true(corner < 7);
    for (size_t i = 0; i < 6; i++) {
        size_t k = (corner + i) % 6;
        assert_true(s.x[k] == 430000 + 50 * at[i][0] && s.y[k] == 440000 - 50 * at[i][1]);
    }
    hot_shapes_free(&s);
}

static void seeded_maps(void **unused)
{
    (void)unused;
    for (uint32_t i = 0; i < 250; i++) {
        map m = seeded(i, (int32_t)(1 + i % 9), (int32_t)(1 + i / 9 % 11), 1 + i % 7);
        check_map(&m);
    }
    for (uint32_t i = 1; i < 8; i++) {
        map m = seeded(i, SIZE, SIZE, i);
        check_map(&m);
    }
}

static void appends_and_repeats(void **unused)
{
    (void)unused;
    hot_shapes s = {0};
    map m = seeded(3, 12, 17, 4), none = drawn("..");
    assert_int_equal(hot_outline(&m.frame, m.class_, 1, &s), HOT_OK);
    assert_int_equal(hot_outline(&none.frame, none.class_, 1, &s), HOT_OK);
    assert_int_equal(hot_outline(&m.frame, m.class_, 1, &s), HOT_OK);
    assert_int_equal(s.n, 3);
    assert_int_equal(s.part[1], s.part[2]);
    assert_int_equal(2 * s.part[1], s.n_parts);
    size_t half = s.n_points / 2;
    assert_memory_equal(s.x, s.x + half, half * sizeof *s.x);
    assert_memory_equal(s.y, s.y + half, half * sizeof *s.y);
    hot_shapes_free(&s);
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    map m = seeded(5, 20, 20, 4), one = drawn("#");
    hot_shapes s = outlined(&one, 1);
    long n = 0;
    for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
        hot_memory_fail_after(n);
        status = hot_outline(&m.frame, m.class_, 1, &s);
        hot_memory_fail_after(-1);
        if (status == HOT_OK) continue;
        assert_int_equal(status, HOT_MEMORY);
        assert_int_equal(s.n + s.n_parts + s.n_rings, 3);
        assert_int_equal(s.n_points, 5);
        assert_true(hot_shapes_area(&s, 0) == 2500);
    }
    assert_in_range(n, 8, 100);
    assert_int_equal(s.n, 2);
    hot_shapes_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawn_maps),
        cmocka_unit_test(ring_with_a_pinch_exactly),
        cmocka_unit_test(seeded_maps),
        cmocka_unit_test(appends_and_repeats),
        cmocka_unit_test(every_request_may_fail),
    };
    return cmocka_run_group_tests_name("outline", tests, NULL, NULL);
}
