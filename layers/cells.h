/** @file cells.h
 *  The squares of a grid in which anything has ever been recorded.
 */
#ifndef HOT_LAYERS_CELLS_H
#define HOT_LAYERS_CELLS_H

#include "layers/study.h"

/** Squares aligned to the multiples of their side in the analysis's coordinate system, half-open as
 *  a frame's cells are, that hold an accepted row of any type and date inside the study area.
 *  A point with a coarse position (coarse.h) is in none. `= {0}` is empty. */
typedef struct {
    double side; /**< m */
    size_t n;
    double *west, *south; /**< [n] m, multiples of the side; by south, then west */
    int32_t *cell_of;     /**< [points] the square of each point, -1 = none */
} hot_cells;

/** The least incidents in all months for a square to tell how much squares vary: of thousands with
 *  one or two, dispersion would be that of chance. */
enum { HOT_CELLS_STEADY = 12, HOT_CELLS_SMALLEST = 1 /**< m, of a side */ };

/** @param side  m
 *  @return HOT_OK; HOT_MEMORY; HOT_DOMAIN where the side is under HOT_CELLS_SMALLEST or the
 *  coordinates are too large to be numbered. *cells is
 *  then empty. Cost O(rows + points) */
HOT_MUST_USE hot_status hot_cells_new(const hot_study *study, double side, hot_cells *cells);
void hot_cells_free(hot_cells *cells);

/** Add the square as the next feature of a layer of polygons. */
HOT_MUST_USE hot_status hot_cells_add(const hot_cells *cells, size_t cell, hot_shapes *shapes);

#endif
