/** @file limits.h
 *  Between which limits does a share, or a count, lie that was seen once?
 */
#ifndef HOT_CHANCE_LIMITS_H
#define HOT_CHANCE_LIMITS_H

/** The standard normal deviate of two-sided 95 % limits. */
#define HOT_Z95 1.959963984540054

typedef struct {
    double low, high;
} hot_limits;

/** Limits of a share of which `part` of `whole` was seen.
 *
 *  Source  Wilson (1927), JASA 22; as in Newcombe (1998), Statistics in Medicine 17, method 3.
 *  @param part,whole  counts, 0 <= part <= whole
 *  @param z           normal deviate, > 0
 *  @return shares from 0 to 1; both NaN where whole is not positive or part is out of range */
hot_limits hot_wilson(double part, double whole, double z);

/** Limits of the mean of a Poisson count that was seen once.
 *
 *  Source  Byar's approximation: Breslow and Day (1987), Statistical Methods in Cancer Research II,
 *          IARC, p. 69, equations 2.13 and 2.14.
 *  @param count  >= 0, need not be whole
 *  @param z      normal deviate, > 0
 *  @return counts; the lower limit of 0 is 0; both NaN where count is negative or not a number */
hot_limits hot_byar(double count, double z);

#endif
