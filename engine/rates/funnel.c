#include "engine/rates/funnel.h"

#include <math.h>
#include <stdlib.h>

#include "engine/base/memory.h"
#include "engine/chance/limits.h"

/** The standard normal deviate of two-sided 99.8 % limits. */
static const double z998 = 3.090232306167814;

static int upwards(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/** R's type 7. */
static double quantile(const double *sorted, size_t n, double share)
{
    double at = share * (double)(n - 1), below = floor(at);
    size_t k = (size_t)below;
    if (k + 1 >= n) return sorted[n - 1];
    return sorted[k] + (at - below) * (sorted[k + 1] - sorted[k]);
}

/** sqrt(O/E) - 1. */
static double apart(double observed, double expected)
{
    return sqrt(observed / expected) - 1;
}

/** 1 / s^2. */
static double weight_of(double expected)
{
    return 4 * expected;
}

/** Sums in the order of size, so that the order of the areas does not matter. */
static double dispersion_of(const double *sorted, size_t n)
{
    double low = quantile(sorted, n, 0.1), high = quantile(sorted, n, 0.9), sum = 0;
    for (size_t i = 0; i < n; i++) {
        double z = fmin(fmax(sorted[i], low), high);
        sum += z * z;
    }
    return sum / (double)n;
}

/** @param weight  [n] sorted */
static double between_areas(const double *weight, size_t n, double phi)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum += weight[i];
        squares += weight[i] * weight[i];
    }
    double excess = (double)n * phi - (double)(n - 1), scale = sum - squares / sum;
    return excess > 0 && scale > 0 ? sqrt(excess / scale) : 0;
}

/** @param list  [2 n] scratch */
static hot_dispersion disperse(const double *observed, const double *expected, size_t n,
                               double *list)
{
    size_t taken = 0;
    double *weight = list + n;
    for (size_t i = 0; i < n; i++) {
        if (!(expected[i] > 0)) continue;
        weight[taken] = weight_of(expected[i]);
        list[taken] = apart(observed[i], expected[i]) * sqrt(weight[taken]);
        taken++;
    }
    if (taken < HOT_FUNNEL_AREAS) return (hot_dispersion){NAN, NAN};
    qsort(list, taken, sizeof *list, upwards);
    qsort(weight, taken, sizeof *weight, upwards);
    hot_dispersion d = {.phi = dispersion_of(list, taken)};
    d.tau = between_areas(weight, taken, d.phi);
    return d;
}

hot_status hot_funnel(const double *observed, const double *expected, size_t n, double *z,
                      hot_dispersion *dispersion)
{
    double *list = hot_new_raw(n, 2 * sizeof *list);
    if (!list) return HOT_MEMORY;
    hot_dispersion d = disperse(observed, expected, n, list);
    hot_free(list);
    for (size_t i = 0; i < n; i++)
        z[i] = expected[i] > 0 ? apart(observed[i], expected[i]) /
                                     sqrt(1 / weight_of(expected[i]) + d.tau * d.tau)
                               : NAN;
    *dispersion = d;
    return HOT_OK;
}

int8_t hot_funnel_class(double z)
{
    int8_t out = fabs(z) > z998 ? 2 : fabs(z) > HOT_Z95 ? 1 : 0;
    return z < 0 ? (int8_t)-out : out;
}
