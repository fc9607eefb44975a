/** @file given.h
 *  What the paths that a person gives stand for: text files, members of a zip archive, points.
 */
#ifndef HOT_LAYERS_READ_GIVEN_H
#define HOT_LAYERS_READ_GIVEN_H

#include "engine/base/memory.h"
#include "engine/base/status.h"
#include "layers/read/zip.h"

typedef enum { HOT_GIVEN_TEXT, HOT_GIVEN_MEMBER, HOT_GIVEN_POINTS } hot_given_kind;

/** One input. */
typedef struct {
    hot_given_kind kind;
    const char *path;
    const char *name;  /**< base name of the file or member, as printable UTF-8 */
    const char *layer; /**< of points; NULL = the only one */
    hot_member member; /**< of HOT_GIVEN_MEMBER */
    size_t from;       /**< number of the path that it was given by */
} hot_given_one;

typedef struct {
    size_t n, room;
    hot_given_one *one; /**< [n] in the order given, members in the archive's */
    size_t n_skipped, room_skipped;
    const char **skipped; /**< [n_skipped] names of what is no incident file, sorted */
    hot_arena arena;
} hot_given;

/** Find out.
 *
 *  A .gpkg, .geojson, .json, .shp or .kml file is points, FILE:LAYER one layer of it; a zip archive
 * is every .csv in it or, without any, its layer of points; all else is text. Files that are called
 *  ...-outcomes.csv or ...-stop-and-search.csv, as data.police.uk calls them, and members that are
 * no .csv are skipped.
 *  @return HOT_OK; HOT_INPUT with a sentence where nothing is left, or an archive is a workbook or
 *  cannot be read; HOT_USAGE for more than 65,535 inputs; *given is then empty */
HOT_MUST_USE hot_status hot_given_find(const char *const *paths, size_t n, hot_given *given,
                                       hot_error *error);
void hot_given_free(hot_given *given);

#endif
