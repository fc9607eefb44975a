/** @file added_area.h
 *  How much ground does one more disc add to others of the same radius?
 *
 *  Source  Green's theorem: half the integral of x dy - y dx round what of the disc lies in no
 * other: along its own circle where that is outside the others, and back along theirs where those
 *          are inside it and in no other.
 */
#ifndef HOT_HOTSPOTS_ADDED_AREA_H
#define HOT_HOTSPOTS_ADDED_AREA_H

#include <stddef.h>

typedef struct {
    double x, y; /**< m */
} hot_centre;

/** Part of a circle, angles from 0 to a full turn. */
typedef struct {
    double from, to;
} hot_arc;

/** The area of a disc that lies in none of the others.
 *
 *  @param disc    its centre
 *  @param other   [n] centres of the others, in any order; several may be the same
 *  @param radius  m, > 0, of all
 *  @param room    [2 n + 2] is overwritten
 *  @return m2, >= 0; exact but for rounding: 1e-10 of a disc
 *  Cost O(m^2) for m others that overlap the disc, and n    Memory nothing allocated */
double hot_added_area(hot_centre disc, const hot_centre *other, size_t n, double radius,
                      hot_arc *room);

/** A bound: no less is added than that, m2: the disc less what it has in common with each of the
 * others, as if no two of these overlapped.
 *  @param nearer  m, >= 0: the others may be so much nearer
 *  Cost O(n) */
double hot_added_area_least(hot_centre disc, const hot_centre *other, size_t n, double radius,
                            double nearer);

#endif
