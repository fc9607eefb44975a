/** @file side.h
 *  On which side of an edge is a point? Answered exactly.
 *
 *  Source  Shewchuk (1997), Discrete & Computational Geometry 18, 305-363: the error bound of the
 *          first step; where it cannot decide, the six products are added without rounding.
 *
 *  Why exact: with a rounded sign a point beside a vertex where several polygons meet can be in two
 *  of them or in none. Exact signs make that impossible, in whatever order the ends are given.
 */
#ifndef HOT_SPACE_SIDE_H
#define HOT_SPACE_SIDE_H

#include <math.h>
#include <stdbool.h>

/** As hot_side, by exact arithmetic alone: some 100 times slower. */
double hot_side_exact(double ax, double ay, double bx, double by, double px, double py);

/** Bound of the error of the plain expression, relative to the sum of its two products. */
#define HOT_SIDE_ERROR 3.3306690738754716e-16

/** > 0 where p is left of the way from a to b, 0 on its line, < 0 on its right; only the sign
 * counts. Exact for finite coordinates whose products neither overflow nor underflow (|v| <=
 * 1e100). */
static inline double hot_side(double ax, double ay, double bx, double by, double px, double py)
{
    double left = (bx - ax) * (py - ay), right = (px - ax) * (by - ay);
    double side = left - right;
    if (fabs(side) >= HOT_SIDE_ERROR * (fabs(left) + fabs(right))) return side;
    return hot_side_exact(ax, ay, bx, by, px, py);
}

/** Does the edge, of either direction, pass east of p at p's height?
 *
 *  It spans the height when its lower end is at or below p and its upper end above it; a point on
 *  the edge is east of it. This is the plain rule for a point moved by an infinitely small step to
 *  the east and a still smaller one to the north, which no edge can hold: so the rule is consistent
 *  for all edges and polygons at once. */
static inline bool hot_side_east(double ax, double ay, double bx, double by, double px, double py)
{
    if ((ay <= py) == (by <= py)) return false;
    bool a = ax > px, b = bx > px;
    if (a == b) return a;
    double side = hot_side(ax, ay, bx, by, px, py);
    return ay < by ? side > 0 : side < 0;
}

#endif
