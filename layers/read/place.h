/** @file place.h
 *  The door to PROJ: from an input's coordinate system to the analysis's, by the best operation
 *  there is and never by a ballpark one.
 */
#ifndef HOT_LAYERS_READ_PLACE_H
#define HOT_LAYERS_READ_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"
#include "engine/space/shapes.h"

/** Where grids are looked for, beside PROJ's own folders; NULL = nowhere else. */
typedef struct {
    const char *grid; /**< a grid file given by hand */
    bool require;     /**< fail unless positions are good to 1.5 m */
} hot_place_rules;

typedef struct hot_place hot_place;

/** A way from one EPSG code to another, x before y on both sides (east before north).
 *  @return HOT_OK; HOT_INPUT for a code that is not known, or without any operation better than
 *  ballpark, or with `require` and no accurate one */
HOT_MUST_USE hot_status hot_place_new(int from_epsg, int to_epsg, const hot_place_rules *rules,
                                      hot_place **place, hot_error *error);

/** Put n coordinates in place; one that cannot be projected becomes NaN, NaN. */
void hot_place_points(hot_place *place, double *x, double *y, size_t n);

/** What was done to the points so far. */
typedef struct {
    const char *operation; /**< PROJ's description; "none" when both systems are the same */
    double accuracy;       /**< m; NaN = unknown */
    const char *grid;      /**< base name of the datum grid used; NULL = none */
    size_t fallen_back;    /**< points outside the grid, put in place by the next best operation */
    bool coarse;           /**< a datum step better than the one used exists, but not here */
} hot_place_report;
hot_place_report hot_place_told(const hot_place *place);

void hot_place_free(hot_place *place);

/** What is known of a coordinate system. */
typedef struct {
    char name[128];
    bool projected, metric; /**< metric: in metres, east and north */
    hot_box degrees;        /**< where it is used, longitude and latitude */
} hot_crs;
HOT_MUST_USE hot_status hot_crs_of(int epsg, hot_crs *crs, hot_error *error);

/** "EPSG:27700" -> 27700; 0 where the text is anything else. */
int hot_epsg_parse(const char *text);

#endif
