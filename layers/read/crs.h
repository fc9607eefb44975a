/** @file crs.h
 *  The door to PROJ: what is known of a coordinate system.
 */
#ifndef HOT_LAYERS_READ_CRS_H
#define HOT_LAYERS_READ_CRS_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"
#include "engine/space/shapes.h"

/** What is known of a coordinate system. */
typedef struct {
    char name[128];
    bool projected,
        metric;      /**< metric: in metres on the ground, east and north; so not Web Mercator */
    hot_box degrees; /**< where it is used, longitude and latitude; all 0 = not known */
    hot_box metres;  /**< that box in its own units where projected; all 0 = not known */
} hot_crs;

/** Any thread may ask. Cost some 10 ms for the first of a run, next to nothing for one asked for
 *  before.
 *  @return HOT_OK; HOT_INPUT for a code that is not known, HOT_SYSTEM without PROJ's database */
HOT_MUST_USE hot_status hot_crs_of(int epsg, hot_crs *crs, hot_error *error);

/** Folders that PROJ looks for grids in, and its database; "" where unknown. `text` of `room`. */
void hot_place_folders(char *text, size_t room);

/** "EPSG:27700" -> 27700; 0 where the text is anything else. */
int hot_epsg_parse(const char *text);

#endif
