/* Point in polygon against GEOS: 1M seeded points in 8,330 polygons of about 190 vertices that tile
 * a plane with shared, wiggly edges. Prints a table of medians of five and of ratios taken in this
 * run; ends with 1 only if the answers differ. Link: engine, geos_c, m, OpenMP.
 *
 *     bench_within [points [polygons-file points-file]]
 *
 * The files are for a server to load: "number TAB polygon as text", "x TAB y TAB number" (-1 = in
 * none). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <geos_c.h>

#include "engine/base/memory.h"
#include "engine/space/within.h"

enum { COLS = 98, ROWS = 85, ACROSS = 48, ALONG = 47, TIMES = 5 };
static const double SIDE = 1000, WEST = 300000, SOUTH = 200000, TURN = 6.283185307179586;

typedef struct {
    double x, y;
} spot;

static uint64_t mixed(uint64_t z)
{
    z += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double uniform(uint64_t seed)
{
    return (double)(mixed(seed) >> 11) * 0x1p-53;
}

static spot node(int col, int row)
{
    uint64_t seed = ((uint64_t)row << 20 | (uint64_t)col) * 2;
    return (spot){WEST + SIDE * (col + 0.4 * (uniform(seed) - 0.5)),
                  SOUTH + SIDE * (row + 0.4 * (uniform(seed + 1) - 0.5))};
}

/** Vertex i of `n` between two nodes: a wave and a jitter across, both zero at the nodes. */
static spot between(spot a, spot b, int i, int n, uint64_t seed)
{
    double t = (double)i / n, wide = sin(t * TURN / 2);
    double off = wide * (0.06 * sin(t * TURN * 3 + 9 * uniform(seed)) +
                         0.02 * (uniform(seed + (uint64_t)i) - 0.5));
    return (spot){a.x + t * (b.x - a.x) - off * (b.y - a.y),
                  a.y + t * (b.y - a.y) + off * (b.x - a.x)};
}

static spot on_row_line(int col, int row, int i)
{
    if (i == ACROSS) return node(col + 1, row);
    return between(node(col, row), node(col + 1, row), i, ACROSS,
                   ((uint64_t)row << 20 | (uint64_t)col) << 12);
}

static spot on_col_line(int col, int row, int i)
{
    if (i == ALONG) return node(col, row + 1);
    return between(node(col, row), node(col, row + 1), i, ALONG,
                   (((uint64_t)row << 20 | (uint64_t)col) << 12) + (1ull << 50));
}

static void need(hot_status status)
{
    if (status == HOT_OK) return;
    fprintf(stderr, "bench_within: status %d\n", status);
    exit(2);
}

static void add(hot_shapes *s, spot p)
{
    need(hot_shapes_add(s, p.x, p.y));
}

static void add_polygon(hot_shapes *s, int col, int row)
{
    for (int i = 0; i < ACROSS; i++) add(s, on_row_line(col, row, i));
    for (int i = 0; i < ALONG; i++) add(s, on_col_line(col + 1, row, i));
    for (int i = ACROSS; i > 0; i--) add(s, on_row_line(col, row + 1, i));
    for (int i = ALONG; i >= 0; i--) add(s, on_col_line(col, row, i));
    need(hot_shapes_end_ring(s));
    need(hot_shapes_end_part(s));
    need(hot_shapes_end(s));
}

static double now(void)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v)
{
    qsort(v, TIMES, sizeof *v, by_value);
    return v[TIMES / 2];
}

typedef struct {
    double build, place;
} seconds;

static seconds ours(const hot_shapes *areas, const spot *at, size_t n, int threads, int32_t *area)
{
    double build[TIMES], place[TIMES], *x = malloc(n * sizeof *x), *y = malloc(n * sizeof *y);
    size_t overlaps = 0;
    for (size_t i = 0; i < n; i++) {
        x[i] = at[i].x;
        y[i] = at[i].y;
    }
    for (int i = 0; i < TIMES; i++) {
        hot_within *in;
        double t0 = now();
        need(hot_within_new(areas, threads, &in));
        double t1 = now();
        need(hot_within_place(in, x, y, n, threads, area, &overlaps));
        build[i] = t1 - t0;
        place[i] = now() - t1;
        hot_within_free(in);
    }
    printf("hotbeat, %d thread%s: overlaps %zu\n", threads, threads > 1 ? "s" : "", overlaps);
    free(x);
    free(y);
    return (seconds){median(build), median(place)};
}

typedef struct {
    GEOSContextHandle_t geos;
    const GEOSGeometry *point;
    int32_t lowest;
} question;

typedef struct {
    const GEOSPreparedGeometry *prepared;
    int32_t index;
} candidate;

static void ask(void *item, void *data)
{
    const candidate *c = item;
    question *q = data;
    if (q->lowest >= 0 && q->lowest < c->index) return;
    if (GEOSPreparedIntersects_r(q->geos, c->prepared, q->point)) q->lowest = c->index;
}

static GEOSGeometry *polygon_of(GEOSContextHandle_t geos, const hot_shapes *s, size_t f)
{
    size_t from = s->point[f], n = s->point[f + 1] - from;
    GEOSCoordSequence *c = GEOSCoordSeq_create_r(geos, (unsigned)n, 2);
    for (unsigned i = 0; i < n; i++)
        GEOSCoordSeq_setXY_r(geos, c, i, s->x[from + i], s->y[from + i]);
    return GEOSGeom_createPolygon_r(geos, GEOSGeom_createLinearRing_r(geos, c), NULL, 0);
}

/** A prepared geometry builds its index at the first question: count that as building. */
static void warm_up(GEOSContextHandle_t geos, const GEOSPreparedGeometry *prepared,
                    const GEOSGeometry *polygon)
{
    GEOSGeometry *centroid = GEOSGetCentroid_r(geos, polygon);
    GEOSPreparedIntersects_r(geos, prepared, centroid);
    GEOSGeom_destroy_r(geos, centroid);
}

static seconds peer_once(GEOSContextHandle_t g, GEOSGeometry **polygon, size_t n_polygons,
                         const spot *at, size_t n, int32_t *area)
{
    candidate *all = malloc(n_polygons * sizeof *all);
    double t0 = now();
    GEOSSTRtree *tree = GEOSSTRtree_create_r(g, 10);
    for (size_t f = 0; f < n_polygons; f++) {
        all[f] = (candidate){GEOSPrepare_r(g, polygon[f]), (int32_t)f};
        GEOSSTRtree_insert_r(g, tree, polygon[f], &all[f]);
    }
    for (size_t f = 0; f < n_polygons; f++) warm_up(g, all[f].prepared, polygon[f]);
    double t1 = now();
    for (size_t i = 0; i < n; i++) {
        GEOSGeometry *point = GEOSGeom_createPointFromXY_r(g, at[i].x, at[i].y);
        question q = {g, point, -1};
        GEOSSTRtree_query_r(g, tree, point, ask, &q);
        area[i] = q.lowest;
        GEOSGeom_destroy_r(g, point);
    }
    seconds s = {t1 - t0, now() - t1};
    GEOSSTRtree_destroy_r(g, tree);
    for (size_t f = 0; f < n_polygons; f++) GEOSPreparedGeom_destroy_r(g, all[f].prepared);
    free(all);
    return s;
}

static seconds peer(const hot_shapes *areas, const spot *at, size_t n, int32_t *area)
{
    GEOSContextHandle_t g = GEOS_init_r();
    GEOSGeometry **polygon = malloc(areas->n * sizeof *polygon);
    double build[TIMES], place[TIMES];
    size_t invalid = 0;
    for (size_t f = 0; f < areas->n; f++) {
        polygon[f] = polygon_of(g, areas, f);
        invalid += GEOSisValid_r(g, polygon[f]) != 1;
    }
    if (invalid) printf("%zu polygons are not valid\n", invalid);
    for (int i = 0; i < TIMES; i++) {
        seconds s = peer_once(g, polygon, areas->n, at, n, area);
        build[i] = s.build;
        place[i] = s.place;
    }
    for (size_t f = 0; f < areas->n; f++) GEOSGeom_destroy_r(g, polygon[f]);
    free(polygon);
    GEOS_finish_r(g);
    return (seconds){median(build), median(place)};
}

static void print_row(const char *what, seconds s, size_t n, double reference)
{
    printf("| %-22s | %8.4f | %8.4f | %7.1f | %6.1fx |\n", what, s.build, s.place,
           1e9 * s.place / (double)n, reference / s.place);
}

static size_t differing(const int32_t *a, const int32_t *b, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += a[i] != b[i];
    return count;
}

static FILE *opened(const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f) need(HOT_SYSTEM);
    return f;
}

static void closed(FILE *f)
{
    if (fclose(f)) need(HOT_SYSTEM);
}

static void write_polygons(const hot_shapes *s, const char *path)
{
    FILE *f = opened(path);
    for (size_t p = 0; p < s->n; p++) {
        fprintf(f, "%zu\tPOLYGON((", p);
        for (size_t i = s->point[p]; i < s->point[p + 1]; i++)
            fprintf(f, "%s%.17g %.17g", i > s->point[p] ? "," : "", s->x[i], s->y[i]);
        fprintf(f, "))\n");
    }
    closed(f);
}

static void write_points(const spot *at, const int32_t *area, size_t n, const char *path)
{
    FILE *f = opened(path);
    for (size_t i = 0; i < n; i++) fprintf(f, "%.17g\t%.17g\t%d\n", at[i].x, at[i].y, area[i]);
    closed(f);
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    hot_shapes areas = {0};
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLS; col++) add_polygon(&areas, col, row);
    spot *at = malloc(n * sizeof *at);
    for (size_t i = 0; i < n; i++) {
        uint64_t seed = ((uint64_t)1 << 60) + 2 * i;
        at[i] = (spot){WEST + COLS * SIDE * uniform(seed), SOUTH + ROWS * SIDE * uniform(seed + 1)};
    }
    int32_t *one = malloc(n * sizeof *one), *two = malloc(n * sizeof *two),
            *theirs = malloc(n * sizeof *theirs);
    printf("%zu points, %zu polygons, %zu vertices\n", n, areas.n, areas.n_points);
    seconds s1 = ours(&areas, at, n, 1, one), s2 = ours(&areas, at, n, 2, two);
    seconds geos = peer(&areas, at, n, theirs);
    printf("| %-22s | build, s | place, s | ns each | faster  |\n", "median of five");
    print_row("GEOS prepared, STRtree", geos, n, geos.place);
    print_row("hotbeat, 1 thread", s1, n, geos.place);
    print_row("hotbeat, 2 threads", s2, n, geos.place);
    size_t threads_differ = differing(one, two, n), peers_differ = differing(one, theirs, n);
    printf("answers that differ: 1 and 2 threads %zu, GEOS %zu\n", threads_differ, peers_differ);
    if (argc > 3) {
        write_polygons(&areas, argv[2]);
        write_points(at, one, n, argv[3]);
    }
    hot_shapes_free(&areas);
    free(at);
    free(one);
    free(two);
    free(theirs);
    return threads_differ || peers_differ;
}
