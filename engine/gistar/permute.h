/** @file permute.h
 *  How often would chance alone put as much round a cell as there is?
 *
 *  A cell keeps what it has. Each permutation fills the rest of its window with the values of other
 *  cells, drawn without replacement from all of the universe but the cell itself, and it is counted
 *  how often that gives as much, or as little. All cells share the draws: cells with windows of one
 *  size are held against the same sums, but where the cell itself was drawn the next one drawn
 *  stands in for it, so that it is never held against itself.
 *
 *  Source  Conditional permutation: Anselin (1995), Geographical Analysis 27(2). As spdep's
 *          localG_perm without the star, which draws with replacement.
 */
#ifndef HOT_GISTAR_PERMUTE_H
#define HOT_GISTAR_PERMUTE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** The most permutations. */
enum { HOT_GISTAR_PERMUTATIONS = 99999 };

typedef struct {
    uint32_t permutations; /**< 1 .. HOT_GISTAR_PERMUTATIONS */
    uint64_t seed;
    int threads; /**< as hot_threads */
} hot_gistar_chance;

/** The two-sided pseudo p of every cell: twice the smaller of the two tails,
 *  (1 + permutations that reach as far) / (1 + permutations), at most 1. It cannot be below
 *  2 / (1 + permutations).
 *
 *  @param own     [n] the values of the universe; ties are certain for whole numbers under 2^53
 *  @param window  [n] as hot_gistar gives it
 *  @param cells   [n] likewise
 *  @param p       [n] out; 1 where the window is the cell alone; NaN where it is the whole universe
 *  @param to      [n] out; 1 = the upper tail is the smaller: there is much round it; -1 = the
 * lower, 0 = they are equal
 *  @return HOT_OK; HOT_DOMAIN for permutations outside their range or more than 2^32 - 1 cells;
 *  HOT_MEMORY; outputs are then of no meaning
 *  Cost    O(permutations * largest window + n) up to 4,096 permutations, as much again for as
 *          many more
 *  Memory  8 bytes a cell, 4 more a cell and thread, and 48 KiB for each size of window there is
 *  Random  engine/chance/draws.h, a stream for each permutation; the same for any number of threads
 */
HOT_MUST_USE hot_status hot_gistar_permute(const double *own, const double *window,
                                           const int32_t *cells, size_t n,
                                           const hot_gistar_chance *chance, double *p, int8_t *to);

#endif
