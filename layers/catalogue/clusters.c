/* Clusters: where incidents crowd together, as polygons. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/clusters/dbscan.h"
#include "engine/clusters/nnh.h"
#include "engine/space/hull.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/columns.h"
#include "layers/catalogue/phrases.h"
#include "layers/coarse.h"

static const hot_column columns[] = {
    {"cluster_id", HOT_INTEGER, "Cluster", "", "Its number in this result."},
    {"cluster_order", HOT_INTEGER, "Order", "",
     "1 = a cluster of places, 2 = of clusters of order 1, and so on."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period", "Of its places."},
    {"share", HOT_REAL, "Share of all incidents (0 to 1)", "0 to 1",
     "Of the incidents inside the study area."},
    {"rank", HOT_INTEGER, "Rank", "",
     "1 = most incidents of its order; equal counts have equal ranks."},
    {"places", HOT_INTEGER, "Places", "places", "Distinct positions."},
    {"area_km2", HOT_REAL, "Area, km²", "km2",
     "Of the polygon; empty under 1 m², and where its places are one or lie on one line, and the "
     "polygon is only a mark of 10 m around them."},
    {"per_km2", HOT_REAL, "Incidents per km² in the period", "incidents per km2 in the period",
     "Incidents over its area."},
    {"part_of", HOT_INTEGER, "Part of", "", "The cluster of the next order that it is part of."},
    {"ward_code", HOT_TEXT, "Ward", "", "The ward that holds the place with most incidents."},
    {"beat_code", HOT_TEXT, "Beat", "", "The beat that holds the place with most incidents."},
    {"class", HOT_INTEGER, "Class", "", "1 = a cluster of places, 2 = a cluster of clusters."},
};

static const hot_code classes[] = {{"1", "Cluster"}, {"2", "Cluster of clusters"}};
static const hot_coding codings[] = {HOT_CODING("class", classes)};

static const hot_declaration layer = {
    .name = "clusters",
    .style = "clusters",
    .geometry = HOT_POLYGON,
    .title = "Clusters",
    .about =
        "Where incidents crowd together: the smallest convex polygon around the places of each "
        "cluster. A cluster says that incidents are near one another, not that there are more "
        "than before.",
    .citation =
        "Ester, Kriegel, Sander and Xu (1996), KDD-96 (dbscan); Levine (2015), CrimeStat IV, "
        "chapter 7, with the random distance of Clark and Evans (1954) (nnh).",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

static const hot_declaration *const layers[] = {&layer};

static const hot_option options[] = {
    {"clusters", HOT_OPTION_CHOICE, "METHOD", NULL, "dbscan|nnh", "Clusters",
     "find clusters: dbscan, of places with enough incidents around them, or nnh, of pairs nearer "
     "than chance would have them (default: none in run, dbscan in clusters)",
     false},
    {"clusters-distance", HOT_OPTION_METRES, "DISTANCE", NULL, NULL, "Clusters",
     "how near is near (default: 100m for dbscan; for nnh what chance would have but in one pair "
     "of "
     "twenty)",
     false},
    {"clusters-minimum", HOT_OPTION_COUNT, "N", "20", NULL, "Clusters",
     "incidents that it takes: for dbscan around a place, for nnh in a cluster", false},
};

enum { USUAL_MINIMUM = 20, DBSCAN_M = 100, MARK_M = 10, SENTENCE = 400 };
#define ONE_IN_TWENTY 1.645 /* standard errors */

/** The search and what it found. */
typedef struct {
    const hot_study *study;
    bool nnh;
    double distance, minimum;

    size_t n;               /* distinct positions with incidents */
    uint32_t *point;        /* [n] of the study, by x, then y */
    double *x, *y, *weight; /* [n] */
    hot_nnh found;          /* DBSCAN's are of order 1 as well */

    uint32_t *order;  /* [found.n] cluster of each row */
    int64_t *row_of;  /* [found.n] */
    int64_t *rank;    /* [found.n] of each row, in its order */
    size_t *first;    /* [found.n + 1] */
    uint32_t *member; /* [first[found.n]] places of each cluster, whatever its order */
} search;

static void search_free(search *s)
{
    hot_free(s->point);
    hot_free(s->x);
    hot_free(s->y);
    hot_free(s->weight);
    hot_free(s->order);
    hot_free(s->row_of);
    hot_free(s->rank);
    hot_free(s->first);
    hot_free(s->member);
    hot_nnh_free(&s->found);
}

/* ---- what is asked ---- */

/** @return whether clusters were asked for */
static bool is_asked(const hot_study *s)
{
    return s->only ? strcmp(s->only, "clusters") == 0
                   : hot_settings_text(s->settings, "clusters") != NULL;
}

static hot_status take_options(search *s, hot_error *error)
{
    const hot_settings *set = s->study->settings;
    s->nnh = hot_settings_is(set, "clusters", "nnh");
    s->minimum = hot_settings_number(set, "clusters-minimum");
    bool given = hot_settings_given(set, "clusters-distance");
    s->distance = given ? hot_settings_number(set, "clusters-distance") : s->nnh ? 0 : DBSCAN_M;
    if (!(s->minimum >= 1))
        return hot_fail(error, HOT_USAGE,
                        "--clusters-minimum 0: a cluster has one incident or "
                        "more.");
    if (given && !(s->distance > 0))
        return hot_fail(error, HOT_USAGE,
                        "--clusters-distance 0: expected a distance above 0, such "
                        "as 100m.");
    return HOT_OK;
}

/** Options of clusters, and none to be found? A configuration gives the usual minimum as well. */
static hot_status check_unasked(const hot_study *s, hot_error *error)
{
    const char *option = NULL;
    if (hot_settings_number(s->settings, "clusters-minimum") != USUAL_MINIMUM)
        option = "clusters-minimum";
    if (hot_settings_given(s->settings, "clusters-distance")) option = "clusters-distance";
    if (s->only || !option) return HOT_OK;
    return hot_fail(error, HOT_USAGE,
                    "--%s: say which clusters, --clusters dbscan or --clusters nnh.", option);
}

/* ---- finding them ---- */

static hot_status take_places(search *s)
{
    const hot_points *p = &s->study->loaded.points;
    const double *count = hot_fine_at_point(s->study);
    for (size_t i = 0; i < p->n; i++) s->n += count[i] > 0;
    s->point = hot_new_raw(s->n, sizeof *s->point);
    s->x = hot_new_raw(s->n, sizeof *s->x);
    s->y = hot_new_raw(s->n, sizeof *s->y);
    s->weight = hot_new_raw(s->n, sizeof *s->weight);
    if (!s->point || !s->x || !s->y || !s->weight) return HOT_MEMORY;
    for (size_t i = 0, to = 0; i < p->n; i++) {
        if (!(count[i] > 0)) continue;
        s->point[to] = (uint32_t)i;
        s->x[to] = p->x[i];
        s->y[to] = p->y[i];
        s->weight[to++] = count[i];
    }
    return HOT_OK;
}

/** The ground that incidents could be on, m2: the study area's, else that of their box. */
static double ground_of(const search *s)
{
    double area = hot_study_area(s->study), south = INFINITY, north = -INFINITY;
    if (isnan(area) && s->n) {
        for (size_t i = 0; i < s->n; i++) {
            south = fmin(south, s->y[i]);
            north = fmax(north, s->y[i]);
        }
        area = (s->x[s->n - 1] - s->x[0]) * (north - south);
    }
    return area > 1 ? area : 1;
}

static hot_status find_dense(search *s)
{
    hot_nnh *f = &s->found;
    size_t clusters = 0;
    f->of = hot_new_raw(s->n, sizeof *f->of);
    if (!f->of) return HOT_MEMORY;
    HOT_TRY(hot_dbscan(s->x, s->y, s->weight, s->n, s->distance, s->minimum, s->study->threads,
                       f->of, &clusters));
    f->cluster = hot_new(clusters, sizeof *f->cluster);
    if (!f->cluster) return HOT_MEMORY;
    f->n = clusters;
    for (size_t k = 0; k < clusters; k++) f->cluster[k] = (hot_nnh_cluster){1, -1, 0, 0, 0};
    for (size_t i = 0; i < s->n; i++)
        if (f->of[i] >= 0) f->cluster[f->of[i]].weight += s->weight[i];
    return HOT_OK;
}

static hot_status find_nearest(search *s)
{
    hot_nnh_rules rules = {.distance = s->distance,
                           .minimum = s->minimum,
                           .area = ground_of(s),
                           .t = ONE_IN_TWENTY,
                           .threads = s->study->threads};
    return hot_nnh_find(s->x, s->y, s->weight, s->n, &rules, &s->found, &s->distance);
}

/** The places of each cluster, in their order. */
static hot_status list_members(search *s)
{
    const hot_nnh *f = &s->found;
    s->first = hot_new(f->n + 2, sizeof *s->first);
    if (!s->first) return HOT_MEMORY;
    for (size_t i = 0; i < s->n; i++)
        for (int32_t c = f->of[i]; c >= 0; c = f->cluster[c].parent) s->first[c + 2]++;
    for (size_t c = 2; c <= f->n + 1; c++) s->first[c] += s->first[c - 1];
    s->member = hot_new_raw(s->first[f->n + 1], sizeof *s->member);
    if (!s->member) return HOT_MEMORY;
    for (size_t i = 0; i < s->n; i++) /* first[c + 1] moves to the end of c, where c + 1 begins */
        for (int32_t c = f->of[i]; c >= 0; c = f->cluster[c].parent)
            s->member[s->first[c + 1]++] = (uint32_t)i;
    return HOT_OK;
}

typedef struct {
    const hot_nnh_cluster *cluster;
    uint32_t number;
} ranked;

/** By order, most incidents first, then as they were found. */
static int most_first(const void *a, const void *b)
{
    const ranked *p = a, *q = b;
    if (p->cluster->order != q->cluster->order)
        return p->cluster->order < q->cluster->order ? -1 : 1;
    if (p->cluster->weight != q->cluster->weight)
        return p->cluster->weight > q->cluster->weight ? -1 : 1;
    return p->number < q->number ? -1 : p->number > q->number;
}

static hot_status order_clusters(search *s)
{
    size_t n = s->found.n, first = 0;
    ranked *list = hot_new_raw(n, sizeof *list);
    s->order = hot_new_raw(n, sizeof *s->order);
    s->row_of = hot_new_raw(n, sizeof *s->row_of);
    s->rank = hot_new_raw(n, sizeof *s->rank);
    bool room = list && s->order && s->row_of && s->rank;
    for (size_t k = 0; k < n && room; k++) list[k] = (ranked){&s->found.cluster[k], (uint32_t)k};
    if (room && n) qsort(list, n, sizeof *list, most_first);
    for (size_t k = 0; k < n && room; k++) {
        s->order[k] = list[k].number;
        s->row_of[list[k].number] = (int64_t)k;
        bool begins = k == 0 || list[k].cluster->order != list[k - 1].cluster->order;
        bool ties = !begins && list[k].cluster->weight == list[k - 1].cluster->weight;
        if (begins) first = k;
        s->rank[k] = ties ? s->rank[k - 1] : (int64_t)(k - first) + 1;
    }
    hot_free(list);
    return room ? HOT_OK : HOT_MEMORY;
}

static hot_status find(search *s)
{
    HOT_TRY(take_places(s));
    HOT_TRY(s->nnh ? find_nearest(s) : find_dense(s));
    HOT_TRY(list_members(s));
    return order_clusters(s);
}

/* ---- the layer ---- */

/** A rectangle of 10 m around two places, or a square around one: there is no area to draw. */
static hot_status add_mark(const double *x, const double *y, size_t last, hot_shapes *shapes)
{
    double dx = x[last] - x[0], dy = y[last] - y[0], length = hypot(dx, dy);
    double along_x = length > 0 ? MARK_M * dx / length : MARK_M,
           along_y = length > 0 ? MARK_M * dy / length : 0;
    const double corner[5][3] = {{0, -1, 1}, {1, 1, 1}, {1, 1, -1}, {0, -1, -1}, {0, -1, 1}};
    for (int k = 0; k < 5; k++) { /* counter-clockwise: the right side first */
        size_t end = corner[k][0] > 0 ? last : 0;
        HOT_TRY(hot_shapes_add(shapes, x[end] + corner[k][1] * along_x + corner[k][2] * along_y,
                               y[end] + corner[k][1] * along_y - corner[k][2] * along_x));
    }
    return HOT_OK;
}

/** The polygon of a cluster's places. @param x, y  [n] by x, then y; hull [2 * n] */
static hot_status add_polygon(const double *x, const double *y, size_t n, uint32_t *hull,
                              hot_shapes *shapes, bool *is_area)
{
    size_t corners = hot_hull(x, y, n, hull);
    *is_area = corners > 2;
    if (!*is_area) HOT_TRY(add_mark(x, y, n - 1, shapes));
    for (size_t k = 0; k <= corners && *is_area; k++) {
        uint32_t at = hull[k % corners];
        HOT_TRY(hot_shapes_add(shapes, x[at], y[at]));
    }
    HOT_TRY(hot_shapes_end_ring(shapes));
    HOT_TRY(hot_shapes_end_part(shapes));
    return hot_shapes_end(shapes);
}

static hot_status set_shape(const search *s, uint32_t cluster, hot_layer *l, size_t row)
{
    size_t from = s->first[cluster], n = s->first[cluster + 1] - from;
    double *x = hot_new_raw(n, sizeof *x), *y = hot_new_raw(n, sizeof *y);
    uint32_t *hull = hot_new_raw(2 * n, sizeof *hull);
    bool is_area = false;
    hot_status status = x && y && hull ? HOT_OK : HOT_MEMORY;
    for (size_t k = 0; k < n && status == HOT_OK; k++) {
        x[k] = s->x[s->member[from + k]];
        y[k] = s->y[s->member[from + k]];
    }
    if (status == HOT_OK) status = add_polygon(x, y, n, hull, &l->shapes, &is_area);
    hot_free(x);
    hot_free(y);
    hot_free(hull);
    if (status != HOT_OK || !is_area) return status;
    double km2 = hot_shapes_area(&l->shapes, row) / 1e6;
    if (!(km2 >= 1e-6)) return HOT_OK; /* all but a line: per km² it would be millions */
    hot_layer_set_real(l, "area_km2", row, km2);
    hot_layer_set_real(l, "per_km2", row, s->found.cluster[cluster].weight / km2);
    return HOT_OK;
}

/** The areas that hold its place with most incidents, the westmost of equals. */
static void set_codes(const search *s, uint32_t cluster, hot_layer *l, size_t row)
{
    uint32_t most = s->member[s->first[cluster]];
    for (size_t k = s->first[cluster]; k < s->first[cluster + 1]; k++)
        if (s->weight[s->member[k]] > s->weight[most]) most = s->member[k];
    for (size_t k = 0; k < s->study->n_sets; k++) {
        int32_t area = s->study->sets[k].area_of[s->point[most]];
        if (area >= 0) hot_codes_column(s->study, k, l)[row] = s->study->sets[k].areas.code[area];
    }
}

static hot_status set_row(const search *s, hot_layer *l, size_t row)
{
    uint32_t k = s->order[row];
    const hot_nnh_cluster *c = &s->found.cluster[k];
    hot_layer_set_integer(l, "cluster_id", row, (int64_t)row + 1);
    hot_layer_set_integer(l, "cluster_order", row, c->order);
    hot_layer_set_integer(l, "class", row, c->order > 1 ? 2 : 1);
    hot_layer_set_integer(l, "rank", row, s->rank[row]);
    hot_layer_set_integer(l, "incidents", row, (int64_t)c->weight);
    hot_layer_set_real(l, "share", row, c->weight / (double)s->study->n_inside);
    hot_layer_set_integer(l, "places", row, (int64_t)(s->first[k + 1] - s->first[k]));
    if (c->parent >= 0) hot_layer_set_integer(l, "part_of", row, s->row_of[c->parent] + 1);
    set_codes(s, k, l, row);
    return set_shape(s, k, l, row);
}

static hot_status say(const search *s, hot_layer *l)
{
    char text[SENTENCE], clusters[HOT_PHRASE], held[HOT_PHRASE], all[HOT_PHRASE];
    uint64_t n = 0, incidents = 0;
    for (size_t k = 0; k < s->found.n; k++) {
        if (s->found.cluster[k].order > 1) continue;
        n++;
        incidents += (uint64_t)s->found.cluster[k].weight;
    }
    snprintf(text, sizeof text, "%s cluster%s with %s of %s incident%s; %s, %.4g m, %g incident%s.",
             hot_phrase_count(n, clusters), n == 1 ? "" : "s", hot_phrase_count(incidents, held),
             hot_phrase_count(s->study->n_inside, all), s->study->n_inside == 1 ? "" : "s",
             s->nnh ? "nearest-neighbour hierarchical clustering" : "DBSCAN", s->distance,
             s->minimum, s->minimum > 1 ? "s" : "");
    HOT_TRY(hot_layer_say(l, text));
    if (!s->study->loaded.snapped) return HOT_OK;
    return hot_layer_say(l, "Locations are anonymised map points: each cluster is a group of map "
                            "points, and its area is theirs.");
}

static hot_status make_layer(const search *s, hot_result *result)
{
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, s->found.n, l));
    HOT_TRY(hot_codes_declare(s->study, l));
    for (size_t row = 0; row < l->n; row++) HOT_TRY(set_row(s, l, row));
    return say(s, l);
}

static hot_status make(hot_study *study, hot_result *result, hot_error *error)
{
    search s = {.study = study};
    if (!is_asked(study)) return check_unasked(study, error);
    hot_status status = take_options(&s, error);
    if (status == HOT_OK) status = find(&s);
    if (status == HOT_DOMAIN)
        status =
            hot_fail(error, HOT_USAGE,
                     "--clusters-distance %g m: too small for ground as wide as this; choose a "
                     "larger one.",
                     s.distance);
    if (status == HOT_OK) status = make_layer(&s, result);
    search_free(&s);
    return status;
}

const hot_analysis hot_analysis_clusters = {
    .word = "clusters",
    .about = "Clusters: where incidents crowd together, as polygons",
    .examples = "Examples:\n\n  hotbeat clusters log.csv --areas ward=wards.gpkg "
                "--clusters-distance 100m --clusters-minimum 20 --profile internal --out crowds\n"
                "  hotbeat clusters log.csv --areas ward=wards.gpkg --clusters nnh --profile "
                "internal --out crowds",
    .layers = layers,
    .n_layers = 1,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .make = make,
};
