/** @file within_index.h
 *  The insides of hot_within, shared by the files that build it and the one that asks it.
 *
 *  Why the edges of a cell are enough. Take a part, a point p of the cell and the fixed point q at
 *  the cell's middle height on the line x = limit, just east of the cell. Going from p east to that
 *  line and along it to q, the parity changes at each edge crossed, and all of these touch the
 * cell. For an edge write c(p) = 1 if it passes east of p (side.h) and b(v) = 1 if its end v is
 * beyond the line and above p. c + b(v) + b(w), mod 2, is the crossing of the way plus a term that
 * does not depend on p; along a run of edges the b of the vertices between them cancel. So
 *      parity(p) = parity(q) + S(q) + S(p),  S = sum of c over the edges of the runs
 *                                              + sum of b over the two ends of every run
 *  and parity(q) + S(q) is kept with the part's first run in the cell. An edge listed without need
 *  adds the same to both and does no harm, so the listing may err on the safe side, and does: by
 *  twice `slack`, while `limit` lies one slack east of the cell and rounding is far below one.
 */
#ifndef HOT_SPACE_WITHIN_INDEX_H
#define HOT_SPACE_WITHIN_INDEX_H

#include "engine/space/side.h"
#include "engine/space/within.h"

/** Consecutive edges of one ring that touch a cell: from vertex `first` to vertex first + edges. */
typedef struct {
    uint32_t part, first, edges;
    uint32_t odd; /**< of the part's first run in the cell: parity(q) + S(q); of the others 0 */
} within_run;

typedef struct {
    uint32_t first; /**< run; the cell's runs end where the next cell's begin, sorted by part */
    int32_t whole;  /**< lowest feature with a part around the cell and no edge of it inside, or -1;
                         -2 - that feature where another one is around the cell as well */
} within_cell;

static inline bool within_is_deep(const within_cell *c)
{
    return c->whole < -1;
}

static inline int32_t within_whole(const within_cell *c)
{
    return within_is_deep(c) ? -2 - c->whole : c->whole;
}

struct hot_within {
    const hot_shapes *areas;
    hot_box box;
    double side, per; /**< side of a cell and its inverse */
    double slack;     /**< in sides of a cell */
    int32_t cols, rows;
    size_t cells;      /**< cols * rows, row 0 south */
    within_cell *cell; /**< [cells + 2]: cell number `cells` is everything outside the box */
    within_run *run;
    int32_t *feature; /**< [n_parts] */
};

/** The runs that touch the cells of every row, for building. In a row they are sorted by part;
 * until they are sorted by column, `odd` holds that. */
typedef struct {
    size_t *first; /**< [rows + 1] run */
    within_run *run;
} hot_within_rows;

/** `rows` is empty before, and is to be freed whatever the status: HOT_OK or HOT_MEMORY. */
HOT_MUST_USE hot_status hot_within_rows_list(const hot_within *in, int threads,
                                             hot_within_rows *rows);
void hot_within_rows_free(hot_within_rows *rows);

/** x of the line just east of column `col` (-1: just east of the raster's west side). */
static inline double within_limit(const hot_within *in, int32_t col)
{
    return in->box.west + (col + 1 + in->slack) * in->side;
}

/** b of the file's comment. */
static inline uint32_t within_beyond(const hot_shapes *s, size_t v, double limit, double py)
{
    return (uint32_t)(s->x[v] > limit && py < s->y[v]);
}

/** As within_run_east, edge by edge, exactly. */
static inline uint32_t within_run_east_exact(const hot_shapes *s, const within_run *run, double px,
                                             double py)
{
    const double *x = s->x + run->first, *y = s->y + run->first;
    uint32_t odd = 0;
    for (uint32_t k = 0; k < run->edges; k++)
        odd ^= hot_side_east(x[k], y[k], x[k + 1], y[k + 1], px, py);
    return odd;
}

/** Parity of the edges of a run that pass east of p. Without branches, which would be guessed wrong
 *  half the time; if any sign is in doubt, again with care. */
static inline uint32_t within_run_east(const hot_shapes *s, const within_run *run, double px,
                                       double py)
{
    const double *x = s->x + run->first, *y = s->y + run->first;
    uint32_t odd = 0, doubt = 0, low = y[0] <= py;
    for (uint32_t k = 0; k < run->edges; k++) {
        uint32_t next = y[k + 1] <= py, spans = low ^ next;
        double left = (x[k + 1] - x[k]) * (py - y[k]), right = (px - x[k]) * (y[k + 1] - y[k]);
        double side = left - right;
        doubt |= spans & !(fabs(side) > HOT_SIDE_ERROR * (fabs(left) + fabs(right)));
        odd ^= spans & ((side > 0) == low);
        low = next;
    }
    return doubt ? within_run_east_exact(s, run, px, py) : odd;
}

/** The b of both ends of a run. */
static inline uint32_t within_run_ends(const hot_shapes *s, const within_run *run, double limit,
                                       double py)
{
    return within_beyond(s, run->first, limit, py) ^
           within_beyond(s, (size_t)run->first + run->edges, limit, py);
}

#endif
