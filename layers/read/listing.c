#include "layers/read/listing.h"

#include <string.h>
#include <strings.h>

#include "layers/read/file.h"
#include "layers/read/kind.h"

/** A file on its way in. */
typedef struct {
    const hot_listing *asked;
    const char *file;
    int at[HOT_LISTING_COLUMNS]; /* the file's columns; -1 = none */
    char text[HOT_LISTING_COLUMNS][HOT_LISTING_TEXT + 1];
    size_t lines;
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
        for (size_t k = 0; k < header->n; k++) {
            hot_slice f = trimmed(header->field[k]);
            if (f.length == n && strncasecmp(f.at, name, n) == 0) return (int)k;
        }
    }
    return -1;
}

static int first_name(const char *names)
{
    return (int)strcspn(names, "|");
}

static hot_status take_header(reading *r, const hot_record *header, hot_error *error)
{
    for (size_t k = 0; k < r->asked->n; k++) {
        r->at[k] = column_of(header, r->asked->column[k]);
        if (k < r->asked->required && r->at[k] < 0)
            return hot_fail(
                error, HOT_INPUT, "%s: its first line names no column \"%.*s\"; expected %s.",
                r->file, first_name(r->asked->column[k]), r->asked->column[k], r->asked->expected);
    }
    return HOT_OK;
}

static hot_status take_field(reading *r, const hot_record *record, size_t k, hot_error *error)
{
    hot_slice f = {0};
    if (r->at[k] >= 0) f = trimmed(record->field[r->at[k]]);
    if (f.length > HOT_LISTING_TEXT)
        return hot_fail(error, HOT_INPUT, "%s: line %llu: %.*s is longer than %d bytes.", r->file,
                        (unsigned long long)record->line, first_name(r->asked->column[k]),
                        r->asked->column[k], HOT_LISTING_TEXT);
    if (!hot_utf8_is(f.at, f.length))
        return hot_fail(error, HOT_INPUT, "%s: line %llu: %s.", r->file,
                        (unsigned long long)record->line, hot_reason_about(HOT_BAD_UTF8));
    if (f.length) memcpy(r->text[k], f.at, f.length);
    r->text[k][f.length] = 0;
    return HOT_OK;
}

static hot_status take_line(reading *r, const hot_record *record, hot_error *error)
{
    hot_listing_line line = {.file = r->file, .line = record->line};
    bool empty = true;
    if (record->fault != HOT_REASONS)
        return hot_fail(error, HOT_INPUT, "%s: line %llu: %s; expected %s.", r->file, line.line,
                        hot_reason_about(record->fault), r->asked->expected);
    for (size_t k = 0; k < r->asked->n; k++) {
        HOT_TRY(take_field(r, record, k, error));
        line.text[k] = r->text[k];
        empty = empty && !*r->text[k];
    }
    if (empty) return HOT_OK;
    if (++r->lines > HOT_LISTING_LINES)
        return hot_fail(error, HOT_INPUT, "%s: has more than %d lines.", r->file,
                        HOT_LISTING_LINES);
    return r->asked->take(r->asked->self, &line, error);
}

static hot_status take_lines(reading *r, hot_csv *csv, hot_source source, hot_error *error)
{
    hot_record record;
    hot_status status = hot_csv_open(csv, source, &record);
    if (status == HOT_INPUT)
        return hot_fail(error, HOT_INPUT, "%s: no header line of names was found; expected %s.",
                        r->file, r->asked->expected);
    HOT_TRY(status);
    HOT_TRY(take_header(r, &record, error));
    for (bool more = true;;) {
        HOT_TRY(hot_csv_next(csv, &record, &more));
        if (!more) break;
        HOT_TRY(take_line(r, &record, error));
    }
    if (r->lines) return HOT_OK;
    return hot_fail(error, HOT_INPUT, "%s: has no line below its first; expected %s.", r->file,
                    r->asked->expected);
}

hot_status hot_listing_read(const char *path, const hot_listing *listing, hot_error *error)
{
    hot_file *file;
    hot_csv csv = {0};
    reading r = {.asked = listing, .file = hot_base_name(path)};
    HOT_TRY(hot_path_check(path, error));
    HOT_TRY(hot_file_open(path, &file, error));
    hot_status status = hot_file_expect_text(file, error);
    if (status == HOT_OK) status = take_lines(&r, &csv, hot_file_source(file), error);
    hot_content unused;
    if (status == HOT_OK || status == HOT_SYSTEM)
        status = hot_file_finish(file, &unused, NULL, error);
    hot_csv_free(&csv);
    hot_file_close(file);
    return status;
}
