#include "styles/draw/text.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"

/** Longer texts are cut before they are laid out: no page shows more. */
enum { MOST_CHARACTERS = 1500 };

/** Marks, overrides and isolates that could turn the words around them about. */
static bool turns_text(gunichar c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static bool is_blank(gunichar c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

char *hot_clean(const char *text, size_t most)
{
    size_t left = strlen(text), used = 0;
    char *clean = hot_new_raw((left < most ? left : most) + 1, 6);
    if (!clean) return NULL;
    for (; left && most; most--) {
        gunichar c = g_utf8_get_char_validated(text, (gssize)left);
        size_t step = 1;
        if (c == (gunichar)-1 || c == (gunichar)-2)
            c = 0xFFFD;
        else
            step = (size_t)(g_utf8_next_char(text) - text);
        text += step;
        left -= step;
        if (turns_text(c)) continue;
        used += (size_t)g_unichar_to_utf8(is_blank(c) ? ' ' : c, clean + used);
    }
    clean[used] = 0;
    return clean;
}

static PangoLayout *laid_out(const hot_canvas *c, const hot_setting *s, const char *text)
{
    char *clean = hot_clean(text, MOST_CHARACTERS);
    PangoLayout *layout = pango_layout_new(c->pango);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, "DejaVu Sans");
    pango_font_description_set_weight(font, s->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, s->pt * c->pt * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_alignment(layout, s->align);
    pango_layout_set_spacing(layout, (int)(s->pt * c->pt * 0.12 * PANGO_SCALE));
    if (s->width > 0) {
        pango_layout_set_width(layout, (int)(fmax(s->width, 1) * PANGO_SCALE));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
        pango_layout_set_height(layout, s->lines > 0 ? -s->lines : -1);
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    pango_layout_set_text(layout, clean ? clean : "", -1);
    hot_free(clean);
    return layout;
}

static void extent(PangoLayout *layout, double *width, double *height)
{
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    *width = (double)box.width / PANGO_SCALE;
    *height = (double)box.height / PANGO_SCALE;
}

void hot_text_measure(const hot_canvas *canvas, const hot_setting *setting, const char *text,
                      double *width, double *height)
{
    PangoLayout *layout = laid_out(canvas, setting, text);
    extent(layout, width, height);
    g_object_unref(layout);
}

/** Letters as shapes: first their white surround, then themselves. */
static void paint_with_halo(cairo_t *cr, PangoLayout *layout, const hot_setting *s)
{
    pango_cairo_layout_path(cr, layout);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_width(cr, 2 * s->halo);
    cairo_set_source_rgba(cr, 1, 1, 1, 0.88);
    cairo_set_tolerance(cr, 0.4);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_FAST);
    cairo_stroke_preserve(cr);
    cairo_set_tolerance(cr, 0.1);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_DEFAULT);
    hot_ink_set(cr, s->ink, 1);
    cairo_fill(cr);
}

static void paint(cairo_t *cr, PangoLayout *layout, const hot_setting *s)
{
    if (s->halo > 0) {
        paint_with_halo(cr, layout, s);
        return;
    }
    hot_ink_set(cr, s->ink, 1);
    pango_cairo_show_layout(cr, layout);
}

double hot_text_draw(const hot_canvas *c, const hot_setting *s, double x, double y,
                     const char *text)
{
    double width, height, slack = 0.35 * s->pt * c->pt + s->halo;
    if (!text || !*text) return 0;
    PangoLayout *layout = laid_out(c, s, text);
    extent(layout, &width, &height);
    double room = s->width > 0 ? s->width : width;
    cairo_save(c->cr);
    cairo_translate(c->cr, x + room / 2, y + height / 2);
    cairo_rotate(c->cr, s->angle);
    cairo_translate(c->cr, -room / 2, -height / 2);
    /* A pile of accents may be taller than its line: it must not reach its neighbours. */
    cairo_rectangle(c->cr, -slack, -slack, room + 2 * slack, height + 2 * slack);
    cairo_clip(c->cr);
    cairo_move_to(c->cr, 0, 0);
    paint(c->cr, layout, s);
    cairo_restore(c->cr);
    g_object_unref(layout);
    return height;
}
