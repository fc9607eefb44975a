/** @file file.h
 *  The door to the bytes of input files: opens, inflates, hashes.
 *
 *  A plain file is read as it is; one that begins like gzip is inflated, and must be whole: a cut or
 *  damaged one is refused, not read up to the damage. What the file holds is known by the SHA-256
 *  of its inflated bytes.
 */
#ifndef HOT_LAYERS_READ_FILE_H
#define HOT_LAYERS_READ_FILE_H

#include <stdint.h>

#include "engine/base/status.h"
#include "engine/incidents/csv.h"

typedef struct hot_file hot_file;

/** Open a file for reading.
 *  @return HOT_OK; HOT_INPUT, with a sentence, for what is not a regular file or cannot be opened */
HOT_MUST_USE hot_status hot_file_open(const char *path, hot_file **file, hot_error *error);

/** The bytes, inflated, as the engine reads them. */
hot_source hot_file_source(hot_file *file);

/** What was read in all. */
typedef struct {
    char sha256[65]; /**< of the inflated bytes, lower-case hex */
    uint64_t bytes;  /**< inflated */
} hot_content;

/** Read what is left, and say whether the whole file was read as it is: HOT_INPUT, with a sentence,
 *  where it was cut, damaged, or changed while it was read. */
HOT_MUST_USE hot_status hot_file_finish(hot_file *file, hot_content *content, hot_error *error);

void hot_file_close(hot_file *file);

/** The last part of a path, for sentences and tables: it lives in the path. */
const char *hot_base_name(const char *path);

#endif
