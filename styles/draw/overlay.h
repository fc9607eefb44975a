/** @file overlay.h
 *  The heat alone, without a page round it: a picture to lay over any map or slide.
 */
#ifndef HOT_STYLES_DRAW_OVERLAY_H
#define HOT_STYLES_DRAW_OVERLAY_H

#include "styles/draw/page.h"

/** Whether there is heat to show: a surface, of at least as many incidents as a page's heat asks.
 */
bool hot_overlay_has(const hot_result *result);

/** Draw the surface, one pixel a cell, row 0 north, in the classes and colours of the legend;
 *  see-through under the first class and outside the study area.
 *
 *  @param png, world_file, aux_xml  appended to, as hot_page_draw does
 *  @return HOT_OK; HOT_MEMORY; HOT_SYSTEM. On failure the three outputs are as they were
 *  Cost    O(cells) */
HOT_MUST_USE hot_status hot_overlay_draw(hot_pen *pen, const hot_result *result, hot_bytes *png,
                                         hot_bytes *world_file, hot_bytes *aux_xml,
                                         hot_error *error);

#endif
