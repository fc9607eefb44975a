/** @file gaps.h
 *  Which months the input does not cover, in words.
 */
#ifndef HOT_LAYERS_GAPS_H
#define HOT_LAYERS_GAPS_H

#include "engine/incidents/select.h"

/** Months are named up to this many stretches of them; of more, the number is said. */
enum { HOT_GAPS_NAMED = 6, HOT_GAPS_ROOM = 320 };

/** A stretch of months: "May 2024", "May to July 2024", "November 2024 to January 2025".
 *  @param first,last  year * 12 + month - 1, first <= last
 *  @param text        [40] out */
void hot_months_in_words(int32_t first, int32_t last, char *text);

/** The months from first to last without data: "May to December 2024 and March 2025".
 *
 *  Months before or after all that is covered are without data too.
 *  @param text  [HOT_GAPS_ROOM] out; empty where none is missing
 *  @return how many are missing */
size_t hot_gaps(const hot_coverage *coverage, int32_t first, int32_t last, char *text);

#endif
