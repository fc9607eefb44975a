/** @file union_area.h
 *  The area that discs of one radius cover together.
 *
 *  Source  Green's theorem: half the integral of x dy - y dx along the arcs that lie in no other
 *          disc.
 */
#ifndef HOT_HOTSPOTS_UNION_AREA_H
#define HOT_HOTSPOTS_UNION_AREA_H

#include <stddef.h>

#include "engine/base/status.h"

typedef struct {
    double x, y; /**< m */
} hot_centre;

/** @param centre  [n] finite; several may be the same
 *  @param radius  m, > 0
 *  @param area    m2, out: exact but for rounding, 1e-12 of n discs
 *  @return HOT_OK, or HOT_MEMORY (area untouched)
 *  Cost O(n^2 log n)    Memory O(n) */
HOT_MUST_USE hot_status hot_union_area(const hot_centre *centre, size_t n, double radius,
                                       double *area);

#endif
