/** @file labels.h
 *  Names on the map that never touch each other or leave the frame. For styles/draw only.
 */
#ifndef HOT_STYLES_DRAW_LABELS_H
#define HOT_STYLES_DRAW_LABELS_H

#include "styles/draw/canvas.h"
#include "styles/draw/text.h"

/** Boxes that are taken, in page pixels. `= {0}` is empty. */
typedef struct {
    hot_rect *box;
    size_t n, room;
} hot_taken;

/** Take the box if it lies inside the frame and touches no other.
 *  @return whether it was taken; false also without memory */
bool hot_taken_claim(hot_taken *taken, const hot_view *view, hot_rect box);

/** Take the box whatever else lies there: for what is drawn in any case. */
HOT_MUST_USE hot_status hot_taken_add(hot_taken *taken, hot_rect box);
void hot_taken_free(hot_taken *taken);

/** Names of areas: the page's own first, then by rank; a name that finds no room is left out. */
HOT_MUST_USE hot_status hot_labels_areas(const hot_canvas *canvas, hot_taken *taken);

#endif
