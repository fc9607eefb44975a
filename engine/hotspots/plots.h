/** @file plots.h
 *  Incidents as distinct places, laid into cells: squares, hexagons, or the streets they belong to.
 */
#ifndef HOT_HOTSPOTS_PLOTS_H
#define HOT_HOTSPOTS_PLOTS_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/hotspots/hotspots.h"

/** `= {0}` is empty; free with hot_plots_free. Places are in the order of their cells (by row, then
 *  column), in a cell by x, then y: whatever the order of the points. */
typedef struct {
    uint32_t n;         /**< distinct places */
    double *x, *y;      /**< [n] m */
    uint64_t *weight;   /**< [n] in `quantum` */
    uint32_t *count;    /**< [n] incidents */
    double quantum;     /**< a power of two; all weights together are below 2^53 of it */
    uint32_t *place;    /**< [points] of each point; UINT32_MAX = none */
    uint32_t n_cells;   /**< those with a place */
    int32_t *row, *col; /**< [n_cells] */
    uint32_t *first;    /**< [n_cells + 1] places of cell c are first[c] .. first[c + 1] - 1 */
} hot_plots;

/** A row of this is no cell. */
#define HOT_PLOTS_NONE INT32_MIN

/** Lay them.
 *  @param points    finite where row is a cell; those left out have no cell, whatever row says
 *  @param row, col  [points->n] cell of each point
 *  @return HOT_OK; HOT_MEMORY (*plots untouched)
 *  Cost O(n log n)    Memory some 100 bytes a point, half of it while at work */
HOT_MUST_USE hot_status hot_plots_new(const hot_hotspot_points *points, const int32_t *row,
                                      const int32_t *col, hot_plots *plots);
void hot_plots_free(hot_plots *plots);

/** The first cell that does not come before (row, col); n_cells where there is none.
 *  Cost O(log n) */
uint32_t hot_plots_at(const hot_plots *plots, int32_t row, int64_t col);

/** The places of a row from one column to another, both included: place[*from] .. place[*to - 1].
 *  Cost O(log n) */
void hot_plots_run(const hot_plots *plots, int32_t row, int32_t west, int32_t east, uint32_t *from,
                   uint32_t *to);

#endif
