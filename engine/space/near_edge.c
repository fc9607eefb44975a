#include "engine/space/near_edge.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"

/** Points by the cells of a grid over them. */
typedef struct {
    const int32_t *area;
    const double *x, *y;
    uint8_t *near;
    double within, west, south, cell;
    int64_t cols, rows;
    uint32_t *start; /* [cols * rows + 1] */
    uint32_t *point; /* [points asked] by cell */
} grid;

static bool box_of(const grid *g, size_t n, hot_box *box)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (g->area[i] < 0) continue;
        if (!any) *box = (hot_box){g->x[i], g->y[i], g->x[i], g->y[i]};
        any = true;
        box->west = fmin(box->west, g->x[i]);
        box->east = fmax(box->east, g->x[i]);
        box->south = fmin(box->south, g->y[i]);
        box->north = fmax(box->north, g->y[i]);
    }
    return any;
}

static void lay(grid *g, const hot_box *box)
{
    double wide = box->east - box->west, high = box->north - box->south;
    g->west = box->west;
    g->south = box->south;
    g->cell = 2 * g->within;
    while ((floor(wide / g->cell) + 1) * (floor(high / g->cell) + 1) > HOT_NEAR_EDGE_CELLS)
        g->cell *= 2;
    g->cols = (int64_t)(wide / g->cell) + 1;
    g->rows = (int64_t)(high / g->cell) + 1;
}

static size_t cell_of(const grid *g, size_t i)
{
    int64_t col = (int64_t)((g->x[i] - g->west) / g->cell);
    int64_t row = (int64_t)((g->y[i] - g->south) / g->cell);
    return (size_t)(row * g->cols + col);
}

/** Counting sort. Afterwards cell c has point[start[c] .. start[c + 1]). */
static hot_status fill(grid *g, size_t n)
{
    size_t cells = (size_t)(g->cols * g->rows);
    g->start = hot_new(cells + 2, sizeof *g->start);
    g->point = hot_new_raw(n, sizeof *g->point);
    if (!g->start || !g->point) return HOT_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (g->area[i] >= 0) g->start[cell_of(g, i) + 2]++;
    for (size_t c = 2; c < cells + 2; c++) g->start[c] += g->start[c - 1];
    for (size_t i = 0; i < n; i++)
        if (g->area[i] >= 0) g->point[g->start[cell_of(g, i) + 1]++] = (uint32_t)i;
    return HOT_OK;
}

typedef struct {
    double ax, ay, dx, dy, length2;
    int32_t area;
} edge;

static bool reaches(const grid *g, const edge *e, size_t i)
{
    double px = g->x[i] - e->ax, py = g->y[i] - e->ay;
    double along = e->length2 > 0 ? (px * e->dx + py * e->dy) / e->length2 : 0;
    along = fmin(fmax(along, 0), 1);
    double off_x = px - along * e->dx, off_y = py - along * e->dy;
    return off_x * off_x + off_y * off_y <= g->within * g->within;
}

static int64_t clamped(double v, int64_t n)
{
    return v < 0 ? 0 : v >= (double)n ? n - 1 : (int64_t)v;
}

static void mark_row(const grid *g, const edge *e, int64_t row, int64_t from, int64_t to)
{
    const uint32_t *first = g->point + g->start[row * g->cols + from];
    const uint32_t *last = g->point + g->start[row * g->cols + to + 1];
    for (const uint32_t *p = first; p < last; p++)
        if (g->area[*p] == e->area && !g->near[*p]) g->near[*p] = reaches(g, e, *p);
}

/** The cells round the part of an edge from share `from` to share `to` of its length. */
static void mark_piece(const grid *g, const edge *e, double from, double to)
{
    double x0 = e->ax + from * e->dx, x1 = e->ax + to * e->dx;
    double y0 = e->ay + from * e->dy, y1 = e->ay + to * e->dy, more = g->within * 1.001;
    double west = (fmin(x0, x1) - more - g->west) / g->cell;
    double east = (fmax(x0, x1) + more - g->west) / g->cell;
    double south = (fmin(y0, y1) - more - g->south) / g->cell;
    double north = (fmax(y0, y1) + more - g->south) / g->cell;
    if (east < 0 || north < 0 || west >= (double)g->cols || south >= (double)g->rows) return;
    for (int64_t row = clamped(south, g->rows); row <= clamped(north, g->rows); row++)
        mark_row(g, e, row, clamped(west, g->cols), clamped(east, g->cols));
}

/** A long edge goes by pieces of a cell's length, so that a slanting one does not ask for all the
 *  cells of its box. */
static void mark_edge(const grid *g, const edge *e)
{
    double pieces = fmax(1, ceil(sqrt(e->length2) / g->cell));
    for (int64_t k = 0; k < (int64_t)pieces; k++)
        mark_piece(g, e, (double)k / pieces, (double)(k + 1) / pieces);
}

static void mark_feature(const grid *g, const hot_shapes *s, size_t f)
{
    if (s->part[f] == s->part[f + 1]) return;
    for (size_t r = s->ring[s->part[f]]; r < s->ring[s->part[f + 1]]; r++)
        for (size_t i = s->point[r]; i + 1 < s->point[r + 1]; i++) {
            edge e = {.ax = s->x[i], .ay = s->y[i], .area = (int32_t)f};
            e.dx = s->x[i + 1] - e.ax;
            e.dy = s->y[i + 1] - e.ay;
            e.length2 = e.dx * e.dx + e.dy * e.dy;
            mark_edge(g, &e);
        }
}

hot_status hot_near_edge(const hot_shapes *areas, const int32_t *area, const double *x,
                         const double *y, size_t n, double within, uint8_t *near)
{
    grid g = {.area = area, .x = x, .y = y, .near = near, .within = within};
    hot_box box = {0};
    memset(near, 0, n);
    if (!box_of(&g, n, &box)) return HOT_OK;
    lay(&g, &box);
    hot_status status = fill(&g, n);
    for (size_t f = 0; f < areas->n && status == HOT_OK; f++) mark_feature(&g, areas, f);
    hot_free(g.start);
    hot_free(g.point);
    return status;
}
