/** @file select.h
 *  Which incidents a run is about, and for which months there is data at all.
 */
#ifndef HOT_INCIDENTS_SELECT_H
#define HOT_INCIDENTS_SELECT_H

#include <stdbool.h>

#include "engine/incidents/incidents.h"
#include "engine/incidents/intake.h"

/** Types and dates that are asked for. */
typedef struct {
    const char *const *type; /**< [n_type] patterns, any of which may match; none = every type */
    size_t n_type;
    const char *const *exclude; /**< [n_exclude] patterns, none of which may match */
    size_t n_exclude;
    int64_t from, to;    /**< s, local: from <= whole date < to; INT64_MIN, INT64_MAX = open */
    const uint8_t *kind; /**< [rows] hot_kind of each; NULL = any */
    unsigned kinds;      /**< bit 1 << hot_kind is set for those that are asked for */
} hot_selection;

/** Whether a text fits a pattern in which '*' stands for any text; ASCII case does not matter. */
bool hot_pattern_fits(const char *pattern, const char *text);

/** Mark the rows whose type fits and whose whole date lies inside; a span goes by its start.
 *  @param selected [n] out, 1 = selected */
HOT_MUST_USE hot_status hot_select(const hot_incidents *incidents, const hot_selection *selection,
                                   uint8_t *selected);

/** Whether a selection takes a row, whatever its kind. */
bool hot_select_fits(const hot_selection *selection, const char *type, int64_t from,
                     uint8_t precision);

/** How many of a file's rows without coordinates the selection would have taken. */
size_t hot_select_unlocated(const hot_intake *intake, const hot_selection *selection);

/** The months for which there is data. Months are counted from January of the year 0. */
typedef struct {
    int32_t first;    /**< year * 12 + month - 1 */
    size_t n;         /**< months from the first to the last; 0 = no data at all */
    uint8_t *covered; /**< [n] 1 = rows, or a file named for it */
} hot_coverage;

int32_t hot_month_of(int64_t second);

/** Add a month. */
HOT_MUST_USE hot_status hot_coverage_add(hot_coverage *coverage, int32_t month);
/** Add the months of all rows. */
HOT_MUST_USE hot_status hot_coverage_add_rows(hot_coverage *coverage,
                                              const hot_incidents *incidents);
/** Add the month in a file's base name, such as 2025-01-wiltshire-street.csv; none is no error. */
HOT_MUST_USE hot_status hot_coverage_add_name(hot_coverage *coverage, const char *name);
/** Leave out months that do not overlap from <= t < to. */
void hot_coverage_clip(hot_coverage *coverage, int64_t from, int64_t to);
void hot_coverage_free(hot_coverage *coverage);

/** Whether the locations are anonymised map points and not where things happened.
 *
 *  Yes, when nine in ten rows have no more than a month as their date, and more than half begin
 *  "On or near ", or there are more than two rows to a point while no address is given. */
bool hot_snapped(const hot_incidents *incidents, const hot_points *points, uint64_t near_rows);

#endif
