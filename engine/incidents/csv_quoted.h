/** @file csv_quoted.h
 *  Records with quotation marks: from the marks where they are as usual, else byte by byte; for
 *  csv.c alone.
 */
#ifndef HOT_INCIDENTS_CSV_QUOTED_H
#define HOT_INCIDENTS_CSV_QUOTED_H

#include "engine/incidents/csv.h"

/** Split a usual record, with quotation marks in place and no line end between them, into as many
 *  fields as are expected: into csv->field, still quoted. *last = the mark of its line end.
 *  @return false where a closer look is needed, at whatever that is */
bool hot_csv_split_quoted(const hot_csv *csv, size_t *last);

/** The other line end where lines end in both kinds, else the one there is. */
static inline char second_end(const hot_csv *csv)
{
    if (!csv->both) return csv->line_end;
    return csv->line_end == '\n' ? '\r' : '\n';
}

static inline bool ends_line(const hot_csv *csv, char c)
{
    return c == csv->line_end || (csv->both && (c == '\n' || c == '\r'));
}

/** Whether a line of a quoted field ends at `at`; CRLF is one line. */
static inline bool is_line(const hot_csv *csv, size_t at)
{
    char c = csv->buffer[at];
    bool pair = c == '\r' && at + 1 < csv->end && csv->buffer[at + 1] == '\n';
    return ends_line(csv, c) && !(csv->both && pair);
}

/** Where a record is being walked, byte by byte. */
typedef struct {
    size_t at, lines;
    bool stray;   /* a quotation mark out of place */
    bool unended; /* the buffer ended first */
} walk;

/** Split the record that begins at csv->begin into csv->field, still quoted. *n = fields, as far as
 *  it could be split; *stop = where the next record begins, unless *w is stray or unended.
 *  @return HOT_OK, or HOT_MEMORY */
HOT_MUST_USE hot_status hot_csv_walk(hot_csv *csv, size_t *n, size_t *stop, walk *w);

/** Take the quotation marks off csv->field[0 .. n), in the buffer. */
void hot_csv_unquote(hot_csv *csv, size_t n);

#endif
