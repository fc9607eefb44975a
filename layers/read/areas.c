#include "layers/read/areas.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "engine/base/number.h"
#include "layers/read/file.h"
#include "layers/read/vector.h"

/* ---- which field is which ---- */

/** ONS names end so: WD25CD and WD25NM, LSOA21CD, MSOA21NM, LAD24CD ... */
static bool is_ons(const char *field, const char *end)
{
    size_t n = strlen(field), i = 0;
    while (i < n && ((field[i] >= 'A' && field[i] <= 'Z') || (field[i] >= 'a' && field[i] <= 'z')))
        i++;
    return i >= 2 && n == i + 4 && field[i] >= '0' && field[i] <= '9' && field[i + 1] >= '0' &&
           field[i + 1] <= '9' && strcasecmp(field + i + 2, end) == 0;
}

/** A field has a value in every feature with a polygon. */
static bool is_full(const hot_vector *v, int field)
{
    for (size_t i = 0; i < v->n; i++) {
        const char *value = v->value[i * v->n_fields + (size_t)field];
        if (!value || !*value) return false;
    }
    return true;
}

static int guess(const hot_vector *v, const char *ons, const char *const *usual)
{
    for (size_t k = 0; k < v->n_fields; k++)
        if (is_ons(v->field[k], ons) && is_full(v, (int)k)) return (int)k;
    for (; *usual; usual++) {
        int field = hot_vector_field(v, *usual);
        if (field >= 0 && is_full(v, field)) return field;
    }
    return -1;
}

static int guess_code(const hot_vector *v)
{
    static const char *const usual[] = {
        "code",     "ward_code", "wardcode", "beat_code", "beatcode",  "beat_num",
        "beat",     "beat_id",   "area_code", "csp",      "csp_code",  "pfa16cd",
        "precinct", "district",  "dist_num", "neighbourhood_id", "gss_code", "id",
        "name",     NULL};
    return guess(v, "CD", usual);
}

static int guess_label(const hot_vector *v)
{
    static const char *const usual[] = {"name",      "ward_name", "wardname", "beat_name",
                                        "beatname",  "cspn",      "csp_name", "area_name",
                                        "pfa16nm",   "label",     NULL};
    return guess(v, "NM", usual);
}

static void field_names(const hot_vector *v, char *text, size_t room)
{
    size_t n = 0;
    *text = 0;
    for (size_t k = 0; k < v->n_fields && n + 60 < room; k++)
        n += (size_t)snprintf(text + n, room - n, "%s%.40s", k ? ", " : "", v->field[k]);
}

/** The field the person named, or the guessed one; -1 where there is none. */
static hot_status field_of(const hot_vector *v, const char *named, int guessed, const char *file,
                           int *field, hot_error *error)
{
    *field = named ? hot_vector_field(v, named) : guessed;
    if (!named || *field >= 0) return HOT_OK;
    char there[600];
    field_names(v, there, sizeof there);
    return hot_fail(error, HOT_INPUT, "%s: has no field \"%s\"; its fields are %s.", file, named,
                    there);
}

/* ---- features to areas ---- */

/** A feature on its way to becoming (part of) an area. */
typedef struct {
    const char *code, *label, *parent;
    size_t feature;
} candidate;

static int by_code(const void *a, const void *b)
{
    const candidate *p = a, *q = b;
    int order = strcmp(p->code, q->code);
    if (order) return order;
    return p->feature < q->feature ? -1 : p->feature > q->feature;
}

static const char *value_at(const hot_vector *v, size_t i, int field)
{
    return field < 0 ? NULL : v->value[i * v->n_fields + (size_t)field];
}

typedef struct {
    const char *file;
    int code, label, parent; /* fields */
    const hot_vector *vector;
    candidate *list; /* [vector->n], by code */
} gathering;

static hot_status gather(gathering *g, hot_error *error)
{
    const hot_vector *v = g->vector;
    g->list = hot_new(v->n, sizeof *g->list);
    if (!g->list) return HOT_MEMORY;
    for (size_t i = 0; i < v->n; i++) {
        candidate c = {value_at(v, i, g->code), value_at(v, i, g->label),
                       value_at(v, i, g->parent), i};
        if (!c.code || !*c.code)
            return hot_fail(error, HOT_INPUT, "%s: feature %zu has no code in the field %s.",
                            g->file, i + 1, v->field[g->code]);
        if (v->polygons.part[i] == v->polygons.part[i + 1])
            return hot_fail(error, HOT_INPUT, "%s: %s has no polygon.", g->file, c.code);
        g->list[i] = c;
    }
    qsort(g->list, v->n, sizeof *g->list, by_code);
    return HOT_OK;
}

static bool same_text(const char *a, const char *b)
{
    return (!a && !b) || (a && b && strcmp(a, b) == 0);
}

/** Candidates from `first` on that are parts of one area. */
static hot_status same_area(const gathering *g, size_t first, size_t *n, hot_error *error)
{
    const candidate *c = g->list;
    for (*n = 1; first + *n < g->vector->n; ++*n) {
        if (strcmp(c[first + *n].code, c[first].code) != 0) break;
        if (!same_text(c[first + *n].label, c[first].label))
            return hot_fail(error, HOT_INPUT,
                            "%s: the code %s stands on areas of different names (%s, %s); give each "
                            "area a code of its own or choose another field with code=.",
                            g->file, c[first].code, c[first].label ? c[first].label : "none",
                            c[first + *n].label ? c[first + *n].label : "none");
    }
    return HOT_OK;
}

/** All parts of the candidates as one feature. */
static hot_status join_parts(const gathering *g, size_t first, size_t n, hot_shapes *joined)
{
    for (size_t k = first; k < first + n; k++)
        HOT_TRY(hot_shapes_add_parts(joined, &g->vector->polygons, g->list[k].feature));
    return hot_shapes_end(joined);
}

static hot_status note_repair(hot_areas *a, size_t area, const hot_repair *repair)
{
    if (!hot_grow(&a->repairs, &a->room_repairs, a->n_repairs + 1, sizeof *a->repairs))
        return HOT_MEMORY;
    a->repairs[a->n_repairs++] = (hot_area_repair){area, *repair};
    return HOT_OK;
}

static const char *kept(hot_areas *a, const char *text)
{
    return text ? hot_arena_text(&a->arena, text, strlen(text)) : NULL;
}

static hot_status add_area(hot_areas *a, const gathering *g, size_t first, size_t n,
                           hot_error *error)
{
    const candidate *c = &g->list[first];
    hot_shapes joined = {0};
    bool repaired;
    hot_repair repair;
    hot_status status = join_parts(g, first, n, &joined);
    if (status == HOT_OK)
        status = hot_polygon_valid(&joined, 0, &a->shapes, &repaired, &repair);
    hot_shapes_free(&joined);
    if (status == HOT_INPUT)
        return hot_fail(error, HOT_INPUT, "%s: %s%s%s is no polygon that can be used: %s.", g->file,
                        c->code, c->label ? " " : "", c->label ? c->label : "", repair.reason);
    HOT_TRY(status);
    size_t i = a->n++;
    a->code[i] = kept(a, c->code);
    a->label[i] = kept(a, c->label);
    a->parent[i] = kept(a, c->parent);
    a->population[i] = NAN;
    if (!a->code[i]) return HOT_MEMORY;
    return repaired ? note_repair(a, i, &repair) : HOT_OK;
}

static hot_status add_areas(hot_areas *a, const gathering *g, hot_error *error)
{
    size_t most = g->vector->n;
    a->code = hot_new(most, sizeof *a->code);
    a->label = hot_new(most, sizeof *a->label);
    a->parent = hot_new(most, sizeof *a->parent);
    a->population = hot_new(most, sizeof *a->population);
    if (!a->code || !a->label || !a->parent || !a->population) return HOT_MEMORY;
    for (size_t first = 0, n; first < most; first += n) {
        HOT_TRY(same_area(g, first, &n, error));
        HOT_TRY(add_area(a, g, first, n, error));
    }
    return HOT_OK;
}

/* ---- where ---- */

static hot_status put_in_place(hot_vector *v, const char *file, int epsg,
                               const hot_place_rules *rules, hot_error *error)
{
    if (v->epsg == 0)
        return hot_fail(error, HOT_INPUT,
                        "%s: does not say which coordinate system it is in (a .prj is missing or "
                        "names no EPSG code); save it with one.",
                        file);
    hot_place *place;
    HOT_TRY(hot_place_new(v->epsg, epsg, rules, &place, error));
    hot_place_points(place, v->polygons.x, v->polygons.y, v->polygons.n_points);
    hot_place_free(place);
    for (size_t i = 0; i < v->polygons.n_points; i++)
        if (!isfinite(v->polygons.x[i]))
            return hot_fail(error, HOT_INPUT,
                            "%s: a vertex lies outside what EPSG:%d can hold; is the file's "
                            "coordinate system right?",
                            file, epsg);
    return HOT_OK;
}

static hot_status areas_of(hot_vector *v, const hot_source_spec *spec, int epsg,
                           const hot_place_rules *rules, hot_areas *a, hot_error *error)
{
    gathering g = {.file = hot_base_name(spec->path), .vector = v};
    char there[600];
    HOT_TRY(field_of(v, spec->code, guess_code(v), g.file, &g.code, error));
    HOT_TRY(field_of(v, spec->label, guess_label(v), g.file, &g.label, error));
    HOT_TRY(field_of(v, spec->parent, -1, g.file, &g.parent, error));
    field_names(v, there, sizeof there);
    if (g.code < 0)
        return hot_fail(error, HOT_INPUT,
                        "%s: no field looks like an area code; say which with code=FIELD; its "
                        "fields are %s.",
                        g.file, there);
    if (v->n == 0) return hot_fail(error, HOT_INPUT, "%s: holds no area.", g.file);
    HOT_TRY(put_in_place(v, g.file, epsg, rules, error));
    hot_status status = gather(&g, error);
    if (status == HOT_OK) status = add_areas(a, &g, error);
    hot_free(g.list);
    HOT_TRY(status);
    a->name = kept(a, spec->name);
    a->source = kept(a, g.file);
    a->layer = kept(a, v->layer);
    a->code_field = kept(a, v->field[g.code]);
    a->label_field = g.label < 0 ? NULL : kept(a, v->field[g.label]);
    a->source_epsg = v->epsg;
    return a->name && a->source && a->layer ? HOT_OK : HOT_MEMORY;
}

hot_status hot_areas_read(const hot_source_spec *spec, int epsg, const hot_place_rules *rules,
                          hot_areas *areas, hot_error *error)
{
    hot_vector v = {0};
    hot_areas a = {0};
    HOT_TRY(hot_vector_read(spec->path, spec->layer, &v, error));
    hot_status status = areas_of(&v, spec, epsg, rules, &a, error);
    hot_vector_free(&v);
    if (status == HOT_OK) *areas = a;
    else hot_areas_free(&a);
    return status;
}

void hot_areas_free(hot_areas *a)
{
    hot_free(a->code);
    hot_free(a->label);
    hot_free(a->parent);
    hot_free(a->population);
    hot_free(a->repairs);
    hot_shapes_free(&a->shapes);
    hot_arena_free(&a->arena);
    *a = (hot_areas){0};
}

size_t hot_areas_find(const hot_areas *a, const char *code)
{
    size_t low = 0, high = a->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(a->code[middle], code);
        if (order == 0) return middle;
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return SIZE_MAX;
}

/* ---- population ---- */

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
        if (is_ons(name, "CD") || (n > 5 && strcasecmp(name + n - 5, "_code") == 0)) at = (int)i;
    }
    return at;
}

static hot_status population_row(hot_areas *a, const hot_record *r, int code, int people,
                                 const char *file, size_t *matched, size_t *unmatched,
                                 hot_error *error)
{
    if (r->fault != HOT_REASONS)
        return hot_fail(error, HOT_INPUT, "%s: line %llu: %s.", file, (unsigned long long)r->line,
                        hot_reason_about(r->fault));
    char name[256];
    snprintf(name, sizeof name, "%.*s", (int)(r->field[code].length > 255 ? 255
                                                                          : r->field[code].length),
             r->field[code].at);
    double n;
    if (!hot_number_parse(r->field[people].at, r->field[people].length, &n) || n < 0)
        return hot_fail(error, HOT_INPUT, "%s: line %llu: the population of %s is no number.", file,
                        (unsigned long long)r->line, name);
    size_t area = hot_areas_find(a, name);
    if (area == SIZE_MAX) {
        ++*unmatched;
        return HOT_OK;
    }
    if (isfinite(a->population[area]))
        return hot_fail(error, HOT_INPUT, "%s: line %llu: %s comes twice.", file,
                        (unsigned long long)r->line, name);
    a->population[area] = n;
    ++*matched;
    return HOT_OK;
}

static hot_status population_rows(hot_csv *csv, hot_source source, hot_areas *a,
                                  const hot_source_spec *spec, const char *file, size_t *unmatched,
                                  hot_error *error)
{
    static const char *const usual[] = {"people", "population", "residents", "total_residents",
                                        "total_population", "all_ages", NULL};
    hot_record record;
    hot_status status = hot_csv_open(csv, source, &record);
    if (status == HOT_INPUT)
        return hot_fail(error, HOT_INPUT, "%s: no header line of names was found.", file);
    HOT_TRY(status);
    int code = code_column(&record, spec->code), people = column_of(&record, spec->label, usual);
    if (code < 0 || people < 0)
        return hot_fail(error, HOT_INPUT,
                        "%s: no column of %s was found; name it with %s=COLUMN.", file,
                        code < 0 ? "area codes" : "people", code < 0 ? "code" : "people");
    size_t matched = 0;
    for (bool more = true;;) {
        HOT_TRY(hot_csv_next(csv, &record, &more));
        if (!more) break;
        HOT_TRY(population_row(a, &record, code, people, file, &matched, unmatched, error));
    }
    if (matched) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "%s: none of its codes is a %s of this run; is it of another year or another "
                    "kind of area?",
                    file, a->name);
}

hot_status hot_areas_read_population(hot_areas *a, const hot_source_spec *spec, size_t *unmatched,
                                     hot_error *error)
{
    hot_file *file;
    hot_csv csv = {0};
    *unmatched = 0;
    HOT_TRY(hot_file_open(spec->path, &file, error));
    hot_status status = population_rows(&csv, hot_file_source(file), a, spec,
                                        hot_base_name(spec->path), unmatched, error);
    hot_content content;
    if (status == HOT_OK || status == HOT_SYSTEM) status = hot_file_finish(file, &content, error);
    hot_csv_free(&csv);
    hot_file_close(file);
    return status;
}
