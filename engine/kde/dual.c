#include "engine/kde/dual.h"

#include <math.h>

void hot_dual_difference(double *now, const double *before, size_t n, double scale)
{
    for (size_t i = 0; i < n; i++) now[i] -= scale * before[i];
}

void hot_dual_ratio(double *now, const double *before, size_t n, double scale, double floor)
{
    for (size_t i = 0; i < n; i++) {
        double base = scale * before[i];
        now[i] = base >= floor ? now[i] / base : (double)NAN;
    }
}
