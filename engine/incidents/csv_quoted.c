#include "engine/incidents/csv_quoted.h"

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
