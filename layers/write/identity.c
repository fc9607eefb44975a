#include "layers/write/identity.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/base/words.h"
#include "layers/sources.h"

/** Two hashes side by side. */
typedef struct {
    uint64_t a, b;
} digest;

static uint64_t bits(double value)
{
    uint64_t u;
    value += 0.0; /* one zero */
    memcpy(&u, &value, sizeof u);
    return u;
}

static void chain(digest *d, const void *bytes, size_t length)
{
    d->a = hot_hash(bytes, length, d->a);
    d->b = hot_hash(bytes, length, d->b);
}

static void chain_text(digest *d, const char *text)
{
    if (text)
        chain(d, text, strlen(text));
    else
        chain(d, "\xff", 1); /* no text is another thing than an empty one */
}

/* ---- rows ---- */

static uint64_t split_of(const hot_study *s, size_t row)
{
    uint64_t kind = s->kind ? s->kind[row] : 0;
    if (s->n_sources == 0) return kind << 24;
    const char *source = s->source[hot_source_of_row(s, row)];
    return kind << 24 | hot_hash(source, strlen(source), 3) << 32;
}

static digest row_of(const hot_study *s, const uint64_t *word, size_t i)
{
    const hot_loaded *l = &s->loaded;
    const hot_incidents *t = &l->incidents;
    uint64_t value[] = {
        (uint64_t)t->from[i],
        t->has_to[i] ? (uint64_t)t->to[i] : 0,
        t->precision[i] | (uint64_t)t->has_to[i] << 8 |
            (t->has_to[i] ? (uint64_t)t->to_precision[i] << 16 : 0) | split_of(s, i),
        bits(l->points.x[t->point[i]]),
        bits(l->points.y[t->point[i]]),
        bits(t->weight[i]),
        t->id_hash[i],
        word[t->type[i]],
        word[t->label[i]],
        word[t->address[i]],
        word[t->key[i]],
        word[t->case_[i]],
    };
    digest d = {1, 2};
    chain(&d, value, sizeof value);
    if (t->precision_m[i] > 0) chain(&d, &t->precision_m[i], sizeof t->precision_m[i]);
    return d;
}

static hot_status add_rows(const hot_study *s, digest *d)
{
    const hot_loaded *l = &s->loaded;
    const hot_words *words = &l->incidents.words;
    uint64_t *word = hot_new(words->n + 1, sizeof *word);
    if (!word) return HOT_MEMORY;
    for (size_t k = 0; k < words->n; k++) word[k] = hot_hash(words->text[k], words->length[k], 3);
    enum { AHEAD = 16 }; /* points lie anywhere: ask for them before they are waited for */
    const hot_incidents *t = &l->incidents;
    uint64_t a = 0, b = 0; /* sums wrap: any order gives the same */
#pragma omp parallel for num_threads(hot_threads(s->threads)) reduction(+ : a, b)
    for (size_t i = 0; i < t->n; i++) {
        uint32_t ahead = t->point[i + AHEAD < t->n ? i + AHEAD : i];
        __builtin_prefetch(&l->points.x[ahead]);
        __builtin_prefetch(&l->points.y[ahead]);
        digest row = row_of(s, word, i);
        a += row.a;
        b += row.b;
    }
    hot_free(word);
    digest sum = {a, b};
    chain(d, &sum, sizeof sum);
    return HOT_OK;
}

/* ---- rows that were not accepted ---- */

/** What is wrong with each and in which column; neither file nor line, as with the others. */
static void add_rejects(const hot_loaded *l, digest *d)
{
    digest sum = {0, 0};
    for (size_t k = 0; k < l->n_inputs; k++)
        for (size_t r = 0; r < l->inputs[k].rejects.n; r++) {
            const hot_reject *one = &l->inputs[k].rejects.row[r];
            uint64_t value[] = {one->column, (uint64_t)one->reason};
            digest row = {6, 7};
            chain(&row, value, sizeof value);
            sum.a += row.a;
            sum.b += row.b;
        }
    chain(d, &sum, sizeof sum);
}

/* ---- areas ---- */

static void add_shapes(digest *d, const hot_shapes *s)
{
    chain(d, s->part, (s->n + 1) * sizeof *s->part);
    chain(d, s->ring, (s->n_parts + 1) * sizeof *s->ring);
    chain(d, s->point, (s->n_rings + 1) * sizeof *s->point);
    chain(d, s->x, s->n_points * sizeof *s->x);
    chain(d, s->y, s->n_points * sizeof *s->y);
}

static void add_numbers(digest *d, const double *value, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        uint64_t one = bits(value[k]);
        chain(d, &one, sizeof one);
    }
}

/** What was read of the areas besides their own file. */
static void add_beside(digest *d, const hot_areas *a)
{
    for (size_t k = 0; k < a->n && a->group; k++) chain_text(d, a->group[k]);
    for (size_t k = 0; k < a->n && a->from; k++) chain_text(d, a->from[k]);
    for (size_t k = 0; k < a->n && a->version; k++) chain_text(d, a->version[k]);
    for (size_t u = 0; u < a->n_uppers; u++)
        for (size_t k = 0; k < a->n; k++) chain_text(d, a->uppers[u].code[k]);
    for (size_t u = 0; u < a->n_denominators; u++) add_numbers(d, a->denominators[u].value, a->n);
    for (size_t y = 0; y < a->n_yearly; y++) {
        uint64_t one[3] = {a->yearly[y].area, (uint64_t)a->yearly[y].year,
                           bits(a->yearly[y].people)};
        chain(d, one, sizeof one);
    }
    for (size_t c = 0; c < a->n_joined; c++) {
        chain_text(d, a->joined[c].field);
        for (size_t k = 0; k < a->n; k++) chain_text(d, a->joined[c].text[k]);
    }
}

static void add_areas(digest *d, const hot_areas *a)
{
    chain_text(d, a->name);
    for (size_t k = 0; k < a->n; k++) {
        uint64_t people = bits(a->population ? a->population[k] : -1);
        chain_text(d, a->code[k]);
        chain_text(d, a->label ? a->label[k] : NULL);
        chain_text(d, a->parent ? a->parent[k] : NULL);
        chain(d, &people, sizeof people);
    }
    add_beside(d, a);
    if (a->n) add_shapes(d, &a->shapes);
}

/* ---- what was made of them ---- */

static void add_context(digest *d, const hot_layer *l)
{
    chain(d, &l->n, sizeof l->n);
    for (size_t row = 0; row < l->n; row++) {
        chain_text(d, hot_layer_text(l, "name", row));
        chain_text(d, hot_layer_text(l, "type", row));
    }
    if (l->x) chain(d, l->x, l->n * sizeof *l->x);
    if (l->y) chain(d, l->y, l->n * sizeof *l->y);
    if (l->shapes.n) add_shapes(d, &l->shapes);
}

static void add_value(digest *d, const hot_values *v, size_t row)
{
    if (v->text) {
        chain_text(d, v->text[row]);
        return;
    }
    bool missing = v->real ? isnan(v->real[row]) : v->missing && v->missing[row];
    uint64_t value[] = {missing, 0};
    if (!missing) value[1] = v->real ? bits(v->real[row]) : (uint64_t)v->integer[row];
    chain(d, value, sizeof value);
}

/** A table may follow from a file that an option names: shifts, a calendar. */
static void add_table(digest *d, const hot_layer *l)
{
    chain_text(d, l->about);
    chain(d, &l->n, sizeof l->n);
    for (size_t k = 0; k < l->n_columns; k++)
        for (size_t row = 0; row < l->n; row++) add_value(d, &l->values[k], row);
}

/** Tables count as a whole, but for that of coverage, which tells of files: a run is not named
 * after them. So do hot squares, which may follow from a file of polygons. */
static bool is_counted(const hot_layer *l)
{
    if (strcmp(l->name, "gistar") == 0) return true;
    return l->declared->geometry == HOT_NO_GEOMETRY && strcmp(l->name, "coverage") != 0;
}

/** Of the layers on the map the name does: the rows and the areas decide the rest. */
static void add_layers(digest *d, const hot_result *made)
{
    for (size_t k = 0; k < made->n; k++) {
        chain_text(d, made->layers[k].name);
        if (strncmp(made->layers[k].name, "context_", 8) == 0) add_context(d, &made->layers[k]);
        if (is_counted(&made->layers[k])) add_table(d, &made->layers[k]);
    }
}

hot_status hot_identity_format(const hot_study *s, const hot_result *made, char text[33])
{
    digest d = {4, 5};
    HOT_TRY(add_rows(s, &d));
    add_rejects(&s->loaded, &d);
    for (size_t k = 0; k < s->n_sets; k++) add_areas(&d, &s->sets[k].areas);
    add_layers(&d, made);
    snprintf(text, 33, "%016" PRIx64 "%016" PRIx64, d.a, d.b);
    return HOT_OK;
}
