/** @file gistar.h
 *  Which cells have more incidents in and around them than chance would give, and which fewer?
 *
 *  The cells that count are the universe. A cell's window is those cells of the universe whose
 *  centres lie within a radius of its own, itself included.
 *
 *  Source  Getis and Ord (1992), Geographical Analysis 24(3), for the star; Ord and Getis (1995),
 *          Geographical Analysis 27(4), for the z; weights 1 in the window, 0 outside it.
 */
#ifndef HOT_GISTAR_H
#define HOT_GISTAR_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/gistar/windows.h"

/** What the universe holds. */
typedef struct {
    size_t n;        /**< cells */
    double mean, sd; /**< of their values; sd over n, as the source has it; exactly 0 where all are
                          equal; both NaN without a cell */
} hot_gistar_whole;

/** Gi* of every cell of the universe, as a z-score: (window - cells * mean) over
 *  sd * sqrt((n * cells - cells^2) / (n - 1)).
 *
 *  @param grid    finite values
 *  @param radius  m, >= 0 and finite; a centre at that distance is in the window
 *  @param whole   out
 *  @param window  [n] out, the sum of the values in the window, of the cells of the universe in the
 *                 grid's order; exact for whole numbers under 2^53
 *  @param cells   [n] out, how many cells of the universe it has, >= 1
 *  @param z       [n] out; NaN where sd is 0 or the window is the whole universe
 *  @return HOT_OK; HOT_DOMAIN for another radius; HOT_MEMORY; outputs are then of no meaning
 *  Cost    O(cells) where the window is a square, as it is under twice a cell's side; else O(cells
 * * rows of a window) Random  none; the same for any number of threads */
HOT_MUST_USE hot_status hot_gistar(const hot_gistar_grid *grid, double radius, int threads,
                                   hot_gistar_whole *whole, double *window, int32_t *cells,
                                   double *z);

/** The two-sided p of a z-score under the normal law; NaN for NaN. */
double hot_gistar_p(double z);

/** By what a cell is classified. */
typedef struct {
    double own;      /**< incidents in it */
    double window;   /**< and in its window */
    double expected; /**< in a window of as many cells: cells * mean */
    double z;
    double p;  /**< adjusted for the number of cells; NaN = not judged */
    int8_t to; /**< 1 = its window has more than chance gives, -1 fewer, 0 neither */
} hot_gistar_cell;

/** The least incidents in a window that is called hot, and the least expected in one that is called
 *  cold. */
enum { HOT_GISTAR_LEAST = 5 };

/** 3, 2 or 1 = hot at alpha / 5, alpha or 2 * alpha (0.01, 0.05 and 0.10 where alpha is 0.05), p
 *  itself included; -3 to -1 cold; 0 neither, or not judged.
 *
 *  A cell is hot only with an incident of its own and HOT_GISTAR_LEAST in its window, cold only
 *  where HOT_GISTAR_LEAST are expected; and only where `to` and the sign of z agree, which they
 *  may not where a few cells hold nearly everything. */
int hot_gistar_class(const hot_gistar_cell *cell, double alpha);

#endif
