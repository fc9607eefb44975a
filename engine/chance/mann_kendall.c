#include "engine/chance/mann_kendall.h"

#include <math.h>

static double spread(double n)
{
    return n * (n - 1) * (2 * n + 5);
}

/** How many values equal x[i]; 0 where an earlier one has counted them. */
static double ties_from(const double *x, size_t n, size_t i)
{
    double ties = 1;
    for (size_t j = 0; j < i; j++)
        if (x[j] == x[i]) return 0;
    for (size_t j = i + 1; j < n; j++) ties += x[j] == x[i];
    return ties;
}

hot_trend hot_mann_kendall(const double *x, size_t n)
{
    hot_trend t = {0, 0, NAN, NAN};
    double there = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i])) continue;
        there++;
        t.variance -= spread(ties_from(x, n, i)) / 18;
        for (size_t j = i + 1; j < n; j++) t.s += (x[j] > x[i]) - (x[j] < x[i]);
    }
    t.variance += spread(there) / 18;
    if (!(t.variance > 1e-9)) return t;
    t.z = (t.s - (t.s > 0) + (t.s < 0)) / sqrt(t.variance);
    t.p = erfc(fabs(t.z) / sqrt(2));
    return t;
}
