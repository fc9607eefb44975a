/** @file operations.h
 *  The door to PROJ: the operations between two coordinate systems, and points put through them.
 *
 *  Which operation is for a point is PROJ's choice, but it is asked for before the point is placed,
 *  so that what was used is known of every point. Of the rules, the judgement and the numbers that
 *  are nonsense, `place` knows. x before y on both sides (east before north).
 */
#ifndef HOT_LAYERS_READ_OPERATIONS_H
#define HOT_LAYERS_READ_OPERATIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"

#define HOT_GOOD "1.5" /**< m: what OSTN15 gives, and the Helmert transformation does not */

/** Operations good to 1.5 m, and those of any accuracy; never a ballpark one. */
typedef enum { HOT_BEST, HOT_REST, HOT_KINDS } hot_kind;

typedef struct hot_operations hot_operations;

/** @param grid   a grid file given by hand, found by its name in any case and folder; NULL = none
 *  @param hands  threads that put points through at once; at least 1
 *  @return HOT_OK also where there are no operations; HOT_MEMORY, also for a code that is not
 *  known (hot_crs_of says so before) */
HOT_MUST_USE hot_status hot_operations_new(int from_epsg, int to_epsg, const char *grid,
                                           size_t hands, hot_operations **operations);

/** Whether there are operations of a kind. */
bool hot_operations_any(const hot_operations *operations, hot_kind kind);

/** A grid that is not here and would make a good one, where there is no good one; NULL = none. */
const char *hot_operations_wanted(const hot_operations *operations);

enum { HOT_PLACED = -2 }; /**< instead of a name */

/** Name the operation for each of n points whose name is not HOT_PLACED; -1 = none. `back` = from
 *  the second system to the first. Any thread may ask. */
void hot_operations_name(const hot_operations *operations, hot_kind kind, bool back,
                         const double *x, const double *y, size_t n, int *name);

/** Put a point through the operation of that name; infinite where it has no place.
 *  @param hand  of the thread: two may not use the same one at once
 *  @return the count of points placed by the operation used, for the caller to add to; NULL, and
 *  the point as it was, for name -1 */
size_t *hot_operations_put(const hot_operations *operations, size_t hand, hot_kind kind, bool back,
                           int name, double *x, double *y);

/** One operation that placed points. The texts live as long as the operations. */
typedef struct {
    const char *operation, *grid, *grid_path; /**< grid NULL = it needs none */
    double accuracy;                          /**< m; NaN = not known */
    size_t points;
} hot_way;

/** Operations that placed points, one for each name; what is beyond HOT_WAYS is added to the last.
 *  @return how many */
enum { HOT_WAYS = 8 };
size_t hot_operations_ways(const hot_operations *operations, hot_way ways[HOT_WAYS]);

/** Set all counts to 0. */
void hot_operations_forget(hot_operations *operations);

void hot_operations_free(hot_operations *operations);

#endif
