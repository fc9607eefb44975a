#include "layers/read/listed.h"

#include <string.h>
#include <strings.h>

#include "engine/incidents/reason.h"
#include "layers/read/file.h"

/** A file on its way in. */
typedef struct {
    const hot_listed *listed;
    const char *file;
    int at[HOT_LISTED]; /* column, -1 = there is none */
} reading;

static hot_slice trimmed(hot_slice f)
{
    while (f.length && (*f.at == ' ' || *f.at == '\t')) f.at++, f.length--;
    while (f.length && (f.at[f.length - 1] == ' ' || f.at[f.length - 1] == '\t')) f.length--;
    return f;
}

/** The first column whose name is one of "one|two". */
static int column_of(const hot_record *header, const char *names)
{
    for (const char *name = names; name; name = strchr(name, '|') ? strchr(name, '|') + 1 : NULL) {
        size_t n = strcspn(name, "|");
        for (size_t i = 0; i < header->n; i++) {
            hot_slice f = trimmed(header->field[i]);
            if (f.length == n && strncasecmp(f.at, name, n) == 0) return (int)i;
        }
    }
    return -1;
}

static hot_status header_read(reading *r, const hot_record *header, hot_error *error)
{
    for (size_t k = 0; k < HOT_LISTED; k++) {
        const char *names = r->listed->column[k];
        r->at[k] = names ? column_of(header, names) : -1;
        if (r->at[k] < 0 && r->listed->needed[k])
            return hot_fail(error, HOT_INPUT, "%s: no column \"%.*s\" was found; expected %s.",
                            r->file, (int)strcspn(names, "|"), names, r->listed->expected);
    }
    return HOT_OK;
}

static hot_status row_read(const reading *r, const hot_record *record, hot_error *error)
{
    hot_listed_row row = {.file = r->file, .line = record->line};
    if (record->fault != HOT_REASONS)
        return hot_fail(error, HOT_INPUT, "%s: line %llu: %s; expected %s.", r->file, row.line,
                        hot_reason_about(record->fault), r->listed->expected);
    for (size_t k = 0; k < HOT_LISTED; k++)
        row.field[k] = r->at[k] < 0 ? (hot_slice){"", 0} : trimmed(record->field[r->at[k]]);
    return r->listed->take(r->listed->self, &row, error);
}

static hot_status rows_read(reading *r, hot_csv *csv, hot_source source, hot_error *error)
{
    hot_record record;
    bool more = true;
    hot_status status = hot_csv_open(csv, source, &record);
    if (status == HOT_INPUT)
        return hot_fail(error, HOT_INPUT, "%s: no header line of names was found; expected %s.",
                        r->file, r->listed->expected);
    HOT_TRY(status);
    HOT_TRY(header_read(r, &record, error));
    for (;;) {
        HOT_TRY(hot_csv_next(csv, &record, &more));
        if (!more) return HOT_OK;
        HOT_TRY(row_read(r, &record, error));
    }
}

hot_status hot_listed_read(const char *path, const hot_listed *listed, hot_error *error)
{
    hot_file *file;
    hot_csv csv = {0};
    hot_content content;
    reading r = {.listed = listed, .file = hot_base_name(path)};
    HOT_TRY(hot_file_open(path, &file, error));
    hot_status status = hot_file_expect_text(file, error);
    if (status == HOT_OK) status = rows_read(&r, &csv, hot_file_source(file), error);
    if (status == HOT_OK || status == HOT_SYSTEM)
        status = hot_file_finish(file, &content, NULL, error);
    hot_csv_free(&csv);
    hot_file_close(file);
    return status;
}
