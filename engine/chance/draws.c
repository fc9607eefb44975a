#include "engine/chance/draws.h"

#include <Random123/philox.h>

hot_draws hot_draws_of(uint64_t seed, uint64_t stream)
{
    return (hot_draws){.seed = seed, .stream = stream};
}

static void next_block(hot_draws *d)
{
    philox4x32_key_t key = {{(uint32_t)d->seed, (uint32_t)(d->seed >> 32)}};
    philox4x32_ctr_t at = {{(uint32_t)d->block, (uint32_t)(d->block >> 32), (uint32_t)d->stream,
                            (uint32_t)(d->stream >> 32)}};
    philox4x32_ctr_t drawn = philox4x32(at, key);
    for (int k = 0; k < 4; k++) d->word[k] = drawn.v[k];
    d->block++;
    d->left = 4;
}

uint32_t hot_draws_word(hot_draws *d)
{
    if (d->left == 0) next_block(d);
    return d->word[4 - d->left--];
}

void hot_draws_fill(hot_draws *d, uint32_t *word, size_t n)
{
    hot_draws own = *d;
    for (size_t k = 0; k < n; k++) word[k] = hot_draws_word(&own);
    *d = own;
}

uint32_t hot_draws_below(hot_draws *d, uint32_t bound)
{
    uint64_t product = (uint64_t)hot_draws_word(d) * bound;
    if ((uint32_t)product < bound) {
        uint32_t least = -bound % bound; /* as many words as leave a remainder are drawn again */
        while ((uint32_t)product < least) product = (uint64_t)hot_draws_word(d) * bound;
    }
    return (uint32_t)(product >> 32);
}
