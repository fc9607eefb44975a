#include "engine/space/nearby.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/space/radix.h"

/** The least and most of n >= 1 numbers; false where one is not finite. */
static bool bounds(const double *v, size_t n, double *least, double *most)
{
    *least = *most = v[0];
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(v[i])) return false;
        if (v[i] < *least) *least = v[i];
        if (v[i] > *most) *most = v[i];
    }
    return true;
}

/** Sort the items, a number of a point each, by the cell of its coordinate. */
static void sort_along(const double *v, double least, double most, double side, uint64_t *item,
                       uint64_t *spare, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t point = (uint32_t)item[i];
        item[i] = (uint64_t)((v[point] - least) / side) << 32 | point;
    }
    hot_radix_sort(item, spare, n, (uint64_t)((most - least) / side));
}

/** What stands for the numbers of rows and columns while the grid is laid. */
typedef struct {
    double west, east, south, north, side;
} extent;

static uint32_t row_of(const extent *e, double y)
{
    return (uint32_t)((y - e->south) / e->side);
}

static uint32_t col_of(const extent *e, double x)
{
    return (uint32_t)((x - e->west) / e->side);
}

/** Cells and rows of the points in order. */
static void find_cells(const extent *e, hot_nearby *g)
{
    for (size_t i = 0; i < g->n; i++) {
        uint32_t row = row_of(e, g->y[i]), col = col_of(e, g->x[i]);
        bool begins = g->rows == 0 || row != g->row[g->rows - 1];
        if (begins) {
            g->row_first[g->rows] = g->cells;
            g->row[g->rows++] = row;
        }
        if (!begins && col == g->col[g->cells - 1]) continue;
        g->first[g->cells] = (uint32_t)i;
        g->col[g->cells++] = col;
    }
    g->row_first[g->rows] = g->cells;
    g->first[g->cells] = (uint32_t)g->n;
}

static hot_status lay(const double *x, const double *y, const extent *e, uint64_t *item,
                      uint64_t *spare, hot_nearby *g)
{
    uint32_t n = (uint32_t)g->n;
    g->point = hot_new_raw(n, sizeof *g->point);
    g->x = hot_new_raw(n, sizeof *g->x);
    g->y = hot_new_raw(n, sizeof *g->y);
    g->first = hot_new_raw(g->n + 1, sizeof *g->first);
    g->col = hot_new_raw(n, sizeof *g->col);
    g->row = hot_new_raw(n, sizeof *g->row);
    g->row_first = hot_new_raw(g->n + 1, sizeof *g->row_first);
    if (!item || !spare || !g->point || !g->x || !g->y || !g->first || !g->col || !g->row ||
        !g->row_first)
        return HOT_MEMORY;
    for (uint32_t i = 0; i < n; i++) item[i] = i;
    sort_along(x, e->west, e->east, e->side, item, spare, n);
    sort_along(y, e->south, e->north, e->side, item, spare, n);
    for (uint32_t i = 0; i < n; i++) {
        g->point[i] = (uint32_t)item[i];
        g->x[i] = x[g->point[i]];
        g->y[i] = y[g->point[i]];
    }
    find_cells(e, g);
    return HOT_OK;
}

hot_status hot_nearby_new(const double *x, const double *y, size_t n, double side, hot_nearby *grid)
{
    const double most = 4294967280.0;
    extent e = {.side = side};
    *grid = (hot_nearby){0};
    if (!(side > 0) || !isfinite(side) || n >= UINT32_MAX) return HOT_DOMAIN;
    if (n && (!bounds(x, n, &e.west, &e.east) || !bounds(y, n, &e.south, &e.north)))
        return HOT_DOMAIN;
    if (!((e.east - e.west) / side < most) || !((e.north - e.south) / side < most))
        return HOT_DOMAIN;
    hot_nearby g = {.n = n};
    uint64_t *item = hot_new_raw(n, sizeof *item), *spare = hot_new_raw(n, sizeof *spare);
    hot_status status = lay(x, y, &e, item, spare, &g);
    hot_free(item);
    hot_free(spare);
    if (status != HOT_OK) hot_nearby_free(&g);
    *grid = g;
    return status;
}

void hot_nearby_free(hot_nearby *g)
{
    hot_free(g->point);
    hot_free(g->x);
    hot_free(g->y);
    hot_free(g->first);
    hot_free(g->col);
    hot_free(g->row);
    hot_free(g->row_first);
    *g = (hot_nearby){0};
}

void hot_nearby_begin(const hot_nearby *g, size_t r, hot_nearby_walk *walk)
{
    memset(walk, 0, sizeof *walk);
    size_t from = r < HOT_NEARBY_REACH ? 0 : r - HOT_NEARBY_REACH;
    for (size_t q = from; q < g->rows && q <= r + HOT_NEARBY_REACH; q++) {
        int64_t apart = (int64_t)g->row[q] - (int64_t)g->row[r];
        if (apart < -HOT_NEARBY_REACH || apart > HOT_NEARBY_REACH) continue;
        int k = (int)apart + HOT_NEARBY_REACH;
        walk->at[k] = walk->to[k] = g->row_first[q];
        walk->end[k] = g->row_first[q + 1];
    }
}
