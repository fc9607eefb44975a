#include "engine/kde/kernels.h"

#include <math.h>
#include <stddef.h>

static const double pi = 3.14159265358979323846;

static const char *const names[] = {
    [HOT_UNIFORM] = "uniform", [HOT_TRIANGULAR] = "triangular", [HOT_EPANECHNIKOV] = "epanechnikov",
    [HOT_QUARTIC] = "quartic", [HOT_TRIWEIGHT] = "triweight",   [HOT_GAUSSIAN] = "gaussian",
};

enum { NAMES = sizeof names / sizeof names[0] };

const char *hot_kernel_name(hot_kernel kernel)
{
    return (unsigned)kernel < NAMES ? names[kernel] : NULL;
}

/* tolower() follows the locale: in Turkish it would not find "UNIFORM". */
static char small(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter + ('a' - 'A')) : letter;
}

static bool same(const char *name, const char *other)
{
    while (*name && small(*name) == *other) name++, other++;
    return !*name && !*other;
}

bool hot_kernel_parse(const char *name, hot_kernel *out)
{
    if (!name) return false;
    for (unsigned i = 0; i < NAMES; i++)
        if (same(name, names[i])) {
            *out = (hot_kernel)i;
            return true;
        }
    return false;
}

static double gaussian(double u)
{
    if (u >= HOT_GAUSSIAN_CUT) return 0;
    double within = -expm1(-HOT_GAUSSIAN_CUT * HOT_GAUSSIAN_CUT / 2);
    return exp(-u * u / 2) / (2 * within);
}

double hot_kernel_value(hot_kernel kernel, double distance, double bandwidth)
{
    double u = distance / bandwidth, plane = pi * bandwidth * bandwidth;
    double rest = u < 1 ? (1 - u) * (1 + u) : 0;
    switch (kernel) {
    case HOT_UNIFORM:
        return u <= 1 ? 1 / plane : 0;
    case HOT_TRIANGULAR:
        return u < 1 ? 3 * (1 - u) / plane : 0;
    case HOT_EPANECHNIKOV:
        return 2 * rest / plane;
    case HOT_QUARTIC:
        return 3 * rest * rest / plane;
    case HOT_TRIWEIGHT:
        return 4 * rest * rest * rest / plane;
    case HOT_GAUSSIAN:
        return gaussian(u) / plane;
    }
    return 0;
}

double hot_kernel_support(hot_kernel kernel, double bandwidth)
{
    return kernel == HOT_GAUSSIAN ? HOT_GAUSSIAN_CUT * bandwidth : bandwidth;
}
