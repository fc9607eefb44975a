#include "engine/trends/chart.h"

#include <math.h>

#include "engine/base/memory.h"
#include "engine/chance/tails.h"

/** Chances beyond one limit: 95 and 99.8 % lie between two. */
static const double near = 0.025, far = 0.001;

static const hot_chart_month not_judged = {NAN, NAN, NAN, NAN, NAN, 0};

/** What areas are judged by. */
typedef struct {
    size_t areas, months;
    const uint8_t *covered;
    double dispersion;
    double *held;  /* [areas * months] counts as they are, or held within the limits */
    double *whole; /* [months] of the study area, with those */
} ground;

/** Of an area and of the rest, over the covered months. */
typedef struct {
    double own, rest;
} level;

static level level_of(const ground *g, const double *held)
{
    level sum = {0, 0};
    for (size_t m = 0; m < g->months; m++) {
        if (!g->covered[m]) continue;
        sum.own += held[m];
        sum.rest += g->whole[m] - held[m];
    }
    return sum;
}

static hot_chart_month limits(double own, double rest, double others, double dispersion)
{
    double q = rest / others, mean = (own + 0.5) * q;
    double wide = dispersion * (1 + q + mean / rest + mean / others);
    hot_chart_month m = {.expected = own * q};
    m.low = hot_count_at(near, mean, wide);
    m.high = hot_count_at(1 - near, mean, wide);
    m.low_far = hot_count_at(far, mean, wide);
    m.high_far = hot_count_at(1 - far, mean, wide);
    return m;
}

static void chart_area(const ground *g, size_t a, const uint32_t *count, hot_chart_month *chart)
{
    const double *held = g->held + a * g->months;
    level all = level_of(g, held);
    for (size_t m = 0; m < g->months; m++) {
        double rest = g->whole[m] - held[m], others = all.rest - rest;
        chart[m] = not_judged;
        if (!g->covered[m] || !(rest > 0) || !(others > 0)) continue;
        chart[m] = limits(all.own - held[m], rest, others, g->dispersion);
        chart[m].signal = count[m] > chart[m].high_far ? 1 : count[m] < chart[m].low_far ? -1 : 0;
    }
}

static void chart_areas(const ground *g, const uint32_t *count, int threads, hot_chart_month *chart)
{
#pragma omp parallel for schedule(dynamic, 16) num_threads(threads)
    for (size_t a = 0; a < g->areas; a++)
        chart_area(g, a, count + a * g->months, chart + a * g->months);
}

/** Whole numbers, and so the sums do not depend on their order. */
static void hold(const hot_chart_month *chart, ground *g)
{
    for (size_t k = 0; k < g->areas * g->months; k++) {
        if (chart[k].signal == 0) continue;
        double kept = chart[k].signal > 0 ? chart[k].high_far : chart[k].low_far;
        g->whole[k % g->months] += kept - g->held[k];
        g->held[k] = kept;
    }
}

hot_status hot_chart(const uint32_t *count, size_t areas, const int64_t *whole, size_t months,
                     const uint8_t *covered, double dispersion, int threads, hot_chart_month *chart)
{
    ground g = {.areas = areas, .months = months, .covered = covered, .dispersion = dispersion};
    g.held = hot_new_raw(areas * months, sizeof *g.held);
    g.whole = hot_new_raw(months, sizeof *g.whole);
    bool room = g.held && g.whole;
    if (room) {
        for (size_t k = 0; k < areas * months; k++) g.held[k] = count[k];
        for (size_t m = 0; m < months; m++) g.whole[m] = (double)whole[m];
        chart_areas(&g, count, threads, chart);
        hold(chart, &g);
        chart_areas(&g, count, threads, chart);
    }
    hot_free(g.held);
    hot_free(g.whole);
    return room ? HOT_OK : HOT_MEMORY;
}
