#include "engine/incidents/csv_quoted.h"

#include <string.h>

#include "engine/base/memory.h"

/* ---- from the marks ---- */

/** A record on its way: the text from `start` on, and the next mark behind that. */
typedef struct {
    const char *text; /* where position 0 of the marks is */
    const uint32_t *at, *end;
    size_t start;
} place;

static char mark_of(const place *p)
{
    return p->text[*p->at];
}

/** Pass a quoted field: the next mark is then the one behind its last quotation mark. */
static bool pass_quoted(place *p, const hot_csv *csv)
{
    for (p->at++; p->at < p->end; p->at++) {
        char c = mark_of(p);
        if (c == csv->line_end) return false;
        if (c != '"') continue;
        p->at++;
        bool doubled = p->at < p->end && *p->at == p->at[-1] + 1 && mark_of(p) == '"';
        if (!doubled) return p->at < p->end;
    }
    return false;
}

/** Where the text up to the next mark ends, without the CR of a CRLF; SIZE_MAX where there are
 *  several. */
static size_t text_end(const place *p, const hot_csv *csv)
{
    size_t end = *p->at;
    bool cr =
        csv->line_end == '\n' && mark_of(p) == '\n' && end > p->start && p->text[end - 1] == '\r';
    if (!cr) return end;
    bool more = end - 1 > p->start && p->text[end - 2] == '\r';
    return more ? SIZE_MAX : end - 1;
}

/** The field at p->start; the next mark is then the one that ends it. */
static bool next_field(place *p, const hot_csv *csv, hot_slice *field)
{
    bool quoted = p->at < p->end && *p->at == p->start && mark_of(p) == '"';
    if (quoted && !pass_quoted(p, csv)) return false;
    if (p->at >= p->end || mark_of(p) == '"') return false;
    size_t end = text_end(p, csv);
    if (end == SIZE_MAX || (quoted && end != (size_t)p->at[-1] + 1)) return false;
    *field = (hot_slice){p->text + p->start, end - p->start};
    return true;
}

bool hot_csv_split_quoted(const hot_csv *csv, size_t *last)
{
    const hot_marks *m = &csv->marks;
    if (csv->expected == 0) return false;
    place p = {csv->buffer + csv->origin, m->at + csv->next_mark, m->at + m->n,
               csv->begin - csv->origin};
    for (size_t k = 0; k < csv->expected; k++) {
        if (!next_field(&p, csv, &csv->field[k])) return false;
        bool ends = mark_of(&p) == csv->line_end;
        if (ends != (k + 1 == csv->expected)) return false;
        p.start = (size_t)*p.at++ + 1;
    }
    *last = (size_t)(p.at - m->at) - 1;
    return p.start + csv->origin - csv->begin <= HOT_CSV_RECORD;
}

/* ---- byte by byte ---- */

static hot_status field_add(hot_csv *csv, size_t *n, const char *at, size_t length)
{
    if (*n == csv->room_field &&
        !hot_grow(&csv->field, &csv->room_field, *n + 1, sizeof *csv->field))
        return HOT_MEMORY;
    csv->field[(*n)++] = (hot_slice){at, length};
    return HOT_OK;
}

/** Whether a field or a record ends at `at`. */
static bool is_end(const hot_csv *csv, size_t at)
{
    if (at >= csv->end) return true;
    char c = csv->buffer[at];
    if (c == csv->separator || ends_line(csv, c)) return true;
    if (c != '\r') return false; /* CRLF, or CR CR LF */
    at += at + 1 < csv->end && csv->buffer[at + 1] == '\r' ? 2 : 1;
    return at >= csv->end || csv->buffer[at] == '\n';
}

/** Walk over a quoted field; w->at stands on its first quote, and after it behind its last. */
static void walk_quoted(const hot_csv *csv, walk *w)
{
    size_t begin = csv->begin;
    for (w->at++; w->at < csv->end; w->at++) {
        char c = csv->buffer[w->at];
        if (is_line(csv, w->at) && ++w->lines >= HOT_CSV_LINES) break;
        if (w->at - begin > HOT_CSV_RECORD) break;
        if (c != '"') continue;
        if (w->at + 1 < csv->end && csv->buffer[w->at + 1] == '"') {
            w->at++;
            continue;
        }
        if (w->at + 1 == csv->end && !csv->ended) break;
        w->at++;
        w->stray = !is_end(csv, w->at);
        return;
    }
    w->unended = w->at >= csv->end || (w->at + 1 == csv->end && !csv->ended);
    w->stray = !w->unended || csv->ended;
}

/** Take the doubled quotation marks of a quoted field's inside for one each, in place. */
static size_t unquote(char *at, size_t length)
{
    const char *first = memchr(at, '"', length);
    if (!first) return length;
    size_t to = (size_t)(first - at);
    for (size_t i = to; i < length; i++) {
        at[to++] = at[i];
        if (at[i] == '"') i++;
    }
    return to;
}

/** Walk over a plain field; a quotation mark in it is out of place. */
static void walk_plain(const hot_csv *csv, walk *w)
{
    while (!is_end(csv, w->at)) {
        if (csv->buffer[w->at] == '"') {
            w->stray = true;
            return;
        }
        w->at++;
    }
}

/** Behind the CR that ends a record: its LF, which may still be to come. */
static void pass_lf(const hot_csv *csv, walk *w)
{
    if (!csv->both && w->at < csv->end && csv->buffer[w->at] == '\r') w->at++;
    w->unended = w->at >= csv->end;
    if (!w->unended && csv->buffer[w->at] == '\n') w->at++;
}

hot_status hot_csv_walk(hot_csv *csv, size_t *n, size_t *stop, walk *w)
{
    *w = (walk){.at = csv->begin};
    for (*n = 0;;) {
        size_t start = w->at;
        if (w->at < csv->end && csv->buffer[w->at] == '"')
            walk_quoted(csv, w);
        else
            walk_plain(csv, w);
        if (w->stray || w->unended) return HOT_OK;
        HOT_TRY(field_add(csv, n, csv->buffer + start, w->at - start));
        if (w->at >= csv->end) {
            w->unended = !csv->ended;
            break;
        }
        char c = csv->buffer[w->at++];
        if (c == csv->separator) continue;
        if (c == '\r' && (csv->both || csv->line_end == '\n')) pass_lf(csv, w);
        break;
    }
    *stop = w->at;
    return HOT_OK;
}

void hot_csv_unquote(hot_csv *csv, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hot_slice *f = &csv->field[i];
        if (f->length < 2 || f->at[0] != '"') continue;
        char *inside = csv->buffer + (f->at - csv->buffer) + 1;
        *f = (hot_slice){inside, unquote(inside, f->length - 2)};
    }
}
