#include "engine/repeats/dates.h"

#include <math.h>
#include <stdlib.h>

#include "engine/base/memory.h"
#include "engine/incidents/clock.h"

/* ---- the days of each group ---- */

int32_t hot_dates_day(int64_t second)
{
    return (int32_t)((second >= 0 ? second : second - 86399) / 86400);
}

static int rising(const void *a, const void *b)
{
    int32_t p = *(const int32_t *)a, q = *(const int32_t *)b;
    return p < q ? -1 : p > q;
}

static hot_status make_room(const int32_t *group, size_t n, hot_dates *d)
{
    d->first = hot_new(d->groups + 2, sizeof *d->first);
    if (!d->first) return HOT_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (group[i] >= 0) d->first[group[i] + 2]++;
    for (size_t g = 0; g < d->groups; g++) d->first[g + 2] += d->first[g + 1];
    d->day = hot_new_raw(d->first[d->groups + 1], sizeof *d->day);
    return d->day ? HOT_OK : HOT_MEMORY;
}

hot_status hot_dates_new(const int32_t *group, const int64_t *from, size_t n, size_t groups,
                         hot_dates *dates)
{
    hot_dates d = {.groups = groups};
    hot_status status = make_room(group, n, &d);
    if (status != HOT_OK) {
        hot_dates_free(&d);
        return status;
    }
    /* first[g + 1] runs from the start of group g to its end, where the next one starts. */
    for (size_t i = 0; i < n; i++)
        if (group[i] >= 0) d.day[d.first[group[i] + 1]++] = hot_dates_day(from[i]);
    for (size_t g = 0; g < groups; g++)
        qsort(d.day + d.first[g], d.first[g + 1] - d.first[g], sizeof *d.day, rising);
    *dates = d;
    return HOT_OK;
}

void hot_dates_free(hot_dates *d)
{
    hot_free(d->first);
    hot_free(d->day);
    *d = (hot_dates){0};
}

/* ---- many in a few months ---- */

/** A number that grows with the date, and by 32 for each month to the same day of another month,
 *  whether that month has the day or not. */
static int64_t stamp(int32_t day)
{
    hot_date d = hot_date_of(day);
    return (d.year * 12 + d.month) * 32 + d.day;
}

hot_dates_window hot_dates_fullest(const int32_t *day, size_t n, int months)
{
    hot_dates_window best = {0};
    for (size_t first = 0, after = 0; first < n; first++) {
        int64_t end = stamp(day[first]) + (int64_t)months * 32;
        while (after < n && stamp(day[after]) < end) after++;
        if (after - first > best.incidents)
            best = (hot_dates_window){(uint32_t)(after - first), day[first], day[after - 1]};
    }
    return best;
}

/* ---- how soon ---- */

/** A quantile of sorted values, as R's type 7 has it. */
static double quantile(const int32_t *value, size_t n, double share)
{
    if (n == 0) return NAN;
    double at = share * (double)(n - 1), low = floor(at);
    size_t k = (size_t)low, next = k + 1 < n ? k + 1 : k;
    return value[k] + (at - low) * (value[next] - value[k]);
}

static hot_dates_gaps describe(int32_t *gap, size_t n)
{
    hot_dates_gaps g = {.n = n};
    qsort(gap, n, sizeof *gap, rising);
    g.quartile = quantile(gap, n, 0.25);
    g.median = quantile(gap, n, 0.5);
    g.upper = quantile(gap, n, 0.75);
    for (size_t k = 0; k < n; k++) {
        g.within_week += gap[k] <= 7;
        g.within_four_weeks += gap[k] <= 28;
    }
    return g;
}

/** Gaps after incidents number from .. to of their group, 0 = the first.
 *  @return how many */
static size_t take_gaps(const hot_dates *d, size_t from, size_t to, int32_t *gap)
{
    size_t n = 0;
    for (size_t g = 0; g < d->groups; g++) {
        const int32_t *day = d->day + d->first[g];
        size_t incidents = d->first[g + 1] - d->first[g];
        for (size_t k = from; k <= to && k + 1 < incidents; k++) gap[n++] = day[k + 1] - day[k];
    }
    return n;
}

hot_status hot_dates_between(const hot_dates *d, hot_dates_gaps gaps[HOT_DATES_GAPS])
{
    static const size_t from[HOT_DATES_GAPS] = {0, 1, 2, 3, 0};
    static const size_t to[HOT_DATES_GAPS] = {0, 1, 2, SIZE_MAX, SIZE_MAX};
    int32_t *gap = hot_new_raw(d->groups ? d->first[d->groups] : 0, sizeof *gap);
    if (!gap) return HOT_MEMORY;
    for (size_t k = 0; k < HOT_DATES_GAPS; k++)
        gaps[k] = describe(gap, take_gaps(d, from[k], to[k], gap));
    hot_free(gap);
    return HOT_OK;
}
