#include "engine/trends/usual.h"

#include <math.h>

#include "engine/base/memory.h"

#define MATHLIB_STANDALONE 1
#include <Rmath.h>

/* ---- dispersion ---- */

static uint64_t unit_total(const uint32_t *count, size_t months, const uint8_t *covered)
{
    uint64_t sum = 0;
    for (size_t m = 0; m < months; m++)
        if (covered[m]) sum += count[m];
    return sum;
}

/** Totals of every unit and month, of the units that are kept. */
static void margins(const uint32_t *count, size_t units, size_t months, const uint8_t *covered,
                    uint64_t least, uint64_t *of_unit, uint64_t *of_month)
{
    for (size_t u = 0; u < units; u++) {
        const uint32_t *own = count + u * months;
        of_unit[u] = unit_total(own, months, covered);
        if (of_unit[u] < least) of_unit[u] = 0;
        for (size_t m = 0; m < months && of_unit[u]; m++)
            if (covered[m]) of_month[m] += own[m];
    }
}

static size_t how_many(const uint64_t *total, size_t n, uint64_t *sum)
{
    size_t any = 0;
    *sum = 0;
    for (size_t k = 0; k < n; k++) {
        any += total[k] > 0;
        *sum += total[k];
    }
    return any;
}

static double pearson(const uint32_t *count, size_t units, size_t months, const uint64_t *of_unit,
                      const uint64_t *of_month)
{
    uint64_t all;
    size_t u_any = how_many(of_unit, units, &all), m_any = how_many(of_month, months, &all);
    double chi = 0;
    if (u_any < 2 || m_any < 2) return 1;
    for (size_t u = 0; u < units; u++)
        for (size_t m = 0; m < months && of_unit[u]; m++) {
            if (of_month[m] == 0) continue;
            double mean = (double)of_unit[u] * (double)of_month[m] / (double)all;
            double off = (double)count[u * months + m] - mean;
            chi += off * off / mean;
        }
    return fmax(1, chi / ((double)(u_any - 1) * (double)(m_any - 1)));
}

hot_status hot_dispersion(const uint32_t *count, size_t units, size_t months,
                          const uint8_t *covered, uint64_t least, double *dispersion)
{
    uint64_t *of_unit = hot_new(units, sizeof *of_unit);
    uint64_t *of_month = hot_new(months, sizeof *of_month);
    bool room = of_unit && of_month;
    if (room) {
        margins(count, units, months, covered, least, of_unit, of_month);
        *dispersion = pearson(count, units, months, of_unit, of_month);
    }
    hot_free(of_unit);
    hot_free(of_month);
    return room ? HOT_OK : HOT_MEMORY;
}

/* ---- tails ---- */

/** So near to 1 that the negative binomial's size would be beyond all measure. */
static bool is_poisson(double dispersion)
{
    return dispersion < 1 + 1e-9;
}

static double size_of(double mean, double dispersion)
{
    return mean / (dispersion - 1);
}

double hot_tail_below(double count, double mean, double dispersion)
{
    if (!(mean > 0)) return count >= 0 ? 1 : 0;
    if (is_poisson(dispersion)) return ppois(count, mean, 1, 0);
    return pnbinom_mu(count, size_of(mean, dispersion), mean, 1, 0);
}

double hot_tail_above(double count, double mean, double dispersion)
{
    if (!(mean > 0)) return count > 0 ? 0 : 1;
    if (is_poisson(dispersion)) return ppois(count - 1, mean, 0, 0);
    return pnbinom_mu(count - 1, size_of(mean, dispersion), mean, 0, 0);
}

double hot_count_at(double p, double mean, double dispersion)
{
    if (!(mean > 0)) return 0;
    if (is_poisson(dispersion)) return qpois(p, mean, 1, 0);
    return qnbinom_mu(p, size_of(mean, dispersion), mean, 1, 0);
}
