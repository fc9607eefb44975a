/** @file contents.h
 *  What hotbeat put into a folder: a list in the folder itself, ".hotbeat". Whatever else is found
 *  there later is somebody's own, and is not removed with the results.
 */
#ifndef HOT_LAYERS_WRITE_CONTENTS_H
#define HOT_LAYERS_WRITE_CONTENTS_H

#include "engine/base/bytes.h"
#include "engine/base/status.h"

#define HOT_CONTENTS ".hotbeat"

/** List all that is in an unfinished folder.
 *  @param kind   which command makes such folders: "run", "map", "sample"
 *  @param bytes  out: what the list holds: a sentence that says what it is, then one name a line,
 *                sorted
 *  @return HOT_OK, HOT_MEMORY, or HOT_SYSTEM with a sentence; free the bytes in any case */
HOT_MUST_USE hot_status hot_contents_format(const char *folder, const char *kind, hot_bytes *bytes,
                                            hot_error *error);

/** May a folder be removed, because it is of that kind and nothing but what it lists is in it?
 *  What other programs leave beside a file by looking at it (SQLite's log, GDAL's .aux.xml) and
 *  empty folders do not count.
 *  @param target  how the folder is called in a sentence
 *  @return HOT_OK, HOT_MEMORY, or HOT_SYSTEM with a sentence that names the stranger. Cost
 *  O(entries) */
HOT_MUST_USE hot_status hot_contents_check(const char *folder, const char *kind, const char *target,
                                           hot_error *error);

#endif
