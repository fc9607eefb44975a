/** @file frame.h
 *  Where the cells are: a grid of square cells, aligned to the multiples of the cell's side in the
 *  analysis's coordinate system (for EPSG:27700 the national grid), row 0 in the north.
 *
 *  A cell is half-open: it holds its west and its south edge, not its east and its north one.
 */
#ifndef HOT_SPACE_FRAME_H
#define HOT_SPACE_FRAME_H

#include <stdint.h>

#include "engine/base/status.h"

typedef struct {
    double west, north; /**< m, the outer corner of cell (0, 0); multiples of `cell` */
    double cell;        /**< m, side of a cell, > 0 */
    int32_t cols, rows; /**< >= 1; cols * rows <= HOT_FRAME_CELLS */
} hot_frame;

/** The most cells a frame may have: with all that is worked out for a cell, 2^26 are about 1 GiB. */
#define HOT_FRAME_CELLS ((int64_t)1 << 26)

/** The smallest aligned frame that holds the box, grown by `margin` metres on every side.
 *  @return HOT_OK; HOT_DOMAIN for a box that is not finite or is upside down, a cell <= 0, or a
 *  frame of more than HOT_FRAME_CELLS cells (frame untouched). No memory is asked for. */
HOT_MUST_USE hot_status hot_frame_fit(double west, double south, double east, double north,
                                      double cell, double margin, hot_frame *frame);

/** Cells of the box at that cell side, as a number that cannot overflow: for advice in an error. */
double hot_frame_cells(double west, double south, double east, double north, double cell,
                       double margin);

static inline double hot_frame_x(const hot_frame *f, int32_t col)
{
    return f->west + ((double)col + 0.5) * f->cell;
}
static inline double hot_frame_y(const hot_frame *f, int32_t row)
{
    return f->north - ((double)row + 0.5) * f->cell;
}
static inline double hot_frame_east(const hot_frame *f)
{
    return f->west + (double)f->cols * f->cell;
}
static inline double hot_frame_south(const hot_frame *f)
{
    return f->north - (double)f->rows * f->cell;
}
static inline int64_t hot_frame_size(const hot_frame *f)
{
    return (int64_t)f->cols * f->rows;
}

/** Index row * cols + col of the cell that holds (x, y), or -1 outside the frame or for a NaN. */
int64_t hot_frame_index(const hot_frame *frame, double x, double y);

#endif
