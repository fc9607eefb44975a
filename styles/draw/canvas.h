/** @file canvas.h
 *  What the files of styles/draw share while a page is being drawn. For this folder only: nothing
 *  outside it includes this header, so that Cairo and Pango stay behind one door.
 *
 *  Page coordinates are pixels, y down. `mm` and `pt` are pixels per millimetre and per point.
 */
#ifndef HOT_STYLES_DRAW_CANVAS_H
#define HOT_STYLES_DRAW_CANVAS_H

#include <pango/pangocairo.h>

#include "engine/space/shapes.h"
#include "layers/layer.h"
#include "styles/draw/page.h"
#include "styles/legend.h"

/** The styles that the page shows. */
typedef enum {
    HOT_LOOK_DENSITY,
    HOT_LOOK_SURFACE,
    HOT_LOOK_REPEATS,
    HOT_LOOK_HOTSPOTS,
    HOT_LOOK_INCIDENTS,
    HOT_LOOK_ROADS,
    HOT_LOOK_WATER,
    HOT_LOOK_PARKS,
    HOT_LOOK_CONTEXT,
    HOT_LOOKS
} hot_look;

struct hot_pen {
    PangoFontMap *fonts;
    hot_legend legend[HOT_LOOKS];
};

/** A rectangle of the page, in pixels. */
typedef struct {
    double x, y, width, height;
} hot_rect;

/** Where the map lies on the page: whole pixels, one scale both ways. */
typedef struct {
    int x, y, width, height; /**< the map's frame on the page */
    double west, north;      /**< m, at the frame's top-left corner */
    double m_per_px;
} hot_view;

/** What the map shows inside its frame. */
typedef enum {
    HOT_SHOW_HEAT,
    HOT_SHOW_POINTS,     /**< few incidents in the frame: graduated points */
    HOT_SHOW_OWN_POINTS, /**< few in the page's area: its points alone */
    HOT_SHOW_QUIET,      /**< none in the page's area: outlines alone */
    HOT_SHOW_BARE,       /**< few incidents and no layer of them, or no surface */
} hot_show;

/** A hotspot and its number on every page. */
typedef struct {
    size_t number, row;
} hot_numbered;

typedef struct {
    hot_pen *pen;
    const hot_page *page;
    const hot_result *result;
    const hot_layer *set;   /**< the areas drawn; NULL = none */
    const hot_layer *study; /**< the areas whose union is the study area; NULL = unknown */
    int64_t row;            /**< the page's area in `set`; -1 = overview */
    PangoContext *pango;
    cairo_surface_t *image; /**< RGB24 */
    cairo_t *cr;
    int width, height, dpi;
    double mm, pt;
    hot_view view;
    hot_show show;
    cairo_surface_t *mask; /**< A8, the size of the frame: the study area; NULL = unknown */
    cairo_surface_t *own;  /**< A8, the page's area; NULL on an overview */
    size_t n_numbered;
    hot_numbered *numbered; /**< [n_numbered] hotspots that the page shows */
    uint8_t *heat;          /**< [view.width * view.height] class drawn; NULL = no heat */
} hot_canvas;

typedef struct {
    double red, green, blue;
} hot_ink;

#define HOT_INK_TEXT  ((hot_ink){0.13, 0.13, 0.14})
#define HOT_INK_QUIET ((hot_ink){0.33, 0.34, 0.36})
#define HOT_INK_RULE  ((hot_ink){0.72, 0.73, 0.75})
/** Lines between areas: purple, so that they are neither street, river nor heat. */
#define HOT_INK_BOUNDARY ((hot_ink){0.42, 0.18, 0.48})
#define HOT_INK_EDGE     ((hot_ink){0.38, 0.40, 0.45})
#define HOT_INK_WARN     ((hot_ink){0.60, 0.08, 0.10})

/** Ground outside the study area. */
#define HOT_NO_DATA ((hot_colour){236, 237, 238, 255})

static inline double hot_view_x(const hot_view *view, double easting)
{
    return view->x + (easting - view->west) / view->m_per_px;
}
static inline double hot_view_y(const hot_view *view, double northing)
{
    return view->y + (view->north - northing) / view->m_per_px;
}

/** What the map's frame holds, in metres. */
hot_box hot_view_box(const hot_view *view);

void hot_ink_set(cairo_t *cr, hot_ink ink, double alpha);
void hot_ink_colour(cairo_t *cr, hot_colour colour);

#endif
