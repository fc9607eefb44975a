/** @file beside.h
 *  Outputs that do not need each other are made side by side. What is told does not depend on which
 *  of them ends first.
 */
#ifndef HOT_TOOLS_BESIDE_H
#define HOT_TOOLS_BESIDE_H

#include <stddef.h>

#include "engine/base/status.h"

/** `n` pieces of one kind. `make` is called once for each, from any thread. */
typedef struct {
    hot_status (*make)(void *self, size_t piece, hot_error *error);
    void *self;
    size_t n;
} hot_pieces;

/** Make all pieces of all kinds on at most so many threads, begun in the order in which they are
 *  listed.
 *  @return HOT_OK; else what the first of them, in that order, failed with, and its sentence. After
 *  a failure none is begun; those under way are ended. */
HOT_MUST_USE hot_status hot_beside(int threads, const hot_pieces *kinds, size_t n,
                                   hot_error *error);

#endif
