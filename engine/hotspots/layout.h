/** @file layout.h
 *  Incidents laid so that those of a disc, a hexagon or a street are found at once.
 */
#ifndef HOT_HOTSPOTS_LAYOUT_H
#define HOT_HOTSPOTS_LAYOUT_H

#include <math.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/hotspots/hotspots.h"
#include "engine/hotspots/plots.h"

/** Lay points into squares of a disc's radius, into hexagons (row, and column along the row), or to
 *  the streets that they belong to (row = the street, column 0). What is not finite is left out.
 *  @return HOT_OK; HOT_MEMORY; HOT_DOMAIN for a finite position beyond 2^30 sizes (*plots
 *          untouched) */
HOT_MUST_USE hot_status hot_layout_new(const hot_hotspot_points *points,
                                       const hot_hotspot_rules *rules, hot_plots *plots);

/** The square of a disc's radius that holds a coordinate. */
static inline double hot_layout_square(double v, double shift, double size)
{
    return floor((v - shift) / size);
}

/** A hexagon's name holds its row and its column. */
enum { HOT_LAYOUT_BIAS = 1 << 30 };
static inline int64_t hot_layout_name(int32_t row, int32_t col)
{
    return (int64_t)(row + HOT_LAYOUT_BIAS) << 32 | (int64_t)(col + HOT_LAYOUT_BIAS);
}
static inline int32_t hot_layout_row(int64_t name)
{
    return (int32_t)(name >> 32) - HOT_LAYOUT_BIAS;
}
static inline int32_t hot_layout_col(int64_t name)
{
    return (int32_t)(name & 0xffffffff) - HOT_LAYOUT_BIAS;
}

/** The centre of a hexagon. */
void hot_layout_hexagon(const hot_hotspot_rules *rules, int32_t row, int32_t col, double *x,
                        double *y);

/** Where the places of a unit are: `runs` runs from[k] .. to[k] - 1, of which those within
 *  radius2 of (x, y) are in it. */
typedef struct {
    int runs;
    uint32_t from[3], to[3];
    double x, y, radius2; /**< INFINITY: all are */
} hot_layout_reach;

hot_layout_reach hot_layout_reach_of(const hot_plots *plots, const hot_hotspot_rules *rules,
                                     const hot_hotspot_unit *unit);

static inline int hot_layout_holds(const hot_layout_reach *reach, double x, double y)
{
    double dx = x - reach->x, dy = y - reach->y;
    return dx * dx + dy * dy <= reach->radius2;
}

#endif
