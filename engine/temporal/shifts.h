/** @file shifts.h
 *  Which shift was on duty when it happened?
 */
#ifndef HOT_TEMPORAL_SHIFTS_H
#define HOT_TEMPORAL_SHIFTS_H

#include "engine/base/status.h"
#include "engine/temporal/week.h"

enum { HOT_SHIFTS = 24 }; /**< most shifts of a day */

/** A shift of every day. One that ends when it begins, or before, ends on the next day. */
typedef struct {
    const char *name;
    int32_t from, to; /**< s after midnight, 0 <= s < 86400 */
} hot_shift;

/** The shifts laid over a day that is cut where they begin and end. */
typedef struct {
    size_t n;
    const hot_shift *shift; /**< [n] the caller's */
    hot_slots slots;
    int8_t of[HOT_SLOTS];       /**< [slots.n] the shift of each slot; -1 = none is on duty */
    bool day_before[HOT_SLOTS]; /**< [slots.n] that shift began on the day before */
    int32_t free_from, free_to; /**< s: the first time when none is on duty; equal = always one */
    int32_t free;               /**< s a day when none is on duty */
} hot_rota;

/** Lay them.
 *  @param shift  [n], n <= HOT_SHIFTS, must outlive the rota
 *  @param clash  out, for HOT_DOMAIN: two that are on duty at one time
 *  @return HOT_OK; HOT_DOMAIN where an incident would be counted twice (*rota is not to be used) */
HOT_MUST_USE hot_status hot_rota_lay(const hot_shift *shift, size_t n, hot_rota *rota,
                                     size_t clash[2]);

/** Parts of a settled week by the weekday on which the shift began.
 *  @param sum  [7 * n] out: that of weekday d (0 = Monday) and shift k stands at d * n + k
 *  @return parts when no shift was on duty */
int64_t hot_rota_sum(const hot_rota *rota, const int64_t *week, int64_t *sum);

#endif
