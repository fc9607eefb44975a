/** @file incidents.h
 *  The incident table: one row an incident, one array a column.
 *
 *  Coordinates are kept once for each distinct location (`hot_points`): places repeat, and so all
 *  that follows from a location (projection, ward, density) is worked out once for each.
 */
#ifndef HOT_INCIDENTS_INCIDENTS_H
#define HOT_INCIDENTS_INCIDENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/memory.h"
#include "engine/base/status.h"
#include "engine/base/words.h"
#include "engine/incidents/clock.h"

/** Every column: type, name. Said once; growing, appending and keeping follow from it. */
#define HOT_INCIDENT_COLUMNS(COLUMN)                                                               \
    COLUMN(double, x) /* as written in the input, in its own coordinate system */                  \
    COLUMN(double, y)                                                                              \
    COLUMN(int64_t, from)      /* s, local; see clock.h */                                         \
    COLUMN(int64_t, to)        /* s, local; only where has_to */                                   \
    COLUMN(double, weight)     /* 1 without weights, NaN = none */                                 \
    COLUMN(uint64_t, id_hash)  /* of the identifier and its source; 0 = none was given */          \
    COLUMN(const char *, id)   /* the identifier; NULL = none; lives in `texts` */                 \
    COLUMN(float, precision_m) /* side of the square that the position names, m; 0 = a point */    \
    COLUMN(uint32_t, point)    /* index of hot_points, once the points are collapsed */            \
    COLUMN(uint32_t, type)     /* words: numbers of `words` */                                     \
    COLUMN(uint32_t, label)    /* where it was, in words: a street, a site */                      \
    COLUMN(uint32_t, address)  /* as written; 0 = none */                                          \
    COLUMN(uint32_t, key)      /* UPRN or address, normalised; 0 = none */                         \
    COLUMN(uint32_t, case_)    /* case or victim; 0 = none */                                      \
    COLUMN(uint32_t, closing)  /* what it was closed as; 0 = none */                               \
    COLUMN(uint32_t, line)     /* of the file, 1 = its first */                                    \
    COLUMN(uint16_t, file)     /* index of the inputs */                                           \
    COLUMN(uint8_t, key_is_address) /* 1: `key` is an address, which may stand in many towns */    \
    COLUMN(uint8_t, precision)      /* hot_precision of `from` */                                  \
    COLUMN(uint8_t, to_precision)                                                                  \
    COLUMN(uint8_t, has_to)      /* 1: `to` and `to_precision` hold */                             \
    COLUMN(uint8_t, coordinates) /* hot_coordinates: what x and y are, or a number after them for  \
                                    a coordinate system of its own, which the loader knows */

typedef struct {
    size_t n, room;
#define COLUMN(type, name) type *name; /* [n] */
    HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
    hot_words words; /**< of type, label, address, key, case_ and closing */
    hot_arena texts; /**< of the identifiers */
} hot_incidents;

/** What the two coordinates of a row are. */
typedef enum { HOT_LONLAT, HOT_EASTNORTH, HOT_XY } hot_coordinates;

/** One more row, its columns not set: *row is its number. */
HOT_MUST_USE hot_status hot_incidents_add(hot_incidents *incidents, size_t *row);

/** Make room for `rows` in all at once: rows that are added up to there move nothing.
 *  @return HOT_OK, or HOT_MEMORY (the table is as it was) */
HOT_MUST_USE hot_status hot_incidents_reserve(hot_incidents *incidents, size_t rows);

/** Take over all rows of `part`, as file number `file`; it is empty afterwards.
 *  @return HOT_OK, or HOT_MEMORY (both are as they were, but for words without a row). Cost O(rows)
 *  where the table has any, else none */
HOT_MUST_USE hot_status hot_incidents_take(hot_incidents *incidents, hot_incidents *part,
                                           uint16_t file);

/** Keep the rows for which keep[row] is not 0, in their order. Cost O(n). */
void hot_incidents_keep(hot_incidents *incidents, const uint8_t *keep);

void hot_incidents_free(hot_incidents *incidents);

/** The text of a word number of this table. */
const char *hot_incidents_word(const hot_incidents *incidents, uint32_t number);

/** Mark every row that repeats an earlier one: the same identifier (not empty), date, type and
 *  place. first[row] = the row it repeats, or UINT32_MAX.  Cost O(n).
 *  @param first [n] out */
HOT_MUST_USE hot_status hot_incidents_duplicates(const hot_incidents *incidents, int threads,
                                                 uint32_t *first);

/** The distinct locations. */
typedef struct {
    size_t n;
    double *x, *y;        /**< [n] as in the table, or in metres once placed */
    uint8_t *coordinates; /**< [n] as in the table */
} hot_points;

/** Fill `points` and the table's `point` column: equal x, y and coordinates are one point.
 *  Points are numbered in the order of their first row. Cost O(n). */
HOT_MUST_USE hot_status hot_points_collapse(hot_incidents *incidents, int threads,
                                            hot_points *points);

/** Put the points in the order of their x, then y, whatever the order of the rows, join those that
 *  have become equal, and drop those that are not finite: rows on them get point = UINT32_MAX. */
HOT_MUST_USE hot_status hot_points_order(hot_incidents *incidents, int threads, hot_points *points);

void hot_points_free(hot_points *points);

#endif
