/** @file levels.h
 *  How many incidents has each area, and which areas hold most of them?
 */
#ifndef HOT_LEVELS_LEVELS_H
#define HOT_LEVELS_LEVELS_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Rank and class of every area by its count.
 *
 *  Ranks are 1, 2, 2, 4; areas without an incident are ranked too. Class 1 = the areas that
 *  together hold the first quarter of incidents, 2 = the second quarter, 3 = the rest, 0 = none:
 *  going down from the largest count, an area is of the first quarter while the areas before it
 *  hold less than a quarter. Areas with equal counts have the same class, that of the first.
 *  @param count  [n] incidents
 *  @param rank   [n] out
 *  @param class_ [n] out, 0..3
 *  @return HOT_OK, or HOT_MEMORY (outputs untouched)
 *  Cost O(n log n) */
HOT_MUST_USE hot_status hot_levels(const int64_t *count, size_t n, int64_t *rank, int8_t *class_);

#endif
