#include "engine/trends/course.h"

#include <math.h>

#include "engine/base/memory.h"
#include "engine/chance/limits.h"
#include "engine/chance/mann_kendall.h"

/* ---- the course ---- */

static size_t covered_months(const uint8_t *covered, size_t months)
{
    size_t n = 0;
    for (size_t m = 0; m < months; m++) n += covered[m] != 0;
    return n;
}

hot_course hot_course_of(const int8_t *mark, const uint8_t *covered, size_t months)
{
    hot_course c = {.months = covered_months(covered, months)};
    size_t at = 0;
    c.recent = c.months / 5 > 0 ? c.months / 5 : c.months > 0;
    for (size_t m = 0; m < months; m++) {
        if (!covered[m]) continue;
        bool hot = mark[m] > 0, cold = mark[m] < 0;
        c.hot += hot;
        c.cold += cold;
        c.hot_run = hot ? c.hot_run + 1 : 0;
        c.cold_run = cold ? c.cold_run + 1 : 0;
        c.hot_recent += hot && at >= c.months - c.recent;
        at++;
    }
    return c;
}

static double share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : NAN;
}

double hot_course_recent(const hot_course *c)
{
    return share(c->hot_recent, c->recent);
}

double hot_course_older(const hot_course *c)
{
    return share(c->hot - c->hot_recent, c->months - c->recent);
}

/* ---- classes; whole numbers, so that a share on the limit is on it ---- */

/** Whether part of whole is `percent` or more; no part of nothing is. */
static bool reaches(size_t part, size_t whole, size_t percent)
{
    return whole > 0 && part * 100 >= whole * percent;
}

hot_course_class hot_course_classify(const hot_course *c)
{
    bool recent = reaches(c->hot_recent, c->recent, 10);
    bool older = reaches(c->hot - c->hot_recent, c->months - c->recent, 10);
    if (reaches(c->hot, c->months, 80)) return HOT_COURSE_PERSISTENT;
    if (recent && !older) return HOT_COURSE_NEW;
    if (older && !recent) return HOT_COURSE_FORMER;
    if (reaches(c->hot, c->months, 10)) return HOT_COURSE_INTERMITTENT;
    return HOT_COURSE_NONE;
}

/** One side: `marked` months of it, `run` of them at the end, `other` months of the other side. */
static hot_emerging_class emerging(size_t months, size_t marked, size_t run, size_t other, double z)
{
    if (marked == 0) return HOT_EMERGING_NONE;
    if (run == 0)
        return reaches(marked, months - 1, 90) ? HOT_EMERGING_HISTORICAL : HOT_EMERGING_NONE;
    if (reaches(marked, months, 90))
        return z > HOT_Z95    ? HOT_EMERGING_INTENSIFYING
               : z < -HOT_Z95 ? HOT_EMERGING_DIMINISHING
                              : HOT_EMERGING_PERSISTENT;
    if (marked == run) return run == 1 ? HOT_EMERGING_NEW : HOT_EMERGING_CONSECUTIVE;
    return other ? HOT_EMERGING_OSCILLATING : HOT_EMERGING_SPORADIC;
}

int hot_emerging_classify(const hot_course *c, double z)
{
    int hot = (int)emerging(c->months, c->hot, c->hot_run, c->cold, z);
    return hot ? hot : -(int)emerging(c->months, c->cold, c->cold_run, c->hot, -z);
}

/* ---- trend ---- */

hot_status hot_seasonal_kendall(const uint32_t *count, const uint8_t *covered, size_t months,
                                int first, double *s, double *z)
{
    double *same = hot_new_raw(months / 12 + 1, sizeof *same), variance = 0;
    if (!same) return HOT_MEMORY;
    *s = 0;
    for (size_t calendar = 0; calendar < 12; calendar++) {
        size_t n = 0;
        for (size_t m = (calendar + 12 - (size_t)first) % 12; m < months; m += 12)
            if (covered[m]) same[n++] = count[m];
        if (n < 2) continue;
        hot_trend t = hot_mann_kendall(same, n);
        *s += t.s;
        variance += t.variance;
    }
    hot_free(same);
    double nearer = *s > 0 ? *s - 1 : *s < 0 ? *s + 1 : 0;
    *z = variance > 1e-9 ? nearer / sqrt(variance) : NAN;
    return HOT_OK;
}
