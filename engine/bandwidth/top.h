/** @file top.h
 *  The densest cells, up to a given number of them.
 */
#ifndef HOT_BANDWIDTH_TOP_H
#define HOT_BANDWIDTH_TOP_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Cells above the value of the last one that still fits, and those that have just that value: a
 *  tie at the end is neither broken by the order of the cells nor left out. */
typedef struct {
    double value;  /**< infinite where no cell has a value */
    int64_t above; /**< cells of more */
    int64_t level; /**< cells of just as much; above + level >= number asked for */
} hot_top;

/** @param density  [n] >= 0; NaN = no cell of the study area
 *  @param cells    how many: 1 or more; all where there are fewer
 *  @return HOT_OK, or HOT_MEMORY
 *  Cost    one reading of the surface, four of the cells that are not 0
 *  Memory  8 bytes for each of those, and 512 KiB of stack */
HOT_MUST_USE hot_status hot_top_of(const double *density, size_t n, int64_t cells, hot_top *top);

#endif
