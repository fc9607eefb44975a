#include "layers/plan.h"

#include <stdio.h>
#include <string.h>

#include "layers/catalogue/catalogue.h"
#include "layers/write/publish.h"

static void add(hot_plan *p, bool wanted, const char *file)
{
    if (wanted && p->n_files < HOT_PLAN_FILES) p->file[p->n_files++] = file;
}

static bool asks(const hot_study *s, const char *option, const char *none)
{
    const char *value = hot_settings_text(s->settings, option);
    return value && strcmp(value, none) != 0;
}

static size_t count_rasters(const hot_study *s)
{
    return (size_t)asks(s, "kde-adaptive", "no") + (size_t)asks(s, "kde-edge", "none") +
           (size_t)asks(s, "kde-half-life", "") + (size_t)asks(s, "kde-dual", "none");
}

static bool is_made(const char *only, const char *analysis)
{
    return !only || strcmp(only, analysis) == 0;
}

/** An evaluation has cells to choose among, and writes no density. */
static bool writes_density(const char *only, bool surface)
{
    return surface && !(only && strcmp(only, "evaluate") == 0);
}

static void list_files(const hot_study *s, const char *only, hot_plan *p)
{
    bool k = writes_density(only, p->surface);
    bool ratio = hot_settings_is(s->settings, "kde-dual", "ratio");
    add(p, true, "hotbeat.gpkg");
    add(p, k, "density.tif");
    add(p, k && asks(s, "kde-adaptive", "no"), "density_adaptive.tif");
    add(p, k && asks(s, "kde-edge", "none"), "density_edge.tif");
    add(p, k && asks(s, "kde-half-life", ""), "density_recent.tif");
    add(p, k && asks(s, "kde-dual", "none"),
        ratio ? "density_ratio.tif" : "density_difference.tif");
    add(p, is_made(only, "gistar") && asks(s, "gistar-grid", "no"), "gistar.tif");
    add(p, asks(s, "freeze", ""), "frozen/");
    add(p, p->pages > 0, "maps/");
    add(p, true, "tables/");
    add(p, true, "run.json");
    add(p, true, "rejects.csv");
    add(p, s->loaded.n_duplicates > 0, "duplicates.csv");
}

/** An overview, the heat alone where there is one, and a page for every area. Hotspots are shown on
 *  pages too, and with --show-places repeat places; whether any is found is not known yet. */
static size_t count_pages(const hot_study *s, const char *only, bool density)
{
    bool shown = is_made(only, "hotspots") || hot_settings_given(s->settings, "show-places");
    size_t pages = density ? 2 : 1;
    if (!density && !(shown && hot_study_tilings(s))) return 0;
    if (hot_settings_is(s->settings, "maps", "none")) return 0;
    for (size_t k = 0; k < s->n_sets && hot_settings_is(s->settings, "maps", "all"); k++)
        pages += s->sets[k].areas.n;
    return pages;
}

/** Measured: what a row and a cell take while everything is made, besides the program itself. */
static uint64_t bytes_of(const hot_study *s, bool surface)
{
    enum { PROGRAM = 48 << 20, ROW = 170, CELL = 36, RASTER_CELL = 9 };
    uint64_t cells = surface ? (uint64_t)hot_frame_size(&s->frame) : 0;
    return PROGRAM + ROW * s->loaded.read + (CELL + RASTER_CELL * count_rasters(s)) * cells;
}

static void look_at_target(const char *out, bool overwrite, hot_plan *p)
{
    hot_error why = {{0}};
    p->out = out;
    if (!out) return;
    if (hot_publish_look(out, "run", overwrite, &p->replaced, &why) != HOT_OK)
        snprintf(p->refused, sizeof p->refused, "%s", why.text);
    p->there = p->replaced > 0;
}

hot_status hot_plan_make(const hot_study *s, const char *only, const char *out, bool overwrite,
                         hot_plan *plan)
{
    hot_plan p = {.surface = hot_catalogue_has_surface(only)};
    int64_t n = hot_frame_size(&s->frame);
    for (int64_t k = 0; k < n && s->mask; k++) p.cells_inside += s->mask[k];
    if (!s->mask) p.cells_inside = n;
    p.pages = count_pages(s, only, writes_density(only, p.surface));
    p.bytes = bytes_of(s, p.surface);
    if (p.surface) HOT_TRY(hot_bandwidth_look_beside(s, &p.beside));
    list_files(s, only, &p);
    look_at_target(out, overwrite, &p);
    *plan = p;
    return HOT_OK;
}
