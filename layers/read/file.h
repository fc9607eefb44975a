/** @file file.h
 *  The door to the bytes of input files: opens, inflates, hashes.
 *
 *  A plain file is read as it is; one that begins like gzip is inflated, and must be whole: a cut
 * or damaged one is refused, not read up to the damage. A zip archive is read member by member,
 * each a file of its own. What a file holds is known by the SHA-256 of its inflated bytes. Whatever
 * the size of a file, it goes through a buffer of 256 KiB.
 */
#ifndef HOT_LAYERS_READ_FILE_H
#define HOT_LAYERS_READ_FILE_H

#include <stdint.h>

#include "engine/base/status.h"
#include "engine/incidents/csv.h"
#include "layers/digest.h"
#include "layers/read/zip.h"

typedef struct hot_file hot_file;

/** What is packed may unpack to so many bytes whatever its size, and beyond them to fewer than so
 *  many times its size: else it is refused while it is read. */
#define HOT_UNPACKED       ((uint64_t)1 << 30)
#define HOT_UNPACKED_TIMES 250

/** Open a file for reading.
 *  @return HOT_OK; HOT_INPUT, with a sentence, for what is not a regular file or cannot be opened
 */
HOT_MUST_USE hot_status hot_file_open(const char *path, hot_file **file, hot_error *error);

/** Open a member of a zip archive (hot_zip_list): stored or deflated, its length and check sum held
 *  against the directory.
 *  @return HOT_OK; HOT_INPUT, with a sentence, for one with a password or packed another way */
HOT_MUST_USE hot_status hot_file_open_member(const char *path, const hot_member *member,
                                             hot_file **file, hot_error *error);

/** Work the hash out on a thread of its own. To be called before anything is read. HOT_OK or
 *  HOT_MEMORY. */
HOT_MUST_USE hot_status hot_file_hash_aside(hot_file *file);

/** Look at the beginning: from here on the source gives text, UTF-16 with a byte order mark as
 * UTF-8. To be called before the source is first read.
 *  @return HOT_OK; HOT_INPUT, with a sentence that says what it is and what to do, for what is no
 *  text: a workbook, a picture, a database, UTF-32 ... */
HOT_MUST_USE hot_status hot_file_expect_text(hot_file *file, hot_error *error);

/** The bytes, inflated, as the engine reads them. */
hot_source hot_file_source(hot_file *file);

/** What was read in all. */
typedef struct {
    char sha256[65]; /**< of the inflated bytes, lower-case hex */
    uint64_t bytes;  /**< inflated */
} hot_content;

/** Read what is left, and say whether the whole file was read as it is: HOT_INPUT, with a sentence,
 *  where it was cut, damaged, or changed while it was read.
 *  @param hash  gets it unended, which the caller ends for content->sha256 and frees; nothing more
 * can then be read. NULL = it is ended here */
HOT_MUST_USE hot_status hot_file_finish(hot_file *file, hot_content *content, hot_digest **hash,
                                        hot_error *error);

/** Length and hash of several files' bytes as they stand, one after the other; those that are not
 *  there are left out, but for the first. */
HOT_MUST_USE hot_status hot_file_digest(const char *const *paths, size_t n, hot_content *content,
                                        hot_error *error);

void hot_file_close(hot_file *file);

/** The last part of a path, for sentences and tables: it lives in the path. */
const char *hot_base_name(const char *path);

#endif
