/* What a result's folder holds, side by side. */
#include "tools/outputs.h"

#include <stdio.h>
#include <string.h>

#include "layers/catalogue/hotspots_frozen.h"
#include "layers/read/vector.h"
#include "layers/write/gpkg.h"
#include "layers/write/surface.h"
#include "layers/write/table.h"
#include "layers/write/verify.h"
#include "styles/fields.h"
#include "styles/qml.h"
#include "tools/beside.h"
#include "tools/pages.h"

/** The hotspots that are to be kept: a file of their own, that --hotspots reads. */
static hot_status write_frozen(const hot_outputs *o, hot_error *error)
{
    const char *set = hot_settings_text(o->settings, "freeze");
    hot_result frozen = {0};
    char *path, name[64];
    if (!set) return HOT_OK;
    hot_gpkg_rules rules = {o->date, NULL, o->progress};
    HOT_TRY(hot_hotspots_freeze(o->study, o->result, set, &frozen, error));
    snprintf(name, sizeof name, "frozen/%.40s.gpkg", set);
    hot_status status = hot_publish_path(o->publication, name, &path, error);
    if (status == HOT_OK) {
        status = hot_gpkg_write(path, &frozen, &rules, error);
        if (status == HOT_OK) status = hot_verify_gpkg(path, &frozen, error);
        hot_free(path);
    }
    hot_result_free(&frozen);
    return status;
}

static hot_status write_gpkg(void *self, size_t piece, hot_error *error)
{
    const hot_outputs *o = self;
    (void)piece;
    char *path;
    hot_gpkg_rules rules = {o->date, hot_style_of, o->progress};
    HOT_TRY(hot_publish_path(o->publication, "hotbeat.gpkg", &path, error));
    hot_status status = hot_gpkg_write(path, o->result, &rules, error);
    if (status == HOT_OK) status = hot_verify_gpkg(path, o->result, error);
    hot_free(path);
    return status == HOT_OK ? write_frozen(o, error) : status;
}

/** The style of a raster, beside it. */
static hot_status write_qml(const hot_outputs *o, const char *name, const char *style,
                            hot_error *error)
{
    char file[64];
    size_t length;
    const char *qml = hot_style_bytes(style, &length);
    snprintf(file, sizeof file, "%s.qml", name);
    return qml ? hot_publish_file(o->publication, file, qml, length, error) : HOT_OK;
}

static hot_status write_surface(void *self, size_t piece, hot_error *error)
{
    const hot_outputs *o = self;
    (void)piece;
    char *path, about[256], period[96];
    if (!o->result->surface.value) return HOT_OK;
    hot_study_period(o->study, period);
    const char *by = o->study->chosen.brief;
    snprintf(about, sizeof about,
             "Incidents per km2 in the period (%s), kernel %s, bandwidth %g m%s%s", period,
             hot_settings_text(o->settings, "kernel"), o->study->bandwidth, by ? ", " : "",
             by ? by : "");
    HOT_TRY(hot_progress_step(o->progress, "Writing the surface", 0));
    HOT_TRY(hot_publish_path(o->publication, "density.tif", &path, error));
    hot_status status =
        hot_surface_write(path, &o->result->surface, o->result->epsg, about, o->date, error);
    if (status == HOT_OK) status = hot_verify_surface(path, &o->result->surface, error);
    hot_free(path);
    return status == HOT_OK ? write_qml(o, "density", "surface", error) : status;
}

/** One of the surfaces that were asked for beside the density. */
static hot_status write_raster(void *self, size_t piece, hot_error *error)
{
    const hot_outputs *o = self;
    const hot_raster *raster = &o->result->rasters[piece];
    char *path, file[64];
    snprintf(file, sizeof file, "%s.tif", raster->name);
    HOT_TRY(hot_publish_path(o->publication, file, &path, error));
    hot_status status = hot_raster_write(path, raster, o->result->epsg, o->date, error);
    if (status == HOT_OK) status = hot_verify_surface(path, &raster->surface, error);
    hot_free(path);
    return status == HOT_OK ? write_qml(o, raster->name, raster->style, error) : status;
}

static hot_status write_bytes(const hot_outputs *o, const char *name, hot_status formed,
                              hot_bytes *bytes, hot_error *error)
{
    hot_status status = formed;
    if (status == HOT_OK)
        status = hot_publish_file(o->publication, name, bytes->data, bytes->length, error);
    hot_bytes_free(bytes);
    return status;
}

/** The incidents themselves and the context are no tables for a dashboard. */
static bool is_table(const hot_layer *l)
{
    return strcmp(l->name, "incidents") != 0 && strcmp(l->name, "run_metadata") != 0 &&
           strncmp(l->name, "context_", 8) != 0;
}

static hot_status write_about(const hot_outputs *o, hot_error *error)
{
    hot_bytes bytes = {0};
    hot_status status = hot_table_format_about_head(&bytes);
    for (size_t k = 0; k < o->result->n && status == HOT_OK; k++)
        if (is_table(&o->result->layers[k]))
            status = hot_table_format_about(&o->result->layers[k], &bytes);
    return write_bytes(o, "tables/about.csv", status, &bytes, error);
}

static hot_status write_tables(const hot_outputs *o, hot_error *error)
{
    for (size_t k = 0; k < o->result->n; k++) {
        const hot_layer *l = &o->result->layers[k];
        hot_bytes bytes = {0};
        char name[96];
        if (!is_table(l)) continue;
        snprintf(name, sizeof name, "tables/%.60s.csv", l->name);
        hot_status formed = hot_table_format(l, &bytes);
        HOT_TRY(write_bytes(o, name, formed, &bytes, error));
    }
    return write_about(o, error);
}

static hot_status write_accounts(const hot_outputs *o, hot_error *error)
{
    hot_bytes bytes = {0};
    hot_status status = hot_bytes_add_text(&bytes, hot_result_word(o->result, "manifest"));
    if (status == HOT_OK) status = hot_bytes_add_text(&bytes, "\n");
    HOT_TRY(write_bytes(o, "run.json", status, &bytes, error));
    status = hot_table_format_rejects(&o->study->loaded, &bytes);
    HOT_TRY(write_bytes(o, "rejects.csv", status, &bytes, error));
    if (o->study->loaded.n_duplicates == 0) return HOT_OK;
    status = hot_table_format_duplicates(&o->study->loaded, &bytes);
    return write_bytes(o, "duplicates.csv", status, &bytes, error);
}

/** Pages show the surface; without one, hotspots, or repeat places, if they may be shown, where
 *  there is a frame. */
static bool has_pages(const hot_outputs *o)
{
    const hot_layer *hotspots = hot_result_layer(o->result, "hotspots");
    bool shown = hot_settings_given(o->settings, "show-places") || (hotspots && hotspots->n);
    return o->result->surface.value || (shown && hot_study_tilings(o->study));
}

static hot_status list_pages(const hot_outputs *o, hot_atlas *atlas, hot_error *error)
{
    *atlas = (hot_atlas){0};
    if (!has_pages(o)) return HOT_OK;
    hot_pages pages = {.overview = !hot_settings_is(o->settings, "maps", "none"),
                       .areas = hot_settings_is(o->settings, "maps", "all"),
                       .progress = o->progress};
    return hot_atlas_new(o->result, &pages, o->publication, atlas, error);
}

static hot_status write_texts(void *self, size_t piece, hot_error *error)
{
    (void)piece;
    HOT_TRY(write_tables(self, error));
    return write_accounts(self, error);
}

hot_status hot_outputs_write(const hot_outputs *o, size_t *pages, hot_error *error)
{
    hot_atlas atlas;
    hot_status status = list_pages(o, &atlas, error);
    void *self = (void *)o;
    const hot_pieces all[] = {{write_gpkg, self, 1},
                              {write_surface, self, 1},
                              {write_texts, self, 1},
                              {write_raster, self, o->result->n_rasters},
                              hot_atlas_pieces(&atlas)};
    hot_gdal_ready(); /* by one thread */
    if (status == HOT_OK)
        status = hot_beside(o->study->threads, all, sizeof all / sizeof *all, error);
    *pages = atlas.drawn;
    hot_atlas_free(&atlas);
    return status;
}
