/** @file georef.h
 *  Where the whole page lies: the world file and the coordinate system beside it. For styles/draw
 *  only.
 */
#ifndef HOT_STYLES_DRAW_GEOREF_H
#define HOT_STYLES_DRAW_GEOREF_H

#include "engine/base/bytes.h"
#include "styles/draw/canvas.h"

/** Six lines: pixel width, 0, 0, minus pixel height, easting and northing of the middle of the
 *  page's top-left pixel. Numbers read back as the same doubles. */
HOT_MUST_USE hot_status hot_world_file(const hot_view *view, hot_bytes *out);

/** One line of XML that names the coordinate system; nothing when epsg <= 0. */
HOT_MUST_USE hot_status hot_aux_xml(int epsg, hot_bytes *out);

#endif
