/** @file furniture.h
 *  What stands beside the map: legend, scale bar, north arrow. For styles/draw only.
 *  Each draws from (x, y) down and returns the y below it.
 */
#ifndef HOT_STYLES_DRAW_FURNITURE_H
#define HOT_STYLES_DRAW_FURNITURE_H

#include "styles/draw/canvas.h"

/** The whole ladder of the density, hottest first, or the sizes of the points; nothing when the
 *  map shows neither.
 *  @param most  the largest count of a point (HOT_SHOW_POINTS) */
double hot_legend_draw(const hot_canvas *canvas, double x, double y, double width, int64_t most);

/** The classes of the repeat places, when the page shows them. */
double hot_legend_repeats(const hot_canvas *canvas, double x, double y, double width);

/** What the lines of the map are. */
double hot_legend_lines(const hot_canvas *canvas, double x, double y, double width);

/** Scale bar in a round number of metres and an arrow to grid north. */
double hot_scale_draw(const hot_canvas *canvas, double x, double y, double width);

/** The largest of 1, 2, 5 times a power of ten that is at most `metres`; 0 for metres < 1e-6. */
double hot_scale_round(double metres);

#endif
