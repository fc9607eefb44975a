/* How much of what came later each choice held, and how far that depends on single places. */
#include <math.h>
#include <string.h>

#include "engine/evaluate/resample.h"
#include "engine/evaluate/score.h"
#include "layers/catalogue/evaluate_parts.h"

const size_t hot_horizons[HOT_HORIZONS] = {1, 3};
const double hot_budgets[HOT_BUDGETS] = {0.001, 0.0025, 0.005, 0.01, 10, 20, 50};

enum { PER_METHOD = HOT_BUDGETS * HOT_HORIZONS };

size_t hot_score_at(size_t test, size_t method, size_t budget, size_t horizon)
{
    return ((test * hot_methods_size + method) * HOT_BUDGETS + budget) * HOT_HORIZONS + horizon;
}

size_t hot_score_series(size_t method, size_t budget, size_t horizon)
{
    return (method * HOT_BUDGETS + budget) * HOT_HORIZONS + horizon;
}

static size_t series_size(void)
{
    return (hot_methods_size + 1) * PER_METHOD;
}

/** What is at work. Methods are worked on at once, tests one after the other: each method writes
 *  its own series and adds in the order of the tests. */
typedef struct {
    const hot_rolling *rolling;
    hot_scores *scores;
    int32_t *place_of; /* [points] place that is drawn, -1 = nothing happened there */
    size_t places;
    double *value;                   /* [places * series] */
    hot_evidence came[HOT_HORIZONS]; /* what happened in the months scored on */
} work;

/* ---- one choice ---- */

/** @param of  [came->n] what each place adds: its incidents, or those within the hours */
static double held_of(const double *part, const int32_t *unit, const uint32_t *of, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        if (unit[k] >= 0) sum += part[unit[k]] * of[k];
    return sum;
}

static void add_places(work *w, const hot_evidence *came, const double *part, const int32_t *unit,
                       size_t series)
{
    for (size_t k = 0; k < came->n; k++)
        if (unit[k] >= 0)
            w->value[(size_t)w->place_of[came->point[k]] * series_size() + series] +=
                part[unit[k]] * came->count[k];
}

/** The budgets of a spend stand together. */
static size_t first_budget(hot_spend spend)
{
    return spend == HOT_SPEND_AREA ? 0 : HOT_AREA_BUDGETS;
}
static size_t end_budget(hot_spend spend)
{
    return spend == HOT_SPEND_AREA ? HOT_AREA_BUDGETS : HOT_BUDGETS;
}

/** A budget in m2 or places. */
static double budget_of(const work *w, size_t budget)
{
    return hot_budgets[budget] * (budget < HOT_AREA_BUDGETS ? w->rolling->whole : 1);
}

/** Something that was chosen, by a method for a test. */
typedef struct {
    size_t test, method;
    hot_spend spend;
    hot_choice choice;
} chosen;

/** Score a choice under every budget of its spend on one horizon.
 *  @param part  [units] overwritten; unit [came->n] */
static void score(work *w, const chosen *c, size_t horizon, const int32_t *unit, double *part)
{
    const hot_evidence *came = &w->came[horizon];
    const hot_choice *o = &c->choice;
    const double *cost = c->spend == HOT_SPEND_AREA ? o->area : NULL;
    for (size_t b = first_budget(c->spend); b < end_budget(c->spend); b++) {
        hot_held *held = &w->scores->held[hot_score_at(c->test, c->method, b, horizon)];
        hot_budget_parts(o->score, cost, o->n, budget_of(w, b), part);
        held->hits = held_of(part, unit, came->count, came->n);
        held->in_hours = held_of(part, unit, came->in_hours, came->n);
        held->area = hot_budget_sum(part, o->area, o->n);
        for (size_t k = 0; k < o->n; k++) held->units += part[k];
        add_places(w, came, part, unit, hot_score_series(c->method, b, horizon));
    }
}

static hot_status score_horizon(work *w, const chosen *c, size_t horizon)
{
    const hot_evidence *came = &w->came[horizon];
    double *part = hot_new_raw(c->choice.n, sizeof *part);
    int32_t *unit = hot_new_raw(came->n, sizeof *unit);
    hot_status status =
        part && unit ? hot_choice_hold(w->rolling, &c->choice, came, unit) : HOT_MEMORY;
    if (status == HOT_OK) score(w, c, horizon, unit, part);
    hot_free(part);
    hot_free(unit);
    return status;
}

static void list(work *w, const chosen *c)
{
    size_t at = (c->test * hot_methods_size + c->method) * HOT_SPENDS + c->spend;
    hot_listed *listed = w->scores->listed + at * HOT_LISTED;
    for (size_t k = 0; k < c->choice.n && k < HOT_LISTED; k++) {
        hot_choice_centre(w->rolling, &c->choice, k, &listed[k].x, &listed[k].y);
        listed[k].score = c->choice.score ? c->choice.score[k] : c->choice.units.unit[k].weight;
        w->scores->n_listed[at]++;
    }
}

static bool is_scored(const work *w, size_t test, size_t horizon)
{
    return w->scores->happened[test * HOT_HORIZONS + horizon].tests > 0;
}

static hot_status choose(const work *w, const hot_evidence *e, chosen *c)
{
    double most = budget_of(w, end_budget(c->spend) - 1);
    return hot_choice_new(w->rolling, &hot_methods[c->method], e, c->spend, most, &c->choice);
}

/** With hindsight: a choice for each horizon, on what it is scored on. */
static hot_status look_back(work *w, size_t test, size_t method, hot_spend spend)
{
    for (size_t h = 0; h < HOT_HORIZONS; h++) {
        chosen c = {test, method, spend, {0}};
        if (!is_scored(w, test, h)) continue;
        hot_status status = choose(w, &w->came[h], &c);
        if (status == HOT_OK) status = score_horizon(w, &c, h);
        hot_choice_free(&c.choice);
        if (status != HOT_OK) return status;
    }
    return HOT_OK;
}

/** What is chosen hangs on the evidence, which ends before the month that is tested. */
static hot_status look_forward(work *w, size_t test, size_t method, hot_spend spend)
{
    const hot_rolling *r = w->rolling;
    const hot_method *m = &hot_methods[method];
    size_t month = r->test[test];
    hot_evidence e = {0};
    chosen c = {test, method, spend, {0}};
    hot_status status = hot_evidence_new(r, hot_method_from(m, month), month,
                                         hot_method_half_life(r->study, m), &e);
    if (status == HOT_OK) status = choose(w, &e, &c);
    hot_evidence_free(&e);
    if (status == HOT_OK && !m->even) list(w, &c);
    for (size_t h = 0; h < HOT_HORIZONS && status == HOT_OK; h++)
        if (is_scored(w, test, h)) status = score_horizon(w, &c, h);
    hot_choice_free(&c.choice);
    return status;
}

static hot_status run_method(work *w, size_t test, size_t method)
{
    const hot_method *m = &hot_methods[method];
    for (int k = 0; k < HOT_SPENDS; k++) {
        hot_spend spend = (hot_spend)k;
        if (!hot_method_spends(m, spend)) continue;
        HOT_TRY(m->hindsight ? look_back(w, test, method, spend)
                             : look_forward(w, test, method, spend));
    }
    return HOT_OK;
}

/* ---- one test ---- */

static void add_up(work *w, size_t test, size_t horizon)
{
    const hot_rolling *r = w->rolling;
    const hot_evidence *came = &w->came[horizon];
    hot_happened *h = &w->scores->happened[test * HOT_HORIZONS + horizon];
    size_t series = hot_score_series(hot_methods_size, 0, horizon);
    h->tests = 1;
    h->area = r->whole;
    for (size_t k = 0; k < came->n; k++) {
        h->incidents += came->count[k];
        h->timed += came->timed[k];
        w->value[(size_t)w->place_of[came->point[k]] * series_size() + series] += came->count[k];
    }
    for (size_t m = 0; m < hot_horizons[horizon] && r->hours; m++)
        h->hours += hot_rolling_hours(r, r->test[test] + m);
}

static hot_status find_came(work *w, size_t test)
{
    const hot_rolling *r = w->rolling;
    for (size_t h = 0; h < HOT_HORIZONS; h++) {
        size_t month = r->test[test];
        if (!hot_rolling_covers(r, month, hot_horizons[h])) continue;
        HOT_TRY(hot_evidence_new(r, month, month + hot_horizons[h], INFINITY, &w->came[h]));
        add_up(w, test, h);
    }
    return HOT_OK;
}

static hot_status run_test(work *w, size_t test)
{
    int worst = HOT_OK;
    HOT_TRY(find_came(w, test));
#pragma omp parallel for schedule(dynamic, 1) num_threads(w->rolling->study->threads)              \
    reduction(max                                                                                  \
              : worst)
    for (size_t m = 0; m < hot_methods_size; m++) {
        hot_status status = run_method(w, test, m);
        if ((int)status > worst) worst = (int)status;
    }
    for (size_t h = 0; h < HOT_HORIZONS; h++) hot_evidence_free(&w->came[h]);
    return (hot_status)worst;
}

/* ---- all of them ---- */

/** The places where something happened in a month that is scored on. */
static hot_status number_places(work *w)
{
    const hot_rolling *r = w->rolling;
    size_t points = r->study->loaded.points.n, most = hot_horizons[HOT_HORIZONS - 1];
    w->place_of = hot_new_raw(points, sizeof *w->place_of);
    if (!w->place_of) return HOT_MEMORY;
    for (size_t p = 0; p < points; p++) w->place_of[p] = -1;
    for (size_t t = 0; t < r->n_tests; t++)
        for (size_t m = r->test[t]; m < r->test[t] + most && m < r->months; m++)
            for (size_t k = r->start[m]; k < r->start[m + 1]; k++)
                w->place_of[r->spot[k].point] = 0;
    for (size_t p = 0; p < points; p++) /* points stand in the order of their coordinates */
        if (w->place_of[p] == 0) w->place_of[p] = (int32_t)w->places++;
    w->value = hot_new(w->places * series_size(), sizeof *w->value);
    return w->value ? HOT_OK : HOT_MEMORY;
}

static hot_status run_tests(work *w, hot_error *error)
{
    const hot_rolling *r = w->rolling;
    HOT_TRY(number_places(w));
    for (size_t t = 0; t < r->n_tests; t++) {
        HOT_TRY(hot_progress_step(r->study->progress, "Testing month by month",
                                  (double)t / (double)r->n_tests));
        hot_status status = run_test(w, t);
        if (status == HOT_DOMAIN)
            return hot_fail(error, HOT_USAGE,
                            "Hotspots of that radius cannot be chosen here; give another "
                            "--hotspots-radius.");
        if (status != HOT_OK) return status;
    }
    return hot_resample(w->value, w->places, series_size(), HOT_DRAWS,
                        (uint64_t)hot_settings_number(r->study->settings, "seed"),
                        r->study->threads, w->scores->sum);
}

hot_status hot_scores_new(const hot_rolling *r, hot_scores *scores, hot_error *error)
{
    size_t all = r->n_tests * hot_methods_size;
    *scores = (hot_scores){hot_new(all * PER_METHOD, sizeof *scores->held),
                           hot_new(r->n_tests * HOT_HORIZONS, sizeof *scores->happened),
                           hot_new_raw(all * HOT_SPENDS * HOT_LISTED, sizeof *scores->listed),
                           hot_new(all * HOT_SPENDS, sizeof *scores->n_listed),
                           hot_new_raw(series_size() * HOT_DRAWS, sizeof *scores->sum)};
    bool room =
        scores->held && scores->happened && scores->listed && scores->n_listed && scores->sum;
    work w = {.rolling = r, .scores = scores};
    hot_status status = room ? run_tests(&w, error) : HOT_MEMORY;
    for (size_t h = 0; h < HOT_HORIZONS; h++) hot_evidence_free(&w.came[h]);
    hot_free(w.place_of);
    hot_free(w.value);
    return status;
}

void hot_scores_free(hot_scores *s)
{
    hot_free(s->held);
    hot_free(s->happened);
    hot_free(s->listed);
    hot_free(s->n_listed);
    hot_free(s->sum);
    *s = (hot_scores){0};
}
