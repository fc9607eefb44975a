/** @file exact.h
 *  Two counts: does chance alone set them as far apart? Exact answers, for counts of any size.
 *
 *  Counts are whole numbers >= 0; exposures (days, people, or what stands for a trend) are > 0.
 *  Every p is two-sided, 0 to 1; NaN where an argument is out of range, and where both counts are
 * 0, of which nothing can be said.
 */
#ifndef HOT_CHANCE_EXACT_H
#define HOT_CHANCE_EXACT_H

/** The conditional test: given their sum, the first count is binomial with the share of its
 *  exposure. Outcomes no more likely than what was seen are added up.
 *
 *  Source  Przyborowski and Wilenski (1940), Biometrika 31; as R's poisson.test(c(x1, x2), c(t1,
 *          t2)) and binom.test.
 *  Cost O(log of the sum) */
double hot_exact(double x1, double t1, double x2, double t2);

/** The same where the exposures were counted themselves: x1 and x2 of one area, rest1 and rest2 of
 *  all others. Given all sums, x1 is hypergeometric, so that what is not known of the others' trend
 *  is taken in.
 *
 *  Source  Fisher (1935), JRSS 98; as R's fisher.test(matrix(c(x1, x2, rest1, rest2), 2)).
 *  @param rest1,rest2  counts; NaN where their sum is 0 too
 *  Cost O(log of the sum) */
double hot_exact_trend(double x1, double x2, double rest1, double rest2);

/** The E-test: outcomes of two Poisson counts of one common rate that lie at least as far apart, as
 *  measured by |x1/t1 - x2/t2| / sqrt(x1/t1^2 + x2/t2^2).
 *
 *  Source  Krishnamoorthy and Thomson (2004), J. Statistical Planning and Inference 119.
 *  Cost O(sqrt(x1 + x2)^2) */
double hot_e_test(double x1, double t1, double x2, double t2);

#endif
