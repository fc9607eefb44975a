#define MATHLIB_STANDALONE
#include "engine/nearrepeat/nearrepeat.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <Rmath.h>

#include "engine/base/memory.h"
#include "engine/nearrepeat/deal.h"

/** Days from the first, in order: what is dealt does not depend on the order of the incidents.
 *  @param count  [span + 1] zeroed: incidents by day
 *  @param day    [n] out */
static void days_in_order(const hot_close_events *e, int32_t first, size_t span, uint32_t *count,
                          int16_t *day)
{
    for (size_t i = 0; i < e->n; i++) count[e->day[i] - first]++;
    for (size_t d = 0, at = 0; d <= span; d++)
        for (uint32_t k = 0; k < count[d]; k++) day[at++] = (int16_t)d;
}

/** All pairs, whatever their distance, by band of days; incidents by day are counted. */
static void pairs_by_days(const uint32_t *count, size_t span, const hot_knox_rules *r,
                          double *pairs)
{
    for (size_t k = 0; k < r->n_days; k++) pairs[k] = 0;
    for (size_t d = 0; d <= span; d++) {
        double own = count[d];
        pairs[0] += own * (own - 1) / 2;
        for (size_t apart = 1, k = 0; own > 0 && d + apart <= span; apart++) {
            while (k < r->n_days && apart >= (size_t)r->days[k]) k++;
            if (k == r->n_days) break;
            pairs[k] += own * count[d + apart];
        }
    }
}

/** The pairs as they are, band by band. */
static void count_observed(const hot_close_events *e, const hot_close_pairs *p,
                           const hot_knox_rules *r, hot_knox_cell *cell)
{
    for (size_t b = 0; b < p->bands; b++)
        for (size_t at = p->first[b]; at < p->first[b + 1]; at++) {
            int32_t apart =
                abs(e->day[p->event[p->pair[at].one]] - e->day[p->event[p->pair[at].other]]);
            size_t k = 0;
            while (k < r->n_days && apart >= r->days[k]) k++;
            if (k < r->n_days) cell[b * r->n_days + k].observed++;
        }
}

static int by_count(const void *a, const void *b)
{
    uint32_t p = *(const uint32_t *)a, q = *(const uint32_t *)b;
    return p < q ? -1 : p > q;
}

/** @param count  [deals] put in order */
static void judge(uint32_t *count, uint32_t deals, hot_knox_cell *cell)
{
    uint64_t sum = 0, as_many = 0;
    if (deals == 0) return;
    for (uint32_t d = 0; d < deals; d++) {
        sum += count[d];
        as_many += count[d] >= cell->observed;
    }
    qsort(count, deals, sizeof *count, by_count);
    cell->mean = (double)sum / deals;
    cell->median = ((double)count[(deals - 1) / 2] + (double)count[deals / 2]) / 2;
    cell->p = (double)(1 + as_many) / (1 + (double)deals);
}

/** What is asked for while a table is made. */
typedef struct {
    uint32_t *by_day; /* [span + 1] */
    int16_t *day;     /* [n] */
    uint32_t *count;  /* [cells * deals] */
} desk;

static hot_status deal_all(const hot_close_pairs *p, const hot_knox_rules *r, const desk *k,
                           hot_knox_cell *cell)
{
    int16_t edge[HOT_CLOSE_BANDS];
    for (size_t d = 0; d < r->n_days; d++) edge[d] = (int16_t)r->days[d];
    HOT_TRY(hot_deal(p, k->day, edge, r->n_days, r->deals, r->seed, r->threads, k->count));
    for (size_t c = 0; c < p->bands * r->n_days; c++)
        judge(k->count + c * r->deals, r->deals, &cell[c]);
    return HOT_OK;
}

static hot_status fill(const hot_close_events *e, const hot_close_pairs *p, const hot_knox_rules *r,
                       int32_t first, size_t span, const desk *k, hot_knox_cell *cell)
{
    double by_days[HOT_CLOSE_BANDS], n = (double)e->n, all = n * (n - 1) / 2;
    days_in_order(e, first, span, k->by_day, k->day);
    pairs_by_days(k->by_day, span, r, by_days);
    for (size_t c = 0; c < p->bands * r->n_days; c++) {
        size_t band = c / r->n_days;
        double near = (double)(p->first[band + 1] - p->first[band]);
        double expected = all > 0 ? near * by_days[c % r->n_days] / all : NAN;
        cell[c] = (hot_knox_cell){0, NAN, NAN, NAN, expected};
    }
    count_observed(e, p, r, cell);
    return deal_all(p, r, k, cell);
}

static bool days_rise(const hot_knox_rules *r)
{
    if (r->n_days < 1 || r->n_days > HOT_CLOSE_BANDS) return false;
    for (size_t k = 0; k < r->n_days; k++)
        if (r->days[k] <= (k ? r->days[k - 1] : 0) || r->days[k] > HOT_KNOX_DAYS) return false;
    return true;
}

hot_status hot_knox(const hot_close_events *e, const hot_close_pairs *p, const hot_knox_rules *r,
                    hot_knox_cell *cell)
{
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (size_t i = 0; i < e->n; i++) {
        if (e->day[i] < first) first = e->day[i];
        if (e->day[i] > last) last = e->day[i];
    }
    size_t span = e->n ? (size_t)((int64_t)last - first) : 0;
    if (!days_rise(r) || span > HOT_KNOX_DAYS) return HOT_DOMAIN;
    desk k = {.by_day = hot_new(span + 1, sizeof *k.by_day),
              .day = hot_new_raw(e->n, sizeof *k.day),
              .count = hot_new_raw(p->bands * r->n_days * r->deals, sizeof *k.count)};
    hot_status status = HOT_MEMORY;
    if (k.by_day && k.day && k.count) status = fill(e, p, r, first, span, &k, cell);
    hot_free(k.by_day);
    hot_free(k.day);
    hot_free(k.count);
    return status;
}

double hot_knox_poisson(uint64_t observed, double expected)
{
    return expected > 0 ? ppois((double)observed - 1, expected, 0, 0) : NAN;
}

/* ---- classes ---- */

const char *hot_chain_name(hot_chain_class class_)
{
    static const char *const name[] = {"isolated", "originator", "near repeat", "repeat"};
    return name[class_];
}

void hot_chain_classify(const hot_close_events *e, const hot_close_pairs *p, int32_t days,
                        const uint32_t *turn, uint8_t *class_)
{
    memset(class_, HOT_ISOLATED, e->n);
    for (size_t at = 0; at < p->first[2]; at++) {
        uint32_t a = p->event[p->pair[at].one], b = p->event[p->pair[at].other];
        uint32_t early = turn[a] < turn[b] ? a : b, late = early == a ? b : a;
        uint8_t repeat = at < p->first[1] ? HOT_REPEAT : HOT_NEAR_REPEAT;
        if (abs(e->day[a] - e->day[b]) >= days) continue;
        if (class_[early] == HOT_ISOLATED) class_[early] = HOT_ORIGINATOR;
        if (class_[late] < repeat) class_[late] = repeat; /* the order of the classes */
    }
}
