/** @file rates.h
 *  The tables of the analysis "rates", each in a file of its own.
 */
#ifndef HOT_LAYERS_CATALOGUE_RATES_H
#define HOT_LAYERS_CATALOGUE_RATES_H

#include "layers/catalogue/catalogue.h"

extern const hot_declaration hot_comparison_layer, hot_parents_layer;

/** Each area against the study area, its parent and its group; no layer where no residents of any
 *  set are known. */
HOT_MUST_USE hot_status hot_comparison_make(const hot_study *study, hot_result *result);

/** Areas summed by what they are part of; no layer where no set says that. */
HOT_MUST_USE hot_status hot_parents_make(const hot_study *study, hot_result *result);

/** An area by the text that it is gathered under. */
typedef struct {
    const char *text; /**< NULL = none: last */
    size_t area;
} hot_gathered;

/** The areas [n] in the order of their texts, then of their numbers; NULL without memory. Owned by
 *  the caller. */
hot_gathered *hot_gather(const char *const *text, size_t n);
/** How many from list[first] on have its text. */
size_t hot_gathered_alike(const hot_gathered *list, size_t n, size_t first);

/** Incidents of each area of a set, [areas]: what `levels` counted. */
const int64_t *hot_area_incidents(const hot_study *study, const hot_result *result, size_t set);

#endif
