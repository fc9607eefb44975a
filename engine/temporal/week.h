/** @file week.h
 *  At which times of the week did it happen?
 *
 *  A day is cut into slots, the same every day: at every full hour, and wherever a shift begins.
 *  An incident is counted in whole parts by weekday and slot, so that sums are exact whatever the
 *  order of the rows.
 *
 *  Source  Ratcliffe and McCullagh (1998), "Aoristic crime analysis", International Journal of
 *          Geographical Information Science 12(7): an incident known to lie between two times is
 *          spread evenly over the time between them. Departs: spread over the time that passed, so
 *          that an hour which the clocks skip holds nothing, and one that they repeat twice as
 * much.
 */
#ifndef HOT_TEMPORAL_WEEK_H
#define HOT_TEMPORAL_WEEK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/incidents/clock.h"

/** How many parts one incident has. */
#define HOT_PARTS INT64_C(1000000000)

enum {
    HOT_SLOTS = 96,       /**< most slots of a day */
    HOT_WEEK_HOURS = 168, /**< hour 0 = Monday 00:00 */
    HOT_ENOUGH = 30,      /**< nothing is said of fewer incidents than this */
};

/** A day in slots. */
typedef struct {
    size_t n;
    int32_t cut[HOT_SLOTS + 1]; /**< [n + 1] s after midnight, ascending from 0 to 86400 */
} hot_slots;

/** The 24 hours. */
hot_slots hot_slots_of_hours(void);

/** Cut the day there too, 0 <= second < 86400. @return false where the day has HOT_SLOTS already */
bool hot_slots_cut(hot_slots *slots, int32_t second);

/** Numbers in a week: that of weekday d (0 = Monday) and slot k stands at d * (n + 1) + k; slot n
 *  holds what is said to have happened at 00:00:00, until hot_week_settle. */
size_t hot_week_size(const hot_slots *slots);

/** Add one incident to weeks, evenly over the time from `from` to `to`; all at `from` where to <=
 *  from.
 *
 *  The parts add up to HOT_PARTS, each rounded to one of them. A clock time that the zone repeats
 *  is taken for the one that makes the span shorter. A span inside an hour that the zone skips is
 *  taken as it is written.
 *  @param from,to  s, local; to - from < 2^32
 *  @param zone     NULL = a clock that is never changed
 *  @param week     [weeks] of [hot_week_size] each
 *  Cost O(slots between the two) */
void hot_aoristic(const hot_slots *slots, int64_t from, int64_t to, const hot_zone *zone,
                  int64_t *const *week, size_t weeks);

/** Does 00:00:00 stand for a time that is not known?
 *
 *  So it does when at least ten incidents bear it, and more than three times as many as the rest of
 *  that hour lets expect: people round to full hours, but no more at midnight than at noon. Where
 *  every time is a full hour, more than five times the mean of the other hours. Where two or more
 *  bear it and none another time: spreadsheets write dates so.
 *  (Vancouver, 2020 to 2025: 4.2 to 5.9 times as many at midnight, 0.9 to 1.4 times at noon.)
 *  @param exact  incidents at 00:00:00, 01:00:00, ...
 *  @param other  incidents at other moments of those hours */
bool hot_midnight_is_unknown(const uint64_t exact[24], const uint64_t other[24]);

/** Put what is said to have happened at 00:00:00 where it belongs: into the day's first slot, or,
 *  unknown, nowhere.  @param week  [hot_week_size] */
void hot_week_settle(const hot_slots *slots, bool unknown, int64_t *week);

/** A settled week by its hours. @param hours  out, parts */
void hot_week_hours(const hot_slots *slots, const int64_t *week, int64_t hours[HOT_WEEK_HOURS]);

#endif
