/** @file places.h
 *  The places of a study's incidents: which are of one place, and how many each has.
 */
#ifndef HOT_LAYERS_PLACES_H
#define HOT_LAYERS_PLACES_H

#include "layers/study.h"

/** Find them, where nobody has yet: fills n_places and the arrays beside it. On anonymised input
 *  they are map points.
 *  @return HOT_OK, or HOT_MEMORY (the study is as it was) */
HOT_MUST_USE hot_status hot_study_places(hot_study *study);

enum { HOT_PLACE_KEY = 64 };

/** What a place is known by: UPRN, address, or its coordinates to 0.01 m.
 *  @param text  [HOT_PLACE_KEY] overwritten where the coordinates are it
 *  @return `text`, or the key, which lives as long as the study */
const char *hot_place_key(const hot_study *study, uint32_t place, char *text);

#endif
