/** @file places.h
 *  Points become places: identical coordinates are one place with the sum of their weights. Places
 *  stand in order of row, column, x and y, and an index finds those of a stretch of a row.
 *
 *  The order, and so every sum made along it, does not depend on the order of the points: equal
 *  (x, y, weight) are counted, and the products of weight and count are added in order of weight.
 *
 *  Cost    O(n) by hash and radix; a cell with k places sorts them in O(k log k)
 *  Memory  24 bytes a point while it works, 60 more for those of one strip in each thread, at most
 * 60 n; 32 a place, 4 a bin
 */
#ifndef HOT_KDE_PLACES_H
#define HOT_KDE_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "engine/kde/field.h"

/** Where incidents lie. The cell is a label that may be off by one at an edge, or be the nearest
 *  that the index has; the way from its centre is what holds, whatever the label. */
typedef struct {
    double x, y;   /**< units: from the place to the centre of its cell, east and south positive */
    double weight; /**< > 0 */
    int32_t col, row;
} hot_kde_place;

typedef struct {
    hot_kde_place *place;
    uint32_t count;
    int32_t top, rows;  /**< the index's first row, maybe < 0, and how many it has */
    int32_t left, cols; /**< its first column, maybe < 0, and how many */
    int32_t bin, bins;  /**< columns in a bin, bins in a row */
    uint32_t *first;    /**< [rows * bins + 1] the first place of each bin */
} hot_kde_places;

/** @return HOT_OK; HOT_DOMAIN for a coordinate or weight out of range; HOT_MEMORY.
 *  After a failure *places is untouched. Points that reach no cell and weights of 0 are left out.
 */
HOT_MUST_USE hot_status hot_kde_places_new(const hot_field *field, const double *x, const double *y,
                                           const double *weight, size_t n, int threads,
                                           hot_kde_places *places);
void hot_kde_places_free(hot_kde_places *places);

/** A run of places: from <= i < to. */
typedef struct {
    uint32_t from, to;
} hot_run;

/** The places of one row of the index (top <= row < top + rows) whose columns lie in
 *  first <= col <= last; some outside that range come with them. */
static inline hot_run hot_kde_places_run(const hot_kde_places *places, int32_t row, int32_t first,
                                         int32_t last)
{
    int32_t end = places->cols - 1, a = first - places->left, b = last - places->left;
    a = a < 0 ? 0 : a > end ? end : a;
    b = b < 0 ? 0 : b > end ? end : b;
    const uint32_t *bin = places->first + (int64_t)(row - places->top) * places->bins;
    return (hot_run){bin[a / places->bin], bin[b / places->bin + 1]};
}

#endif
