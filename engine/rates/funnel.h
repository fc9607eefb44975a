/** @file funnel.h
 *  Which areas lie out of what the rates of areas like them scatter by?
 *
 *  Source  Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202: funnel plot of a ratio of
 *          observed to expected, on the square root scale; Spiegelhalter (2005), Quality and Safety
 *          in Health Care 14, 347-351: dispersion from winsorised z scores. The limits are widened
 *          by random effects (additive), not by a factor (multiplicative): areas differ for reasons
 *          of their own, and a factor would let a large area be called out for any difference at
 *          all.
 *
 *  With y = sqrt(O/E), s = 1 / (2 sqrt E), z = (y - 1) / s; z winsorised at its 10 % and 90 %
 *  quantiles (R's type 7); phi = sum z^2 / n; w = 1 / s^2;
 *  tau^2 = (n phi - (n - 1)) / (sum w - sum w^2 / sum w), and 0 where that is negative;
 *  the widened z = (y - 1) / sqrt(s^2 + tau^2).
 */
#ifndef HOT_RATES_FUNNEL_H
#define HOT_RATES_FUNNEL_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Fewer areas than this say nothing of how areas scatter. */
enum { HOT_FUNNEL_AREAS = 5 };

typedef struct {
    double phi; /**< 1 = chance alone; NaN with fewer than HOT_FUNNEL_AREAS areas */
    double tau; /**< standard deviation between areas of sqrt(O/E); NaN likewise */
} hot_dispersion;

/** z of each area, widened by the dispersion of all.
 *
 *  @param observed  [n] incidents, >= 0
 *  @param expected  [n] incidents by the comparator's rate; areas where it is not > 0 take no part
 *  @param z         [n] out, standard normal where areas differ as the others do; NaN where
 *                   expected is not > 0, everywhere with fewer than HOT_FUNNEL_AREAS that are
 *  @return HOT_OK, or HOT_MEMORY (outputs untouched)    Cost O(n log n) */
HOT_MUST_USE hot_status hot_funnel(const double *observed, const double *expected, size_t n,
                                   double *z, hot_dispersion *dispersion);

/** Where z lies: 0 within the 95 % limits, 1 and -1 outside them, 2 and -2 outside the 99.8 %
 *  limits; z must not be NaN. */
int8_t hot_funnel_class(double z);

#endif
