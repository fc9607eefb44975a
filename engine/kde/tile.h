/** @file tile.h
 *  The frame is cut into tiles whose size depends on the kernel alone, never on the number of
 *  threads; each tile is summed by one thread in a fixed order.
 */
#ifndef HOT_KDE_TILE_H
#define HOT_KDE_TILE_H

#include <math.h>

#include "engine/kde/field.h"
#include "engine/kde/places.h"

/** Lanes of a vector: in a sweep, rows summed at a time. */
enum { HOT_LANES = 8 };

typedef struct {
    int32_t row, rows; /**< first row, and how many */
    int32_t col, cols;
} hot_tile;

/** How far rounding may have moved a cell of a sweep: see sweep.h. */
typedef struct {
    double *noise;          /**< [columns of a tile] sum of |coefficient| |X|^k for a weight of 1 */
    double *weight;         /**< [index rows * tile columns] what lies within reach of each tile */
    double lane[HOT_LANES]; /**< the greatest |coefficient| of each power for a weight of 1 */
    int32_t origin;         /**< the column of a tile that X is measured from */
} hot_sweep;

/** All that summing a tile needs and does not change, but for the cells of the tile itself. */
typedef struct {
    const hot_field *field;
    const hot_kde_places *places;
    const hot_sweep *sweep;
    const uint8_t *inside;
    double *density;
    hot_tile largest;     /**< rows and cols of a whole tile */
    int32_t down, across; /**< tiles */
} hot_tiling;

/** Sums one tile; `buffer` is a thread's own. */
typedef void hot_tile_sum(const hot_tiling *tiling, const hot_tile *tile, void *buffer);

/** One instruction set's code. */
typedef struct {
    hot_tile_sum *sweep[4];   /**< by power */
    hot_tile_sum *scatter[6]; /**< by kernel */
} hot_tile_code;

extern const hot_tile_code hot_tile_scalar;
#if defined(__x86_64__)
extern const hot_tile_code hot_tile_avx2;
extern const hot_tile_code hot_tile_avx512;
#endif

/** Rows of the index, both ends included. */
typedef struct {
    int32_t first, last;
} hot_span;

/** The rows of the index that hold what can reach rows `first` to `last` of the frame. */
static inline hot_span hot_rows_near(const hot_tiling *t, int32_t first, int32_t last)
{
    int32_t reach = t->field->reach, top = t->places->top, end = top + t->places->rows - 1;
    hot_span span = {first - reach, last + reach};
    if (span.first < top) span.first = top;
    if (span.last > end) span.last = end;
    return span;
}

/** The places of one of those rows that can reach columns `first` to `last` of the frame. */
static inline hot_run hot_kde_places_near(const hot_tiling *t, int32_t row, int32_t first,
                                          int32_t last)
{
    return hot_kde_places_run(t->places, row, first - t->field->reach, last + t->field->reach);
}

/** Write `sum` to the cell as a density, or NaN outside the study area. */
static inline void hot_cell_write(const hot_tiling *t, int32_t row, int32_t col, double sum)
{
    int64_t cell = (int64_t)row * t->field->frame->cols + col;
    t->density[cell] = t->inside && !t->inside[cell] ? (double)NAN : sum * t->field->norm;
}

/** The sum at one cell, place by place, for the kernels that can be swept. */
double hot_cell_sum(const hot_tiling *t, int32_t row, int32_t col);

#endif
