/** @file repeats.h
 *  Which places have incidents again and again?
 *
 *  Source  Farrell and Pease (1993), "Once bitten, twice bitten": incidence, prevalence and
 *          concentration. A place is known by a key that the caller gives: UPRN, address, or the
 *          coordinates.
 */
#ifndef HOT_REPEATS_REPEATS_H
#define HOT_REPEATS_REPEATS_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Places by how many incidents they have: 1, 2, 3, 4, 5 and more. */
typedef struct {
    size_t places[5];
    size_t incidents[5];
} hot_repeats_table;

/** Count the incidents of every place.
 *  @param place  [n] place of each incident, 0 .. n_places - 1
 *  @param count  [n_places] out
 *  Cost O(n + n_places)    Memory  nothing allocated */
void hot_repeats_count(const uint32_t *place, size_t n, size_t n_places, uint32_t *count);

/** The repeat places (two incidents or more), most first; equal counts keep the order of places.
 *  Ranks are 1, 2, 2, 4.
 *  @param order  [n_places] out: the first *n entries hold places
 *  @param rank   [n_places] out: of those entries
 *  @return HOT_OK, or HOT_MEMORY (outputs untouched) */
HOT_MUST_USE hot_status hot_repeats_rank(const uint32_t *count, size_t n_places, uint32_t *order,
                                         uint32_t *rank, size_t *n);

/** When the first and the last incident of a place were, s, local. */
typedef struct {
    int64_t first, last;
} hot_repeats_span;

/** The spans of those places that are asked for, mostly few of all.
 *  @param row   [n] where the span of each incident's place is to be written, 0 .. rows - 1;
 *               negative = not asked for
 *  @param from  [n] s, local
 *  @param span  [rows] out; INT64_MAX, INT64_MIN where a place has no incident
 *  Cost O(n + rows)    Memory  nothing allocated */
void hot_repeats_spans(const int32_t *row, const int64_t *from, size_t n, size_t rows,
                       hot_repeats_span *span);

/** 1 = two, 2 = three to four, 3 = five to nine, 4 = ten and more; 0 = not a repeat place. */
int hot_repeats_class(uint32_t count);

/** The distribution; places without an incident are not counted. */
hot_repeats_table hot_repeats_tabulate(const uint32_t *count, size_t n_places);

#endif
