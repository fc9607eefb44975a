#include "engine/change/shift.h"

#include <math.h>

typedef struct {
    const int64_t *chosen, *others;
    const int32_t *block;
    size_t months;
} series;

/** Half an incident more on either side, so that none has a logarithm too. */
static double log_ratio(double chosen, double others)
{
    return log((chosen + 0.5) / (others + 0.5));
}

static double of_month(const series *s, size_t m)
{
    return log_ratio((double)s->chosen[m], (double)s->others[m]);
}

/** Variance of a month's ratio from steps to the next month of the same block; NaN where there are
 *  too few. */
static double from_steps(const series *s)
{
    double sum = 0;
    int n = 0;
    for (size_t m = 0; m + 1 < s->months; m++) {
        if (s->block[m] < 0 || s->block[m] != s->block[m + 1]) continue;
        double step = of_month(s, m + 1) - of_month(s, m);
        sum += step * step / 2;
        n++;
    }
    return n >= HOT_SHIFT_HISTORY ? sum / n : NAN;
}

/** Months of the two periods. */
static void add_up(const series *s, hot_shift *shift, double *months)
{
    for (size_t m = 0; m < s->months; m++) {
        int32_t b = s->block[m];
        if (b != HOT_BLOCK_NOW && b != HOT_BLOCK_BEFORE) continue;
        shift->chosen[b] += (double)s->chosen[m];
        shift->others[b] += (double)s->others[m];
        months[b]++;
    }
}

static double log_limit(const series *s, const hot_shift *shift, const double *months,
                        bool same_season)
{
    double counted = 0;
    for (int b = 0; b < 2; b++)
        counted += 1 / (shift->chosen[b] + 0.5) + 1 / (shift->others[b] + 0.5);
    double history = same_season ? from_steps(s) * (1 / months[0] + 1 / months[1]) : NAN;
    double least = log(same_season ? HOT_SHIFT_LEAST : HOT_SHIFT_LEAST_UNSEASONED);
    return fmax(least, 3 * sqrt(fmax(counted, history))); /* fmax passes over a NaN */
}

hot_shift hot_recording_shift(const int64_t *chosen, const int64_t *others, const int32_t *block,
                              size_t months, bool same_season)
{
    series s = {chosen, others, block, months};
    hot_shift shift = {.move = NAN, .limit = NAN};
    double n[2] = {0, 0};
    add_up(&s, &shift, n);
    shift.judged = n[0] > 0 && n[1] > 0 && shift.others[0] > 0 && shift.others[1] > 0;
    if (!shift.judged) return shift;
    double move =
        log_ratio(shift.chosen[0], shift.others[0]) - log_ratio(shift.chosen[1], shift.others[1]);
    double limit = log_limit(&s, &shift, n, same_season);
    shift.move = exp(move);
    shift.limit = exp(limit);
    shift.found = fabs(move) > limit;
    return shift;
}
