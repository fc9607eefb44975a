/* People of each area, or what else incidents are divided by, from a CSV file. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "engine/base/number.h"
#include "layers/read/area_fields.h"
#include "layers/read/areas.h"
#include "layers/read/figures.h"
#include "layers/read/file.h"
#include "layers/read/names.h"

/** A file on its way in. */
typedef struct {
    hot_areas *areas;
    const char *file;
    int code, people, year; /* columns; year < 0 = none */
    size_t matched, unmatched;
    char *seen;     /* [areas] */
    double *into;   /* [areas] */
    bool residents; /* else another denominator */
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

/* ---- years ---- */

/** The year that stands in "2024", "2024/25", "mid-2024"; 0 where none does. */
static int year_in(hot_slice f)
{
    for (size_t i = 0; i + 4 <= f.length; i++) {
        int year = 0;
        size_t n = 0;
        for (; n < 4 && f.at[i + n] >= '0' && f.at[i + n] <= '9'; n++)
            year = year * 10 + (f.at[i + n] - '0');
        bool ends = i + 4 == f.length || f.at[i + 4] < '0' || f.at[i + 4] > '9';
        if (n == 4) return ends && year >= 1900 && year < 2200 ? year : 0;
    }
    return 0;
}

static hot_status year_take(reading *r, const hot_record *row, size_t area, double people,
                            hot_error *error)
{
    hot_areas *a = r->areas;
    hot_slice f = row->field[r->year];
    int year = year_in(f);
    if (!year)
        return hot_fail(error, HOT_INPUT,
                        "%s: line %llu: \"%.*s\" is not a year such as 2024 or 2024/25.", r->file,
                        (unsigned long long)row->line, (int)(f.length > 40 ? 40 : f.length), f.at);
    if (!hot_grow(&a->yearly, &a->room_yearly, a->n_yearly + 1, sizeof *a->yearly))
        return HOT_MEMORY;
    a->yearly[a->n_yearly++] = (hot_yearly){area, year, people};
    r->matched++;
    return HOT_OK;
}

static int by_area_and_year(const void *a, const void *b)
{
    const hot_yearly *p = a, *q = b;
    if (p->area != q->area) return p->area < q->area ? -1 : 1;
    return (p->year > q->year) - (p->year < q->year);
}

/** Put the years in order; an area's population is that of its last. */
static hot_status years_settle(hot_areas *a, const char *file, hot_error *error)
{
    if (a->n_yearly) qsort(a->yearly, a->n_yearly, sizeof *a->yearly, by_area_and_year);
    for (size_t k = 0; k < a->n_yearly; k++) {
        const hot_yearly *y = &a->yearly[k];
        if (k && by_area_and_year(y - 1, y) == 0)
            return hot_fail(error, HOT_INPUT,
                            "%s: %s comes twice in %d; keep one line for each area and year.", file,
                            a->code[y->area], y->year);
        a->population[y->area] = y->people;
    }
    return HOT_OK;
}

double hot_areas_people_in(const hot_areas *a, size_t area, int year)
{
    if (a->n_yearly == 0) return a->population[area];
    const hot_yearly key = {.area = area, .year = year};
    const hot_yearly *y = bsearch(&key, a->yearly, a->n_yearly, sizeof key, by_area_and_year);
    return y ? y->people : NAN;
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
    if (!hot_figure_withheld(p) && !(hot_figure_parse(p, &people) && people >= 0))
        return hot_fail(error, HOT_INPUT,
                        "%s: line %llu: the %s of %s, \"%.*s\", is not a number of "
                        "%s; leave it empty where it is not known.",
                        r->file, line, r->residents ? "population" : "figure", code,
                        (int)(p.length > 40 ? 40 : p.length), p.at,
                        r->residents ? "people" : "them");
    size_t area = hot_areas_find(r->areas, code);
    if (area == SIZE_MAX) {
        r->unmatched++;
        return HOT_OK;
    }
    if (r->year >= 0) return year_take(r, row, area, people, error);
    if (r->seen[area]++)
        return hot_fail(error, HOT_INPUT,
                        "%s: line %llu: %s comes twice; keep one line for each area.", r->file,
                        line, code);
    r->into[area] = people;
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
    r->year = spec->year ? column_of(header, spec->year, NULL) : -1;
    if (spec->year && r->year < 0)
        return hot_fail(error, HOT_INPUT, "%s: there is no column %s to take years from.", r->file,
                        spec->year);
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

static hot_status file_read(reading *r, const hot_source_spec *spec, hot_error *error)
{
    hot_file *file;
    hot_csv csv = {0};
    HOT_TRY(hot_file_open(spec->path, &file, error));
    r->seen = hot_new(r->areas->n, 1);
    hot_status status =
        r->seen ? rows_read(&csv, hot_file_source(file), r, spec, error) : HOT_MEMORY;
    hot_content content;
    if (status == HOT_OK || status == HOT_SYSTEM)
        status = hot_file_finish(file, &content, NULL, error);
    hot_csv_free(&csv);
    hot_free(r->seen);
    hot_file_close(file);
    return status;
}

/* ---- other denominators ---- */

/** "1000 visitors" -> 1000 and "visitors"; "km of street" -> 1 and all of it. */
static const char *taken_apart(const char *per, double *times)
{
    size_t digits = strspn(per, "0123456789,");
    hot_slice number = {per, digits};
    *times = 1;
    if (digits == 0 || per[digits] != ' ' || !hot_figure_parse(number, times)) return per;
    if (!(*times >= 1 && *times <= 1e9)) return *times = 1, per;
    while (per[digits] == ' ') digits++;
    return per + digits;
}

/** @param of  what incidents are divided by, in the person's words; NULL = not said
 *  @param name  the same as a column's name */
static hot_status denominator_check(const hot_areas *a, const hot_source_spec *spec, const char *of,
                                    const char *name, hot_error *error)
{
    const char *file = hot_base_name(spec->path);
    if (!of)
        return hot_fail(error, HOT_USAGE,
                        "--population %s=%s: the residents of %s were given already; say what "
                        "these are, such as ,people=COLUMN,per=1000 visitors.",
                        spec->name, file, spec->name);
    if (strlen(of) > 60)
        return hot_fail(error, HOT_USAGE,
                        "--population %s=%s: say in at most 60 letters what incidents are divided "
                        "by, with ,per=TEXT.",
                        spec->name, file);
    for (size_t k = 0; k < a->n_denominators; k++)
        if (strcmp(a->denominators[k].name, name) == 0)
            return hot_fail(error, HOT_USAGE,
                            "--population %s=%s: the %s of %s were given already; give them once.",
                            spec->name, file, name, spec->name);
    return HOT_OK;
}

/** What it is called and what it is divided by. */
static hot_status denominator_name(hot_areas *a, const hot_source_spec *spec, hot_denominator *d,
                                   hot_error *error)
{
    char name[HOT_NAME], words[120], times[32];
    d->per = 1000;
    const char *of = spec->per ? taken_apart(spec->per, &d->per) : spec->label;
    hot_name_made_safe(of ? of : "", name);
    HOT_TRY(denominator_check(a, spec, of, name, error));
    hot_number_fixed(d->per, 0, times);
    if (d->per == 1000) snprintf(times, sizeof times, "1,000");
    snprintf(words, sizeof words, "%s%s%s", d->per == 1 ? "" : times, d->per == 1 ? "" : " ", of);
    d->name = hot_arena_text(&a->arena, name, strlen(name));
    d->words = hot_arena_text(&a->arena, words, strlen(words));
    return d->name && d->words ? HOT_OK : HOT_MEMORY;
}

static hot_status denominator_read(hot_areas *a, const hot_source_spec *spec, hot_error *error)
{
    hot_denominator d = {0};
    HOT_TRY(denominator_name(a, spec, &d, error));
    if (!hot_grow(&a->denominators, &a->room_denominators, a->n_denominators + 1,
                  sizeof *a->denominators))
        return HOT_MEMORY;
    d.value = hot_new_raw(a->n, sizeof *d.value);
    if (!d.value) return HOT_MEMORY;
    for (size_t k = 0; k < a->n; k++) d.value[k] = NAN;
    reading r = {.areas = a, .file = hot_base_name(spec->path), .into = d.value};
    hot_status status = file_read(&r, spec, error);
    d.unmatched = r.unmatched;
    if (status == HOT_OK)
        a->denominators[a->n_denominators++] = d;
    else
        hot_free(d.value);
    return status;
}

hot_status hot_areas_read_population(hot_areas *a, const hot_source_spec *spec, size_t *unmatched,
                                     hot_error *error)
{
    if (spec->year && (spec->per || a->has_population))
        return hot_fail(error, HOT_USAGE,
                        "--population %s=%s: year= goes with residents, given once for %s.",
                        spec->name, hot_base_name(spec->path), spec->name);
    if (spec->per || a->has_population) return denominator_read(a, spec, error);
    reading r = {
        .areas = a, .file = hot_base_name(spec->path), .into = a->population, .residents = true};
    *unmatched = 0;
    HOT_TRY(file_read(&r, spec, error));
    HOT_TRY(years_settle(a, r.file, error));
    a->has_population = true;
    *unmatched = r.unmatched;
    return HOT_OK;
}
