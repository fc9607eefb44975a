/** @file page.h
 *  The map page: what a person pins to a wall.
 *
 *  A page is drawn from layers and the float32 surface, whether just made or read back, so that
 *  yesterday's folder gives the same picture. The same input gives the same bytes, on any thread.
 */
#ifndef HOT_STYLES_DRAW_PAGE_H
#define HOT_STYLES_DRAW_PAGE_H

#include "engine/base/bytes.h"
#include "engine/base/status.h"
#include "layers/layer.h"

typedef struct {
    const hot_result *result;   /**< layers and surface; only read */
    const char *set;            /**< the area set to draw ("ward"); NULL = the study area's own */
    const char *code;           /**< the area of the page; NULL = the overview */
    double width_mm, height_mm; /**< 0 = A4, upright or lying as the area asks; 100 to 1500 */
    int dpi;                    /**< 0 = 150; 50 to 600 */
} hot_page;

/** Fonts, styles and caches of one thread: one pen per thread. */
typedef struct hot_pen hot_pen;

/** @return HOT_OK; HOT_SYSTEM when the DejaVu fonts are not installed; HOT_INPUT for a style that
 *  cannot be read; HOT_MEMORY. *pen is untouched on failure. */
HOT_MUST_USE hot_status hot_pen_new(hot_pen **pen, hot_error *error);
void hot_pen_free(hot_pen *pen);

/** Draw one page.
 *
 *  Layers read, each may be absent: the area sets, `incidents`, `repeats`, `context_*`,
 *  `run_metadata` (words: title, place, period, mapped, profile, marking, kernel, bandwidth, cell,
 *  projection, software, run_id, source_line, snapped, fictional, area_sets, study, show_places,
 *  warning_1 ...). Fewer than 50 incidents in the map's frame are drawn as points, not heat.
 *
 *  @param png         appended to
 *  @param world_file  appended to: six lines that lay the whole page right in a GIS; may be NULL
 *  @param aux_xml     appended to: the coordinate system, when result->epsg is known; may be NULL
 *  @return HOT_OK; HOT_USAGE for a set or an area that is not there, or a page size or dpi outside
 *          its range; HOT_DOMAIN when nothing in the result says where the map is; HOT_MEMORY;
 *          HOT_SYSTEM. On failure the three outputs are as they were.
 *
 *  Cost    O(pixels + vertices in sight); about 0.1 s for A4 at 150 dpi
 *  Random  none
 */
HOT_MUST_USE hot_status hot_page_draw(hot_pen *pen, const hot_page *page, hot_bytes *png,
                                      hot_bytes *world_file, hot_bytes *aux_xml, hot_error *error);

#endif
