/* How far outside the study area a point lies. */
#include "layers/judge_parts.h"

#include <math.h>

#include "engine/base/memory.h"

enum { STRETCH = 64 };

static double squared(double a)
{
    return a * a;
}

/** Squared distance of a point from the edge between vertices k and k + 1. */
static double to_edge(const hot_shapes *s, size_t k, double x, double y)
{
    double ex = s->x[k + 1] - s->x[k], ey = s->y[k + 1] - s->y[k];
    double px = x - s->x[k], py = y - s->y[k];
    double length = squared(ex) + squared(ey);
    double t = length > 0 ? (px * ex + py * ey) / length : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return squared(px - t * ex) + squared(py - t * ey);
}

static double to_box(hot_box b, double x, double y)
{
    double dx = x < b.west ? b.west - x : x > b.east ? x - b.east : 0;
    double dy = y < b.south ? b.south - y : y > b.north ? y - b.north : 0;
    return squared(dx) + squared(dy);
}

static hot_box box_of(const hot_shapes *s, size_t from, size_t to)
{
    hot_box b = {s->x[from], s->y[from], s->x[from], s->y[from]};
    for (size_t k = from; k <= to; k++) {
        b.west = fmin(b.west, s->x[k]);
        b.east = fmax(b.east, s->x[k]);
        b.south = fmin(b.south, s->y[k]);
        b.north = fmax(b.north, s->y[k]);
    }
    return b;
}

hot_status hot_edges_new(const hot_shapes *shapes, hot_edges *edges)
{
    size_t most = shapes->n_points / STRETCH + shapes->n_rings + 1;
    hot_edges e = {.shapes = shapes, .stretch = hot_new(most, sizeof *e.stretch)};
    if (!e.stretch) return HOT_MEMORY;
    for (size_t r = 0; r < shapes->n_rings; r++)
        for (size_t k = shapes->point[r]; k + 1 < shapes->point[r + 1]; k += STRETCH) {
            size_t last = shapes->point[r + 1] - 1, to = k + STRETCH < last ? k + STRETCH : last;
            e.stretch[e.n++] = (hot_stretch){k, to, box_of(shapes, k, to)};
        }
    *edges = e;
    return HOT_OK;
}

void hot_edges_free(hot_edges *edges)
{
    hot_free(edges->stretch);
    *edges = (hot_edges){0};
}

double hot_edges_distance(const hot_edges *e, double x, double y, double most)
{
    double best = squared(most);
    for (size_t i = 0; i < e->n; i++) {
        if (to_box(e->stretch[i].box, x, y) >= best) continue;
        for (size_t k = e->stretch[i].from; k < e->stretch[i].to; k++)
            best = fmin(best, to_edge(e->shapes, k, x, y));
    }
    return sqrt(best);
}

double hot_distance_outside(const hot_shapes *shapes, double x, double y, double most)
{
    double best = squared(most);
    for (size_t r = 0; r < shapes->n_rings; r++)
        for (size_t k = shapes->point[r]; k + 1 < shapes->point[r + 1]; k++)
            best = fmin(best, to_edge(shapes, k, x, y));
    return sqrt(best);
}
