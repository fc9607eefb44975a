/** @file within.h
 *  Which polygon holds a point? An index is built once; then many points are asked.
 *
 *  The rule  Even-odd: a part holds a point when an odd number of the edges of its rings pass east
 *            of it. An edge is closed at its lower end and open at its upper one; a point on an
 * edge counts as east of it. So a square holds its west and its south side, not its east and its
 * north one, as a cell of a frame does. Sides are decided by exact arithmetic (side.h): where
 * polygons share edges and vertices, every point of their union is in exactly one of them, and
 * totals are conserved. The rule sees only edges, so the direction of rings and which of them are
 * holes do not matter. A feature holds what any of its parts holds: parts that overlap by mistake,
 * or because several features of one code were joined, are their union. Rings of one part that
 * overlap cancel each other.
 *
 *  The index A raster over the areas with about as many cells as there are edges. A cell that no
 *            edge touches knows its answer. Any other lists the runs of edges that touch it, each
 *            part's with the parity of one point of the cell, so that only these edges are tested.
 *            The answer is the plain rule's, not nearly so.
 */
#ifndef HOT_SPACE_WITHIN_H
#define HOT_SPACE_WITHIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/space/frame.h"
#include "engine/space/shapes.h"

typedef struct hot_within hot_within;

/** An index over polygons.
 *
 *  @param areas    borrowed: must outlive the index and stay as it is; may be empty, as may any
 *                  feature; every ring closed
 *  @param threads  as hot_threads; the index is the same for any number
 *  @param out      the index, to be freed by hot_within_free; untouched on failure
 *  @return HOT_OK; HOT_MEMORY; HOT_DOMAIN for a coordinate that is not finite or is beyond 1e100, a
 *  ring whose last vertex is not its first, or more than 2^28 vertices or 2^31 - 1 features
 *
 *  Cost    O(edges + cells), where cells are O(edges) and chosen so that the mean edge touches few
 *  Memory  O(edges), some 16 bytes a vertex, half as much again while building
 */
HOT_MUST_USE hot_status hot_within_new(const hot_shapes *areas, int threads, hot_within **out);

/** May be given NULL. The areas are left alone. */
void hot_within_free(hot_within *within);

/** The area of every point.
 *
 *  @param x, y      [n] in the areas' system; a NaN is in no area
 *  @param area      [n] out, the lowest feature that holds the point, or -1
 *  @param overlaps  out, how many points more than one feature holds; may be NULL, which is faster
 *  @return HOT_OK
 *
 *  Bounds  see The rule    Cost  O(n) typically
 *  Memory  from 2^14 points on at most 1 MiB a thread and 4 bytes a row of the raster, to visit the
 *          points row by row; without it the answer is the same and comes later
 */
HOT_MUST_USE hot_status hot_within_place(const hot_within *within, const double *x, const double *y,
                                         size_t n, int threads, int32_t *area, size_t *overlaps);

/** Does this feature (< areas->n) hold the point? By the same rule. */
bool hot_within_holds(const hot_within *within, size_t feature, double x, double y);

/** The cells of a frame whose centre any feature holds.
 *
 *  @param inside  [rows * cols] out, row 0 north: 1 or 0
 *  @return HOT_OK
 *
 *  Cost  O(cells of the frame)    Memory  nothing allocated
 */
HOT_MUST_USE hot_status hot_within_mask(const hot_within *within, const hot_frame *frame,
                                        int threads, uint8_t *inside);

#endif
