/* Incidents for those who could have had one: per 1,000 residents, per km2, per anything given; and
 * how much of a figure hangs on where a boundary runs. */
#include "engine/rates/rates.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/space/near_edge.h"
#include "layers/catalogue/columns.h"
#include "layers/catalogue/rates.h"

static const double near_edge = 50; /* m */

/* ---- shared with the tables ---- */

static int by_text(const void *a, const void *b)
{
    const hot_gathered *p = a, *q = b;
    if (!p->text != !q->text) return p->text ? -1 : 1;
    int order = p->text ? strcmp(p->text, q->text) : 0;
    if (order) return order;
    return p->area < q->area ? -1 : p->area > q->area;
}

hot_gathered *hot_gather(const char *const *text, size_t n)
{
    hot_gathered *list = hot_new_raw(n, sizeof *list);
    for (size_t i = 0; list && i < n; i++) list[i] = (hot_gathered){text[i], i};
    if (list) qsort(list, n, sizeof *list, by_text);
    return list;
}

size_t hot_gathered_alike(const hot_gathered *list, size_t n, size_t first)
{
    size_t k = 1;
    while (first + k < n && !list[first].text == !list[first + k].text &&
           (!list[first].text || strcmp(list[first].text, list[first + k].text) == 0))
        k++;
    return k;
}

const int64_t *hot_area_incidents(const hot_study *s, const hot_result *result, size_t set)
{
    const hot_layer *areas = hot_result_layer(result, s->sets[set].areas.name);
    return hot_layer_column(areas, "incidents")->integer;
}

/* ---- columns of the areas ---- */

static double incidents_of(const hot_layer *l, size_t i)
{
    return (double)hot_layer_integer(l, "incidents", i, 0);
}

static void fill_rates(const hot_areas *a, hot_layer *l)
{
    for (size_t i = 0; i < a->n; i++) {
        double area = hot_layer_real(l, "area_km2", i);
        hot_rate r = hot_rate_of(incidents_of(l, i), a->population[i], 1000);
        hot_layer_set_real(l, "rate_per_1000", i, r.rate);
        hot_layer_set_real(l, "rate_low", i, r.low);
        hot_layer_set_real(l, "rate_high", i, r.high);
        if (area > 0) hot_layer_set_real(l, "per_km2", i, incidents_of(l, i) / area);
    }
}

static hot_status fill_unfit(const hot_areas *a, hot_layer *l)
{
    double *count = hot_new_raw(a->n, sizeof *count);
    int8_t *unfit = hot_new_raw(a->n, 1);
    hot_status status = count && unfit ? HOT_OK : HOT_MEMORY;
    for (size_t i = 0; i < a->n && status == HOT_OK; i++) count[i] = incidents_of(l, i);
    if (status == HOT_OK) status = hot_rates_unfit(count, a->population, a->n, unfit);
    for (size_t i = 0; i < a->n && status == HOT_OK; i++)
        if (unfit[i] >= 0) hot_layer_set_integer(l, "denominator_unfit", i, unfit[i]);
    hot_free(count);
    hot_free(unfit);
    return status;
}

/** One column of a denominator. @param name  out: what it is called */
static hot_status add_column(hot_layer *l, const char *prefix, const char *of, const char *suffix,
                             const char *alias, const char *unit, const char *about,
                             char name[HOT_FREE_NAME])
{
    char wanted[HOT_FREE_NAME];
    snprintf(wanted, sizeof wanted, "%s%.42s%s", prefix, of, suffix);
    return hot_layer_add_free_column(l, wanted, HOT_REAL, alias, unit, about, name);
}

static hot_status fill_denominator(const hot_denominator *d, hot_layer *l)
{
    char value[HOT_FREE_NAME], rate[HOT_FREE_NAME], low[HOT_FREE_NAME], high[HOT_FREE_NAME];
    char alias[160], lower[160], upper[160], unit[160];
    snprintf(alias, sizeof alias, "Incidents per %s in the period", d->words);
    snprintf(lower, sizeof lower, "Per %s, lower 95%% limit", d->words);
    snprintf(upper, sizeof upper, "Per %s, upper 95%% limit", d->words);
    snprintf(unit, sizeof unit, "incidents per %s in the period", d->words);
    HOT_TRY(add_column(l, "", d->name, "", d->name, "", "What incidents are divided by.", value));
    HOT_TRY(add_column(l, "per_", d->name, "", alias, unit, "Not scaled to a year.", rate));
    HOT_TRY(add_column(l, "per_", d->name, "_low", lower, unit, "Lower 95% limit.", low));
    HOT_TRY(add_column(l, "per_", d->name, "_high", upper, unit, "Upper 95% limit.", high));
    for (size_t i = 0; i < l->n; i++) {
        hot_rate r = hot_rate_of(incidents_of(l, i), d->value[i], d->per);
        hot_layer_set_real(l, value, i, d->value[i]);
        hot_layer_set_real(l, rate, i, r.rate);
        hot_layer_set_real(l, low, i, r.low);
        hot_layer_set_real(l, high, i, r.high);
    }
    return HOT_OK;
}

static hot_status fill_group(const hot_areas *a, hot_layer *l)
{
    char name[HOT_FREE_NAME];
    if (!a->group) return HOT_OK;
    HOT_TRY(hot_layer_add_free_column(l, "area_group", HOT_TEXT, "Kind of area", "",
                                      "Areas of one kind are compared with each other.", name));
    memcpy(hot_layer_column(l, name)->text, a->group, a->n * sizeof *a->group);
    return HOT_OK;
}

/* ---- near the edge ---- */

/** @param area  [points] scratch    @param near  [points] scratch
 *  @param close  [areas] out: incidents near the edge */
static hot_status count_near(const hot_study *s, const hot_area_set *set, int32_t *area,
                             uint8_t *near, double *close)
{
    const hot_points *p = &s->loaded.points;
    for (size_t k = 0; k < p->n; k++) area[k] = s->count_at_point[k] > 0 ? set->area_of[k] : -1;
    HOT_TRY(hot_near_edge(&set->areas.shapes, area, p->x, p->y, p->n, near_edge, near));
    for (size_t k = 0; k < p->n; k++)
        if (near[k]) close[area[k]] += s->count_at_point[k];
    return HOT_OK;
}

static hot_status say_near(const double *close, hot_layer *l)
{
    char sentence[200];
    double all = 0, near = 0;
    for (size_t i = 0; i < l->n; i++) {
        double n = incidents_of(l, i);
        all += n;
        near += close[i];
        if (n > 0) hot_layer_set_real(l, "near_edge_share", i, close[i] / n);
    }
    if (!(all > 0)) return HOT_OK;
    snprintf(
        sentence, sizeof sentence,
        "%.0f%% of the incidents lie within %.0f m of a boundary, where the next area might as "
        "well have been given them.",
        100 * near / all, near_edge);
    return hot_layer_say(l, sentence);
}

static hot_status fill_near(const hot_study *s, const hot_area_set *set, hot_layer *l)
{
    size_t points = s->loaded.points.n;
    int32_t *area = hot_new_raw(points, sizeof *area);
    uint8_t *near = hot_new_raw(points, 1);
    double *close = hot_new(l->n, sizeof *close);
    hot_status status = area && near && close ? count_near(s, set, area, near, close) : HOT_MEMORY;
    if (status == HOT_OK) status = say_near(close, l);
    hot_free(area);
    hot_free(near);
    hot_free(close);
    return status;
}

/* ---- the analysis ---- */

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)error;
    HOT_TRY(hot_comparison_make(s, result));
    return hot_parents_make(s, result);
}

static hot_status fill(const hot_study *s, size_t set, hot_layer *areas, hot_error *error)
{
    (void)error;
    const hot_areas *a = &s->sets[set].areas;
    if (s->sets[set].adopted) return HOT_OK; /* nobody's residents, and all of it near its edge */
    fill_rates(a, areas);
    if (a->has_population) HOT_TRY(fill_unfit(a, areas));
    for (size_t k = 0; k < a->n_denominators; k++)
        HOT_TRY(fill_denominator(&a->denominators[k], areas));
    HOT_TRY(fill_group(a, areas));
    return fill_near(s, &s->sets[set], areas);
}

static const hot_declaration *const layers[] = {&hot_comparison_layer, &hot_parents_layer};

const hot_analysis hot_analysis_rates = {
    .word = "rates",
    .about = "Rates, and areas against areas like them",
    .layers = layers,
    .n_layers = sizeof layers / sizeof *layers,
    .make = make,
    .fill = fill,
};
