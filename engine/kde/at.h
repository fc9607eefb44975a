/** @file at.h
 *  The density at any place, not only at cell centres: hot_kde's sum, made place by place.
 */
#ifndef HOT_KDE_AT_H
#define HOT_KDE_AT_H

#include <stddef.h>

#include "engine/base/status.h"
#include "engine/kde/kernels.h"
#include "engine/space/strips.h"

/** Density at one place, incidents per km2; a point that lies there counts too.
 *  @param points     strips of any width; those as wide as the kernel reaches are fastest
 *  @param bandwidth  m, > 0
 *  @return >= 0. The same bits for the same points in any order. Cost: the points within reach */
double hot_kde_at(const hot_strips *points, hot_kernel kernel, double bandwidth, double x,
                  double y);

/** Densities at many places.
 *  @param x, y     [n] m; finite
 *  @param threads  how many; <= 0: as many as the machine gives. Does not change a byte
 *  @param density  [n] out */
void hot_kde_at_all(const hot_strips *points, hot_kernel kernel, double bandwidth, const double *x,
                    const double *y, size_t n, int threads, double *density);

#endif
