/** @file resample.h
 *  How much would sums have been otherwise, had other places had incidents?
 *
 *  Source  Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 6 and 13:
 *          percentile limits. Incidents of one place are not independent of each other, so places
 *          are drawn, each with all its incidents: Davison and Hinkley (1997), Bootstrap Methods
 *          and their Application, 3.8, cluster sampling.
 */
#ifndef HOT_EVALUATE_RESAMPLE_H
#define HOT_EVALUATE_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Draw as many places as there are, with replacement, again and again, and add up what they have.
 *
 *  @param value   [places * series] place after place, what each has of each series
 *  @param places  < 2^32
 *  @param draws   how often
 *  @param seed    of the draws: the same seed, the same sums
 *  @param threads >= 1; does not change a byte
 *  @param sum     [series * draws] out, series after series
 *  @return HOT_OK, or HOT_MEMORY (sum is then not to be used)
 *  Cost    O(draws * (places + values that are not 0))    Memory  O(values that are not 0)
 *  Random  a stream for each draw (engine/chance/draws.h) */
HOT_MUST_USE hot_status hot_resample(const double *value, size_t places, size_t series,
                                     size_t draws, uint64_t seed, int threads, double *sum);

/** The 2.5 and 97.5 % points of drawn figures: of 999 the 25th and the 975th.
 *  @param figure  [n] reordered; figures that are NaN count for none
 *  @return in *low and *high; NaN with fewer than 40 figures */
void hot_resample_limits(double *figure, size_t n, double *low, double *high);

#endif
