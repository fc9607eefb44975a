#include "engine/incidents/csv.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "engine/base/memory.h"

enum { BUFFER = 4 * HOT_CSV_RECORD };

/* ---- UTF-8 ---- */

/** Bytes of the sequence that begins at p, or 0 where it is not one. Unicode 15, table 3-7. */
static size_t sequence_length(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80) return 1;
    size_t n = p[0] >= 0xc2 && p[0] <= 0xdf ? 2 : (p[0] & 0xf0) == 0xe0 ? 3 : 0;
    if (p[0] >= 0xf0 && p[0] <= 0xf4) n = 4;
    if (n == 0 || n > left) return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xc0) != 0x80) return 0;
    if (p[0] == 0xe0 && p[1] < 0xa0) return 0;
    if (p[0] == 0xed && p[1] > 0x9f) return 0;
    if (p[0] == 0xf0 && p[1] < 0x90) return 0;
    if (p[0] == 0xf4 && p[1] > 0x8f) return 0;
    return n;
}

bool hot_utf8_is(const char *at, size_t length)
{
    const unsigned char *p = (const unsigned char *)at, *end = p + length;
    while (p < end) {
        size_t n = sequence_length(p, (size_t)(end - p));
        if (n == 0) return false;
        p += n;
    }
    return true;
}

/* ---- the buffer and its marks ---- */

static bool is_mark(const hot_csv *csv, char c)
{
    return c == csv->separator || c == csv->line_end || c == '"';
}

static inline void note(hot_csv *csv, size_t at)
{
    csv->mark[csv->marks++] = (uint32_t)at;
}

/** Find the marks of buffer[from .. end), and whether the bytes are plain. */
static void scan(hot_csv *csv, size_t from)
{
    size_t at = from;
    bool plain = csv->plain;
#if defined(__SSE2__)
    const __m128i separator = _mm_set1_epi8(csv->separator), quote = _mm_set1_epi8('"'),
                  line_end = _mm_set1_epi8(csv->line_end), zero = _mm_setzero_si128();
    for (; at + 16 <= csv->end; at += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(csv->buffer + at));
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, separator), _mm_cmpeq_epi8(v, line_end));
        unsigned bits = (unsigned)_mm_movemask_epi8(_mm_or_si128(hit, _mm_cmpeq_epi8(v, quote)));
        unsigned odd = (unsigned)_mm_movemask_epi8(_mm_or_si128(v, _mm_cmpeq_epi8(v, zero)));
        plain = plain && !odd;
        for (; bits; bits &= bits - 1) note(csv, at + (size_t)__builtin_ctz(bits));
    }
#endif
    for (; at < csv->end; at++) {
        unsigned char c = (unsigned char)csv->buffer[at];
        if (is_mark(csv, (char)c)) note(csv, at);
        plain = plain && c != 0 && c < 0x80;
    }
    csv->plain = plain;
}

/** Move the unread bytes to the front and read until the buffer is full or the source is empty. */
static hot_status refill(hot_csv *csv)
{
    size_t kept = csv->end - csv->begin;
    memmove(csv->buffer, csv->buffer + csv->begin, kept);
    csv->begin = 0;
    csv->end = kept;
    while (csv->end < csv->room && !csv->ended) {
        ptrdiff_t n = csv->source.read(csv->source.self, csv->buffer + csv->end,
                                       csv->room - csv->end);
        if (n < 0) return HOT_SYSTEM;
        csv->ended = n == 0;
        csv->end += (size_t)n;
    }
    csv->marks = csv->next_mark = 0;
    csv->plain = true;
    scan(csv, 0);
    return HOT_OK;
}

/** Go on at buffer[at]: the marks before it are behind us. */
static void advance(hot_csv *csv, size_t at)
{
    csv->begin = at;
    while (csv->next_mark < csv->marks && csv->mark[csv->next_mark] < at) csv->next_mark++;
}

static hot_status field_add(hot_csv *csv, size_t *n, const char *at, size_t length)
{
    if (*n == csv->room_field &&
        !hot_grow(&csv->field, &csv->room_field, *n + 1, sizeof *csv->field))
        return HOT_MEMORY;
    csv->field[(*n)++] = (hot_slice){at, length};
    return HOT_OK;
}

/* ---- a record without quotation marks ---- */

typedef enum { DONE, QUOTED, SHORT } shape; /* SHORT: the buffer ends before the record does */

/** Fields from the marks alone. *stop = where the next line begins. */
static hot_status split(hot_csv *csv, size_t *n, size_t *stop, shape *found)
{
    size_t start = csv->begin, k = csv->next_mark;
    *n = 0;
    for (; k < csv->marks; k++) {
        size_t at = csv->mark[k];
        char c = csv->buffer[at];
        if (c == '"') return *found = QUOTED, HOT_OK;
        size_t length = at - start;
        if (c == csv->line_end && c == '\n' && length && csv->buffer[at - 1] == '\r') length--;
        HOT_TRY(field_add(csv, n, csv->buffer + start, length));
        start = at + 1;
        if (c != csv->separator) {
            csv->next_mark = k + 1;
            *stop = start;
            return *found = DONE, HOT_OK;
        }
    }
    if (!csv->ended) return *found = SHORT, HOT_OK;
    size_t length = csv->end - start;
    if (length && csv->line_end == '\n' && csv->buffer[csv->end - 1] == '\r') length--;
    HOT_TRY(field_add(csv, n, csv->buffer + start, length));
    csv->next_mark = csv->marks;
    *stop = csv->end;
    return *found = DONE, HOT_OK;
}

/* ---- a record with quotation marks ---- */

/** Where a record is being walked, byte by byte. */
typedef struct {
    size_t at, lines;
    bool stray;   /* a quotation mark out of place */
    bool unended; /* the buffer ended first */
} walk;

/** Whether a field or a record ends at `at`. */
static bool is_end(const hot_csv *csv, size_t at)
{
    if (at >= csv->end) return true;
    char c = csv->buffer[at];
    if (c == csv->separator || c == csv->line_end) return true;
    return c == '\r' && csv->line_end == '\n' &&
           (at + 1 == csv->end || csv->buffer[at + 1] == '\n');
}

/** Walk over a quoted field; w->at stands on its first quote, and after it behind its last. */
static void walk_quoted(const hot_csv *csv, walk *w)
{
    size_t begin = csv->begin;
    for (w->at++; w->at < csv->end; w->at++) {
        char c = csv->buffer[w->at];
        if (c == csv->line_end && ++w->lines >= HOT_CSV_LINES) break;
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
    size_t to = 0;
    for (size_t i = 0; i < length; i++) {
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

/** The fields of a record with quotation marks, still quoted. *stop = where the next one begins. */
static hot_status split_quoted(hot_csv *csv, size_t *n, size_t *stop, walk *w)
{
    *w = (walk){.at = csv->begin};
    for (*n = 0;;) {
        size_t start = w->at;
        if (w->at < csv->end && csv->buffer[w->at] == '"') walk_quoted(csv, w);
        else walk_plain(csv, w);
        if (w->stray || w->unended) return HOT_OK;
        HOT_TRY(field_add(csv, n, csv->buffer + start, w->at - start));
        if (w->at >= csv->end) {
            w->unended = !csv->ended;
            break;
        }
        char c = csv->buffer[w->at++];
        if (c == csv->separator) continue;
        if (c == '\r' && csv->line_end == '\n') {
            w->unended = w->at >= csv->end; /* its LF is still to come */
            w->at += !w->unended;
        }
        break;
    }
    *stop = w->at;
    return HOT_OK;
}

static void unquote_fields(hot_csv *csv, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hot_slice *f = &csv->field[i];
        if (f->length < 2 || f->at[0] != '"') continue;
        char *inside = csv->buffer + (f->at - csv->buffer) + 1;
        *f = (hot_slice){inside, unquote(inside, f->length - 2)};
    }
}

/* ---- records ---- */

/** Where the line that begins at `begin` ends, its line end included; SIZE_MAX if it goes on. */
static size_t line_stop(const hot_csv *csv)
{
    const char *end = memchr(csv->buffer + csv->begin, csv->line_end, csv->end - csv->begin);
    if (end) return (size_t)(end - csv->buffer) + 1;
    return csv->ended ? csv->end : SIZE_MAX;
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
    while (column < n && text_fault(csv->field[column - 1].at, csv->field[column - 1].length) ==
                             HOT_REASONS)
        column++;
    return column;
}

/** The first fault of a record whose fields are known. */
static void judge(const hot_csv *csv, size_t length, hot_record *record)
{
    record->fault = HOT_REASONS;
    record->column = 0;
    if ((csv->expected && record->n != csv->expected) || length > HOT_CSV_RECORD) {
        record->fault = HOT_FIELD_COUNT;
    } else if (!csv->plain) {
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
    size_t k = 0;
    while (k < n && !memchr(csv->field[k].at, csv->line_end, csv->field[k].length)) k++;
    return k;
}

static hot_status next_quoted(hot_csv *csv, hot_record *record, bool *again)
{
    walk w;
    size_t n, stop = 0;
    HOT_TRY(split_quoted(csv, &n, &stop, &w));
    if (w.unended && !csv->ended) return *again = true, HOT_OK;
    if (w.stray || (w.lines && csv->expected && n != csv->expected))
        return line_at_fault(csv, w.lines ? open_field(csv, n) : n, record, again);
    *record = (hot_record){.field = csv->field, .n = n, .line = csv->line};
    judge(csv, stop - csv->begin, record);
    unquote_fields(csv, n);
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
    *record = (hot_record){.field = csv->field, .n = n, .line = csv->line++};
    judge(csv, stop - csv->begin, record);
    csv->begin = stop;
    return HOT_OK;
}

/** Pass over lines without a byte in them. */
static void pass_blank(hot_csv *csv)
{
    size_t at = csv->begin;
    while (at < csv->end) {
        char c = csv->buffer[at];
        bool crlf = c == '\r' && csv->line_end == '\n' && at + 1 < csv->end &&
                    csv->buffer[at + 1] == '\n';
        if (c != csv->line_end && !crlf) break;
        at += crlf ? 2 : 1;
        csv->line++;
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
        HOT_TRY(refill(csv));
    }
}

hot_status hot_csv_next(hot_csv *csv, hot_record *record, bool *more)
{
    for (;;) {
        pass_blank(csv);
        bool empty = csv->begin == csv->end, again = false;
        if (empty && csv->ended) return *more = false, HOT_OK;
        if (!empty) HOT_TRY(next_in_buffer(csv, record, &again));
        if (!empty && !again) return *more = true, HOT_OK;
        if (csv->begin == 0 && csv->end == csv->room) {
            *more = true;
            return pass_overlong(csv, record);
        }
        HOT_TRY(refill(csv));
    }
}

/* ---- the header ---- */

/** Bytes of the header, without its line end; the whole where no line end is outside quotes. */
static size_t header_length(const char *at, size_t length)
{
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (at[i] == '"') quoted = !quoted;
        else if (!quoted && (at[i] == '\n' || at[i] == '\r')) return i;
    }
    return length;
}

/** The separator that the header has most of outside quotes; a comma where it has none. */
static char guess_separator(const char *at, size_t length)
{
    static const char known[] = {',', ';', '\t', '|'};
    size_t count[sizeof known] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (at[i] == '"') quoted = !quoted;
        for (size_t k = 0; k < sizeof known && !quoted; k++) count[k] += at[i] == known[k];
    }
    for (size_t k = 1; k < sizeof known; k++)
        if (count[k] > count[best]) best = k;
    return known[best];
}

/** How the file is written: LF (which CRLF has too) unless the header ends in a CR alone. */
static void guess(hot_csv *csv)
{
    const char *at = csv->buffer + csv->begin, *end = csv->buffer + csv->end;
    while (at < end && (*at == '\n' || *at == '\r')) at++; /* blank lines */
    size_t left = (size_t)(end - at), length = header_length(at, left);
    csv->separator = guess_separator(at, length);
    bool cr = length < left && at[length] == '\r';
    csv->line_end = cr && (length + 1 == left || at[length + 1] != '\n') ? '\r' : '\n';
}

hot_status hot_csv_open(hot_csv *csv, hot_source source, hot_record *header)
{
    *csv = (hot_csv){.source = source, .separator = ',', .line_end = '\n', .line = 1};
    csv->buffer = hot_new_raw(BUFFER, 1);
    csv->mark = hot_new_raw(BUFFER, sizeof *csv->mark);
    if (!csv->buffer || !csv->mark) return HOT_MEMORY;
    csv->room = BUFFER;
    HOT_TRY(refill(csv));
    if (csv->end >= 3 && memcmp(csv->buffer, "\xef\xbb\xbf", 3) == 0) csv->begin = 3;
    guess(csv);
    csv->marks = csv->next_mark = 0;
    csv->plain = true;
    scan(csv, csv->begin);
    bool more;
    HOT_TRY(hot_csv_next(csv, header, &more));
    if (!more || header->fault != HOT_REASONS || header->n > HOT_CSV_FIELDS) return HOT_INPUT;
    csv->expected = header->n;
    return HOT_OK;
}

void hot_csv_free(hot_csv *csv)
{
    hot_free(csv->buffer);
    hot_free(csv->mark);
    hot_free(csv->field);
    *csv = (hot_csv){0};
}
