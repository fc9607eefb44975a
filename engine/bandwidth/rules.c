#include "engine/bandwidth/rules.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "engine/base/memory.h"
#include "engine/space/radix.h"

/** Points that have a weight, and room to put one of their measures in order. */
typedef struct {
    hot_point *point;   /* [n] by x, then y */
    hot_point *measure; /* [n] */
    uint64_t *item;     /* [n] */
    uint32_t n;
    double total;
} sample;

static void put_in_order(hot_point *point, uint64_t *item, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) item[i] = i;
    hot_points_sort(item, n, point);
}

static void take(const double *x, const double *y, const double *weight, size_t n, sample *s)
{
    for (size_t i = 0; i < n; i++) {
        double w = weight ? weight[i] : 1;
        if (w > 0) s->measure[s->n++] = (hot_point){x[i], y[i], w};
    }
    put_in_order(s->measure, s->item, s->n);
    for (uint32_t i = 0; i < s->n; i++) {
        s->point[i] = s->measure[s->item[i]];
        s->total += s->point[i].weight;
    }
}

/* ---- order statistics ---- */

/** The measure that the incident of that rank has, counted from 0; measures are in order. */
static double at_rank(const sample *s, double rank)
{
    double before = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        const hot_point *m = &s->measure[s->item[i]];
        before += m->weight;
        if (before > rank) return m->x;
    }
    return s->measure[s->item[s->n - 1]].x;
}

/** Type 7 of Hyndman and Fan (1996), as if every incident stood for itself. */
static double quantile(const sample *s, double p)
{
    double at = (s->total - 1) * p, low = floor(at);
    double below = at_rank(s, low), above = at_rank(s, fmin(low + 1, s->total - 1));
    return below + (at - low) * (above - below);
}

/* ---- by axis ---- */

typedef struct {
    double mean, sum2; /* sum of w (v - mean)^2 */
} spread;

static spread spread_of(const sample *s)
{
    spread a = {0, 0};
    for (uint32_t i = 0; i < s->n; i++) a.mean += s->measure[i].weight * s->measure[i].x / s->total;
    for (uint32_t i = 0; i < s->n; i++) {
        double from = s->measure[i].x - a.mean;
        a.sum2 += s->measure[i].weight * from * from;
    }
    return a;
}

/** One axis's spread, and its two rules. */
static spread judge_axis(sample *s, bool east, double *nrd, double *scott)
{
    for (uint32_t i = 0; i < s->n; i++)
        s->measure[i] = (hot_point){east ? s->point[i].x : s->point[i].y, 0, s->point[i].weight};
    spread a = spread_of(s);
    put_in_order(s->measure, s->item, s->n);
    double sd = sqrt(a.sum2 / (s->total - 1));
    double quartiles = quantile(s, 0.75) - quantile(s, 0.25);
    *nrd = 4 * 1.06 * fmin(sd, quartiles / 1.34) * pow(s->total, -0.2);
    *scott = sd * pow(s->total, -1.0 / 6);
    return a;
}

static void judge(sample *s, hot_rules *r)
{
    spread x = judge_axis(s, true, &r->nrd_x, &r->scott_x);
    spread y = judge_axis(s, false, &r->nrd_y, &r->scott_y);
    for (uint32_t i = 0; i < s->n; i++)
        s->measure[i] = (hot_point){hypot(s->point[i].x - x.mean, s->point[i].y - y.mean), 0,
                                    s->point[i].weight};
    put_in_order(s->measure, s->item, s->n);
    r->distance = sqrt((x.sum2 + y.sum2) / s->total);
    r->median = quantile(s, 0.5);
    r->arcgis = 0.9 * fmin(r->distance, sqrt(1 / log(2)) * r->median) * pow(s->total, -0.2);
}

hot_status hot_bandwidth_rules(const double *x, const double *y, const double *weight, size_t n,
                               hot_rules *rules)
{
    if (n > UINT32_MAX - 1) return HOT_DOMAIN;
    sample s = {.point = hot_new_raw(n, sizeof *s.point),
                .measure = hot_new_raw(n, sizeof *s.measure),
                .item = hot_new_raw(n, sizeof *s.item)};
    bool room = s.point && s.measure && s.item;
    hot_rules r = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (room) take(x, y, weight, n, &s);
    if (room && s.total >= 2) judge(&s, &r);
    hot_free(s.point);
    hot_free(s.measure);
    hot_free(s.item);
    if (!room) return HOT_MEMORY;
    *rules = r;
    return HOT_OK;
}
