/** @file csv.h
 *  Bytes to records: a strict reader of RFC 4180, which loses no line in silence.
 *
 *  Source  RFC 4180, section 2. Departs: lines may end in LF, CRLF or CR; the separator is the one
 *          of , ; TAB | that the header has most of; blank lines are passed over; byte order marks
 *          are skipped.
 *
 *  Lines end as the header does (LF and CRLF are one). Where a line has the wrong number of fields
 *  and would have the right one if it ended at a line end of the other kind, lines end in both
 *  kinds from there on.
 *
 *  A quotation mark out of place cannot swallow what follows it: its line alone is at fault, and
 *  reading goes on at the next line. A quoted field may hold line ends; if the record then has the
 *  wrong number of fields, it was a stray quotation mark, and its first line alone is at fault.
 *  (Two stray quotation marks that make one record with the right number of fields, as RFC 4180
 *  reads it, cannot be told from a field that holds line ends.)
 */
#ifndef HOT_INCIDENTS_CSV_H
#define HOT_INCIDENTS_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/incidents/marks.h"
#include "engine/incidents/reason.h"

enum {
    HOT_CSV_RECORD = 1 << 20, /**< bytes of a record, its separators and line end included */
    HOT_CSV_LINES = 256,      /**< lines that one record may span */
    HOT_CSV_FIELDS = 4096,    /**< fields of the header */
};

/** Where bytes come from: fills up to `room` bytes and returns how many, 0 at the end, or -1. */
typedef struct {
    ptrdiff_t (*read)(void *self, char *into, size_t room);
    void *self;
    uint64_t bytes; /**< how many there will be, about; 0 = not known */
} hot_source;

typedef struct {
    hot_slice *field; /**< [n] unquoted; valid until the next call */
    size_t n;
    uint64_t line;    /**< 1 = the file's first; where the record begins */
    hot_reason fault; /**< HOT_REASONS: none; else the fields are not to be used */
    uint32_t column;  /**< 1 = first: where the fault is; 0 = the whole record, or not known */
} hot_record;

/** The reader. `= {0}`, then hot_csv_open; free with hot_csv_free. */
typedef struct {
    hot_source source;
    char separator, line_end; /**< line_end: LF or CR */
    bool both;                /**< lines end in either */
    bool ended;
    char *buffer;
    size_t room, begin, end; /**< unread bytes are buffer[begin .. end) */
    hot_marks marks;         /**< of buffer[origin .. end) */
    hot_marks_way way;
    size_t origin, next_mark, next_line;
    hot_slice *field;
    size_t room_field, expected;
    uint64_t line;
} hot_csv;

/** Read the header. `header` is valid until the next call.
 *  @return HOT_OK; HOT_INPUT when there is no header (nothing, a zero byte, a fault, more than
 *  HOT_CSV_FIELDS fields); HOT_SYSTEM when the source failed; HOT_MEMORY */
HOT_MUST_USE hot_status hot_csv_open(hot_csv *csv, hot_source source, hot_record *header);

/** Read the next record; *more = false at the end (record untouched).
 *  @return HOT_OK; HOT_SYSTEM when the source failed; HOT_MEMORY */
HOT_MUST_USE hot_status hot_csv_next(hot_csv *csv, hot_record *record, bool *more);

/** How many records follow, about: from the source's bytes and the lines read so far; 0 = not
 * known.
 */
uint64_t hot_csv_expected(const hot_csv *csv);

void hot_csv_free(hot_csv *csv);

/** How a file is written, from its first bytes: the separator, and LF (which CRLF has too) unless
 *  the header ends in a CR alone. */
void hot_csv_dress(const char *at, size_t length, char *separator, char *line_end);

/** Whether the bytes are UTF-8 (no overlong form, no surrogate, nothing above U+10FFFF). */
bool hot_utf8_is(const char *at, size_t length);

/** How many of the bytes to show where there is room for `most`, without half a letter at the end.
 */
int hot_utf8_cut(const char *at, size_t length, size_t most);

#endif
