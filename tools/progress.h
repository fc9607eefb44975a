/** @file progress.h
 *  Progress on stderr, and stopping when asked to.
 */
#ifndef HOT_TOOLS_PROGRESS_H
#define HOT_TOOLS_PROGRESS_H

#include "engine/base/progress.h"
#include "layers/settings.h"

/** The first thing the program does, before any file is opened: after SIGINT, SIGTERM or SIGHUP the
 *  next step says to stop (unless the signal was ignored from the start). SIGPIPE and SIGXFSZ are
 *  ignored, so that the write itself fails; a standard stream that was closed fails when it is
 *  written to. */
void hot_listen(void);

/** Begin to show progress as --progress and --quiet say. */
hot_progress hot_progress_begin(const hot_settings *settings);

/** Clear the progress line. */
void hot_progress_end(void);

/** A message for a person on stderr, unless --quiet. */
__attribute__((format(printf, 2, 3))) void hot_message(const hot_settings *settings,
                                                       const char *format, ...);

#endif
