/** @file run.h
 *  What the commands have in common that go from incidents to a folder of results.
 */
#ifndef HOT_TOOLS_RUN_H
#define HOT_TOOLS_RUN_H

#include "layers/layer.h"
#include "tools/options.h"

/** Says on stdout what was found, once it is written. @return the exit code */
typedef int hot_run_say(const hot_settings *settings, const hot_result *result);

/** Load, analyse, write, swap in.
 *  @param only  one analysis's word, or NULL for all
 *  @param say   NULL = the manifest, where --json asks for it
 *  @return the exit code */
int hot_run_analysis(const hot_asked *asked, const char *only, hot_run_say *say);

#endif
