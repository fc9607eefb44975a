/** @file score.h
 *  How much of what came later lies in the places that were chosen before?
 *
 *  Places are units in an order: the next is taken while a budget lasts. What a budget holds of
 * each unit is worked out once, and asked of hits, area and anything else that units have.
 *
 *  Source  Hit rate, PAI: Chainey, Tompson and Uhlig (2008), The utility of hotspot mapping for
 *          predicting spatial patterns of crime, Security Journal 21, 4-28. PEI: Hunt (2016), in
 *          the notation of Drawve and Wooditch (2019), Journal of Criminal Justice 64.
 */
#ifndef HOT_EVALUATE_SCORE_H
#define HOT_EVALUATE_SCORE_H

#include <stddef.h>

/** What part of each unit a budget holds.
 *
 *  The unit that would go beyond the budget is held in part, so that methods are compared at the
 *  very same area. Units of one score are tied: where the budget ends among them, each is held in
 *  the same part, which is what taking them in an order by lot gives on average.
 *
 *  @param score   [n] falling; NULL = the order decides, and nothing is tied
 *  @param cost    [n] >= 0: areas, or NULL for 1 each
 *  @param budget  >= 0, in the units of the cost
 *  @param part    [n] out, 0 to 1
 *  @return the cost of what is held: the budget, or less where there are not enough units
 *  Cost O(n) */
double hot_budget_parts(const double *score, const double *cost, size_t n, double budget,
                        double *part);

/** Sum of the parts of `value`. @param value  [n] */
double hot_budget_sum(const double *part, const double *value, size_t n);

/** Prediction accuracy index: (hits / of) / (area / whole).
 *  NaN where nothing happened, nothing was chosen or there is no area. */
double hot_pai(double hits, double of, double area, double whole);

/** Prediction efficiency index: a PAI over the best that the same units reach with hindsight.
 *  NaN where that is 0 or not known. */
double hot_pei(double pai, double best);

#endif
