#include "engine/rates/rates.h"

#include <math.h>
#include <stdlib.h>

#include "engine/base/memory.h"

hot_rate hot_rate_of(double count, double divisor, double per)
{
    if (!(count >= 0 && divisor > 0)) return (hot_rate){NAN, NAN, NAN};
    hot_limits limits = hot_byar(count, HOT_Z95);
    double scale = per / divisor;
    return (hot_rate){count * scale, limits.low * scale, limits.high * scale};
}

static int upwards(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/** Sorts the list. */
static double median(double *list, size_t n)
{
    qsort(list, n, sizeof *list, upwards);
    return n % 2 ? list[n / 2] : (list[n / 2 - 1] + list[n / 2]) / 2;
}

/** The rate above which residents are the wrong denominator. */
static double threshold(double *logs, size_t n)
{
    double middle = median(logs, n);
    for (size_t i = 0; i < n; i++) logs[i] = fabs(logs[i] - middle);
    double deviation = 1.4826 * median(logs, n);
    return exp(fmax(middle + log(HOT_UNFIT_TIMES), middle + HOT_UNFIT_DEVIATIONS * deviation));
}

static int8_t judged(double count, double people, double most)
{
    if (!(people >= 0)) return -1;
    if (people == 0) return count > 0;
    return isnan(most) ? -1 : count / people > most;
}

hot_status hot_rates_unfit(const double *count, const double *people, size_t n, int8_t *unfit)
{
    double *logs = hot_new_raw(n, sizeof *logs);
    size_t known = 0;
    if (!logs) return HOT_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (count[i] > 0 && people[i] > 0) logs[known++] = log(count[i] / people[i]);
    double most = known < HOT_UNFIT_AREAS ? NAN : threshold(logs, known);
    for (size_t i = 0; i < n; i++) unfit[i] = judged(count[i], people[i], most);
    hot_free(logs);
    return HOT_OK;
}
