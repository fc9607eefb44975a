/** @file sweep.h
 *  Sums of (h^2 - d^2)^m in time independent of the kernel's width along a row.
 *
 *  Along a row the kernel of a place at P is a polynomial in the column's X of degree 2 m, between
 *  the two ends of its support. Its coefficients are added to a running sum at the first column and
 *  taken off after the last; each cell evaluates the sum. After Chan et al. (2022), SIGMOD, with
 *  three departures that make it exact:
 *
 *  Fixed point   coefficients are rounded once to 64-bit integers and summed as such. So what was
 *                added is taken off without a trace, sums do not depend on order, and one lane
 *                counts the places in reach: where it is 0 so is the density.
 *  Tiles         of some kernel widths along a row, each with an X of its own, which bounds the
 *                powers of X and with them the cancellation.
 *  A bound       on what rounding did is kept beside each sum. A cell too low for it, deep in the
 *                skirt of something high, is summed again place by place.
 */
#ifndef HOT_KDE_SWEEP_H
#define HOT_KDE_SWEEP_H

#include "engine/kde/tile.h"

/** Lay out the tiles of a sweep and their bounds.
 *  @param tiling  field and places set; largest, down, across are filled
 *  @return HOT_OK; HOT_MEMORY (sweep untouched) */
HOT_MUST_USE hot_status hot_sweep_new(hot_tiling *tiling, hot_sweep *sweep);
void hot_sweep_free(hot_sweep *sweep);

/** Bytes of one thread's buffer. It must be zero at first, and each tile leaves it so. */
size_t hot_sweep_buffer(const hot_tiling *tiling);

/** Powers of two that scale each lane of a tile to integers below 2^62, and their inverses. */
typedef struct {
    double up[HOT_LANES], down[HOT_LANES];
    double weight; /**< all that lies within reach */
} hot_scale;

hot_scale hot_sweep_scale(const hot_tiling *tiling, const hot_tile *tile);

#endif
