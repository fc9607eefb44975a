/** @file area_fields.h
 *  Which field of a layer holds the areas' codes, and which their names.
 */
#ifndef HOT_LAYERS_READ_AREA_FIELDS_H
#define HOT_LAYERS_READ_AREA_FIELDS_H

#include <stddef.h>

#include "layers/read/vector.h"

/** The field of codes: an ONS one (WD25CD, LSOA21CD, ltla24_code ...), else one of the usual names
 *  (code, beat_num, precinct ...). It has a value in every feature; of several, the first whose
 *  values all differ. -1 where there is none. Cost O(n log n) for each that is looked at. */
int hot_area_code_field(const hot_vector *vector);

/** The field of names that goes with the codes: WD25NM with WD25CD, dist_label with dist_num; else
 *  one of the usual names. -1 where there is none. */
int hot_area_label_field(const hot_vector *vector, int code);

/** The field that says from which day on an area is valid, by its usual names; -1 where there is
 * none. */
int hot_area_from_field(const hot_vector *vector);

/** How many characters of a list A+B+... its first field's name has: the longest that is a field,
 *  since a name may hold a plus itself; up to the first plus where none is. */
size_t hot_area_field_listed(const hot_vector *vector, const char *list);

/** Whether a header is that of an ONS code: WD25CD, ward24_code. */
bool hot_is_ons_code(const char *field);

/** The fields' names, for a sentence; at most `room` bytes. */
void hot_area_field_names(const hot_vector *vector, char *text, size_t room);

#endif
