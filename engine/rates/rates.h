/** @file rates.h
 *  How many incidents for those who could have had one, and is that the right thing to divide by?
 */
#ifndef HOT_RATES_RATES_H
#define HOT_RATES_RATES_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/chance/limits.h"

typedef struct {
    double rate, low, high; /**< for each `per` of the denominator, with 95 % limits */
} hot_rate;

/** A count over what it is divided by, with Byar's 95 % limits (limits.h).
 *
 *  @param count    incidents, >= 0
 *  @param divisor  people, premises, km ...; > 0
 *  @param per      1000 for a rate per 1,000; > 0
 *  @return all NaN where divisor is not positive or is not known (NaN), or count is negative */
hot_rate hot_rate_of(double count, double divisor, double per);

/** Which areas have so many incidents for their residents that residents are the wrong denominator:
 *  town centres, industrial parks, stations.
 *
 *  Rule    By the logarithms of the rates of areas that have any: more than log 3 above their
 *          median, so above three times the usual rate, and more than 3 robust standard deviations
 *          (1.4826 x the median absolute deviation) above it. An area without residents that has
 *          incidents is one too.
 *  Source  Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers, ASQC, for the robust
 *          deviation; the thresholds are ours.
 *  @param count   [n] incidents, >= 0
 *  @param people  [n] residents, >= 0; NaN = not known
 *  @param unfit   [n] out: 1 = wrong, 0 = not, -1 = not judged: residents not known, or fewer than
 *                 HOT_UNFIT_AREAS areas with residents and incidents to judge by
 *  @return HOT_OK, or HOT_MEMORY (unfit untouched)    Cost O(n log n) */
HOT_MUST_USE hot_status hot_rates_unfit(const double *count, const double *people, size_t n,
                                        int8_t *unfit);

enum { HOT_UNFIT_AREAS = 5, HOT_UNFIT_TIMES = 3, HOT_UNFIT_DEVIATIONS = 3 };

#endif
