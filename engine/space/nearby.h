/** @file nearby.h
 *  Points in the cells of a grid, so that those near one another are found without looking at all.
 */
#ifndef HOT_SPACE_NEARBY_H
#define HOT_SPACE_NEARBY_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** The points by row from the south, then column, then number, and the cells that hold any.
 *  `= {0}` is empty; free with hot_nearby_free. */
typedef struct {
    size_t n;
    uint32_t *point; /**< [n] which point stands at each position */
    double *x, *y;   /**< [n] m, by position */
    size_t cells;
    uint32_t *first; /**< [cells + 1] position of each cell's first point */
    uint32_t *col;   /**< [cells] rising within a row */
    size_t rows;
    uint32_t *row;     /**< [rows] number of each row that holds a point, rising */
    size_t *row_first; /**< [rows + 1] its first cell */
} hot_nearby;

/** @param side  m, > 0
 *  @return HOT_OK; HOT_MEMORY; HOT_DOMAIN where a coordinate is not finite or there are too many
 *  points or cells for 32 bits. *grid is then empty. Cost O(n) */
HOT_MUST_USE hot_status hot_nearby_new(const double *x, const double *y, size_t n, double side,
                                       hot_nearby *grid);
void hot_nearby_free(hot_nearby *grid);

/** Rows looked at to each side, and columns. */
enum { HOT_NEARBY_REACH = 2, HOT_NEARBY_ROWS = 2 * HOT_NEARBY_REACH + 1 };

/** A walk along one row: of each row around it the cells that are near are at[k] .. to[k] - 1, and
 *  so their points stand one behind the other. */
typedef struct {
    size_t at[HOT_NEARBY_ROWS], to[HOT_NEARBY_ROWS], end[HOT_NEARBY_ROWS];
} hot_nearby_walk;

/** Begin at the row's first cell. @param r  0 .. rows - 1, of the rows that hold a point */
void hot_nearby_begin(const hot_nearby *grid, size_t r, hot_nearby_walk *walk);

/** Move on to `cell`, of that row and not before the one it is at.  Cost O(cells passed). */
static inline void hot_nearby_move(const hot_nearby *grid, size_t cell, hot_nearby_walk *walk)
{
    uint32_t col = grid->col[cell];
    for (int k = 0; k < HOT_NEARBY_ROWS; k++) {
        size_t at = walk->at[k], to = walk->to[k], end = walk->end[k];
        while (at < end && grid->col[at] + HOT_NEARBY_REACH < col) at++;
        while (to < end && grid->col[to] <= col + HOT_NEARBY_REACH) to++;
        walk->at[k] = at;
        walk->to[k] = to;
    }
}

#endif
