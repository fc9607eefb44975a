/** @file trends.h
 *  The parts of the analysis trends; each adds its layers to the result.
 */
#ifndef HOT_LAYERS_CATALOGUE_TRENDS_H
#define HOT_LAYERS_CATALOGUE_TRENDS_H

#include "layers/history.h"
#include "layers/layer.h"

extern const hot_declaration hot_years_layer, hot_control_chart_layer, hot_trend_classes_layer,
    hot_trend_cells_layer;

HOT_MUST_USE hot_status hot_years_make(const hot_study *study, const hot_history *history,
                                       hot_result *result);
HOT_MUST_USE hot_status hot_control_chart_make(const hot_study *study, const hot_history *history,
                                               hot_result *result);
HOT_MUST_USE hot_status hot_trend_classes_make(const hot_study *study, const hot_history *history,
                                               hot_result *result);
HOT_MUST_USE hot_status hot_trend_cells_make(const hot_study *study, const hot_history *history,
                                             hot_result *result);

#endif
