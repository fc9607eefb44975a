/** @file outlines.h
 *  Areas on the map: the ground of the study area and its edge, the veil over what is not the
 *  page's area, and the lines of all of them. For styles/draw only.
 */
#ifndef HOT_STYLES_DRAW_OUTLINES_H
#define HOT_STYLES_DRAW_OUTLINES_H

#include "styles/draw/canvas.h"

/** Add feature f to Cairo's path, in page pixels; vertices closer than a third of a pixel to the
 *  one before are left out. `closed` for polygons. */
void hot_path_add(cairo_t *cr, const hot_view *view, const hot_shapes *shapes, size_t f,
                  bool closed);

/** Is any of feature f's box inside the frame? */
bool hot_path_in_sight(const hot_view *view, const hot_shapes *shapes, size_t f);

/** Make canvas->mask, the union of the study area's areas (without them, the surface's cells with
 *  data), and canvas->own, the page's area. */
HOT_MUST_USE hot_status hot_ground_masks(hot_canvas *canvas);

/** Grey where there are no data, white in the study area. */
void hot_ground_draw(const hot_canvas *canvas);

/** Fade everything but the page's area. Nothing on an overview. */
void hot_veil_draw(const hot_canvas *canvas);

/** How thick the lines between areas are, mm: the legend shows them so too. */
double hot_boundary_mm(const hot_canvas *canvas);

/** The study area's edge, the areas' lines, and the page's area above all. */
HOT_MUST_USE hot_status hot_outlines_draw(const hot_canvas *canvas);

#endif
