/** @file shift.h
 *  Did incidents of the chosen types change, or how they are recorded? When they move against
 *  everything else over the whole study area, it is the recording.
 */
#ifndef HOT_CHANGE_SHIFT_H
#define HOT_CHANGE_SHIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/change/usual.h"

/** The least move that is called a shift: by a quarter; between different months of the year to the
 *  double or the half, as the season alone was seen to move it by two thirds. */
#define HOT_SHIFT_LEAST            1.25
#define HOT_SHIFT_LEAST_UNSEASONED 2.0
/** The least number of pairs of months that history is judged by. */
enum { HOT_SHIFT_HISTORY = 6 };

typedef struct {
    double chosen[2], others[2]; /**< incidents of the whole months now, before */
    double move;  /**< chosen over others, now over before: 1 = alike, 1.5 = half as many more */
    double limit; /**< what history, or the least above, allows: 1/limit <= move <= limit; > 1 */
    bool judged;  /**< false: no whole month, or nothing else recorded; the two above are NaN */
    bool found;
} hot_shift;

/** Hold the chosen types against the others.
 *
 *  The log of the move is a shift where it is beyond three standard errors: those of the counts,
 * or, between the same months of two years and where history has pairs of months enough, those that
 *  follow from how far the log of the ratio goes from one month to the next (von Neumann 1941, Ann.
 *  Math. Stat. 12, which the season hardly enters). Never under the least above.
 *  @param chosen,others  [months] incidents in the study area
 *  @param block          [months] as hot_blocks gives them
 *  @param same_season    whether the two periods are the same months of the year */
hot_shift hot_recording_shift(const int64_t *chosen, const int64_t *others, const int32_t *block,
                              size_t months, bool same_season);

#endif
