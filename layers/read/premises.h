/** @file premises.h
 *  A list of premises that a person wants left out of repeat places: police stations, hospitals,
 *  businesses that report for others.
 */
#ifndef HOT_LAYERS_READ_PREMISES_H
#define HOT_LAYERS_READ_PREMISES_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/base/words.h"

/** `= {0}` is empty; free with hot_premises_free. */
typedef struct {
    size_t n;         /**< premises: lines that name one */
    hot_words keys;   /**< UPRNs, addresses and place keys, without what does not tell them apart */
    uint32_t *of_key; /**< [keys.n] which premises; of two with one key the first */
    size_t room, entries;
} hot_premises;

#define HOT_NO_PREMISES UINT32_MAX

/** Read a CSV file with a column uprn, address, place_key or place (of several each names the
 *  premises), or any other text of one UPRN, address or place key a line. Blank lines are passed
 *  over. At most 16 MiB.
 *  @return HOT_OK; HOT_INPUT with a sentence where it cannot be read, is no text, or names none;
 *  *premises is then empty */
HOT_MUST_USE hot_status hot_premises_read(const char *path, hot_premises *premises,
                                          hot_error *error);
void hot_premises_free(hot_premises *premises);

/** The premises of a place's key: case, commas, full stops, blanks and zeros before a number do not
 *  matter, nor does the corner added to an address that stands in several towns (addresses.h).
 *  @return its number, 0 .. n - 1, or HOT_NO_PREMISES */
uint32_t hot_premises_find(const hot_premises *premises, const char *key);

#endif
