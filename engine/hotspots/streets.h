/** @file streets.h
 *  Which street does a point belong to?
 */
#ifndef HOT_HOTSPOTS_STREETS_H
#define HOT_HOTSPOTS_STREETS_H

#include <stdint.h>

#include "engine/base/status.h"
#include "engine/hotspots/plots.h"
#include "engine/space/radix.h"
#include "engine/space/shapes.h"

/** The nearest street of every place.
 *
 *  @param streets  lines, a feature each; finite
 *  @param plots    places, laid into squares of side `reach` from the origin of the system
 *  @param reach    m, > 0; a street further away is none
 *  @param nearest  [plots->n] out: the feature, the first of those equally near; -1 = none
 *  @return HOT_OK, or HOT_MEMORY
 *
 *  Cost    O(pieces of a street as long as reach, times log n and the points near one)
 *  Memory  8 bytes a place */
HOT_MUST_USE hot_status hot_streets_nearest(const hot_shapes *streets, const hot_plots *plots,
                                            double reach, int32_t *nearest);

/** No less than the ground within reach of a street, m2: a strip along each of its lines, and that
 *  line's round ends; what bends and lines have in common is in it twice. */
double hot_streets_area(const hot_shapes *streets, size_t f, double reach);

/** The point half-way along it; of one with gaps, along its parts end to end.
 *  @return its place; NaN of a street without a vertex */
hot_point hot_streets_middle(const hot_shapes *streets, size_t f);

#endif
