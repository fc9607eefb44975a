/** @file dates.h
 *  When do incidents come back to the same place or the same person: how soon, and how many in a
 *  few months?
 *
 *  Source  Anti-social Behaviour, Crime and Policing Act 2014, section 104 (case reviews: three
 *          qualifying complaints in six months, or another number that is set locally); Polvi,
 *          Looman, Humphries and Pease (1991), "The time course of repeat burglary victimization".
 */
#ifndef HOT_REPEATS_DATES_H
#define HOT_REPEATS_DATES_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** The day of a moment in s, local: days since 1970-01-01. */
int32_t hot_dates_day(int64_t second);

/** The days of each group's incidents, in order. `= {0}` is empty; free with hot_dates_free. */
typedef struct {
    size_t groups;
    size_t *first; /**< [groups + 1] those of group g are day[first[g] .. first[g + 1]) */
    int32_t *day;  /**< days since 1970-01-01, rising within a group */
} hot_dates;

/** List them.
 *  @param group  [n] place or person of each incident, 0 .. groups - 1; negative = none
 *  @param from   [n] s, local
 *  @return HOT_OK, or HOT_MEMORY (*dates untouched)
 *  Cost O(n log k), k the most of one group; the same whatever the order of the incidents */
HOT_MUST_USE hot_status hot_dates_new(const int32_t *group, const int64_t *from, size_t n,
                                      size_t groups, hot_dates *dates);
void hot_dates_free(hot_dates *dates);

/** The fullest stretch of some months, the earliest of those that are equally full. */
typedef struct {
    uint32_t incidents;
    int32_t first, last; /**< day of its first and its last incident */
} hot_dates_window;

/** The most incidents in any so many months: two days are within them where the later one comes
 *  before the same day of the month so many months on (31 August and six months: to the end of
 *  February).
 *  @param day  [n] rising, n >= 1
 *  Cost O(n) */
hot_dates_window hot_dates_fullest(const int32_t *day, size_t n, int months);

/** Days from one incident to the next of the same group. */
typedef struct {
    size_t n;                              /**< how many times an incident came after another */
    double quartile, median, upper;        /**< days; NaN where n = 0. Quantiles as R's type 7 */
    size_t within_week, within_four_weeks; /**< of n: 7 days at most, 28 days at most */
} hot_dates_gaps;

enum { HOT_DATES_GAPS = 5 };

/** By which of its group the earlier one was: the first, second, third, fourth or later, and [4] =
 *  all.
 *  @return HOT_OK, or HOT_MEMORY (outputs untouched)
 *  Cost O(n log n) */
HOT_MUST_USE hot_status hot_dates_between(const hot_dates *dates,
                                          hot_dates_gaps gaps[HOT_DATES_GAPS]);

#endif
