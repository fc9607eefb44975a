/** @file archive.h
 *  What is in a .zip: which of its files hold geodata, without unpacking any.
 */
#ifndef HOT_LAYERS_READ_ARCHIVE_H
#define HOT_LAYERS_READ_ARCHIVE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "layers/read/kind.h"

enum { HOT_ARCHIVE_FILES = 10000 }; /**< in one archive */
static const uint64_t hot_archive_unpacked = UINT64_C(512)
                                             << 20; /**< bytes, of all geodata in it */

/** The Shapefiles, GeoPackages and GeoJSON files of an archive, in its own order. */
typedef struct {
    size_t n, room;
    char **member;     /**< [n] path in the archive, owned */
    uint64_t unpacked; /**< bytes of them and of their parts, as the archive says */
} hot_archive;

/** List them. What else lies in the archive (a licence, a PDF) is passed by, and so is .json where
 *  there is anything better.
 *  @return HOT_OK with n >= 1; HOT_INPUT with a sentence: as zip.h says, encrypted, more than
 *  HOT_ARCHIVE_FILES files, more than hot_archive_unpacked bytes when unpacked, nothing in it.
 *  Memory and cost follow its list of contents, not what it unpacks to. */
HOT_MUST_USE hot_status hot_archive_read(const char *path, hot_archive *archive, hot_error *error);
void hot_archive_free(hot_archive *archive);

/** The name of a member without folders and ending, into `stem` of `room`: its layer. */
void hot_archive_stem(const char *member, char *stem, size_t room);

#endif
