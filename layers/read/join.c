#include "layers/read/join.h"

#include <math.h>
#include <string.h>

#include "engine/base/number.h"
#include "layers/read/area_fields.h"
#include "layers/read/figures.h"
#include "layers/read/file.h"
#include "layers/read/kind.h"
#include "layers/read/vector.h"

/* ---- a CSV file as the fields of a layer ---- */

/** HOT_DOMAIN for bytes that are not UTF-8. */
static hot_status keep_fields(hot_vector *v, const hot_record *r, const char **into)
{
    for (size_t k = 0; k < v->n_fields; k++) {
        if (!hot_utf8_is(r->field[k].at, r->field[k].length)) return HOT_DOMAIN;
        into[k] = hot_arena_text(&v->arena, r->field[k].at, r->field[k].length);
        if (!into[k]) return HOT_MEMORY;
    }
    return HOT_OK;
}

static hot_status keep_record(hot_vector *v, const hot_record *r, const char **into,
                              const char *file, hot_error *error)
{
    hot_reason fault = r->fault;
    hot_status status = fault == HOT_REASONS ? keep_fields(v, r, into) : HOT_DOMAIN;
    if (status != HOT_DOMAIN) return status;
    if (fault == HOT_REASONS) fault = HOT_BAD_UTF8;
    return hot_fail(error, HOT_INPUT, "%s: line %llu: %s.", file, (unsigned long long)r->line,
                    hot_reason_about(fault));
}

static hot_status keep_rows(hot_csv *csv, const char *file, hot_vector *v, hot_error *error)
{
    hot_record row;
    size_t room = 0;
    for (bool more = true;;) {
        HOT_TRY(hot_csv_next(csv, &row, &more));
        if (!more) return HOT_OK;
        if (v->n == hot_vector_usual.features)
            return hot_fail(error, HOT_INPUT,
                            "%s: more than %zu rows; take out what is not of "
                            "these areas.",
                            file, hot_vector_usual.features);
        if (!hot_grow(&v->value, &room, (v->n + 1) * v->n_fields, sizeof *v->value))
            return HOT_MEMORY;
        HOT_TRY(keep_record(v, &row, v->value + v->n * v->n_fields, file, error));
        v->n++;
    }
}

static hot_status csv_rows(hot_csv *csv, hot_source source, const char *file, hot_vector *v,
                           hot_error *error)
{
    hot_record header;
    hot_status status = hot_csv_open(csv, source, &header);
    if (status == HOT_INPUT)
        return hot_fail(error, HOT_INPUT, "%s: no header line of names was found.", file);
    HOT_TRY(status);
    v->n_fields = header.n;
    v->field = hot_new(header.n, sizeof *v->field);
    if (!v->field) return HOT_MEMORY;
    HOT_TRY(keep_record(v, &header, v->field, file, error));
    return keep_rows(csv, file, v, error);
}

static hot_status csv_read(const char *path, hot_vector *v, hot_error *error)
{
    hot_file *file;
    hot_csv csv = {0};
    hot_content content;
    HOT_TRY(hot_file_open(path, &file, error));
    hot_status status = hot_file_expect_text(file, error);
    if (status == HOT_OK)
        status = csv_rows(&csv, hot_file_source(file), hot_base_name(path), v, error);
    hot_status ended = HOT_OK;
    if (status == HOT_OK || status == HOT_SYSTEM)
        ended = hot_file_finish(file, &content, NULL, error);
    if (ended != HOT_OK) status = ended;
    hot_csv_free(&csv);
    hot_file_close(file);
    return status;
}

/* ---- rows to areas ---- */

typedef struct {
    hot_areas *areas;
    const hot_vector *table;
    const char *file;
    int code;
    size_t *row; /* [areas] of the table; SIZE_MAX = none */
    hot_join join;
} joining;

static const char *cell(const joining *j, size_t row, size_t field)
{
    const char *text = j->table->value[row * j->table->n_fields + field];
    return text ? text : "";
}

static hot_status match_rows(joining *j, hot_error *error)
{
    hot_areas *a = j->areas;
    for (size_t i = 0; i < a->n; i++) j->row[i] = SIZE_MAX;
    j->join.without = a->n;
    for (size_t r = 0; r < j->table->n; r++) {
        const char *code = cell(j, r, (size_t)j->code);
        size_t area = hot_areas_find(a, code);
        if (area == SIZE_MAX) {
            j->join.unmatched++;
            continue;
        }
        if (j->row[area] != SIZE_MAX)
            return hot_fail(error, HOT_INPUT, "%s: %s comes twice; keep one row for each area.",
                            j->file, code);
        j->row[area] = r;
        j->join.without--;
    }
    if (j->join.without < a->n) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "%s: none of its codes in %s is a %s of this run; say which column holds them "
                    "with code=COLUMN, or is it of another year?",
                    j->file, j->table->field[j->code], a->name);
}

/* ---- columns ---- */

/** A code that begins with a zero is no number. */
static bool is_number(const char *text, double *value)
{
    hot_slice t = {text, strlen(text)};
    if (t.length > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') return false;
    return hot_figure_parse(t, value);
}

static bool is_whole(double value)
{
    return value == rint(value) && fabs(value) < 9e15;
}

/** What a column holds: texts unless there is a number and nothing but numbers and signs for what
 *  is withheld. */
static hot_type type_of(const joining *j, size_t field)
{
    hot_type type = HOT_TEXT;
    for (size_t i = 0; i < j->areas->n; i++) {
        if (j->row[i] == SIZE_MAX) continue;
        const char *text = cell(j, j->row[i], field);
        double value;
        if (!is_number(text, &value)) {
            if (!hot_figure_withheld((hot_slice){text, strlen(text)})) return HOT_TEXT;
            continue;
        }
        if (!is_whole(value)) type = HOT_REAL;
        if (type == HOT_TEXT) type = HOT_INTEGER;
    }
    return type;
}

static hot_status column_fill(const joining *j, size_t field, hot_joined *c)
{
    hot_areas *a = j->areas;
    for (size_t i = 0; i < a->n; i++) {
        if (c->number) c->number[i] = NAN;
        const char *text = j->row[i] == SIZE_MAX ? "" : cell(j, j->row[i], field);
        if (!*text) continue;
        c->text[i] = hot_arena_text(&a->arena, text, strlen(text));
        if (!c->text[i]) return HOT_MEMORY;
        if (c->number && !is_number(text, &c->number[i])) c->number[i] = NAN;
    }
    return HOT_OK;
}

static hot_status column_add(const joining *j, size_t field, hot_error *error)
{
    hot_areas *a = j->areas;
    const char *name = j->table->field[field];
    if (a->n_joined == HOT_JOINED)
        return hot_fail(error, HOT_INPUT,
                        "%s: more than %d columns; name those that are wanted, columns=A+B.",
                        j->file, HOT_JOINED);
    if (!hot_grow(&a->joined, &a->room_joined, a->n_joined + 1, sizeof *a->joined))
        return HOT_MEMORY;
    hot_joined *c = &a->joined[a->n_joined++];
    *c = (hot_joined){.type = type_of(j, field)};
    c->field = hot_arena_text(&a->arena, name, strlen(name));
    c->text = hot_new(a->n, sizeof *c->text);
    if (c->type != HOT_TEXT) c->number = hot_new(a->n, sizeof *c->number);
    if (!c->field || !c->text || (c->type != HOT_TEXT && !c->number)) return HOT_MEMORY;
    return column_fill(j, field, c);
}

static hot_status no_column(const joining *j, const char *name, hot_error *error)
{
    char there[600];
    hot_area_field_names(j->table, there, sizeof there);
    return hot_fail(error, HOT_INPUT, "%s: has no column \"%s\"; its columns are %s.", j->file,
                    name, there);
}

/** columns=A+B */
static hot_status named_columns(const joining *j, const char *list, hot_error *error)
{
    size_t n = 0;
    for (const char *at = list; at; at = at[n] ? at + n + 1 : NULL) {
        n = hot_area_field_listed(j->table, at);
        char *name = hot_text(at, n);
        if (!name) return HOT_MEMORY;
        int field = hot_vector_field(j->table, name);
        hot_status status =
            field < 0 ? no_column(j, name, error) : column_add(j, (size_t)field, error);
        hot_free(name);
        HOT_TRY(status);
    }
    return HOT_OK;
}

static hot_status all_columns(const joining *j, hot_error *error)
{
    for (size_t k = 0; k < j->table->n_fields; k++)
        if ((int)k != j->code) HOT_TRY(column_add(j, k, error));
    return HOT_OK;
}

static hot_status join_columns(joining *j, const hot_source_spec *spec, hot_error *error)
{
    hot_areas *a = j->areas;
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): a code's column was found among them
    const char *code = j->table->field[j->code];
    j->row = hot_new(a->n, sizeof *j->row);
    if (!j->row) return HOT_MEMORY;
    HOT_TRY(match_rows(j, error));
    j->join.first = a->n_joined;
    HOT_TRY(spec->columns ? named_columns(j, spec->columns, error) : all_columns(j, error));
    j->join.n = a->n_joined - j->join.first;
    j->join.file = hot_arena_text(&a->arena, j->file, strlen(j->file));
    j->join.code_field = hot_arena_text(&a->arena, code, strlen(code));
    if (!j->join.file || !j->join.code_field ||
        !hot_grow(&a->joins, &a->room_joins, a->n_joins + 1, sizeof *a->joins))
        return HOT_MEMORY;
    a->joins[a->n_joins++] = j->join;
    return HOT_OK;
}

static hot_status find_code(joining *j, const char *named, hot_error *error)
{
    j->code = named ? hot_vector_field(j->table, named) : hot_area_code_field(j->table);
    if (j->code >= 0) return HOT_OK;
    if (named) return no_column(j, named, error);
    return hot_fail(error, HOT_INPUT,
                    "%s: no column looks like area codes; say which with code=COLUMN.", j->file);
}

hot_status hot_areas_join(hot_areas *a, const hot_source_spec *spec, hot_error *error)
{
    hot_vector table = {0};
    joining j = {.areas = a, .table = &table, .file = hot_base_name(spec->path)};
    hot_status status = hot_kind_of_name(spec->path) == HOT_NO_KIND
                            ? csv_read(spec->path, &table, error)
                            : hot_vector_read(spec->path, spec->layer, &table, error);
    if (status == HOT_OK) status = find_code(&j, spec->code, error);
    if (status == HOT_OK) status = join_columns(&j, spec, error);
    hot_free(j.row);
    hot_vector_free(&table);
    return status;
}

hot_status hot_areas_settle_group(hot_areas *a, hot_error *error)
{
    if (!a->group_field || a->group) return HOT_OK;
    for (size_t k = 0; k < a->n_joined; k++) {
        if (strcmp(a->joined[k].field, a->group_field) != 0) continue;
        a->group = hot_new(a->n, sizeof *a->group);
        if (!a->group) return HOT_MEMORY;
        memcpy(a->group, a->joined[k].text, a->n * sizeof *a->group);
        return HOT_OK;
    }
    return hot_fail(error, HOT_INPUT,
                    "%s: group=%s is neither a field of the file nor a column joined to it.",
                    a->source, a->group_field);
}
