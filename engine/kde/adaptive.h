/** @file adaptive.h
 *  A density that is sharp where incidents are many and smooth where they are few.
 *
 *  Source  Abramson (1982), "On Bandwidth Variation in Kernel Estimates: A Square Root Law", Annals
 *          of Statistics 10(4), 1217-1223; in the form of Silverman (1986), ch. 5, eq. 5.6 and 5.7
 *          with alpha = 1/2:
 *
 *              h_i = h0 (g / f0(s_i))^(1/2),   f(s) = sum of w_i K_{h_i}(|s - s_i|)
 *
 *          f0 is the density with h0 throughout, an incident's own kernel included; g its geometric
 *          mean over the incidents. h_i is kept within stated multiples of h0.
 */
#ifndef HOT_KDE_ADAPTIVE_H
#define HOT_KDE_ADAPTIVE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/kde/kernels.h"
#include "engine/space/frame.h"

/** What the bandwidths came to. */
typedef struct {
    double mean;              /**< g, incidents per km2; 0 where there is no incident */
    double least, most;       /**< m, after keeping within the limits; 0 where there is none */
    double at_least, at_most; /**< incidents (by weight) whose bandwidth was held at either limit */
} hot_adaptive;

/** Density at every cell centre, in incidents per km2.
 *
 *  @param x, y, weight  [n] as in hot_kde; weight >= 0, NULL = 1 each
 *  @param bandwidth     m, h0: > 0, at most 1e8 cells
 *  @param least, most   h_i is kept within least h0 .. most h0; 0 < least <= 1 <= most
 *  @param inside        [rows * cols] 0 = outside the study area; NULL = all inside
 *  @param threads       does not change a byte
 *  @param told          out
 *  @param density       [rows * cols] out; NaN where inside is 0
 *  @return HOT_OK; HOT_DOMAIN for an argument out of range; HOT_MEMORY. density is then untouched
 *
 *  Order   the same bytes for any order of the points
 *  Cost    O(n log n + pairs within h0 + n x cells under the widest kernel)
 *  Memory  56 bytes a point at most */
HOT_MUST_USE hot_status hot_kde_adaptive(const hot_frame *frame, const double *x, const double *y,
                                         const double *weight, size_t n, hot_kernel kernel,
                                         double bandwidth, double least, double most,
                                         const uint8_t *inside, int threads, hot_adaptive *told,
                                         double *density);

#endif
