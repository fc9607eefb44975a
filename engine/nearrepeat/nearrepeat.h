/** @file nearrepeat.h
 *  Are incidents that are close in space close in time too, more than chance gives?
 *
 *  Source  Knox (1964), "The detection of space-time interactions", Applied Statistics 13; with
 *          permutations after Townsley, Homel and Chaseling (2003), "Infectious burglaries",
 * British Journal of Criminology 43, and Ratcliffe and Rengert (2008), Security Journal 21.
 */
#ifndef HOT_NEARREPEAT_NEARREPEAT_H
#define HOT_NEARREPEAT_NEARREPEAT_H

#include "engine/nearrepeat/pairs.h"

/** The most days from the first incident to the last. */
enum { HOT_KNOX_DAYS = INT16_MAX };

/** What is asked. Bands of days: [0, days[0]), [days[0], days[1]) ... */
typedef struct {
    const int32_t *days; /**< [n_days] 1 to HOT_KNOX_DAYS, rising */
    size_t n_days;
    uint32_t deals; /**< permutations; 0 = none */
    uint64_t seed;
    int threads;
} hot_knox_rules;

/** One band of distance by one of days. */
typedef struct {
    uint64_t observed;   /**< pairs */
    double mean, median; /**< of the permutations; NaN without any */
    double p;            /**< (1 + permutations with as many or more) / (1 + permutations); NaN */
    double expected; /**< Knox's: pairs in the band of distance x pairs in that of days / all pairs;
                          what the mean of ever more permutations comes to. NaN without a pair */
} hot_knox_cell;

/** The table of Knox, by distance, then days.
 *  @param events  as the pairs were found of
 *  @param cell    [pairs->bands * rules->n_days] out
 *  @return HOT_OK; HOT_DOMAIN for days that do not rise, more than HOT_CLOSE_BANDS of them, or
 *          incidents more than HOT_KNOX_DAYS apart; HOT_MEMORY. Outputs are then not to be used
 *  Cost  that of hot_deal.  Any number of threads gives the same; so does any order of the events
 *  that leaves the pairs as they are: the days are dealt in their own order */
HOT_MUST_USE hot_status hot_knox(const hot_close_events *events, const hot_close_pairs *pairs,
                                 const hot_knox_rules *rules, hot_knox_cell *cell);

/** P(X >= observed), X of Poisson's distribution: Knox's own test.
 *  @return NaN where expected is not above 0 */
double hot_knox_poisson(uint64_t observed, double expected);

/** What an incident is to those before and after it. In the order of the chain. */
typedef enum {
    HOT_ISOLATED,    /**< none is near in space and time */
    HOT_ORIGINATOR,  /**< none before it, some after it */
    HOT_NEAR_REPEAT, /**< one before it, near but at another place */
    HOT_REPEAT,      /**< one before it at the same place */
    HOT_CHAIN_CLASSES
} hot_chain_class;

/** "isolated", "originator", "near repeat", "repeat". */
const char *hot_chain_name(hot_chain_class class_);

/** Class them: near = the same place or the first band of distance, and fewer than `days` days
 *  apart.
 *  @param turn    [events->n] the order in time, each number once: the lower is the earlier
 *  @param class_  [events->n] out: hot_chain_class
 *  Cost O(n + pairs) */
void hot_chain_classify(const hot_close_events *events, const hot_close_pairs *pairs, int32_t days,
                        const uint32_t *turn, uint8_t *class_);

#endif
