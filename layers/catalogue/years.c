/* A level for every financial year of every area. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "layers/catalogue/columns.h"
#include "layers/catalogue/trends.h"

static const hot_column columns[] = {
    {"area_set", HOT_TEXT, "Kind of area", "", "ward, beat, ...; all = the whole study area."},
    {"area_code", HOT_TEXT, "Code", "", "The area's code; empty = the whole study area."},
    {"area_name", HOT_TEXT, "Name", "", "The area's name."},
    {"year", HOT_TEXT, "Financial year", "", "April to March: 2024/25 begins in April 2024."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents", "In its months with data; empty = none."},
    {"months", HOT_INTEGER, "Months with data", "months", "12 = a whole year."},
    {"population", HOT_INTEGER, "Residents", "people", "From the population file."},
    {"rate_per_1000", HOT_REAL, "Incidents per 1,000 residents in the year",
     "incidents per 1,000 residents in the year", "Of whole years; empty without residents."},
    {"change", HOT_INTEGER, "Change since the first whole year", "incidents",
     "Of whole years; empty for the first."},
    {"change_pct", HOT_REAL, "Change since the first whole year, %", "%",
     "Of the count; empty where the first was 0."},
    {"rate_change", HOT_REAL, "Change of the rate since the first whole year",
     "incidents per 1,000 residents in the year", "Of whole years; empty without residents."},
};

const hot_declaration hot_years_layer = {
    .name = "years",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Financial years",
    .about =
        "Incidents of each financial year, April to March. Only years with data for all twelve "
        "months have a rate, and are compared with the first such year. A change in how incidents "
        "are recorded moves them too.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

/** The financial years from the first to the last month. */
typedef struct {
    const hot_history *history;
    int32_t first; /* the calendar year in which the first one begins */
    size_t n;
    size_t base; /* the first whole one; n = none */
} span;

/** The calendar year in which a month's financial year begins. */
static int32_t year_of(int32_t month)
{
    return (month - 3) / 12;
}

static size_t months_of(const span *y, size_t year)
{
    const hot_history *h = y->history;
    size_t n = 0;
    for (size_t m = 0; m < h->months; m++)
        n += h->covered[m] && (size_t)(year_of(h->first + (int32_t)m) - y->first) == year;
    return n;
}

static span span_of(const hot_history *h)
{
    span y = {.history = h};
    if (h->months == 0) return y;
    y.first = year_of(h->first);
    y.n = (size_t)(year_of(h->first + (int32_t)h->months - 1) - y.first) + 1;
    while (y.base < y.n && months_of(&y, y.base) < 12) y.base++;
    return y;
}

/** One area's incidents by year.
 *  @param count  [months]
 *  @param sum    [y->n] out */
static void add_years(const span *y, const int64_t *count, int64_t *sum)
{
    const hot_history *h = y->history;
    memset(sum, 0, y->n * sizeof *sum);
    for (size_t m = 0; m < h->months; m++)
        sum[year_of(h->first + (int32_t)m) - y->first] += count[m];
}

/* ---- rows ---- */

typedef struct {
    span years;
    hot_layer *layer;
    int64_t *sum, *count; /* [years.n], [months] */
    double *people;       /* [years.n] residents in each year */
    size_t row;
} table;

static double rate(int64_t incidents, double people)
{
    return people > 0 ? 1000 * (double)incidents / people : NAN;
}

static void set_change(table *t, size_t year)
{
    int64_t base = t->sum[t->years.base], now = t->sum[year];
    hot_layer_set_integer(t->layer, "change", t->row, now - base);
    if (base > 0)
        hot_layer_set_real(t->layer, "change_pct", t->row,
                           100 * (double)(now - base) / (double)base);
    hot_layer_set_real(t->layer, "rate_change", t->row,
                       rate(now, t->people[year]) - rate(base, t->people[t->years.base]));
}

static void set_level(table *t, size_t year)
{
    size_t months = months_of(&t->years, year);
    hot_layer_set_integer(t->layer, "months", t->row, (int64_t)months);
    if (isfinite(t->people[year]))
        hot_layer_set_integer(t->layer, "population", t->row, (int64_t)llround(t->people[year]));
    if (months == 0) return;
    hot_layer_set_integer(t->layer, "incidents", t->row, t->sum[year]);
    if (months < 12) return;
    hot_layer_set_real(t->layer, "rate_per_1000", t->row, rate(t->sum[year], t->people[year]));
    if (year > t->years.base) set_change(t, year);
}

/** The rows of one area, or of the whole, from t->count and t->people. */
static hot_status add_area(table *t, const char *set, const char *code)
{
    add_years(&t->years, t->count, t->sum);
    for (size_t k = 0; k < t->years.n; k++, t->row++) {
        char text[24];
        int from = (int)t->years.first + (int)k;
        snprintf(text, sizeof text, "%04d/%02d", from, (from + 1) % 100);
        HOT_TRY(hot_layer_set_text(t->layer, "area_set", t->row, set));
        HOT_TRY(hot_layer_set_text(t->layer, "area_code", t->row, code));
        HOT_TRY(hot_layer_set_text(t->layer, "year", t->row, text));
        set_level(t, k);
    }
    return HOT_OK;
}

static double people_of_all(const hot_study *s, int year)
{
    double sum = 0;
    if (s->bounding == SIZE_MAX) return NAN;
    const hot_areas *a = &s->sets[s->bounding].areas;
    for (size_t k = 0; k < a->n; k++) sum += hot_areas_people_in(a, k, year);
    return sum;
}

static hot_status add_set(table *t, const hot_study *s, const hot_area_set *set)
{
    size_t months = t->years.history->months;
    uint32_t *count = hot_new_raw(set->areas.n * months, sizeof *count);
    hot_status status = count ? HOT_OK : HOT_MEMORY;
    if (count) hot_history_count(s, t->years.history, set->area_of, set->areas.n, count);
    for (size_t a = 0; a < set->areas.n && status == HOT_OK; a++) {
        for (size_t m = 0; m < months; m++) t->count[m] = count[a * months + m];
        for (size_t k = 0; k < t->years.n; k++)
            t->people[k] = hot_areas_people_in(&set->areas, a, (int)t->years.first + (int)k);
        status = add_area(t, set->areas.name, set->areas.code[a]);
    }
    hot_free(count);
    return status;
}

static hot_status add_all(table *t, const hot_study *s)
{
    memcpy(t->count, t->years.history->chosen, t->years.history->months * sizeof *t->count);
    for (size_t k = 0; k < t->years.n; k++)
        t->people[k] = people_of_all(s, (int)t->years.first + (int)k);
    HOT_TRY(add_area(t, "all", NULL));
    for (size_t k = 0; k < s->n_sets; k++) HOT_TRY(add_set(t, s, &s->sets[k]));
    return HOT_OK;
}

/** Where residents are from, of all sets that have any. */
static const char *residents_of(const hot_study *s)
{
    bool any = false, yearly = false;
    for (size_t k = 0; k < s->n_sets; k++) {
        any = any || s->sets[k].areas.has_population;
        yearly = yearly || s->sets[k].areas.n_yearly;
    }
    return yearly ? " Residents are those of the year in which it begins, where its file has years."
           : any  ? " Residents are those of the population file in every year."
                  : "";
}

static hot_status tell_base(const hot_study *s, const span *y, hot_layer *l)
{
    char text[300], base[80];
    int from = (int)y->first + (int)y->base;
    if (y->base < y->n)
        snprintf(base, sizeof base, "The first is %04d/%02d.", from, (from + 1) % 100);
    else
        snprintf(base, sizeof base, "No year here is whole.");
    snprintf(text, sizeof text, "%s%s", base, residents_of(s));
    return hot_layer_say(l, text);
}

hot_status hot_years_make(const hot_study *s, const hot_history *h, hot_result *result)
{
    table t = {.years = span_of(h)};
    size_t areas = 1;
    for (size_t k = 0; k < s->n_sets; k++) areas += s->sets[k].areas.n;
    t.layer = hot_result_add(result);
    if (!t.layer) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_years_layer, NULL, NULL, areas * t.years.n, t.layer));
    t.sum = hot_new(t.years.n, sizeof *t.sum);
    t.count = hot_new(h->months, sizeof *t.count);
    t.people = hot_new(t.years.n, sizeof *t.people);
    hot_status status = t.sum && t.count && t.people ? add_all(&t, s) : HOT_MEMORY;
    if (status == HOT_OK) status = tell_base(s, &t.years, t.layer);
    hot_free(t.sum);
    hot_free(t.count);
    hot_free(t.people);
    return status;
}
