/** @file kind.h
 *  What a file of geodata is, by its name and by its first bytes, before any library sees it; so
 *  that nothing is read as what it is not.
 */
#ifndef HOT_LAYERS_READ_KIND_H
#define HOT_LAYERS_READ_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"

typedef enum { HOT_GPKG, HOT_GEOJSON, HOT_SHAPEFILE, HOT_KML, HOT_ZIP, HOT_NO_KIND } hot_kind;

/** Is this the name of a file at all? Refused: paths inside GDAL (/vsi...), addresses (with ://),
 *  drivers (GPKG:, CSV:, WFS:, PG: ...), data written out (JSON, XML).
 *  @param text  a path, with or without :LAYER behind it
 *  @return HOT_OK; HOT_INPUT with a sentence that names it */
HOT_MUST_USE hot_status hot_path_check(const char *text, hot_error *error);

/** The kind by the ending of a name, whatever its case; HOT_NO_KIND. */
hot_kind hot_kind_of_name(const char *name);

/** Whether the first bytes of a file are those of the kind.
 *  @return HOT_OK; HOT_INPUT with a sentence that says what it looks like instead */
HOT_MUST_USE hot_status hot_kind_check(const char *file, hot_kind kind, const void *bytes, size_t n,
                                       hot_error *error);

/** hot_path_check, that it is a regular file (a Shapefile: with its .shx and .dbf; a GeoPackage:
 *  without a -wal or -journal that holds anything, for then its own bytes are not all of it), its
 *  kind by its name, and hot_kind_check. Cost: one block read. */
HOT_MUST_USE hot_status hot_kind_find(const char *path, hot_kind *kind, hot_error *error);

#endif
