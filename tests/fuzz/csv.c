/* The CSV reader on any bytes: no crash, no line lost, the same records in pieces of any size. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "engine/incidents/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

typedef struct {
    const uint8_t *at;
    size_t left, piece;
} bytes;

static ptrdiff_t bytes_read(void *self, char *into, size_t room)
{
    bytes *b = self;
    size_t n = b->left < room ? b->left : room;
    if (n > b->piece) n = b->piece;
    if (n) memcpy(into, b->at, n);
    b->at += n;
    b->left -= n;
    return (ptrdiff_t)n;
}

static void record_holds(const hot_csv *csv, const hot_record *record, size_t size)
{
    if (record->fault != HOT_REASONS) {
        must(record->fault <= HOT_UNCLOSED_QUOTE);
        return;
    }
    must(record->column == 0 && record->n > 0 && record->n <= HOT_CSV_FIELDS);
    must(csv->expected == 0 || record->n == csv->expected);
    size_t total = 0;
    for (size_t i = 0; i < record->n; i++) {
        const hot_slice *f = &record->field[i];
        must(hot_utf8_is(f->at, f->length) && !memchr(f->at, 0, f->length));
        total += f->length;
    }
    must(total <= size && total <= HOT_CSV_RECORD);
}

static void mix(uint64_t *sum, const void *at, size_t length)
{
    const unsigned char *p = at;
    for (size_t i = 0; i < length; i++) *sum = (*sum ^ p[i]) * 1099511628211u;
    *sum = (*sum ^ length) * 1099511628211u;
}

/** A sum over all that was read. */
static uint64_t sum_of(const uint8_t *data, size_t size, size_t piece)
{
    bytes b = {data, size, piece};
    hot_csv csv = {0};
    hot_record record = {0};
    bool more = true;
    uint64_t sum = 14695981039346656037u, line = 0;
    hot_status status = hot_csv_open(&csv, (hot_source){bytes_read, &b, 0}, &record);
    must(status == HOT_OK || status == HOT_INPUT);
    while (status == HOT_OK && more) {
        record_holds(&csv, &record, size);
        must(record.line > line && record.line <= size + 1);
        line = record.line;
        mix(&sum, &record.line, sizeof record.line);
        mix(&sum, &record.fault, sizeof record.fault);
        mix(&sum, &record.column, sizeof record.column);
        for (size_t i = 0; record.fault == HOT_REASONS && i < record.n; i++)
            mix(&sum, record.field[i].at, record.field[i].length);
        status = hot_csv_next(&csv, &record, &more);
        must(status == HOT_OK);
    }
    hot_csv_free(&csv);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    must(sum_of(data, size, SIZE_MAX) == sum_of(data, size, 1 + size % 7));
    return 0;
}
