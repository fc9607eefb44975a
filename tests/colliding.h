/** @file colliding.h
 *  Texts that all have one hash under seed 0 (hot_hash), as anybody can write them who has read the
 *  source: the second eight bytes undo the first.
 */
#ifndef HOT_TESTS_COLLIDING_H
#define HOT_TESTS_COLLIDING_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

__extension__ typedef unsigned __int128 colliding_wide;

static inline uint64_t colliding_mix(uint64_t a, uint64_t b)
{
    colliding_wide product = (colliding_wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/** The kth text of 16 bytes, other than zero, and a zero; k is below a million. */
static inline void colliding_text(uint64_t k, char text[17])
{
    static const uint64_t a = 0x9e3779b97f4a7c15u, b = 0xe7037ed1a0b428dbu;
    uint64_t high = 0x01010101 + (k / 15625 << 16) + (k / 125 % 125 << 8) + k % 125;
    for (uint64_t first = high << 32 | 0x01010101;; first++) {
        uint64_t second = colliding_mix(colliding_mix(16 ^ a, b) ^ first, b);
        memcpy(text, &first, 8);
        memcpy(text + 8, &second, 8);
        text[16] = 0;
        if (strlen(text) == 16) return;
    }
}

#endif
