#include "layers/catalogue/evaluate_tables.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/evaluate/resample.h"
#include "engine/evaluate/score.h"
#include "layers/catalogue/columns.h"
#include "layers/catalogue/phrases.h"

enum { SENTENCE = 500, MONTH = 24 };

typedef struct {
    const hot_rolling *rolling;
    const hot_scores *scores;
    hot_layer *layer;
    size_t row;
    double figure[HOT_DRAWS]; /* for limits */
} table;

static void month_format(const hot_rolling *r, size_t month, char text[MONTH])
{
    int32_t at = r->first + (int32_t)month;
    snprintf(text, MONTH, "%04d-%02d", at / 12, at % 12 + 1);
}

/** A method or budget that has no figures: a surface by number of places. */
static bool is_empty(size_t method, size_t budget)
{
    hot_spend spend = budget < HOT_AREA_BUDGETS ? HOT_SPEND_AREA : HOT_SPEND_NUMBER;
    return !hot_method_spends(&hot_methods[method], spend);
}

/* ---- sums over the tests ---- */

static hot_held held_by(const table *t, size_t method, size_t budget, size_t horizon)
{
    hot_held sum = {0};
    for (size_t k = 0; k < t->rolling->n_tests; k++) {
        const hot_held *h = &t->scores->held[hot_score_at(k, method, budget, horizon)];
        sum.hits += h->hits;
        sum.area += h->area;
        sum.units += h->units;
        sum.in_hours += h->in_hours;
    }
    return sum;
}

static hot_happened happened_in(const table *t, size_t horizon)
{
    hot_happened sum = {0};
    for (size_t k = 0; k < t->rolling->n_tests; k++) {
        const hot_happened *h = &t->scores->happened[k * HOT_HORIZONS + horizon];
        sum.tests += h->tests;
        sum.incidents += h->incidents;
        sum.timed += h->timed;
        sum.area += h->area;
        sum.hours += h->hours;
    }
    return sum;
}

/** Places times hours, test by test: months are not equally long. */
static double patrol_hours(const table *t, size_t method, size_t budget, size_t horizon)
{
    double sum = 0;
    for (size_t k = 0; k < t->rolling->n_tests; k++)
        sum += t->scores->held[hot_score_at(k, method, budget, horizon)].units *
               t->scores->happened[k * HOT_HORIZONS + horizon].hours;
    return sum;
}

static double pai_of(const hot_held *held, const hot_happened *h)
{
    return hot_pai(held->hits, h->incidents, held->area, h->area);
}

/* ---- one row ---- */

/** Limits of one series of draws over another. Not where nothing was hit, or everything: no draw
 * can then come to anything else, which is no certainty. */
static void set_limits(table *t, const char *low_name, const char *high_name, size_t above,
                       size_t below)
{
    double low, high;
    const double *a = t->scores->sum + above * HOT_DRAWS, *b = t->scores->sum + below * HOT_DRAWS;
    for (size_t k = 0; k < HOT_DRAWS; k++) t->figure[k] = b[k] > 0 ? a[k] / b[k] : NAN;
    hot_resample_limits(t->figure, HOT_DRAWS, &low, &high);
    hot_layer_set_real(t->layer, low_name, t->row, low);
    hot_layer_set_real(t->layer, high_name, t->row, high);
}

static void set_rate(table *t, size_t method, size_t budget, size_t horizon, const hot_held *held,
                     const hot_happened *h)
{
    hot_layer_set_real(t->layer, "hits", t->row, held->hits);
    hot_layer_set_real(t->layer, "area_km2", t->row, held->area / (double)h->tests / 1e6);
    hot_layer_set_real(t->layer, "pai", t->row, pai_of(held, h));
    if (h->incidents == 0) return;
    hot_layer_set_real(t->layer, "hit_rate", t->row, held->hits / h->incidents);
    if (held->hits > 0 && held->hits < h->incidents)
        set_limits(t, "hit_rate_low", "hit_rate_high", hot_score_series(method, budget, horizon),
                   hot_score_series(hot_methods_size, 0, horizon));
}

/** Beside hexagons by all earlier months, and beside hindsight. */
static void set_beside(table *t, size_t method, size_t budget, size_t horizon, const hot_held *held,
                       const hot_happened *h)
{
    hot_held best = held_by(t, hot_methods[method].ceiling, budget, horizon);
    hot_held base = held_by(t, HOT_METHOD_BASE, budget, horizon);
    hot_layer_set_real(t->layer, "pei", t->row, hot_pei(pai_of(held, h), pai_of(&best, h)));
    if (budget >= HOT_AREA_BUDGETS || base.hits == 0) return;
    hot_layer_set_real(t->layer, "ratio", t->row, held->hits / base.hits);
    if (held->hits > 0)
        set_limits(t, "ratio_low", "ratio_high", hot_score_series(method, budget, horizon),
                   hot_score_series(HOT_METHOD_BASE, budget, horizon));
}

static void set_hours(table *t, size_t method, size_t budget, size_t horizon, const hot_held *held,
                      const hot_happened *h)
{
    double hours = patrol_hours(t, method, budget, horizon);
    if (!t->rolling->hours || hot_methods[method].shape == HOT_BY_CELL) return;
    hot_layer_set_real(t->layer, "patrol_hours", t->row, hours);
    if (h->timed > 0 && hours > 0)
        hot_layer_set_real(t->layer, "share_per_hour", t->row, held->in_hours / h->timed / hours);
}

/** Where there were too few places to spend it on, how much of it was spent. */
static void budget_format(size_t budget, const hot_held *held, const hot_happened *h, char *text,
                          size_t room)
{
    bool by_area = budget < HOT_AREA_BUDGETS;
    double value = hot_budgets[budget];
    double spent = by_area ? held->area / h->area : held->units / (double)h->tests;
    int n = by_area ? snprintf(text, room, "%g%% of the area", 100 * value)
                    : snprintf(text, room, "%g places", value);
    if (spent < 0.995 * value)
        snprintf(text + n, room - (size_t)n, " (only %.0f%% of that was found)",
                 floor(100 * spent / value));
}

static const char *label_of(const table *t, size_t method)
{
    const hot_coding *c = hot_coding_of(t->layer->declared, "method");
    for (size_t k = 0; k < c->n; k++)
        if (strcmp(c->codes[k].value, hot_methods[method].name) == 0) return c->codes[k].label;
    return hot_methods[method].name;
}

static hot_status set_sentence(table *t, size_t method, size_t budget, size_t horizon,
                               const hot_held *held, const hot_happened *h)
{
    char text[SENTENCE], share[HOT_PHRASE], low[HOT_PHRASE], high[HOT_PHRASE], spent[80];
    double rate = hot_layer_real(t->layer, "hit_rate", t->row);
    double from = hot_layer_real(t->layer, "hit_rate_low", t->row);
    double to = hot_layer_real(t->layer, "hit_rate_high", t->row);
    double ratio = hot_layer_real(t->layer, "ratio", t->row);
    int places = hot_phrase_places(rate);
    if (isnan(rate)) return HOT_OK;
    budget_format(budget, held, h, spent, sizeof spent);
    int n = snprintf(text, sizeof text, "%s: %s held %s%% of the incidents of the next %s",
                     label_of(t, method), spent, hot_phrase_percent(rate, places, share),
                     horizon ? "three months" : "month");
    if (!isnan(from))
        n += snprintf(text + n, sizeof text - (size_t)n, " (95%% limits %s to %s%%)",
                      hot_phrase_percent(from, places, low), hot_phrase_percent(to, places, high));
    if (ratio > 0 && method != HOT_METHOD_BASE)
        n += snprintf(text + n, sizeof text - (size_t)n,
                      ", %.2f times as many as hexagons by all earlier months (%.2f to %.2f)",
                      ratio, hot_layer_real(t->layer, "ratio_low", t->row),
                      hot_layer_real(t->layer, "ratio_high", t->row));
    snprintf(text + n, sizeof text - (size_t)n, ".");
    return hot_layer_set_text(t->layer, "sentence", t->row, text);
}

/** The columns that say what a row is about. */
static hot_status set_what(table *t, size_t method, size_t budget, size_t horizon)
{
    bool by_area = budget < HOT_AREA_BUDGETS;
    hot_layer_set_integer(t->layer, "months_scored", t->row, (int64_t)hot_horizons[horizon]);
    HOT_TRY(hot_layer_set_text(t->layer, "budget", t->row, by_area ? "area" : "number"));
    hot_layer_set_real(t->layer, "budget_value", t->row, hot_budgets[budget]);
    return hot_layer_set_text(t->layer, "method", t->row, hot_methods[method].name);
}

static hot_status add_row(table *t, size_t method, size_t budget, size_t horizon)
{
    hot_happened h = happened_in(t, horizon);
    hot_held held = held_by(t, method, budget, horizon);
    HOT_TRY(set_what(t, method, budget, horizon));
    hot_layer_set_integer(t->layer, "tests", t->row, (int64_t)h.tests);
    if (h.tests && !is_empty(method, budget)) {
        hot_layer_set_integer(t->layer, "incidents", t->row, (int64_t)h.incidents);
        set_rate(t, method, budget, horizon, &held, &h);
        set_beside(t, method, budget, horizon, &held, &h);
        set_hours(t, method, budget, horizon, &held, &h);
        HOT_TRY(set_sentence(t, method, budget, horizon, &held, &h));
    }
    t->row++;
    return HOT_OK;
}

/* ---- the tables ---- */

/** What a person should know before reading the figures. */
static hot_status say_about(const table *t, hot_layer *l)
{
    char text[SENTENCE], from[MONTH], to[MONTH];
    const hot_rolling *r = t->rolling;
    month_format(r, r->test[0], from);
    month_format(r, r->test[r->n_tests - 1], to);
    snprintf(text, sizeof text,
             "Tested: %zu month%s, %s to %s, of a study area of %.4g km²; a month is tested where "
             "it and the month before it have data.",
             r->n_tests, r->n_tests == 1 ? "" : "s", from, to, r->whole / 1e6);
    HOT_TRY(hot_layer_say(l, text));
    if (r->study->loaded.snapped)
        HOT_TRY(hot_layer_say(l, "Each place is a group of anonymised map points."));
    if (hot_budgets[0] * r->whole >= t->scores->held[0].area * 1.000001 ||
        t->scores->held[0].units >= 1)
        return HOT_OK;
    return hot_layer_say(l, "The smallest budgets are less than one place here: a part of one "
                            "counts as that part of its incidents.");
}

static hot_status make_evaluation(table *t, hot_result *result)
{
    size_t rows = HOT_HORIZONS * HOT_BUDGETS * hot_methods_size;
    t->layer = hot_result_add(result);
    t->row = 0;
    if (!t->layer) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_evaluation_layer, NULL, NULL, rows, t->layer));
    for (size_t h = 0; h < HOT_HORIZONS; h++)
        for (size_t b = 0; b < HOT_BUDGETS; b++)
            for (size_t m = 0; m < hot_methods_size; m++) HOT_TRY(add_row(t, m, b, h));
    return say_about(t, t->layer);
}

static hot_status add_month(table *t, size_t test, size_t method, size_t budget, size_t horizon)
{
    char month[MONTH];
    const hot_happened *h = &t->scores->happened[test * HOT_HORIZONS + horizon];
    const hot_held *held = &t->scores->held[hot_score_at(test, method, budget, horizon)];
    month_format(t->rolling, t->rolling->test[test], month);
    HOT_TRY(hot_layer_set_text(t->layer, "month", t->row, month));
    HOT_TRY(set_what(t, method, budget, horizon));
    hot_layer_set_integer(t->layer, "incidents", t->row, (int64_t)h->incidents);
    hot_layer_set_real(t->layer, "hits", t->row, held->hits);
    hot_layer_set_real(t->layer, "area_km2", t->row, held->area / 1e6);
    hot_layer_set_real(t->layer, "pai", t->row, pai_of(held, h));
    if (h->incidents > 0)
        hot_layer_set_real(t->layer, "hit_rate", t->row, held->hits / h->incidents);
    t->row++;
    return HOT_OK;
}

/** Rows of one test; `add` = false only counts them. */
static hot_status add_test(table *t, size_t test, bool add, size_t *rows)
{
    for (size_t h = 0; h < HOT_HORIZONS; h++) {
        if (!t->scores->happened[test * HOT_HORIZONS + h].tests) continue;
        for (size_t b = 0; b < HOT_BUDGETS; b++)
            for (size_t m = 0; m < hot_methods_size; m++) {
                if (is_empty(m, b)) continue;
                ++*rows;
                if (add) HOT_TRY(add_month(t, test, m, b, h));
            }
    }
    return HOT_OK;
}

static hot_status make_months(table *t, hot_result *result)
{
    size_t rows = 0;
    for (size_t k = 0; k < t->rolling->n_tests; k++) HOT_TRY(add_test(t, k, false, &rows));
    t->layer = hot_result_add(result);
    t->row = 0;
    if (!t->layer) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_evaluation_months_layer, NULL, NULL, rows, t->layer));
    for (size_t k = 0; k < t->rolling->n_tests; k++) HOT_TRY(add_test(t, k, true, &rows));
    return HOT_OK;
}

static hot_status add_listed(table *t, size_t at)
{
    const hot_rolling *r = t->rolling;
    const char *spend = at % HOT_SPENDS == HOT_SPEND_AREA ? "area" : "number";
    size_t of = at / HOT_SPENDS;
    char month[MONTH];
    month_format(r, r->test[of / hot_methods_size], month);
    for (size_t k = 0; k < t->scores->n_listed[at]; k++, t->row++) {
        const hot_listed *l = &t->scores->listed[at * HOT_LISTED + k];
        HOT_TRY(hot_layer_set_text(t->layer, "month", t->row, month));
        HOT_TRY(hot_layer_set_text(t->layer, "budget", t->row, spend));
        HOT_TRY(hot_layer_set_text(t->layer, "method", t->row,
                                   hot_methods[of % hot_methods_size].name));
        hot_layer_set_integer(t->layer, "rank", t->row, (int64_t)k + 1);
        hot_layer_set_real(t->layer, "x", t->row, l->x);
        hot_layer_set_real(t->layer, "y", t->row, l->y);
        hot_layer_set_real(t->layer, "score", t->row, l->score);
    }
    return HOT_OK;
}

static hot_status make_choices(table *t, hot_result *result)
{
    size_t rows = 0, all = t->rolling->n_tests * hot_methods_size * HOT_SPENDS;
    for (size_t k = 0; k < all; k++) rows += t->scores->n_listed[k];
    t->layer = hot_result_add(result);
    t->row = 0;
    if (!t->layer) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_evaluation_choices_layer, NULL, NULL, rows, t->layer));
    for (size_t k = 0; k < all; k++) HOT_TRY(add_listed(t, k));
    return HOT_OK;
}

hot_status hot_evaluation_tables(const hot_rolling *rolling, const hot_scores *scores,
                                 hot_result *result)
{
    table t = {.rolling = rolling, .scores = scores};
    HOT_TRY(make_evaluation(&t, result));
    HOT_TRY(make_months(&t, result));
    return make_choices(&t, result);
}
