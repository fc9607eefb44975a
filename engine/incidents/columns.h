/** @file columns.h
 *  Which column of an incident file is which.
 */
#ifndef HOT_INCIDENTS_COLUMNS_H
#define HOT_INCIDENTS_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/incidents/csv.h"
#include "engine/incidents/incidents.h"

/** What a column can be for. */
typedef enum {
    HOT_FOR_X,
    HOT_FOR_Y,
    HOT_FOR_DATE,      /**< a date, or a date and time */
    HOT_FOR_TIME_FROM, /**< when it began: a time of day, or a date and time */
    HOT_FOR_TIME_TO,   /**< when it ended, likewise */
    HOT_FOR_YEAR,      /**< the parts of a date, where no column holds a whole one */
    HOT_FOR_MONTH,
    HOT_FOR_DAY,
    HOT_FOR_HOUR,
    HOT_FOR_MINUTE,
    HOT_FOR_TYPE,
    HOT_FOR_ID,
    HOT_FOR_LABEL, /**< where it was, in words */
    HOT_FOR_UPRN,
    HOT_FOR_ADDRESS,
    HOT_FOR_CASE,
    HOT_FOR_WEIGHT,      /**< only when named: a weight is never guessed */
    HOT_FOR_DATASET,     /**< the fictional town says so here */
    HOT_FOR_CLOSING,     /**< what the log was closed as; the type is what it was opened as */
    HOT_FOR_PRECISION,   /**< only when named: how finely the position is known */
    HOT_FOR_GRIDREF,     /**< an Ordnance Survey grid reference, in place of x and y */
    HOT_FOR_DATE_FORMAT, /**< no column: how dates are written (clock.h), which the person says */
    HOT_PURPOSES,
} hot_purpose;

/** What the person says about the columns: a column's name for a purpose, or NULL = recognise. */
typedef struct {
    const char *name[HOT_PURPOSES];
} hot_column_names;

typedef struct {
    int32_t at[HOT_PURPOSES]; /**< column, 0 = first; -1 = there is none. A grid reference is x and
                                   y too */
    hot_coordinates coordinates;
    int police_uk; /**< 1: the columns of a data.police.uk street file */
    int stats19;   /**< 1: road collisions, whose reference is no identifier of a row */
} hot_columns;

/** Recognise the columns of a header. Case, blanks (also those of
 *  other kinds), '_', '-' and '.' do not matter in names.
 *  @param file  its name, for the sentence
 *  @return HOT_OK; HOT_INPUT where a named column is not there, a needed one is missing or comes
 *  twice (the sentence lists the columns that are there), or where the first line holds values and
 *  not names (the sentence does not repeat them); HOT_USAGE where only one of x and y is named */
HOT_MUST_USE hot_status hot_columns_find(const hot_record *header, const hot_column_names *names,
                                         const char *file, hot_columns *columns, hot_error *error);

/** The option that names a purpose's column, such as "--date", or NULL. */
const char *hot_purpose_option(hot_purpose purpose);
/** What a column is taken for, in one word: "x", "time_from", "type" ...; NULL for no column. */
const char *hot_purpose_name(hot_purpose purpose);

#endif
