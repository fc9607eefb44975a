/** @file publish.h
 *  The one publisher: a folder (or a single file) is made beside its final name, every file closed,
 *  checked and flushed to the disk, and then swapped in whole. A reader never sees two runs mixed,
 *  and a failure leaves what was there before.
 */
#ifndef HOT_LAYERS_WRITE_PUBLISH_H
#define HOT_LAYERS_WRITE_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"

/** An output folder on its way. `= {0}` is empty. */
typedef struct {
    char *target;    /**< its final path */
    char *temporary; /**< where it is being made, in the same folder as the target */
    bool overwrite;
} hot_publication;

/** Begin a folder. Refused, with a sentence, when something is there already and `overwrite` was
 *  not asked for; when what is there is no output of hotbeat; when its GeoPackage is in use
 *  (a -wal or -journal beside it); when the place cannot be written to. Folders are made 0700 and
 *  files 0600. */
HOT_MUST_USE hot_status hot_publish_begin(const char *target, bool overwrite,
                                          hot_publication *publication, hot_error *error);

/** The path inside the unfinished folder of a file such as "maps/overview.png", whose folder is
 *  made if need be. Owned by the caller. */
HOT_MUST_USE hot_status hot_publish_path(const hot_publication *publication, const char *name,
                                         char **path, hot_error *error);

/** Write one file of the folder. May be called from several threads. */
HOT_MUST_USE hot_status hot_publish_file(const hot_publication *publication, const char *name,
                                         const void *bytes, size_t length, hot_error *error);

/** Flush everything and swap the folder in. The publication is then empty. */
HOT_MUST_USE hot_status hot_publish_end(hot_publication *publication, hot_error *error);

/** Throw an unfinished folder away; nothing to do for an empty or finished one. */
void hot_publish_abandon(hot_publication *publication);

#endif
