/** @file ahead.h
 *  Which bandwidth finds the next month's incidents?
 *
 *  Source  a rolling origin, as in Tashman (2000), International Journal of Forecasting 16,
 * 437-450; the score is the hit rate at a fixed area of Chainey, Tompson and Uhlig (2008), Security
 *          Journal 21, 4-28.
 *          For every month that is tested, the density of the covered months before it (at most
 *          HOT_AHEAD_PAST) is made with each bandwidth, the densest cells are taken up to a share
 * of the study area, and the month's incidents in them are counted. Of cells that tie for the last
 * of the area, those incidents count by the part of the tied cells that fits.
 */
#ifndef HOT_BANDWIDTH_AHEAD_H
#define HOT_BANDWIDTH_AHEAD_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/kde/kernels.h"
#include "engine/space/frame.h"

enum {
    HOT_AHEAD_PAST = 12,  /**< months that a density is made of, at most */
    HOT_AHEAD_LEAST = 3,  /**< covered months among those, at least */
    HOT_AHEAD_TESTED = 12 /**< months tested: the last ones */
};

typedef struct {
    const hot_frame *frame;
    const uint8_t *inside; /**< [rows * cols] 0 = outside the study area; NULL = all inside */
    const double *x, *y;   /**< [points] m, distinct */
    size_t points;
    const uint32_t *point; /**< [n] of each incident */
    const int32_t *month;  /**< [n] of each incident; those below 0 or from `months` on are not
                                looked at */
    size_t n;
    const uint8_t *covered; /**< [months] 1 = the month has data */
    int32_t months;
    hot_kernel kernel;
    double share; /**< of the study area, 0 < share <= 1; a cell at least */
    int threads;  /**< does not change a bit */
} hot_ahead;

typedef struct {
    int32_t first, last, tested; /**< months: the first and the last tested, and how many */
    int64_t incidents;           /**< of those months */
} hot_ahead_told;

/** Score each bandwidth.
 *  @param bandwidth  [n] m, as in hot_kde
 *  @param hits       [n] out: incidents of the tested months that were in the densest cells
 *  @param told       out; tested = 0 where no month has enough before it (hits are then 0)
 *  @return HOT_OK; HOT_DOMAIN as hot_kde; HOT_MEMORY
 *  Order   the same bits for any order of the incidents
 *  Cost    n x months tested x (hot_kde + a reading of the surface)
 *  Memory  8 bytes a cell and a point more than hot_kde */
HOT_MUST_USE hot_status hot_bandwidth_ahead(const hot_ahead *given, const double *bandwidth,
                                            size_t n, double *hits, hot_ahead_told *told);

#endif
