#include "styles/draw/outlines.h"

#include <math.h>

/** Cairo's coordinates are 24.8 bit: what lies far outside the page is brought near. */
static double tamed(double pixel)
{
    return pixel < -1e6 ? -1e6 : pixel > 1e6 ? 1e6 : pixel;
}

static void ring_add(cairo_t *cr, const hot_view *v, const hot_shapes *s, size_t r, bool closed)
{
    double last_x = 0, last_y = 0;
    size_t from = s->point[r], to = s->point[r + 1];
    for (size_t i = from; i < to; i++) {
        double x = tamed(hot_view_x(v, s->x[i])), y = tamed(hot_view_y(v, s->y[i]));
        if (isnan(x) || isnan(y)) continue;
        if (i == from) {
            cairo_move_to(cr, x, y);
        } else {
            if (i + 1 < to && fabs(x - last_x) < 0.34 && fabs(y - last_y) < 0.34) continue;
            cairo_line_to(cr, x, y);
        }
        last_x = x;
        last_y = y;
    }
    if (closed && to > from) cairo_close_path(cr);
}

void hot_path_add(cairo_t *cr, const hot_view *view, const hot_shapes *s, size_t f, bool closed)
{
    for (size_t p = s->part[f]; p < s->part[f + 1]; p++)
        for (size_t r = s->ring[p]; r < s->ring[p + 1]; r++) ring_add(cr, view, s, r, closed);
}

bool hot_path_in_sight(const hot_view *view, const hot_shapes *shapes, size_t f)
{
    hot_box box, sight = hot_view_box(view);
    if (hot_shapes_box(shapes, f, &box) != HOT_OK) return false;
    return box.west <= sight.east && box.east >= sight.west && box.south <= sight.north &&
           box.north >= sight.south;
}

/** All areas in sight, as one path. */
static void areas_path(cairo_t *cr, const hot_view *view, const hot_layer *areas)
{
    cairo_new_path(cr);
    for (size_t f = 0; f < areas->shapes.n; f++)
        if (hot_path_in_sight(view, &areas->shapes, f))
            hot_path_add(cr, view, &areas->shapes, f, true);
}

/** A drawing of coverage alone, as large as the frame, with the frame's corner at its origin. */
static cairo_t *coverage_new(const hot_view *view)
{
    cairo_surface_t *a8 = cairo_image_surface_create(CAIRO_FORMAT_A8, view->width, view->height);
    cairo_t *cr = cairo_create(a8);
    cairo_surface_destroy(a8);
    cairo_translate(cr, -view->x, -view->y);
    return cr;
}

/** One fill of all areas: edges that two areas share leave no seam.
 *  @param row  the one area that counts, or -1 = all */
static hot_status mask_make(const hot_view *view, const hot_layer *areas, int64_t row,
                            cairo_surface_t **mask)
{
    cairo_t *cr = coverage_new(view);
    if (row < 0)
        areas_path(cr, view, areas);
    else
        hot_path_add(cr, view, &areas->shapes, (size_t)row, true);
    cairo_fill(cr);
    bool good = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    if (good) *mask = cairo_surface_reference(cairo_get_target(cr));
    cairo_destroy(cr);
    return good ? HOT_OK : HOT_MEMORY;
}

/** Is the surface's cell at this pixel's middle one with data? */
static bool has_data(const hot_canvas *c, int i, int j)
{
    const hot_view *v = &c->view;
    int64_t cell = hot_frame_index(&c->result->surface.frame, v->west + (i + 0.5) * v->m_per_px,
                                   v->north - (j + 0.5) * v->m_per_px);
    return cell >= 0 && !isnan(c->result->surface.value[cell]);
}

/** Without areas, the surface itself says where there are data. */
static hot_status mask_of_surface(hot_canvas *c)
{
    c->mask = cairo_image_surface_create(CAIRO_FORMAT_A8, c->view.width, c->view.height);
    unsigned char *cover = cairo_image_surface_get_data(c->mask);
    if (!cover) return HOT_MEMORY;
    cairo_surface_flush(c->mask);
    for (int j = 0; j < c->view.height; j++)
        for (int i = 0; i < c->view.width; i++)
            cover[(size_t)j * (size_t)cairo_image_surface_get_stride(c->mask) + (size_t)i] =
                has_data(c, i, j) ? 255 : 0;
    cairo_surface_mark_dirty(c->mask);
    return HOT_OK;
}

hot_status hot_ground_masks(hot_canvas *c)
{
    if (c->study)
        HOT_TRY(mask_make(&c->view, c->study, -1, &c->mask));
    else if (c->result->surface.value)
        HOT_TRY(mask_of_surface(c));
    if (c->row >= 0) HOT_TRY(mask_make(&c->view, c->set, c->row, &c->own));
    return HOT_OK;
}

void hot_ground_draw(const hot_canvas *c)
{
    cairo_rectangle(c->cr, c->view.x, c->view.y, c->view.width, c->view.height);
    cairo_set_source_rgb(c->cr, 1, 1, 1);
    if (c->mask) hot_ink_colour(c->cr, HOT_NO_DATA);
    cairo_fill(c->cr);
    if (!c->mask) return;
    cairo_set_source_rgb(c->cr, 1, 1, 1);
    cairo_mask_surface(c->cr, c->mask, c->view.x, c->view.y);
}

/** Grey ground outside the study area keeps its grey: the legend names it. */
void hot_veil_draw(const hot_canvas *c)
{
    if (c->row < 0) return;
    cairo_save(c->cr);
    cairo_new_path(c->cr);
    cairo_rectangle(c->cr, c->view.x, c->view.y, c->view.width, c->view.height);
    hot_path_add(c->cr, &c->view, &c->set->shapes, (size_t)c->row, true);
    cairo_set_fill_rule(c->cr, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_source_rgba(c->cr, 1, 1, 1, 0.64);
    if (c->mask) {
        cairo_clip(c->cr);
        cairo_mask_surface(c->cr, c->mask, c->view.x, c->view.y);
    } else {
        cairo_fill(c->cr);
    }
    cairo_restore(c->cr);
}

/** The outer half of a stroke around every area, less the areas themselves: no need to join them
 *  into one polygon first. */
static hot_status edge_draw(const hot_canvas *c)
{
    if (!c->study) return HOT_OK;
    cairo_t *cr = coverage_new(&c->view);
    areas_path(cr, &c->view, c->study);
    cairo_set_line_width(cr, 2 * 0.55 * c->mm);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_tolerance(cr, 0.4);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_FAST);
    cairo_stroke(cr);
    cairo_set_operator(cr, CAIRO_OPERATOR_DEST_OUT);
    cairo_set_source_surface(cr, c->mask, c->view.x, c->view.y);
    cairo_paint(cr);
    bool good = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    if (good) {
        hot_ink_set(c->cr, HOT_INK_EDGE, 1);
        cairo_mask_surface(c->cr, cairo_get_target(cr), c->view.x, c->view.y);
    }
    cairo_destroy(cr);
    return good ? HOT_OK : HOT_MEMORY;
}

static void page_area_draw(const hot_canvas *c)
{
    cairo_new_path(c->cr);
    hot_path_add(c->cr, &c->view, &c->set->shapes, (size_t)c->row, true);
    cairo_set_source_rgba(c->cr, 1, 1, 1, 0.75);
    cairo_set_line_width(c->cr, 1.3 * c->mm);
    cairo_stroke_preserve(c->cr);
    hot_ink_set(c->cr, HOT_INK_TEXT, 1);
    cairo_set_line_width(c->cr, 0.6 * c->mm);
    cairo_stroke(c->cr);
}

double hot_boundary_mm(const hot_canvas *c)
{
    if (hot_result_layer(c->result, "context_roads")) return 0.34;
    return c->row < 0 ? 0.18 : 0.24;
}

/** Boundaries run along roads: a pale casing keeps the two apart. */
static void boundaries_draw(const hot_canvas *c)
{
    areas_path(c->cr, &c->view, c->set);
    cairo_set_line_join(c->cr, CAIRO_LINE_JOIN_BEVEL);
    if (hot_result_layer(c->result, "context_roads")) {
        cairo_set_source_rgba(c->cr, 1, 1, 1, 0.7);
        cairo_set_line_width(c->cr, (hot_boundary_mm(c) + 0.4) * c->mm);
        cairo_stroke_preserve(c->cr);
    }
    hot_ink_set(c->cr, HOT_INK_BOUNDARY, 0.85);
    cairo_set_line_width(c->cr, hot_boundary_mm(c) * c->mm);
    cairo_stroke(c->cr);
}

hot_status hot_outlines_draw(const hot_canvas *c)
{
    if (c->set) boundaries_draw(c);
    cairo_set_line_join(c->cr, CAIRO_LINE_JOIN_ROUND);
    HOT_TRY(edge_draw(c));
    if (c->set && c->row >= 0) page_area_draw(c);
    return HOT_OK;
}
