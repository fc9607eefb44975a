#include "layers/write/rtree.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/space/radix.h"

/* ---- the order ---- */

/** Where a cell of a square of 65,536 by 65,536 comes on the Hilbert curve. In the lower quarters
 * the curve lies with x and y swapped, and in the right one turned over as well; without branches,
 *  which would be guessed wrong as often as not. */
static uint32_t along(uint32_t x, uint32_t y)
{
    uint32_t at = 0, swapped = 0, turned = 0;
    for (int k = 15; k >= 0; k--) {
        uint32_t right = x >> k & 1, up = y >> k & 1;
        uint32_t both = ((right ^ up) & swapped) ^ turned;
        right ^= both;
        up ^= both;
        at = at << 2 | ((3 * right) ^ up);
        turned ^= right & ~up;
        swapped ^= ~up & 1;
    }
    return at;
}

typedef struct {
    double least, scale;
} span;

/** From the least to the greatest value in 65,536 steps. */
static span span_of(const double *value, uint32_t n)
{
    double least = value[0], most = value[0];
    for (uint32_t i = 1; i < n; i++) {
        if (value[i] < least) least = value[i];
        if (value[i] > most) most = value[i];
    }
    return (span){least, most > least ? 65535 / (most - least) : 0};
}

static uint32_t step(span s, double value)
{
    double at = (value - s.least) * s.scale;
    return at < 65535 ? (uint32_t)at : 65535; /* an infinite width gives no number: the last */
}

/** Along the curve; points of one cell by their number. */
static hot_status put_in_order(hot_rtree *t)
{
    uint64_t *spare = hot_new_raw(t->n, sizeof *spare);
    t->order = hot_new_raw(t->n, sizeof *t->order);
    bool room = spare && t->order;
    if (room && t->n) {
        span across = span_of(t->x, t->n), up = span_of(t->y, t->n);
        for (uint32_t i = 0; i < t->n; i++)
            t->order[i] = (uint64_t)along(step(across, t->x[i]), step(up, t->y[i])) << 32 | i;
        hot_radix_sort(t->order, spare, t->n, UINT32_MAX);
    }
    hot_free(spare);
    return room ? HOT_OK : HOT_MEMORY;
}

/* ---- the levels ---- */

/** How many nodes hold so many cells. */
static uint32_t nodes_for(uint32_t cells)
{
    return cells / HOT_RTREE_CELLS + (cells % HOT_RTREE_CELLS != 0);
}

/** From the leaves up to the root, then numbered from the root down. */
static void lay_out(hot_rtree *t)
{
    uint32_t up[HOT_RTREE_LEVELS];
    up[0] = t->n ? nodes_for(t->n) : 1;
    for (t->levels = 1; up[t->levels - 1] > 1; t->levels++)
        up[t->levels] = nodes_for(up[t->levels - 1]);
    for (int k = 0; k < t->levels; k++) {
        t->count[k] = up[t->levels - 1 - k];
        t->first[k] = t->nodes + 1;
        t->nodes += t->count[k];
    }
}

static int level_of(const hot_rtree *t, uint32_t number)
{
    int level = 0;
    while (number - t->first[level] >= t->count[level]) level++;
    return level;
}

/** The cells of a node, as places in the order (a leaf) or numbers of nodes: the first of them. */
static uint32_t cells_of(const hot_rtree *t, uint32_t number, uint32_t *first)
{
    int level = level_of(t, number);
    bool leaf = level + 1 == t->levels;
    uint32_t before = (number - t->first[level]) * HOT_RTREE_CELLS;
    uint32_t left = (leaf ? t->n : t->count[level + 1]) - before;
    *first = (leaf ? 0 : t->first[level + 1]) + before;
    return left < HOT_RTREE_CELLS ? left : HOT_RTREE_CELLS;
}

static bool is_leaf(const hot_rtree *t, uint32_t number)
{
    return number >= t->first[t->levels - 1];
}

/* ---- boxes ---- */

/** SQLite rounds outwards by one part in 2^23 where a double is no float. */
static float rounded_down(double d)
{
    float f = (float)d;
    if ((double)f > d) f = (float)(d * (d < 0 ? 1.0 + 1.0 / 8388608.0 : 1.0 - 1.0 / 8388608.0));
    return f;
}

static float rounded_up(double d)
{
    float f = (float)d;
    if ((double)f < d) f = (float)(d * (d < 0 ? 1.0 - 1.0 / 8388608.0 : 1.0 + 1.0 / 8388608.0));
    return f;
}

/** The box of one cell. */
static hot_rtree_box cell_box(const hot_rtree *t, bool leaf, uint32_t cell)
{
    if (!leaf) return t->box[cell - 1];
    uint32_t i = (uint32_t)t->order[cell];
    return (hot_rtree_box){rounded_down(t->x[i]), rounded_up(t->x[i]), rounded_down(t->y[i]),
                           rounded_up(t->y[i])};
}

static void widen(hot_rtree_box *box, hot_rtree_box by)
{
    if (by.west < box->west) box->west = by.west;
    if (by.east > box->east) box->east = by.east;
    if (by.south < box->south) box->south = by.south;
    if (by.north > box->north) box->north = by.north;
}

static void close_node(hot_rtree *t, uint32_t number)
{
    uint32_t first, cells = cells_of(t, number, &first);
    bool leaf = is_leaf(t, number);
    hot_rtree_box box = cells ? cell_box(t, leaf, first) : (hot_rtree_box){0, 0, 0, 0};
    for (uint32_t k = 0; k < cells; k++) {
        widen(&box, cell_box(t, leaf, first + k));
        if (leaf) t->leaf[(uint32_t)t->order[first + k]] = number;
    }
    t->box[number - 1] = box;
}

static hot_status pack(hot_rtree *t)
{
    HOT_TRY(put_in_order(t));
    lay_out(t);
    t->leaf = hot_new_raw(t->n, sizeof *t->leaf);
    t->box = hot_new_raw(t->nodes, sizeof *t->box);
    if (!t->leaf || !t->box) return HOT_MEMORY;
    for (uint32_t number = t->nodes; number; number--) close_node(t, number);
    return HOT_OK;
}

hot_status hot_rtree_pack(const double *x, const double *y, uint32_t n, hot_rtree *tree)
{
    *tree = (hot_rtree){.n = n, .x = x, .y = y};
    hot_status status = pack(tree);
    if (status != HOT_OK) hot_rtree_free(tree);
    return status;
}

void hot_rtree_free(hot_rtree *t)
{
    hot_free(t->order);
    hot_free(t->leaf);
    hot_free(t->box);
    *t = (hot_rtree){0};
}

/* ---- as bytes, the first the most significant ---- */

static unsigned char *put(unsigned char *at, uint64_t value, int bytes)
{
    for (int k = bytes; k-- > 0;) *at++ = (unsigned char)(value >> (8 * k));
    return at;
}

static unsigned char *put_float(unsigned char *at, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return put(at, bits, 4);
}

void hot_rtree_node(const hot_rtree *t, uint32_t number, unsigned char bytes[HOT_RTREE_BYTES])
{
    uint32_t first, cells = cells_of(t, number, &first);
    bool leaf = is_leaf(t, number);
    unsigned char *at = put(bytes, number == 1 ? (uint64_t)(t->levels - 1) : 0, 2);
    at = put(at, cells, 2);
    for (uint32_t k = first; k < first + cells; k++) {
        hot_rtree_box box = cell_box(t, leaf, k);
        at = put(at, leaf ? (t->order[k] & UINT32_MAX) + 1 : k, 8);
        at = put_float(at, box.west);
        at = put_float(at, box.east);
        at = put_float(at, box.south);
        at = put_float(at, box.north);
    }
    memset(at, 0, (size_t)(bytes + HOT_RTREE_BYTES - at));
}

uint32_t hot_rtree_parent(const hot_rtree *t, uint32_t number)
{
    int level = level_of(t, number);
    return t->first[level - 1] + (number - t->first[level]) / HOT_RTREE_CELLS;
}
