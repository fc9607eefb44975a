/** @file radix.h
 *  Sorting of points without libc's qsort, which asks for memory of its own.
 */
#ifndef HOT_SPACE_RADIX_H
#define HOT_SPACE_RADIX_H

#include <stdint.h>

typedef struct {
    double x, y, weight;
} hot_point;

/** Sort by the upper 32 bits of each item; equal ones keep their order.
 *  @param item   [count] key in the upper half, number of a point in the lower
 *  @param spare  [count] overwritten
 *  @param most   no key is greater; only its bytes are looked at. Cost O(count) */
void hot_radix_sort(uint64_t *item, uint64_t *spare, uint32_t count, uint64_t most);

/** Within each run of equal keys, sort by the point's x, then y, then weight.
 *  Cost O(k log k) for a run of k. */
void hot_points_sort(uint64_t *item, uint32_t count, const hot_point *point);

#endif
