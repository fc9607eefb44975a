/** @file top.h
 *  The densest cells, up to a given number of them.
 */
#ifndef HOT_BANDWIDTH_TOP_H
#define HOT_BANDWIDTH_TOP_H

#include <stddef.h>
#include <stdint.h>

/** Cells above the value of the last one that still fits, and those that have just that value: a
 *  tie at the end is neither broken by the order of the cells nor left out. */
typedef struct {
    double value;  /**< infinite where no cell has a value */
    int64_t above; /**< cells of more */
    int64_t level; /**< cells of just as much; above + level >= number asked for */
} hot_top;

/** @param density  [n] >= 0; NaN = no cell of the study area
 *  @param cells    how many: 1 or more; all where there are fewer
 *  Cost  four readings of the surface    Memory  512 KiB on the stack of the caller */
hot_top hot_top_of(const double *density, size_t n, int64_t cells);

#endif
