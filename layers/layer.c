#include "layers/layer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static hot_status values_new(const hot_column *column, size_t n, hot_values *v)
{
    *v = (hot_values){.column = *column};
    switch (column->type) {
    case HOT_INTEGER:
        v->integer = hot_new(n, sizeof *v->integer);
        v->missing = hot_new_raw(n, 1);
        if (!v->integer || !v->missing) return HOT_MEMORY;
        memset(v->missing, 1, n);
        return HOT_OK;
    case HOT_REAL:
        v->real = hot_new_raw(n, sizeof *v->real);
        if (!v->real) return HOT_MEMORY;
        for (size_t i = 0; i < n; i++) v->real[i] = NAN;
        return HOT_OK;
    case HOT_TEXT:
        break;
    }
    v->text = hot_new(n, sizeof *v->text);
    return v->text ? HOT_OK : HOT_MEMORY;
}

static void values_free(hot_values *v)
{
    hot_free(v->integer);
    hot_free(v->missing);
    hot_free(v->real);
    hot_free(v->text);
}

static hot_status layer_fill(hot_layer *l, const char *name, const char *title)
{
    const hot_declaration *d = l->declared;
    l->values = hot_new(d->n_columns, sizeof *l->values);
    if (!l->values) return HOT_MEMORY;
    for (; l->n_columns < d->n_columns; l->n_columns++) {
        hot_status status = values_new(&d->columns[l->n_columns], l->n, &l->values[l->n_columns]);
        if (status != HOT_OK) {
            values_free(&l->values[l->n_columns]);
            return status;
        }
    }
    if (name) l->name = hot_arena_text(&l->arena, name, strlen(name));
    if (title) l->title = hot_arena_text(&l->arena, title, strlen(title));
    if (!l->name || !l->title) return HOT_MEMORY;
    if (d->geometry != HOT_POINT) return HOT_OK;
    l->x = hot_new(l->n, sizeof *l->x);
    l->y = hot_new(l->n, sizeof *l->y);
    return l->x && l->y ? HOT_OK : HOT_MEMORY;
}

const hot_coding *hot_coding_of(const hot_declaration *declared, const char *column)
{
    for (size_t k = 0; k < declared->n_codings; k++)
        if (strcmp(declared->codings[k].column, column) == 0) return &declared->codings[k];
    return NULL;
}

hot_status hot_layer_new(const hot_declaration *declared, const char *name, const char *title,
                         size_t n, hot_layer *layer)
{
    hot_layer l = {.declared = declared,
                   .name = declared->name,
                   .title = declared->title,
                   .about = declared->about,
                   .n = n};
    hot_status status = layer_fill(&l, name, title);
    if (status != HOT_OK) hot_layer_free(&l);
    *layer = l;
    return status;
}

void hot_layer_free(hot_layer *l)
{
    for (size_t k = 0; k < l->n_columns; k++) values_free(&l->values[k]);
    hot_free(l->values);
    hot_free(l->x);
    hot_free(l->y);
    hot_shapes_free(&l->shapes);
    hot_arena_free(&l->arena);
    *l = (hot_layer){0};
}

hot_status hot_layer_add_column(hot_layer *l, const char *name, hot_type type, const char *alias,
                                const char *unit, const char *about)
{
    size_t room = l->n_columns;
    hot_column column = {.name = hot_arena_text(&l->arena, name, strlen(name)),
                         .type = type,
                         .alias = hot_arena_text(&l->arena, alias, strlen(alias)),
                         .unit = unit,
                         .about = hot_arena_text(&l->arena, about, strlen(about))};
    if (!column.name || !column.alias || !column.about ||
        !hot_grow(&l->values, &room, l->n_columns + 1, sizeof *l->values))
        return HOT_MEMORY;
    hot_values v;
    hot_status status = values_new(&column, l->n, &v);
    if (status != HOT_OK) {
        values_free(&v);
        return status;
    }
    l->values[l->n_columns++] = v;
    return HOT_OK;
}

hot_values *hot_layer_column(const hot_layer *l, const char *name)
{
    for (size_t k = 0; k < l->n_columns; k++)
        if (strcmp(l->values[k].column.name, name) == 0) return &l->values[k];
    return NULL;
}

/** A declared column of that type: anything else is a defect of the program. */
static hot_values *declared_column(hot_layer *l, const char *name, hot_type type, size_t row)
{
    hot_values *v = hot_layer_column(l, name);
    if (!v || v->column.type != type || row >= l->n) abort();
    return v;
}

void hot_layer_set_integer(hot_layer *l, const char *column, size_t row, int64_t value)
{
    hot_values *v = declared_column(l, column, HOT_INTEGER, row);
    v->integer[row] = value;
    v->missing[row] = 0;
}

void hot_layer_set_real(hot_layer *l, const char *column, size_t row, double value)
{
    declared_column(l, column, HOT_REAL, row)->real[row] = value;
}

hot_status hot_layer_set_text(hot_layer *l, const char *column, size_t row, const char *text)
{
    hot_values *v = declared_column(l, column, HOT_TEXT, row);
    v->text[row] = text ? hot_arena_text(&l->arena, text, strlen(text)) : NULL;
    return text && !v->text[row] ? HOT_MEMORY : HOT_OK;
}

int64_t hot_layer_integer(const hot_layer *l, const char *column, size_t row, int64_t otherwise)
{
    const hot_values *v = hot_layer_column(l, column);
    if (!v || !v->integer || (v->missing && v->missing[row])) return otherwise;
    return v->integer[row];
}

double hot_layer_real(const hot_layer *l, const char *column, size_t row)
{
    const hot_values *v = hot_layer_column(l, column);
    return v && v->real ? v->real[row] : NAN;
}

const char *hot_layer_text(const hot_layer *l, const char *column, size_t row)
{
    const hot_values *v = hot_layer_column(l, column);
    return v && v->text ? v->text[row] : NULL;
}

void hot_surface_free(hot_surface *surface)
{
    hot_free(surface->value);
    *surface = (hot_surface){0};
}

hot_layer *hot_result_add(hot_result *r)
{
    if (!hot_grow(&r->layers, &r->room, r->n + 1, sizeof *r->layers)) return NULL;
    r->layers[r->n] = (hot_layer){0};
    return &r->layers[r->n++];
}

hot_raster *hot_result_add_raster(hot_result *r)
{
    if (!hot_grow(&r->rasters, &r->room_rasters, r->n_rasters + 1, sizeof *r->rasters)) return NULL;
    r->rasters[r->n_rasters] = (hot_raster){0};
    return &r->rasters[r->n_rasters++];
}

hot_layer *hot_result_layer(const hot_result *r, const char *name)
{
    for (size_t k = 0; k < r->n; k++)
        if (r->layers[k].name && strcmp(r->layers[k].name, name) == 0) return &r->layers[k];
    return NULL;
}

const char *hot_result_word(const hot_result *r, const char *key)
{
    const hot_layer *words = hot_result_layer(r, "run_metadata");
    for (size_t i = 0; words && i < words->n; i++) {
        const char *k = hot_layer_text(words, "key", i);
        if (k && strcmp(k, key) == 0) return hot_layer_text(words, "value", i);
    }
    return NULL;
}

void hot_result_free(hot_result *r)
{
    for (size_t k = 0; k < r->n; k++) hot_layer_free(&r->layers[k]);
    hot_free(r->layers);
    hot_surface_free(&r->surface);
    for (size_t k = 0; k < r->n_rasters; k++) hot_surface_free(&r->rasters[k].surface);
    hot_free(r->rasters);
    *r = (hot_result){0};
}
