/** @file source_months.h
 *  For which months, and days, each source has data.
 */
#ifndef HOT_LAYERS_SOURCE_MONTHS_H
#define HOT_LAYERS_SOURCE_MONTHS_H

#include "layers/study.h"

enum { HOT_SOURCE_NAME = 96 };

/** An agency where it was named; else the files of one name but for the month. */
typedef struct {
    char name[HOT_SOURCE_NAME];
    size_t first, last; /**< months of the coverage that it has; last < first = none */
    bool agency;
    bool monthly; /**< it is an agency, or all its files are named for a month and other sources
                       have data for some month of its: a month that it lacks is missing, whatever
                       the others have */
} hot_month_source;

/** One month of one source. */
typedef struct {
    uint64_t incidents, rows; /**< of the types asked for, and of every type; wherever they lie */
    uint32_t days;            /**< bit d = the day d + 1 has rows */
    bool named, daily;        /**< a file is named for it; some row's date is a day */
} hot_source_month;

/** Over the months that the whole input covers. `= {0}` is empty. */
typedef struct {
    const hot_study *study;
    size_t n, months;
    hot_month_source *source; /**< [n] by name */
    uint16_t *source_of;      /**< [inputs] */
    hot_source_month *cell;   /**< [n * months] of a source's month at source * months + month */
} hot_source_months;

/** Cost O(rows).
 *  @return HOT_OK, or HOT_MEMORY; free it in either case */
HOT_MUST_USE hot_status hot_source_months_new(const hot_study *study, hot_source_months *months);
void hot_source_months_free(hot_source_months *months);

/** A month without rows that a file is named for is covered, and had none. */
static inline bool hot_source_month_covered(const hot_source_month *month)
{
    return month->named || month->rows > 0;
}

#endif
