/** @file layer.h
 *  A layer as declared (what its columns mean) and as made (their values).
 *
 *  A layer owns everything it holds but texts that were lent to it; `= {0}` is the empty value.
 *  Missing values: NaN in a real column, a NULL pointer in a text column, `missing` set in an
 *  integer column; NULL in a file.
 */
#ifndef HOT_LAYERS_LAYER_H
#define HOT_LAYERS_LAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/memory.h"
#include "engine/base/status.h"
#include "engine/space/shapes.h"

typedef enum { HOT_INTEGER, HOT_REAL, HOT_TEXT } hot_type;
typedef enum { HOT_NO_GEOMETRY, HOT_POINT, HOT_LINE, HOT_POLYGON } hot_geometry;

/** A column as declared: said once, and used by the files, the styles and the dictionary. */
typedef struct {
    const char *name; /**< in every file, [a-z][a-z0-9_]* */
    hot_type type;
    const char *alias; /**< for people */
    const char *unit;  /**< "m", "incidents per km2 in the period"; "" for none */
    const char *about; /**< one sentence */
} hot_column;

/** The meaning of one value of a coded column. */
typedef struct {
    const char *value; /**< as text; digits in a column of integers */
    const char *label;
} hot_code;

/** All the values that a column may take, besides a missing one. */
typedef struct {
    const char *column;
    size_t n;
    const hot_code *codes; /**< [n]; of `class` in legend order */
} hot_coding;

/** A layer as declared. */
typedef struct {
    const char *name;  /**< in the GeoPackage; NULL where the person names it (area sets) */
    const char *style; /**< styles/qml/<style>.qml; NULL = none */
    hot_geometry geometry;
    const char *title;    /**< for people */
    const char *about;    /**< one or two sentences a councillor understands */
    const char *citation; /**< method and source; "" for none */
    const hot_column *columns;
    size_t n_columns;
    const hot_coding *codings; /**< of its coded columns */
    size_t n_codings;
} hot_declaration;

/** The codes of a declared column, or NULL where it may hold anything. */
const hot_coding *hot_coding_of(const hot_declaration *declared, const char *column);

/** The list of codes `array` as a column's coding. */
#define HOT_CODING(column, array)                                                                  \
    {                                                                                              \
        (column), sizeof(array) / sizeof *(array), (array)                                         \
    }

/** The values of one column; the one array that fits the type is set. */
typedef struct {
    hot_column column; /**< texts live in the declaration or in the layer's arena */
    int64_t *integer;  /**< [n] */
    uint8_t *missing;  /**< [n] 1 = NULL, for integers; NULL = none is missing */
    double *real;      /**< [n] NaN = NULL */
    const char **text; /**< [n] NULL = NULL; bytes live in the layer's arena, or are lent by what
                            outlives the layer: the study that it is made of */
} hot_values;

typedef struct {
    const hot_declaration *declared;
    const char *name, *title, *about; /**< as written; in the arena or the declaration */
    size_t n;                         /**< rows */
    size_t n_columns;
    hot_values *values; /**< [n_columns] */
    double *x, *y;      /**< [n] m, points only */
    hot_shapes shapes;  /**< lines and polygons only; shapes.n = n */
    hot_arena arena;
} hot_layer;

/** A layer of `n` rows with the declared columns, every value missing.
 *  `name`, `title` may be NULL: the declaration's. HOT_MEMORY leaves *layer empty. */
HOT_MUST_USE hot_status hot_layer_new(const hot_declaration *declared, const char *name,
                                      const char *title, size_t n, hot_layer *layer);
void hot_layer_free(hot_layer *layer);

/** Add a column that the declaration does not have (such as csp_code), every value missing. */
HOT_MUST_USE hot_status hot_layer_add_column(hot_layer *layer, const char *name, hot_type type,
                                             const char *alias, const char *unit,
                                             const char *about);

/** The column of that name, or NULL. */
hot_values *hot_layer_column(const hot_layer *layer, const char *name);

/** Set one value of a declared column. The name must be declared with that type: a mistake is a
 *  defect of the program and stops it. `text` is copied; NULL = missing. */
void hot_layer_set_integer(hot_layer *layer, const char *column, size_t row, int64_t value);
void hot_layer_set_real(hot_layer *layer, const char *column, size_t row, double value);
HOT_MUST_USE hot_status hot_layer_set_text(hot_layer *layer, const char *column, size_t row,
                                           const char *text);

/** Read one value; missing integers give `otherwise`, a missing or absent text gives NULL, a
 *  missing or absent real NaN. */
int64_t hot_layer_integer(const hot_layer *layer, const char *column, size_t row,
                          int64_t otherwise);
double hot_layer_real(const hot_layer *layer, const char *column, size_t row);
const char *hot_layer_text(const hot_layer *layer, const char *column, size_t row);

/** The density surface: float32, because that is what the file holds and the map is drawn from. */
#include "engine/space/frame.h"
typedef struct {
    hot_frame frame;
    float *value; /**< [rows * cols], row 0 north; incidents per km2 in the period; NaN = outside */
} hot_surface;
void hot_surface_free(hot_surface *surface);

/** A surface in a file of its own beside density.tif. */
typedef struct {
    const char *name;  /**< the file's, without its ending; static */
    const char *style; /**< styles/qml/<style>.qml, written beside it */
    const char *unit;
    char about[448]; /**< how it was made: the file's description */
    hot_surface surface;
} hot_raster;

/** What a run made, or what was read back from its folder: the renderer takes either. */
typedef struct {
    size_t n;
    hot_layer *layers; /**< [n], in the catalogue's order */
    size_t room;
    hot_surface surface; /**< value = NULL when there is none */
    int epsg;            /**< of every coordinate; 0 unknown */
    size_t n_rasters, room_rasters;
    hot_raster *rasters; /**< [n_rasters] other surfaces that were asked for */
} hot_result;
/** A new empty raster at the end, or NULL without memory. Pointers to earlier ones go stale. */
hot_raster *hot_result_add_raster(hot_result *result);
/** A new empty layer at the end, or NULL without memory. Pointers to earlier layers go stale. */
hot_layer *hot_result_add(hot_result *result);
/** The layer of that name, or NULL. */
hot_layer *hot_result_layer(const hot_result *result, const char *name);
/** A value of the layer run_metadata (columns key, value), or NULL. */
const char *hot_result_word(const hot_result *result, const char *key);
void hot_result_free(hot_result *result);

#endif
