/** @file points.h
 *  Incidents from points of GeoPackage, GeoJSON, Shapefile or KML, by the same rules as from CSV.
 */
#ifndef HOT_LAYERS_READ_POINTS_H
#define HOT_LAYERS_READ_POINTS_H

#include "engine/incidents/intake.h"
#include "layers/read/file.h"

/** Read a layer. A row's line is its feature's number, 1 = the first; a feature without geometry
 * has no_coordinates, one that is no point bad_number. The geometry is where it was, whatever
 * columns of coordinates there are.
 *  @param layer    NULL = the only one
 *  @param name     the file's, for sentences
 *  @param epsg     in: the system of a file that does not say its own, 0 = refuse that; out: the
 *                  system of the rows' x and y
 *  @param content  out: of the file's bytes as they stand, a Shapefile's .shp, .dbf, .prj and .cpg
 *  @return HOT_OK; HOT_INPUT, HOT_USAGE with a sentence; *intake may then be freed
 *  Memory  O(file) */
HOT_MUST_USE hot_status hot_points_read(const char *path, const char *layer, const char *name,
                                        const hot_intake_rules *rules, int *epsg,
                                        hot_intake *intake, hot_content *content, hot_error *error);

#endif
