/** @file chance.c
 *  splitmix64 (Steele, Lea & Flood 2014), and counts drawn with it in whole numbers.
 */
#include "engine/town/parts.h"

static uint64_t scramble(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

hot_town_chance hot_town_chance_new(uint64_t seed, uint64_t purpose)
{
    return (hot_town_chance){scramble(seed) ^ scramble(purpose * UINT64_C(0xD1342543DE82EF95) + 1)};
}

uint64_t hot_town_chance_next(hot_town_chance *chance)
{
    chance->state += UINT64_C(0x9E3779B97F4A7C15);
    return scramble(chance->state);
}

uint32_t hot_town_chance_below(hot_town_chance *chance, uint32_t n)
{
    return (uint32_t)(((hot_town_chance_next(chance) >> 32) * n) >> 32);
}

int32_t hot_town_chance_between(hot_town_chance *chance, int32_t from, int32_t to)
{
    return from + (int32_t)hot_town_chance_below(chance, (uint32_t)(to - from + 1));
}

/* 16 trials for every expected one: binomial, whose spread is within 3 % of Poisson's. */
uint32_t hot_town_chance_count(hot_town_chance *chance, uint64_t mean_1000)
{
    enum { TRIALS = 16 };
    uint64_t trials = mean_1000 * TRIALS / 1000;
    uint32_t count = 0;
    for (uint64_t i = 0; i < trials; ++i) count += hot_town_chance_below(chance, TRIALS) == 0;
    return count;
}
