/** @file hotspots_adopted.h
 *  The hotspots that a team has adopted, or an earlier run has frozen (--hotspots): their layer,
 * and the tables that are about them.
 */
#ifndef HOT_LAYERS_CATALOGUE_HOTSPOTS_ADOPTED_H
#define HOT_LAYERS_CATALOGUE_HOTSPOTS_ADOPTED_H

#include "layers/layer.h"
#include "layers/study.h"

extern const hot_declaration hot_monitoring_layer, hot_frozen_layer;

/** Add the layer `hotspots` of the adopted ones, row by row as the set has them, with all that the
 *  study alone says of them; nothing where none were given. It stands in for the area set's layer:
 *  analyses fill it as they fill those.
 *  @return HOT_OK; HOT_INPUT with a sentence where all of them lie outside the study area */
HOT_MUST_USE hot_status hot_hotspots_adopted_make(hot_study *study, hot_result *result,
                                                  hot_error *error);

/** Add the table hotspot_monitoring, where hotspots were adopted. */
HOT_MUST_USE hot_status hot_monitoring_make(const hot_study *study, hot_result *result);

#endif
