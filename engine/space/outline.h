/** @file outline.h
 *  The cells of a class as polygons.
 *
 *  Cells that share a side are one part; cells that only meet at a corner are not. A ring passes
 *  every vertex once: where an outline would touch itself, the inner piece is a hole that touches
 *  the outline, as OGC Simple Features want it.
 */
#ifndef HOT_SPACE_OUTLINE_H
#define HOT_SPACE_OUTLINE_H

#include <stdint.h>

#include "engine/base/status.h"
#include "engine/space/frame.h"
#include "engine/space/shapes.h"

/** Append to `shapes` one feature: the union of the cells where class_[i] == value.
 *
 *  @param class_  [rows * cols], row 0 north
 *  @param shapes  open rings or parts must have been ended; without such a cell the feature has no
 *                 part; on failure as it was, apart from spare room
 *  @return HOT_OK; HOT_MEMORY
 *
 *  The parts are in the order of their first cell, rows from the north, cells from the west. A
 *  vertex is west + col * cell, north - row * cell; there is none where the border goes straight
 *  on.
 *
 *  Cost  O(cells), and O(runs of cells * log) for joining them into parts
 *  Memory  2 bytes a cell and 24 a run of cells and a vertex, freed on return
 */
HOT_MUST_USE hot_status hot_outline(const hot_frame *frame, const int8_t *class_, int8_t value,
                                    hot_shapes *shapes);

#endif
