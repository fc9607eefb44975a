#include "engine/temporal/peak.h"

#include "engine/chance/limits.h"

/** R 4.2.2: qnorm(1 - 0.05 / 24). */
static const double deviate = 2.8652602;

static int64_t window(const int64_t day[24], size_t from)
{
    int64_t parts = 0;
    for (size_t k = 0; k < HOT_PEAK_HOURS; k++) parts += day[(from + k) % 24];
    return parts;
}

hot_peak hot_peak_find(const int64_t hours[HOT_WEEK_HOURS])
{
    int64_t day[24] = {0};
    hot_peak p = {0};
    for (size_t k = 0; k < HOT_WEEK_HOURS; k++) day[k % 24] += hours[k];
    for (size_t k = 0; k < 24; k++) {
        int64_t parts = window(day, k);
        p.all += day[k];
        if (parts > p.parts) p.ties = 0;
        if (parts < p.parts) continue;
        p.parts = parts;
        p.from[p.ties++] = (uint8_t)k;
    }
    double incidents = (double)p.parts / (double)HOT_PARTS, all = (double)p.all / (double)HOT_PARTS;
    p.beyond_chance = hot_wilson(incidents, all, deviate).low > HOT_PEAK_HOURS / 24.0;
    return p;
}
