/** @file hotspots_found.h
 *  Hotspots that a run finds by itself; for the files of this analysis alone.
 */
#ifndef HOT_LAYERS_CATALOGUE_HOTSPOTS_FOUND_H
#define HOT_LAYERS_CATALOGUE_HOTSPOTS_FOUND_H

#include "engine/hotspots/hotspots.h"
#include "engine/hotspots/stability.h"
#include "layers/layer.h"
#include "layers/study.h"

/** What the search stands on, whatever incidents it is for. `= {0}` is empty. */
typedef struct {
    uint8_t *left_out; /**< [points] 1 = --hotspots-exclude names it; NULL = no list was given */
    hot_shapes cut;    /**< what no hotspot covers: the list's polygons, and a square of 1 cm about
                            each other point that is left out, so that what is drawn is what counts */
    hot_box *cut_box;  /**< [cut.n] */
    hot_box *area_box; /**< [areas of the study area's set] */
    bool has_roads;    /**< whether `roads` was read */
    hot_result roads;  /**< the context, once it was asked for */
} hot_search;

/** What is left out, by --hotspots-exclude.
 *  @return HOT_OK; HOT_INPUT with a sentence; HOT_MEMORY. Free *search in any case */
HOT_MUST_USE hot_status hot_search_new(hot_study *study, hot_search *search, hot_error *error);
void hot_search_free(hot_search *search);

/** The lines of --context roads=FILE in the study's frame, or NULL where there are none. */
HOT_MUST_USE hot_status hot_search_roads(const hot_study *study, hot_search *search,
                                         const hot_layer **roads, hot_error *error);

enum { HOT_FOUND_SIDES = 64 }; /**< of the polygon about a disc */

/** One search. */
typedef struct {
    hot_study *study;
    hot_search *search;
    const char *prefix;        /**< of the codes: "H" */
    const hot_area_set *group; /**< of --hotspots-per; NULL = none */
    hot_hotspot_rules rules;
    hot_hotspots chosen;
    hot_stability *stability; /**< [chosen.n_places]; NULL = not asked for */
    uint32_t *place;          /**< [set.areas.n] which of chosen.place each is */
    hot_area_set set; /**< what is published, most incidents first; areas.code, areas.label and
                           area_of are its own */
} hot_found;

/** Read what is asked for: shape, size, budget ...
 *  @return HOT_OK; HOT_USAGE with a sentence */
HOT_MUST_USE hot_status hot_found_rules(hot_found *found, hot_error *error);

/** Whether none is asked for (--hotspots-count 0, and no --hotspots-area). */
bool hot_found_unasked(const hot_study *study);

/** Choose, and look how stable that is (--hotspots-draws).
 *
 *  Points weigh what their incidents do (1, or --weights) times 0.5^(age in months / half-life),
 *  age 0 being the last month of the period. Coarse positions and points left out weigh nothing. */
HOT_MUST_USE hot_status hot_found_choose(hot_found *found, hot_error *error);

/** Draw each place: its discs (64 sides about the circle, so that all that a disc holds is inside),
 *  hexagons or streets as one polygon, without what lies outside the study area or is excluded; and
 *  put them in order, with codes, and the points that each holds.
 *  @return HOT_OK; HOT_INPUT with a sentence where GEOS cannot cut one; HOT_MEMORY */
HOT_MUST_USE hot_status hot_found_draw(hot_found *found, hot_error *error);

/** Name each: the two streets that most of its incidents give as their place, never an address;
 *  else the nearest named road of the context; else "Near" the area that holds its middle. No two
 *  have one name. `layer` has the codes of areas already. */
HOT_MUST_USE hot_status hot_found_name(hot_found *found, hot_layer *layer, hot_error *error);

/** What the layer says of itself. */
HOT_MUST_USE hot_status hot_found_say(const hot_found *found, hot_layer *layer);

void hot_found_free(hot_found *found);

#endif
