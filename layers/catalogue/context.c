/* Lines and polygons that are drawn quietly underneath: roads, water, parks. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "layers/catalogue/catalogue.h"
#include "layers/read/file.h"
#include "layers/read/fits.h"
#include "layers/read/vector.h"

static const hot_column columns[] = {
    {"name", HOT_TEXT, "Name", "", "As in the source."},
    {"type", HOT_TEXT, "Type", "", "As in the source: main, street, river ..."},
};

const hot_declaration hot_context_lines_layer = {
    .style = "context",
    .geometry = HOT_LINE,
    .title = "Context",
    .about = "Drawn underneath, to find one's way.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

const hot_declaration hot_context_areas_layer = {
    .style = "context",
    .geometry = HOT_POLYGON,
    .title = "Context",
    .about = "Drawn underneath, to find one's way.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

static bool meets_frame(const hot_study *s, const hot_shapes *shapes, size_t f)
{
    hot_box box;
    if (hot_shapes_box(shapes, f, &box) != HOT_OK || !isfinite(box.west + box.east)) return false;
    return box.west <= hot_frame_east(&s->frame) && box.east >= s->frame.west &&
           box.south <= s->frame.north && box.north >= hot_frame_south(&s->frame);
}

static int field_of(const hot_vector *v, const char *const *usual)
{
    for (; *usual; usual++)
        if (hot_vector_field(v, *usual) >= 0) return hot_vector_field(v, *usual);
    return -1;
}

static hot_status copy_features(const hot_study *s, const hot_vector *v, const hot_shapes *shapes,
                                hot_layer *l)
{
    static const char *const names[] = {"name", "road_name", "name1", "label", NULL};
    static const char *const kinds[] = {"class", "kind", "highway", "type", "fclass", NULL};
    int name = field_of(v, names), kind = field_of(v, kinds);
    size_t row = 0;
    for (size_t f = 0; f < shapes->n; f++) {
        if (!meets_frame(s, shapes, f)) continue;
        if (name >= 0)
            HOT_TRY(hot_layer_set_text(l, "name", row, v->value[f * v->n_fields + (size_t)name]));
        if (kind >= 0)
            HOT_TRY(hot_layer_set_text(l, "type", row, v->value[f * v->n_fields + (size_t)kind]));
        HOT_TRY(hot_shapes_add_parts(&l->shapes, shapes, f));
        HOT_TRY(hot_shapes_end(&l->shapes));
        row++;
    }
    return HOT_OK;
}

static hot_status add_layer(const hot_study *s, const char *name, const hot_vector *v,
                            hot_result *result)
{
    bool lines = v->lines.n_parts > 0;
    const hot_shapes *shapes = lines ? &v->lines : &v->polygons;
    char layer_name[64], title[64];
    size_t n = 0;
    for (size_t f = 0; f < shapes->n; f++) n += meets_frame(s, shapes, f);
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    snprintf(layer_name, sizeof layer_name, "context_%s", name);
    snprintf(title, sizeof title, "Context: %s", name);
    HOT_TRY(hot_layer_new(lines ? &hot_context_lines_layer : &hot_context_areas_layer, layer_name,
                          title, n, l));
    return copy_features(s, v, shapes, l);
}

/** Context that contradicts its own coordinate system would be drawn in the wrong place. */
static hot_status check_fit(const hot_study *s, const hot_vector *v, const char *file,
                            hot_error *error)
{
    hot_box box;
    const hot_shapes *drawn = v->lines.n_parts > 0 ? &v->lines : &v->polygons;
    if (hot_shapes_box_all(drawn, &box) != HOT_OK) return HOT_OK;
    return hot_crs_fits(file, v->epsg, s->epsg, &box, error);
}

static hot_status read_and_add(const hot_study *s, const hot_source_spec *spec,
                               hot_result *result, hot_error *error)
{
    hot_vector v = {0};
    hot_place *place = NULL;
    hot_place_rules rules = {.grid = hot_settings_text(s->settings, "grid")};
    HOT_TRY(hot_vector_read(spec->path, spec->layer, &v, error));
    hot_status status = HOT_OK;
    if (v.lines.n_parts == 0 && v.polygons.n_parts == 0)
        status = hot_fail(error, HOT_INPUT, "%s: holds neither lines nor polygons.",
                          hot_base_name(spec->path));
    else status = hot_source_epsg(spec, v.epsg, &v.epsg, error);
    if (status == HOT_OK) status = check_fit(s, &v, hot_base_name(spec->path), error);
    if (status == HOT_OK) status = hot_place_new(v.epsg, s->epsg, &rules, &place, error);
    if (status == HOT_OK) {
        hot_place_points(place, v.lines.x, v.lines.y, v.lines.n_points);
        hot_place_points(place, v.polygons.x, v.polygons.y, v.polygons.n_points);
        status = add_layer(s, spec->name, &v, result);
    }
    hot_place_free(place);
    hot_vector_free(&v);
    return status;
}

hot_status hot_context_make(const hot_study *s, hot_result *result, hot_error *error)
{
    const hot_setting *context = hot_settings_of(s->settings, "context");
    for (size_t k = 0; k < context->n; k++) {
        hot_source_spec spec;
        HOT_TRY(hot_source_parse("--context", context->text[k], &spec, error));
        hot_status status = read_and_add(s, &spec, result, error);
        hot_source_free(&spec);
        HOT_TRY(status);
    }
    return HOT_OK;
}
