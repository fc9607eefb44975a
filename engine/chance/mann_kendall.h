/** @file mann_kendall.h
 *  Does a series go up or down, whatever the shape of its way?
 */
#ifndef HOT_CHANCE_MANN_KENDALL_H
#define HOT_CHANCE_MANN_KENDALL_H

#include <stddef.h>

/** `s` pairs of values that rise less pairs that fall; its variance by chance alone, ties allowed
 *  for; `z` standard deviations, with s moved towards 0 by 1; `p` two-sided by the normal law. */
typedef struct {
    double s, variance, z, p;
} hot_trend;

/** Mann-Kendall.
 *
 *  Source  Mann (1945), Econometrica 13; Kendall (1975), Rank Correlation Methods; as R's
 *          cor.test(seq_along(x), x, method = "kendall", exact = FALSE, continuity = TRUE).
 *  @param x  [n] in the order of time; NaN = missing, left out
 *  @return z and p are NaN where fewer than two values are there, or all are equal
 *  Cost O(n^2) */
hot_trend hot_mann_kendall(const double *x, size_t n);

#endif
