/** @file folder.h
 *  A folder on the disk with all that is in it: flushed, or removed, as one. Links are never
 *  followed.
 */
#ifndef HOT_LAYERS_WRITE_FOLDER_H
#define HOT_LAYERS_WRITE_FOLDER_H

#include <stdbool.h>

#include "engine/base/status.h"

/** "a" and "b" as a/b, owned by the caller; NULL without memory. */
char *hot_folder_path(const char *a, const char *b);

/** The folder a path stands in, "." where the path says none; owned by the caller. */
char *hot_folder_above(const char *path);

/** Is it a folder, and no link to one? */
bool hot_folder_is(const char *path);

/** Called for each entry; `self` is the walker's own. Anything but HOT_OK ends the walk. */
typedef hot_status hot_folder_visitor(void *self, const char *path, bool is_folder,
                                      hot_error *error);

/** Visit every entry below a folder, its own folders after what they hold, and itself last. A
 * folder that is not there has none.
 *  @return HOT_OK; HOT_SYSTEM with a sentence; what the visitor gave */
HOT_MUST_USE hot_status hot_folder_walk(const char *folder, hot_folder_visitor *visit, void *self,
                                        hot_error *error);

/** Flush a folder and every file and folder in it to the disk, and make its files 0600.
 *  @return HOT_OK; HOT_SYSTEM with a sentence. Cost: one fsync a file and a folder */
HOT_MUST_USE hot_status hot_folder_flush(const char *folder, hot_error *error);

/** Flush the list of names of one folder, so that a name that was changed stays changed. File
 *  systems that cannot flush a folder are taken at their word. */
HOT_MUST_USE hot_status hot_folder_flush_names(const char *folder, hot_error *error);

/** Remove a folder and everything in it. What is gone already is no failure.
 *  @return HOT_OK; HOT_SYSTEM with a sentence at the first thing that cannot be removed */
HOT_MUST_USE hot_status hot_folder_remove(const char *folder, hot_error *error);

/** Fill the error with errno: "PATH: cannot be WHAT: reason." */
hot_status hot_folder_failed(const char *what, const char *path, hot_error *error);

#endif
