/** @file geojson.h
 *  Whether all that a GeoJSON file holds was read, by its own text: the library passes over what is
 *  no feature, and cuts a text at U+0000, and does not say so.
 */
#ifndef HOT_LAYERS_READ_GEOJSON_H
#define HOT_LAYERS_READ_GEOJSON_H

#include <stddef.h>

#include "engine/base/status.h"
#include "engine/incidents/csv.h"

/** Compare a file with the number of features that were read of it. Text that is no JSON is counted
 *  somehow: to refuse it is the reader's part.
 *  @param file  its name, for the sentence
 *  @return HOT_OK; HOT_INPUT with a sentence where features or texts would be lost; HOT_MEMORY;
 *  HOT_SYSTEM where the source fails. Cost O(bytes). */
HOT_MUST_USE hot_status hot_geojson_check(hot_source source, const char *file, size_t read,
                                          hot_error *error);

#endif
