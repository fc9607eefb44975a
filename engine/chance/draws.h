/** @file draws.h
 *  Draws by chance that are the same everywhere: a stream is known by a seed and a number, and does
 *  not depend on any other. Give each piece of work a stream, and any number of threads draws the
 *  same.
 */
#ifndef HOT_CHANCE_DRAWS_H
#define HOT_CHANCE_DRAWS_H

#include <stddef.h>
#include <stdint.h>

/** A place in a stream; made by hot_draws_of, which asks for no memory. */
typedef struct {
    uint64_t seed, stream, block;
    uint32_t word[4], left; /**< drawn already: the last `left` of them */
} hot_draws;

/** The stream of that number, from its beginning. */
hot_draws hot_draws_of(uint64_t seed, uint64_t stream);

/** The next 32 bits.
 *  Source  Philox4x32-10: Salmon and others (2011), Parallel random numbers: as easy as 1, 2, 3. */
uint32_t hot_draws_word(hot_draws *draws);

/** The next `n` words, as hot_draws_word would give them one by one. */
void hot_draws_fill(hot_draws *draws, uint32_t *word, size_t n);

/** A whole number, 0 .. bound - 1, each as likely as the others.
 *  Source  Lemire (2019), ACM Transactions on Modeling and Computer Simulation 29(1).
 *  @param bound  >= 1 */
uint32_t hot_draws_below(hot_draws *draws, uint32_t bound);

#endif
