#include "styles/draw/furniture.h"

#include <math.h>
#include <stdio.h>

#include "engine/base/bytes.h"
#include "engine/base/memory.h"
#include "styles/draw/outlines.h"
#include "styles/draw/points.h"
#include "styles/draw/sentences.h"
#include "styles/draw/text.h"

static hot_setting heading(double width)
{
    return (hot_setting){.pt = 9, .bold = true, .ink = HOT_INK_TEXT, .width = width, .lines = 2};
}

static hot_setting plain(double width)
{
    return (hot_setting){.pt = 7.8, .ink = HOT_INK_TEXT, .width = width, .lines = 1};
}

static hot_setting aside(double width)
{
    return (hot_setting){.pt = 7.4, .ink = HOT_INK_QUIET, .width = width, .lines = 2};
}

/** A line of a legend: the words stand level with the middle of the sign to their left. */
static void row_text(const hot_canvas *c, double x, double middle, double width, const char *text)
{
    double w, h;
    hot_setting s = plain(width);
    hot_text_measure(c, &s, text, &w, &h);
    hot_text_draw(c, &s, x, middle - h / 2, text);
}

static void swatch(const hot_canvas *c, hot_rect box, hot_colour fill)
{
    cairo_rectangle(c->cr, box.x, box.y, box.width, box.height);
    cairo_set_source_rgb(c->cr, 1, 1, 1);
    cairo_fill_preserve(c->cr);
    hot_ink_colour(c->cr, fill);
    cairo_fill_preserve(c->cr);
    cairo_set_source_rgb(c->cr, 0.47, 0.47, 0.47);
    cairo_set_line_width(c->cr, 0.12 * c->mm);
    cairo_stroke(c->cr);
}

static double ladder_draw(const hot_canvas *c, double x, double y, double width)
{
    const hot_legend *l = &c->pen->legend[HOT_LOOK_DENSITY];
    double row = 4.3 * c->mm, wide = 8 * c->mm;
    hot_setting head = heading(width), under = aside(width);
    y += hot_text_draw(c, &head, x, y, "Density of incidents") + 0.3 * c->mm;
    y += hot_text_draw(c, &under, x, y, "incidents per km² in the period") + 1.6 * c->mm;
    for (size_t i = l->n; i-- > 0; y += row) {
        swatch(c, (hot_rect){x, y, wide, row}, l->entry[i].fill);
        row_text(c, x + wide + 2.2 * c->mm, y + row / 2, width - wide - 2.2 * c->mm,
                 l->entry[i].label);
    }
    return y + 1.2 * c->mm;
}

/** Up to three round counts, the largest first, none above `most`. */
static int sizes_choose(int64_t most, int64_t sizes[3])
{
    static const int64_t rounds[] = {1, 2, 5, 10, 20, 50};
    int n = 0, top = 0;
    for (int i = 0; i < (int)G_N_ELEMENTS(rounds); i++)
        if (rounds[i] <= most) top = i;
    for (int i = top; i >= 0 && n < 3; i--) sizes[n++] = rounds[i];
    if (n == 3) sizes[2] = 1;
    return n;
}

static double sizes_draw(const hot_canvas *c, double x, double y, double width, int64_t most)
{
    const hot_legend_entry *look = &c->pen->legend[HOT_LOOK_INCIDENTS].entry[0];
    int64_t sizes[3];
    hot_setting head = heading(width), under = aside(width);
    y += hot_text_draw(c, &head, x, y, "Incidents at one point") + 0.3 * c->mm;
    y += hot_text_draw(c, &under, x, y, "the area of a circle stands for their number");
    y += 1.6 * c->mm;
    int n = sizes_choose(most, sizes);
    double widest = hot_points_radius(c, (double)(n ? sizes[0] : 1), (double)most);
    for (int i = 0; i < n; i++) {
        char text[64], count[32];
        double radius = hot_points_radius(c, (double)sizes[i], (double)most);
        double row = fmax(2 * radius + 1.2 * c->mm, 4.3 * c->mm);
        hot_circle_draw(c, look, x + widest, y + row / 2, radius);
        snprintf(text, sizeof text, "%s %s", hot_count_text(sizes[i], count),
                 sizes[i] == 1 ? "incident" : "incidents");
        row_text(c, x + 2 * widest + 2.2 * c->mm, y + row / 2, width - 2 * widest - 2.2 * c->mm,
                 text);
        y += row;
    }
    return y + 1.2 * c->mm;
}

double hot_legend_draw(const hot_canvas *c, double x, double y, double width, int64_t most)
{
    if (c->show == HOT_SHOW_HEAT) return ladder_draw(c, x, y, width);
    if (c->show == HOT_SHOW_POINTS || c->show == HOT_SHOW_OWN_POINTS)
        return sizes_draw(c, x, y, width, most);
    return y;
}

double hot_legend_repeats(const hot_canvas *c, double x, double y, double width)
{
    const hot_legend *l = &c->pen->legend[HOT_LOOK_REPEATS];
    hot_setting head = heading(width);
    y += hot_text_draw(c, &head, x, y, "Places with repeat incidents") + 1.2 * c->mm;
    for (size_t i = l->n; i-- > 0;) {
        double row = fmax(l->entry[i].size_mm + 0.8, 4) * c->mm;
        hot_circle_draw(c, &l->entry[i], x + 4 * c->mm, y + row / 2,
                        l->entry[i].size_mm * c->mm / 2);
        row_text(c, x + 10.2 * c->mm, y + row / 2, width - 10.2 * c->mm, l->entry[i].label);
        y += row;
    }
    return y + 1.2 * c->mm;
}

static double line_row(const hot_canvas *c, double x, double y, double width, double thick,
                       hot_ink ink, const char *text)
{
    double row = 4.3 * c->mm, wide = 8 * c->mm;
    hot_ink_set(c->cr, ink, 1);
    cairo_set_line_width(c->cr, thick * c->mm);
    cairo_move_to(c->cr, x, y + row / 2);
    cairo_line_to(c->cr, x + wide, y + row / 2);
    cairo_stroke(c->cr);
    row_text(c, x + wide + 2.2 * c->mm, y + row / 2, width - wide - 2.2 * c->mm, text);
    return y + row;
}

/** "This ward", "Ward boundaries": the set's name between two words. */
static double set_row(const hot_canvas *c, double x, double y, double width, bool own)
{
    hot_bytes text = {0};
    bool good = hot_bytes_add_text(&text, own ? "This " : "") == HOT_OK &&
                hot_set_text(c->set->name, false, &text) == HOT_OK &&
                hot_bytes_add_text(&text, own          ? ""
                                          : c->row < 0 ? " boundaries"
                                                       : " boundaries nearby") == HOT_OK &&
                hot_bytes_add(&text, "", 1) == HOT_OK;
    if (good) {
        text.data[0] = (unsigned char)g_ascii_toupper((gchar)text.data[0]);
        y = line_row(c, x, y, width, own ? 0.6 : hot_boundary_mm(c),
                     own ? HOT_INK_TEXT : HOT_INK_BOUNDARY,
                     (const char *)text.data);
    }
    hot_bytes_free(&text);
    return y;
}

/** Does the frame show any ground outside the study area? */
static bool outside_in_sight(const hot_canvas *c)
{
    if (!c->mask) return false;
    const unsigned char *cover = cairo_image_surface_get_data(c->mask);
    size_t stride = (size_t)cairo_image_surface_get_stride(c->mask);
    for (size_t j = 0; j < (size_t)c->view.height; j += 2)
        for (size_t i = 0; i < (size_t)c->view.width; i += 2)
            if (cover[j * stride + i] == 0) return true;
    return false;
}

double hot_legend_lines(const hot_canvas *c, double x, double y, double width)
{
    if (c->set && c->row >= 0) y = set_row(c, x, y, width, true);
    if (c->set) y = set_row(c, x, y, width, false);
    if (!outside_in_sight(c)) return y;
    if (c->study) y = line_row(c, x, y, width, 0.55, HOT_INK_EDGE, "Edge of the study area");
    swatch(c, (hot_rect){x, y + 0.6 * c->mm, 8 * c->mm, 3.1 * c->mm}, HOT_NO_DATA);
    row_text(c, x + 10.2 * c->mm, y + 2.15 * c->mm, width - 10.2 * c->mm, "No data");
    return y + 5.2 * c->mm;
}

double hot_scale_round(double metres)
{
    static const double steps[] = {5, 2, 1};
    if (!(metres >= 1e-6) || !(metres < 1e12)) return 0;
    double power = 1e12;
    while (power > metres) power /= 10;
    for (int i = 0; i < 3; i++)
        if (steps[i] * power <= metres) return steps[i] * power;
    return power;
}

static void distance_text(double metres, char *text, size_t room)
{
    if (metres >= 1000)
        snprintf(text, room, "%.0f km", metres / 1000);
    else if (metres >= 1)
        snprintf(text, room, "%.0f m", metres);
    else
        snprintf(text, room, "%.0f cm", metres * 100);
}

static void arrow_draw(const hot_canvas *c, double x, double y)
{
    double half = 2 * c->mm, height = 6.6 * c->mm;
    hot_setting s = {.pt = 8,
                     .bold = true,
                     .ink = HOT_INK_TEXT,
                     .width = 6 * c->mm,
                     .align = PANGO_ALIGN_CENTER};
    double top = y + hot_text_draw(c, &s, x - 3 * c->mm, y, "N");
    cairo_move_to(c->cr, x, top);
    cairo_line_to(c->cr, x + half, top + height);
    cairo_line_to(c->cr, x, top + height * 0.76);
    cairo_line_to(c->cr, x - half, top + height);
    cairo_close_path(c->cr);
    hot_ink_set(c->cr, HOT_INK_TEXT, 1);
    cairo_fill(c->cr);
    hot_setting small = {
        .pt = 6.4, .ink = HOT_INK_QUIET, .width = 14 * c->mm, .align = PANGO_ALIGN_CENTER};
    hot_text_draw(c, &small, x - 7 * c->mm, top + height + 0.4 * c->mm, "grid north");
}

/** Two halves, dark and white, with 0, the middle and the end written below. */
static void bar_draw(const hot_canvas *c, double x, double y, double metres)
{
    double length = metres / c->view.m_per_px, thick = 1.5 * c->mm;
    cairo_set_line_width(c->cr, 0.18 * c->mm);
    hot_ink_set(c->cr, HOT_INK_TEXT, 1);
    cairo_rectangle(c->cr, x, y, length / 2, thick);
    cairo_fill(c->cr);
    cairo_rectangle(c->cr, x, y, length, thick);
    cairo_stroke(c->cr);
    for (int i = 0; i <= 2; i++) {
        char text[32];
        hot_setting s = {.pt = 7.2, .ink = HOT_INK_TEXT};
        double w, h;
        distance_text(metres * i / 2, text, sizeof text);
        if (i == 0) snprintf(text, sizeof text, "0");
        if (i == 1 && (metres == 1000 || length < 24 * c->mm)) continue;
        hot_text_measure(c, &s, text, &w, &h);
        hot_text_draw(c, &s, i ? x + length * i / 2 - w / 2 : x, y + thick + 0.5 * c->mm, text);
    }
}

double hot_scale_draw(const hot_canvas *c, double x, double y, double width)
{
    double arrow = 13 * c->mm, room = fmin(width - 1.5 * arrow, 46 * c->mm);
    double metres = hot_scale_round(room * c->view.m_per_px);
    if (metres > 0) bar_draw(c, x, y + 5.6 * c->mm, metres);
    arrow_draw(c, x + width - 7 * c->mm, y);
    return y + 14.5 * c->mm;
}
