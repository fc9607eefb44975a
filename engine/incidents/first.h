/** @file first.h
 *  Which earlier row is a row the same as?
 */
#ifndef HOT_INCIDENTS_FIRST_H
#define HOT_INCIDENTS_FIRST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Rows, and what makes two of them the same. The functions are called by several threads. */
typedef struct {
    const void *of; /**< handed to the functions */
    size_t n;       /**< less than UINT32_MAX */
    /** The row's hash, equal for rows that are the same; false = the row is the same as none. */
    bool (*hash)(const void *of, size_t row, uint64_t seed, uint64_t *hash);
    bool (*same)(const void *of, size_t a, size_t b);
    /** Ask for the memory that `same` will look at; NULL where rows are hardly ever the same. */
    void (*fetch)(const void *of, size_t row);
} hot_alike;

/** For every row the first one that it is the same as, if that stands before it.
 *  @param first  [n] out: that row, or UINT32_MAX
 *  @return HOT_OK; HOT_MEMORY (`first` is then without meaning)
 *  Cost O(n)    Memory  16 bytes a row, freed on return
 *  Any number of threads gives the same. */
HOT_MUST_USE hot_status hot_first_alike(const hot_alike *rows, int threads, uint32_t *first);

#endif
