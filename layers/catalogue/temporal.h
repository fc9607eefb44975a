/** @file temporal.h
 *  What the tables of the analysis temporal are made of; for its own files alone.
 */
#ifndef HOT_LAYERS_CATALOGUE_TEMPORAL_H
#define HOT_LAYERS_CATALOGUE_TEMPORAL_H

#include "engine/base/bytes.h"
#include "layers/catalogue/catalogue.h"
#include "layers/read/shifts.h"

/** When the incidents of each unit were. The units are the whole study area, then the areas of each
 *  set. */
typedef struct {
    const hot_study *study;
    hot_shift_list shifts;
    hot_rota rota;
    hot_zone zone;
    size_t units, months, size; /**< size: numbers of a week */
    size_t *first;              /**< [n_sets] the unit of its first area */
    int64_t *week;              /**< [units * size] parts, settled */
    int64_t *month;             /**< [units * months] incidents */
    uint64_t timed, spans;      /**< incidents with a time of day; those between two times */
    uint64_t untimed, beyond, midnight; /**< left out of hours */
} hot_times;

/* clang-format off */
/** The columns that say which unit a row is of. */
#define HOT_OF_AREA \
    {"area_set", HOT_TEXT, "Area set", "", "ward, beat, ...; all = the whole study area."}, \
    {"area_code", HOT_TEXT, "Code", "", "The area's code; none for the whole study area."}, \
    {"area_name", HOT_TEXT, "Name", "", "The area's name."}
#define HOT_DAY_NAME {"day", HOT_TEXT, "Day", "", "The same by its name."}
/* clang-format on */
extern const hot_code hot_weekdays[7];

extern const hot_declaration hot_shifts_layer, hot_temporal_months_layer, hot_peaks_layer,
    hot_calendar_layer;

HOT_MUST_USE hot_status hot_shifts_make(const hot_times *times, hot_result *result);
HOT_MUST_USE hot_status hot_temporal_months_make(const hot_times *times, hot_result *result);
HOT_MUST_USE hot_status hot_peaks_make(const hot_times *times, hot_result *result);
/** Where --calendar names a file. */
HOT_MUST_USE hot_status hot_calendar_make(const hot_study *study, hot_result *result,
                                          hot_error *error);

/** A unit's week. */
const int64_t *hot_times_week(const hot_times *times, size_t unit);
/** Write which unit a row is of into area_set and area_code; the texts are the study's. */
void hot_times_name(const hot_times *times, size_t unit, hot_layer *layer, size_t row);
/** Write the day of the week, 0 = Monday, into weekday and day. */
void hot_times_name_day(size_t weekday, hot_layer *layer, size_t row);
/** Parts as incidents, to the millionth: the rest is what the rounding of parts leaves. */
double hot_times_incidents(int64_t parts);
/** Append a sentence. */
HOT_MUST_USE __attribute__((format(printf, 2, 3))) hot_status hot_tell(hot_bytes *text,
                                                                       const char *format, ...);
/** Append how well the times are known, and what was left out. */
HOT_MUST_USE hot_status hot_times_tell(const hot_times *times, hot_bytes *text);
/** Let a layer say `text` behind what it was declared to say. */
HOT_MUST_USE hot_status hot_layer_tell(hot_layer *layer, const hot_bytes *text);

#endif
