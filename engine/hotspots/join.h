/** @file join.h
 *  Units that overlap or touch are one place.
 */
#ifndef HOT_HOTSPOTS_JOIN_H
#define HOT_HOTSPOTS_JOIN_H

#include "engine/base/status.h"
#include "engine/hotspots/hotspots.h"

/** Join them: discs whose centres are at most two radii apart, hexagons with a side in common,
 *  streets with an end in common; rounding apart.
 *  @param hotspots  unit and n are given; place and n_places, and unit[].place, are filled in; on
 *                   failure there is no place
 *  @return HOT_OK, or HOT_MEMORY
 *  Cost O(n log n + pairs of units as near in x as those that touch) */
HOT_MUST_USE hot_status hot_join(const hot_hotspot_rules *rules, hot_hotspots *hotspots);

#endif
