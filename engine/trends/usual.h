/** @file usual.h
 *  How far do counts usually stray, and how likely is one as far out as this?
 *
 *  Counts of incidents vary more than a Poisson count does. Here their variance is the mean times a
 *  dispersion of at least 1, which is taken from the counts themselves; their tails are those of
 * the negative binomial with that mean and variance, and at a dispersion of 1 the Poisson's.
 */
#ifndef HOT_TRENDS_USUAL_H
#define HOT_TRENDS_USUAL_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Variance of counts by unit and month over that of Poisson counts with the same totals.
 *
 *  Pearson's chi-square of units by months over its residual degrees of freedom, (units - 1) *
 *  (months - 1), counting units and months that have any; never under 1, and 1 where nothing is
 *  left to judge by.
 *  Source  McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., sections 4.5 and 6.2.
 *  @param count    [units * months] of a unit's month at unit * months + month
 *  @param covered  [months] 0 = no data: left out
 *  @param least    units with fewer in all are left out: of many that hold next to nothing,
 * chi-square tells of those alone. 1 = none is left out
 *  @return HOT_OK, or HOT_MEMORY (*dispersion untouched). Cost O(units * months) */
HOT_MUST_USE hot_status hot_dispersion(const uint32_t *count, size_t units, size_t months,
                                       const uint8_t *covered, uint64_t least, double *dispersion);

/** Chance of `count` or more, and of `count` or fewer.
 *  @param mean        >= 0; at 0 every count is 0
 *  @param dispersion  variance over mean, >= 1 */
double hot_tail_above(double count, double mean, double dispersion);
double hot_tail_below(double count, double mean, double dispersion);

/** The least count that is not exceeded with chance p.
 *  @param p  0 < p < 1 */
double hot_count_at(double p, double mean, double dispersion);

#endif
