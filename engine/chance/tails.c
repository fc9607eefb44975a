#define MATHLIB_STANDALONE
#include "engine/chance/tails.h"

#include <stdbool.h>

#include <Rmath.h>

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
