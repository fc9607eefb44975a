/** @file publish.h
 *  The one publisher: a folder is made beside its final name, every file closed, checked and
 * flushed to the disk, and then swapped in whole. A reader never sees two runs mixed, and a failure
 * leaves what was there before.
 *
 *  The swap is one step of the file system (rename, or RENAME_EXCHANGE over results that are
 * there). Where the file system cannot exchange two names (NFS, some overlays) the old results are
 * renamed away and the new ones renamed in: a reader may for an instant find no folder at all, and
 * a run killed in that instant leaves it so, until the next run to the same target puts the old
 * results back before it begins.
 *
 *  Two runs to one target at once each make a whole folder; the one that ends last stays, and
 *  without `overwrite` the second to end fails. What a killed run leaves is cleared away by the
 * next run to the same target: see temporary.h.
 */
#ifndef HOT_LAYERS_WRITE_PUBLISH_H
#define HOT_LAYERS_WRITE_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/base/status.h"
#include "layers/write/temporary.h"

/** An output folder on its way. `= {0}` is empty. */
typedef struct {
    char *target;            /**< its final path */
    const char *kind;        /**< which command makes such folders */
    hot_temporary temporary; /**< where it is being made */
    size_t parents;          /**< how many folders above the target were made for it */
    bool overwrite;
} hot_publication;

/** Begin a folder. Refused, with a sentence, when something is there already and `overwrite` was
 *  not asked for; when what is there is not of the same kind, holds anything that hotbeat did not
 * put there (see contents.h), is a link, or the root of a file system; when a GeoPackage in it is
 * in use (a -wal or -journal beside it); when the place cannot be written to. Folders are made 0700
 * and files 0600.
 *  @param kind  "run", "map" or "sample"; it must outlive the publication
 *  @return HOT_OK; HOT_SYSTEM or HOT_USAGE with a sentence; *publication is then untouched */
HOT_MUST_USE hot_status hot_publish_begin(const char *target, const char *kind, bool overwrite,
                                          hot_publication *publication, hot_error *error);

/** What hot_publish_begin would say of a target, without making or removing anything.
 *  @param files  out: how many files are there that would be replaced
 *  @return as hot_publish_begin. Cost O(entries) */
HOT_MUST_USE hot_status hot_publish_look(const char *target, const char *kind, bool overwrite,
                                         size_t *files, hot_error *error);

/** The path inside the unfinished folder of a file such as "maps/overview.png", whose folder is
 *  made if need be. Owned by the caller. */
HOT_MUST_USE hot_status hot_publish_path(const hot_publication *publication, const char *name,
                                         char **path, hot_error *error);

/** Write one file of the folder. May be called from several threads. */
HOT_MUST_USE hot_status hot_publish_file(const hot_publication *publication, const char *name,
                                         const void *bytes, size_t length, hot_error *error);

/** List what was made (contents.h), flush everything and swap the folder in. The publication is
 * then empty.
 *  @return HOT_OK; HOT_SYSTEM with a sentence, which says so where the new results are in place and
 *  only what comes after (flushing the folder above, removing the old results) has failed. The
 *  publication is then still to be abandoned. */
HOT_MUST_USE hot_status hot_publish_end(hot_publication *publication, hot_error *error);

/** Throw an unfinished folder away, and the folders above that were made for it; nothing to do for
 *  an empty or finished one. */
void hot_publish_abandon(hot_publication *publication);

#endif
