/** @file hull.h
 *  The smallest convex polygon that holds some points.
 */
#ifndef HOT_SPACE_HULL_H
#define HOT_SPACE_HULL_H

#include <stddef.h>
#include <stdint.h>

/** Find it.
 *  @param x, y  [n] m, n >= 1, by x, then y
 *  @param hull  [2 * n] overwritten: the numbers of its vertices, counter-clockwise from the
 *               westmost; none lies on the line between two others
 *  @return how many there are: 1 where all points are one, 2 where they lie on one line
 *  Cost O(n).  Source  Andrew (1979), Information Processing Letters 9(5) */
size_t hot_hull(const double *x, const double *y, size_t n, uint32_t *hull);

#endif
