/* What hotspots are chosen by: rules, weights, and what is left out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/hotspot_columns.h"
#include "layers/catalogue/hotspots_found.h"
#include "layers/coarse.h"
#include "layers/places.h"
#include "layers/read/premises.h"

/* ---- what is left out ---- */

static void mark(const hot_study *s, const hot_premises *list, uint8_t *left_out)
{
    const hot_points *p = &s->loaded.points;
    for (size_t k = 0; k < p->n; k++)
        left_out[k] =
            s->count_at_point[k] > 0 && hot_premises_at(list, p->x[k], p->y[k]) != HOT_NO_PREMISES;
}

/** Places that the list knows by UPRN or address. */
static hot_status mark_keys(hot_study *s, const hot_premises *list, uint8_t *left_out)
{
    HOT_TRY(hot_study_places(s));
    uint8_t *named = hot_new(s->n_places, 1);
    if (!named) return HOT_MEMORY;
    for (uint32_t p = 0; p < s->n_places; p++) {
        char text[HOT_PLACE_KEY];
        named[p] = hot_premises_find(list, hot_place_key(s, p, text)) != HOT_NO_PREMISES;
    }
    for (size_t k = 0; k < s->n_inside; k++)
        if (named[s->place[k]]) left_out[s->loaded.incidents.point[s->inside[k]]] = 1;
    hot_free(named);
    return HOT_OK;
}

/** No wider than what tells two places apart (0.01 m): the flat next door counts. */
static hot_status add_square(hot_shapes *to, double x, double y)
{
    static const double corner[5][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}}, half = .005;
    for (int k = 0; k < 5; k++)
        HOT_TRY(hot_shapes_add(to, x + half * corner[k][0], y + half * corner[k][1]));
    HOT_TRY(hot_shapes_end_ring(to));
    HOT_TRY(hot_shapes_end_part(to));
    return hot_shapes_end(to);
}

static hot_status cut_out(const hot_study *s, const hot_premises *list, hot_search *h)
{
    const hot_points *p = &s->loaded.points;
    for (size_t k = 0; k < list->n_sites; k++) {
        HOT_TRY(hot_shapes_add_parts(&h->cut, &list->site, k));
        HOT_TRY(hot_shapes_end(&h->cut));
    }
    for (size_t k = 0; k < p->n; k++) {
        if (!h->left_out[k]) continue;
        HOT_TRY(add_square(&h->cut, p->x[k], p->y[k]));
    }
    return HOT_OK;
}

static hot_status leave_out(hot_study *s, hot_search *h, hot_error *error)
{
    const char *path = hot_settings_text(s->settings, "hotspots-exclude");
    hot_premises list = {0};
    if (!path) return HOT_OK;
    hot_premises_ground ground = {s->epsg, hot_settings_text(s->settings, "grid")};
    HOT_TRY(hot_premises_read(path, &ground, &list, error));
    h->left_out = hot_new(s->loaded.points.n, 1);
    hot_status status = h->left_out ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) {
        mark(s, &list, h->left_out);
        status = mark_keys(s, &list, h->left_out);
    }
    if (status == HOT_OK) status = cut_out(s, &list, h);
    hot_premises_free(&list);
    return status;
}

hot_status hot_search_new(hot_study *s, hot_search *h, hot_error *error)
{
    static const hot_shapes none = {0};
    HOT_TRY(leave_out(s, h, error));
    h->cut_box = hot_boxes_of(&h->cut);
    h->area_box =
        hot_boxes_of(s->bounding == SIZE_MAX ? &none : &s->sets[s->bounding].areas.shapes);
    return h->cut_box && h->area_box ? HOT_OK : HOT_MEMORY;
}

void hot_search_free(hot_search *h)
{
    hot_free(h->left_out);
    hot_free(h->cut_box);
    hot_free(h->area_box);
    hot_shapes_free(&h->cut);
    hot_result_free(&h->roads);
    *h = (hot_search){0};
}

hot_status hot_search_roads(const hot_study *s, hot_search *h, const hot_layer **roads,
                            hot_error *error)
{
    if (!h->has_roads) HOT_TRY(hot_context_make(s, &h->roads, error));
    h->has_roads = true;
    *roads = hot_result_layer(&h->roads, "context_roads");
    if (*roads && (*roads)->declared->geometry != HOT_LINE) *roads = NULL;
    return HOT_OK;
}

/* ---- rules ---- */

bool hot_found_unasked(const hot_study *s)
{
    return hot_settings_number(s->settings, "hotspots-count") == 0 &&
           !hot_settings_given(s->settings, "hotspots-area");
}

/** The set of that name, and the number behind it: "ward:1". */
static bool parse_per(const hot_study *s, const char *text, hot_found *f)
{
    const char *colon = strrchr(text, ':');
    char *end;
    if (!colon || colon[1] < '1' || colon[1] > '9' || strlen(colon) > 7) return false;
    f->rules.per_group = strtoul(colon + 1, &end, 10);
    for (size_t k = 0; k < hot_study_tilings(s) && *end == 0; k++) {
        const char *name = s->sets[k].areas.name;
        if (strlen(name) == (size_t)(colon - text) && strncmp(name, text, strlen(name)) == 0)
            f->group = &s->sets[k];
    }
    return f->group != NULL;
}

static int32_t group_of(void *with, double x, double y)
{
    const hot_area_set *set = with;
    int32_t area = -1;
    if (hot_within_place(set->within, &x, &y, 1, 1, &area, NULL) != HOT_OK) return -1;
    return area;
}

static hot_status find_groups(hot_found *f, hot_error *error)
{
    const char *per = hot_settings_text(f->study->settings, "hotspots-per");
    if (!per) return HOT_OK;
    if (!parse_per(f->study, per, f))
        return hot_fail(error, HOT_USAGE,
                        "--hotspots-per %.60s: expected an area set of --areas and how many units "
                        "each of its areas may have, such as ward:1.",
                        per);
    f->rules.group = group_of;
    f->rules.with = (void *)f->group;
    return HOT_OK;
}

static hot_status find_shape(hot_found *f, hot_error *error)
{
    static const struct {
        const char *shape, *size;
        hot_hotspot_shape is;
    } all[] = {{"disc", "hotspots-radius", HOT_HOTSPOT_DISC},
               {"hexagon", "hotspots-side", HOT_HOTSPOT_HEXAGON},
               {"segment", "hotspots-reach", HOT_HOTSPOT_SEGMENT}};
    const hot_settings *s = f->study->settings;
    size_t k = 0;
    while (!hot_settings_is(s, "hotspots-shape", all[k].shape)) k++;
    f->rules.shape = all[k].is;
    f->rules.size = hot_settings_number(s, all[k].size);
    if (f->rules.size >= 1 && f->rules.size <= 100000) return HOT_OK;
    return hot_fail(error, HOT_USAGE, "--%s %s: expected a distance of 1 m to 100 km.", all[k].size,
                    hot_settings_text(s, all[k].size));
}

/** A disc is drawn with so many sides, a little larger than it is: its share of the drawing. */
static double disc_share(void)
{
    double angle = acos(-1) / HOT_FOUND_SIDES;
    return angle / tan(angle);
}

static hot_status find_area(hot_found *f, hot_error *error)
{
    const hot_settings *s = f->study->settings;
    double share = hot_settings_number(s, "hotspots-area"), whole = hot_study_area(f->study);
    if (!hot_settings_given(s, "hotspots-area")) return HOT_OK;
    if (!(share > 0) || share > 1)
        return hot_fail(error, HOT_USAGE,
                        "--hotspots-area %s: expected a share of the study area above 0, such as "
                        "0.1%%.",
                        hot_settings_text(s, "hotspots-area"));
    if (!(whole > 0))
        return hot_fail(error, HOT_USAGE,
                        "--hotspots-area is a share of the study area, and there is none; give "
                        "--areas, or ask for a number with --hotspots-count.");
    f->rules.area = share * whole;
    f->rules.per_area = f->rules.shape == HOT_HOTSPOT_DISC;
    if (f->rules.shape == HOT_HOTSPOT_DISC) f->rules.area *= disc_share();
    if (!hot_settings_given(s, "hotspots-count")) f->rules.units = 0;
    return HOT_OK;
}

static hot_status find_streets(hot_found *f, hot_error *error)
{
    const hot_layer *roads = NULL;
    if (f->rules.shape != HOT_HOTSPOT_SEGMENT) return HOT_OK;
    HOT_TRY(hot_search_roads(f->study, f->search, &roads, error));
    if (!roads)
        return hot_fail(error, HOT_USAGE,
                        "--hotspots-shape segment needs the streets as lines: give them with "
                        "--context roads=FILE.");
    f->rules.streets = &roads->shapes;
    return HOT_OK;
}

hot_status hot_found_rules(hot_found *f, hot_error *error)
{
    const hot_settings *s = f->study->settings;
    double least = hot_settings_number(s, "hotspots-minimum");
    if (hot_settings_number(s, "hotspots-draws") > HOT_STABILITY_DRAWS)
        return hot_fail(error, HOT_USAGE, "--hotspots-draws %s: at most %d are drawn.",
                        hot_settings_text(s, "hotspots-draws"), HOT_STABILITY_DRAWS);
    f->rules = (hot_hotspot_rules){0};
    f->rules.units = (size_t)fmin(hot_settings_number(s, "hotspots-count"), 1e9);
    f->rules.least = (uint32_t)fmin(least, 4e9);
    f->rules.spacing = hot_settings_number(s, "hotspots-spacing");
    HOT_TRY(find_shape(f, error));
    HOT_TRY(find_area(f, error));
    HOT_TRY(find_groups(f, error));
    return find_streets(f, error);
}

/* ---- weights ---- */

/** Whole parts of a weight, so that sums do not depend on the order of the rows. */
static const double parts = 1 << 30;

static hot_status weigh(const hot_found *f, double *weight, uint32_t *count)
{
    const hot_study *s = f->study;
    const hot_incidents *t = &s->loaded.incidents;
    double half_life = hot_settings_number(s->settings, "hotspots-half-life");
    int64_t from, to;
    hot_study_span(s, &from, &to);
    int32_t last = hot_month_of(to - 1);
    for (size_t k = 0; k < s->n_inside; k++) {
        uint32_t i = s->inside[k];
        double age = fmax(last - hot_month_of(t->from[i]), 0);
        double own = half_life > 0 ? exp2(-age / half_life) : 1;
        if (hot_is_coarse(s, k)) continue;
        if (s->weighted) own *= isnan(t->weight[i]) ? 0 : t->weight[i];
        weight[t->point[i]] += rint(own * parts);
        count[t->point[i]]++;
    }
    for (size_t p = 0; p < s->loaded.points.n; p++) weight[p] /= parts;
    return HOT_OK;
}

static hot_status try_again(hot_found *f, const hot_hotspot_points *points)
{
    const hot_study *s = f->study;
    uint64_t seed = (uint64_t)hot_settings_number(s->settings, "seed");
    uint32_t draws = (uint32_t)hot_settings_number(s->settings, "hotspots-draws");
    if (draws == 0) return HOT_OK;
    f->stability = hot_new(f->chosen.n_places, sizeof *f->stability);
    if (!f->stability) return HOT_MEMORY;
    return hot_hotspots_stability(points, &f->rules, &f->chosen, draws, seed, s->threads,
                                  f->stability);
}

static hot_status choose(hot_found *f, double *weight, uint32_t *count)
{
    const hot_points *p = &f->study->loaded.points;
    hot_hotspot_points points = {.n = p->n,
                                 .x = p->x,
                                 .y = p->y,
                                 .weight = weight,
                                 .count = count,
                                 .left_out = f->search->left_out};
    HOT_TRY(weigh(f, weight, count));
    HOT_TRY(hot_hotspots_choose(&points, &f->rules, &f->chosen));
    return try_again(f, &points);
}

hot_status hot_found_choose(hot_found *f, hot_error *error)
{
    size_t n = f->study->loaded.points.n;
    double *weight = hot_new(n, sizeof *weight);
    uint32_t *count = hot_new(n, sizeof *count);
    hot_status status = weight && count ? choose(f, weight, count) : HOT_MEMORY;
    hot_free(weight);
    hot_free(count);
    if (status != HOT_DOMAIN) return status;
    return hot_fail(error, HOT_USAGE,
                    "Hotspots cannot be placed with these weights, or so small beside the study "
                    "area; ask for larger ones (--hotspots-radius, --hotspots-side).");
}
