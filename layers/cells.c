#include "layers/cells.h"

#include <math.h>
#include <string.h>

#include "engine/space/radix.h"
#include "layers/coarse.h"

static bool is_inside(const hot_study *s, size_t point)
{
    return s->bounding == SIZE_MAX || s->sets[s->bounding].area_of[point] >= 0;
}

/** Points inside, without those that stand for a larger area than a square.
 *  @param placed  [points] out: 1 = lies in a square */
static void find_placed(const hot_study *s, uint8_t *placed)
{
    const hot_incidents *t = &s->loaded.incidents;
    for (size_t k = 0; k < s->loaded.points.n; k++) placed[k] = is_inside(s, k);
    for (size_t i = 0; i < t->n; i++)
        if (t->precision_m[i] > HOT_COARSE_M || (s->coarse && s->coarse[i]))
            placed[t->point[i]] = 0;
}

/** The placed points, by the number of their row of squares; points come by x, and so within a row
 *  do these.
 *  @param item  [points] out: row in the upper half, point in the lower */
static hot_status order_points(const hot_study *s, const uint8_t *placed, double side,
                               uint64_t *item, uint64_t *spare, uint32_t *n, double *first)
{
    const hot_points *p = &s->loaded.points;
    double least = INFINITY, most = -INFINITY;
    *n = 0;
    for (size_t k = 0; k < p->n; k++) {
        if (!placed[k]) continue;
        least = fmin(least, floor(p->y[k] / side));
        most = fmax(most, floor(p->y[k] / side));
    }
    if (!(most >= least)) return HOT_OK;
    if (most - least > UINT32_MAX) return HOT_DOMAIN;
    for (size_t k = 0; k < p->n; k++)
        if (placed[k]) item[(*n)++] = (uint64_t)(floor(p->y[k] / side) - least) << 32 | k;
    hot_radix_sort(item, spare, *n, (uint64_t)(most - least));
    *first = least;
    return HOT_OK;
}

static hot_status number_points(const hot_study *s, const uint64_t *item, uint32_t n, double first,
                                hot_cells *c)
{
    const hot_points *p = &s->loaded.points;
    c->west = hot_new_raw(n, sizeof *c->west);
    c->south = hot_new_raw(n, sizeof *c->south);
    if (!c->west || !c->south) return HOT_MEMORY;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t point = (uint32_t)item[k];
        double west = floor(p->x[point] / c->side) * c->side;
        double south = (first + (double)(item[k] >> 32)) * c->side;
        if (c->n == 0 || c->west[c->n - 1] != west || c->south[c->n - 1] != south) {
            c->west[c->n] = west;
            c->south[c->n++] = south;
        }
        c->cell_of[point] = (int32_t)(c->n - 1);
    }
    return HOT_OK;
}

hot_status hot_cells_new(const hot_study *s, double side, hot_cells *cells)
{
    size_t n = s->loaded.points.n;
    hot_cells c = {.side = side};
    *cells = (hot_cells){0};
    if (!(side >= HOT_CELLS_SMALLEST)) return HOT_DOMAIN;
    uint32_t inside = 0;
    double first = 0;
    uint64_t *item = hot_new_raw(n, sizeof *item), *spare = hot_new_raw(n, sizeof *spare);
    uint8_t *placed = hot_new_raw(n, 1);
    c.cell_of = hot_new_raw(n, sizeof *c.cell_of);
    hot_status status = item && spare && placed && c.cell_of ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) {
        memset(c.cell_of, 0xff, n * sizeof *c.cell_of);
        find_placed(s, placed);
        status = order_points(s, placed, side, item, spare, &inside, &first);
    }
    if (status == HOT_OK) status = number_points(s, item, inside, first, &c);
    hot_free(item);
    hot_free(spare);
    hot_free(placed);
    if (status != HOT_OK) hot_cells_free(&c);
    *cells = c;
    return status;
}

void hot_cells_free(hot_cells *c)
{
    hot_free(c->west);
    hot_free(c->south);
    hot_free(c->cell_of);
    *c = (hot_cells){0};
}

hot_status hot_cells_add(const hot_cells *c, size_t k, hot_shapes *shapes)
{
    double w = c->west[k], s = c->south[k], e = w + c->side, n = s + c->side;
    const double x[] = {w, e, e, w, w}, y[] = {s, s, n, n, s};
    for (size_t i = 0; i < 5; i++) HOT_TRY(hot_shapes_add(shapes, x[i], y[i]));
    HOT_TRY(hot_shapes_end_ring(shapes));
    HOT_TRY(hot_shapes_end_part(shapes));
    return hot_shapes_end(shapes);
}
