/** @file describe.h
 *  What the columns and layers of a GeoPackage mean, as rows of its own tables: the extensions
 *  Schema (a name for people, a description with the unit, the values a column may take) and
 *  Metadata (where a layer comes from).
 *
 *  All of it follows from the declarations and from the layer run_metadata. The values of a layer's
 *  class column are an enumeration with the declared labels, which QGIS shows in their place.
 * Ranges are said in words only ("Unit: 0 to 1."): QGIS 3.22 shows a number that has a range
 * without its decimals, 0.32 as 0.
 */
#ifndef HOT_LAYERS_WRITE_DESCRIBE_H
#define HOT_LAYERS_WRITE_DESCRIBE_H

#include "layers/layer.h"

/** The standard that the manifest in gpkg_metadata is named by. */
#define HOT_MANIFEST_STANDARD "urn:hotbeat:manifest"

/** Give every statement of SQL to `run`, in order, until one fails.
 *  @param date  YYYY-MM-DD, the date the rows bear
 *  @return HOT_OK; HOT_MEMORY; what `run` or hot_record_format failed with */
HOT_MUST_USE hot_status hot_describe(const hot_result *result, const char *date,
                                     hot_status (*run)(void *self, const char *sql), void *self);

#endif
