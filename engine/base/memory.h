/** @file memory.h
 *  The one place where memory is asked for.
 *
 *  Sizes are checked for overflow. A test can make the nth request fail. `= {0}` is a valid empty
 *  value of every owning struct of hotbeat; its _free leaves it so and may be called twice.
 */
#ifndef HOT_BASE_MEMORY_H
#define HOT_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"

/** `count` zeroed items of `size` bytes, or NULL. count = 0 gives a block that may be freed. */
void *hot_new(size_t count, size_t size) __attribute__((malloc));

/** As hot_new, but the bytes are not set: for large arrays that are filled at once. */
void *hot_new_raw(size_t count, size_t size) __attribute__((malloc));

/** Make room for `need` items in *array (of *room), at least doubling. The new items are not set.
 *  On failure *array and *room are untouched. */
HOT_MUST_USE bool hot_grow(void *array, size_t *room, size_t need, size_t size);

/** A copy of `length` bytes with a zero after them, or NULL. */
char *hot_text(const char *from, size_t length) __attribute__((malloc));

void hot_free(void *block);

/** For tests: let `n` more requests succeed and every later one fail; negative = never fail. */
void hot_memory_fail_after(long n);

/** Text that lives as long as the whole: a bump allocator, freed in one piece. */
typedef struct hot_arena_block hot_arena_block;
typedef struct {
    hot_arena_block *head;
} hot_arena;

/** A zero-terminated copy of `length` bytes that lives until hot_arena_free; NULL without memory.
 */
char *hot_arena_text(hot_arena *arena, const char *from, size_t length);
/** Let the texts of `part` live as long as the whole; `part` is empty afterwards. */
void hot_arena_join(hot_arena *arena, hot_arena *part);
void hot_arena_free(hot_arena *arena);

#endif
