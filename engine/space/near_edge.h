/** @file near_edge.h
 *  Which points lie near the edge of the area that holds them?
 */
#ifndef HOT_SPACE_NEAR_EDGE_H
#define HOT_SPACE_NEAR_EDGE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/space/shapes.h"

/** Points within a distance of their own area's rings, holes included.
 *
 *  Areas that do not overlap need no other rings: what is near another area's edge is at least as
 *  near to its own.
 *  @param area    [n] feature that holds each point; negative = not asked
 *  @param x, y    [n] m, finite
 *  @param within  m, > 0; a point at exactly that distance is near, up to rounding
 *  @param near    [n] out, 1 or 0
 *  @return HOT_OK, or HOT_MEMORY (near is then not to be used)
 *
 *  Cost    O(points + vertices + pairs of a piece of an edge and a point in one of the cells that
 *          it passes); a cell is twice `within` wide or more
 *  Memory  4 bytes a point and 4 a cell, of at most HOT_NEAR_EDGE_CELLS cells */
HOT_MUST_USE hot_status hot_near_edge(const hot_shapes *areas, const int32_t *area, const double *x,
                                      const double *y, size_t n, double within, uint8_t *near);

enum { HOT_NEAR_EDGE_CELLS = 1 << 20 };

#endif
