/** @file dual.h
 *  Two densities set beside each other, cell by cell: where is there more, where less?
 *
 *  Source  Kelsall and Diggle (1995), "Non-Parametric Estimation of Spatial Variation in Relative
 *          Risk", Statistics in Medicine 14, 2335-2342: one kernel and one bandwidth for both.
 */
#ifndef HOT_KDE_DUAL_H
#define HOT_KDE_DUAL_H

#include <stddef.h>

/** now - scale x before, in place.
 *  @param now     [n] incidents per km2 of the period; out: the difference; NaN stays NaN
 *  @param before  [n] of the period before
 *  @param scale   > 0: how much longer the period is than that before */
void hot_dual_difference(double *now, const double *before, size_t n, double scale);

/** now / (scale x before), in place; NaN where scale x before is below `floor`, because a ratio to
 *  next to nothing says nothing.
 *  @param floor  incidents per km2, > 0 */
void hot_dual_ratio(double *now, const double *before, size_t n, double scale, double floor);

#endif
