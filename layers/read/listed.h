/** @file listed.h
 *  A small CSV file of a person's own: a few named columns, every line of which must be right.
 */
#ifndef HOT_LAYERS_READ_LISTED_H
#define HOT_LAYERS_READ_LISTED_H

#include <stdbool.h>

#include "engine/incidents/csv.h"

enum { HOT_LISTED = 4 }; /**< columns at most */

/** One line. */
typedef struct {
    const char *file; /**< base name */
    unsigned long long line;
    hot_slice
        field[HOT_LISTED]; /**< without blanks round it; empty where there is no such column */
} hot_listed_row;

typedef struct {
    const char *column[HOT_LISTED]; /**< names of each, in lower case, any of "one|two" */
    bool needed[HOT_LISTED];
    const char *expected; /**< the rest of a sentence: "a CSV file of type,weight" */
    /** Called for every line; a failure ends the reading. */
    hot_status (*take)(void *self, const hot_listed_row *row, hot_error *error);
    void *self;
} hot_listed;

/** Read the file at `path`, plain or packed, in UTF-8 or UTF-16.
 *  @return HOT_OK; HOT_INPUT with a sentence that names the file, and the line where there is one;
 *  what `take` returned; HOT_SYSTEM; HOT_MEMORY */
HOT_MUST_USE hot_status hot_listed_read(const char *path, const hot_listed *listed,
                                        hot_error *error);

#endif
