/** @file bulk.h
 *  The rows of a large layer of points, written past GDAL and SQLite into a table that GDAL made.
 *
 *  GDAL makes a feature of every row, and SQLite grows the spatial index by one point at a time:
 *  for a million points that is most of a run. Here the pages of the table and of its index, which
 *  is packed whole (rtree.h), are laid out one after the other (btree.h), with the geometry in the
 *  bytes that GDAL gives a point. What the triggers would have kept up row by row (index, count of
 *  rows) and GDAL at the end (bounds) is set once; the triggers stay as GDAL made them.
 */
#ifndef HOT_LAYERS_WRITE_BULK_H
#define HOT_LAYERS_WRITE_BULK_H

#include <stdbool.h>

#include "engine/base/progress.h"
#include "layers/layer.h"

/** Where the rows go. */
typedef struct {
    const char *path; /**< a GeoPackage that nobody has open, with the table and its index */
    const hot_progress *progress;
    char *complaint; /**< [room] out: what went wrong, where it failed */
    size_t room;
} hot_bulk;

/** Is a layer large enough for this to be worth while, and all of it points of finite place? */
bool hot_bulk_suits(const hot_layer *layer);

/** Write every row, in the layer's order, and the index, into the empty table of the layer's name
 *  with a column `geom` and the layer's columns.
 *  @return HOT_OK; HOT_MEMORY; HOT_STOPPED; HOT_SYSTEM with a complaint. After a failure the file
 *  is not to be used. Cost O(rows), 36 bytes a row for the index */
HOT_MUST_USE hot_status hot_bulk_write(const hot_bulk *to, const hot_layer *layer);

#endif
