/** @file places.h
 *  Which incidents are of one place?
 */
#ifndef HOT_REPEATS_PLACES_H
#define HOT_REPEATS_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Places in the order of their westmost point, then of their key, whatever the order of the
 *  incidents. `= {0}` is empty; free with hot_places_free. */
typedef struct {
    size_t n;
    uint32_t *point; /**< [n] its westmost, then southmost point: the lowest number */
    uint32_t *key;   /**< [n] word of its key; 0 = known by its coordinates */
} hot_places;

/** Find the place of every incident.
 *
 *  Incidents with a key are of one place when their keys are the same; those without when their
 *  coordinates, rounded to a grid of `tolerance`, are.
 *  @param point      [n] index of x and y
 *  @param key        [n] word, 0 = none
 *  @param threads    any number gives the same
 *  @param key_text   text of every word, for the order
 *  @param x,y        m, ordered by x, then y
 *  @param tolerance  m; 0 = 0.01 m
 *  @param place      [n] out
 *  @return HOT_OK; HOT_DOMAIN for a negative tolerance; HOT_MEMORY (outputs untouched)
 *  Cost O(n + points log points): the logarithm is that of the points of one column of the grid, or
 * of the places with a key.  Memory  20 bytes a point, 4 a word and 16 a place with a key */
HOT_MUST_USE hot_status hot_places_find(const uint32_t *point, const uint32_t *key, size_t n,
                                        int threads, const char *const *key_text, const double *x,
                                        const double *y, double tolerance, uint32_t *place,
                                        hot_places *places);
void hot_places_free(hot_places *places);

#endif
