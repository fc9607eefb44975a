/** @file compare.h
 *  What the period is compared with, as --compare says.
 */
#ifndef HOT_LAYERS_COMPARE_H
#define HOT_LAYERS_COMPARE_H

#include "engine/change/usual.h"
#include "layers/study.h"

/** A stretch of whole days, s, local: from <= t < to. */
typedef struct {
    int64_t from, to;
} hot_stretch;

typedef struct {
    hot_stretch now, before;
    bool same_season; /**< the same months, or days, of the year: only the years differ */
} hot_comparison;

/** Work out the comparison.
 *
 *  last-year: the same months or days a year earlier, of a period of a year at most; February's
 * last day stands for February's last day. previous: as long just before: as many months where the
 *  period is of whole months, else as many days. FROM..TO: those, written as --from and --to are.
 *  @param asked       out: false = nothing is compared (*comparison is then not set)
 *  @return HOT_OK; HOT_USAGE where it cannot be understood, is too long or overlaps; HOT_INPUT
 * where the input lacks a part of either period, each with a sentence that names what is missing: a
 *  month; a month that a source lacks which has others of them (hot_month_source.monthly); days
 *  after a source's last or before its first, where with the share of days on which it has rows a
 *  gap as long would come once in a million times; any part of a month where dates are months */
HOT_MUST_USE hot_status hot_comparison_read(const hot_study *study, bool *asked,
                                            hot_comparison *comparison, hot_error *error);

/** "January 2025 against January 2024". `text` holds 224 bytes. */
void hot_comparison_format(const hot_comparison *comparison, char *text);

/** How many days the periods have; 1 and 1 where they are the same months of two years: a leap day
 *  makes no year longer than another. */
void hot_comparison_days(const hot_comparison *comparison, double *now, double *before);

/** The months that lie whole within a stretch, counted from the month `first`; none gives 0 of
 * them.
 */
hot_months hot_stretch_months(hot_stretch stretch, int32_t first);

#endif
