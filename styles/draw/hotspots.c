#include "styles/draw/hotspots.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/base/memory.h"
#include "styles/draw/outlines.h"
#include "styles/draw/sentences.h"
#include "styles/draw/text.h"

/** Design millimetres of a badge and of the key's lines. */
static const double badge_mm = 1.75, line_mm = 3.7, head_mm = 9;

static const hot_layer *layer_of(const hot_canvas *c)
{
    const hot_layer *l = hot_result_layer(c->result, "hotspots");
    return l && l->n && l->shapes.n == l->n ? l : NULL;
}

/* --- which of them ---------------------------------------------------------------------- */

typedef struct {
    int64_t rank;
    size_t row;
} ranked;

static int by_rank(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static bool meets(const hot_shapes *s, size_t f, const hot_box *g)
{
    hot_box b;
    if (hot_shapes_box(s, f, &b) != HOT_OK) return false;
    return b.west <= g->east && b.east >= g->west && b.south <= g->north && b.north >= g->south;
}

hot_status hot_hotspots_number(hot_canvas *c, const hot_box *ground)
{
    const hot_layer *l = layer_of(c);
    if (!l) return HOT_OK;
    ranked *all = hot_new(l->n, sizeof *all);
    c->numbered = hot_new(l->n, sizeof *c->numbered);
    if (all && c->numbered) {
        for (size_t i = 0; i < l->n; i++)
            all[i] = (ranked){hot_layer_integer(l, "rank", i, INT64_MAX), i};
        qsort(all, l->n, sizeof *all, by_rank);
        for (size_t i = 0; i < l->n; i++)
            if (meets(&l->shapes, all[i].row, ground))
                c->numbered[c->n_numbered++] = (hot_numbered){i + 1, all[i].row};
    }
    bool room = all && c->numbered;
    hot_free(all);
    return room ? HOT_OK : HOT_MEMORY;
}

/* --- on the map --------------------------------------------------------------------------- */

static const hot_legend_entry *look(const hot_canvas *c)
{
    return &c->pen->legend[HOT_LOOK_HOTSPOTS].entry[0];
}

void hot_hotspots_draw(const hot_canvas *c)
{
    const hot_layer *l = layer_of(c);
    const hot_legend_entry *e = look(c);
    cairo_new_path(c->cr);
    for (size_t i = 0; i < c->n_numbered; i++)
        hot_path_add(c->cr, &c->view, &l->shapes, c->numbered[i].row, true);
    cairo_set_line_join(c->cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_source_rgba(c->cr, 1, 1, 1, 0.85);
    cairo_set_line_width(c->cr, (e->outline_mm + 0.5) * c->mm);
    cairo_stroke_preserve(c->cr);
    hot_ink_colour(c->cr, e->outline);
    cairo_set_line_width(c->cr, e->outline_mm * c->mm);
    cairo_stroke(c->cr);
}

/** What a hotspot covers of the page. */
static bool rect_of(const hot_canvas *c, size_t row, hot_rect *r)
{
    hot_box b;
    if (hot_shapes_box(&layer_of(c)->shapes, row, &b) != HOT_OK) return false;
    double west = hot_view_x(&c->view, b.west), north = hot_view_y(&c->view, b.north);
    *r = (hot_rect){west, north, hot_view_x(&c->view, b.east) - west,
                    hot_view_y(&c->view, b.south) - north};
    return true;
}

/** Too small for a number at its edge: the number stands beside it. */
static bool is_small(const hot_canvas *c, const hot_rect *r)
{
    return r->width < 9 * c->mm && r->height < 9 * c->mm;
}

static void badge_draw(const hot_canvas *c, double x, double y, size_t number)
{
    char text[24];
    double radius = badge_mm * c->mm, w, h;
    hot_setting s = {.pt = number < 100 ? 6.4 : 5,
                     .bold = true,
                     .ink = {1, 1, 1},
                     .width = 4 * radius,
                     .align = PANGO_ALIGN_CENTER};
    cairo_new_path(c->cr);
    cairo_arc(c->cr, x, y, radius, 0, 2 * G_PI);
    hot_ink_colour(c->cr, look(c)->outline);
    cairo_fill_preserve(c->cr);
    cairo_set_source_rgb(c->cr, 1, 1, 1);
    cairo_set_line_width(c->cr, 0.2 * c->mm);
    cairo_stroke(c->cr);
    snprintf(text, sizeof text, "%zu", number);
    hot_text_measure(c, &s, text, &w, &h);
    hot_text_draw(c, &s, x - 2 * radius, y - h / 2, text);
}

/** A line from the badge to what it numbers. */
static void leader_draw(const hot_canvas *c, double x, double y, double to_x, double to_y)
{
    cairo_move_to(c->cr, x, y);
    cairo_line_to(c->cr, to_x, to_y);
    hot_ink_colour(c->cr, look(c)->outline);
    cairo_set_line_width(c->cr, 0.25 * c->mm);
    cairo_stroke(c->cr);
}

/** The vertex that lies furthest in a direction, on the page. */
static void furthest(const hot_canvas *c, size_t row, const double way[2], double *x, double *y)
{
    const hot_shapes *s = &layer_of(c)->shapes;
    double most = -INFINITY;
    size_t from = s->point[s->ring[s->part[row]]], to = s->point[s->ring[s->part[row + 1]]];
    for (size_t k = from; k < to; k++) {
        double vx = hot_view_x(&c->view, s->x[k]), vy = hot_view_y(&c->view, s->y[k]);
        if (vx * way[0] + vy * way[1] <= most) continue;
        most = vx * way[0] + vy * way[1];
        *x = vx;
        *y = vy;
    }
}

/** At its edge (beside it, where it is small), in eight directions, ever further away. */
static void badge_place(const hot_canvas *c, const hot_rect *r, const hot_numbered *n,
                        hot_taken *taken)
{
    static const double way[8][2] = {{0.71, -0.71}, {-0.71, -0.71}, {0.71, 0.71}, {-0.71, 0.71},
                                     {1, 0},        {-1, 0},        {0, -1},      {0, 1}};
    double radius = badge_mm * c->mm, beside = is_small(c, r) ? 1.1 : 0, x = 0, y = 0;
    for (int far = 0; far < 5; far++)
        for (int k = 0; k < 8; k++) {
            double off = radius * (beside + 1.8 * far);
            furthest(c, n->row, way[k], &x, &y);
            double px = x + way[k][0] * off, py = y + way[k][1] * off;
            hot_rect box = {px - radius, py - radius, 2 * radius, 2 * radius};
            if (!hot_taken_claim(taken, &c->view, box)) continue;
            if (far) leader_draw(c, px, py, x, y);
            badge_draw(c, px, py, n->number);
            return;
        }
}

hot_status hot_hotspots_label(const hot_canvas *c, hot_taken *taken)
{
    hot_rect r;
    for (size_t i = 0; i < c->n_numbered; i++) /* no badge hides another hotspot */
        if (rect_of(c, c->numbered[i].row, &r) && is_small(c, &r))
            HOT_TRY(hot_taken_add(taken, (hot_rect){r.x + 0.15 * r.width, r.y + 0.15 * r.height,
                                                    0.7 * r.width, 0.7 * r.height}));
    for (size_t i = 0; i < c->n_numbered; i++)
        if (rect_of(c, c->numbered[i].row, &r)) badge_place(c, &r, &c->numbered[i], taken);
    return HOT_OK;
}

/* --- the key ------------------------------------------------------------------------------ */

static int lines_of(const hot_canvas *c, int columns)
{
    return ((int)c->n_numbered + columns - 1) / columns;
}

double hot_hotspots_key_height(const hot_canvas *c, int columns)
{
    return c->n_numbered ? (head_mm + line_mm * lines_of(c, columns)) * c->mm : 0;
}

static double head_draw(const hot_canvas *c, hot_rect room)
{
    const char *snapped = hot_result_word(c->result, "snapped");
    bool points = snapped && *snapped == '1';
    /* Those that are found stand in a layer of their own beside adopted ones. */
    bool adopted = hot_result_layer(c->result, "hotspots_found") != NULL;
    hot_setting head = {.pt = 9, .bold = true, .ink = HOT_INK_TEXT, .width = room.width};
    hot_setting under = {.pt = 7.4, .ink = HOT_INK_QUIET, .width = room.width};
    double y = room.y + hot_text_draw(c, &head, room.x, room.y, "Hotspots") + 0.3 * c->mm;
    hot_text_draw(c, &under, room.x, y,
                  adopted  ? "as adopted, and their incidents"
                  : points ? "groups of map points, and their incidents"
                           : "of patrol size, and their incidents");
    return room.y + head_mm * c->mm;
}

static void line_draw(const hot_canvas *c, double x, double y, double width, const hot_numbered *n)
{
    const hot_layer *l = layer_of(c);
    char count[32];
    double w, h, left = 2 * badge_mm * c->mm + 1.4 * c->mm, right = 8 * c->mm;
    hot_setting s = {.pt = 7.2, .ink = HOT_INK_TEXT, .width = width - left - right, .lines = 1};
    const char *name = hot_layer_text(l, "name", n->row);
    double middle = y + line_mm * c->mm / 2;
    badge_draw(c, x + badge_mm * c->mm, middle, n->number);
    if (!name) name = "";
    hot_text_measure(c, &s, name, &w, &h);
    hot_text_draw(c, &s, x + left, middle - h / 2, name);
    s.width = right;
    s.align = PANGO_ALIGN_RIGHT;
    hot_count_text(hot_layer_integer(l, "incidents", n->row, 0), count);
    hot_text_draw(c, &s, x + width - right, middle - h / 2, count);
}

static void more_draw(const hot_canvas *c, double x, double y, size_t more)
{
    char text[64];
    hot_setting s = {.pt = 7.2, .ink = HOT_INK_QUIET};
    snprintf(text, sizeof text, "and %zu more: see hotspots.csv", more);
    hot_text_draw(c, &s, x, y + 0.4 * c->mm, text);
}

double hot_hotspots_key(const hot_canvas *c, hot_rect room, int columns)
{
    double gap = 5 * c->mm, width = (room.width - gap * (columns - 1)) / columns, line;
    size_t lines = (size_t)fmax(0, floor((room.height - head_mm * c->mm) / (line_mm * c->mm)));
    size_t fits = lines * (size_t)columns, n = c->n_numbered;
    if (n == 0 || lines == 0) return room.y;
    if (lines > (size_t)lines_of(c, columns)) lines = (size_t)lines_of(c, columns);
    double top = head_draw(c, room);
    line = line_mm * c->mm;
    size_t shown = n <= fits ? n : fits - 1;
    for (size_t i = 0; i < shown; i++)
        line_draw(c, room.x + (double)(i / lines) * (width + gap), top + (double)(i % lines) * line,
                  width, &c->numbered[i]);
    if (shown < n)
        more_draw(c, room.x + (double)(shown / lines) * (width + gap),
                  top + (double)(shown % lines) * line, n - shown);
    return top + (double)lines * line;
}
