/** @file history.h
 *  What the input holds beyond the period: the months before it and after it, which a comparison,
 *  a trend and the usual variation are taken from.
 */
#ifndef HOT_LAYERS_HISTORY_H
#define HOT_LAYERS_HISTORY_H

#include "layers/study.h"

/** Months from the first to the last that the input covers, whatever the period. A month that is
 *  not covered is not a month of zero. `= {0}` is empty. */
typedef struct {
    int32_t first; /**< year * 12 + month - 1 */
    size_t months;
    const uint8_t *covered; /**< [months] 1 = rows, or a file named for it; the study's own */
    size_t n;
    uint32_t *row;   /**< [n] rows of the chosen types inside the study area, of any date */
    int32_t *month;  /**< [n] of each of those rows, 0 .. months - 1 */
    int64_t *chosen; /**< [months] how many those are */
    int64_t *others; /**< [months] rows of every other type inside the study area, without logs
                         that turned out to be nothing (hot_kind_is_out) */
} hot_history;

/** Cost O(rows).
 *  @return HOT_OK, or HOT_MEMORY (*history is empty) */
HOT_MUST_USE hot_status hot_history_new(const hot_study *study, hot_history *history);
void hot_history_free(hot_history *history);

/** Count the chosen rows of every unit and month.
 *  @param unit_of  [points] the unit that holds each point, such as an area set's area_of; negative
 *                  = none
 *  @param count    [units * months] overwritten: that of a unit's month stands at
 *                  unit * months + month */
void hot_history_count(const hot_study *study, const hot_history *history, const int32_t *unit_of,
                       size_t units, uint32_t *count);

#endif
