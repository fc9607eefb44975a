/** @file units.h
 *  What incidents are counted by, to see whether a few have most of them: places, cells, areas,
 *  persons.
 */
#ifndef HOT_LAYERS_UNITS_H
#define HOT_LAYERS_UNITS_H

#include <stdbool.h>

#include "engine/concentration/concentration.h"
#include "layers/layer.h"
#include "layers/study.h"

typedef struct {
    const char *name;     /**< as in tables: "place", "cell_250m", "ward", "person" */
    char many[96];        /**< several of them, in words */
    bool whole;           /**< units without an incident are known, and counted */
    uint64_t without_key; /**< incidents of no person or case */
    uint64_t coarse;      /**< incidents whose position is too coarse for a place or cell */
    hot_tiers tiers;
} hot_unit;

/** `= {0}` is empty; free with hot_units_free. */
typedef struct {
    size_t n, room;
    hot_unit *unit;
} hot_units;

/** Count the incidents inside by places (map points on anonymised input), by cells of 250 m of the
 *  study area (those whose centre it holds, and any other with an incident; without a study area
 *  only those with one; none where there are too many for a frame), by each area set, and by case
 *  or person where the input has a key.
 *  @param result  with the area sets' layers
 *  @return HOT_OK, or HOT_MEMORY (*units may be freed) */
HOT_MUST_USE hot_status hot_units_count(hot_study *study, const hot_result *result,
                                        hot_units *units);
void hot_units_free(hot_units *units);

#endif
