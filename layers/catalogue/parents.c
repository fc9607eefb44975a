/* Areas summed by what they are part of: beats to sectors, wards to districts. */
#include <math.h>

#include "engine/rates/rates.h"
#include "layers/catalogue/rates.h"

static const hot_column columns[] = {
    {"area_set", HOT_TEXT, "Areas", "", "Which set of areas was summed: ward, beat ..."},
    {"level", HOT_INTEGER, "Level", "",
     "1 = what the areas are part of, 2 = what that is part of."},
    {"field", HOT_TEXT, "Field", "", "The field of the areas' file that says so."},
    {"parent", HOT_TEXT, "Larger area", "", "Its code; empty = areas that are part of none."},
    {"areas", HOT_INTEGER, "Areas in it", "areas", "How many were summed."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period", "In those areas together."},
    {"share", HOT_REAL, "Share of all incidents (0 to 1)", "0 to 1",
     "Of the incidents inside the study area."},
    {"area_km2", HOT_REAL, "Area, km²", "km2", "Of those areas together."},
    {"per_km2", HOT_REAL, "Incidents per km² in the period", "incidents per km2 in the period",
     "Of those areas together."},
    {"population", HOT_INTEGER, "Residents", "people",
     "Of those areas together; empty where those of one are not known."},
    {"rate_per_1000", HOT_REAL, "Incidents per 1,000 residents in the period",
     "incidents per 1,000 residents in the period", "Not scaled to a year."},
    {"rate_low", HOT_REAL, "Rate, lower 95% limit", "incidents per 1,000 residents in the period",
     "Lower 95% limit of the rate."},
    {"rate_high", HOT_REAL, "Rate, upper 95% limit", "incidents per 1,000 residents in the period",
     "Upper 95% limit of the rate."},
};

const hot_declaration hot_parents_layer = {
    .name = "parents",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Larger areas",
    .about = "Incidents of the period by the larger areas that wards or beats are part of: the "
             "areas' counts, added up.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

/** One level of one set, its areas in the order of their parents. */
typedef struct {
    const hot_study *study;
    size_t set, level;
    hot_gathered *list; /* [areas] */
} rollup;

static size_t rows_of(const rollup *r)
{
    size_t n = r->study->sets[r->set].areas.n, rows = 0;
    for (size_t at = 0; at < n; at += hot_gathered_alike(r->list, n, at)) rows++;
    return rows;
}

typedef struct {
    double incidents, people, area;
    double weighted; /* millionths; NaN where no incident has a weight */
} sums;

static sums sum_of(const rollup *r, const hot_layer *areas, const int64_t *incidents, size_t first,
                   size_t n)
{
    const hot_areas *a = &r->study->sets[r->set].areas;
    sums all = {.weighted = NAN};
    for (size_t k = first; k < first + n; k++) {
        size_t i = r->list[k].area;
        all.incidents += (double)incidents[i];
        all.people += a->population[i]; /* one that is not known makes the sum not known */
        all.area += hot_shapes_area(&a->shapes, i) / 1e6;
        double weighted = areas ? hot_layer_real(areas, "weighted", i) : NAN;
        if (!isnan(weighted))
            all.weighted = (isnan(all.weighted) ? 0 : all.weighted) + rint(weighted * 1e6);
    }
    return all;
}

static void set_sums(const sums *of, uint64_t all, hot_layer *l, size_t row)
{
    hot_rate rate = hot_rate_of(of->incidents, of->people, 1000);
    hot_layer_set_integer(l, "incidents", row, (int64_t)of->incidents);
    if (all) hot_layer_set_real(l, "share", row, of->incidents / (double)all);
    hot_layer_set_real(l, "area_km2", row, of->area);
    if (of->area > 0) hot_layer_set_real(l, "per_km2", row, of->incidents / of->area);
    if (isfinite(of->people)) hot_layer_set_integer(l, "population", row, llround(of->people));
    hot_layer_set_real(l, "rate_per_1000", row, rate.rate);
    hot_layer_set_real(l, "rate_low", row, rate.low);
    hot_layer_set_real(l, "rate_high", row, rate.high);
    if (hot_layer_column(l, "weighted")) hot_layer_set_real(l, "weighted", row, of->weighted / 1e6);
}

static hot_status add_rows(const rollup *r, const hot_result *result, hot_layer *l, size_t *row)
{
    const hot_areas *a = &r->study->sets[r->set].areas;
    const hot_layer *areas = hot_result_layer(result, a->name);
    const int64_t *incidents = hot_area_incidents(r->study, result, r->set);
    for (size_t at = 0, n; at < a->n; at += n) {
        n = hot_gathered_alike(r->list, a->n, at);
        sums all = sum_of(r, areas, incidents, at, n);
        HOT_TRY(hot_layer_set_text(l, "area_set", *row, a->name));
        hot_layer_set_integer(l, "level", *row, (int64_t)r->level + 1);
        HOT_TRY(hot_layer_set_text(l, "field", *row, a->uppers[r->level].field));
        HOT_TRY(hot_layer_set_text(l, "parent", *row, r->list[at].text));
        hot_layer_set_integer(l, "areas", *row, (int64_t)n);
        set_sums(&all, r->study->n_inside, l, *row);
        ++*row;
    }
    return HOT_OK;
}

static hot_status gather_levels(const hot_study *s, rollup *list, size_t *rows)
{
    for (size_t set = 0; set < s->n_sets; set++) {
        const hot_areas *a = &s->sets[set].areas;
        for (size_t level = 0; level < a->n_uppers; level++, list++) {
            *list = (rollup){s, set, level, hot_gather(a->uppers[level].code, a->n)};
            if (!list->list) return HOT_MEMORY;
            *rows += rows_of(list);
        }
    }
    return HOT_OK;
}

static hot_status make_table(const rollup *list, size_t n, size_t rows, hot_result *result)
{
    size_t row = 0;
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_parents_layer, NULL, NULL, rows, l));
    if (n) HOT_TRY(hot_weighted_declare(list[0].study, l));
    for (size_t k = 0; k < n; k++) HOT_TRY(add_rows(&list[k], result, l, &row));
    return HOT_OK;
}

hot_status hot_parents_make(const hot_study *s, hot_result *result)
{
    size_t n = 0, rows = 0;
    for (size_t set = 0; set < s->n_sets; set++) n += s->sets[set].areas.n_uppers;
    if (n == 0) return HOT_OK;
    rollup *list = hot_new(n, sizeof *list);
    if (!list) return HOT_MEMORY;
    hot_status status = gather_levels(s, list, &rows);
    if (status == HOT_OK) status = make_table(list, n, rows, result);
    for (size_t k = 0; k < n; k++) hot_free(list[k].list);
    hot_free(list);
    return status;
}
