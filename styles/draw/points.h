/** @file points.h
 *  Incidents and repeat places as circles. For styles/draw only.
 */
#ifndef HOT_STYLES_DRAW_POINTS_H
#define HOT_STYLES_DRAW_POINTS_H

#include "styles/draw/canvas.h"
#include "styles/draw/labels.h"

/** Incidents inside the map's frame: rows of the layer `incidents` where there is one, else the
 *  page's area's (or the set's) own count; -1 when nothing tells. */
int64_t hot_points_count(const hot_canvas *canvas);

/** Radius in pixels of a circle that stands for `count` incidents when the largest stands for
 *  `most`: areas are proportional to counts. */
double hot_points_radius(const hot_canvas *canvas, double count, double most);

/** Incidents of the frame, added up by place, as circles whose area is proportional to the count.
 *  @param most   out, the largest count drawn; 0 when there is none
 *  @param taken  gets the circles, so that no name covers them
 *  @return HOT_OK, or HOT_MEMORY (nothing drawn) */
HOT_MUST_USE hot_status hot_points_draw(const hot_canvas *canvas, int64_t *most, hot_taken *taken);

/** Were repeat places asked for (they may be addresses), and are there any? */
bool hot_places_shown(const hot_canvas *canvas);

/** The layer `repeats` in its style's classes, the largest first; on an area's page only its own.
 */
void hot_repeats_draw(const hot_canvas *canvas);

/** One circle as a style's entry says, of that radius in pixels. */
void hot_circle_draw(const hot_canvas *canvas, const hot_legend_entry *entry, double x, double y,
                     double radius);

#endif
