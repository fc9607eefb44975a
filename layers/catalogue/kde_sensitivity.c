/* How far the picture rests on the bandwidth: the densest part at half, once and twice of it. */
#include <math.h>
#include <stdio.h>

#include "engine/bandwidth/top.h"
#include "engine/kde/kde.h"
#include "layers/bandwidth.h"
#include "layers/catalogue/kde_parts.h"
#include "layers/coarse.h"

static const hot_column columns[] = {
    {"bandwidth_m", HOT_REAL, "Bandwidth, m", "m", "Half, once and twice that of the map."},
    {"area_km2", HOT_REAL, "Densest part, km²", "km2",
     "The densest 1 % of the study area's cells, those that tie for the last with them; fewer "
     "where "
     "fewer have a density."},
    {"area_share", HOT_REAL, "Share of the study area (0 to 1)", "0 to 1", "Of its cells."},
    {"incidents", HOT_INTEGER, "Incidents in it", "incidents in the period",
     "Of the incidents whose position is known finely enough."},
    {"share", HOT_REAL, "Share of all incidents (0 to 1)", "0 to 1",
     "Of the incidents inside the study area whose position is known finely enough."},
    {"overlap", HOT_REAL, "Share of it that is the same as on the map (0 to 1)", "0 to 1",
     "Of its cells, those that are in the densest part with the map's bandwidth too."},
    {"peak_per_km2", HOT_REAL, "Highest density, incidents per km² in the period",
     "incidents per km2 in the period", "Of any cell in the study area."},
};

const hot_declaration hot_sensitivity_layer = {
    .name = "density_sensitivity",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Density, if the bandwidth were another",
    .about = "What the densest 1 % of the area would hold at half and at twice the bandwidth, and "
             "how much of that ground would be the same.",
    .citation = "Silverman (1986), Density Estimation for Statistics and Data Analysis, 3.4.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

enum { ROWS = 3, MAP = 1 };
static const double factors[ROWS] = {0.5, 1, 2};

/** The densest part of one surface. */
typedef struct {
    double peak;
    int64_t cells, same, incidents;
} part;

static int64_t cells_inside(const hot_study *s)
{
    int64_t n = hot_frame_size(&s->frame), inside = 0;
    for (int64_t k = 0; k < n && s->mask; k++) inside += s->mask[k];
    return s->mask ? inside : n;
}

static hot_status find_least(const hot_study *s, const double *density, int64_t cells,
                             double *least)
{
    hot_top top = {0, 0, 0};
    int64_t share = (int64_t)fmax(1, floor(HOT_TOP_SHARE * (double)cells + 0.5));
    HOT_TRY(hot_top_of(density, (size_t)hot_frame_size(&s->frame), share, &top));
    *least = fmax(top.value, 5e-324); /* a cell without density is in no densest part */
    return HOT_OK;
}

/** @param map  that of the map's surface */
static part part_of(const hot_study *s, const double *density, double least, double map)
{
    part p = {0};
    const double *count = hot_fine_at_point(s);
    for (int64_t k = 0; k < hot_frame_size(&s->frame); k++) {
        if (!(density[k] > 0)) continue;
        p.peak = fmax(p.peak, density[k]);
        p.cells += density[k] >= least;
        p.same += density[k] >= least && s->density[k] >= map;
    }
    for (size_t k = 0; k < s->loaded.points.n; k++) {
        if (!(count[k] > 0)) continue;
        int64_t at = hot_frame_index(&s->frame, s->loaded.points.x[k], s->loaded.points.y[k]);
        if (at >= 0 && density[at] >= least) p.incidents += (int64_t)count[k];
    }
    return p;
}

static hot_status look_at(const hot_study *s, double factor, int64_t cells, double map,
                          double *density, part *out)
{
    const hot_points *p = &s->loaded.points;
    double least;
    HOT_TRY(hot_kde(&s->frame, p->x, p->y, hot_fine_at_point(s), p->n, hot_kde_kernel(s),
                    factor * s->bandwidth, s->mask, s->threads, density));
    HOT_TRY(find_least(s, density, cells, &least));
    *out = part_of(s, density, least, map);
    return HOT_OK;
}

static hot_status look(const hot_study *s, int64_t cells, part *parts)
{
    double map, *other = hot_new_raw((size_t)hot_frame_size(&s->frame), sizeof *other);
    hot_status status = other ? find_least(s, s->density, cells, &map) : HOT_MEMORY;
    if (status == HOT_OK) parts[MAP] = part_of(s, s->density, map, map);
    for (int k = 0; k < ROWS && status == HOT_OK; k++)
        if (k != MAP) status = look_at(s, factors[k], cells, map, other, &parts[k]);
    hot_free(other);
    return status;
}

static double fine_incidents(const hot_study *s)
{
    const double *count = hot_fine_at_point(s);
    double n = 0;
    for (size_t k = 0; k < s->loaded.points.n; k++) n += count[k];
    return n;
}

static void set_row(const hot_study *s, const part *p, int64_t cells, double all, size_t row,
                    hot_layer *l)
{
    double n = (double)p->cells;
    hot_layer_set_real(l, "bandwidth_m", row, factors[row] * s->bandwidth);
    hot_layer_set_real(l, "area_km2", row, n * s->frame.cell * s->frame.cell / 1e6);
    if (cells) hot_layer_set_real(l, "area_share", row, n / (double)cells);
    hot_layer_set_integer(l, "incidents", row, p->incidents);
    if (all > 0) hot_layer_set_real(l, "share", row, (double)p->incidents / all);
    if (p->cells) hot_layer_set_real(l, "overlap", row, (double)p->same / n);
    hot_layer_set_real(l, "peak_per_km2", row, p->peak);
}

static hot_status say(const hot_study *s, const part *p, double all, hot_layer *l)
{
    char text[400];
    if (!(all > 0) || !p[0].cells || !p[MAP].cells || !p[2].cells) return HOT_OK;
    int n = snprintf(
        text, sizeof text,
        "With %g m the densest 1%% of the area holds %.0f%% of incidents. With %g m it would hold "
        "%.0f%%, and %.0f%% of the ground would be the same; with %g m %.0f%%, and %.0f%%.",
        s->bandwidth, 100 * (double)p[MAP].incidents / all, factors[0] * s->bandwidth,
        100 * (double)p[0].incidents / all, 100 * (double)p[0].same / (double)p[0].cells,
        factors[2] * s->bandwidth, 100 * (double)p[2].incidents / all,
        100 * (double)p[2].same / (double)p[2].cells);
    l->about = hot_arena_text(&l->arena, text, (size_t)n);
    return l->about ? HOT_OK : HOT_MEMORY;
}

hot_status hot_sensitivity_make(const hot_study *s, hot_result *result)
{
    part parts[ROWS] = {{0}};
    int64_t cells = cells_inside(s);
    double all = fine_incidents(s);
    HOT_TRY(look(s, cells, parts));
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_sensitivity_layer, NULL, NULL, ROWS, l));
    for (size_t row = 0; row < ROWS; row++) set_row(s, &parts[row], cells, all, row, l);
    return say(s, parts, all, l);
}
