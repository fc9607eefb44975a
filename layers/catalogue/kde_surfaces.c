/* Other densities than the map's, each in a raster of its own: adaptive, with the edge corrected,
 * weighted towards recent months, and set beside another period. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/kde/adaptive.h"
#include "engine/kde/dual.h"
#include "engine/kde/edge.h"
#include "engine/kde/kde.h"
#include "layers/catalogue/kde_parts.h"
#include "layers/coarse.h"
#include "layers/compare.h"

/** An adaptive bandwidth stays within half and twice the study's. */
static const double narrowest = 0.5, widest = 2;

/** A ratio to fewer incidents than these, all in one place, is chance and is left out. */
static const double ratio_incidents = 5;

static const char per_km2[] = "incidents per km2 in the period";

/* Lines of a table are longer than lines of code may be. */
/* clang-format off */
const hot_option hot_kde_options[HOT_KDE_OPTIONS] = {
    {"kde-adaptive", HOT_OPTION_CHOICE, "yes|no", "no", "yes|no", "Density (kde)", "also density_adaptive.tif: narrower where incidents are many, wider where few (half to twice the bandwidth)", false},
    {"kde-edge", HOT_OPTION_CHOICE, "HOW", "none", "none|uniform|diggle", "Density (kde)", "also density_edge.tif: what is lost over the study area's edge put back, uniform or after Diggle", false},
    {"kde-half-life", HOT_OPTION_COUNT, "MONTHS", NULL, NULL, "Density (kde)", "also density_recent.tif: an incident counts half as much for every so many months before the last", false},
    {"kde-dual", HOT_OPTION_CHOICE, "HOW", "none", "none|difference|ratio", "Density (kde)", "also density_difference.tif or density_ratio.tif: the period beside that of --compare", false},
};
/* clang-format on */

/** Whether the cells that a kernel inside may reach are as many as a frame can hold. */
static bool reaches_too_far(const hot_study *s)
{
    const hot_frame *f = &s->frame;
    double cells = 2 * ceil(hot_kernel_support(hot_kde_kernel(s), s->bandwidth) / f->cell);
    return (f->rows + cells) * (f->cols + cells) > (double)HOT_FRAME_CELLS;
}

hot_status hot_kde_surfaces_check(const hot_study *s, hot_error *error)
{
    const char *edge = hot_settings_text(s->settings, "kde-edge");
    const char *dual = hot_settings_text(s->settings, "kde-dual");
    if (strcmp(edge, "none") != 0 && !s->mask)
        return hot_fail(error, HOT_USAGE,
                        "--kde-edge %s: without areas there is no edge to correct; give the study "
                        "area with --areas.",
                        edge);
    if (strcmp(edge, "none") != 0 && reaches_too_far(s))
        return hot_fail(error, HOT_USAGE,
                        "--kde-edge %s: a bandwidth of %g m reaches too far beyond the study area; "
                        "choose a smaller one, or larger cells with --cell.",
                        edge, s->bandwidth);
    if (hot_settings_number(s->settings, "kde-half-life") == 0)
        return hot_fail(error, HOT_USAGE, "--kde-half-life 0: expected months, 1 or more.");
    if (strcmp(dual, "none") != 0 && hot_settings_is(s->settings, "compare", "none"))
        return hot_fail(error, HOT_USAGE,
                        "--kde-dual %s: what shall the period be set beside? Say --compare "
                        "last-year, --compare previous or --compare FROM..TO.",
                        dual);
    return HOT_OK;
}

/* ---- a raster ---- */

static double *new_density(const hot_study *s)
{
    return hot_new_raw((size_t)hot_frame_size(&s->frame), sizeof(double));
}

static hot_status plain_density(const hot_study *s, const double *weight, double *density)
{
    const hot_points *p = &s->loaded.points;
    return hot_kde(&s->frame, p->x, p->y, weight, p->n, hot_kde_kernel(s), s->bandwidth, s->mask,
                   s->threads, density);
}

/** Add a density, as it is written; it is freed in any case. */
static hot_status add(const hot_study *s, hot_result *result, const char *name, const char *style,
                      const char *unit, const char *about, double *density)
{
    hot_raster *r = density ? hot_result_add_raster(result) : NULL;
    size_t n = (size_t)hot_frame_size(&s->frame);
    float *value = r ? hot_new_raw(n, sizeof *value) : NULL;
    for (size_t k = 0; value && k < n; k++) value[k] = (float)density[k];
    hot_free(density);
    if (!value) return HOT_MEMORY;
    r->name = name;
    r->style = style;
    r->unit = unit;
    snprintf(r->about, sizeof r->about, "%s", about);
    r->surface = (hot_surface){s->frame, value};
    return HOT_OK;
}

/** "(January to December 2025), kernel quartic, bandwidth 250 m". `text` holds 200 bytes. */
static const char *method(const hot_study *s, char *text)
{
    char period[96];
    hot_study_period(s, period);
    snprintf(text, 200, "(%s), kernel %s, bandwidth %g m", period,
             hot_kernel_name(hot_kde_kernel(s)), s->bandwidth);
    return text;
}

/* ---- one by one ---- */

static hot_status make_adaptive(const hot_study *s, hot_result *result)
{
    char about[sizeof((hot_raster *)0)->about], how[200];
    const hot_points *p = &s->loaded.points;
    double *density = new_density(s);
    hot_adaptive told = {0, 0, 0, 0, 0};
    hot_status status = density ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK)
        status =
            hot_kde_adaptive(&s->frame, p->x, p->y, hot_fine_at_point(s), p->n, hot_kde_kernel(s),
                             s->bandwidth, narrowest, widest, s->mask, s->threads, &told, density);
    if (status != HOT_OK) {
        hot_free(density);
        return status;
    }
    snprintf(
        about, sizeof about,
        "Adaptive: incidents per km2 in the period %s for the pilot; each incident's own from "
        "%.0f to %.0f m (Abramson 1982), of which %.0f are held at the least (%g m) and %.0f at "
        "the most (%g m)",
        method(s, how), told.least, told.most, told.at_least, narrowest * s->bandwidth,
        told.at_most, widest * s->bandwidth);
    return add(s, result, "density_adaptive", "surface", per_km2, about, density);
}

static hot_status make_edge(const hot_study *s, hot_result *result)
{
    char about[sizeof((hot_raster *)0)->about], how[200];
    const hot_points *p = &s->loaded.points;
    bool diggle = hot_settings_is(s->settings, "kde-edge", "diggle");
    double *density = new_density(s);
    hot_status status = density ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK)
        status = hot_kde_corrected(diggle ? HOT_EDGE_DIGGLE : HOT_EDGE_UNIFORM, &s->frame, p->x,
                                   p->y, hot_fine_at_point(s), p->n, hot_kde_kernel(s),
                                   s->bandwidth, s->mask, s->threads, density);
    if (status != HOT_OK) {
        hot_free(density);
        return status;
    }
    snprintf(
        about, sizeof about,
        "Edge corrected: incidents per km2 in the period %s; %s, as if beyond the study area's "
        "edge it went on as within",
        method(s, how),
        diggle ? "each incident weighs more by what its kernel loses (Diggle 1985)"
               : "each cell divided by the part of its kernel inside (uniform)");
    return add(s, result, "density_edge", "surface", per_km2, about, density);
}

/** The last month with an incident: the period may go on long after it, where every weight would be
 *  next to nothing. */
static double last_month(const hot_study *s)
{
    double last = -INFINITY;
    for (size_t k = 0; k < s->n_inside; k++)
        if (!hot_is_coarse(s, k))
            last = fmax(last, hot_month_of(s->loaded.incidents.from[s->inside[k]]));
    return last;
}

/** Weights that halve with every half-life before the last month with an incident, and add up to
 *  the incidents. Whole parts of 2^-32 add up exactly in any order, up to 2^21 at one point. */
static void weigh_recent(const hot_study *s, double half_life, double *weight)
{
    const hot_incidents *t = &s->loaded.incidents;
    double sum = 0, count = 0, last = last_month(s);
    for (size_t k = 0; k < s->loaded.points.n; k++) weight[k] = 0;
    for (size_t k = 0; k < s->n_inside; k++) {
        uint32_t row = s->inside[k];
        if (hot_is_coarse(s, k)) continue;
        double age = last - hot_month_of(t->from[row]);
        weight[t->point[row]] += rint(ldexp(exp2(-age / half_life), 32));
    }
    const double *counted = hot_fine_at_point(s);
    for (size_t k = 0; k < s->loaded.points.n; k++) {
        sum += weight[k];
        count += counted[k];
    }
    for (size_t k = 0; k < s->loaded.points.n && sum > 0; k++) weight[k] *= count / sum;
}

static hot_status make_recent(const hot_study *s, hot_result *result)
{
    char about[sizeof((hot_raster *)0)->about], how[200], months[40] = "month";
    double half_life = hot_settings_number(s->settings, "kde-half-life");
    double *density = new_density(s), *weight = hot_new_raw(s->loaded.points.n, sizeof *weight);
    hot_status status = density && weight ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) {
        weigh_recent(s, half_life, weight);
        status = plain_density(s, weight, density);
    }
    hot_free(weight);
    if (status != HOT_OK) {
        hot_free(density);
        return status;
    }
    if (half_life > 1) snprintf(months, sizeof months, "%g months", half_life);
    snprintf(
        about, sizeof about,
        "Recent: incidents per km2 in the period %s; an incident counts half as much for every %s "
        "before the last, and all together as many as there are",
        method(s, how), months);
    return add(s, result, "density_recent", "surface", per_km2, about, density);
}

/** Incidents of the other period at each point. */
static hot_status count_before(const hot_study *s, hot_stretch before, double *count)
{
    const hot_incidents *t = &s->loaded.incidents;
    const int32_t *area = s->bounding == SIZE_MAX ? NULL : s->sets[s->bounding].area_of;
    hot_selection selection = hot_study_selection(s);
    selection.from = before.from;
    selection.to = before.to;
    uint8_t *selected = hot_new_raw(t->n, 1);
    hot_status status = selected ? hot_select(t, &selection, selected) : HOT_MEMORY;
    for (size_t i = 0; status == HOT_OK && i < t->n; i++) {
        bool coarse = (s->coarse && s->coarse[i]) || t->precision_m[i] > HOT_COARSE_M;
        if (selected[i] && !coarse && (!area || area[t->point[i]] >= 0)) count[t->point[i]]++;
    }
    hot_free(selected);
    return status;
}

/** What so many incidents in one place come to in the middle, per km2. */
static double density_of(const hot_study *s, double incidents)
{
    return incidents * 1e6 * hot_kernel_value(hot_kde_kernel(s), 0, s->bandwidth);
}

static hot_status dual_density(const hot_study *s, const hot_comparison *c, bool ratio,
                               double *density)
{
    size_t n = (size_t)hot_frame_size(&s->frame);
    double now, then, *before = new_density(s);
    double *count = hot_new(s->loaded.points.n, sizeof *count);
    hot_status status = before && count ? count_before(s, c->before, count) : HOT_MEMORY;
    if (status == HOT_OK) status = plain_density(s, count, before);
    hot_comparison_days(c, &now, &then);
    memcpy(density, s->density, n * sizeof *density);
    if (status == HOT_OK && ratio)
        hot_dual_ratio(density, before, n, now / then, density_of(s, ratio_incidents));
    else if (status == HOT_OK)
        hot_dual_difference(density, before, n, now / then);
    hot_free(before);
    hot_free(count);
    return status;
}

static hot_status make_dual(const hot_study *s, hot_result *result, hot_error *error)
{
    char about[sizeof((hot_raster *)0)->about], periods[224];
    hot_comparison c;
    bool asked, ratio = hot_settings_is(s->settings, "kde-dual", "ratio");
    HOT_TRY(hot_comparison_read(s, &asked, &c, error));
    double *density = new_density(s);
    hot_status status = density ? dual_density(s, &c, ratio, density) : HOT_MEMORY;
    if (status != HOT_OK) {
        hot_free(density);
        return status;
    }
    hot_comparison_format(&c, periods);
    int n = snprintf(
        about, sizeof about, "%s of densities: %s, kernel %s, bandwidth %g m for both; ",
        ratio ? "Ratio" : "Difference", periods, hot_kernel_name(hot_kde_kernel(s)), s->bandwidth);
    if (ratio)
        snprintf(about + n, sizeof about - (size_t)n,
                 "nothing where the earlier was under %.1f per km2, which is %g incidents in one "
                 "place",
                 density_of(s, ratio_incidents), ratio_incidents);
    else
        snprintf(about + n, sizeof about - (size_t)n,
                 "no test: one incident alone makes %.1f per km2", density_of(s, 1));
    return ratio ? add(s, result, "density_ratio", "surface_ratio", "times as many as before",
                       about, density)
                 : add(s, result, "density_difference", "surface_difference",
                       "incidents per km2 in the period, more than before", about, density);
}

hot_status hot_kde_surfaces_make(const hot_study *s, hot_result *result, hot_error *error)
{
    if (hot_settings_is(s->settings, "kde-adaptive", "yes")) HOT_TRY(make_adaptive(s, result));
    if (!hot_settings_is(s->settings, "kde-edge", "none")) HOT_TRY(make_edge(s, result));
    if (hot_settings_given(s->settings, "kde-half-life")) HOT_TRY(make_recent(s, result));
    if (!hot_settings_is(s->settings, "kde-dual", "none")) HOT_TRY(make_dual(s, result, error));
    return HOT_OK;
}
