/* The judgement as JSON. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/number.h"
#include "engine/incidents/csv.h"
#include "layers/judge.h"

/** JSON that is being written; the first failure stays. */
typedef struct {
    hot_bytes *bytes;
    hot_status status;
    bool follows; /* a value stands before: a comma comes first */
} json;

static void put(json *w, const char *text)
{
    if (w->status == HOT_OK) w->status = hot_bytes_add_text(w->bytes, text);
}

static void put_text(json *w, const char *text)
{
    char escaped[8];
    bool utf8 = hot_utf8_is(text, strlen(text));
    put(w, "\"");
    for (const char *c = text; *c; c++) {
        unsigned char u = (unsigned char)*c;
        if (u >= 128 && !utf8) u = '?';
        if (u == '"' || u == '\\')
            snprintf(escaped, sizeof escaped, "\\%c", u);
        else if (u < 32 || u == 127)
            snprintf(escaped, sizeof escaped, "\\u%04x", u);
        else
            snprintf(escaped, sizeof escaped, "%c", u);
        put(w, escaped);
    }
    put(w, "\"");
}

static void key(json *w, const char *name)
{
    if (w->follows) put(w, ", ");
    w->follows = true;
    if (!name) return;
    put_text(w, name);
    put(w, ": ");
}

static void open_(json *w, const char *name, const char *bracket)
{
    key(w, name);
    put(w, bracket);
    w->follows = false;
}

static void close_(json *w, const char *bracket)
{
    put(w, bracket);
    w->follows = true;
}

static void number(json *w, const char *name, double value)
{
    char text[40];
    key(w, name);
    hot_number_format(value, text);
    put(w, isfinite(value) ? text : "null");
}

static void count(json *w, const char *name, uint64_t value)
{
    char text[40];
    key(w, name);
    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    put(w, text);
}

static void words(json *w, const char *name, const char *text)
{
    key(w, name);
    put_text(w, text);
}

static void month(json *w, const char *name, int32_t at)
{
    char text[32];
    snprintf(text, sizeof text, "%04d-%02d", at / 12, at % 12 + 1);
    words(w, name, text);
}

/* ---- the parts ---- */

static double rounded(double value, double per)
{
    return rint(value * per) / per;
}

static void put_snapped(json *w, const hot_judgement *j, bool snapped)
{
    open_(w, "snapped", "{");
    key(w, "is");
    put(w, snapped ? "true" : "false");
    number(w, "dates_of_a_month_share", rounded(j->month_share, 1e4));
    number(w, "on_or_near_share", rounded(j->near_share, 1e4));
    number(w, "with_place_key_share", rounded(j->key_share, 1e4));
    number(w, "rows_per_point", rounded(j->rows_per_point, 1e2));
    close_(w, "}");
}

static void put_box(json *w, const char *name, const hot_box *b)
{
    open_(w, name, "[");
    number(w, NULL, rounded(b->west, 100));
    number(w, NULL, rounded(b->south, 100));
    number(w, NULL, rounded(b->east, 100));
    number(w, NULL, rounded(b->north, 100));
    close_(w, "]");
}

/** West, south, east, north. */
static void put_extent(json *w, const hot_judgement *j)
{
    if (j->rows == 0) return;
    open_(w, "extent", "{");
    put_box(w, "all", &j->all);
    put_box(w, "nearly_all", &j->most);
    close_(w, "}");
}

static void put_top(json *w, const hot_judgement *j)
{
    open_(w, "top", "[");
    for (size_t k = 0; k < j->n_top; k++) {
        const hot_top *t = &j->top[k];
        open_(w, NULL, "{");
        count(w, "rows", t->rows);
        number(w, "x", rounded(t->x, 100));
        number(w, "y", rounded(t->y, 100));
        words(w, "label", t->label);
        if (t->pile != HOT_PILE_NONE) words(w, "pile", hot_pile_name(t->pile));
        close_(w, "}");
    }
    close_(w, "]");
    open_(w, "piled", "{");
    for (int p = HOT_PILE_STATION; p <= HOT_PILE_NO_ABODE; p++)
        count(w, hot_pile_name((hot_pile)p), j->piled[p]);
    close_(w, "}");
}

static void put_counts(json *w, const char *name, const char *const *names, const uint64_t *rows,
                       size_t n)
{
    open_(w, name, "{");
    for (size_t k = 0; k < n; k++) count(w, names[k], rows[k]);
    close_(w, "}");
}

/** Which column was taken for what. */
static void put_taken(json *w, const hot_input *in)
{
    open_(w, "columns", "{");
    for (int p = 0; p < HOT_PURPOSES; p++)
        if (in->taken[p]) words(w, hot_purpose_name((hot_purpose)p), in->taken[p]);
    close_(w, "}");
}

static void put_coverage(json *w, const hot_judgement *j)
{
    open_(w, "months", "[");
    for (size_t k = 0; k < j->n_months; k++) {
        open_(w, NULL, "{");
        month(w, "month", j->months[k].month);
        count(w, "rows", j->months[k].rows);
        count(w, "files", j->months[k].files);
        close_(w, "}");
    }
    close_(w, "]");
    open_(w, "files", "[");
    for (size_t k = 0; k < j->n_files; k++) {
        const hot_file_months *f = &j->files[k];
        open_(w, NULL, "{");
        words(w, "name", f->name);
        if (f->months) {
            month(w, "first", f->first);
            month(w, "last", f->first + f->months - 1);
        }
        count(w, "months_without_rows", (uint64_t)f->gaps);
        put_taken(w, f->input);
        close_(w, "}");
    }
    close_(w, "]");
}

static void put_types(json *w, const hot_judgement *j)
{
    open_(w, "types", "[");
    for (size_t k = 0; k < j->n_types; k++) {
        open_(w, NULL, "{");
        words(w, "type", j->types[k].name);
        count(w, "located", j->types[k].located);
        count(w, "without_coordinates", j->types[k].unlocated);
        close_(w, "}");
    }
    close_(w, "]");
}

static void put_mistakes(json *w, const hot_judgement *j)
{
    open_(w, "mistakes", "[");
    for (size_t k = 0; k < j->n_mistakes; k++) {
        const hot_mistake *m = &j->mistakes[k];
        open_(w, NULL, "{");
        words(w, "mistake", hot_mistake_name(m->kind));
        count(w, "rows", m->rows);
        words(w, "about", m->about);
        words(w, "mend", m->mend);
        close_(w, "}");
    }
    close_(w, "]");
}

static void put_skipped(json *w, const hot_loaded *l)
{
    open_(w, "skipped", "[");
    for (size_t k = 0; k < l->n_skipped; k++) words(w, NULL, l->skipped[k]);
    close_(w, "]");
}

hot_status hot_judgement_format(const hot_judgement *j, const hot_study *s, hot_bytes *bytes)
{
    static const char *const known[] = {"1m", "10m", "100m", "1km", "worse"};
    static const char *const far[] = {"to_100m", "to_1km", "to_10km", "more"};
    json w = {.bytes = bytes};
    put(&w, "{");
    count(&w, "rows", j->rows);
    put_snapped(&w, j, s->loaded.snapped);
    put_extent(&w, j);
    put_top(&w, j);
    put_counts(&w, "positions_known_to", known, j->known, HOT_KNOWN);
    put_coverage(&w, j);
    put_types(&w, j);
    if (s->bounding != SIZE_MAX) put_counts(&w, "outside", far, j->outside, 4);
    put_mistakes(&w, j);
    put_skipped(&w, &s->loaded);
    put(&w, "}");
    return w.status;
}
