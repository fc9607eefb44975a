/** @file edge.h
 *  What an incident near the study area's edge spreads beyond it, put back.
 *
 *  Source  Diggle (1985), "A Kernel Method for Smoothing Point Process Data", Applied Statistics
 *          34(2), 138-147; Jones (1993), "Simple Boundary Correction for Kernel Density
 * Estimation", Statistics and Computing 3, 135-146, for the two. With e(s) the part of a kernel at
 * s that lies in the study area A,
 *
 *              e(s) = integral over A of K_h(|s - v|) dv
 *
 *          uniform: f(s) / e(s); Diggle: each incident's weight divided by e at its own place,
 * which keeps the mass: the density over A adds up to the incidents. A is the cells whose centre is
 * in the study area. e is 1 minus the sum over the cells near it that are not, so that it is
 * exactly 1 where the edge is out of reach; at least what a cell's own area takes of the kernel's
 * peak, at most 1.
 */
#ifndef HOT_KDE_EDGE_H
#define HOT_KDE_EDGE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/kde/kernels.h"
#include "engine/space/frame.h"

typedef enum { HOT_EDGE_UNIFORM, HOT_EDGE_DIGGLE } hot_edge;

/** e at every cell centre inside; NaN outside.
 *  @param inside  [rows * cols] 0 = outside the study area; what lies beyond the frame is outside
 *  @param share   [rows * cols] out; > 0, <= 1
 *  @return as hot_kde    Cost: hot_kde's, of the cells near the edge, and O(cells) */
HOT_MUST_USE hot_status hot_edge_shares(const hot_frame *frame, const uint8_t *inside,
                                        hot_kernel kernel, double bandwidth, int threads,
                                        double *share);

/** The density of hot_kde with its edge corrected; arguments as there, inside not NULL.
 *  Memory: 8 bytes a cell more */
HOT_MUST_USE hot_status hot_kde_corrected(hot_edge edge, const hot_frame *frame, const double *x,
                                          const double *y, const double *weight, size_t n,
                                          hot_kernel kernel, double bandwidth,
                                          const uint8_t *inside, int threads, double *density);

#endif
