/** @file geojson.h
 *  How many features a GeoJSON file holds, by its own text: the library passes over what is none,
 *  and does not say so.
 */
#ifndef HOT_LAYERS_READ_GEOJSON_H
#define HOT_LAYERS_READ_GEOJSON_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"
#include "engine/incidents/csv.h"

typedef struct {
    size_t lists;   /**< members of the outermost object called "features"; of two, one is lost */
    size_t members; /**< values in them, be they objects or not */
} hot_geojson_count;

/** Count. Text that is no JSON is counted somehow: to refuse it is the reader's part.
 *  @return HOT_OK; HOT_MEMORY; HOT_SYSTEM where the source fails. Cost O(bytes). */
HOT_MUST_USE hot_status hot_geojson_count_features(hot_source source, hot_geojson_count *count);

#endif
