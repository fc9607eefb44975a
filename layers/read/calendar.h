/** @file calendar.h
 *  School terms, bank holidays, events: days with a name, from a file.
 */
#ifndef HOT_LAYERS_READ_CALENDAR_H
#define HOT_LAYERS_READ_CALENDAR_H

#include <stdint.h>

#include "engine/base/memory.h"
#include "engine/base/status.h"

/** What days are called. */
typedef struct {
    const char *name, *kind; /**< kind "" = none was given */
} hot_calendar_name;

/** Days from the first to the last, both included. */
typedef struct {
    size_t name;         /**< whose they are */
    int64_t first, last; /**< days since 1970-01-01 */
} hot_calendar_range;

/** `= {0}` is empty. */
typedef struct {
    size_t n, room, n_ranges, room_ranges;
    hot_calendar_name *name;   /**< [n] in the order in which the file has them first */
    hot_calendar_range *range; /**< [n_ranges] in the file's order; they may overlap */
    hot_arena arena;
} hot_calendar;

/** Read a CSV file of name, from, to (empty = one day) and, if it has it, kind. Lines of one name
 *  and kind are together one thing, such as the weeks of the school holidays.
 *  @return HOT_OK; HOT_INPUT, with a sentence, for what is no such file; *calendar is to be freed
 *  in any case */
HOT_MUST_USE hot_status hot_calendar_read(const char *path, hot_calendar *calendar,
                                          hot_error *error);
void hot_calendar_free(hot_calendar *calendar);

#endif
