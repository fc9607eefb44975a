/** @file crossings.h
 *  Do lines cross so often that to cut them at every crossing would take long?
 */
#ifndef HOT_SPACE_CROSSINGS_H
#define HOT_SPACE_CROSSINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"
#include "engine/space/shapes.h"

/** Whether the edges of feature f, of all its rings, cross each other more than `most` times. Edges
 *  that only touch do not cross. Past 10^9 pairs of edges at the same x the answer is yes: as long
 *  is too long.
 *  @param over  out
 *  @return HOT_OK; HOT_MEMORY
 *  Cost O(n log n + pairs of edges at the same x): a second at most */
HOT_MUST_USE hot_status hot_crossings_over(const hot_shapes *shapes, size_t f, size_t most,
                                           bool *over);

#endif
