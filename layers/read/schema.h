/** @file schema.h
 *  The table of contents of an SQLite file, read without SQLite: whether a GeoPackage's own tables
 *  are tables. A view among them can run for ever, and the library would run it on opening.
 */
#ifndef HOT_LAYERS_READ_SCHEMA_H
#define HOT_LAYERS_READ_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Bytes of a file at a place. `read` gives the whole length asked for, or false. */
typedef struct {
    bool (*read)(void *self, uint64_t at, void *into, size_t n);
    void *self;
} hot_reach;

/** @param file  its name, for the sentence
 *  @return HOT_OK; HOT_INPUT with a sentence where a name beginning gpkg_ is no plain table, or the
 *  schema is damaged or of more than 65,536 pages; HOT_MEMORY.
 *  A write-ahead log beside the file is not looked into: kind.h refuses one. Cost O(schema). */
HOT_MUST_USE hot_status hot_schema_check(const char *file, hot_reach reach, hot_error *error);

#endif
