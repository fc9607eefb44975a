/** @file listing.h
 *  A small table that a person writes for hotbeat: a CSV file, of which columns are asked for by
 *  name.
 */
#ifndef HOT_LAYERS_READ_LISTING_H
#define HOT_LAYERS_READ_LISTING_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

enum {
    HOT_LISTING_LINES = 10000, /**< most lines below the header */
    HOT_LISTING_TEXT = 255,    /**< most bytes of a field that is asked for */
    HOT_LISTING_COLUMNS = 8,   /**< most columns that may be asked for */
};

/** One line; its texts are valid until the next. */
typedef struct {
    const char *file; /**< base name, for a sentence */
    unsigned long long line;
    const char *text[HOT_LISTING_COLUMNS]; /**< as asked for, without the blanks round it; "" where
                                                the line or the file has none */
} hot_listing_line;

typedef struct {
    const char *const *column; /**< [n] names, any of "one|two"; case does not matter */
    size_t n;
    size_t required;      /**< the first so many must be there */
    const char *expected; /**< the rest of a sentence: "a CSV file of type,weight" */
    hot_status (*take)(void *self, const hot_listing_line *line, hot_error *error);
    void *self;
} hot_listing;

/** Let `take` have every line that is not empty, in the file's order.
 *  @return HOT_OK; HOT_INPUT, with a sentence, for what is no such table, has no line, or more or
 *  longer ones than are read; what `take` returned. */
HOT_MUST_USE hot_status hot_listing_read(const char *path, const hot_listing *listing,
                                         hot_error *error);

#endif
