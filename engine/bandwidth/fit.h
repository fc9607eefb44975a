/** @file fit.h
 *  How well a bandwidth fits the places themselves: three criteria, each of distinct places,
 * because places that coincide drive every one of them towards zero.
 */
#ifndef HOT_BANDWIDTH_FIT_H
#define HOT_BANDWIDTH_FIT_H

#include "engine/base/status.h"
#include "engine/kde/kernels.h"
#include "engine/space/strips.h"

/** The part of the likelihood's density that is spread evenly over the study area: a place out of
 *  every other's reach then lowers the likelihood, and does not make it impossible. */
#define HOT_FIT_EVEN 0.01

/** Leave-one-out log likelihood; the more, the better.
 *
 *  Source  Loader (1999), Local Regression and Likelihood, 5.3; bw.ppl of spatstat with e = 0, and
 *          without its edge correction:
 *              sum over i of log((1 - e) f_-i(s_i) + e (n - 1) / A),   f_-i without place i
 *          The integral of f, which the criterion takes off, is n whatever the bandwidth.
 *  @param places     distinct; weights are taken as 1 each
 *  @param even       e, 0 <= e < 1, as HOT_FIT_EVEN; with 0 a place that is out of reach gives
 *                    -infinity
 *  @param km2        A, > 0
 *  @param threads    does not change a bit
 *  @param likelihood out; 0 for fewer than two places
 *  @return HOT_OK; HOT_MEMORY    Cost: pairs within reach */
HOT_MUST_USE hot_status hot_fit_likelihood(const hot_strips *places, hot_kernel kernel,
                                           double bandwidth, double even, double km2, int threads,
                                           double *likelihood);

/** Sum over places of 1 / f(s_i), km2, itself counted, with a Gaussian of standard deviation
 *  `sigma`: where it is the study area's own size, sigma fits.
 *
 *  Source  Cronie and van Lieshout (2018), "A Non-Model-Based Approach to Bandwidth Selection for
 *          Kernel Estimators of Spatial Intensity Functions", Biometrika 105(2); bw.CvL of spatstat
 *  @return HOT_OK; HOT_MEMORY    Cost: pairs within 4 sigma */
HOT_MUST_USE hot_status hot_fit_inverse(const hot_strips *places, double sigma, int threads,
                                        double *km2);

enum { HOT_FIT_RADII = 512 };

/** The radius of a disc with the least mean square error, were the places a stationary Cox process.
 *
 *  Source  Berman and Diggle (1989), JRSS B 51, 81-92, eq. 2.5; bw.diggle of spatstat with
 *          correction = "none", whose sigma is half the radius:
 *              M(h) = (1 / l - 2 K(h)) / (pi h^2) + J(h) / (pi h^2)^2,
 *              J(h) = 1 / (2 pi) sum of phi(r) dK(r),  phi(r) = 4 pi h^2 (acos(t) - t sqrt(1 -
 * t^2)), t = r / (2 h),  l = n / A,  K(r) = A / (n (n - 1)) x ordered pairs within r at h = k most
 * / HOT_FIT_RADII, k = 1 .. HOT_FIT_RADII, pairs in bins of that width.
 *  @param most    m, the widest radius looked at
 *  @param radius  out, m; NaN for fewer than two places
 *  @return HOT_OK; HOT_MEMORY    Cost: pairs within 2 most, and HOT_FIT_RADII^2 */
HOT_MUST_USE hot_status hot_fit_disc(const hot_strips *places, double most, double km2,
                                     double *radius);

#endif
