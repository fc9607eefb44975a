/* Rings of any bytes as areas: the index agrees with whole-number arithmetic over every edge, and
 * what GEOS makes of them is valid.
 *
 * The coordinates are small whole numbers times a power of two, so that the plain rule is exact in
 * 64 bits: nothing here is shared with the code that is tested. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "engine/space/within.h"
#include "layers/read/polygon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { VERTICES = 96, FEATURES = 32 };

/** Vertices as whole numbers, in the order of the shapes' x and y. */
typedef struct {
    int64_t x[2 * VERTICES], y[2 * VERTICES];
    double scale;
    hot_shapes shapes;
    size_t ring_begins;
} drawing;

static void must(bool holds)
{
    if (!holds) abort();
}

static void vertex(drawing *d, int64_t x, int64_t y)
{
    d->x[d->shapes.n_points] = x;
    d->y[d->shapes.n_points] = y;
    must(hot_shapes_add(&d->shapes, (double)x * d->scale, (double)y * d->scale) == HOT_OK);
}

static void ring_end(drawing *d)
{
    size_t first = d->ring_begins;
    if (d->shapes.n_points > first) vertex(d, d->x[first], d->y[first]);
    must(hot_shapes_end_ring(&d->shapes) == HOT_OK);
    d->ring_begins = d->shapes.n_points;
}

/** Three bytes a vertex: what ends behind it, x, y; rarely, the grid is made wider. */
static void draw(drawing *d, const uint8_t *data, size_t size)
{
    static const double scale[] = {1, 0x1p-40, 0x1p60, 0x1p-3, 0x1p17, 1, 1, 1};
    d->scale = size ? scale[data[0] & 7] : 1;
    for (size_t k = 1; k + 2 < size && k / 3 < VERTICES && d->shapes.n < FEATURES; k += 3) {
        int64_t wide = data[k] & 8 ? 1009 : 1;
        vertex(d, wide * (int8_t)data[k + 1], wide * (int8_t)data[k + 2]);
        if (!(data[k] & 7)) continue;
        ring_end(d);
        if ((data[k] & 7) > 1) must(hot_shapes_end_part(&d->shapes) == HOT_OK);
        if ((data[k] & 7) > 3) must(hot_shapes_end(&d->shapes) == HOT_OK);
    }
    ring_end(d);
    must(hot_shapes_end_part(&d->shapes) == HOT_OK && hot_shapes_end(&d->shapes) == HOT_OK);
}

/* ---- the plain rule in whole numbers; points are given in halves ---- */

static bool passes_east(const drawing *d, size_t k, int64_t px, int64_t py)
{
    int64_t ax = 2 * d->x[k], ay = 2 * d->y[k], bx = 2 * d->x[k + 1], by = 2 * d->y[k + 1];
    if ((ay <= py) == (by <= py)) return false;
    int64_t side = (bx - ax) * (py - ay) - (px - ax) * (by - ay);
    return ay < by ? side > 0 : side < 0;
}

static bool holds(const drawing *d, size_t f, int64_t px, int64_t py)
{
    const hot_shapes *s = &d->shapes;
    for (size_t p = s->part[f]; p < s->part[f + 1]; p++) {
        bool odd = false;
        for (size_t r = s->ring[p]; r < s->ring[p + 1]; r++)
            for (size_t k = s->point[r]; k + 1 < s->point[r + 1]; k++)
                odd ^= passes_east(d, k, px, py);
        if (odd) return true;
    }
    return false;
}

static void point_holds(const drawing *d, const hot_within *in, int64_t px, int64_t py)
{
    double x = (double)px / 2 * d->scale, y = (double)py / 2 * d->scale;
    int32_t area = -2, lowest = -1;
    size_t overlaps = 9, n = 0;
    for (size_t f = d->shapes.n; f-- > 0;) {
        bool inside = holds(d, f, px, py);
        must(hot_within_holds(in, f, x, y) == inside);
        if (inside) lowest = (int32_t)f, n++;
    }
    must(hot_within_place(in, &x, &y, 1, 1, &area, &overlaps) == HOT_OK);
    must(area == lowest && overlaps == (n > 1));
}

static void index_holds(const drawing *d)
{
    hot_within *in = NULL;
    must(hot_within_new(&d->shapes, 1, &in) == HOT_OK);
    for (size_t k = 0; k < d->shapes.n_points; k++) {
        size_t other = (k + 1) % d->shapes.n_points;
        int64_t x = d->x[k], y = d->y[k];
        point_holds(d, in, 2 * x, 2 * y);
        point_holds(d, in, 2 * x + 1, 2 * y - 1);
        point_holds(d, in, x + d->x[other], y + d->y[other]);
    }
    hot_within_free(in);
}

/* ---- validity ---- */

static void rings_are_closed(const hot_shapes *s)
{
    for (size_t r = 0; r < s->n_rings; r++) {
        size_t first = s->point[r], last = s->point[r + 1] - 1;
        must(last >= first + 3 && s->x[first] == s->x[last] && s->y[first] == s->y[last]);
    }
}

static void validity_holds(const drawing *d, size_t f)
{
    hot_shapes once = {0}, twice = {0};
    bool repaired = false, again = true;
    hot_repair repair = {{0}, 0, 0};
    double x, y;
    hot_status status = hot_polygon_valid(&d->shapes, f, &once, &repaired, &repair);
    must(status == HOT_OK || (status == HOT_INPUT && repair.reason[0]));
    if (status == HOT_OK) {
        must(once.n == 1);
        rings_are_closed(&once);
        must(!repaired || repair.reason[0]);
        must(hot_shapes_area(&once, 0) > 0);
        must(hot_polygon_valid(&once, 0, &twice, &again, &repair) == HOT_OK && !again);
        must(hot_polygon_inside(&once, 0, &x, &y) == HOT_OK && isfinite(x) && isfinite(y));
    }
    hot_shapes_free(&once);
    hot_shapes_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static drawing d;
    memset(&d, 0, sizeof d);
    draw(&d, data, size);
    index_holds(&d);
    for (size_t f = 0; f < d.shapes.n; f++) validity_holds(&d, f);
    hot_shapes_free(&d.shapes);
    return 0;
}
