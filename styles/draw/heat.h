/** @file heat.h
 *  The density surface on the page: interpolated between the cells' middles, then classified on
 *  the absolute ladder of the style, so that a colour means the same every month. For styles/draw
 *  only.
 */
#ifndef HOT_STYLES_DRAW_HEAT_H
#define HOT_STYLES_DRAW_HEAT_H

#include "styles/draw/canvas.h"

/** Multiply the heat's colours into the page and keep the classes in canvas->heat.
 *
 *  Where a neighbour cell lies outside the study area, the weights of the others are scaled up, so
 *  that the colour reaches the study area's edge and no farther: white there would say "under 5".
 *  Nothing is drawn where no neighbour lies inside, nor, where the study area's shape is not known,
 *  where the nearest cell lies outside. On white ground a class has exactly the
 *  legend's colour. Where two classes meet, the pixel is a little darker, so that the pale ones
 *  have an edge too. Arithmetic is + - x / and integers: the same bits on every machine.
 *
 *  @return HOT_OK, also without a surface (nothing drawn); HOT_MEMORY */
HOT_MUST_USE hot_status hot_heat_draw(hot_canvas *canvas);

#endif
