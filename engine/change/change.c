#define MATHLIB_STANDALONE
#include "engine/change/change.h"

#include <math.h>
#include <stdbool.h>

#include <Rmath.h>

#include "engine/chance/exact.h"

/** Whether the rest of the study area says anything of a trend. */
static bool has_trend(const hot_ground *g, double before)
{
    return g->before - before > 0;
}

double hot_change_expected(const hot_ground *g, double now, double before)
{
    if (!has_trend(g, before)) return before * g->days_now / g->days_before;
    return before * (g->now - now) / (g->before - before);
}

/** Chi-square of the table of an area and the rest, one degree of freedom. */
static double against_rest(const hot_ground *g, double now, double before)
{
    double rest_now = g->now - now, rest_before = g->before - before;
    double all = g->now + g->before, apart = now * rest_before - before * rest_now;
    double spread = (now + before) * (rest_now + rest_before) * g->now * g->before;
    return spread > 0 ? all * apart * apart / spread : 0;
}

static double against_days(const hot_ground *g, double now, double before)
{
    double both = now + before, share = g->days_now / (g->days_now + g->days_before);
    double off = now - both * share;
    return off * off / (both * share * (1 - share));
}

static double exact_p(const hot_ground *g, double now, double before)
{
    if (has_trend(g, before)) return hot_exact_trend(now, before, g->now - now, g->before - before);
    return hot_exact(now, g->days_now, before, g->days_before);
}

double hot_change_p(const hot_ground *g, double now, double before)
{
    if (!(now + before > 0)) return NAN;
    double exact = exact_p(g, now, before);
    if (!g->usual) return exact;
    double chi2 =
        has_trend(g, before) ? against_rest(g, now, before) : against_days(g, now, before);
    double t = sqrt(chi2 / g->usual->factor);
    double p = g->usual->df > 0 ? 2 * pt(-t, g->usual->df, 1, 0) : 2 * pnorm(-t, 0, 1, 1, 0);
    return fmax(p, exact);
}

int hot_change_class(double now, double expected, double p, double level)
{
    if (!(p <= level)) return 0;
    return (now > expected) - (now < expected);
}
