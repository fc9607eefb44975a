/** @file tally.h
 *  How many rows there are of each of a few names, for a sentence and for the manifest.
 */
#ifndef HOT_LAYERS_TALLY_H
#define HOT_LAYERS_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/memory.h"

/** A name and its rows. */
typedef struct {
    const char *name; /**< lent */
    uint64_t rows;
} hot_tallied;

/** `= {0}` is empty. */
typedef struct {
    size_t n, room;
    hot_tallied *one; /**< [n] */
} hot_tally;

/** @return HOT_OK, or HOT_MEMORY (the tally is as it was) */
HOT_MUST_USE hot_status hot_tally_add(hot_tally *tally, const char *name, uint64_t rows);
/** Put the most frequent first, equal ones by the alphabet. */
void hot_tally_order(hot_tally *tally);
uint64_t hot_tally_rows(const hot_tally *tally);
/** The first five names, then how many more there are: "Burglary, Other theft and 3 more".
 *  @param text  [room] out, at least 16; what does not fit is left out */
void hot_tally_say(const hot_tally *tally, char *text, size_t room);
void hot_tally_free(hot_tally *tally);

#endif
