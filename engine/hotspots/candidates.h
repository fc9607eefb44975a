/** @file candidates.h
 *  Units that may be chosen, the best first.
 */
#ifndef HOT_HOTSPOTS_CANDIDATES_H
#define HOT_HOTSPOTS_CANDIDATES_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/base/status.h"

/** What is known of a square's best disc. */
typedef enum {
    HOT_KNOWN_MOST, /**< no more than this, as all that could be in one; or as it once was */
    HOT_KNOWN_NEAR, /**< no more than this, and not much less */
    HOT_KNOWN_BEST, /**< this is it, unless it is not allowed any more */
} hot_known;

/** A hexagon or a street as it is; of a square of the layout the best disc whose centre it holds,
 *  or, while that is not known, no less than it. */
typedef struct {
    double key;      /**< > 0; what candidates are ranked by: weight, or weight for area */
    uint64_t weight; /**< > 0 */
    double spread;   /**< weight times squared distance from the disc's centre; less is better */
    uint32_t count;
    int32_t row, col;       /**< of its cell */
    uint8_t step_x, step_y; /**< of its centre on the lattice of its square */
    uint8_t known;          /**< a hot_known */
    uint32_t at;            /**< where it is in the heap; UINT32_MAX = it is gone */
} hot_candidate;

/** A heap. `= {0}` is empty; free with hot_candidates_free. */
typedef struct {
    hot_candidate *candidate;
    uint32_t n;
    hot_candidate **heap; /**< [n_heap] best first */
    uint32_t n_heap;
} hot_candidates;

/** Room for `most` of them. Append to candidate[n++], then hot_candidates_order.
 *  @return HOT_OK, or HOT_MEMORY (untouched) */
HOT_MUST_USE hot_status hot_candidates_new(uint32_t most, hot_candidates *out);
void hot_candidates_free(hot_candidates *candidates);

/** Put them into order. Cost O(n) */
void hot_candidates_order(hot_candidates *candidates);

/** Does a come before b? By key, weight, count, spread, then south to north, then west to east. */
bool hot_candidate_leads(const hot_candidate *a, const hot_candidate *b);

/** Put one that is in the heap where it belongs now. Cost O(log n) */
void hot_candidates_settle(hot_candidates *candidates, hot_candidate *changed);

/** One that is in the heap goes for good. Cost O(log n) */
void hot_candidates_drop(hot_candidates *candidates, hot_candidate *gone);

#endif
