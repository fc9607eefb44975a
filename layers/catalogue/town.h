/** @file town.h
 *  The fictional town's boundaries and context as layers: wards, beats, streets, water, parks,
 *  railway, places.
 */
#ifndef HOT_LAYERS_CATALOGUE_TOWN_H
#define HOT_LAYERS_CATALOGUE_TOWN_H

#include "engine/town/town.h"
#include "layers/layer.h"

/** Layers of the town's GeoPackage, in the order of hot_town_result. */
enum { HOT_TOWN_LAYERS = 7 };
extern const hot_declaration hot_town_layers[HOT_TOWN_LAYERS];

/** Fill an empty result with the town's layers, metres on the British National Grid. Every title
 *  and description says that the town is fictional. The layers copy what they need.
 *  HOT_MEMORY leaves *result empty. */
HOT_MUST_USE hot_status hot_town_result(const hot_town *town, hot_result *result);

#endif
