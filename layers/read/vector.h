/** @file vector.h
 *  The door to OGR for reading: GeoPackage, GeoJSON, Shapefile (also zipped), KML, by drivers that
 *  are registered by name and no others.
 */
#ifndef HOT_LAYERS_READ_VECTOR_H
#define HOT_LAYERS_READ_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/memory.h"
#include "engine/base/status.h"
#include "engine/space/shapes.h"

/** A layer of a file, whole: its fields as text and its geometry as flat arrays, in the file's own
 *  coordinate system, x before y. Polygons are as they stand in the file, not yet checked. */
typedef struct {
    size_t n, n_fields;
    const char **field;  /**< [n_fields] names */
    const char **value;  /**< [n * n_fields] text; NULL = NULL */
    hot_shapes lines;    /**< n features; those without lines have no part */
    hot_shapes polygons; /**< n features; those without polygons have no part */
    double *x, *y;       /**< [n] points; NaN where a feature is none */
    bool *other;         /**< [n] has a geometry that is not one point: several, lines, polygons */
    int epsg;            /**< 0 = the file does not say, or it is no EPSG code */
    const char *layer;   /**< its name */
    hot_arena arena;
} hot_vector;

/** How much of a file is read; one more of anything refuses it with a sentence. */
typedef struct {
    size_t features;
    size_t vertices;    /**< of lines and polygons, in all */
    size_t field_bytes; /**< of one value */
    size_t text_bytes;  /**< of all values */
} hot_vector_limits;

static const hot_vector_limits hot_vector_usual = {1000000, 50000000, 1 << 20, 512 << 20};

/** Read one layer, within hot_vector_usual.
 *
 *  The file is known by its name and its first bytes, which must agree (see kind.h), and is opened
 *  by that one driver; in a .zip, the Shapefile, GeoPackage or GeoJSON file that it holds. Refused:
 *  what is no file, a layer of a GeoPackage that is a view or virtual, and a GeoPackage whose own
 *  tables are, or that has a write-ahead log beside it. Curves are taken as chords of 4 degrees at
 * most; Z and M are passed by.
 *  @param path   a .gpkg, .geojson, .json, .shp, .kml or .zip
 *  @param layer  its name; NULL = the only one
 *  @return HOT_OK; HOT_INPUT with a sentence for a file that is none of these, cannot be read to
 *  its end, has no such layer, or several and none was named (the sentence lists them) */
HOT_MUST_USE hot_status hot_vector_read(const char *path, const char *layer, hot_vector *vector,
                                        hot_error *error);
void hot_vector_free(hot_vector *vector);

/** The same within other limits. */
HOT_MUST_USE hot_status hot_vector_read_within(const char *path, const char *layer,
                                               const hot_vector_limits *limits, hot_vector *vector,
                                               hot_error *error);

/** The names of a file's layers, in its own order; owned by the caller, each with hot_free. */
HOT_MUST_USE hot_status hot_vector_layers(const char *path, char ***names, size_t *n,
                                          hot_error *error);

/** The number of the field of that name (ASCII case does not matter), or -1. */
int hot_vector_field(const hot_vector *vector, const char *name);

/** Get GDAL ready: the drivers by name, no network, no settings from outside (environment.h).
 * Called by every door to GDAL, first before threads are started; cheap the second time. */
void hot_gdal_ready(void);

#endif
