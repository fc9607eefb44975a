#include "engine/temporal/calendar.h"

#include <math.h>

#include "engine/chance/limits.h"
#include "engine/temporal/week.h"

static hot_day_comparison count_days(const uint32_t *count, const uint8_t *side, size_t n)
{
    hot_day_comparison c = {0};
    c.per_day_in = c.per_day_out = c.ratio = c.ratio_low = c.ratio_high = c.dispersion = NAN;
    for (size_t k = 0; k < n; k++) {
        c.days_in += side[k] == HOT_DAY_IN;
        c.days_out += side[k] == HOT_DAY_OUT;
        c.in += side[k] == HOT_DAY_IN ? count[k] : 0;
        c.out += side[k] == HOT_DAY_OUT ? count[k] : 0;
    }
    return c;
}

/** Two days leave no degree of freedom: nothing is known of how days vary. */
static double dispersion_of(const hot_day_comparison *c, const uint32_t *count, const uint8_t *side,
                            size_t n)
{
    double square = 0;
    int64_t free = c->days_in + c->days_out - 2;
    for (size_t k = 0; k < n; k++) {
        if (side[k] == HOT_DAY_NOT_COVERED) continue;
        double mean = side[k] == HOT_DAY_IN ? c->per_day_in : c->per_day_out;
        double off = (double)count[k] - mean;
        square += off * off / mean;
    }
    return free > 0 ? fmax(1, square / (double)free) : 1;
}

hot_day_comparison hot_calendar_compare(const uint32_t *count, const uint8_t *side, size_t n)
{
    hot_day_comparison c = count_days(count, side, n);
    if (c.in < HOT_ENOUGH || c.out < HOT_ENOUGH) return c;
    double in = (double)c.in, out = (double)c.out;
    double days = (double)c.days_out / (double)c.days_in;
    c.per_day_in = in / (double)c.days_in;
    c.per_day_out = out / (double)c.days_out;
    c.dispersion = dispersion_of(&c, count, side, n);
    hot_limits share = hot_wilson(in / c.dispersion, (in + out) / c.dispersion, HOT_Z95);
    c.ratio = c.per_day_in / c.per_day_out;
    c.ratio_low = share.low / (1 - share.low) * days;
    c.ratio_high = share.high / (1 - share.high) * days;
    return c;
}
