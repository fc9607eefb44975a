/** @file weighing.h
 *  What the incidents of a study weigh, by the types of --weights.
 */
#ifndef HOT_LAYERS_WEIGHING_H
#define HOT_LAYERS_WEIGHING_H

#include "layers/study.h"

/** With --weight: a remark on the incidents whose field of it is empty; they have no weight (NaN).
 *
 *  Set the rows' weights from --weights, where it is given, and `weighted`. After the study's rows
 *  are selected. Types that no line fits have no weight (NaN): their incidents are counted, and
 *  left out of weighted sums, with a remark.
 *
 *  Anti-social behaviour among the incidents must have a weight: a file without one is refused,
 *  because its sums would say that it harms nobody; a weight of 0 is the person's own word, and
 * gets a remark.
 *  @return HOT_OK; HOT_USAGE with a sentence for both --weight and --weights; HOT_INPUT where the
 *  file cannot be read, fits no type of the input, or has no weight for anti-social behaviour that
 *  is there; HOT_MEMORY (free the study). Cost O(rows + words * types) */
HOT_MUST_USE hot_status hot_weights_apply(hot_study *study, hot_error *error);

#endif
