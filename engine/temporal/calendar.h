/** @file calendar.h
 *  Is it busier on some days than on the others?
 */
#ifndef HOT_TEMPORAL_CALENDAR_H
#define HOT_TEMPORAL_CALENDAR_H

#include <stddef.h>
#include <stdint.h>

/** What a day is. */
enum { HOT_DAY_NOT_COVERED, HOT_DAY_OUT, HOT_DAY_IN };

typedef struct {
    int64_t days_in, days_out, in, out;  /**< days, and incidents on them */
    double per_day_in, per_day_out;      /**< NaN where nothing can be said */
    double ratio, ratio_low, ratio_high; /**< of the two, and its 95 % limits; NaN */
    double dispersion;                   /**< >= 1; NaN */
} hot_day_comparison;

/** Compare the days that are in with those that are out.
 *
 *  Given all incidents, those on days that are in are a share of them (Przyborowski and Wilenski
 *  (1940), Biometrika 31); Wilson's limits of that share become limits of the ratio. Days vary more
 *  than chance alone would have it: both counts are divided by the dispersion, Pearson's chi-square
 *  over the degrees of freedom, no less than 1 (McCullagh and Nelder (1989), Generalized Linear
 *  Models, section 6.2).
 *
 *  Nothing is said, all NaN, where either side has fewer than HOT_ENOUGH incidents.
 *  @param count  [n] incidents of each day
 *  @param side   [n] HOT_DAY_IN, HOT_DAY_OUT or HOT_DAY_NOT_COVERED, which is left out
 *  Cost O(n)    Memory  nothing allocated */
hot_day_comparison hot_calendar_compare(const uint32_t *count, const uint8_t *side, size_t n);

#endif
