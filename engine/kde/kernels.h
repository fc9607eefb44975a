/** @file kernels.h
 *  The shapes an incident can be spread with, each of which integrates to 1 over the plane.
 *
 *  Source  Silverman (1986), Density Estimation for Statistics and Data Analysis, ch. 4, eq. 4.5
 * for the Epanechnikov, eq. 4.6 for the quartic and triweight; Wand & Jones (1995), Kernel
 *          Smoothing, p. 175. With u = d / h:
 *
 *              uniform       1 / (pi h^2)              triangular   3 (1 - u) / (pi h^2)
 *              epanechnikov  2 (1 - u^2) / (pi h^2)    quartic      3 (1 - u^2)^2 / (pi h^2)
 *              triweight     4 (1 - u^2)^3 / (pi h^2)
 *              gaussian      exp(-d^2 / (2 h^2)) / (2 pi h^2), cut at 4 h and divided by
 *                            1 - exp(-8), the part of its mass within the cut
 *  Bounds  the uniform kernel is closed: it counts at d = h. The Gaussian is open: it is 0 at
 *          d = 4 h. The others reach 0 at d = h by themselves.
 */
#ifndef HOT_KDE_KERNELS_H
#define HOT_KDE_KERNELS_H

#include <stdbool.h>

typedef enum {
    HOT_UNIFORM,
    HOT_TRIANGULAR,
    HOT_EPANECHNIKOV,
    HOT_QUARTIC,
    HOT_TRIWEIGHT,
    HOT_GAUSSIAN, /**< its bandwidth is the standard deviation along one axis */
} hot_kernel;

/** How many bandwidths the Gaussian reaches. */
#define HOT_GAUSSIAN_CUT 4.0

/** "uniform", "triangular", "epanechnikov", "quartic", "triweight", "gaussian"; NULL for a value
 *  that is no kernel. The text is static. */
const char *hot_kernel_name(hot_kernel kernel);

/** The kernel of that name, in any mixture of ASCII capitals and small letters, in every locale.
 *  @return false for NULL and for any other text (out untouched) */
bool hot_kernel_parse(const char *name, hot_kernel *out);

/** Density per m2 at `distance` (m, >= 0) from one incident; 0 outside the support.
 *  @param bandwidth  m, > 0 */
double hot_kernel_value(hot_kernel kernel, double distance, double bandwidth);

/** How far the kernel reaches, m: the bandwidth, or 4 bandwidths for the Gaussian. */
double hot_kernel_support(hot_kernel kernel, double bandwidth);

#endif
