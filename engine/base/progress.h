/** @file progress.h
 *  Long work says how far it is, and is told whether to go on.
 */
#ifndef HOT_BASE_PROGRESS_H
#define HOT_BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"

/** `step` may be called from several threads at once; false = stop. `= {0}` tells nobody. */
typedef struct {
    bool (*step)(void *self, const char *what, double share);
    void *self;
} hot_progress;

/** Say that `share` (0..1) of `what` is done. HOT_STOPPED when asked to stop, else HOT_OK. */
static inline hot_status hot_progress_step(const hot_progress *progress, const char *what,
                                           double share)
{
    if (!progress || !progress->step) return HOT_OK;
    return progress->step(progress->self, what, share) ? HOT_OK : HOT_STOPPED;
}

#endif
