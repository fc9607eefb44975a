/** @file evaluate_tables.h
 *  The tables of `evaluate predict`, from what was scored.
 */
#ifndef HOT_LAYERS_CATALOGUE_EVALUATE_TABLES_H
#define HOT_LAYERS_CATALOGUE_EVALUATE_TABLES_H

#include "layers/catalogue/evaluate_parts.h"

extern const hot_declaration hot_evaluation_layer, hot_evaluation_months_layer,
    hot_evaluation_choices_layer;

/** Add them to the result.
 *  @return HOT_OK, or HOT_MEMORY */
HOT_MUST_USE hot_status hot_evaluation_tables(const hot_rolling *rolling, const hot_scores *scores,
                                              hot_result *result);

#endif
