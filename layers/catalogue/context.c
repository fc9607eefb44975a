/* What is drawn quietly underneath: roads, water, parks, places. */
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

#define CONTEXT(kind)                                                                              \
    {                                                                                              \
        .style = "context", .geometry = (kind), .title = "Context",                                \
        .about = "Drawn underneath, to find one's way.", .citation = "", .columns = columns,       \
        .n_columns = sizeof columns / sizeof *columns                                              \
    }

const hot_declaration *hot_context_layer(hot_geometry geometry)
{
    static const hot_declaration layer[] = {
        [HOT_POINT] = CONTEXT(HOT_POINT),
        [HOT_LINE] = CONTEXT(HOT_LINE),
        [HOT_POLYGON] = CONTEXT(HOT_POLYGON),
    };
    return &layer[geometry];
}

/** A layer of mixed kinds is drawn as what it has of lines, else of polygons, else of points. */
static hot_geometry kind_of(const hot_vector *v)
{
    if (v->lines.n_parts) return HOT_LINE;
    if (v->polygons.n_parts) return HOT_POLYGON;
    for (size_t i = 0; i < v->n; i++)
        if (isfinite(v->x[i])) return HOT_POINT;
    return HOT_NO_GEOMETRY;
}

/** Where a feature is: its own box, a point's being the point. */
static hot_status box_of(const hot_vector *v, hot_geometry kind, size_t f, hot_box *box)
{
    if (kind != HOT_POINT)
        return hot_shapes_box(kind == HOT_LINE ? &v->lines : &v->polygons, f, box);
    *box = (hot_box){v->x[f], v->y[f], v->x[f], v->y[f]};
    return HOT_OK;
}

static bool meets_frame(const hot_study *s, const hot_vector *v, hot_geometry kind, size_t f)
{
    hot_box box;
    if (box_of(v, kind, f, &box) != HOT_OK || !isfinite(box.west + box.east)) return false;
    return box.west <= hot_frame_east(&s->frame) && box.east >= s->frame.west &&
           box.south <= s->frame.north && box.north >= hot_frame_south(&s->frame);
}

static int field_of(const hot_vector *v, const char *const *usual)
{
    for (; *usual; usual++)
        if (hot_vector_field(v, *usual) >= 0) return hot_vector_field(v, *usual);
    return -1;
}

static hot_status copy_geometry(const hot_vector *v, hot_geometry kind, size_t f, hot_layer *l,
                                size_t row)
{
    if (kind == HOT_POINT) {
        l->x[row] = v->x[f];
        l->y[row] = v->y[f];
        return HOT_OK;
    }
    HOT_TRY(hot_shapes_add_parts(&l->shapes, kind == HOT_LINE ? &v->lines : &v->polygons, f));
    return hot_shapes_end(&l->shapes);
}

static hot_status copy_features(const hot_study *s, const hot_vector *v, hot_geometry kind,
                                hot_layer *l)
{
    static const char *const names[] = {"name", "road_name", "name1", "label", NULL};
    static const char *const types[] = {"class", "kind", "highway", "type", "fclass", NULL};
    int name = field_of(v, names), type = field_of(v, types);
    size_t row = 0;
    for (size_t f = 0; f < v->n; f++) {
        const char *const *value = v->value + f * v->n_fields;
        if (!meets_frame(s, v, kind, f)) continue;
        if (name >= 0) HOT_TRY(hot_layer_set_text(l, "name", row, value[name]));
        if (type >= 0) HOT_TRY(hot_layer_set_text(l, "type", row, value[type]));
        HOT_TRY(copy_geometry(v, kind, f, l, row));
        row++;
    }
    return HOT_OK;
}

static hot_status add_layer(const hot_study *s, const char *name, const hot_vector *v,
                            hot_result *result)
{
    hot_geometry kind = kind_of(v);
    char layer_name[64], title[64];
    size_t n = 0;
    for (size_t f = 0; f < v->n; f++) n += meets_frame(s, v, kind, f);
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    snprintf(layer_name, sizeof layer_name, "context_%s", name);
    snprintf(title, sizeof title, "Context: %s", name);
    HOT_TRY(hot_layer_new(hot_context_layer(kind), layer_name, title, n, l));
    return copy_features(s, v, kind, l);
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

static hot_status read_and_add(const hot_study *s, const hot_source_spec *spec, hot_result *result,
                               hot_error *error)
{
    hot_vector v = {0};
    hot_place *place = NULL;
    hot_place_rules rules = {.grid = hot_settings_text(s->settings, "grid")};
    HOT_TRY(hot_vector_read(spec->path, spec->layer, &v, error));
    hot_status status = HOT_OK;
    if (kind_of(&v) == HOT_NO_GEOMETRY)
        status = hot_fail(error, HOT_INPUT,
                          "%s: holds neither lines, polygons nor points to draw (--context %s).",
                          hot_base_name(spec->path), spec->name);
    else
        status = hot_source_epsg(spec, v.epsg, &v.epsg, error);
    if (status == HOT_OK) status = check_fit(s, &v, hot_base_name(spec->path), error);
    if (status == HOT_OK) status = hot_place_new(v.epsg, s->epsg, &rules, &place, error);
    if (status == HOT_OK) {
        hot_place_points(place, v.lines.x, v.lines.y, v.lines.n_points);
        hot_place_points(place, v.polygons.x, v.polygons.y, v.polygons.n_points);
        hot_place_points(place, v.x, v.y, v.n);
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
