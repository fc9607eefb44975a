/** @file reason.h
 *  Why a row was not accepted. The order is the order of precedence: a row with several faults is
 *  counted once, under the first.
 */
#ifndef HOT_INCIDENTS_REASON_H
#define HOT_INCIDENTS_REASON_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

typedef enum {
    HOT_FIELD_COUNT,       /**< more or fewer fields than the header, or a line too long to read */
    HOT_BAD_UTF8,          /**< bytes that are not UTF-8 */
    HOT_NUL,               /**< a zero byte */
    HOT_UNCLOSED_QUOTE,    /**< a quote out of place: never closed, or inside a plain field */
    HOT_HEADER_REPEATED,   /**< the header line again */
    HOT_BAD_DATE,          /**< no date, or not one of the forms that are read */
    HOT_NO_COORDINATES,    /**< one or both coordinates are empty */
    HOT_BAD_NUMBER,        /**< a coordinate, weight or precision is no number */
    HOT_ZERO_ISLAND,       /**< 0, 0 */
    HOT_SWAPPED_AXES,      /**< latitude and longitude exchanged */
    HOT_METRES_IN_DEGREES, /**< metres in columns of degrees */
    HOT_OUT_OF_RANGE,      /**< outside what the coordinate system can hold */
    HOT_REASONS,           /**< how many there are */
} hot_reason;

/** "field_count", "bad_utf8" ...: as in rejects.csv and run.json. */
const char *hot_reason_name(hot_reason reason);
/** One plain phrase for a person. */
const char *hot_reason_about(hot_reason reason);

/** A row that was not accepted. */
typedef struct {
    uint64_t line;   /**< of the file, 1 = its first; where the row begins */
    uint32_t column; /**< of the row, 1 = its first; 0 = the whole row */
    hot_reason reason;
} hot_reject;

typedef struct {
    size_t n, room;
    hot_reject *row; /**< [n] in the order of the file */
} hot_rejects;

HOT_MUST_USE hot_status hot_rejects_add(hot_rejects *rejects, uint64_t line, uint32_t column,
                                        hot_reason reason);
void hot_rejects_free(hot_rejects *rejects);

#endif
