/** @file change.h
 *  Has an area changed beyond its usual variation, and beyond what everywhere else changed?
 */
#ifndef HOT_CHANGE_CHANGE_H
#define HOT_CHANGE_CHANGE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/change/usual.h"

/** What areas are held against. */
typedef struct {
    double now, before;           /**< incidents of the whole study area, these areas included */
    double days_now, days_before; /**< > 0, how long the periods are */
    const hot_usual *usual;       /**< NULL = not known: the exact tests, chance alone */
} hot_ground;

/** What an area would have if it had moved as the rest of the study area did: its count before
 * times the rest's now over the rest's before; times the days' ratio where the rest had none
 * before. */
double hot_change_expected(const hot_ground *ground, double now, double before);

/** How likely the usual variation sets an area and the rest of the study area as far apart.
 *
 *  Of the table now, before by area, rest: Pearson's chi-square over the dispersion, which is the
 *  score test of the quasi-Poisson model and takes in the variance of the rest, by Student's law of
 *  the dispersion's degrees of freedom. Where the rest had none before: the area's own two counts
 *  against the days. It is never below the exact p of hot_exact_trend, or hot_exact: what varies
 *  more than chance is not surer than chance, which the chi-square would be of few incidents and
 *  unequal periods. Where the usual variation is not known, the exact p alone.
 *
 *  Source  McCullagh and Nelder (1989), Generalized Linear Models, sections 6.2.3 and 12.5; as R's
 *          chisq.test(matrix(c(now, before, rest now, rest before), 2), correct = FALSE), which is
 *          the score test of glm's interaction, over the dispersion.
 *  Cost O(log of the counts)
 *  @return two-sided, 0 to 1; NaN where both counts are 0: nothing to judge */
double hot_change_p(const hot_ground *ground, double now, double before);

/** 1 more, -1 fewer than expected, 0 neither: p above `level`, or NaN. */
int hot_change_class(double now, double expected, double p, double level);

#endif
