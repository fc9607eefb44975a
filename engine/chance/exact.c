#define MATHLIB_STANDALONE
#include "engine/chance/exact.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include <Rmath.h>

/** A law of whole numbers with one peak. */
typedef struct law {
    double low, high, peak;
    double a, b, c; /* what the functions below need */
    double (*mass)(const struct law *law, double k);
    double (*below)(const struct law *law, double k, int lower); /* P(X <= k), or P(X > k) */
} law;

static double binomial_mass(const law *l, double k)
{
    return dbinom(k, l->a, l->b, 0);
}

static double binomial_below(const law *l, double k, int lower)
{
    return pbinom(k, l->a, l->b, lower, 0);
}

static double hyper_mass(const law *l, double k)
{
    return dhyper(k, l->a, l->b, l->c, 0);
}

static double hyper_below(const law *l, double k, int lower)
{
    return phyper(k, l->a, l->b, l->c, lower, 0);
}

/** The outcome nearest to the peak, on the side that `step` goes to, of mass no more than `most`;
 *  one beyond the end where there is none. Beyond the peak the mass only falls. */
static double first_unlikely(const law *l, double most, double step)
{
    double near = l->peak, far = step > 0 ? l->high + 1 : l->low - 1;
    while (fabs(far - near) > 1) {
        double middle = floor((near + far) / 2);
        if (l->mass(l, middle) <= most)
            far = middle;
        else
            near = middle;
    }
    return far;
}

/** Probability of all outcomes that are no more likely than x; what is equal but for rounding is
 *  equal, as in R. */
static double two_sided(const law *l, double x)
{
    double most = l->mass(l, x) * (1 + 1e-7);
    if (l->mass(l, l->peak) <= most) return 1;
    double lower = x < l->peak ? x : first_unlikely(l, most, -1);
    double upper = x < l->peak ? first_unlikely(l, most, 1) : x;
    double p = 0;
    if (lower >= l->low) p += l->below(l, lower, 1);
    if (upper <= l->high) p += l->below(l, upper - 1, 0);
    return fmin(p, 1);
}

static bool is_count(double x)
{
    return x >= 0 && isfinite(x) && floor(x) == x;
}

double hot_exact(double x1, double t1, double x2, double t2)
{
    double n = x1 + x2, share = t1 / (t1 + t2);
    bool known = is_count(x1) && is_count(x2) && t1 > 0 && t2 > 0 && isfinite(t1 + t2);
    if (!known || n == 0) return NAN;
    law l = {0, n, fmin(floor((n + 1) * share), n), n, share, 0, binomial_mass, binomial_below};
    return two_sided(&l, x1);
}

double hot_exact_trend(double x1, double x2, double rest1, double rest2)
{
    double n = x1 + x2, all1 = x1 + rest1, all2 = x2 + rest2;
    bool known = is_count(x1) && is_count(x2) && is_count(rest1) && is_count(rest2);
    if (!known || n == 0 || rest1 + rest2 == 0) return NAN;
    double peak = floor((n + 1) * (all1 + 1) / (all1 + all2 + 2));
    law l = {fmax(0, n - all2), fmin(n, all1), 0, all1, all2, n, hyper_mass, hyper_below};
    l.peak = fmin(fmax(peak, l.low), l.high);
    return two_sided(&l, x1);
}

/* ---- the E-test ---- */

static double apart(double x1, double t1, double x2, double t2)
{
    if (x1 + x2 == 0) return 0;
    return fabs(x1 / t1 - x2 / t2) / sqrt(x1 / (t1 * t1) + x2 / (t2 * t2));
}

/** Where a Poisson count has practically all of its mass: 12 standard deviations and 40 more. */
static void usual_range(double mean, double *from, double *to)
{
    double reach = 12 * sqrt(mean) + 40;
    *from = fmax(0, floor(mean - reach));
    *to = ceil(mean + reach);
}

double hot_e_test(double x1, double t1, double x2, double t2)
{
    bool known = is_count(x1) && is_count(x2) && t1 > 0 && t2 > 0 && isfinite(t1 + t2);
    if (!known || x1 + x2 == 0) return NAN;
    double rate = (x1 + x2) / (t1 + t2), p = 0, from1, to1, from2, to2;
    double least = apart(x1, t1, x2, t2) * (1 - 1e-12); /* equal but for rounding is equal */
    usual_range(rate * t1, &from1, &to1);
    usual_range(rate * t2, &from2, &to2);
    size_t n1 = (size_t)(to1 - from1) + 1, n2 = (size_t)(to2 - from2) + 1;
    for (size_t i = 0; i < n1; i++) {
        double k1 = from1 + (double)i, sum = 0;
        for (size_t j = 0; j < n2; j++) {
            double k2 = from2 + (double)j;
            if (apart(k1, t1, k2, t2) >= least) sum += dpois(k2, rate * t2, 0);
        }
        p += sum * dpois(k1, rate * t1, 0);
    }
    return fmin(p, 1);
}
