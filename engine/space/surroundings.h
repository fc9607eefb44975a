/** @file surroundings.h
 *  Which points lie round a polygon, within a distance of its edge?
 */
#ifndef HOT_SPACE_SURROUNDINGS_H
#define HOT_SPACE_SURROUNDINGS_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/space/shapes.h"

/** The points round each feature: point[start[f]] .. point[start[f + 1] - 1], from west to east. A
 *  point may lie round several. `= {0}` is empty. */
typedef struct {
    size_t *start;   /**< [features + 1] */
    uint32_t *point; /**< [start[features]] */
    size_t room;
} hot_surroundings;

/** Find them.
 *
 *  @param x, y    [n] m, finite
 *  @param asked   [n] 0 = passed over: leave out what lies inside a feature, which is not round it
 *  @param within  m, >= 0; a point at exactly that distance counts, up to rounding
 *  @return HOT_OK, or HOT_MEMORY (*out untouched)
 *
 *  Cost    O(n log n + features * points within `within` of its box, west to east, * its edges)
 *  Memory  16 bytes a point that is asked */
HOT_MUST_USE hot_status hot_surroundings_new(const hot_shapes *areas, const double *x,
                                             const double *y, const uint8_t *asked, size_t n,
                                             double within, hot_surroundings *out);
void hot_surroundings_free(hot_surroundings *surroundings);

#endif
