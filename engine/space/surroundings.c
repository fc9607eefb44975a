#include "engine/space/surroundings.h"

#include <math.h>
#include <stdlib.h>

#include "engine/base/memory.h"

typedef struct {
    double x;
    uint32_t point;
} placed;

static int by_x(const void *a, const void *b)
{
    const placed *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return p->point < q->point ? -1 : p->point > q->point;
}

/** The first that is not west of a line. */
static size_t first_from(const placed *list, size_t n, double west)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list[middle].x < west)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double square(double v)
{
    return v * v;
}

/** Squared distance of a point to the edge that begins at vertex i. */
static double edge_distance2(const hot_shapes *s, size_t i, double x, double y)
{
    double px = x - s->x[i], py = y - s->y[i];
    double dx = s->x[i + 1] - s->x[i], dy = s->y[i + 1] - s->y[i];
    double length2 = dx * dx + dy * dy;
    double along = length2 > 0 ? fmin(fmax((px * dx + py * dy) / length2, 0), 1) : 0;
    return square(px - along * dx) + square(py - along * dy);
}

static int is_round(const hot_shapes *s, size_t f, double x, double y, double within)
{
    for (size_t r = s->ring[s->part[f]]; r < s->ring[s->part[f + 1]]; r++)
        for (size_t i = s->point[r]; i + 1 < s->point[r + 1]; i++)
            if (edge_distance2(s, i, x, y) <= square(within)) return 1;
    return 0;
}

static hot_status add(hot_surroundings *out, size_t *n, uint32_t point)
{
    if (!hot_grow(&out->point, &out->room, *n + 1, sizeof *out->point)) return HOT_MEMORY;
    out->point[(*n)++] = point;
    return HOT_OK;
}

/** What lies round feature f. */
static hot_status look_round(const hot_shapes *s, size_t f, const placed *list, size_t n_list,
                             const double *y, double within, hot_surroundings *out, size_t *n)
{
    hot_box box;
    if (hot_shapes_box(s, f, &box) != HOT_OK) return HOT_OK;
    for (size_t k = first_from(list, n_list, box.west - within);
         k < n_list && list[k].x <= box.east + within; k++) {
        double north = y[list[k].point];
        if (north < box.south - within || north > box.north + within) continue;
        if (is_round(s, f, list[k].x, north, within)) HOT_TRY(add(out, n, list[k].point));
    }
    return HOT_OK;
}

static hot_status look(const hot_shapes *s, const placed *list, size_t n_list, const double *y,
                       double within, hot_surroundings *out)
{
    size_t n = 0;
    out->start = hot_new(s->n + 1, sizeof *out->start);
    if (!out->start) return HOT_MEMORY;
    for (size_t f = 0; f < s->n; f++) {
        HOT_TRY(look_round(s, f, list, n_list, y, within, out, &n));
        out->start[f + 1] = n;
    }
    return HOT_OK;
}

hot_status hot_surroundings_new(const hot_shapes *areas, const double *x, const double *y,
                                const uint8_t *asked, size_t n, double within,
                                hot_surroundings *out)
{
    hot_surroundings found = {0};
    size_t n_list = 0;
    placed *list = hot_new_raw(n, sizeof *list);
    if (!list) return HOT_MEMORY;
    for (size_t k = 0; k < n; k++)
        if (asked[k]) list[n_list++] = (placed){x[k], (uint32_t)k};
    if (n_list) qsort(list, n_list, sizeof *list, by_x);
    hot_status status = look(areas, list, n_list, y, within, &found);
    hot_free(list);
    if (status == HOT_OK)
        *out = found;
    else
        hot_surroundings_free(&found);
    return status;
}

void hot_surroundings_free(hot_surroundings *s)
{
    hot_free(s->start);
    hot_free(s->point);
    *s = (hot_surroundings){0};
}
