/** @file bulk.h
 *  The rows of a large layer of points, written straight through SQLite into a table that GDAL
 * made.
 *
 *  GDAL makes a feature of every row, and SQLite grows the spatial index by one point at a time:
 * for a million points that is most of a run. Here rows are bound and inserted many at once, with
 * the geometry in the bytes that GDAL gives a point, and the index is packed whole (rtree.h). What
 * the triggers would have kept up row by row (index, count of rows) and GDAL at the end (bounds) is
 *  then set once; the triggers stay as GDAL made them.
 */
#ifndef HOT_LAYERS_WRITE_BULK_H
#define HOT_LAYERS_WRITE_BULK_H

#include <stdbool.h>

#include "engine/base/progress.h"
#include "layers/layer.h"

/** Where the rows go. */
typedef struct {
    void *sqlite; /**< the connection (sqlite3 *) in which the table and its index were made */
    const hot_progress *progress;
    char *complaint; /**< [room] out: what SQLite said, where it failed */
    size_t room;
} hot_bulk;

/** Is a layer large enough for this to be worth while, and all of it points of finite place? */
bool hot_bulk_suits(const hot_layer *layer);

/** Write every row, in the layer's order, and the index, into the empty table of the layer's name
 *  with a column `geom` and the layer's columns.
 *  @return HOT_OK; HOT_MEMORY; HOT_STOPPED; HOT_SYSTEM with a complaint. After a failure the
 *  transaction is to be given up. Cost O(rows), 36 bytes a row for the index */
HOT_MUST_USE hot_status hot_bulk_write(const hot_bulk *to, const hot_layer *layer);

#endif
