/** @file pairs.h
 *  Which incidents are close to one another? Every pair of them, by bands of distance.
 */
#ifndef HOT_NEARREPEAT_PAIRS_H
#define HOT_NEARREPEAT_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Incidents with a place and a day, by place and those of one place by x, then y: with that, what
 *  is found does not depend on the order of the rows. Any other order gives the same pairs. */
typedef struct {
    size_t n;
    const double *x, *y;   /**< [n] m */
    const uint32_t *place; /**< [n] 0 .. places - 1 */
    size_t places;
    const int32_t *day; /**< [n] days since any day */
} hot_close_events;

/** Bands of distance: 0 is the same place, whatever the coordinates say; 1 holds other places from
 *  0 m to below edge[0], 2 from edge[0] to below edge[1] ... */
typedef struct {
    size_t n;
    const double *edge; /**< [n] m, > 0, rising */
    bool manhattan;     /**< |dx| + |dy|, not the straight line */
} hot_close_bands;

enum { HOT_CLOSE_BANDS = 20 }; /**< the most of them, and of bands of days */

typedef struct {
    uint32_t one, other; /**< positions, one < other */
} hot_close_pair;

/** `= {0}` is empty; free with hot_close_pairs_free. */
typedef struct {
    size_t n;        /**< incidents */
    uint32_t *event; /**< [n] the incident at each position; those near in space are near here */
    size_t bands;    /**< bands of distance + 1 */
    size_t *first;   /**< [bands + 1] the pairs of band b are pair[first[b]] and on */
    hot_close_pair *pair; /**< [first[bands]] */
    bool too_many;        /**< more than were allowed: there is none then */
} hot_close_pairs;

/** Find them.
 *  @param most  allow no more pairs than this
 *  @return HOT_OK, also where they are too many; HOT_DOMAIN for bands that do not rise, or
 *          coordinates that are not finite; HOT_MEMORY. *pairs is then empty
 *  Cost  O(n + pairs looked at), stopped soon after `most`.  Memory 8 bytes a pair; any number of
 *  threads gives the same */
HOT_MUST_USE hot_status hot_close_pairs_find(const hot_close_events *events,
                                             const hot_close_bands *bands, size_t most, int threads,
                                             hot_close_pairs *pairs);
void hot_close_pairs_free(hot_close_pairs *pairs);

#endif
