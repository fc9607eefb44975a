#include "engine/bandwidth/fit.h"

#include <math.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/kde/at.h"

static const double pi = 3.14159265358979323846;

/** The density at every place, itself counted; NULL without memory. */
static double *densities(const hot_strips *s, hot_kernel kernel, double bandwidth, int threads)
{
    double *f = hot_new_raw(s->n, sizeof *f);
    if (!f) return NULL;
#pragma omp parallel for schedule(dynamic, 64) num_threads(hot_threads(threads))
    for (uint32_t i = 0; i < s->n; i++)
        f[i] = hot_kde_at(s, kernel, bandwidth, s->point[i].x, s->point[i].y);
    return f;
}

hot_status hot_fit_likelihood(const hot_strips *s, hot_kernel kernel, double bandwidth, double even,
                              double km2, int threads, double *likelihood)
{
    *likelihood = 0;
    if (s->n < 2) return HOT_OK;
    double *f = densities(s, kernel, bandwidth, threads);
    if (!f) return HOT_MEMORY;
    double own = 1e6 * hot_kernel_value(kernel, 0, bandwidth), sum = 0;
    double ground = even * (double)(s->n - 1) / km2;
    for (uint32_t i = 0; i < s->n; i++) sum += log((1 - even) * fmax(f[i] - own, 0) + ground);
    hot_free(f);
    *likelihood = sum;
    return HOT_OK;
}

hot_status hot_fit_inverse(const hot_strips *s, double sigma, int threads, double *km2)
{
    double *f = densities(s, HOT_GAUSSIAN, sigma, threads);
    if (!f) return HOT_MEMORY;
    *km2 = 0;
    for (uint32_t i = 0; i < s->n; i++) *km2 += 1 / f[i];
    hot_free(f);
    return HOT_OK;
}

/* ---- the disc ---- */

/** Ordered pairs by distance: bin k holds (k - 1) step < r <= k step, bin 0 nothing. */
static void count_pairs(const hot_strips *s, double step, double *pairs)
{
    double reach = 2 * HOT_FIT_RADII * step;
    for (uint32_t i = 0; i < s->n; i++) {
        const hot_point *p = &s->point[i];
        int32_t last = hot_strip_of(s, p->y + reach);
        for (int32_t strip = hot_strip_of(s, p->y - reach); strip <= last; strip++)
            for (uint32_t j = hot_strip_from(s, strip, p->x - reach); j < s->first[strip + 1];
                 j++) {
                const hot_point *q = &s->point[j];
                if (q->x > p->x + reach) break;
                double r = hypot(q->x - p->x, q->y - p->y);
                if (j != i && r <= reach) pairs[(size_t)ceil(r / step)]++;
            }
    }
}

static double phi(double t)
{
    return t < 1 ? acos(t) - t * sqrt(1 - t * t) : 0;
}

/** M(h) at h = k steps, in m4: the middle of a bin stands for its pairs. */
static double error_at(const double *pairs, int k, double step, double each, double lambda)
{
    double h = k * step, disc = pi * h * h, within = 0, j = 0;
    for (int b = 0; b <= 2 * k; b++) {
        within += b <= k ? pairs[b] : 0;
        j += pairs[b] * phi(fmax(b - 0.5, 0) / (2 * k));
    }
    return (1 / lambda - 2 * each * within) / disc + 2 * h * h * each * j / (disc * disc);
}

hot_status hot_fit_disc(const hot_strips *s, double most, double km2, double *radius)
{
    double step = most / HOT_FIT_RADII, area = 1e6 * km2, n = s->n, best = INFINITY;
    *radius = NAN;
    if (s->n < 2) return HOT_OK;
    double *pairs = hot_new(2 * HOT_FIT_RADII + 1, sizeof *pairs);
    if (!pairs) return HOT_MEMORY;
    count_pairs(s, step, pairs);
    for (int k = 1; k <= HOT_FIT_RADII; k++) {
        double error = error_at(pairs, k, step, area / (n * (n - 1)), n / area);
        if (error < best) *radius = k * step;
        best = fmin(best, error);
    }
    hot_free(pairs);
    return HOT_OK;
}
