/** @file tails.h
 *  How likely is a count as far out as this, of counts that vary more than chance has it?
 *
 *  Their variance is the mean times a dispersion of at least 1 (hot_dispersion); their tails are
 *  those of the negative binomial with that mean and variance, and at a dispersion of 1 the
 *  Poisson's.
 */
#ifndef HOT_CHANCE_TAILS_H
#define HOT_CHANCE_TAILS_H

/** Chance of `count` or more, and of `count` or fewer.
 *  @param mean        >= 0; at 0 every count is 0
 *  @param dispersion  variance over mean, >= 1 */
double hot_tail_above(double count, double mean, double dispersion);
double hot_tail_below(double count, double mean, double dispersion);

/** The least count that is not exceeded with chance p.
 *  @param p  0 < p < 1 */
double hot_count_at(double p, double mean, double dispersion);

#endif
