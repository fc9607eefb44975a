#include "engine/bandwidth/ahead.h"

#include <math.h>
#include <stdbool.h>

#include "engine/bandwidth/top.h"
#include "engine/base/memory.h"
#include "engine/kde/kde.h"

typedef struct {
    const hot_ahead *given;
    double *density; /* [cells] */
    double *weight;  /* [points] incidents of the past at each point */
    int64_t budget;  /* cells */
} trial;

static bool is_tested(const hot_ahead *g, int32_t month)
{
    int32_t before = 0;
    for (int32_t m = month - HOT_AHEAD_PAST; m < month; m++) before += m >= 0 && g->covered[m];
    return month >= 0 && month < g->months && g->covered[month] && before >= HOT_AHEAD_LEAST;
}

/** The first month from which on at most HOT_AHEAD_TESTED are tested. */
static int32_t first_tested(const hot_ahead *g)
{
    int32_t left = HOT_AHEAD_TESTED, month = g->months;
    while (month > 0 && left > 0) left -= is_tested(g, --month);
    return month;
}

static int64_t cells_inside(const hot_ahead *g)
{
    int64_t n = hot_frame_size(g->frame), inside = 0;
    if (!g->inside) return n;
    for (int64_t k = 0; k < n; k++) inside += g->inside[k] != 0;
    return inside;
}

static void weigh_past(const trial *t, int32_t month)
{
    const hot_ahead *g = t->given;
    for (size_t i = 0; i < g->points; i++) t->weight[i] = 0;
    for (size_t i = 0; i < g->n; i++)
        if (g->month[i] >= 0 && g->month[i] < month && g->month[i] >= month - HOT_AHEAD_PAST)
            t->weight[g->point[i]]++;
}

/** The month's incidents in the densest cells. */
static double count_hits(const trial *t, int32_t month, hot_top top)
{
    const hot_ahead *g = t->given;
    int64_t above = 0, level = 0;
    for (size_t i = 0; i < g->n; i++) {
        if (g->month[i] != month) continue;
        int64_t cell = hot_frame_index(g->frame, g->x[g->point[i]], g->y[g->point[i]]);
        double here = cell < 0 ? (double)NAN : t->density[cell];
        above += here > top.value;
        level += here == top.value;
    }
    if (!level) return (double)above;
    double fits = fmin((double)(t->budget - top.above) / (double)top.level, 1);
    return (double)above + (double)level * fits;
}

static hot_status test_month(const trial *t, int32_t month, const double *bandwidth, size_t n,
                             double *hits)
{
    const hot_ahead *g = t->given;
    hot_top top;
    weigh_past(t, month);
    for (size_t k = 0; k < n; k++) {
        HOT_TRY(hot_kde(g->frame, g->x, g->y, t->weight, g->points, g->kernel, bandwidth[k],
                        g->inside, g->threads, t->density));
        HOT_TRY(hot_top_of(t->density, (size_t)hot_frame_size(g->frame), t->budget, &top));
        hits[k] += count_hits(t, month, top);
    }
    return HOT_OK;
}

static hot_status test_all(const trial *t, const double *bandwidth, size_t n, double *hits,
                           hot_ahead_told *told)
{
    const hot_ahead *g = t->given;
    for (int32_t month = first_tested(g); month < g->months; month++) {
        if (!is_tested(g, month)) continue;
        told->first = told->tested++ ? told->first : month;
        told->last = month;
        for (size_t i = 0; i < g->n; i++) told->incidents += g->month[i] == month;
        HOT_TRY(test_month(t, month, bandwidth, n, hits));
    }
    return HOT_OK;
}

hot_status hot_bandwidth_ahead(const hot_ahead *given, const double *bandwidth, size_t n,
                               double *hits, hot_ahead_told *told)
{
    *told = (hot_ahead_told){0, 0, 0, 0};
    for (size_t k = 0; k < n; k++) hits[k] = 0;
    if (!(given->share > 0 && given->share <= 1)) return HOT_DOMAIN;
    trial t = {given, hot_new_raw((size_t)hot_frame_size(given->frame), sizeof *t.density),
               hot_new_raw(given->points, sizeof *t.weight), 0};
    t.budget = (int64_t)fmax(1, floor(given->share * (double)cells_inside(given) + 0.5));
    hot_status status = t.density && t.weight ? test_all(&t, bandwidth, n, hits, told) : HOT_MEMORY;
    hot_free(t.density);
    hot_free(t.weight);
    return status;
}
