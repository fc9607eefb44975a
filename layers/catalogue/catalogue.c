#include "layers/catalogue/catalogue.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const hot_analysis *const hot_catalogue[] = {
    &hot_analysis_incidents,     &hot_analysis_coverage, &hot_analysis_levels,
    &hot_analysis_kde,           &hot_analysis_gistar,   &hot_analysis_repeats,
    &hot_analysis_change,        &hot_analysis_trends,   &hot_analysis_rates,
    &hot_analysis_concentration, &hot_analysis_temporal, &hot_analysis_hotspots,
    &hot_analysis_adopted,       &hot_analysis_splits,   &hot_analysis_possible_duplicates,
    &hot_analysis_nearrepeat,    &hot_analysis_clusters, &hot_analysis_evaluate,
    &hot_analysis_joined, /* last: its columns keep clear of all others' names */
};
const size_t hot_catalogue_size = sizeof hot_catalogue / sizeof *hot_catalogue;

/** Names of layers that have no analysis of their own yet, or are no analysis's; "all" stands for
 *  the whole study area in tables by area, and tables/about.csv says what they mean. */
static const char *const reserved[] = {
    "hotspot", "patrol_stops", "patrol_route", "run_metadata", "layer_styles", "all", "about"};

bool hot_catalogue_reserves(const char *name)
{
    for (size_t k = 0; k < sizeof reserved / sizeof *reserved; k++)
        if (strcmp(reserved[k], name) == 0) return true;
    if (hot_catalogue_layer(name) != &hot_areas_layer) return true;
    return strncmp(name, "context_", 8) == 0 || strncmp(name, "gpkg_", 5) == 0 ||
           strncmp(name, "rtree_", 6) == 0 || strncmp(name, "sqlite_", 7) == 0;
}

const hot_declaration *hot_catalogue_layer(const char *name)
{
    if (strcmp(name, "run_metadata") == 0) return &hot_metadata_layer;
    for (size_t k = 0; k < hot_catalogue_size; k++)
        for (size_t l = 0; l < hot_catalogue[k]->n_layers; l++) {
            const hot_declaration *d = hot_catalogue[k]->layers[l];
            if (d->name && strcmp(d->name, name) == 0) return d;
        }
    return &hot_areas_layer;
}

/* ---- codes of the areas, in every layer of points ---- */

static bool has_fixed_column(const char *set)
{
    return strcmp(set, "ward") == 0 || strcmp(set, "beat") == 0;
}

hot_status hot_codes_declare(const hot_study *s, hot_layer *layer)
{
    for (size_t k = 0; k < s->n_sets; k++) {
        const char *set = s->sets[k].areas.name;
        char name[64], alias[64];
        if (has_fixed_column(set)) continue;
        snprintf(name, sizeof name, "%s_code", set);
        snprintf(alias, sizeof alias, "Code of the %s", set);
        HOT_TRY(hot_layer_add_column(layer, name, HOT_TEXT, alias, "", "The area that holds it."));
    }
    return HOT_OK;
}

const char **hot_codes_column(const hot_study *s, size_t set, const hot_layer *layer)
{
    char name[64];
    snprintf(name, sizeof name, "%s_code", s->sets[set].areas.name);
    return hot_layer_column(layer, name)->text;
}

/* ---- weights ---- */

enum { WEIGHED = 1, UNWEIGHED = 2 };

/** @param met  [rows] zeroed: which sort of incidents each row has */
static void add_weights(const hot_study *s, const int32_t *row_of, double *sum, uint8_t *met,
                        size_t rows)
{
    const double *weight = s->loaded.incidents.weight;
    for (size_t i = 0; i < rows; i++) sum[i] = 0;
    /* Whole millionths add up exactly, in any order. */
    for (size_t k = 0; k < s->n_inside; k++) {
        double own = weight[s->inside[k]];
        if (row_of[k] < 0) continue;
        met[row_of[k]] |= isnan(own) ? UNWEIGHED : WEIGHED;
        if (!isnan(own)) sum[row_of[k]] += rint(own * 1e6);
    }
    for (size_t i = 0; i < rows; i++) sum[i] = met[i] == UNWEIGHED ? NAN : sum[i] / 1e6;
}

hot_status hot_weighted_declare(const hot_study *s, hot_layer *layer)
{
    if (!s->weighted) return HOT_OK;
    return hot_layer_add_column(layer, "weighted", HOT_REAL, "Weighted incidents", "",
                                "Sum of the incidents' weights; those without one are left "
                                "out.");
}

hot_status hot_weighted_sum(const hot_study *s, const int32_t *row_of, size_t first, size_t rows,
                            hot_layer *layer)
{
    if (!s->weighted) return HOT_OK;
    uint8_t *met = hot_new(rows, 1);
    if (!met) return HOT_MEMORY;
    add_weights(s, row_of, hot_layer_column(layer, "weighted")->real + first, met, rows);
    hot_free(met);
    return HOT_OK;
}

hot_status hot_weighted_set(const hot_study *s, const int32_t *row_of, hot_layer *layer)
{
    HOT_TRY(hot_weighted_declare(s, layer));
    return hot_weighted_sum(s, row_of, 0, layer->n, layer);
}

/* ---- making ---- */

/** @param only  one analysis's word, or NULL for all that are not made alone */
static bool is_made(const hot_analysis *a, const char *only)
{
    return only ? strcmp(a->word, only) == 0 : !a->alone;
}

/** Let every analysis that was made fill its columns of the area sets. */
static hot_status fill_areas(const hot_study *s, const char *only, hot_result *result,
                             hot_error *error)
{
    for (size_t set = 0; set < s->n_sets; set++) {
        hot_layer *areas =
            hot_result_layer(result, s->sets[set].adopted ? "hotspots" : s->sets[set].areas.name);
        for (size_t k = 0; k < hot_catalogue_size && areas; k++) {
            const hot_analysis *a = hot_catalogue[k];
            if (a->fill && is_made(a, only)) HOT_TRY(a->fill(s, set, areas, error));
        }
    }
    return HOT_OK;
}

static const hot_areas *set_named(const hot_study *s, const char *name)
{
    for (size_t k = 0; k < s->n_sets; k++)
        if (strcmp(s->sets[k].areas.name, name) == 0) return &s->sets[k].areas;
    return NULL;
}

/** Rows are in the order of the areas: the next is the last one's, or mostly the one behind it. */
static size_t area_coded(const hot_areas *a, const char *code, size_t last)
{
    for (size_t step = 0; step < a->n; step++) {
        size_t at = (last + step) % a->n;
        if (strcmp(a->code[at], code) == 0) return at;
    }
    return 0; /* cannot be: the tables have the areas' own codes */
}

/** Codes alone tell a person little: the names behind them, in every table by area. */
static void name_areas(const hot_study *s, hot_layer *l)
{
    const hot_values *set = hot_layer_column(l, "area_set"),
                     *code = hot_layer_column(l, "area_code");
    hot_values *name = hot_layer_column(l, "area_name");
    for (size_t row = 0, at = 0; name && row < l->n; row++) {
        if (!code->text[row]) {
            name->text[row] = "whole study area";
            continue;
        }
        const hot_areas *a = set_named(s, set->text[row]);
        if (!a || !a->label) continue;
        at = area_coded(a, code->text[row], at);
        name->text[row] = a->label[at];
    }
}

bool hot_catalogue_has_surface(const char *only)
{
    for (size_t k = 0; k < hot_catalogue_size; k++)
        if (hot_catalogue[k]->surface && is_made(hot_catalogue[k], only)) return true;
    return false;
}

hot_status hot_catalogue_make(hot_study *s, const char *only, hot_result *result, hot_error *error)
{
    result->epsg = s->epsg;
    s->only = only;
    for (size_t k = 0; k < hot_catalogue_size; k++) {
        const hot_analysis *a = hot_catalogue[k];
        if (!is_made(a, only) && a != &hot_analysis_levels) continue;
        HOT_TRY(hot_progress_step(s->progress, a->about, (double)k / (double)hot_catalogue_size));
        HOT_TRY(a->make(s, result, error));
    }
    HOT_TRY(fill_areas(s, only, result, error));
    for (size_t k = 0; k < result->n; k++) name_areas(s, &result->layers[k]);
    HOT_TRY(hot_context_make(s, result, error));
    return hot_metadata_make(s, result, error);
}
