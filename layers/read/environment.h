/** @file environment.h
 *  What a person's surroundings may not change.
 */
#ifndef HOT_LAYERS_READ_ENVIRONMENT_H
#define HOT_LAYERS_READ_ENVIRONMENT_H

/** Take out of the environment every setting of GDAL and its drivers (GDAL_, OGR_, CPL_, OSR_,
 *  SHAPE_, GTIFF_, GPKG_, SQLITE_, VSI, ...) and PROJ_NETWORK. PROJ_DATA and PROJ_LIB stay: they
 * say where grids lie. To be called before threads are started. */
void hot_environment_clear(void);

#endif
