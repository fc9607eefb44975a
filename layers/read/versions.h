/** @file versions.h
 *  Which versions of the geospatial libraries are in use.
 */
#ifndef HOT_LAYERS_READ_VERSIONS_H
#define HOT_LAYERS_READ_VERSIONS_H

/** Texts that live as long as the program. */
typedef struct {
    const char *gdal, *proj, *geos, *sqlite;
} hot_versions;
hot_versions hot_versions_here(void);

#endif
