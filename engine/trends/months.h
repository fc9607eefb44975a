/** @file months.h
 *  In which months does a unit (an area, a cell) hold more than an even spread would give it?
 */
#ifndef HOT_TRENDS_MONTHS_H
#define HOT_TRENDS_MONTHS_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** The share of the units called hot in a month that may be so by chance alone. */
#define HOT_MONTHS_FDR 0.05

/** Mark the months of every unit: 1 hot, -1 cold, 0 neither or not judged.
 *
 *  A month's incidents, spread evenly, would give a unit its share of them. It is hot where as many
 *  as it has, or more, would be too rare (hot_tail_above), cold where as few or fewer would be
 *  (hot_tail_below); too rare by Benjamini and Hochberg over the units of the month, at
 *  HOT_MONTHS_FDR on either side. A unit without an incident is never hot, a unit that holds the
 *  whole share never anything. This looks at each unit alone, not at its neighbours as Getis and
 * Ord do.
 *  @param count       [units * months] of a unit's month at unit * months + month
 *  @param share       [units] of an even spread: not negative, 1 together; 0 = not judged, and its
 *                     incidents are not counted
 *  @param covered     [months] 0 = no data
 *  @param dispersion  variance over mean, >= 1
 *  @param mark        [units * months] out
 *  @return HOT_OK, or HOT_MEMORY. Cost O(months * units * log(units)) */
HOT_MUST_USE hot_status hot_months_mark(const uint32_t *count, const double *share, size_t units,
                                        size_t months, const uint8_t *covered, double dispersion,
                                        int8_t *mark);

#endif
