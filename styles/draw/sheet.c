#include "styles/draw/sheet.h"

#include <math.h>

#include "styles/draw/hotspots.h"
#include "styles/draw/points.h"
#include "styles/draw/text.h"

const double hot_subtitle_pt = 9.8, hot_facts_pt = 10.6, hot_foot_pt = 6.7;

/** Design millimetres: the column beside the map, the band below it, and the space between. */
enum { COLUMN = 60, BAND = 48, BAND_WITH_PLACES = 66, GAP = 5, MARGIN = 10 };

/** No map is drawn closer than this: a single house is no map. */
static const double LEAST_M = 400;

static hot_status surface_box(const hot_canvas *c, hot_box *box)
{
    const hot_surface *s = &c->result->surface;
    if (!s->value) return HOT_DOMAIN;
    *box = (hot_box){s->frame.west, hot_frame_south(&s->frame), hot_frame_east(&s->frame),
                     s->frame.north};
    return HOT_OK;
}

static hot_status incidents_box(const hot_canvas *c, hot_box *box)
{
    const hot_layer *points = hot_result_layer(c->result, "incidents");
    if (!points || !points->x || !points->n) return HOT_DOMAIN;
    hot_box b = {points->x[0], points->y[0], points->x[0], points->y[0]};
    for (size_t i = 1; i < points->n; i++) {
        b.west = fmin(b.west, points->x[i]);
        b.east = fmax(b.east, points->x[i]);
        b.south = fmin(b.south, points->y[i]);
        b.north = fmax(b.north, points->y[i]);
    }
    *box = b;
    return HOT_OK;
}

static void grow(hot_box *b, double share)
{
    double w = b->east - b->west, h = b->north - b->south;
    double dx = fmax(w * share, (LEAST_M - w) / 2), dy = fmax(h * share, (LEAST_M - h) / 2);
    *b = (hot_box){b->west - dx, b->south - dy, b->east + dx, b->north + dy};
}

hot_status hot_sheet_ground(const hot_canvas *c, hot_box *ground)
{
    hot_box box;
    hot_status status = HOT_DOMAIN;
    if (c->row >= 0)
        status = hot_shapes_box(&c->set->shapes, (size_t)c->row, &box);
    else if (c->set)
        status = hot_shapes_box_all(&c->set->shapes, &box);
    if (status != HOT_OK) status = surface_box(c, &box);
    if (status != HOT_OK) status = incidents_box(c, &box);
    if (status != HOT_OK) return status;
    if (!isfinite(box.west + box.east + box.south + box.north)) return HOT_DOMAIN;
    grow(&box, c->row >= 0 ? 0.06 : 0.02);
    *ground = box;
    return HOT_OK;
}

/** Pixels per metre that a map of that size in millimetres would have, but for a constant. */
static double fit(double width_mm, double height_mm, const hot_box *g)
{
    return fmin(width_mm / (g->east - g->west), height_mm / (g->north - g->south));
}

/** A4 upright only where that shows the ground clearly larger. */
static bool upright(const hot_box *g)
{
    return fit(190, 178, g) > 1.1 * fit(212, 160, g);
}

hot_status hot_sheet_size(hot_canvas *c, const hot_box *ground, hot_error *error)
{
    const hot_page *p = c->page;
    bool a4 = p->width_mm == 0 && p->height_mm == 0, up = a4 && upright(ground);
    double width = a4 ? (up ? 210 : 297) : p->width_mm;
    double height = a4 ? (up ? 297 : 210) : p->height_mm;
    c->dpi = p->dpi ? p->dpi : 150;
    if (!(width >= 100 && width <= 1500 && height >= 100 && height <= 1500))
        return hot_fail(error, HOT_USAGE, "A page is 100 to 1500 mm wide and high, not %g by %g.",
                        width, height);
    if (c->dpi < 50 || c->dpi > 600)
        return hot_fail(error, HOT_USAGE, "A page has 50 to 600 dots per inch, not %d.", c->dpi);
    c->width = (int)lround(width * c->dpi / 25.4);
    c->height = (int)lround(height * c->dpi / 25.4);
    if ((int64_t)c->width * c->height > 160 * 1000 * 1000)
        return hot_fail(error, HOT_USAGE,
                        "A page of %d by %d pixels is too large: ask for fewer dots per inch.",
                        c->width, c->height);
    double design = fmin(width, height) / 210;
    c->mm = design * c->dpi / 25.4;
    c->pt = design * c->dpi / 72;
    return HOT_OK;
}

static double height_of(const hot_canvas *c, double pt, bool bold, int lines, double width,
                        const char *text)
{
    double w, h;
    if (!text) return 0;
    hot_setting s = {.pt = pt, .bold = bold, .width = width, .lines = lines};
    hot_text_measure(c, &s, text, &w, &h);
    return h;
}

/** The largest of three sizes at which the title stands on one line; else the smallest. */
static double title_size(const hot_canvas *c, const char *title, double width)
{
    static const double sizes[] = {18, 16, 14.2};
    double w = 0, h;
    for (int i = 0; i < 3; i++) {
        hot_setting s = {.pt = sizes[i], .bold = true};
        hot_text_measure(c, &s, title, &w, &h);
        if (w <= width) return sizes[i];
    }
    return sizes[2];
}

static void head_divide(const hot_canvas *c, const hot_sentences *s, hot_sheet *sheet, double width)
{
    double mm = c->mm, y = (s->marking ? 10.6 : 8) * mm;
    sheet->marking_top = 4 * mm;
    sheet->title = y;
    sheet->title_pt = title_size(c, s->title, width);
    y += height_of(c, sheet->title_pt, true, 2, width, s->title) + 0.7 * mm;
    sheet->subtitle = y;
    if (s->subtitle) y += height_of(c, hot_subtitle_pt, false, 2, width, s->subtitle) + 1 * mm;
    sheet->facts = y;
    if (s->facts) y += height_of(c, hot_facts_pt, true, 2, width, s->facts) + 0.6 * mm;
    sheet->map.y = y + 2 * mm;
}

static void foot_divide(const hot_canvas *c, const hot_sentences *s, hot_sheet *sheet, double width)
{
    double mm = c->mm, y = c->height - (s->marking ? 10 : 6.5) * mm;
    sheet->marking_bottom = c->height - 7.6 * mm;
    if (s->source) y -= height_of(c, hot_foot_pt, false, 3, width, s->source) + 0.4 * mm;
    if (s->method) y -= height_of(c, hot_foot_pt, false, 3, width, s->method) + 0.4 * mm;
    sheet->foot = y;
}

double hot_sheet_key(const hot_canvas *c)
{
    double most = 40 * c->mm, need = hot_hotspots_key_height(c, 2);
    return need > 0 ? fmin(need, most) + 4 * c->mm : 0;
}

void hot_sheet_divide(const hot_canvas *c, const hot_sentences *s, hot_sheet *sheet)
{
    double mm = c->mm, width = c->width - 2 * MARGIN * mm;
    sheet->margin = MARGIN * mm;
    sheet->beside = c->width >= c->height;
    head_divide(c, s, sheet, width);
    foot_divide(c, s, sheet, width);
    double bottom = sheet->foot - 2.4 * mm, top = sheet->map.y;
    double band = (hot_places_shown(c) ? BAND_WITH_PLACES : BAND) * mm + hot_sheet_key(c);
    sheet->map.x = sheet->margin;
    if (sheet->beside) {
        sheet->map.width = width - (COLUMN + GAP) * mm;
        sheet->map.height = bottom - top;
        sheet->side =
            (hot_rect){sheet->margin + width - COLUMN * mm, top, COLUMN * mm, bottom - top};
        return;
    }
    sheet->map.width = width;
    sheet->map.height = bottom - top - band - GAP * mm;
    sheet->side = (hot_rect){sheet->margin, bottom - band, width, band};
}

void hot_sheet_view(hot_canvas *c, const hot_sheet *sheet, const hot_box *g)
{
    hot_view *v = &c->view;
    v->x = (int)lround(sheet->map.x);
    v->y = (int)lround(sheet->map.y);
    v->width = (int)fmax(round(sheet->map.width), 16);
    v->height = (int)fmax(round(sheet->map.height), 16);
    v->m_per_px = fmax((g->east - g->west) / v->width, (g->north - g->south) / v->height);
    v->west = (g->west + g->east) / 2 - v->m_per_px * v->width / 2;
    v->north = (g->south + g->north) / 2 + v->m_per_px * v->height / 2;
}
