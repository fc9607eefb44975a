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

static inline uint64_t little_endian(const unsigned char *p, size_t n)
{
    uint64_t v = 0;
    memcpy(&v, p, n);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    return v;
}

uint64_t hot_hash(const void *bytes, size_t length, uint64_t seed)
{
    static const uint64_t a = 0x9e3779b97f4a7c15u, b = 0xe7037ed1a0b428dbu;
    const unsigned char *p = bytes;
    uint64_t h = seed ^ mix(length ^ a, b);
    for (; length >= 8; p += 8, length -= 8) h = mix(h ^ little_endian(p, 8), b);
    if (length) h = mix(h ^ little_endian(p, length), a);
    return mix(h ^ b, a);
}

uint64_t hot_hash_seed(void)
{
    uint64_t seed;
    arc4random_buf(&seed, sizeof seed);
    return seed;
}

static size_t slot_of(const hot_words *w, const char *at, size_t length)
{
    size_t mask = w->slots - 1, s = (size_t)hot_hash(at, length, w->seed) & mask;
    for (; w->slot[s]; s = (s + 1) & mask) {
        uint32_t k = w->slot[s] - 1;
        if (w->length[k] == length && memcmp(w->text[k], at, length) == 0) return s;
    }
    return s;
}

static bool more_slots(hot_words *w)
{
    size_t slots = w->slots ? w->slots * 2 : 64;
    uint32_t *slot = hot_new(slots, sizeof *slot);
    if (!slot) return false;
    if (!w->slot) w->seed = hot_hash_seed();
    hot_free(w->slot);
    w->slot = slot;
    w->slots = slots;
    for (size_t k = 0; k < w->n; k++)
        slot[slot_of(w, w->text[k], w->length[k])] = (uint32_t)k + 1;
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
    w->slot[slot_of(w, at, length)] = (uint32_t)w->n + 1;
    w->n++;
    return HOT_OK;
}

uint32_t hot_words_find(const hot_words *w, const char *at, size_t length)
{
    if (!w->slots) return UINT32_MAX;
    uint32_t found = w->slot[slot_of(w, at, length)];
    return found ? found - 1 : UINT32_MAX;
}

hot_status hot_words_add(hot_words *w, const char *at, size_t length, uint32_t *number)
{
    if (w->n == 0) HOT_TRY(append(w, "", 0));
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
