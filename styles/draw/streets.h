/** @file streets.h
 *  The quiet background: roads, water, parks and whatever else was given as context, and the names
 *  of the streets that matter. For styles/draw only.
 */
#ifndef HOT_STYLES_DRAW_STREETS_H
#define HOT_STYLES_DRAW_STREETS_H

#include "styles/draw/canvas.h"
#include "styles/draw/labels.h"

/** Every layer named context_*: parks and water first, then the rest, roads last.
 *  @return HOT_OK or HOT_MEMORY */
HOT_MUST_USE hot_status hot_context_draw(const hot_canvas *canvas);

/** The roads once more, thin and dark, so that they can be read through the heat. */
HOT_MUST_USE hot_status hot_streets_trace(const hot_canvas *canvas);

/** Names of the most important streets in the page's area (in the frame, on an overview), along
 *  the street where it runs straight. */
HOT_MUST_USE hot_status hot_streets_label(const hot_canvas *canvas, hot_taken *taken);

#endif
