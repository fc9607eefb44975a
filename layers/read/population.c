/* People of each area, from a CSV file. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "engine/base/number.h"
#include "layers/read/area_fields.h"
#include "layers/read/areas.h"
#include "layers/read/file.h"

/** A file on its way in. */
typedef struct {
    hot_areas *areas;
    const char *file;
    int code, people; /* columns */
    size_t matched, unmatched;
    char *seen; /* [areas] */
} reading;

/** The column of that name, or of the first of the usual names. */
static int column_of(const hot_record *header, const char *named, const char *const *usual)
{
    for (size_t k = 0; named ? k < 1 : usual[k] != NULL; k++) {
        const char *name = named ? named : usual[k];
        for (size_t i = 0; i < header->n; i++)
            if (header->field[i].length == strlen(name) &&
                strncasecmp(header->field[i].at, name, strlen(name)) == 0)
                return (int)i;
    }
    return -1;
}

/** The column whose header looks like an area code: "code", WD24CD, ward25_code ... */
static int code_column(const hot_record *header, const char *named)
{
    static const char *const usual[] = {"code", "area_code", "ward_code", "beat_code", NULL};
    int at = column_of(header, named, usual);
    for (size_t i = 0; at < 0 && !named && i < header->n; i++) {
        char name[64] = "";
        hot_slice f = header->field[i];
        if (f.length < sizeof name) memcpy(name, f.at, f.length);
        size_t n = strlen(name);
        if (hot_is_ons_code(name) || (n > 5 && strcasecmp(name + n - 5, "_code") == 0)) at = (int)i;
    }
    return at;
}

/** What statistical offices write where a number is withheld or not there. */
static bool is_withheld(hot_slice f)
{
    static const char *const sign[] = {"",    "*",   "**",  "-",  "--",  ".",   "..",
                                       ":",   "c",   "x",   "z",  "u",   "[c]", "[x]",
                                       "[z]", "[u]", "n/a", "na", "null"};
    while (f.length && (*f.at == ' ' || *f.at == '\t')) f.at++, f.length--;
    while (f.length && (f.at[f.length - 1] == ' ' || f.at[f.length - 1] == '\t')) f.length--;
    for (size_t k = 0; k < sizeof sign / sizeof *sign; k++)
        if (f.length == strlen(sign[k]) && strncasecmp(f.at, sign[k], f.length) == 0) return true;
    return false;
}

/** "1,234,567" without its commas; false where they do not stand between threes. */
static bool without_commas(hot_slice f, char *text, size_t room)
{
    size_t n = 0, since = 0;
    bool comma = false;
    if (f.length >= room) return false;
    for (size_t i = 0; i < f.length; i++) {
        char c = f.at[i];
        if (c == ',') {
            if (since == 0 || since > 3 || (comma && since != 3)) return false;
            comma = true;
            since = 0;
        } else if (c >= '0' && c <= '9') {
            text[n++] = c;
            since++;
        } else if (c != ' ') {
            return false;
        }
    }
    text[n] = 0;
    return comma && since == 3;
}

static bool people_parse(hot_slice f, double *people)
{
    char text[32];
    if (hot_number_parse(f.at, f.length, people)) return *people >= 0;
    return without_commas(f, text, sizeof text) && hot_number_parse(text, strlen(text), people);
}

static hot_status row_read(reading *r, const hot_record *row, hot_error *error)
{
    unsigned long long line = row->line;
    char code[256];
    if (row->fault != HOT_REASONS)
        return hot_fail(error, HOT_INPUT, "%s: line %llu: %s.", r->file, line,
                        hot_reason_about(row->fault));
    hot_slice c = row->field[r->code], p = row->field[r->people];
    snprintf(code, sizeof code, "%.*s", (int)(c.length > 255 ? 255 : c.length), c.at);
    double people = NAN;
    if (!is_withheld(p) && !people_parse(p, &people))
        return hot_fail(error, HOT_INPUT,
                        "%s: line %llu: the population of %s, \"%.*s\", is not a number of people; "
                        "leave it empty where it is not known.",
                        r->file, line, code, (int)(p.length > 40 ? 40 : p.length), p.at);
    size_t area = hot_areas_find(r->areas, code);
    if (area == SIZE_MAX) {
        r->unmatched++;
        return HOT_OK;
    }
    if (r->seen[area]++)
        return hot_fail(error, HOT_INPUT,
                        "%s: line %llu: %s comes twice; keep one line for each area.", r->file,
                        line, code);
    r->areas->population[area] = people;
    r->matched++;
    return HOT_OK;
}

static hot_status header_read(reading *r, const hot_record *header, const hot_source_spec *spec,
                              hot_error *error)
{
    static const char *const usual[] = {
        "people",           "population", "residents", "total_residents",
        "total_population", "all_ages",   NULL};
    r->code = code_column(header, spec->code);
    r->people = column_of(header, spec->label, usual);
    if (r->code >= 0 && r->people >= 0) return HOT_OK;
    return hot_fail(error, HOT_INPUT, "%s: no column of %s was found; name it with %s=COLUMN.",
                    r->file, r->code < 0 ? "area codes" : "people",
                    r->code < 0 ? "code" : "people");
}

static hot_status rows_read(hot_csv *csv, hot_source source, reading *r,
                            const hot_source_spec *spec, hot_error *error)
{
    hot_record record;
    hot_status status = hot_csv_open(csv, source, &record);
    if (status == HOT_INPUT)
        return hot_fail(error, HOT_INPUT, "%s: no header line of names was found.", r->file);
    HOT_TRY(status);
    HOT_TRY(header_read(r, &record, spec, error));
    for (bool more = true;;) {
        HOT_TRY(hot_csv_next(csv, &record, &more));
        if (!more) break;
        HOT_TRY(row_read(r, &record, error));
    }
    if (r->matched) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "%s: none of its codes is a %s of this run; is it of another year or another "
                    "kind of area?",
                    r->file, r->areas->name);
}

hot_status hot_areas_read_population(hot_areas *a, const hot_source_spec *spec, size_t *unmatched,
                                     hot_error *error)
{
    hot_file *file;
    hot_csv csv = {0};
    reading r = {.areas = a, .file = hot_base_name(spec->path)};
    *unmatched = 0;
    HOT_TRY(hot_file_open(spec->path, &file, error));
    r.seen = hot_new(a->n, 1);
    hot_status status =
        r.seen ? rows_read(&csv, hot_file_source(file), &r, spec, error) : HOT_MEMORY;
    hot_content content;
    if (status == HOT_OK || status == HOT_SYSTEM)
        status = hot_file_finish(file, &content, NULL, error);
    if (status == HOT_OK) {
        a->has_population = true;
        *unmatched = r.unmatched;
    }
    hot_csv_free(&csv);
    hot_free(r.seen);
    hot_file_close(file);
    return status;
}
