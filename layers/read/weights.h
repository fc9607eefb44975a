/** @file weights.h
 *  What an incident of each type weighs: a harm index.
 */
#ifndef HOT_LAYERS_READ_WEIGHTS_H
#define HOT_LAYERS_READ_WEIGHTS_H

#include "engine/base/memory.h"
#include "engine/base/status.h"

typedef struct {
    const char *type; /**< a pattern as of hot_pattern_fits */
    double weight;    /**< finite, >= 0 */
} hot_weighed;

/** `= {0}` is empty. */
typedef struct {
    size_t n, room;
    hot_weighed *one; /**< [n] in the order of the file */
    hot_arena arena;
} hot_weights;

/** Read --weights: a CSV file of type,weight, or JSON: an object of weights by type, or a list of
 *  objects with `type` and `weight`.
 *  @return HOT_OK; HOT_INPUT with a sentence that names the file and the line (in JSON the type): a
 *  weight that is negative or no number, a type that is empty or comes twice, a file that holds
 *  none; HOT_SYSTEM; HOT_MEMORY. *weights is then empty */
HOT_MUST_USE hot_status hot_weights_read(const char *path, hot_weights *weights, hot_error *error);

/** The weight of a type: of its own name before any pattern, then of the first pattern that fits.
 *  NaN where none does. Cost O(types) */
double hot_weights_of(const hot_weights *weights, const char *type);

void hot_weights_free(hot_weights *weights);

/** Add one; for the readers of either format.
 *  @param where  "line 3", or "" for what has no line
 *  @return as hot_weights_read */
HOT_MUST_USE hot_status hot_weights_add(hot_weights *weights, const char *file, const char *where,
                                        const char *type, size_t length, double weight,
                                        hot_error *error);

/** Read JSON: the door to its library is in weights_json.c. */
HOT_MUST_USE hot_status hot_weights_read_json(const char *path, hot_weights *weights,
                                              hot_error *error);

#endif
