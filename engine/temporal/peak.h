/** @file peak.h
 *  Which hours of the day hold most?
 */
#ifndef HOT_TEMPORAL_PEAK_H
#define HOT_TEMPORAL_PEAK_H

#include "engine/temporal/week.h"

enum { HOT_PEAK_HOURS = 4 }; /**< as long as a patrol may last */

/** So many hours running, of all days together, that hold most. */
typedef struct {
    int64_t parts, all; /**< in them, and in all hours */
    size_t ties;        /**< how many such windows hold as much; 24 = all the same */
    uint8_t from[24];   /**< [ties] hour at which each begins, ascending */
    bool beyond_chance; /**< more than an even day would give by chance */
} hot_peak;

/** Find them.
 *
 *  Beyond chance: the lower limit of Wilson's interval lies above the share of an even day. One of
 *  24 windows is picked because it is high, so that the limit is that of 0.05 / 24, one-sided
 *  (Bonferroni).
 *  @param hours  parts by hour of the week */
hot_peak hot_peak_find(const int64_t hours[HOT_WEEK_HOURS]);

#endif
