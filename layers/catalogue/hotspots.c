/* Hotspots that are found: discs, hexagons or streets where most incidents are. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/space/surroundings.h"
#include "engine/temporal/week.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/hotspot_columns.h"
#include "layers/catalogue/hotspots_found.h"
#include "layers/remarks.h"

static const hot_declaration *const layers[] = {&hot_hotspots_found_layer, &hot_hotspots_day_layer,
                                                &hot_hotspots_night_layer};

/* clang-format off */
static const hot_option options[] = {
    {"hotspots-count", HOT_OPTION_COUNT, "N", "20", NULL, "Hotspots", "find so many discs; 0 looks for none", false},
    {"hotspots-area", HOT_OPTION_SHARE, "SHARE", NULL, NULL, "Hotspots", "find what fits on so much of the study area, such as 0.1%, in place of a number; with --hotspots-count whichever is spent first", false},
    {"hotspots-shape", HOT_OPTION_CHOICE, "SHAPE", "disc", "disc|hexagon|segment", "Hotspots", "discs placed freely, hexagons of a fixed grid, or the streets of --context roads=FILE", false},
    {"hotspots-radius", HOT_OPTION_METRES, "DISTANCE", "150m", NULL, "Hotspots", "radius of a disc", false},
    {"hotspots-side", HOT_OPTION_METRES, "DISTANCE", "200m", NULL, "Hotspots", "side of a hexagon", false},
    {"hotspots-reach", HOT_OPTION_METRES, "DISTANCE", "25m", NULL, "Hotspots", "how far from a street its incidents may lie", false},
    {"hotspots-spacing", HOT_OPTION_METRES, "DISTANCE", "0m", NULL, "Hotspots", "least distance of two centres; 0m lets discs overlap", false},
    {"hotspots-minimum", HOT_OPTION_COUNT, "N", "1", NULL, "Hotspots", "incidents that a disc must add to those before it", false},
    {"hotspots-half-life", HOT_OPTION_COUNT, "MONTHS", "6", NULL, "Hotspots", "an incident counts half as much every so many months back; 0 counts all alike", false},
    {"hotspots-per", HOT_OPTION_TEXT, "SET:N", NULL, NULL, "Hotspots", "at most N discs with their centre in one area of a set: ward:1", false},
    {"hotspots-draws", HOT_OPTION_COUNT, "N", "20", NULL, "Hotspots", "how often incidents are drawn again to see which hotspots are found again (the column stability); 0 does not look", false},
    {"hotspots-by", HOT_OPTION_CHOICE, "WHEN", "all", "all|day-night", "Hotspots", "beside those of all hours look for some of the day (07:00 to 19:00) and of the night alone", false},
    {"hotspots-exclude", HOT_OPTION_FILE, "FILE", NULL, NULL, "Hotspots", "places that make no hotspot (stations, custody, hospitals, default positions), as --repeats-exclude takes them; everything at their coordinates is left out", false},
};
/* clang-format on */

/* ---- the layer ---- */

static hot_status copy_places(const hot_found *f, hot_layer *l)
{
    for (size_t k = 0; k < l->n; k++) {
        const hot_hotspot_place *place = &f->chosen.place[f->place[k]];
        bool last = f->chosen.unit[f->chosen.n - 1].place == (int32_t)f->place[k];
        HOT_TRY(hot_layer_set_text(l, "hotspot_id", k, f->set.areas.code[k]));
        hot_layer_set_real(l, "weight", k, place->weight);
        hot_layer_set_integer(l, "units", k, place->units);
        if (f->stability) hot_layer_set_real(l, "stability", k, f->stability[f->place[k]].share);
        hot_layer_set_integer(l, "ties", k, last ? (int64_t)f->chosen.tied : 0);
        HOT_TRY(hot_shapes_add_parts(&l->shapes, &f->set.areas.shapes, k));
        HOT_TRY(hot_shapes_end(&l->shapes));
    }
    return HOT_OK;
}

/** The feature of each vertex. */
static void number_vertices(const hot_shapes *s, uint32_t *row)
{
    for (size_t f = 0; f < s->n; f++)
        for (size_t k = s->point[s->ring[s->part[f]]]; k < s->point[s->ring[s->part[f + 1]]]; k++)
            row[k] = (uint32_t)f;
}

typedef struct {
    uint32_t of, other;
} pair;

static int by_pair(const void *a, const void *b)
{
    const pair *p = a, *q = b;
    if (p->of != q->of) return p->of < q->of ? -1 : 1;
    return p->other < q->other ? -1 : p->other > q->other;
}

/** Both ways: a vertex of one is near an edge of the other, and perhaps none of the other's near an
 *  edge of the one. */
static size_t list_pairs(const hot_surroundings *near, const uint32_t *row, size_t n, pair *list)
{
    size_t pairs = 0;
    for (uint32_t k = 0; k < n; k++)
        for (size_t i = near->start[k]; i < near->start[k + 1]; i++) {
            uint32_t other = row[near->point[i]];
            if (other == k) continue;
            list[pairs++] = (pair){k, other};
            list[pairs++] = (pair){other, k};
        }
    if (pairs) qsort(list, pairs, sizeof *list, by_pair);
    return pairs;
}

static hot_status name_neighbours(const hot_found *f, const hot_surroundings *near,
                                  const uint32_t *row, hot_layer *l)
{
    hot_status status = HOT_OK;
    pair *list = hot_new_raw(2 * near->start[l->n], sizeof *list);
    size_t pairs = list ? list_pairs(near, row, l->n, list) : 0;
    if (!list) return HOT_MEMORY;
    for (size_t k = 0, of; k < pairs && status == HOT_OK;) {
        char text[400] = "";
        size_t n = 0;
        for (of = list[k].of; k < pairs && list[k].of == of; k++)
            if (n + 40 < sizeof text && (n == 0 || by_pair(&list[k - 1], &list[k]) != 0))
                n += (size_t)snprintf(text + n, sizeof text - n, "%s%.30s", n ? ", " : "",
                                      f->set.areas.code[list[k].other]);
        status = hot_layer_set_text(l, "neighbours", of, text);
    }
    hot_free(list);
    return status;
}

static hot_status find_neighbours(const hot_found *f, hot_layer *l)
{
    static const double within = 250;
    const hot_shapes *s = &f->set.areas.shapes;
    uint8_t *asked = hot_new(s->n_points, 1);
    uint32_t *row = hot_new(s->n_points, sizeof *row);
    hot_surroundings near = {0};
    hot_status status = asked && row ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) {
        memset(asked, 1, s->n_points);
        number_vertices(s, row);
        status = hot_surroundings_new(s, s->x, s->y, asked, s->n_points, within, &near);
    }
    if (status == HOT_OK) status = name_neighbours(f, &near, row, l);
    hot_surroundings_free(&near);
    hot_free(asked);
    hot_free(row);
    return status;
}

/** What other analyses say of an area, asked as if these were a set of their own. */
static hot_status ask_others(hot_found *f, hot_layer *l, hot_error *error)
{
    hot_study view = *f->study;
    hot_result times = {0};
    view.sets = &f->set;
    view.n_sets = 1;
    if (view.density) HOT_TRY(hot_analysis_kde.fill(&view, 0, l, error));
    if (view.place) HOT_TRY(hot_analysis_repeats.fill(&view, 0, l, error));
    hot_status status = hot_analysis_temporal.make(&view, &times, error);
    const hot_layer *peaks = hot_result_layer(&times, "peaks");
    for (size_t row = 0; status == HOT_OK && row < peaks->n; row++) {
        const char *code = hot_layer_text(peaks, "area_code", row);
        if (code)
            status = hot_layer_set_text(l, "peak_window", hot_areas_find(&f->set.areas, code),
                                        hot_layer_text(peaks, "window", row));
    }
    hot_result_free(&times);
    return status;
}

static hot_status fill_layer(hot_found *f, bool months, hot_layer *l, hot_error *error)
{
    hot_hotspot_rows all = {f->study, l->n, f->set.area_of, &f->set.areas.shapes, NULL};
    HOT_TRY(copy_places(f, l));
    HOT_TRY(hot_hotspots_set_counts(&all, l));
    if (months) HOT_TRY(hot_hotspots_set_months(&all, l));
    HOT_TRY(hot_hotspots_set_types(&all, l));
    HOT_TRY(hot_hotspots_set_kinds(&all, l));
    HOT_TRY(hot_hotspots_set_codes(&all, l));
    HOT_TRY(hot_found_name(f, l, error));
    HOT_TRY(find_neighbours(f, l));
    HOT_TRY(ask_others(f, l, error));
    HOT_TRY(hot_found_say(f, l));
    return hot_weighted_by_area(f->study, &f->set, l);
}

/** One search, and its layer. */
static hot_status find(hot_found *f, const hot_declaration *declared, bool months,
                       hot_result *result, hot_error *error)
{
    HOT_TRY(hot_found_rules(f, error));
    HOT_TRY(hot_found_choose(f, error));
    HOT_TRY(hot_found_draw(f, error));
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(declared, NULL, NULL, f->set.areas.n, l));
    return fill_layer(f, months, l, error);
}

static hot_status find_all_hours(hot_study *s, hot_search *h, hot_result *result, hot_error *error)
{
    bool adopted = hot_study_adopted(s) != NULL;
    hot_found f = {.study = s, .search = h, .prefix = adopted ? "F" : "H"};
    hot_status status =
        find(&f, adopted ? &hot_hotspots_found_layer : &hot_hotspots_layer, true, result, error);
    if (status == HOT_OK && f.chosen.n == 0 && s->n_inside)
        status = hot_remark(s, "No hotspot was found: the layer %s says why.",
                            adopted ? "hotspots_found" : "hotspots");
    if (status == HOT_OK && !adopted) {
        s->in_hotspot = f.set.area_of;
        f.set.area_of = NULL;
    }
    hot_found_free(&f);
    return status;
}

/* ---- by day, and by night ---- */

/** Which of the incidents have a time of day: 1 day, 2 night, 0 not known. Spans go by their
 *  beginning. */
static hot_status find_halves(const hot_study *s, uint8_t *half)
{
    const hot_incidents *t = &s->loaded.incidents;
    uint64_t exact[24] = {0}, other[24] = {0};
    for (size_t k = 0; k < s->n_inside; k++) {
        int64_t second = (t->from[s->inside[k]] % 86400 + 86400) % 86400;
        if (t->precision[s->inside[k]] < HOT_MINUTE) continue;
        if (second % 3600)
            other[second / 3600]++;
        else
            exact[second / 3600]++;
        half[k] = second >= 7 * 3600 && second < 19 * 3600 ? 1 : 2;
    }
    if (!hot_midnight_is_unknown(exact, other)) return HOT_OK;
    for (size_t k = 0; k < s->n_inside; k++)
        if (t->from[s->inside[k]] % 86400 == 0) half[k] = 0;
    return HOT_OK;
}

/** The study as if nothing else had happened; its arrays are the view's own. */
static hot_status halve(const hot_study *s, const uint8_t *half, uint8_t which, hot_study *view)
{
    *view = *s;
    view->n_inside = 0;
    view->place = NULL;
    view->density = NULL; /* of all hours */
    view->fine_at_point = NULL;
    view->inside = hot_new_raw(s->n_inside, sizeof *view->inside);
    view->count_at_point = hot_new(s->loaded.points.n, sizeof *view->count_at_point);
    if (!view->inside || !view->count_at_point) return HOT_MEMORY;
    for (size_t k = 0; k < s->n_inside; k++) {
        if (half[k] != which) continue;
        view->inside[view->n_inside++] = s->inside[k];
        view->count_at_point[s->loaded.incidents.point[s->inside[k]]]++;
    }
    return HOT_OK;
}

static hot_status find_half(hot_study *s, hot_search *h, const uint8_t *half, uint8_t which,
                            hot_result *result, hot_error *error)
{
    hot_study view;
    hot_status status = halve(s, half, which, &view);
    hot_found f = {.study = &view, .search = h, .prefix = which == 1 ? "D" : "N"};
    if (status == HOT_OK)
        status = find(&f, which == 1 ? &hot_hotspots_day_layer : &hot_hotspots_night_layer, false,
                      result, error);
    hot_found_free(&f);
    hot_free(view.inside);
    hot_free(view.count_at_point);
    return status;
}

static hot_status find_day_and_night(hot_study *s, hot_search *h, hot_result *result,
                                     hot_error *error)
{
    size_t known = 0;
    uint8_t *half = hot_new(s->n_inside, 1);
    hot_status status = half ? find_halves(s, half) : HOT_MEMORY;
    for (size_t k = 0; k < s->n_inside && half; k++) known += half[k] != 0;
    if (status == HOT_OK && known == 0)
        status = hot_remark(s, "--hotspots-by day-night: no incident has a time of day, so that "
                               "none are told apart.");
    for (uint8_t which = 1; which <= 2 && status == HOT_OK && known; which++)
        status = find_half(s, h, half, which, result, error);
    hot_free(half);
    return status;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    hot_search h = {0};
    if (hot_found_unasked(s)) return HOT_OK;
    hot_status status = hot_search_new(s, &h, error);
    if (status == HOT_OK) status = find_all_hours(s, &h, result, error);
    if (status == HOT_OK && hot_settings_is(s->settings, "hotspots-by", "day-night"))
        status = find_day_and_night(s, &h, result, error);
    hot_search_free(&h);
    return status;
}

static hot_status fill(const hot_study *s, size_t set, hot_layer *areas, hot_error *error)
{
    (void)error;
    if (s->in_hotspot) hot_hotspots_set_inside(s, &s->sets[set], s->in_hotspot, areas);
    return HOT_OK;
}

const hot_analysis hot_analysis_hotspots = {
    .word = "hotspots",
    .about = "Hotspots: places of patrol size, found or adopted",
    .examples =
        "Example:\n\n  hotbeat hotspots log.csv --areas ward=wards.gpkg --hotspots-area 0.1% "
        "--profile internal --out hotspots",
    .layers = layers,
    .n_layers = sizeof layers / sizeof *layers,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .make = make,
    .fill = fill,
};
