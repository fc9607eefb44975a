/** @file words.h
 *  Texts that come again and again, kept once each and known by a small number.
 *
 *  Number 0 is always the empty text. Numbers follow first appearance.
 */
#ifndef HOT_BASE_WORDS_H
#define HOT_BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/base/status.h"

typedef struct {
    size_t n;          /**< texts, the empty one included once any text was added */
    const char **text; /**< [n] zero-terminated; live as long as the whole */
    uint32_t *length;  /**< [n] bytes */
    size_t room_text, room_length, slots;
    uint64_t *slot; /**< [slots] number + 1 below 32 bits of the text's hash, or 0 = free; slots is
                         a power of two */
    uint64_t seed;  /**< of the hashes, another one in every run: numbers do not depend on it */
    hot_arena arena;
} hot_words;

/** The number of a text, which is added when it is new. Cost O(length).
 *  @return HOT_OK, or HOT_MEMORY (words unchanged) */
HOT_MUST_USE hot_status hot_words_add(hot_words *words, const char *at, size_t length,
                                      uint32_t *number);

/** The number of a text, or UINT32_MAX where it is not known. */
uint32_t hot_words_find(const hot_words *words, const char *at, size_t length);

void hot_words_free(hot_words *words);

/** Whether two texts of one length are the same: in place, as most are too short for a call. */
static inline bool hot_text_is(const char *one, const char *other, size_t length)
{
    uint64_t a, b, differ = 0;
    if (length >= sizeof a) {
        for (size_t k = 0; k < length; k += sizeof a) {
            size_t at = k + sizeof a < length ? k : length - sizeof a;
            memcpy(&a, one + at, sizeof a);
            memcpy(&b, other + at, sizeof b);
            differ |= a ^ b;
        }
        return differ == 0;
    }
    uint32_t c[2], d[2];
    if (length >= sizeof *c) {
        memcpy(&c[0], one, sizeof *c);
        memcpy(&d[0], other, sizeof *d);
        memcpy(&c[1], one + length - sizeof *c, sizeof *c);
        memcpy(&d[1], other + length - sizeof *d, sizeof *d);
        return ((c[0] ^ d[0]) | (c[1] ^ d[1])) == 0;
    }
    while (length && one[length - 1] == other[length - 1]) length--;
    return length == 0;
}

/** A 64-bit hash of bytes, the same on every machine. Not for secrets. */
uint64_t hot_hash(const void *bytes, size_t length, uint64_t seed);

/** A seed that nobody can foretell, for a table of what comes from outside: with a known one, a
 *  file can be written whose texts all fall into one slot, and 3 MB of it take a minute. Only for
 *  tables whose slots nothing of the result depends on. */
uint64_t hot_hash_seed(void);

#endif
