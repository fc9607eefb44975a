/** @file zip.h
 *  What a zip archive holds. Only its list is read here; file.h reads a member's bytes.
 *
 *  Source  PKWARE, .ZIP File Format Specification (APPNOTE) 6.3.10, sections 4.3 and 4.4.
 *          Departs: no zip64, no encryption, no archive in several parts, nothing before it.
 */
#ifndef HOT_LAYERS_READ_ZIP_H
#define HOT_LAYERS_READ_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/memory.h"
#include "engine/base/status.h"

/** A member as the archive's directory has it. Its name says nothing of a path here: it is never
 *  opened. */
typedef struct {
    const char *name; /**< whole, as it stands there; any bytes but zero */
    uint64_t header;  /**< where its local header is */
    uint64_t packed, size;
    uint32_t crc;
    uint16_t method; /**< 0 stored, 8 deflated, others are not read */
    bool locked;     /**< with a password */
} hot_member;

typedef struct {
    size_t n;
    hot_member *member; /**< [n] in the directory's order */
    hot_arena arena;
} hot_zip;

/** Whether a file's first bytes are those of a zip archive. */
bool hot_zip_is(const unsigned char *at, size_t length);

/** Read the directory.
 *  @return HOT_OK; HOT_INPUT with a sentence for an archive that is cut, damaged, zip64, or whose
 *  members claim more bytes than the file has; HOT_SYSTEM; *zip is then empty
 *  Memory  O(directory), at most 64 MiB */
HOT_MUST_USE hot_status hot_zip_list(const char *path, hot_zip *zip, hot_error *error);
void hot_zip_free(hot_zip *zip);

#endif
