/** @file strips.h
 *  Points in strips from south to north, each strip's by x: what lies near a place is a run of a
 * few strips, and comes in the same order whatever order the points were given in.
 */
#ifndef HOT_SPACE_STRIPS_H
#define HOT_SPACE_STRIPS_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/space/radix.h"

/** `= {0}` is empty. */
typedef struct {
    double south, side; /**< m: the first strip's south edge, and how wide a strip is */
    int32_t strips;     /**< 0 where there are no points */
    uint32_t *first;    /**< [strips + 1] */
    hot_point *point;   /**< [n] by strip, then x, y, weight */
    uint32_t n;
} hot_strips;

/** @param weight  [n] NULL = 1 each
 *  @param side    m, > 0: strips are at least so wide; wider where the points are so far apart that
 *                 there would be more than 2^20 of them
 *  @return HOT_OK; HOT_DOMAIN for a coordinate or weight that is not finite, a side that is not >
 * 0, or more than 2^32 - 2 points; HOT_MEMORY. *strips is then empty Cost    O(n log n)    Memory
 * 40 bytes a point, 24 of which stay */
HOT_MUST_USE hot_status hot_strips_new(const double *x, const double *y, const double *weight,
                                       size_t n, double side, hot_strips *strips);
void hot_strips_free(hot_strips *strips);

/** The strip in which y lies, or the nearest one: 0 .. strips - 1. */
int32_t hot_strip_of(const hot_strips *strips, double y);

/** The first point of a strip with at least that x; the strip's end where there is none. */
uint32_t hot_strip_from(const hot_strips *strips, int32_t strip, double x);

#endif
