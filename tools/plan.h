/** @file plan.h
 *  --explain: what a command would do, on stdout.
 */
#ifndef HOT_TOOLS_PLAN_H
#define HOT_TOOLS_PLAN_H

#include "layers/plan.h"

/** Say the plan of a run, as text or as JSON.
 *  @return the exit code */
int hot_plan_say(const hot_study *study, const char *only, hot_error *error);

/** Say where a command that makes a folder would write, and that nothing was written.
 *  @param kind  as in hot_publish_begin
 *  @param what  of its files, in words
 *  @return the exit code */
int hot_target_say(const char *out, const char *kind, bool overwrite, const char *what);

/** The option itself, for the tables of the commands. */
#define HOT_EXPLAIN                                                                                \
    {                                                                                              \
        "explain", HOT_OPTION_FLAG, NULL, NULL, NULL, "Messages",                                  \
            "say on stdout what would be done and with what, and stop without writing", true       \
    }

#endif
