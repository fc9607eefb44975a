/** @file change_words.h
 *  What the analysis change says in words, so that nobody takes chance, season or recording for a
 *  change.
 */
#ifndef HOT_LAYERS_CATALOGUE_CHANGE_WORDS_H
#define HOT_LAYERS_CATALOGUE_CHANGE_WORDS_H

#include "engine/change/shift.h"
#include "layers/compare.h"
#include "layers/layer.h"

/** What there is to tell; everything is lent. */
typedef struct {
    const hot_study *study;
    const hot_comparison *comparison;
    const hot_shift *shift;
    const hot_usual *usual; /**< NULL = not known: judged by the exact test */
    size_t covered;         /**< months of history */
    const char *unit;       /**< "ward" */
} hot_change_told;

/** Write an area's change_note: "12, up from 5: outside this ward's usual variation", and what was
 *  expected; where the recording shifted, the sentence of that.
 *  @param expected,outside  of hot_change_expected; whether it was judged to be beyond */
HOT_MUST_USE hot_status hot_change_note(const hot_change_told *told, double now, double before,
                                        double expected, bool outside, hot_layer *layer,
                                        size_t row);

/** The same of a hotspot that is not judged, because it was adopted after the period compared with
 *  began: "12, down from 30: not judged, as ...".
 *  @param since  s, local, its first day as a hotspot; INT64_MIN = not said */
HOT_MUST_USE hot_status hot_change_note_later(const hot_change_told *told, double now,
                                              double before, int64_t since, hot_layer *layer,
                                              size_t row);

/** Add to a layer's about what is compared and how it is judged. */
HOT_MUST_USE hot_status hot_change_about(const hot_change_told *told, hot_layer *layer);

/** Leave the sentences of the whole run in the study: comparison, recording_shift. */
HOT_MUST_USE hot_status hot_change_tell(const hot_change_told *told, hot_study *study);

#endif
