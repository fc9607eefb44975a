/** @file deal.h
 *  Days dealt to the incidents by chance, again and again, and how many close pairs each deal puts
 *  close in time: what nearrepeat.h is made of.
 */
#ifndef HOT_NEARREPEAT_DEAL_H
#define HOT_NEARREPEAT_DEAL_H

#include "engine/nearrepeat/pairs.h"

enum { HOT_DEALS = 32 }; /**< at once: one load of an incident's days serves them all */

/** Count the pairs of every band of distance and of days, deal by deal.
 *
 *  @param day     [pairs->n] days in any order, 0 .. INT16_MAX
 *  @param edge    [edges] days, 1 .. INT16_MAX, rising: bands [0, edge[0]), [edge[0], edge[1]) ...
 *  @param deals   how many
 *  @param seed    deal number d takes its draws from the stream d of this seed
 *  @param count   [bands * edges * deals] overwritten: that of band b, days k, deal d stands at
 *                 (b * edges + k) * deals + d
 *  @return HOT_OK, or HOT_MEMORY
 *  Cost  O((n + pairs) * deals), the pairs divided by what a processor subtracts at once
 *  Memory  128 bytes an incident and thread.  Any number of threads gives the same
 *  Source  permutations by Fisher and Yates, in the form of Durstenfeld (1964), CACM 7 */
HOT_MUST_USE hot_status hot_deal(const hot_close_pairs *pairs, const int16_t *day,
                                 const int16_t *edge, size_t edges, uint32_t deals, uint64_t seed,
                                 int threads, uint32_t *count);

#endif
