/** @file hint.h
 *  What a rejected row would have been, had it been read another way: so that a person can be told
 *  which option mends it.
 */
#ifndef HOT_INCIDENTS_HINT_H
#define HOT_INCIDENTS_HINT_H

#include "engine/incidents/clock.h"
#include "engine/incidents/csv.h"
#include "engine/incidents/incidents.h"
#include "engine/space/shapes.h"

typedef enum {
    HOT_HINT_MONTH_FIRST,   /**< no date as it is read, but one with the month first */
    HOT_HINT_DAY_FIRST,     /**< the other way about */
    HOT_HINT_THOUSANDS,     /**< 425,100: a number with separators of thousands */
    HOT_HINT_DECIMAL_COMMA, /**< 51,5 */
    HOT_HINT_SWAPPED,       /**< the axes exchanged */
    HOT_HINT_DEGREES,       /**< degrees where metres belong */
    HOT_HINT_GRID_METRES,   /**< metres of the National Grid where degrees belong */
    HOT_HINT_MERCATOR,      /**< in Great Britain as Web Mercator (EPSG:3857) */
    HOT_HINT_UTM,           /**< in Great Britain as UTM zone 30 north (EPSG:32630) */
    HOT_HINT_KILOMETRES,    /**< kilometres of the National Grid, or 404.000 for 404,000 */
    HOT_HINTS,              /**< how many there are; also: none */
} hot_hint;

/** Of a text that is no date in `format`. */
hot_hint hot_hint_of_date(hot_slice text, hot_date_format format);

/** Of a text that is no number. */
hot_hint hot_hint_of_number(hot_slice text);

/** Whether an easting and northing are those of kilometres: as metres they are in the sea, in the
 *  National Grid's south-west corner. */
bool hot_is_kilometres(double x, double y);

/** Of a position that was rejected.
 *  @param kind     what its columns are
 *  @param degrees  where the analysis's coordinate system is used; all 0 = not known */
hot_hint hot_hint_of_position(double x, double y, hot_coordinates kind, hot_reason reason,
                              hot_box degrees);

#endif
