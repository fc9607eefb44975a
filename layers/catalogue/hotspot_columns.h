/** @file hotspot_columns.h
 *  What layers of hotspots have in common, be they adopted, frozen or found: the same columns,
 * worked out in the same way, so that a set that was found can be frozen, adopted and compared.
 *
 *  With --hotspots the layer `hotspots` holds the adopted ones and what was found stands in
 *  `hotspots_found`; without, `hotspots` holds what was found.
 */
#ifndef HOT_LAYERS_CATALOGUE_HOTSPOT_COLUMNS_H
#define HOT_LAYERS_CATALOGUE_HOTSPOT_COLUMNS_H

#include "layers/layer.h"
#include "layers/study.h"

/** The layers `hotspots`, `hotspots_found` and those of --hotspots-by: the same columns. */
extern const hot_declaration hot_hotspots_layer, hot_hotspots_found_layer, hot_hotspots_day_layer,
    hot_hotspots_night_layer;

/** The hotspots of a layer, row by row. */
typedef struct {
    const hot_study *study;
    size_t n;
    const int32_t *of;        /**< [points] the row that holds each point; negative = none */
    const hot_shapes *shapes; /**< [n] m */
    const double *ground;     /**< [n] m2 of each in the study area; NULL = all of it */
} hot_hotspot_rows;

/** [shapes->n] a box each; of a feature without a vertex one that meets no other. NULL = no memory.
 */
hot_box *hot_boxes_of(const hot_shapes *shapes);

/** Those of some boxes that meet a box.
 *  @param list  [n] out
 *  @return how many */
size_t hot_boxes_near(const hot_box *to, const hot_box *box, size_t n, size_t *list);

/** ", on 0.10% of the study area"; nothing where there is none.
 *  @param area  m2, of hotspots in it */
void hot_hotspots_phrase_ground(const hot_study *study, double area, char *text, size_t room);

/** Fill incidents, share, rank and their running sums, area_m2, cumulative_area_share and per_km2.
 *  Rank is 1, 2, 2, 4 by incidents; running sums go by rank, and at equal ranks by row. */
HOT_MUST_USE hot_status hot_hotspots_set_counts(const hot_hotspot_rows *hotspots, hot_layer *layer);

/** Fill months, months_hot and persistence (engine/trends/course.h).
 *
 *  Months are those of the period that the input covers and that it holds whole. A month is hot
 *  where a hotspot has more incidents than an even spread over the study area would give it, beyond
 *  usual variation (engine/trends/months.h, the rest of the study area being one unit more); as in
 *  trend_classes. months_hot stays missing without a study area. */
HOT_MUST_USE hot_status hot_hotspots_set_months(const hot_hotspot_rows *hotspots, hot_layer *layer);

/** Fill top_type: what most of its incidents are; of equals the first by the alphabet. */
HOT_MUST_USE hot_status hot_hotspots_set_types(const hot_hotspot_rows *hotspots, hot_layer *layer);

/** Fill kinds: "nuisance 30, personal 12", most first, of equals by their order in kinds.h; nothing
 *  without --map-types. */
HOT_MUST_USE hot_status hot_hotspots_set_kinds(const hot_hotspot_rows *hotspots, hot_layer *layer);

/** Fill ward_code, beat_code, and NAME_code for every other area set: the area that holds a point
 *  inside the hotspot (GEOS's point on surface), wherever its incidents are.
 *  @return HOT_OK; HOT_MEMORY */
HOT_MUST_USE hot_status hot_hotspots_set_codes(const hot_hotspot_rows *hotspots, hot_layer *layer);

/** Fill hotspot_incidents of an area set's layer: its incidents that are in a hotspot of the layer
 *  `hotspots`, be they adopted or found.
 *  @param of  [points] as in hot_hotspot_rows */
void hot_hotspots_set_inside(const hot_study *study, const hot_area_set *set, const int32_t *of,
                             hot_layer *areas);

#endif
