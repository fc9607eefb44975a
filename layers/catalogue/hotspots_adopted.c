/* Hotspots that were given: adopted by a team, or frozen by an earlier run. */
#include "layers/catalogue/hotspots_adopted.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/columns.h"
#include "layers/catalogue/hotspot_columns.h"
#include "layers/catalogue/phrases.h"
#include "layers/read/polygon.h"
#include "layers/remarks.h"

static const hot_declaration *const layers[] = {&hot_hotspots_layer, &hot_monitoring_layer,
                                                &hot_frozen_layer};

/* clang-format off */
static const hot_option options[] = {
    {"hotspots", HOT_OPTION_FILE, "FILE", NULL, NULL, "Hotspots", "hotspots that you have adopted, as polygons: FILE[:LAYER][,code=FIELD][,name=FIELD][,from=FIELD or DATE][,crs=EPSG:CODE]; from: the day from which they are valid, without which their change is not judged; a frozen set is given the same way", false},
    {"hotspots-ring", HOT_OPTION_METRES, "DISTANCE", "100m", NULL, "Hotspots", "how far round a hotspot its ring reaches in the table hotspot_monitoring", false},
    {"freeze", HOT_OPTION_TEXT, "NAME", NULL, NULL, "Hotspots", "keep this run's hotspots as a set of that name, frozen/NAME.gpkg in the results, to be given to later runs with --hotspots; copy it from there, because results are replaced by --overwrite", false},
};
/* clang-format on */

/* ---- where they lie ---- */

/** Whether neither an incident in it nor its middle nor a vertex lies in the study area.
 *  @param area  [vertices] scratch */
static hot_status lies_outside(const hot_study *s, const hot_areas *a, size_t i, int32_t *area,
                               bool *outside)
{
    const hot_shapes *g = &a->shapes;
    const hot_within *study = s->sets[s->bounding].within;
    size_t first = g->point[g->ring[g->part[i]]], last = g->point[g->ring[g->part[i + 1]]];
    double x = NAN, y = NAN;
    if (hot_polygon_inside(g, i, &x, &y) == HOT_MEMORY) return HOT_MEMORY;
    HOT_TRY(hot_within_place(study, &x, &y, 1, 1, area, NULL));
    *outside = area[0] < 0;
    HOT_TRY(hot_within_place(study, g->x + first, g->y + first, last - first, 1, area, NULL));
    for (size_t k = 0; k < last - first; k++) *outside = *outside && area[k] < 0;
    return HOT_OK;
}

enum { LISTED = 5 };

/** How many lie outside, and the first of them. */
static hot_status list_outside(const hot_study *s, const hot_area_set *set,
                               const int64_t *incidents, size_t *n, char *list, size_t room)
{
    const hot_areas *a = &set->areas;
    int32_t *area = hot_new(a->shapes.n_points + 1, sizeof *area);
    hot_status status = area ? HOT_OK : HOT_MEMORY;
    size_t length = 0;
    *n = 0;
    for (size_t i = 0; i < a->n && status == HOT_OK; i++) {
        bool outside = false;
        if (incidents[i] == 0) status = lies_outside(s, a, i, area, &outside);
        if (outside && ++*n <= LISTED)
            length += (size_t)snprintf(list + length, room - length, "%s%.40s", length ? ", " : "",
                                       a->code[i]);
    }
    if (*n > LISTED) snprintf(list + length, room - length, " and %zu more", *n - LISTED);
    hot_free(area);
    return status;
}

static hot_status check_outside(hot_study *s, const hot_area_set *set, const hot_layer *l,
                                hot_error *error)
{
    size_t n;
    char list[LISTED * 44 + 40] = "";
    if (s->bounding == SIZE_MAX) return HOT_OK;
    HOT_TRY(list_outside(s, set, hot_layer_column(l, "incidents")->integer, &n, list, sizeof list));
    if (n == set->areas.n)
        return hot_fail(error, HOT_INPUT,
                        "--hotspots %s: all of its hotspots lie outside the study area; is it the "
                        "right file, and its coordinate system the right one?",
                        set->areas.source);
    if (n == 0) return HOT_OK;
    return hot_remark(s,
                      "%zu of %zu adopted hotspots %s outside the study area and %s no "
                      "incident of it: %s.",
                      n, set->areas.n, n == 1 ? "lies" : "lie", n == 1 ? "holds" : "hold", list);
}

/* ---- overlaps ---- */

static bool in_box(const hot_box *b, double x, double y)
{
    return x >= b->west && x <= b->east && y >= b->south && y <= b->north;
}

/** Incidents that are inside a hotspot and counted in another, before it by code. */
static hot_status count_shared(const hot_study *s, const hot_area_set *set, int64_t *also)
{
    const hot_points *p = &s->loaded.points;
    size_t n = set->areas.n;
    hot_box *box = hot_boxes_of(&set->areas.shapes);
    if (!box) return HOT_MEMORY;
    for (size_t k = 0; k < p->n && set->overlapping; k++) {
        if (set->area_of[k] < 0 || s->count_at_point[k] <= 0) continue;
        for (size_t i = (size_t)set->area_of[k] + 1; i < n; i++)
            if (in_box(&box[i], p->x[k], p->y[k]) &&
                hot_within_holds(set->within, i, p->x[k], p->y[k]))
                also[i] += (int64_t)s->count_at_point[k];
    }
    hot_free(box);
    return HOT_OK;
}

static hot_status set_shared(const hot_study *s, const hot_area_set *set, hot_layer *l)
{
    hot_values *also = hot_layer_column(l, "also_inside");
    memset(also->missing, 0, l->n);
    return count_shared(s, set, also->integer);
}

/* ---- their ground in the study area ---- */

/** What lies in the study area of one of them, as the next feature.
 *  @param near  [areas of the study area's set] scratch */
static hot_status cut_one(const hot_shapes *whole, size_t i, const hot_box *own,
                          const hot_shapes *study, const hot_box *box, size_t *near, hot_shapes *to)
{
    hot_some_shapes of = {whole, &i, 1}, none = {study, NULL, 0};
    hot_some_shapes within = {study, near, hot_boxes_near(own, box, study->n, near)};
    hot_status status = within.n ? hot_polygon_join(&of, &within, &none, to) : HOT_OK;
    if (status == HOT_MEMORY) return status; /* where nothing is left the feature is empty */
    return hot_shapes_end(to);
}

static hot_status cut_all(const hot_study *s, const hot_shapes *whole, hot_shapes *to)
{
    const hot_shapes *study = &s->sets[s->bounding].areas.shapes;
    hot_box *own = hot_boxes_of(whole), *box = hot_boxes_of(study);
    size_t *near = hot_new(study->n, sizeof *near);
    hot_status status = own && box && near ? HOT_OK : HOT_MEMORY;
    for (size_t i = 0; i < whole->n && status == HOT_OK; i++)
        status = cut_one(whole, i, &own[i], study, box, near, to);
    hot_free(own);
    hot_free(box);
    hot_free(near);
    return status;
}

/** Of all together, what several share once. */
static hot_status join_all(const hot_shapes *cut, double *ground)
{
    hot_shapes one = {0};
    size_t *all = hot_new(cut->n, sizeof *all), n = 0;
    if (!all) return HOT_MEMORY;
    for (size_t i = 0; i < cut->n; i++)
        if (cut->part[i] < cut->part[i + 1]) all[n++] = i;
    hot_some_shapes of = {cut, all, n}, none = {cut, NULL, 0};
    hot_status status = n ? hot_polygon_join(&of, &none, &none, &one) : HOT_INPUT;
    if (status == HOT_OK) status = hot_shapes_end(&one);
    *ground = status == HOT_OK ? hot_shapes_area(&one, 0) : 0;
    hot_shapes_free(&one);
    hot_free(all);
    return status == HOT_MEMORY ? status : HOT_OK;
}

/** @param ground  [areas + 1] out: m2 of each, and of all together */
static hot_status find_ground(const hot_study *s, const hot_areas *a, double *ground)
{
    hot_shapes cut = {0};
    bool whole = s->bounding == SIZE_MAX; /* no study area cuts them */
    hot_status status = whole ? HOT_OK : cut_all(s, &a->shapes, &cut);
    const hot_shapes *left = whole ? &a->shapes : &cut;
    for (size_t i = 0; i < a->n && status == HOT_OK; i++) ground[i] = hot_shapes_area(left, i);
    if (status == HOT_OK) status = join_all(left, &ground[a->n]);
    hot_shapes_free(&cut);
    return status;
}

/* ---- the layer ---- */

static hot_status describe(const hot_area_set *set, hot_layer *l)
{
    const hot_areas *a = &set->areas;
    for (size_t i = 0; i < a->n; i++) {
        char date[32];
        HOT_TRY(hot_layer_set_text(l, "hotspot_id", i, a->code[i]));
        HOT_TRY(hot_layer_set_text(l, "name", i, a->label[i] ? a->label[i] : a->code[i]));
        if (a->version) HOT_TRY(hot_layer_set_text(l, "version", i, a->version[i]));
        HOT_TRY(hot_shapes_add_parts(&l->shapes, &a->shapes, i));
        HOT_TRY(hot_shapes_end(&l->shapes));
        if (set->valid_from[i] == INT64_MIN) continue;
        hot_moment_format((hot_moment){set->valid_from[i], HOT_DAY}, date);
        HOT_TRY(hot_layer_set_text(l, "valid_from", i, date));
    }
    return HOT_OK;
}

/** "12 hotspots hold 310 of 1,000 incidents, 31%, on 0.10% of the study area." */
static hot_status say_held(const hot_study *s, const hot_area_set *set, double area, hot_layer *l)
{
    char text[300], part[HOT_PHRASE], all[HOT_PHRASE], share[HOT_PHRASE], on[60] = "";
    uint64_t held = 0;
    for (size_t i = 0; i < l->n; i++) held += (uint64_t)hot_layer_integer(l, "incidents", i, 0);
    if (s->n_inside == 0) return HOT_OK;
    double of = (double)held / (double)s->n_inside;
    hot_hotspots_phrase_ground(s, area, on, sizeof on);
    snprintf(text, sizeof text, "%zu hotspot%s from %.80s hold%s %s of %s incidents, %s%%%s.", l->n,
             l->n == 1 ? "" : "s", set->areas.source, l->n == 1 ? "s" : "",
             hot_phrase_count(held, part), hot_phrase_count(s->n_inside, all),
             hot_phrase_percent(of, hot_phrase_places(of), share), on);
    return hot_layer_say(l, text);
}

/** From when on they were hotspots: what comes before is of places that were chosen for it. */
static hot_status say_adopted(const hot_study *s, const hot_area_set *set, hot_layer *l)
{
    char text[400];
    size_t unsaid = 0, later = 0;
    int64_t from, to;
    hot_study_span(s, &from, &to);
    for (size_t i = 0; i < l->n; i++) {
        unsaid += set->valid_from[i] == INT64_MIN;
        later += set->valid_from[i] > from;
    }
    if (later && l->n == 1)
        HOT_TRY(hot_layer_say(l, "It was adopted after the period began: of the time before that, "
                                 "the figures show a place that may have been chosen because it "
                                 "was high."));
    if (later && l->n > 1) {
        snprintf(text, sizeof text,
                 "%zu of them %s adopted after the period began: of the time before that, the "
                 "figures show places that may have been chosen because it was high.",
                 later, later == 1 ? "was" : "were");
        HOT_TRY(hot_layer_say(l, text));
    }
    if (!unsaid) return HOT_OK;
    if (l->n == 1) return hot_layer_say(l, "It is not said from when on it is a hotspot (from=).");
    snprintf(text, sizeof text, "Of %zu of them it is not said from when on %s (from=).", unsaid,
             unsaid == 1 ? "it is a hotspot" : "they are hotspots");
    return hot_layer_say(l, text);
}

static hot_status say_all(const hot_study *s, const hot_area_set *set, double area, hot_layer *l)
{
    l->about =
        "Hotspots that were adopted, or frozen by an earlier run, with what happened in them.";
    HOT_TRY(say_held(s, set, area, l));
    if (set->overlapping)
        HOT_TRY(hot_layer_say(l, "Some overlap: an incident in two of them is counted once, in the "
                                 "first by code; also_inside says how many others have."));
    HOT_TRY(say_adopted(s, set, l));
    if (!s->loaded.snapped) return HOT_OK;
    return hot_layer_say(l, "Locations are anonymised map points: an incident is counted where "
                            "its map point is, which may be on the other side of an edge.");
}

static hot_status fill_layer(hot_study *s, const hot_area_set *set, double *ground, hot_layer *l,
                             hot_error *error)
{
    hot_hotspot_rows all = {s, l->n, set->area_of, &set->areas.shapes, ground};
    HOT_TRY(find_ground(s, &set->areas, ground));
    HOT_TRY(describe(set, l));
    HOT_TRY(hot_hotspots_set_counts(&all, l));
    HOT_TRY(hot_hotspots_set_months(&all, l));
    HOT_TRY(hot_hotspots_set_types(&all, l));
    HOT_TRY(hot_hotspots_set_kinds(&all, l));
    HOT_TRY(hot_hotspots_set_codes(&all, l));
    HOT_TRY(set_shared(s, set, l));
    HOT_TRY(check_outside(s, set, l, error));
    HOT_TRY(say_all(s, set, ground[l->n], l));
    return hot_weighted_by_area(s, set, l);
}

hot_status hot_hotspots_adopted_make(hot_study *s, hot_result *result, hot_error *error)
{
    const hot_area_set *set = hot_study_adopted(s);
    if (!set) return HOT_OK;
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_hotspots_layer, NULL, NULL, set->areas.n, l));
    double *ground = hot_new(l->n + 1, sizeof *ground);
    hot_status status = ground ? fill_layer(s, set, ground, l, error) : HOT_MEMORY;
    hot_free(ground);
    return status;
}

/* ---- what other analyses found of them ---- */

/** Their busiest hours, from the table of all areas' peaks. */
static hot_status set_windows(const hot_area_set *set, const hot_layer *peaks, hot_layer *l)
{
    for (size_t row = 0; peaks && row < peaks->n; row++) {
        if (strcmp(hot_layer_text(peaks, "area_set", row), set->areas.name) != 0) continue;
        size_t i = hot_areas_find(&set->areas, hot_layer_text(peaks, "area_code", row));
        HOT_TRY(hot_layer_set_text(l, "peak_window", i, hot_layer_text(peaks, "window", row)));
    }
    return HOT_OK;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)error;
    const hot_area_set *set = hot_study_adopted(s);
    if (!set) return HOT_OK;
    HOT_TRY(
        set_windows(set, hot_result_layer(result, "peaks"), hot_result_layer(result, "hotspots")));
    return hot_monitoring_make(s, result);
}

/** Of every other area: its incidents inside adopted hotspots. */
static hot_status fill(const hot_study *s, size_t set, hot_layer *areas, hot_error *error)
{
    (void)error;
    const hot_area_set *adopted = hot_study_adopted(s), *own = &s->sets[set];
    if (!adopted || own == adopted) return HOT_OK;
    hot_hotspots_set_inside(s, own, adopted->area_of, areas);
    return HOT_OK;
}

const hot_analysis hot_analysis_adopted = {
    .word = "hotspots",
    .about = "Hotspots that were adopted",
    .layers = layers,
    .n_layers = sizeof layers / sizeof *layers,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .make = make,
    .fill = fill,
};
