/** @file hotspots.h
 *  Hotspots on the map: their outlines, a number each, and the key that names them. For
 *  styles/draw only.
 */
#ifndef HOT_STYLES_DRAW_HOTSPOTS_H
#define HOT_STYLES_DRAW_HOTSPOTS_H

#include "styles/draw/canvas.h"
#include "styles/draw/labels.h"

/** Which hotspots of the layer `hotspots` meet the ground that the map must hold: canvas->numbered,
 *  by rank. Their numbers are the same on every page: 1, 2, 3 ..., equal ranks by row.
 *  @return HOT_OK or HOT_MEMORY */
HOT_MUST_USE hot_status hot_hotspots_number(hot_canvas *canvas, const hot_box *ground);

/** Their outlines. */
void hot_hotspots_draw(const hot_canvas *canvas);

/** Their numbers, in a place of their own beside each; one that finds no room is left out. */
HOT_MUST_USE hot_status hot_hotspots_label(const hot_canvas *canvas, hot_taken *taken);

/** The height that the whole key needs in so many columns, in pixels; 0 without hotspots. */
double hot_hotspots_key_height(const hot_canvas *canvas, int columns);

/** The key: number, name, incidents. What does not fit is counted in its last line.
 *  @return the y below it */
double hot_hotspots_key(const hot_canvas *canvas, hot_rect room, int columns);

#endif
