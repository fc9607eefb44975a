#include "engine/kde/at.h"

#include <math.h>

#include "engine/base/parallel.h"

double hot_kde_at(const hot_strips *s, hot_kernel kernel, double bandwidth, double x, double y)
{
    double reach = hot_kernel_support(kernel, bandwidth), sum = 0;
    if (s->n == 0) return 0;
    int32_t last = hot_strip_of(s, y + reach);
    for (int32_t strip = hot_strip_of(s, y - reach); strip <= last; strip++)
        for (uint32_t i = hot_strip_from(s, strip, x - reach); i < s->first[strip + 1]; i++) {
            const hot_point *p = &s->point[i];
            if (p->x > x + reach) break;
            double dx = p->x - x, dy = p->y - y;
            sum += p->weight * hot_kernel_value(kernel, sqrt(dx * dx + dy * dy), bandwidth);
        }
    return 1e6 * sum;
}

void hot_kde_at_all(const hot_strips *points, hot_kernel kernel, double bandwidth, const double *x,
                    const double *y, size_t n, int threads, double *density)
{
#pragma omp parallel for schedule(dynamic, 64) num_threads(hot_threads(threads))
    for (size_t i = 0; i < n; i++) density[i] = hot_kde_at(points, kernel, bandwidth, x[i], y[i]);
}
