/** @file chart.h
 *  Which months of an area stand out? A control chart of every area's months.
 *
 *  A month is expected to hold what the area's other months would give it, moved as the rest of the
 *  study area was moved:
 *
 *      expected = own other months * rest in this month / rest in the other months
 *
 *  Season and common trend are thereby allowed for, and the month itself has no part in what it is
 *  judged by. The limits are those of a new count, from a negative binomial whose variance is
 *
 *      dispersion * mean * (1 + q + mean / r + mean / R),  q = r / R,
 *
 *  with r and R the rest in this month and in the others: the month's own chance, and that of the
 *  three counts which it is judged by. The mean is (own other months + 1/2) * q (Jeffreys), so that
 *  an area without another incident has limits too.
 *
 *  All this is done twice. The second time a month is judged by counts held within the 99.8 %
 * limits of the first, so that one far out does not make the others stand out the other way.
 *
 *  Source  Shewhart (1931), Economic Control of Quality of Manufactured Product; limits of 95 and
 *          99.8 % and their widening as in Spiegelhalter (2005), Statistics in Medicine 24,
 *          1185-1202.
 */
#ifndef HOT_TRENDS_CHART_H
#define HOT_TRENDS_CHART_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** The least months that a chart is made of. */
enum { HOT_CHART_MONTHS = 12 };

/** One month of one area. All NaN and 0 where it is not judged: a month that is not covered, or the
 *  rest of the study area has no incident in it or in the others. */
typedef struct {
    double expected;          /**< incidents */
    double low, high;         /**< 95 % of counts are low to high, both included */
    double low_far, high_far; /**< 99.8 % */
    int signal;               /**< 1 = over high_far, -1 = under low_far, 0 = neither */
} hot_chart_month;

/** @param count       [areas * months] of an area's month at area * months + month
 *  @param whole       [months] of the whole study area; no less than any area's
 *  @param covered     [months] 0 = no data
 *  @param dispersion  >= 1 (hot_dispersion)
 *  @param chart       [areas * months] out
 *  @return HOT_OK, or HOT_MEMORY. Cost O(areas * months), eight quantiles each. Does not depend on
 *          threads */
HOT_MUST_USE hot_status hot_chart(const uint32_t *count, size_t areas, const int64_t *whole,
                                  size_t months, const uint8_t *covered, double dispersion,
                                  int threads, hot_chart_month *chart);

#endif
