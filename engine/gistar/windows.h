/** @file windows.h
 *  Sums over the windows of a row of cells.
 */
#ifndef HOT_GISTAR_WINDOWS_H
#define HOT_GISTAR_WINDOWS_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/space/frame.h"

/** The shape of a window: how far it reaches along each row of cells. `= {0}` is empty. */
typedef struct {
    int32_t reach; /**< rows up and down */
    int32_t *half; /**< [reach + 1] cells to either side, by rows away */
    bool nine;     /**< a cell and its eight neighbours */
} hot_window;

/** @param radius  m, >= 0 and finite; cut where it reaches beyond the frame from everywhere
 *  @return HOT_OK; HOT_DOMAIN for another radius; HOT_MEMORY; *window is then empty */
HOT_MUST_USE hot_status hot_window_new(const hot_frame *frame, double radius, hot_window *window);
void hot_window_free(hot_window *window);

/** A grid, of whose cells some count. */
typedef struct {
    const hot_frame *frame;
    const double *value; /**< [frame] row by row from the north; 0 where a cell does not count */
    const uint8_t *universe; /**< [frame] 1 = it counts; NULL = all do */
} hot_gistar_grid;

/** Cells of a row that count and stand side by side. */
typedef struct {
    int32_t first, n;
} hot_run;

/** The next run of a row from a column on; n = 0 behind the last. */
hot_run hot_run_next(const hot_gistar_grid *grid, int32_t row, int32_t from);

/** Room to sum a block of rows in. `= {0}` is empty. */
typedef struct {
    int32_t first, rows; /**< of the frame, which are held */
    double *value;       /**< of each row, what stands before each cell; of nine, sums of columns */
    int32_t *cells;      /**< likewise, how many count */
    uint8_t *counts;     /**< the same of nine */
} hot_window_rows;

/** How many rows are summed with one another. */
enum { HOT_WINDOW_BLOCK = 32 };

HOT_MUST_USE hot_status hot_window_rows_new(const hot_frame *frame, const hot_window *window,
                                            hot_window_rows *rows);
void hot_window_rows_free(hot_window_rows *rows);

/** Make ready for rows first .. first + HOT_WINDOW_BLOCK - 1. Cost O(cells in reach of them). */
void hot_window_rows_take(const hot_gistar_grid *grid, const hot_window *window, int32_t first,
                          hot_window_rows *rows);

/** The windows of one of those rows.
 *  @param sum,cells  [cols] out; also where the cell itself does not count */
void hot_window_sum(const hot_gistar_grid *grid, const hot_window *window, int32_t row,
                    hot_window_rows *rows, double *sum, int32_t *cells);

#endif
