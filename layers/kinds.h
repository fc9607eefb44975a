/** @file kinds.h
 *  Which kind of anti-social behaviour each row of a study is, by the codes of --map-types.
 */
#ifndef HOT_LAYERS_KINDS_H
#define HOT_LAYERS_KINDS_H

#include "layers/study.h"

/** Set the study's `kind`, where --map-types is given, of all its rows; and count anew the rows
 *  without coordinates that the selection would have taken.
 *  @return HOT_OK; HOT_USAGE with a sentence for a --kind that cannot be selected; HOT_INPUT where
 *  the file cannot be read or none of its codes is in the input; HOT_MEMORY (free the study)
 *  Cost O(rows + code pairs * lines) */
HOT_MUST_USE hot_status hot_kinds_map(hot_study *study, hot_error *error);

/** Count the rows that the types and dates take and the kinds leave out, and those without a kind,
 *  with remarks on both. After the study's rows are selected.
 *  @return HOT_OK, or HOT_MEMORY */
HOT_MUST_USE hot_status hot_kinds_count(hot_study *study);

/** The kinds that are asked for, as hot_selection has them. */
unsigned hot_kinds_asked(const hot_study *study);

enum { HOT_KINDS_SAID = 64 };

/** The kinds that --kind names, in words: "personal and nuisance".
 *  @param text  [HOT_KINDS_SAID] out
 *  @return false, and an empty text, where it names none */
bool hot_kinds_say(const hot_study *study, char *text);

#endif
