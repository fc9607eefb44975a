/** @file kde.h
 *  How densely do incidents lie around every cell?
 *
 *  Source  Silverman (1986), ch. 4, eq. 4.1, with the kernels of kernels.h:
 *
 *              f(s) = sum over incidents i of w_i K_h(|s - s_i|),   s = the centre of a cell
 *
 *          The way of summing departs from Chan, Li, U, Choy & Cheng (2022), "SLAM: Efficient
 *          Sweep Line Algorithms for Kernel Density Visualization", SIGMOD: see sweep.h.
 *          No edge correction: what lies outside the frame or the study area is not moved inside.
 */
#ifndef HOT_KDE_KDE_H
#define HOT_KDE_KDE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/kde/kernels.h"
#include "engine/space/frame.h"

/** Density at every cell centre, in incidents per km2.
 *
 *  @param frame      where the cells are; cell between 1e-100 and 1e100 m
 *  @param x, y       [n] m; finite. A point outside the frame counts as far as its kernel reaches
 * in
 *  @param weight     [n] incidents; finite, >= 0, at most 1e100; NULL = 1 each
 *  @param n          0 to 2^32 - 2; with none, every cell is 0
 *  @param kernel     one of kernels.h, which says which end of each is closed
 *  @param bandwidth  m, > 0, between 1e-9 and 1e8 cells; the Gaussian's is its standard deviation
 *  @param inside     [rows * cols], row 0 north; 0 = outside the study area; NULL = all inside
 *  @param threads    how many; <= 0: as many as the machine gives. Does not change a byte
 *  @param density    [rows * cols] out, row 0 north; per km2, >= 0; NaN where inside is 0
 *  @return HOT_OK; HOT_DOMAIN for an argument outside the ranges above; HOT_MEMORY.
 *          After a failure density is untouched.
 *
 *  Exact   at the cell centres: no binning, no transform. Within 1e-9 of the true sum in every cell
 *          above 1e-6 of the highest; exactly 0 where no kernel reaches
 *  Order   the same bytes for any order of the points, any number of threads and any processor of
 *          one family; the Gaussian within 4 ulp between processors, as it uses exp()
 *  Cost    uniform, Epanechnikov, quartic, triweight over 4 cells wide: O(n + places x rows under
 *          the kernel + cells); else O(n + places x cells under the kernel + cells).
 *          Points at the same coordinates are one place
 *  Memory  84 bytes a point at most, then 32 a place and some 4 a cell (36 where both frame and
 *          kernel are a few cells), and 0.5 kB a column of a tile for each
 *          thread; all freed on return
 *  Random  none
 */
HOT_MUST_USE hot_status hot_kde(const hot_frame *frame, const double *x, const double *y,
                                const double *weight, size_t n, hot_kernel kernel, double bandwidth,
                                const uint8_t *inside, int threads, double *density);

#endif
