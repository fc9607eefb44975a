#define _DEFAULT_SOURCE

#include "engine/base/memory.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 2 << 20 };

static atomic_long budget = -1; /* requests that may still succeed; negative = no limit */

void hot_memory_fail_after(long n)
{
    atomic_store(&budget, n < 0 ? -1 : n);
}

static bool granted(void)
{
    long left = atomic_load_explicit(&budget, memory_order_relaxed);
    if (left < 0) return true;
    while (left > 0)
        if (atomic_compare_exchange_weak(&budget, &left, left - 1)) return true;
    return false;
}

/** Ask for large pages under a large block: touching 170 MB of columns for the first time costs a
 *  quarter of a second in small ones. Where they are not to be had, nothing is lost. */
static void *in_large_pages(void *block, size_t bytes)
{
#if defined(MADV_HUGEPAGE)
    static const uintptr_t page = 4096;
    if (block && bytes >= LARGE_PAGE) {
        /* whole pages around it: a mapping that is advised in part could not grow in place */
        size_t before = (uintptr_t)block & (page - 1), length = before + bytes + page - 1;
        (void)madvise((char *)block - before, length & ~(size_t)(page - 1), MADV_HUGEPAGE);
    }
#endif
    return block;
}

/** Bytes to ask for: where an array would end far inside a large page, all of that page, which is
 *  then one to be had. */
static size_t rounded(size_t bytes)
{
    size_t rest = bytes % LARGE_PAGE, short_of = LARGE_PAGE - rest;
    return rest > LARGE_PAGE / 2 && bytes < SIZE_MAX - short_of ? bytes + short_of : bytes;
}

/** A block for an array that has none yet. A large one begins where a large page does: what the
 *  allocator writes in front of a block would break up the page it stands in. */
static void *first_block(size_t bytes)
{
    void *block = NULL;
    if (bytes < LARGE_PAGE) return malloc(bytes);
    return posix_memalign(&block, LARGE_PAGE, bytes) == 0 ? block : NULL;
}

void *hot_new(size_t count, size_t size)
{
    if (!granted()) return NULL;
    void *block = calloc(count ? count : 1, size ? size : 1);
    return in_large_pages(block, block ? count * size : 0);
}

void *hot_new_raw(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || !granted()) return NULL;
    bytes = rounded(bytes);
    return in_large_pages(first_block(bytes ? bytes : 1), bytes);
}

bool hot_grow(void *array, size_t *room, size_t need, size_t size)
{
    if (need <= *room) return true;
    size_t wanted = *room < 8 ? 16 : *room * 2, bytes;
    if (wanted < need) wanted = need;
    void *old, *bigger;
    memcpy(&old, array, sizeof old);
    if (__builtin_mul_overflow(wanted, size, &bytes) || !granted()) return false;
    bytes = rounded(bytes);
    bigger = in_large_pages(old ? realloc(old, bytes) : first_block(bytes), bytes);
    if (!bigger) return false;
    memcpy(array, &bigger, sizeof bigger);
    *room = wanted;
    return true;
}

char *hot_text(const char *from, size_t length)
{
    if (length == SIZE_MAX) return NULL;
    char *copy = hot_new_raw(length + 1, 1);
    if (!copy) return NULL;
    if (length) memcpy(copy, from, length);
    copy[length] = 0;
    return copy;
}

void hot_free(void *block)
{
    free(block);
}

enum { ARENA_FIRST = 64 << 10, ARENA_MOST = 16 << 20 }; /* bytes of a block; each twice the last */

struct hot_arena_block {
    hot_arena_block *next;
    size_t used, room;
    char bytes[];
};

static hot_arena_block *block_with_room(hot_arena *arena, size_t need)
{
    hot_arena_block *head = arena->head;
    if (head && head->room - head->used >= need) return head;
    size_t room = head ? head->room * 2 : ARENA_FIRST;
    if (room > ARENA_MOST) room = ARENA_MOST;
    if (room < need) room = need;
    if (room > SIZE_MAX - sizeof(hot_arena_block)) return NULL;
    hot_arena_block *block = hot_new_raw(1, sizeof *block + room);
    if (!block) return NULL;
    *block = (hot_arena_block){.next = head, .room = room};
    return arena->head = block;
}

char *hot_arena_text(hot_arena *arena, const char *from, size_t length)
{
    if (length == SIZE_MAX) return NULL;
    hot_arena_block *block = block_with_room(arena, length + 1);
    if (!block) return NULL;
    char *copy = block->bytes + block->used;
    block->used += length + 1;
    if (length) memcpy(copy, from, length);
    copy[length] = 0;
    return copy;
}

void hot_arena_join(hot_arena *arena, hot_arena *part)
{
    hot_arena_block **end = &arena->head; /* the block with room stays in front */
    if (*end) end = &(*end)->next;
    hot_arena_block *rest = *end, *last = part->head;
    if (!last) return;
    *end = last;
    while (last->next) last = last->next;
    last->next = rest;
    part->head = NULL;
}

void hot_arena_free(hot_arena *arena)
{
    while (arena->head) {
        hot_arena_block *next = arena->head->next;
        free(arena->head);
        arena->head = next;
    }
}
