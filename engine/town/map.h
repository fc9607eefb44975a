/** @file map.h
 *  The ground as drawn by hand: named points, roads, waters, parks, building styles and the lines
 *  that divide wards and beats. Metres from the origin. For engine/town only.
 */
#ifndef HOT_TOWN_MAP_H
#define HOT_TOWN_MAP_H

#include "engine/town/town.h"

typedef struct {
    int16_t x, y; /**< m */
} hot_town_pin;

/** Lines that other things follow. */
typedef enum { HOT_TOWN_FREE, HOT_TOWN_RIVER, HOT_TOWN_BROOK, HOT_TOWN_RAIL } hot_town_course;
enum { HOT_TOWN_COURSES = 4, HOT_TOWN_ROAD = 4, HOT_TOWN_PINS = 20 };

/** Named points. One on a course moves to its nearest vertex. */
enum {
    AT_RIVER_IN,
    AT_RIVER_MILL,
    AT_RIVER_ELBOW,
    AT_RIVER_MEADOW,
    AT_WEST_BRIDGE,
    AT_OLD_BRIDGE,
    AT_WHARF,
    AT_MOUTH,
    AT_NEW_BRIDGE,
    AT_RIVER_OUT,
    AT_LONDON_BRIDGE,
    AT_PRIORY_BRIDGE,
    AT_FORD,
    AT_RAIL_IN,
    AT_RAIL_RING,
    AT_RAIL_OSYTH,
    AT_RAIL_EAST,
    AT_RAIL_OUT,
    AT_MARKET_SW,
    AT_MARKET_NE,
    AT_MARKET_NW,
    AT_CROSS,
    AT_NORTHGATE,
    AT_RING_NORTH,
    AT_NORTH_END,
    AT_COLDHARROW,
    AT_NORTH_OUT,
    AT_PRIORY_CORNER,
    AT_RING_PRIORY,
    AT_RING_THORPE,
    AT_RING_EAST,
    AT_RING_WORKS,
    AT_RING_MEAD,
    AT_RING_ABBEY,
    AT_RING_SOUTH,
    AT_SOUTHGATE,
    AT_SOUTH_OUT,
    AT_SHEEP,
    AT_WESTGATE,
    AT_WEST_END,
    AT_WEST_OUT,
    AT_STATION,
    AT_MILLBROOK,
    AT_MILLBROOK_ROAD,
    AT_WORKS,
    AT_EASTFIELD,
    AT_EAST_OUT,
    AT_MILL,
    AT_LARK_WEST,
    AT_LARK_NORTH,
    AT_LARK_EAST,
    AT_SOUTHFIELDS,
    AT_NETHER_WEND,
    AT_SOUTH_EAST_OUT,
    AT_HINTON_TURN,
    AT_HINTON,
    AT_NORTH_WEST_OUT,
    AT_ASHMERE,
    AT_ASHMERE_TURN,
    AT_SOUTH_WEST_OUT,
    AT_THORPE,
    AT_NORTH_EAST_OUT,
    AT_THORPE_TURN,
    AT_LARK_EDGE,
    HOT_TOWN_SPOTS
};

typedef struct {
    hot_town_pin at;
    uint8_t course; /**< hot_town_course */
} hot_town_spot;

typedef struct {
    const char *name;
    uint8_t class_; /**< hot_town_class */
    uint8_t from, to;
    uint8_t bend;        /**< a step may bend by 1 / bend of its length; 0 = straight */
    hot_town_pin via[6]; /**< ends at 0,0 */
} hot_town_road;

typedef struct {
    const char *name;
    hot_town_pin pin[HOT_TOWN_PINS]; /**< ends at 0,0 */
} hot_town_outline;

typedef struct {
    uint8_t style;
    hot_town_pin pin[HOT_TOWN_PINS];
} hot_town_quarter;

/** Pieces of ground; wards and beats are made of whole pieces. */
enum {
    IN_MARKET,
    IN_STATION,
    IN_OSYTH,
    IN_NORTHGATE,
    IN_PRIORY_WEST,
    IN_PRIORY_EAST,
    IN_MILLBROOK,
    IN_ABBEY,
    IN_SOUTHFIELDS,
    IN_LARKFIELD,
    IN_COLDHARROW,
    IN_THORPE,
    IN_EASTFIELD,
    IN_WEND,
    IN_HINTON,
    IN_ASHMERE,
    IN_NOTHING,
    HOT_TOWN_PIECES = IN_NOTHING
};

/** A line between two pieces, along a course or a road, or free. */
typedef struct {
    uint8_t from, to, along; /**< along: hot_town_course, or HOT_TOWN_ROAD = the road between */
    uint8_t left, right;
    hot_town_pin via[4];
} hot_town_border;

extern const hot_town_spot hot_town_spots[HOT_TOWN_SPOTS];
extern const hot_town_outline hot_town_course_pins[HOT_TOWN_COURSES];
extern const hot_town_road hot_town_roads[];
extern const size_t hot_town_n_roads;
extern const hot_town_outline hot_town_park_pins[];
extern const size_t hot_town_n_parks;
extern const hot_town_quarter hot_town_quarters[];
extern const size_t hot_town_n_quarters;
extern const hot_town_border hot_town_borders[];
extern const size_t hot_town_n_borders;

/** Where the named points came to lie, and the courses; made first, used by all. */
typedef struct {
    hot_town_point spot[HOT_TOWN_SPOTS];
    size_t vertex[HOT_TOWN_SPOTS]; /**< of its course */
    hot_town_points course[HOT_TOWN_COURSES];
} hot_town_ground;
HOT_MUST_USE hot_status hot_town_ground_new(hot_town_ground *ground);
void hot_town_ground_free(hot_town_ground *ground);

#endif
