/** @file hotspots.h
 *  Which places of a size that can be walked hold the most incidents?
 *
 *  Units (discs of one radius, hexagons of one side, or given street segments) are chosen one after
 *  the other, each the one that holds the most weight not yet held (or the most for the area that
 *  it adds), until a budget is spent. Units that touch are one place. What is chosen under a
 *  smaller budget is the beginning of what is chosen under a larger one.
 *
 *  Source  Church and ReVelle (1974), "The maximal covering location problem", Papers of the
 *          Regional Science Association 32, 101-118; taking the greatest first holds at least
 *          1 - 1/e of the most that so many units can: Nemhauser, Wolsey and Fisher (1978),
 *          Mathematical Programming 14; gains looked at again only when they come up: Minoux
 *          (1978), "Accelerated greedy algorithms". For the area added: Khuller, Moss and Naor
 *          (1999), "The budgeted maximum coverage problem", Information Processing Letters 70.
 *          Budget in area and ranked hexagons: College of Policing, hot spot guides.
 *  Departs A disc's centre is free, but for a lattice of radius / HOT_HOTSPOT_STEPS in the system
 *          of the points (for EPSG:27700 of the national grid); see tests/bench/README.md for how
 *          little a finer one finds. Part of a group (a ward, what is left of it) narrower than a
 *          quarter of a radius may be passed over.
 */
#ifndef HOT_HOTSPOTS_HOTSPOTS_H
#define HOT_HOTSPOTS_HOTSPOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/space/shapes.h"

/** Steps of the lattice of centres in a disc's radius. */
enum { HOT_HOTSPOT_STEPS = 32 };

/** Incidents, or distinct places with theirs. All borrowed; several at one position are one place
 *  that has their sums. */
typedef struct {
    size_t n;                /**< < 2^31 */
    const double *x, *y;     /**< [n] m */
    const double *weight;    /**< [n] 0 to 1e100; e.g. the sum of 0.5^(age / half-life). NULL = the
                                  count */
    const uint32_t *count;   /**< [n] incidents, of which 0 have no weight; NULL = 1 each */
    const uint8_t *left_out; /**< [n] 1 = held by no unit and counted nowhere: a police station, a
                                  default position, one that is not known; NULL = none */
} hot_hotspot_points;

typedef enum {
    HOT_HOTSPOT_DISC,    /**< closed: a point at the very radius is in it */
    HOT_HOTSPOT_HEXAGON, /**< pointed at north and south; the centre of one is the system's origin;
                              a point on an edge belongs to one of the two */
    HOT_HOTSPOT_SEGMENT, /**< features of `streets`; a point belongs to the nearest within reach, to
                              the first of those equally near */
} hot_hotspot_shape;

/** Number of the group (ward, beat) that holds a centre; negative = no unit may have it. May be
 *  asked by several threads at once; the same question always has the same answer. */
typedef int32_t hot_hotspot_group(void *with, double x, double y);

/** What is asked. A zero that is not explained is no restriction. */
typedef struct {
    hot_hotspot_shape shape;
    double size;    /**< m, > 0: radius of a disc, side of a hexagon, reach of a segment */
    size_t units;   /**< most units; 0 = no budget of number */
    double area;    /**< m2, the most that the units together cover; 0 = no budget of area. The
                         first unit that would go beyond it ends the choice */
    bool per_area;  /**< discs: take the one with the most weight for each m2 that it adds to those
                         before it, which counts as a quarter of a disc at least, so that none is
                         taken for a sliver; better where the budget is one of area. Otherwise, and
                         for other shapes, the one with the most weight */
    uint32_t least; /**< incidents that a unit must have (not held before it); 0 is as 1 */
    double spacing; /**< m, the least distance of centres; 0 = discs may overlap */
    size_t per_group;          /**< most units of one group; 0 = any number */
    hot_hotspot_group *group;  /**< NULL = one group, everywhere */
    void *with;                /**< given to `group` */
    const hot_shapes *streets; /**< of HOT_HOTSPOT_SEGMENT: lines, a feature each; borrowed */
    double shift_x, shift_y;   /**< m, moves the lattice or the hexagons */
} hot_hotspot_rules;

/** One disc, hexagon or segment. */
typedef struct {
    double x, y;        /**< m, centre; of a segment the middle of its length */
    double weight;      /**< held by it and by none before it; > 0 */
    uint32_t incidents; /**< the same; >= least */
    double area;        /**< m2 that it adds to those before it: a disc's part outside them; of a
                             segment all within its reach */
    int32_t group;      /**< 0 where no groups were given */
    int32_t place;      /**< index of its place */
    int64_t name;       /**< segment: the feature; hexagon: one number each; disc: -1 */
} hot_hotspot_unit;

/** Units that overlap or touch. */
typedef struct {
    double weight;
    uint32_t incidents; /**< each counted once */
    double area;        /**< m2 of the union; of segments the sum */
    uint32_t units;
    uint32_t first; /**< its first unit */
} hot_hotspot_place;

/** `= {0}` is empty; free with hot_hotspots_free. */
typedef struct {
    size_t n;
    hot_hotspot_unit *unit; /**< [n] in the order in which they were chosen */
    size_t n_places;
    hot_hotspot_place *place; /**< [n_places] most weight first, then most incidents, then by their
                                   first units */
    size_t n_points;
    int32_t *held; /**< [n_points] unit that holds each point, the first that does; -1 = none */
    size_t tied;   /**< further units, chosen after the last by the same rules but the budget, that
                        would hold as much weight (for its area) and as many incidents as the
                        last; counted up to
                        HOT_HOTSPOT_TIED; 0 where no budget ended the choice */
} hot_hotspots;

enum { HOT_HOTSPOT_TIED = 1000 };

/** Choose them.
 *
 *  Of units that hold the same weight (for their area) the one with more incidents is chosen; then
 * the disc whose incidents lie closest about its centre (least sum of weight times squared
 * distance); then the southernmost; then the westernmost (of segments the first feature). Fewer are
 * chosen than asked for where no other unit holds anything, or the least. Weights are summed as
 * whole numbers of 2^-52 of n times the greatest weight, or finer: sums and ties do not depend on
 * an order.
 *
 *  @param out  untouched on failure
 *  @return HOT_OK (also with no point, or all left out: n = 0); HOT_MEMORY; HOT_DOMAIN for a size,
 *          budget of area or spacing that is negative or not finite, a size of 0, segments without
 *          streets, a position that is not finite or beyond 2^30 sizes, a weight that is
 *          negative, not finite or above 1e100, or 2^32 incidents
 *
 *  Cost    O(n log n + units * (units + points near one)), on one thread; the result is the same
 *          for any order of the points
 *  Memory  O(n) */
HOT_MUST_USE hot_status hot_hotspots_choose(const hot_hotspot_points *points,
                                            const hot_hotspot_rules *rules, hot_hotspots *out);
void hot_hotspots_free(hot_hotspots *hotspots);

/** The first unit that holds each of other points: what was chosen on the past, asked of the next
 *  month. A hit of the first k units is a point whose unit is below k.
 *  @param unit  [n] out; -1 = none. A position that is not finite is in none
 *  @return HOT_OK; HOT_MEMORY or, for a position beyond 2^30 sizes, HOT_DOMAIN (unit is then not to
 *          be used)
 *  Cost    O(n log n + units)    Memory  O(n + units) */
HOT_MUST_USE hot_status hot_hotspots_hold(const hot_hotspots *hotspots,
                                          const hot_hotspot_rules *rules, const double *x,
                                          const double *y, size_t n, int32_t *unit);

#endif
