/* How many incidents each ward, beat or other area has. */
#include "engine/levels/levels.h"

#include <math.h>
#include <string.h>

#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/hotspots_adopted.h"

static const hot_column columns[] = {
    {"code", HOT_TEXT, "Code", "", "The area's code."},
    {"name", HOT_TEXT, "Name", "", "The area's name."},
    {"parent", HOT_TEXT, "Part of", "", "The larger area it is part of, where the input says."},
    {"population", HOT_INTEGER, "Residents", "people", "From the population file."},
    {"area_km2", HOT_REAL, "Area, km²", "km2", "Area of the polygon."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period",
     "Incidents inside the area."},
    {"share", HOT_REAL, "Share of all incidents (0 to 1)", "0 to 1",
     "Of the incidents inside the study area."},
    {"rank", HOT_INTEGER, "Rank by incidents", "",
     "1 = most incidents; equal counts have equal ranks."},
    {"class", HOT_INTEGER, "Class", "",
     "1 = the areas that together hold the first quarter of incidents, 2 = the second quarter, "
     "3 = the rest, 0 = none."},
    {"previous", HOT_INTEGER, "Incidents, comparison period", "incidents",
     "In the period it is compared with."},
    {"expected", HOT_REAL, "Expected incidents", "incidents",
     "From its own past and the others' trend."},
    {"difference", HOT_REAL, "Difference from expected", "incidents", "Incidents less expected."},
    {"change_pct", HOT_REAL, "Change, %", "%",
     "Of the count, by day where the periods differ in length; empty where the count was 0."},
    {"p_value", HOT_REAL, "p of the change", "0 to 1",
     "How often usual variation alone would move it as far; chance alone where usual variation is "
     "not known."},
    {"p_fdr", HOT_REAL, "p of the change, among all areas", "0 to 1",
     "Adjusted for how many areas of the set were judged, by Benjamini and Hochberg (1995)."},
    {"change_class", HOT_INTEGER, "Change beyond usual variation", "",
     "-1 down, 0 usual variation, 1 up, at a p of 5%: where nothing changed one area in twenty is "
     "either; empty = not judged."},
    {"change_note", HOT_TEXT, "Change in words", "", "What changed, and whether that is unusual."},
    {"rate_per_1000", HOT_REAL, "Incidents per 1,000 residents in the period",
     "incidents per 1,000 residents in the period",
     "Not scaled to a year; none without residents."},
    {"rate_low", HOT_REAL, "Rate, lower 95% limit", "incidents per 1,000 residents in the period",
     "Lower 95% limit of the rate."},
    {"rate_high", HOT_REAL, "Rate, upper 95% limit", "incidents per 1,000 residents in the period",
     "Upper 95% limit of the rate."},
    {"near_edge_share", HOT_REAL, "Share within 50 m of the boundary (0 to 1)", "0 to 1",
     "Of its incidents, within 50 m of its boundary."},
    {"repeat_places", HOT_INTEGER, "Repeat places", "places",
     "With two incidents or more; empty on anonymised map points."},
    {"repeat_incidents", HOT_INTEGER, "Incidents at repeat places", "incidents",
     "Of its incidents, those at places with two or more."},
    {"repeat_share", HOT_REAL, "Share at repeat places (0 to 1)", "0 to 1", "Of its incidents."},
    {"hotspot_incidents", HOT_INTEGER, "Incidents in hotspots", "incidents",
     "Of its incidents, those inside a hotspot of the layer hotspots."},
    {"peak_per_km2", HOT_REAL, "Highest density, incidents per km² in the period",
     "incidents per km2 in the period",
     "The highest density at a cell centre inside it; empty where it holds none."},
    {"per_km2", HOT_REAL, "Incidents per km² in the period", "incidents per km2 in the period",
     "Where residents are the wrong measure, such as in a town centre, read this."},
    {"denominator_unfit", HOT_INTEGER, "Residents are the wrong measure", "",
     "1 = its rate is above 3 times the median and 3 robust standard deviations out, or it has "
     "incidents and no residents; 0 = not; empty = not judged."},
};

static const hot_code classes[] = {
    {"1", "Areas that together hold the first quarter of incidents"},
    {"2", "Areas that together hold the second quarter"},
    {"3", "Areas that hold the rest"},
    {"0", "No incidents"},
};
static const hot_code changes[] = {
    {"-1", "Fewer than usual variation explains"},
    {"0", "Within usual variation"},
    {"1", "More than usual variation explains"},
};
static const hot_code unfit[] = {{"1", "Residents are the wrong measure"},
                                 {"0", "Residents may be divided by"}};
static const hot_coding codings[] = {HOT_CODING("class", classes),
                                     HOT_CODING("change_class", changes),
                                     HOT_CODING("denominator_unfit", unfit)};

const hot_declaration hot_areas_layer = {
    .name = NULL,
    .style = "areas",
    .geometry = HOT_POLYGON,
    .title = "Areas",
    .about =
        "Incidents of the period by area, zero where there were none. A point on a shared edge "
        "is counted once.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

static const hot_declaration *const layers[] = {&hot_areas_layer};

static hot_status describe(const hot_areas *a, hot_layer *l)
{
    for (size_t i = 0; i < a->n; i++) {
        HOT_TRY(hot_layer_set_text(l, "code", i, a->code[i]));
        HOT_TRY(hot_layer_set_text(l, "name", i, a->label[i]));
        HOT_TRY(hot_layer_set_text(l, "parent", i, a->parent[i]));
        if (isfinite(a->population[i]))
            hot_layer_set_integer(l, "population", i, (int64_t)llround(a->population[i]));
        hot_layer_set_real(l, "area_km2", i, hot_shapes_area(&a->shapes, i) / 1e6);
        HOT_TRY(hot_shapes_add_parts(&l->shapes, &a->shapes, i));
        HOT_TRY(hot_shapes_end(&l->shapes));
    }
    return HOT_OK;
}

/** Incidents of each area of a set. */
static void count(const hot_study *s, const hot_area_set *set, int64_t *incidents)
{
    for (size_t p = 0; p < s->loaded.points.n; p++)
        if (set->area_of[p] >= 0) incidents[set->area_of[p]] += (int64_t)s->count_at_point[p];
}

static hot_status set_levels(const hot_study *s, const hot_area_set *set, hot_layer *l)
{
    size_t n = set->areas.n;
    int64_t *incidents = hot_layer_column(l, "incidents")->integer;
    int64_t *rank = hot_layer_column(l, "rank")->integer;
    int8_t *class_ = hot_new(n, 1);
    if (!class_) return HOT_MEMORY;
    memset(hot_layer_column(l, "incidents")->missing, 0, n);
    memset(hot_layer_column(l, "rank")->missing, 0, n);
    count(s, set, incidents);
    hot_status status = hot_levels(incidents, n, rank, class_);
    for (size_t i = 0; i < n && status == HOT_OK; i++) {
        hot_layer_set_integer(l, "class", i, class_[i]);
        if (s->n_inside)
            hot_layer_set_real(l, "share", i, (double)incidents[i] / (double)s->n_inside);
    }
    hot_free(class_);
    return status;
}

hot_status hot_weighted_by_area(const hot_study *s, const hot_area_set *set, hot_layer *l)
{
    if (!s->weighted) return HOT_OK;
    int32_t *row_of = hot_new_raw(s->n_inside, sizeof *row_of);
    if (!row_of) return HOT_MEMORY;
    for (size_t k = 0; k < s->n_inside; k++)
        row_of[k] = set->area_of[s->loaded.incidents.point[s->inside[k]]];
    hot_status status = hot_weighted_set(s, row_of, l);
    hot_free(row_of);
    return status;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    for (size_t k = 0; k < hot_study_tilings(s); k++) {
        const hot_area_set *set = &s->sets[k];
        char title[64] = "";
        hot_layer *l = hot_result_add(result);
        if (!l) return HOT_MEMORY;
        strncpy(title, set->areas.name, sizeof title - 1);
        if (title[0] >= 'a' && title[0] <= 'z') title[0] = (char)(title[0] - 'a' + 'A');
        HOT_TRY(hot_layer_new(&hot_areas_layer, set->areas.name, title, set->areas.n, l));
        HOT_TRY(describe(&set->areas, l));
        HOT_TRY(set_levels(s, set, l));
        HOT_TRY(hot_weighted_by_area(s, set, l));
    }
    return hot_hotspots_adopted_make(s, result, error);
}

const hot_analysis hot_analysis_levels = {
    .word = "levels",
    .about = "Counting by area",
    .layers = layers,
    .n_layers = 1,
    .make = make,
};
