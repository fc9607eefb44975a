/** @file hotspots_frozen.h
 *  A set of hotspots that is kept: what a later run reads with --hotspots.
 */
#ifndef HOT_LAYERS_CATALOGUE_HOTSPOTS_FROZEN_H
#define HOT_LAYERS_CATALOGUE_HOTSPOTS_FROZEN_H

#include "layers/layer.h"
#include "layers/study.h"

/** Whether NAME of --freeze can be a file's: [a-z0-9][a-z0-9_-]*, at most 40 characters. */
bool hot_frozen_is_name(const char *name);

/** Make the set of a finished run's layer `hotspots`, adopted or found, as a result of one layer.
 *
 *  Each hotspot keeps its code, name and polygon. It is valid from the day it was adopted, where
 *  that is said, else from the day after the period. The version is twelve characters of the hash
 * of the run's name (run_id), which everything that decided the result decides, and of all codes,
 *  names, dates and vertices.
 *  @param made    with its run_metadata
 *  @param frozen  out, owned by the caller
 *  @return HOT_OK; HOT_USAGE with a sentence where the run has no hotspots; *frozen is then empty
 */
HOT_MUST_USE hot_status hot_hotspots_freeze(const hot_study *study, const hot_result *made,
                                            const char *name, hot_result *frozen, hot_error *error);

#endif
