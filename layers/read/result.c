#include "layers/read/result.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/base/number.h"
#include "layers/catalogue/catalogue.h"
#include "layers/read/file.h"
#include "layers/read/vector.h"
#include "layers/write/surface.h"

static hot_status set_value(hot_layer *l, const hot_column *column, size_t row, const char *text)
{
    int64_t integer;
    double real;
    if (!text) return HOT_OK;
    switch (column->type) {
    case HOT_TEXT: return hot_layer_set_text(l, column->name, row, text);
    case HOT_INTEGER:
        if (!hot_integer_parse(text, strlen(text), &integer)) return HOT_INPUT;
        hot_layer_set_integer(l, column->name, row, integer);
        return HOT_OK;
    case HOT_REAL:
        if (!hot_number_parse(text, strlen(text), &real)) return HOT_INPUT;
        hot_layer_set_real(l, column->name, row, real);
        return HOT_OK;
    }
    return HOT_INPUT;
}

static hot_status copy_values(const hot_vector *v, hot_layer *l)
{
    for (size_t k = 0; k < l->n_columns; k++) {
        int field = hot_vector_field(v, l->values[k].column.name);
        for (size_t row = 0; field >= 0 && row < v->n; row++)
            HOT_TRY(set_value(l, &l->values[k].column, row,
                              v->value[row * v->n_fields + (size_t)field]));
    }
    return HOT_OK;
}

static hot_status copy_geometry(hot_vector *v, hot_layer *l)
{
    hot_geometry kind = l->declared->geometry;
    if (kind == HOT_POINT && v->n) {
        memcpy(l->x, v->x, v->n * sizeof *l->x);
        memcpy(l->y, v->y, v->n * sizeof *l->y);
    }
    const hot_shapes *from = kind == HOT_LINE ? &v->lines : &v->polygons;
    for (size_t f = 0; f < v->n && (kind == HOT_LINE || kind == HOT_POLYGON); f++) {
        HOT_TRY(hot_shapes_add_parts(&l->shapes, from, f));
        HOT_TRY(hot_shapes_end(&l->shapes));
    }
    return HOT_OK;
}

/** The declaration of a layer in the file; context is of lines, polygons or points. */
static const hot_declaration *declaration_of(const char *name, const hot_vector *v)
{
    if (strncmp(name, "context_", 8) != 0) return hot_catalogue_layer(name);
    return hot_context_layer(v->lines.n_parts      ? HOT_LINE
                             : v->polygons.n_parts ? HOT_POLYGON
                                                   : HOT_POINT);
}

static hot_status read_layer(const char *path, const char *name, hot_result *result,
                             hot_error *error)
{
    hot_vector v = {0};
    HOT_TRY(hot_vector_read(path, name, &v, error));
    hot_layer *l = hot_result_add(result);
    hot_status status = l ? hot_layer_new(declaration_of(name, &v), name, NULL, v.n, l) : HOT_MEMORY;
    if (status == HOT_OK) status = copy_values(&v, l);
    if (status == HOT_OK) status = copy_geometry(&v, l);
    if (v.epsg) result->epsg = v.epsg;
    hot_vector_free(&v);
    if (status == HOT_INPUT)
        return hot_fail(error, HOT_INPUT, "%s: the layer %s is not as hotbeat writes it.",
                        hot_base_name(path), name);
    return status;
}

static hot_status read_layers(const char *path, hot_result *result, hot_error *error)
{
    char **names = NULL;
    size_t n = 0;
    HOT_TRY(hot_vector_layers(path, &names, &n, error));
    hot_status status = HOT_OK;
    for (size_t k = 0; k < n && status == HOT_OK; k++)
        if (strcmp(names[k], "layer_styles") != 0)
            status = read_layer(path, names[k], result, error);
    for (size_t k = 0; k < n; k++) hot_free(names[k]);
    hot_free(names);
    if (status == HOT_OK && !hot_result_layer(result, "run_metadata"))
        status = hot_fail(error, HOT_INPUT,
                          "%s: is no result of hotbeat (it has no layer run_metadata).",
                          hot_base_name(path));
    return status;
}

/** density.tif in the folder of the GeoPackage. */
static hot_status read_surface(const char *path, hot_result *result, hot_error *error)
{
    size_t n = strlen(path) + 16;
    char *beside = hot_new(n, 1);
    if (!beside) return HOT_MEMORY;
    const char *slash = strrchr(path, '/');
    snprintf(beside, n, "%.*sdensity.tif", slash ? (int)(slash - path) + 1 : 0, path);
    hot_status status = HOT_OK;
    if (access(beside, F_OK) == 0)
        status = hot_surface_read(beside, &result->surface, &result->epsg, error);
    hot_free(beside);
    return status;
}

hot_status hot_result_read(const char *path, hot_result *result, hot_error *error)
{
    hot_result r = {0};
    hot_status status = read_layers(path, &r, error);
    if (status == HOT_OK) status = read_surface(path, &r, error);
    if (status == HOT_OK) *result = r;
    else hot_result_free(&r);
    return status;
}
