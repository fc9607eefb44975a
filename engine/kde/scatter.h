/** @file scatter.h
 *  Sums made by adding every kernel cell by cell: for the kernels that are no polynomial in the
 *  squared distance, and for narrow ones. Only positive terms are added, so nothing cancels.
 */
#ifndef HOT_KDE_SCATTER_H
#define HOT_KDE_SCATTER_H

#include "engine/kde/tile.h"

/** Lay out the tiles: tiling's field is set; largest, down, across are filled. */
void hot_scatter_tiles(hot_tiling *tiling);

/** Bytes of one thread's buffer; its content does not matter. */
size_t hot_scatter_buffer(const hot_tiling *tiling);

/** exp(-dx^2 / (2 sigma^2)) of the columns first <= col < end of the tile. */
void hot_gaussian_across(const hot_field *field, const hot_tile *tile, const hot_kde_place *place,
                         int32_t first, int32_t end, double *out);

/** weight exp(-dy^2 / (2 sigma^2)). */
double hot_gaussian_down(const hot_field *field, const hot_kde_place *place, double dy);

#endif
