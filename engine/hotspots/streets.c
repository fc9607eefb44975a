#include "engine/hotspots/streets.h"

#include <math.h>
#include <stdbool.h>

#include "engine/base/memory.h"

/** What every piece of a street is asked for. */
typedef struct {
    const hot_plots *plots;
    double reach;
    double *least; /* [places] square of the distance to the nearest street so far */
    int32_t *nearest;
} search;

typedef struct {
    double ax, ay, dx, dy, length;
    int32_t street;
} edge;

static double distance2(const edge *e, double x, double y)
{
    double px = x - e->ax, py = y - e->ay, length2 = e->length * e->length;
    double along = length2 > 0 ? (px * e->dx + py * e->dy) / length2 : 0;
    along = fmin(fmax(along, 0), 1);
    double off_x = px - along * e->dx, off_y = py - along * e->dy;
    return off_x * off_x + off_y * off_y;
}

static void ask_row(const search *s, const edge *e, int32_t row, int32_t west, int32_t east)
{
    uint32_t from, to;
    hot_plots_run(s->plots, row, west, east, &from, &to);
    for (uint32_t i = from; i < to; i++) {
        double d2 = distance2(e, s->plots->x[i], s->plots->y[i]);
        if (d2 > s->reach * s->reach || d2 >= s->least[i]) continue;
        s->least[i] = d2;
        s->nearest[i] = e->street;
    }
}

static int32_t cell_of(const search *s, double v)
{
    return (int32_t)fmin(fmax(floor(v / s->reach), -0x1p30), 0x1p30);
}

/** The squares round the part of an edge from share `from` to share `to` of its length. */
static void ask_piece(const search *s, const edge *e, double from, double to)
{
    double x0 = e->ax + from * e->dx, x1 = e->ax + to * e->dx;
    double y0 = e->ay + from * e->dy, y1 = e->ay + to * e->dy, more = s->reach * 1.001;
    int32_t west = cell_of(s, fmin(x0, x1) - more), east = cell_of(s, fmax(x0, x1) + more);
    int32_t north = cell_of(s, fmax(y0, y1) + more);
    for (int32_t row = cell_of(s, fmin(y0, y1) - more); row <= north; row++)
        ask_row(s, e, row, west, east);
}

/** A long edge goes by pieces as long as the reach, so that a slanting one does not ask for all the
 *  squares of its box. */
static void ask_edge(const search *s, const edge *e)
{
    int64_t pieces = (int64_t)fmin(fmax(ceil(e->length / s->reach), 1), 0x1p40);
    for (int64_t k = 0; k < pieces; k++)
        ask_piece(s, e, (double)k / (double)pieces, (double)(k + 1) / (double)pieces);
}

static edge edge_at(const hot_shapes *streets, size_t i, size_t f)
{
    edge e = {.ax = streets->x[i], .ay = streets->y[i], .street = (int32_t)f};
    e.dx = streets->x[i + 1] - e.ax;
    e.dy = streets->y[i + 1] - e.ay;
    e.length = sqrt(e.dx * e.dx + e.dy * e.dy);
    return e;
}

/** The lines of feature f: ring *first .. *last - 1. */
static void lines_of(const hot_shapes *streets, size_t f, size_t *first, size_t *last)
{
    *first = *last = 0;
    if (streets->part[f] == streets->part[f + 1]) return;
    *first = streets->ring[streets->part[f]];
    *last = streets->ring[streets->part[f + 1]];
}

hot_status hot_streets_nearest(const hot_shapes *streets, const hot_plots *plots, double reach,
                               int32_t *nearest)
{
    search s = {plots, reach, hot_new_raw(plots->n, sizeof *s.least), nearest};
    if (!s.least) return HOT_MEMORY;
    for (uint32_t i = 0; i < plots->n; i++) {
        s.least[i] = INFINITY;
        nearest[i] = -1;
    }
    for (size_t f = 0; f < streets->n; f++) {
        size_t first, last;
        lines_of(streets, f, &first, &last);
        for (size_t r = first; r < last; r++)
            for (size_t i = streets->point[r]; i + 1 < streets->point[r + 1]; i++) {
                edge e = edge_at(streets, i, f);
                ask_edge(&s, &e);
            }
    }
    hot_free(s.least);
    return HOT_OK;
}

static double length_of(const hot_shapes *streets, size_t f)
{
    double sum = 0;
    size_t first, last;
    lines_of(streets, f, &first, &last);
    for (size_t r = first; r < last; r++)
        for (size_t i = streets->point[r]; i + 1 < streets->point[r + 1]; i++)
            sum += edge_at(streets, i, f).length;
    return sum;
}

double hot_streets_area(const hot_shapes *streets, size_t f, double reach)
{
    size_t first, last;
    lines_of(streets, f, &first, &last);
    double ends = (double)(last - first) * acos(-1) * reach * reach;
    return 2 * reach * length_of(streets, f) + ends;
}

hot_point hot_streets_middle(const hot_shapes *streets, size_t f)
{
    double half = length_of(streets, f) / 2;
    hot_point at = {NAN, NAN, 0};
    size_t first, last;
    lines_of(streets, f, &first, &last);
    for (size_t r = first; r < last; r++)
        for (size_t i = streets->point[r]; i + 1 < streets->point[r + 1]; i++) {
            edge e = edge_at(streets, i, f);
            double along = e.length > 0 ? fmin(half / e.length, 1) : 0;
            if (half >= 0) at = (hot_point){e.ax + along * e.dx, e.ay + along * e.dy, 0};
            half -= e.length;
        }
    return at;
}
