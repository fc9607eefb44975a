/** @file inside.h
 *  Places inside an area where its name may stand. For styles/draw only.
 */
#ifndef HOT_STYLES_DRAW_INSIDE_H
#define HOT_STYLES_DRAW_INSIDE_H

#include "styles/draw/canvas.h"

/** The middle of a stretch that lies inside the area and inside the frame, in page pixels. */
typedef struct {
    double x, y;
    double width;  /**< of the stretch */
    double centre; /**< 0 = half-way up the visible part of the area, 1 = at its top or bottom */
} hot_spot;

enum { HOT_SPOTS = 15 };

/** The widest stretch on each of up to HOT_SPOTS level lines across the visible part of feature f.
 *  @return how many were found; 0 when it is out of sight or without memory */
size_t hot_inside(const hot_view *view, const hot_shapes *shapes, size_t f,
                  hot_spot spots[HOT_SPOTS]);

#endif
