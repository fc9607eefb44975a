#include "styles/draw/sentences.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/memory.h"
#include "styles/draw/text.h"

/** A sentence in the making; the first failure sticks. */
typedef struct {
    hot_bytes bytes;
    hot_status status;
} pencil;

static void say(pencil *p, const char *text)
{
    if (p->status == HOT_OK && text) p->status = hot_bytes_add_text(&p->bytes, text);
}

/** `text` with `between` before it, unless it is the first of the sentence. */
static void say_next(pencil *p, const char *between, const char *text)
{
    if (!text || !*text) return;
    if (p->bytes.length) say(p, between);
    say(p, text);
}

const char *hot_count_text(int64_t count, char *text)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%lld", (long long)(count < 0 ? 0 : count)), k = 0;
    for (int i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0) text[k++] = ',';
        text[k++] = digits[i];
    }
    text[k] = 0;
    return text;
}

static void say_count(pencil *p, int64_t count)
{
    char text[32];
    say(p, hot_count_text(count, text));
}

/** With one decimal and a point, whatever the locale. */
static void say_tenths(pencil *p, double value)
{
    char text[8];
    long long tenths = (long long)floor(fmin(value, 1e15) * 10 + 0.5);
    say_count(p, tenths / 10);
    snprintf(text, sizeof text, ".%d", (int)(tenths % 10));
    say(p, text);
}

/** End the sentence: cleaned, or NULL when nothing was said. */
static hot_status keep(pencil *p, char **out)
{
    size_t length = p->bytes.length;
    if (p->status == HOT_OK && length) {
        p->status = hot_bytes_add(&p->bytes, "", 1);
        if (p->status == HOT_OK) *out = hot_clean((const char *)p->bytes.data, 1500);
        if (p->status == HOT_OK && !*out) p->status = HOT_MEMORY;
    }
    hot_bytes_free(&p->bytes);
    return p->status;
}

static hot_status note(hot_sentences *out, pencil *p)
{
    char *text = NULL;
    hot_status status = keep(p, &text);
    if (!text || out->n_notes == HOT_NOTES)
        hot_free(text);
    else
        out->note[out->n_notes++] = text;
    return status;
}

static hot_status note_text(hot_sentences *out, const char *text)
{
    pencil p = {0};
    say(&p, text);
    return note(out, &p);
}

static bool is_yes(const hot_canvas *c, const char *key)
{
    const char *word = hot_result_word(c->result, key);
    return word && strcmp(word, "1") == 0;
}

hot_status hot_set_text(const char *set, bool many, hot_bytes *out)
{
    size_t n = strlen(set), before = out->length;
    char last = n ? set[n - 1] : 0, before_last = n > 1 ? set[n - 2] : 'a';
    bool ies = many && last == 'y' && !strchr("aeiou", before_last);
    HOT_TRY(hot_bytes_add(out, set, ies ? n - 1 : n));
    for (size_t i = before; i < out->length; i++)
        if (out->data[i] == '_') out->data[i] = ' ';
    if (ies) return hot_bytes_add_text(out, "ies");
    return many && last != 's' ? hot_bytes_add_text(out, "s") : HOT_OK;
}

static void say_set(pencil *p, const char *set, bool many)
{
    if (p->status == HOT_OK) p->status = hot_set_text(set, many, &p->bytes);
}

static const char *area_name(const hot_canvas *c)
{
    if (c->row < 0) return NULL;
    const char *name = hot_layer_text(c->set, "name", (size_t)c->row);
    return name && *name ? name : c->page->code;
}

static hot_status title_write(const hot_canvas *c, hot_sentences *out)
{
    pencil title = {0}, sub = {0};
    const char *what = hot_result_word(c->result, "title");
    const char *place = hot_result_word(c->result, "place"), *area = area_name(c);
    say(&title, what && *what ? what : "Incidents");
    say_next(&title, area ? ": " : " in ", area ? area : place);
    HOT_TRY(keep(&title, &out->title));
    say_next(&sub, "", area ? place : NULL);
    say_next(&sub, "  ·  ", hot_result_word(c->result, "period"));
    say_next(&sub, "  ·  ", hot_result_word(c->result, "mapped"));
    return keep(&sub, &out->subtitle);
}

static void say_rank(pencil *p, const hot_canvas *c, size_t row)
{
    int64_t rank = hot_layer_integer(c->set, "rank", row, -1);
    if (rank < 1) return;
    say(p, "; rank ");
    say_count(p, rank);
    say(p, " of ");
    say_count(p, (int64_t)c->set->n);
    say(p, " ");
    say_set(p, c->set->name, c->set->n != 1);
}

/** A town centre, or another area whose incidents are not its residents'. */
static bool is_unfit(const hot_canvas *c)
{
    return c->row >= 0 && hot_layer_integer(c->set, "denominator_unfit", (size_t)c->row, 0) == 1;
}

static void say_per_km2(pencil *p, const hot_canvas *c, size_t row)
{
    double density = hot_layer_real(c->set, "per_km2", row);
    if (!isfinite(density) || density < 0) return;
    say(p, "; ");
    say_tenths(p, density);
    say(p, " per km²");
}

static void say_rate(pencil *p, const hot_canvas *c, size_t row)
{
    double rate = hot_layer_real(c->set, "rate_per_1000", row);
    double low = hot_layer_real(c->set, "rate_low", row);
    double high = hot_layer_real(c->set, "rate_high", row);
    if (is_unfit(c)) {
        say_per_km2(p, c, row);
        return;
    }
    if (!isfinite(rate) || rate < 0) return;
    say(p, "; ");
    say_tenths(p, rate);
    say(p, " per 1,000 residents");
    if (!isfinite(low) || !isfinite(high) || low < 0) return;
    say(p, " (");
    say_tenths(p, low);
    say(p, " to ");
    say_tenths(p, high);
    say(p, ")");
}

static void say_repeats(pencil *p, const hot_canvas *c, size_t row)
{
    int64_t places = hot_layer_integer(c->set, "repeat_places", row, -1);
    int64_t incidents = hot_layer_integer(c->set, "repeat_incidents", row, -1);
    if (places < 0) return;
    say(p, "; ");
    if (places == 0)
        say(p, "no");
    else
        say_count(p, places);
    say(p, places == 1 ? " repeat place" : " repeat places");
    if (places == 0 || incidents < 0) return;
    say(p, " with ");
    say_count(p, incidents);
    say(p, " incidents");
}

static void say_peak(pencil *p, const hot_canvas *c, size_t row)
{
    double peak = hot_layer_real(c->set, "peak_per_km2", row);
    if (!isfinite(peak) || peak < 1) return;
    say(p, "; densest spot ");
    say_count(p, (int64_t)floor(fmin(peak, 1e15) + 0.5));
    say(p, " per km²");
}

/** @param density  does the map show one? */
static hot_status facts_write(const hot_canvas *c, bool density, hot_sentences *out)
{
    pencil p = {0};
    hot_free(out->facts);
    out->facts = NULL;
    if (c->row < 0) return HOT_OK;
    size_t row = (size_t)c->row;
    int64_t n = hot_layer_integer(c->set, "incidents", row, -1);
    double share = hot_layer_real(c->set, "share", row);
    if (n < 0) return HOT_OK;
    if (n == 0) {
        say(&p, "No incidents were recorded here in the period.");
        return keep(&p, &out->facts);
    }
    say_count(&p, n);
    say(&p, n == 1 ? " incident" : " incidents");
    if (share >= 0 && share <= 1) {
        say(&p, ", ");
        say_tenths(&p, share * 100);
        say(&p, "% of all");
    }
    say_rank(&p, c, row);
    say_rate(&p, c, row);
    say_repeats(&p, c, row);
    if (density) say_peak(&p, c, row);
    return keep(&p, &out->facts);
}

static void say_kernel(pencil *p, const hot_canvas *c)
{
    const char *kernel = hot_result_word(c->result, "kernel");
    const char *bandwidth = hot_result_word(c->result, "bandwidth");
    const char *by = hot_result_word(c->result, "bandwidth_by");
    const char *cell = hot_result_word(c->result, "cell");
    if (kernel) {
        say(p, "Kernel density (");
        say(p, kernel);
        say(p, " kernel)");
    }
    if (bandwidth) {
        say_next(p, ", ", "bandwidth ");
        say(p, bandwidth);
        if (by) say_next(p, " (", by);
        if (by) say(p, ")");
    }
    if (cell) {
        say_next(p, ", ", "cell ");
        say(p, cell);
    }
}

/** @param density  does the map show one? */
static hot_status method_write(const hot_canvas *c, bool density, hot_sentences *out)
{
    pencil p = {0};
    const char *run = hot_result_word(c->result, "run_id");
    if (density) say_kernel(&p, c);
    say_next(&p, "; ", hot_result_word(c->result, "mapped"));
    say_next(&p, ". ", hot_result_word(c->result, "projection"));
    say_next(&p, ". ", hot_result_word(c->result, "software"));
    if (run) {
        say_next(&p, ", ", "run ");
        say(&p, run);
    }
    if (p.bytes.length) say(&p, ".");
    hot_free(out->method);
    out->method = NULL;
    return keep(&p, &out->method);
}

static hot_status marking_write(const hot_canvas *c, hot_sentences *out)
{
    pencil p = {0};
    const char *profile = hot_result_word(c->result, "profile");
    say_next(&p, "", hot_result_word(c->result, "marking"));
    if (profile && strcmp(profile, "internal") == 0)
        say_next(&p, "   |   ", "Contains personal data: do not share");
    return keep(&p, &out->marking);
}

hot_status hot_sentences_write(const hot_canvas *c, hot_sentences *out)
{
    pencil source = {0};
    HOT_TRY(title_write(c, out));
    HOT_TRY(facts_write(c, true, out));
    HOT_TRY(method_write(c, true, out));
    HOT_TRY(marking_write(c, out));
    say_next(&source, "", hot_result_word(c->result, "source_line"));
    return keep(&source, &out->source);
}

/** The cells that the map shows. */
typedef struct {
    bool beyond;            /* ground without data, inside the surface's frame or beyond it */
    int64_t cells, highest; /* with a value; of them those in the legend's highest class */
} sight;

/** The cell at so many cells from the frame's corner, kept inside the frame. */
static int32_t cell_at(double at, int32_t cells)
{
    return (int32_t)fmin(fmax(floor(at), 0), cells - 1);
}

static sight look(const hot_canvas *c)
{
    const hot_surface *s = &c->result->surface;
    const hot_frame *f = &s->frame;
    const hot_legend *l = &c->pen->legend[HOT_LOOK_SURFACE];
    double highest = l->n > 1 ? l->entry[l->n - 2].value : INFINITY; /* limits are upper ones */
    hot_box box = hot_view_box(&c->view);
    double west = (box.west - f->west) / f->cell, east = (box.east - f->west) / f->cell;
    double north = (f->north - box.north) / f->cell, south = (f->north - box.south) / f->cell;
    sight seen = {.beyond = west < 0 || north < 0 || east > f->cols || south > f->rows};
    int32_t last_row = cell_at(south, f->rows), last_col = cell_at(east, f->cols);
    for (int32_t row = cell_at(north, f->rows); row <= last_row; row++)
        for (int32_t col = cell_at(west, f->cols); col <= last_col; col++) {
            // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): heat has a surface
            float value = s->value[(int64_t)row * f->cols + col];
            seen.beyond = seen.beyond || isnan(value);
            seen.cells += isnan(value) ? 0 : 1;
            seen.highest += value >= highest;
        }
    return seen;
}

/** One colour all over is no map: say what would show more. */
static hot_status highest_note(const sight *seen, hot_sentences *out)
{
    if (seen->highest * 2 <= seen->cells) return HOT_OK;
    return note_text(out, "More than half of this map is in the highest class: one type, or a "
                          "shorter period, would show more.");
}

static hot_status edge_note(const hot_canvas *c, const sight *seen, hot_sentences *out)
{
    pencil p = {0};
    const char *bandwidth = hot_result_word(c->result, "bandwidth");
    if (!bandwidth || !seen->beyond || !c->study) return HOT_OK;
    say(&p, "Within ");
    say(&p, bandwidth);
    say(&p, " of the study area's edge densities are too low, because incidents beyond it are not "
            "counted.");
    return note(out, &p);
}

static hot_status warnings_note(const hot_canvas *c, hot_sentences *out)
{
    char key[32];
    for (int i = 1; i < 100; i++) {
        snprintf(key, sizeof key, "warning_%d", i);
        const char *warning = hot_result_word(c->result, key);
        if (!warning) break;
        HOT_TRY(note_text(out, warning));
    }
    return HOT_OK;
}

static hot_status heat_notes(const hot_canvas *c, hot_sentences *out)
{
    if (c->show != HOT_SHOW_HEAT) return HOT_OK;
    sight seen = look(c);
    HOT_TRY(highest_note(&seen, out));
    return edge_note(c, &seen, out);
}

static const char *show_note(hot_show show, bool surface)
{
    switch (show) {
    case HOT_SHOW_POINTS:
        return "Fewer than 50 incidents in this frame: shown as points, because a heat map of so "
               "few would be decoration.";
    case HOT_SHOW_OWN_POINTS:
        return "Fewer than 50 incidents in this area: shown as points, because a heat map of so "
               "few would be decoration. Incidents outside it are not shown.";
    case HOT_SHOW_QUIET:
        return NULL;
    case HOT_SHOW_BARE:
        return surface ? "Fewer than 50 incidents: no heat is drawn, because a heat map of so few "
                         "would be decoration."
                       : "There is no density surface in these results.";
    default:
        return "White means fewer than 5 incidents per km² in the period.";
    }
}

hot_status hot_sentences_show(const hot_canvas *c, hot_sentences *out)
{
    if (c->show != HOT_SHOW_HEAT) {
        HOT_TRY(facts_write(c, false, out));
        HOT_TRY(method_write(c, false, out));
    }
    if (is_yes(c, "fictional"))
        HOT_TRY(note_text(out, "Fictional town: nothing and nobody here exists."));
    out->n_strong = out->n_notes;
    const char *show = show_note(c->show, c->result->surface.value != NULL);
    if (show) HOT_TRY(note_text(out, show));
    HOT_TRY(heat_notes(c, out));
    if (is_unfit(c))
        HOT_TRY(note_text(out, "No rate per resident is given: with so many incidents for its "
                               "residents, as in a town centre, it would mislead."));
    if (is_yes(c, "snapped"))
        HOT_TRY(note_text(out, "Places are approximate: incidents were moved to anonymised map "
                               "points before publication."));
    return warnings_note(c, out);
}

void hot_sentences_free(hot_sentences *s)
{
    hot_free(s->title);
    hot_free(s->subtitle);
    hot_free(s->facts);
    hot_free(s->method);
    hot_free(s->source);
    hot_free(s->marking);
    for (size_t i = 0; i < s->n_notes; i++) hot_free(s->note[i]);
    *s = (hot_sentences){0};
}
