#define _DEFAULT_SOURCE /* arc4random_buf */

#include "engine/base/words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

/** Mix of two 64-bit words: the high and the low half of their product. */
static inline uint64_t mix(uint64_t a, uint64_t b)
{
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t eight_bytes(const unsigned char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    return v;
}

/** The last 1 to 7 bytes of a text as a number; where there are eight in all, read at once. */
static inline uint64_t last_bytes(const unsigned char *p, size_t n, bool eight)
{
    if (eight) return eight_bytes(p + n - 8) >> (64 - 8 * n);
    uint64_t v = 0;
    for (size_t k = 0; k < n; k++) v |= (uint64_t)p[k] << (8 * k);
    return v;
}

uint64_t hot_hash(const void *bytes, size_t length, uint64_t seed)
{
    static const uint64_t a = 0x9e3779b97f4a7c15u, b = 0xe7037ed1a0b428dbu;
    const unsigned char *p = bytes;
    uint64_t h = seed ^ mix(length ^ a, b);
    bool eight = length >= 8;
    for (; length >= 8; p += 8, length -= 8) h = mix(h ^ eight_bytes(p), b);
    if (length) h = mix(h ^ last_bytes(p, length, eight), a);
    return mix(h ^ b, a);
}

uint64_t hot_hash_seed(void)
{
    uint64_t seed;
    arc4random_buf(&seed, sizeof seed);
    return seed;
}

/** What a slot keeps of a text's hash: enough to pass over other texts without looking at them. */
static uint32_t tag_of(const hot_words *w, const char *at, size_t length)
{
    return (uint32_t)hot_hash(at, length, w->seed);
}

/** The slot of a text, or the free one where it would be. */
static size_t slot_of(const hot_words *w, const char *at, size_t length, uint32_t tag)
{
    size_t mask = w->slots - 1, s = tag & mask;
    for (; w->slot[s]; s = (s + 1) & mask) {
        if (w->slot[s] >> 32 != tag) continue;
        uint32_t k = (uint32_t)w->slot[s] - 1;
        if (w->length[k] == length && memcmp(w->text[k], at, length) == 0) break;
    }
    return s;
}

static bool more_slots(hot_words *w)
{
    size_t slots = w->slots ? w->slots * 2 : 64, mask = slots - 1;
    uint64_t *slot = hot_new(slots, sizeof *slot);
    if (!slot) return false;
    for (size_t k = 0; k < w->slots; k++) {
        if (!w->slot[k]) continue;
        size_t s = (w->slot[k] >> 32) & mask;
        while (slot[s]) s = (s + 1) & mask;
        slot[s] = w->slot[k];
    }
    if (!w->slot) w->seed = hot_hash_seed();
    hot_free(w->slot);
    w->slot = slot;
    w->slots = slots;
    return true;
}

static hot_status append(hot_words *w, const char *at, size_t length)
{
    if (w->n >= UINT32_MAX - 1 || length > UINT32_MAX - 1) return HOT_MEMORY;
    if (w->n * 2 >= w->slots && !more_slots(w)) return HOT_MEMORY;
    if (!hot_grow(&w->text, &w->room_text, w->n + 1, sizeof *w->text) ||
        !hot_grow(&w->length, &w->room_length, w->n + 1, sizeof *w->length))
        return HOT_MEMORY;
    char *copy = hot_arena_text(&w->arena, at, length);
    if (!copy) return HOT_MEMORY;
    w->text[w->n] = copy;
    w->length[w->n] = (uint32_t)length;
    uint32_t tag = tag_of(w, at, length);
    w->slot[slot_of(w, at, length, tag)] = (uint64_t)tag << 32 | (w->n + 1);
    w->n++;
    return HOT_OK;
}

uint32_t hot_words_find(const hot_words *w, const char *at, size_t length)
{
    if (!w->slots) return UINT32_MAX;
    uint64_t found = w->slot[slot_of(w, at, length, tag_of(w, at, length))];
    return (uint32_t)found - 1; /* a free slot: UINT32_MAX */
}

hot_status hot_words_add(hot_words *w, const char *at, size_t length, uint32_t *number)
{
    if (w->n == 0) HOT_TRY(append(w, "", 0));
    if (length == 0) return *number = 0, HOT_OK;
    uint32_t found = hot_words_find(w, at, length);
    if (found == UINT32_MAX) {
        HOT_TRY(append(w, at, length));
        found = (uint32_t)w->n - 1;
    }
    *number = found;
    return HOT_OK;
}

void hot_words_free(hot_words *w)
{
    hot_free(w->text);
    hot_free(w->length);
    hot_free(w->slot);
    hot_arena_free(&w->arena);
    *w = (hot_words){0};
}
