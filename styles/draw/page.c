#include "styles/draw/page.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"
#include "styles/draw/canvas.h"
#include "styles/draw/furniture.h"
#include "styles/draw/georef.h"
#include "styles/draw/heat.h"
#include "styles/draw/hotspots.h"
#include "styles/draw/labels.h"
#include "styles/draw/ladder.h"
#include "styles/draw/outlines.h"
#include "styles/draw/png.h"
#include "styles/draw/points.h"
#include "styles/draw/sentences.h"
#include "styles/draw/sheet.h"
#include "styles/draw/streets.h"
#include "styles/draw/text.h"

/* --- which areas ------------------------------------------------------------------------ */

static const hot_layer *areas_named(const hot_result *result, const char *name, size_t length)
{
    for (size_t i = 0; i < result->n; i++) {
        const hot_layer *l = &result->layers[i];
        if (l->name && strlen(l->name) == length && memcmp(l->name, name, length) == 0 && l->n &&
            l->shapes.n == l->n)
            return l;
    }
    return NULL;
}

/** The set that bounds the study area: said by the run, else the first of its sets. */
static const hot_layer *study_find(const hot_result *result)
{
    const char *study = hot_result_word(result, "study");
    const char *sets = hot_result_word(result, "area_sets");
    if (study && *study) return areas_named(result, study, strlen(study));
    return sets ? areas_named(result, sets, strcspn(sets, " ")) : NULL;
}

static hot_status areas_choose(hot_canvas *c, hot_error *error)
{
    const char *set = c->page->set, *code = c->page->code;
    c->row = -1;
    c->study = study_find(c->result);
    c->set = set ? areas_named(c->result, set, strlen(set)) : c->study;
    if (set && !c->set)
        return hot_fail(error, HOT_USAGE, "There is no area set \"%s\" in these results.", set);
    if (!code) return HOT_OK;
    for (size_t i = 0; c->set && i < c->set->n && c->row < 0; i++) {
        const char *here = hot_layer_text(c->set, "code", i);
        if (here && strcmp(here, code) == 0) c->row = (int64_t)i;
    }
    if (c->row >= 0) return HOT_OK;
    return hot_fail(error, HOT_USAGE, "There is no area with the code \"%s\" in the set \"%s\".",
                    code, c->set ? c->set->name : "");
}

/* --- the canvas ------------------------------------------------------------------------- */

/** Grey letters, no hinting: the same shapes at every size and on every machine. */
static void letters_set(const hot_canvas *c)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(c->pango, options);
    cairo_font_options_destroy(options);
    pango_context_set_language(c->pango, pango_language_from_string("en-gb"));
    pango_context_set_base_dir(c->pango, PANGO_DIRECTION_LTR);
}

static hot_status canvas_open(hot_canvas *c, hot_error *error)
{
    c->image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, c->width, c->height);
    c->cr = cairo_create(c->image);
    if (cairo_status(c->cr) != CAIRO_STATUS_SUCCESS)
        return hot_fail(error, HOT_MEMORY, "There is no memory for a page of %d by %d pixels.",
                        c->width, c->height);
    cairo_set_source_rgb(c->cr, 1, 1, 1);
    cairo_paint(c->cr);
    return HOT_OK;
}

static void canvas_close(hot_canvas *c)
{
    hot_free(c->heat);
    hot_free(c->numbered);
    if (c->mask) cairo_surface_destroy(c->mask);
    if (c->own) cairo_surface_destroy(c->own);
    if (c->cr) cairo_destroy(c->cr);
    if (c->image) cairo_surface_destroy(c->image);
    if (c->pango) g_object_unref(c->pango);
}

/* --- what the map shows ------------------------------------------------------------------ */

static hot_show show_choose(const hot_canvas *c)
{
    const hot_layer *incidents = hot_result_layer(c->result, "incidents");
    bool points = incidents && incidents->x;
    int64_t in_frame = hot_points_count(c), own = in_frame;
    if (c->row >= 0) own = hot_layer_integer(c->set, "incidents", (size_t)c->row, in_frame);
    if (own == 0 || in_frame == 0) return HOT_SHOW_QUIET;
    if (in_frame > 0 && in_frame < HOT_HEAT_LEAST) return points ? HOT_SHOW_POINTS : HOT_SHOW_BARE;
    if (own > 0 && own < HOT_HEAT_LEAST) return points ? HOT_SHOW_OWN_POINTS : HOT_SHOW_BARE;
    return c->result->surface.value ? HOT_SHOW_HEAT : HOT_SHOW_BARE;
}

static bool points_shown(const hot_canvas *c)
{
    return c->show == HOT_SHOW_POINTS || c->show == HOT_SHOW_OWN_POINTS;
}

/** An overview without a single incident says so on the map itself. */
static void panel_draw(const hot_canvas *c, hot_taken *taken)
{
    const char *text = "No incidents were recorded in the period";
    hot_setting s = {.pt = 12,
                     .ink = HOT_INK_QUIET,
                     .width = c->view.width * 0.7,
                     .lines = 2,
                     .align = PANGO_ALIGN_CENTER};
    double w, h, pad = 3 * c->mm;
    if (c->show != HOT_SHOW_QUIET || c->row >= 0) return;
    hot_text_measure(c, &s, text, &w, &h);
    hot_rect box = {c->view.x + (c->view.width - w) / 2 - pad,
                    c->view.y + (c->view.height - h) / 2 - pad, w + 2 * pad, h + 2 * pad};
    if (!hot_taken_claim(taken, &c->view, box)) return;
    cairo_rectangle(c->cr, box.x, box.y, box.width, box.height);
    cairo_set_source_rgba(c->cr, 1, 1, 1, 0.93);
    cairo_fill_preserve(c->cr);
    hot_ink_set(c->cr, HOT_INK_RULE, 1);
    cairo_set_line_width(c->cr, 0.2 * c->mm);
    cairo_stroke(c->cr);
    hot_text_draw(c, &s, c->view.x + (c->view.width - s.width) / 2, box.y + pad, text);
}

static hot_status names_draw(const hot_canvas *c, hot_taken *taken)
{
    panel_draw(c, taken);
    HOT_TRY(hot_hotspots_label(c, taken));
    HOT_TRY(hot_labels_areas(c, taken));
    return hot_streets_label(c, taken);
}

static hot_status map_draw(hot_canvas *c, int64_t *most, hot_taken *taken)
{
    HOT_TRY(hot_ground_masks(c));
    hot_ground_draw(c);
    HOT_TRY(hot_context_draw(c));
    if (c->show == HOT_SHOW_HEAT) HOT_TRY(hot_heat_draw(c));
    if (c->show == HOT_SHOW_HEAT) HOT_TRY(hot_streets_trace(c));
    if (points_shown(c)) HOT_TRY(hot_points_draw(c, most, taken));
    hot_veil_draw(c);
    HOT_TRY(hot_outlines_draw(c));
    if (c->n_numbered) hot_hotspots_draw(c);
    if (hot_places_shown(c)) hot_repeats_draw(c);
    return names_draw(c, taken);
}

/** The map, and nothing beyond its frame. */
static hot_status map_clipped(hot_canvas *c, int64_t *most)
{
    hot_taken taken = {0};
    cairo_save(c->cr);
    cairo_rectangle(c->cr, c->view.x, c->view.y, c->view.width, c->view.height);
    cairo_clip(c->cr);
    hot_status status = map_draw(c, most, &taken);
    cairo_restore(c->cr);
    hot_taken_free(&taken);
    return status;
}

static void frame_draw(const hot_canvas *c)
{
    cairo_rectangle(c->cr, c->view.x, c->view.y, c->view.width, c->view.height);
    hot_ink_set(c->cr, HOT_INK_EDGE, 1);
    cairo_set_line_width(c->cr, 0.25 * c->mm);
    cairo_stroke(c->cr);
}

/* --- words around the map ----------------------------------------------------------------- */

static void markings_draw(const hot_canvas *c, const hot_sheet *sheet, const char *marking)
{
    hot_setting s = {.pt = 8.4,
                     .bold = true,
                     .ink = HOT_INK_WARN,
                     .width = c->width - 2 * sheet->margin,
                     .align = PANGO_ALIGN_CENTER};
    hot_text_draw(c, &s, sheet->margin, sheet->marking_top, marking);
    hot_text_draw(c, &s, sheet->margin, sheet->marking_bottom, marking);
}

static void head_draw(const hot_canvas *c, const hot_sheet *sheet, const hot_sentences *words)
{
    hot_setting s = {.pt = sheet->title_pt,
                     .bold = true,
                     .ink = HOT_INK_TEXT,
                     .lines = 2,
                     .width = c->width - 2 * sheet->margin};
    hot_text_draw(c, &s, sheet->margin, sheet->title, words->title);
    s = (hot_setting){.pt = hot_subtitle_pt, .ink = HOT_INK_QUIET, .lines = 2, .width = s.width};
    hot_text_draw(c, &s, sheet->margin, sheet->subtitle, words->subtitle);
    s = (hot_setting){
        .pt = hot_facts_pt, .bold = true, .ink = HOT_INK_TEXT, .lines = 2, .width = s.width};
    hot_text_draw(c, &s, sheet->margin, sheet->facts, words->facts);
}

static void foot_draw(const hot_canvas *c, const hot_sheet *sheet, const hot_sentences *words)
{
    hot_setting s = {
        .pt = hot_foot_pt, .ink = HOT_INK_QUIET, .lines = 3, .width = c->width - 2 * sheet->margin};
    double y = sheet->foot;
    if (words->method) y += hot_text_draw(c, &s, sheet->margin, y, words->method) + 0.4 * c->mm;
    hot_text_draw(c, &s, sheet->margin, y, words->source);
}

/** As many of the notes as the rectangle holds; the last one that fits only partly is cut. */
static void notes_draw(const hot_canvas *c, const hot_sentences *words, hot_rect room)
{
    double y = room.y, line, w, gap = 1.5 * c->mm;
    hot_setting s = {.pt = 7.4, .ink = HOT_INK_TEXT, .width = room.width};
    hot_text_measure(c, &s, "Xg", &w, &line);
    for (size_t i = 0; i < words->n_notes; i++) {
        s.bold = i < words->n_strong;
        s.lines = (int)floor((room.y + room.height - y) / (line * 1.1));
        if (s.lines < 1) return;
        y += hot_text_draw(c, &s, room.x, y, words->note[i]) + gap;
    }
}

/** Everything in one column: legend, lines, notes; the scale stands at its foot. */
static void column_draw(const hot_canvas *c, const hot_sheet *sheet, const hot_sentences *words,
                        int64_t most)
{
    hot_rect r = sheet->side;
    double scale = 15.5 * c->mm, y = hot_legend_draw(c, r.x, r.y, r.width, most);
    if (hot_places_shown(c)) y = hot_legend_repeats(c, r.x, y + 1.5 * c->mm, r.width);
    y = hot_legend_lines(c, r.x, y + 1 * c->mm, r.width) + 2.5 * c->mm;
    double below = r.y + r.height - scale - 2 * c->mm;
    y = hot_hotspots_key(c, (hot_rect){r.x, y, r.width, below - 24 * c->mm - y}, 1) + 2 * c->mm;
    notes_draw(c, words, (hot_rect){r.x, y, r.width, below - y});
    hot_scale_draw(c, r.x, r.y + r.height - scale, r.width);
}

/** Below the map the key of the hotspots, then three columns: legend; lines and scale; notes. */
static void band_draw(const hot_canvas *c, const hot_sheet *sheet, const hot_sentences *words,
                      int64_t most)
{
    hot_rect r = sheet->side;
    double gap = 6 * c->mm, left = 50 * c->mm, middle = 62 * c->mm;
    double x = r.x, key = hot_sheet_key(c);
    hot_hotspots_key(c, (hot_rect){r.x, r.y, r.width, key - 3 * c->mm}, 2);
    r.y += key;
    r.height -= key;
    if (c->show == HOT_SHOW_HEAT || points_shown(c)) {
        hot_legend_draw(c, x, r.y, left, most);
        x += left + gap;
    }
    double y = hot_legend_lines(c, x, r.y, middle);
    if (hot_places_shown(c)) hot_legend_repeats(c, x, y + 1.5 * c->mm, middle);
    hot_scale_draw(c, x, r.y + r.height - 15.5 * c->mm, middle);
    x += middle + gap;
    notes_draw(c, words, (hot_rect){x, r.y, r.x + r.width - x, r.height});
}

/* --- the page ---------------------------------------------------------------------------- */

static hot_status words_draw(const hot_canvas *c, const hot_sheet *sheet,
                             const hot_sentences *words, int64_t most, hot_error *error)
{
    frame_draw(c);
    markings_draw(c, sheet, words->marking);
    head_draw(c, sheet, words);
    if (sheet->beside)
        column_draw(c, sheet, words, most);
    else
        band_draw(c, sheet, words, most);
    foot_draw(c, sheet, words);
    cairo_surface_flush(c->image);
    if (cairo_status(c->cr) == CAIRO_STATUS_SUCCESS) return HOT_OK;
    return hot_fail(error, HOT_MEMORY, "The page could not be drawn: %s.",
                    cairo_status_to_string(cairo_status(c->cr)));
}

static hot_status page_draw(hot_canvas *c, const hot_box *ground, hot_sentences *words,
                            hot_error *error)
{
    hot_sheet sheet = {0};
    int64_t most = 0;
    HOT_TRY(canvas_open(c, error));
    HOT_TRY(hot_sentences_write(c, words));
    HOT_TRY(hot_hotspots_number(c, ground));
    hot_sheet_divide(c, words, &sheet);
    hot_sheet_view(c, &sheet, ground);
    c->show = show_choose(c);
    HOT_TRY(hot_sentences_show(c, words));
    HOT_TRY(map_clipped(c, &most));
    return words_draw(c, &sheet, words, most, error);
}

static hot_status page_encode(const hot_canvas *c, const hot_sentences *words, hot_bytes *png,
                              hot_error *error)
{
    hot_png_words inside = {.title = words->title,
                            .description = words->subtitle,
                            .software = "hotbeat",
                            .source = words->method,
                            .copyright = words->source};
    return hot_png_page(cairo_image_surface_get_data(c->image), c->width, c->height,
                        (size_t)cairo_image_surface_get_stride(c->image), c->dpi, &inside, png,
                        error);
}

static hot_status page_make(hot_canvas *c, hot_sentences *words, hot_bytes *png, hot_bytes *world,
                            hot_bytes *aux, hot_error *error)
{
    hot_box ground;
    HOT_TRY(areas_choose(c, error));
    if (hot_sheet_ground(c, &ground) != HOT_OK)
        return hot_fail(error, HOT_DOMAIN,
                        "There is nothing to draw: the results hold no area, surface or incident.");
    HOT_TRY(hot_sheet_size(c, &ground, error));
    HOT_TRY(page_draw(c, &ground, words, error));
    HOT_TRY(page_encode(c, words, png, error));
    if (world) HOT_TRY(hot_world_file(&c->view, world));
    return aux ? hot_aux_xml(c->result->epsg, aux) : HOT_OK;
}

hot_status hot_page_draw(hot_pen *pen, const hot_page *page, hot_bytes *png, hot_bytes *world,
                         hot_bytes *aux, hot_error *error)
{
    hot_canvas c = {.pen = pen, .page = page, .result = page->result};
    hot_sentences words = {0};
    size_t before = png->length, world_before = world ? world->length : 0;
    size_t aux_before = aux ? aux->length : 0;
    c.pango = pango_font_map_create_context(pen->fonts);
    letters_set(&c);
    hot_status status = page_make(&c, &words, png, world, aux, error);
    if (status == HOT_MEMORY && error && !error->text[0])
        status = hot_fail(error, HOT_MEMORY, "There is no memory for a map page.");
    if (status != HOT_OK) {
        png->length = before;
        if (world) world->length = world_before;
        if (aux) aux->length = aux_before;
    }
    hot_sentences_free(&words);
    canvas_close(&c);
    return status;
}
