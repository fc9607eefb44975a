#include "engine/incidents/csv.h"

#include <string.h>

#include "engine/base/memory.h"
#include "engine/incidents/csv_quoted.h"

enum {
    BUFFER = 4 * HOT_CSV_RECORD,
    BLOCK = 1 << 18, /* read at once: small enough to stay near the processor until it is parsed */
};

/* ---- the buffer and its marks ---- */

/** Find the marks of the unread bytes. */
static void scan(hot_csv *csv)
{
    hot_marks_find(&csv->marks, csv->buffer + csv->begin, csv->end - csv->begin,
                   (hot_marks_wanted){csv->separator, csv->line_end, second_end(csv)}, csv->way);
    csv->origin = csv->begin;
    csv->next_mark = csv->next_line = 0;
}

/** Move the unread bytes to the front and read `more` behind them, or as many as there are. Their
 *  marks are still to be found. */
static hot_status fill(hot_csv *csv, size_t more)
{
    size_t kept = csv->end - csv->begin, most = csv->room - kept < more ? csv->room : kept + more;
    memmove(csv->buffer, csv->buffer + csv->begin, kept);
    csv->begin = 0;
    csv->end = kept;
    while (csv->end < most && !csv->ended) {
        ptrdiff_t n = csv->source.read(csv->source.self, csv->buffer + csv->end, most - csv->end);
        if (n < 0) return HOT_SYSTEM;
        csv->ended = n == 0;
        csv->end += (size_t)n;
    }
    return HOT_OK;
}

static hot_status refill(hot_csv *csv, size_t more)
{
    HOT_TRY(fill(csv, more));
    scan(csv);
    return HOT_OK;
}

/** Where the buffer has its kth mark. */
static inline size_t mark_at(const hot_csv *csv, size_t k)
{
    return csv->origin + csv->marks.at[k];
}

/** Go on at buffer[at]: the marks before it are behind us. */
static void advance(hot_csv *csv, size_t at)
{
    const hot_marks *m = &csv->marks;
    csv->begin = at;
    while (csv->next_mark < m->n && mark_at(csv, csv->next_mark) < at) csv->next_mark++;
    while (csv->next_line < m->lines && m->line[csv->next_line] < csv->next_mark) csv->next_line++;
}

/* ---- a record without quotation marks ---- */

typedef enum { DONE, QUOTED, SHORT } shape; /* SHORT: the buffer ends before the record does */

/** Bytes of the last field of a line, from `start` to its LF at `at`, without a CR before that;
 * some programs write two. */
static inline size_t without_cr(const hot_csv *csv, size_t start, size_t at)
{
    while (at > start && csv->buffer[at - 1] == '\r') at--;
    return at - start;
}

static inline bool is_quoted(const hot_csv *csv, size_t first, size_t last)
{
    if (!csv->marks.quoted) return false;
    while (first < last && csv->buffer[mark_at(csv, first)] != '"') first++;
    return first < last;
}

/** The fields between the marks of a line, but for its last one. Where that begins. */
static inline size_t split_line(hot_csv *csv, size_t last)
{
    size_t n = last - csv->next_mark;
    if (n == 0) return csv->begin;
    const char *text = csv->buffer + csv->origin;
    csv->field[0] =
        (hot_slice){csv->buffer + csv->begin, mark_at(csv, csv->next_mark) - csv->begin};
    hot_marks_between(&csv->marks, text, csv->next_mark, n - 1, csv->field + 1, csv->way);
    return mark_at(csv, last - 1) + 1;
}

/** Fields from the marks alone. *stop = where the next line begins. */
static hot_status split(hot_csv *csv, size_t *n, size_t *stop, shape *found)
{
    const hot_marks *m = &csv->marks;
    bool whole = csv->next_line < m->lines; /* the line's end is in the buffer */
    size_t last = whole ? m->line[csv->next_line] : m->n;
    if (is_quoted(csv, csv->next_mark, last)) return *found = QUOTED, HOT_OK;
    size_t end = whole ? mark_at(csv, last) : csv->end;
    bool cr = whole && csv->both && csv->buffer[end] == '\r'; /* its LF may still be to come */
    if (!csv->ended && (!whole || (cr && end + 1 == csv->end))) return *found = SHORT, HOT_OK;
    *n = last - csv->next_mark + 1;
    size_t need = *n + HOT_SLICES_SLACK;
    if (!hot_grow(&csv->field, &csv->room_field, need, sizeof *csv->field)) return HOT_MEMORY;
    size_t start = split_line(csv, last);
    bool lf = whole ? csv->buffer[end] == '\n' : csv->line_end == '\n';
    size_t length = lf ? without_cr(csv, start, end) : end - start;
    csv->field[*n - 1] = (hot_slice){csv->buffer + start, length};
    bool pair = cr && end + 1 < csv->end && csv->buffer[end + 1] == '\n';
    size_t ends = pair ? 2 : whole;
    csv->next_mark = last + ends;
    csv->next_line += ends;
    *stop = end + ends;
    return *found = DONE, HOT_OK;
}

/* ---- records ---- */

/** Where the line that begins at `begin` ends, its line end included; SIZE_MAX if it goes on. */
static size_t line_stop(const hot_csv *csv)
{
    size_t at = csv->begin;
    while (at < csv->end && !ends_line(csv, csv->buffer[at])) at++;
    bool cut = at == csv->end || (csv->both && csv->buffer[at] == '\r' && at + 1 == csv->end);
    if (cut) return csv->ended ? csv->end : SIZE_MAX;
    bool pair = csv->both && csv->buffer[at] == '\r' && csv->buffer[at + 1] == '\n';
    return at + 1 + pair;
}

static hot_reason text_fault(const char *at, size_t length)
{
    if (!hot_utf8_is(at, length)) return HOT_BAD_UTF8;
    return memchr(at, 0, length) ? HOT_NUL : HOT_REASONS;
}

/** Which of the fields has a byte that is not text; one of them has. */
static uint32_t fault_column(const hot_csv *csv, size_t n)
{
    uint32_t column = 1;
    while (column < n &&
           text_fault(csv->field[column - 1].at, csv->field[column - 1].length) == HOT_REASONS)
        column++;
    return column;
}

/** The first fault of a record whose fields are known. */
static inline void judge(const hot_csv *csv, size_t length, hot_record *record)
{
    record->fault = HOT_REASONS;
    record->column = 0;
    if ((csv->expected && record->n != csv->expected) || length > HOT_CSV_RECORD) {
        record->fault = HOT_FIELD_COUNT;
    } else if (!csv->marks.plain) {
        record->fault = text_fault(csv->buffer + csv->begin, length);
        if (record->fault != HOT_REASONS) record->column = fault_column(csv, record->n);
    }
}

/** A line that cannot be read as a record: it alone is at fault. The column is that of the
 *  quotation mark; a line that is too long or no text has no columns. */
static hot_status line_at_fault(hot_csv *csv, size_t quoted, hot_record *record, bool *again)
{
    size_t stop = line_stop(csv);
    if (stop == SIZE_MAX) return *again = true, HOT_OK;
    *record = (hot_record){.field = csv->field, .line = csv->line++};
    record->fault = text_fault(csv->buffer + csv->begin, stop - csv->begin);
    if (stop - csv->begin > HOT_CSV_RECORD) record->fault = HOT_FIELD_COUNT;
    if (record->fault == HOT_REASONS) {
        record->fault = HOT_UNCLOSED_QUOTE;
        record->column = (uint32_t)quoted + 1;
    }
    advance(csv, stop);
    return HOT_OK;
}

/** The first field that holds a line end: where a quotation mark was left open. */
static size_t open_field(const hot_csv *csv, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (memchr(csv->field[k].at, csv->line_end, csv->field[k].length) ||
            memchr(csv->field[k].at, second_end(csv), csv->field[k].length))
            return k;
    return n;
}

/** Whether the line at `begin`, which is no record as it stands, begins with one that ends in the
 *  other kind of line end: from here on lines end in both. */
static hot_status try_both(hot_csv *csv, bool *now)
{
    size_t n, stop = 0, line = line_stop(csv);
    walk w;
    *now = false;
    if (csv->both || !csv->expected) return HOT_OK;
    csv->both = true;
    char other = second_end(csv);
    const char *at = csv->buffer + csv->begin;
    *now = memchr(at, other, (line == SIZE_MAX ? csv->end : line) - csv->begin) != NULL;
    if (*now) {
        HOT_TRY(hot_csv_walk(csv, &n, &stop, &w));
        *now = !w.stray && !w.unended && n == csv->expected && csv->buffer[stop - 1] == other;
    }
    csv->both = *now;
    if (!*now) return HOT_OK;
    scan(csv);
    return HOT_OK;
}

static hot_status next_quoted(hot_csv *csv, hot_record *record, bool *again)
{
    walk w;
    size_t n, stop = 0;
    HOT_TRY(hot_csv_walk(csv, &n, &stop, &w));
    if (w.unended && !csv->ended) return *again = true, HOT_OK;
    bool now = false;
    if (w.stray || n != csv->expected) HOT_TRY(try_both(csv, &now));
    if (now) HOT_TRY(hot_csv_walk(csv, &n, &stop, &w));
    if (w.stray || (w.lines && csv->expected && n != csv->expected))
        return line_at_fault(csv, w.lines ? open_field(csv, n) : n, record, again);
    *record = (hot_record){.field = csv->field, .n = n, .line = csv->line};
    judge(csv, stop - csv->begin, record);
    hot_csv_unquote(csv, n);
    csv->line += w.lines + 1;
    advance(csv, stop);
    return HOT_OK;
}

static hot_status next_in_buffer(hot_csv *csv, hot_record *record, bool *again)
{
    size_t n, stop = 0;
    shape found;
    *again = false;
    HOT_TRY(split(csv, &n, &stop, &found));
    if (found == QUOTED) return next_quoted(csv, record, again);
    if (found == SHORT) return *again = true, HOT_OK;
    bool now = false;
    if (n != csv->expected) HOT_TRY(try_both(csv, &now));
    if (now) return next_quoted(csv, record, again);
    *record = (hot_record){.field = csv->field, .n = n, .line = csv->line++};
    judge(csv, stop - csv->begin, record);
    csv->begin = stop;
    return HOT_OK;
}

/** Pass over lines without a byte in them; a CR or LF that ends no line here is passed over too. */
static void pass_blank(hot_csv *csv)
{
    size_t at = csv->begin;
    for (; at < csv->end && (csv->buffer[at] == '\n' || csv->buffer[at] == '\r'); at++) {
        bool last = at + 1 == csv->end;
        if (csv->both && csv->buffer[at] == '\r' && last && !csv->ended) break; /* its LF? */
        csv->line += is_line(csv, at);
    }
    if (at != csv->begin) advance(csv, at);
}

/** A line longer than the buffer: one fault, and everything up to its end is passed over. */
static hot_status pass_overlong(hot_csv *csv, hot_record *record)
{
    *record = (hot_record){.field = csv->field, .line = csv->line++, .fault = HOT_FIELD_COUNT};
    for (;;) {
        size_t stop = line_stop(csv);
        if (stop != SIZE_MAX) return advance(csv, stop), HOT_OK;
        csv->begin = csv->end;
        HOT_TRY(refill(csv, csv->room));
    }
}

/** A record whose fields were split, up to the mark of its line end. */
static inline void take_record(hot_csv *csv, size_t last, hot_record *record)
{
    size_t stop = mark_at(csv, last) + 1;
    record->field = csv->field;
    record->n = csv->expected;
    record->line = csv->line++;
    judge(csv, stop - csv->begin, record);
    csv->next_mark = last + 1;
    csv->next_line++;
    csv->begin = stop;
}

/** Nearly all records: a line of as many marks as there are to be, without a quotation mark. */
static inline bool next_plain(hot_csv *csv, hot_record *record)
{
    size_t last = csv->marks.line[csv->next_line], end = mark_at(csv, last);
    if (last - csv->next_mark + 1 != csv->expected) return false;
    if (is_quoted(csv, csv->next_mark, last)) return false;
    size_t start = split_line(csv, last);
    size_t length = csv->line_end == '\n' ? without_cr(csv, start, end) : end - start;
    csv->field[csv->expected - 1] = (hot_slice){csv->buffer + start, length};
    take_record(csv, last, record);
    return true;
}

static __attribute__((noinline)) bool next_usual_quoted(hot_csv *csv, hot_record *record)
{
    size_t last;
    if (!hot_csv_split_quoted(csv, &last)) return false;
    take_record(csv, last, record);
    hot_csv_unquote(csv, csv->expected);
    return true;
}

/** The next record from the marks alone; false, and nothing is changed, where a closer look is
 *  needed. */
static inline bool next_usual(hot_csv *csv, hot_record *record)
{
    bool room = csv->room_field >= csv->expected + HOT_SLICES_SLACK;
    if (csv->next_line == csv->marks.lines || csv->both || !room) return false;
    char first = csv->buffer[csv->begin];
    if (first == '\n' || first == '\r') return false; /* a blank line */
    if (next_plain(csv, record)) return true;
    return csv->marks.quoted && next_usual_quoted(csv, record);
}

static __attribute__((noinline)) hot_status next_any(hot_csv *csv, hot_record *record, bool *more)
{
    for (;;) {
        pass_blank(csv);
        bool empty = csv->begin == csv->end, again = false;
        if (empty && csv->ended) return *more = false, HOT_OK;
        if (!empty) HOT_TRY(next_in_buffer(csv, record, &again));
        if (!empty && !again) return *more = true, HOT_OK;
        bool full = csv->begin == 0 && csv->end == csv->room, now = false;
        if (full) HOT_TRY(try_both(csv, &now));
        if (now) continue;
        if (full) return *more = true, pass_overlong(csv, record);
        HOT_TRY(refill(csv, BLOCK));
    }
}

hot_status hot_csv_next(hot_csv *csv, hot_record *record, bool *more)
{
    if (next_usual(csv, record)) return *more = true, HOT_OK;
    return next_any(csv, record, more);
}

/* ---- the header ---- */

hot_status hot_csv_open(hot_csv *csv, hot_source source, hot_record *header)
{
    *csv = (hot_csv){
        .source = source, .separator = ',', .line_end = '\n', .way = hot_marks_best(), .line = 1};
    csv->buffer = hot_new_raw(BUFFER, 1);
    csv->marks.at = hot_new_raw(BUFFER + HOT_MARKS_SLACK, sizeof *csv->marks.at);
    csv->marks.line = hot_new_raw(BUFFER, sizeof *csv->marks.line);
    if (!csv->buffer || !csv->marks.at || !csv->marks.line) return HOT_MEMORY;
    csv->room = BUFFER;
    HOT_TRY(fill(csv, csv->room));
    while (csv->end - csv->begin >= 3 && memcmp(csv->buffer + csv->begin, "\xef\xbb\xbf", 3) == 0)
        csv->begin += 3;
    hot_csv_dress(csv->buffer + csv->begin, csv->end - csv->begin, &csv->separator, &csv->line_end);
    scan(csv);
    bool more;
    HOT_TRY(hot_csv_next(csv, header, &more));
    if (!more || header->fault != HOT_REASONS || header->n > HOT_CSV_FIELDS) return HOT_INPUT;
    csv->expected = header->n;
    return HOT_OK;
}

uint64_t hot_csv_expected(const hot_csv *csv)
{
    size_t bytes = csv->end - csv->begin;
    if (bytes == 0 || csv->source.bytes < bytes) return 0;
    double lines = (double)(csv->marks.lines - csv->next_line);
    return (uint64_t)(1.03 * (double)csv->source.bytes * lines / (double)bytes);
}

void hot_csv_free(hot_csv *csv)
{
    hot_free(csv->buffer);
    hot_free(csv->marks.at);
    hot_free(csv->marks.line);
    hot_free(csv->field);
    *csv = (hot_csv){0};
}
