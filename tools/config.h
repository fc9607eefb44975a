/** @file config.h
 *  A run's manifest as a configuration: the same run again.
 */
#ifndef HOT_TOOLS_CONFIG_H
#define HOT_TOOLS_CONFIG_H

#include "layers/study.h"
#include "tools/options.h"

/** Take every option from a run.json that was not given on the command line. Files that it names
 *  are looked for in the current folder, beside the run.json, and beside the incident files.
 *  @return HOT_OK; HOT_INPUT or HOT_USAGE with a sentence */
HOT_MUST_USE hot_status hot_config_take(const char *path, hot_asked *asked, hot_error *error);

/** Check that a study's input is the input of that run.json: the same contents, whatever their
 *  names. HOT_INPUT with a sentence where it is not. */
HOT_MUST_USE hot_status hot_config_check(const char *path, const hot_study *study,
                                         hot_error *error);

#endif
