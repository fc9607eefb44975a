/** @file place.h
 *  From an input's coordinate system to the analysis's, by the best operation
 *  there is and never by a ballpark one.
 *
 *  Each hot_place has a PROJ context of its own: two may be used by two threads at once, one may
 *  not, though it uses several itself. There is no network.
 */
#ifndef HOT_LAYERS_READ_PLACE_H
#define HOT_LAYERS_READ_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"
#include "layers/read/crs.h"

typedef struct hot_place hot_place;

/** Places that are not in use, each between two systems of its own: what was found out serves
 *  again. All by the same rules; not for two threads at once. `= {0}` is empty. */
enum { HOT_IDLE_PLACES = 4 };
typedef struct {
    size_t n;
    hot_place *place[HOT_IDLE_PLACES];
} hot_idle_places;

void hot_idle_places_free(hot_idle_places *places);

typedef struct {
    const char *grid; /**< a grid file given by hand, found by its name in any case and folder; NULL
                           = only PROJ's own folders and PROJ_DATA */
    bool require;     /**< every position is good to 1.5 m, or it is NaN */
    int threads;      /**< that place many points side by side; below 2 = one */
    hot_idle_places *idle; /**< a place is taken from them where there is one, and goes back to them
                           when it is freed; NULL = each is looked up anew */
} hot_place_rules;

/** A way from one EPSG code to another, x before y on both sides (east before north).
 *  @return HOT_OK; HOT_INPUT for a code that is not known, without any operation better than
 *  ballpark, or with a grid given by hand that is not the one needed or cannot be read;
 *  HOT_SYSTEM with `require` where none is good to 1.5 m. A sentence says what to do.
 *  Cost some 30 ms, 100 ms where the grid is not here: PROJ looks into its database; nothing for an
 *  idle one. */
HOT_MUST_USE hot_status hot_place_new(int from_epsg, int to_epsg, const hot_place_rules *rules,
                                      hot_place **place, hot_error *error);

/** Put n coordinates in place; NaN, NaN where that cannot be done, or where the result lies more
 *  than 50 km outside the area that the system is made for. Unchanged between one and the same
 *  system. */
void hot_place_points(hot_place *place, double *x, double *y, size_t n);

/** What was done to the points so far. The texts live as long as the place. */
typedef struct {
    const char *operation; /**< the one that placed most points, in PROJ's words; "none" */
    double accuracy;       /**< m; the worst that was used; NaN = PROJ does not know one of them */
    const char *grid;      /**< base name of the datum grid of that operation; NULL = none */
    const char *grid_path; /**< where it was found; names a folder of this machine */
    const char *wanted;    /**< a grid that is not here and would make 1.5 m; NULL = none */
    size_t operations;     /**< how many were used */
    size_t fallen_back;    /**< points outside the grid, put in place by the next best operation */
    bool coarse;           /**< = wanted is a name */
} hot_place_report;
hot_place_report hot_place_told(const hot_place *place);

/** Idle places must outlive it. */
void hot_place_free(hot_place *place);

#endif
