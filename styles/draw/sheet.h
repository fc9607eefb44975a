/** @file sheet.h
 *  The sheet of paper: its size, and which part of it holds what. For styles/draw only.
 */
#ifndef HOT_STYLES_DRAW_SHEET_H
#define HOT_STYLES_DRAW_SHEET_H

#include "styles/draw/canvas.h"
#include "styles/draw/sentences.h"

/** Places on the sheet, in pixels. */
typedef struct {
    double margin;
    double marking_top, marking_bottom; /**< y of the two markings */
    double title, subtitle, facts;      /**< y */
    double title_pt;                    /**< smaller where the title is long */
    double foot;                        /**< y of the method line */
    hot_rect map;
    hot_rect side; /**< legend, notes and scale: a column beside the map, or a band below it */
    bool beside;   /**< side is a column */
} hot_sheet;

extern const double hot_subtitle_pt, hot_facts_pt, hot_foot_pt;

/** Pixels of the page, and canvas->mm and ->pt, which grow and shrink with a page that is not A4.
 *  @param ground  what the map must hold: an A4 page is turned so that it is shown larger
 *  @return HOT_OK; HOT_USAGE for a size or dpi out of range */
HOT_MUST_USE hot_status hot_sheet_size(hot_canvas *canvas, const hot_box *ground, hot_error *error);

/** Height of the key of the hotspots where it stands below the map. */
double hot_sheet_key(const hot_canvas *canvas);

/** Divide the sheet, once the sentences are known. */
void hot_sheet_divide(const hot_canvas *canvas, const hot_sentences *sentences, hot_sheet *sheet);

/** Fit the ground into the map's rectangle: canvas->view. */
void hot_sheet_view(hot_canvas *canvas, const hot_sheet *sheet, const hot_box *ground);

/** What the map must hold: the page's area, or all areas, or the surface, or the incidents, with
 *  a margin. HOT_DOMAIN when there is nothing. */
HOT_MUST_USE hot_status hot_sheet_ground(const hot_canvas *canvas, hot_box *ground);

#endif
