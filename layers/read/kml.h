/** @file kml.h
 *  Whether all that a KML file holds was read, by its own text: the library passes over placemarks
 *  without a place, and over links to other files, and does not say so.
 */
#ifndef HOT_LAYERS_READ_KML_H
#define HOT_LAYERS_READ_KML_H

#include <stddef.h>

#include "engine/base/status.h"
#include "engine/incidents/csv.h"

/** Compare a file with the number of features that were read of all its folders. What stands in a
 *  comment is counted too.
 *  @param file  its name, for the sentence
 *  @return HOT_OK; HOT_INPUT with a sentence where placemarks would be lost, or it links to other
 *  files; HOT_MEMORY; HOT_SYSTEM where the source fails. Cost O(bytes). */
HOT_MUST_USE hot_status hot_kml_check(hot_source source, const char *file, size_t read,
                                      hot_error *error);

#endif
