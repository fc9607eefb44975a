/** @file surface.h
 *  The door to GDAL's rasters: the density surface as a Cloud Optimized GeoTIFF, float32, and back.
 */
#ifndef HOT_LAYERS_WRITE_SURFACE_H
#define HOT_LAYERS_WRITE_SURFACE_H

#include "layers/layer.h"

/** Write a new file. Cells outside the study area are NaN, which is the file's nodata value.
 *  @param about  one line for the file's description
 *  @param date   YYYY-MM-DD, borne by the file */
HOT_MUST_USE hot_status hot_surface_write(const char *path, const hot_surface *surface, int epsg,
                                          const char *about, const char *date, hot_error *error);

/** The same of another surface, in its own words. */
HOT_MUST_USE hot_status hot_raster_write(const char *path, const hot_raster *raster, int epsg,
                                         const char *date, hot_error *error);

/** Read one back. HOT_INPUT, with a sentence, for what is no such file. */
HOT_MUST_USE hot_status hot_surface_read(const char *path, hot_surface *surface, int *epsg,
                                         hot_error *error);

#endif
