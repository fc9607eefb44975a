/** @file proj.h
 *  The door to PROJ, for what stands behind it: crs.c and operations.c alone.
 */
#ifndef HOT_LAYERS_READ_PROJ_H
#define HOT_LAYERS_READ_PROJ_H

#include <proj.h>

/** A context that prints nothing and asks no network; NULL without memory. */
PJ_CONTEXT *hot_proj_context(void);

/** The system of that number, or NULL where PROJ knows none. */
PJ *hot_proj_crs(PJ_CONTEXT *context, int epsg);

#endif
