/** @file temporary.h
 *  Folders that are being made beside their target, and those that a killed run left behind.
 *
 *  The temporary of ".../NAME" is ".../.NAME.hotbeat-XXXXXX", so that it is on the same file system
 *  and the next run to the same target knows it. The run that makes it holds a lock (flock) on the
 *  folder itself for as long as it lives; the system lets go of the lock when the run ends, however
 *  it ends. A temporary whose lock is free therefore belongs to nobody.
 *
 *  Some network file systems (NFS among them) have no locks on folders. There a temporary is not
 *  known to be stale and is left alone: what a killed run leaves must be removed by hand.
 */
#ifndef HOT_LAYERS_WRITE_TEMPORARY_H
#define HOT_LAYERS_WRITE_TEMPORARY_H

#include "engine/base/status.h"

/** A folder that is ours alone. `= {0}` is empty. */
typedef struct {
    char *path; /**< NULL = none */
    int lock;   /**< descriptor that holds the lock, -1 = the file system has no locks */
} hot_temporary;

/** Make one, 0700 and empty, beside the target.
 *  @return HOT_OK; HOT_SYSTEM with a sentence; *temporary is then empty */
HOT_MUST_USE hot_status hot_temporary_new(const char *target, hot_temporary *temporary,
                                          hot_error *error);

/** Let go of it without removing anything. */
void hot_temporary_free(hot_temporary *temporary);

/** Lock a folder that is there, such as the results that are about to be replaced; waits up to five
 *  seconds for another run to let go of it.
 *  @param lock  out: a descriptor for close(), or -1 where the file system has no locks
 *  @return HOT_OK; HOT_SYSTEM with a sentence when another run holds it; HOT_STOPPED, without one,
 *  when there is no such folder any more */
HOT_MUST_USE hot_status hot_temporary_hold(const char *folder, int *lock, hot_error *error);

/** Where the old results stand for an instant on file systems that cannot exchange two names: the
 *  temporary's own name with ".old". Owned by the caller. */
char *hot_temporary_aside(const hot_temporary *temporary);

/** Clear away what killed runs to this target left: temporaries of this user whose lock is free.
 *  Old results that were set aside are put back if the target is not there. What cannot be removed
 *  stays for the next time. Cost O(entries of the folder above). */
void hot_temporary_sweep(const char *target);

#endif
