/** @file map_types.h
 *  A force's own codes, and which kind of anti-social behaviour each stands for.
 */
#ifndef HOT_LAYERS_READ_MAP_TYPES_H
#define HOT_LAYERS_READ_MAP_TYPES_H

#include "engine/base/memory.h"
#include "engine/incidents/kinds.h"

/** One line: what an incident was opened as (the type's column) and closed as. */
typedef struct {
    const char *opening, *closing; /**< patterns as of hot_pattern_fits; "" = whatever it is */
    hot_kind kind;
} hot_mapped;

/** `= {0}` is empty. */
typedef struct {
    size_t n, room;
    hot_mapped *line; /**< [n] in the order of the file */
    hot_arena arena;
} hot_type_map;

/** Read --map-types: a CSV file with a column `kind` and with `opening`, `closing` or both; or with
 *  `code` in place of them, which is what the incident was closed as or, failing that, opened as.
 *  @return HOT_OK; HOT_INPUT with a sentence: no such column, a line without a code, a kind that is
 *  not known (with its line), no line at all; HOT_SYSTEM; HOT_MEMORY. *map is then empty */
HOT_MUST_USE hot_status hot_type_map_read(const char *path, hot_type_map *map, hot_error *error);

/** The kind of an incident. What it was closed as counts before what it was opened as: lines with a
 *  closing code are tried first; of several lines that fit, the first in the file counts.
 *  HOT_UNMAPPED where none does. Cost O(lines) */
hot_kind hot_type_map_kind(const hot_type_map *map, const char *opening, const char *closing);

void hot_type_map_free(hot_type_map *map);

#endif
