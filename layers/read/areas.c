#include "layers/read/areas.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layers/read/area_fields.h"
#include "layers/read/file.h"
#include "layers/read/fits.h"
#include "layers/read/vector.h"

/* ---- which field is which ---- */

/** The field the person named, or the guessed one; -1 where there is none. */
static hot_status field_of(const hot_vector *v, const char *named, int guessed, const char *file,
                           int *field, hot_error *error)
{
    *field = named ? hot_vector_field(v, named) : guessed;
    if (!named || *field >= 0) return HOT_OK;
    char there[600];
    hot_area_field_names(v, there, sizeof there);
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
    int code, label, parent, group, from, version; /* fields; -1 = none */
    const hot_vector *vector;
    const char *from_all; /* said for all, in place of a field; NULL = not */
    candidate *list;      /* [vector->n], by code */
} gathering;

/** What stands in place of a polygon. */
static const char *instead(const hot_vector *v, size_t i)
{
    if (v->lines.part[i] < v->lines.part[i + 1]) return "it is a line";
    if (isfinite(v->x[i])) return "it is a point";
    return v->other[i] ? "it is several points" : "its geometry is empty";
}

static hot_status has_polygon(const gathering *g, size_t i, const candidate *c, hot_error *error)
{
    const hot_vector *v = g->vector;
    if (v->polygons.part[i] < v->polygons.part[i + 1]) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "%s: %s%s%s has no polygon (%s); give it one or take the row out of the file.",
                    g->file, c->code, c->label ? " " : "", c->label ? c->label : "", instead(v, i));
}

static hot_status gather(gathering *g, hot_error *error)
{
    const hot_vector *v = g->vector;
    g->list = hot_new(v->n, sizeof *g->list);
    if (!g->list) return HOT_MEMORY;
    for (size_t i = 0; i < v->n; i++) {
        candidate c = {value_at(v, i, g->code), value_at(v, i, g->label), value_at(v, i, g->parent),
                       i};
        if (!c.code || !*c.code)
            return hot_fail(error, HOT_INPUT,
                            "%s: feature %zu has no code in the field %s; give it one, or choose "
                            "another field with code=.",
                            g->file, i + 1, v->field[g->code]);
        HOT_TRY(has_polygon(g, i, &c, error));
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
            return hot_fail(
                error, HOT_INPUT,
                "%s: the code %s stands on areas of different names (%s, %s); give each "
                "area a code of its own or choose another field with code=.",
                g->file, c[first].code, c[first].label ? c[first].label : "none",
                c[first + *n].label ? c[first + *n].label : "none");
        const char *from = value_at(g->vector, c[first].feature, g->from);
        if (!same_text(value_at(g->vector, c[first + *n].feature, g->from), from))
            return hot_fail(error, HOT_INPUT,
                            "%s: the parts of %s are valid from different days; give each a code "
                            "of its own, or one day.",
                            g->file, c[first].code);
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

/** Keep what a field says of an area, unless it is empty.
 *  @param text  [areas]; NULL = the field is not wanted */
static hot_status keep_text(hot_areas *a, const gathering *g, size_t feature, int field, size_t i,
                            const char **text)
{
    const char *value = text ? value_at(g->vector, feature, field) : NULL;
    if (!value || !*value) return HOT_OK;
    text[i] = kept(a, value);
    return text[i] ? HOT_OK : HOT_MEMORY;
}

/** What larger areas the area belongs to, to which group, and from when on. */
static hot_status keep_wider(hot_areas *a, const gathering *g, size_t feature, size_t i)
{
    for (size_t k = 0; k < a->n_uppers; k++) {
        const char *text =
            value_at(g->vector, feature, hot_vector_field(g->vector, a->uppers[k].field));
        a->uppers[k].code[i] = text && *text ? kept(a, text) : NULL;
        if (text && *text && !a->uppers[k].code[i]) return HOT_MEMORY;
    }
    HOT_TRY(keep_text(a, g, feature, g->group, i, a->group));
    if (g->from_all) a->from[i] = kept(a, g->from_all);
    if (g->from_all && !a->from[i]) return HOT_MEMORY;
    if (g->from >= 0) HOT_TRY(keep_text(a, g, feature, g->from, i, a->from));
    return keep_text(a, g, feature, g->version, i, a->version);
}

static hot_status add_area(hot_areas *a, const gathering *g, size_t first, size_t n,
                           hot_error *error)
{
    const candidate *c = &g->list[first];
    hot_shapes joined = {0};
    bool repaired;
    hot_repair repair;
    hot_status status = join_parts(g, first, n, &joined);
    if (status == HOT_OK) status = hot_polygon_valid(&joined, 0, &a->shapes, &repaired, &repair);
    hot_shapes_free(&joined);
    if (status == HOT_INPUT)
        return hot_fail(error, HOT_INPUT,
                        "%s: %s%s%s is no polygon that can be used: %s; draw it anew or take the "
                        "row out of the file.",
                        g->file, c->code, c->label ? " " : "", c->label ? c->label : "",
                        repair.reason);
    HOT_TRY(status);
    size_t i = a->n++;
    a->code[i] = kept(a, c->code);
    a->label[i] = kept(a, c->label);
    a->parent[i] = kept(a, c->parent);
    a->population[i] = NAN;
    if (!a->code[i]) return HOT_MEMORY;
    HOT_TRY(keep_wider(a, g, c->feature, i));
    return repaired ? note_repair(a, i, &repair) : HOT_OK;
}

static hot_status add_areas(hot_areas *a, const gathering *g, hot_error *error)
{
    size_t most = g->vector->n;
    a->code = hot_new(most, sizeof *a->code);
    a->label = hot_new(most, sizeof *a->label);
    a->parent = hot_new(most, sizeof *a->parent);
    a->population = hot_new(most, sizeof *a->population);
    if (g->group >= 0) a->group = hot_new(most, sizeof *a->group);
    if (g->group >= 0 && !a->group) return HOT_MEMORY;
    if (g->from >= 0 || g->from_all) a->from = hot_new(most, sizeof *a->from);
    if ((g->from >= 0 || g->from_all) && !a->from) return HOT_MEMORY;
    if (g->version >= 0) a->version = hot_new(most, sizeof *a->version);
    if (g->version >= 0 && !a->version) return HOT_MEMORY;
    for (size_t k = 0; k < a->n_uppers; k++) {
        a->uppers[k].code = hot_new(most, sizeof *a->uppers[k].code);
        if (!a->uppers[k].code) return HOT_MEMORY;
    }
    if (!a->code || !a->label || !a->parent || !a->population) return HOT_MEMORY;
    for (size_t first = 0, n; first < most; first += n) {
        HOT_TRY(same_area(g, first, &n, error));
        HOT_TRY(add_area(a, g, first, n, error));
    }
    return HOT_OK;
}

/* ---- where ---- */

hot_status hot_source_epsg(const hot_source_spec *spec, int of_file, int *epsg, hot_error *error)
{
    *epsg = spec->epsg ? spec->epsg : of_file;
    if (*epsg) return HOT_OK;
    return hot_fail(
        error, HOT_INPUT,
        "%s: does not say which coordinate system it is in (a .prj is missing, or names "
        "none that is known); say it behind the file's name, such as ,crs=EPSG:27700.",
        hot_base_name(spec->path));
}

/** Metres on any sheet of any system; not NaN. */
static bool is_on_earth(double v)
{
    return fabs(v) < 1e8;
}

static hot_status put_in_place(hot_vector *v, const hot_source_spec *spec, int epsg,
                               const hot_place_rules *rules, hot_error *error)
{
    const char *file = hot_base_name(spec->path);
    hot_place *place;
    if (v->polygons.n_points == 0) return HOT_OK; /* said later, by name */
    HOT_TRY(hot_source_epsg(spec, v->epsg, &v->epsg, error));
    HOT_TRY(hot_crs_fits_each(file, v->epsg, epsg, &v->polygons, error));
    HOT_TRY(hot_place_new(v->epsg, epsg, rules, &place, error));
    hot_place_points(place, v->polygons.x, v->polygons.y, v->polygons.n_points);
    hot_place_free(place);
    for (size_t i = 0; i < v->polygons.n_points; i++)
        if (!is_on_earth(v->polygons.x[i]) || !is_on_earth(v->polygons.y[i]))
            return hot_fail(error, HOT_INPUT,
                            "%s: a vertex lies outside what EPSG:%d can hold; is the file's "
                            "coordinate system right, and --crs one of that place?",
                            file, epsg);
    return HOT_OK;
}

/** parent=A+B: the fields of the larger areas, one after the other. */
static hot_status name_uppers(const hot_vector *v, const char *list, const char *file, hot_areas *a,
                              hot_error *error)
{
    size_t n = 0;
    for (const char *at = list; at; at = at[n] ? at + n + 1 : NULL) {
        n = hot_area_field_listed(v, at);
        char *name = hot_text(at, n);
        int field;
        hot_status status = name ? field_of(v, name, -1, file, &field, error) : HOT_MEMORY;
        hot_free(name);
        HOT_TRY(status);
        if (!hot_grow(&a->uppers, &a->room_uppers, a->n_uppers + 1, sizeof *a->uppers))
            return HOT_MEMORY;
        a->uppers[a->n_uppers++] = (hot_upper){.field = kept(a, v->field[field])};
        if (!a->uppers[a->n_uppers - 1].field) return HOT_MEMORY;
    }
    return HOT_OK;
}

/** Where an area says from when on it is valid; a date may be said for all of them instead. */
static hot_status find_from(const hot_vector *v, const hot_source_spec *spec, gathering *g,
                            hot_error *error)
{
    g->from = g->version = -1;
    g->from_all = NULL;
    if (!spec->dated) return HOT_OK;
    g->version = hot_vector_field(v, "version");
    g->from = hot_area_from_field(v);
    if (!spec->from) return HOT_OK;
    g->from = hot_vector_field(v, spec->from);
    if (g->from < 0 && (*spec->from >= '0' && *spec->from <= '9')) g->from_all = spec->from;
    return g->from_all ? HOT_OK : field_of(v, spec->from, -1, g->file, &g->from, error);
}

static hot_status areas_of(hot_vector *v, const hot_source_spec *spec, int epsg,
                           const hot_place_rules *rules, hot_areas *a, hot_error *error)
{
    gathering g = {.file = hot_base_name(spec->path), .vector = v};
    char there[600];
    HOT_TRY(field_of(v, spec->code, hot_area_code_field(v), g.file, &g.code, error));
    HOT_TRY(field_of(v, spec->label, hot_area_label_field(v, g.code), g.file, &g.label, error));
    HOT_TRY(name_uppers(v, spec->parent, g.file, a, error));
    g.parent = a->n_uppers ? hot_vector_field(v, a->uppers[0].field) : -1;
    g.group = spec->group ? hot_vector_field(v, spec->group) : -1;
    HOT_TRY(find_from(v, spec, &g, error));
    a->group_field = kept(a, spec->group);
    if (spec->group && !a->group_field) return HOT_MEMORY;
    hot_area_field_names(v, there, sizeof there);
    if (v->n == 0) return hot_fail(error, HOT_INPUT, "%s: holds no area.", g.file);
    if (g.code < 0)
        return hot_fail(error, HOT_INPUT,
                        "%s: no field looks like an area code; say which with code=FIELD; its "
                        "fields are %s.",
                        g.file, *there ? there : "none");
    HOT_TRY(put_in_place(v, spec, epsg, rules, error));
    hot_status status = gather(&g, error);
    if (status == HOT_OK) status = add_areas(a, &g, error);
    hot_free(g.list);
    HOT_TRY(status);
    HOT_TRY(hot_coverage_judge(&a->shapes, &a->coverage));
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
    if (status == HOT_OK)
        *areas = a;
    else
        hot_areas_free(&a);
    return status;
}

static void wider_free(hot_areas *a)
{
    for (size_t k = 0; k < a->n_uppers; k++) hot_free(a->uppers[k].code);
    for (size_t k = 0; k < a->n_denominators; k++) hot_free(a->denominators[k].value);
    for (size_t k = 0; k < a->n_joined; k++) {
        hot_free(a->joined[k].text);
        hot_free(a->joined[k].number);
    }
    hot_free(a->uppers);
    hot_free(a->denominators);
    hot_free(a->joined);
    hot_free(a->joins);
    hot_free(a->group);
    hot_free(a->from);
    hot_free(a->version);
}

void hot_areas_free(hot_areas *a)
{
    wider_free(a);
    hot_free(a->code);
    hot_free(a->label);
    hot_free(a->parent);
    hot_free(a->population);
    hot_free(a->yearly);
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
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}
