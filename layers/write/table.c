#include "layers/write/table.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/number.h"
#include "engine/incidents/csv.h"
#include "layers/write/inert.h"

static hot_status add(hot_bytes *b, const char *text)
{
    return hot_bytes_add(b, text, strlen(text));
}

/** What a spreadsheet would run: =, +, -, @, and what it strips before looking (TAB, CR, LF). */
static bool is_formula(const char *text)
{
    return *text && strchr("=+-@\t\r\n", *text) != NULL;
}

/** As hot_table_add_text, for text that is UTF-8. */
static hot_status add_field(hot_bytes *b, const char *text)
{
    bool guard = is_formula(text);
    if (!guard && !strpbrk(text, ",\"\r\n")) return add(b, text);
    HOT_TRY(add(b, guard ? "\"'" : "\""));
    for (const char *c = text; *c; c++)
        HOT_TRY(hot_bytes_add(b, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1));
    return add(b, "\"");
}

hot_status hot_table_add_text(hot_bytes *b, const char *text)
{
    hot_bytes whole = {0};
    if (hot_utf8_is(text, strlen(text))) return add_field(b, text);
    hot_status status = hot_inert_utf8(&whole, text);
    if (status == HOT_OK) status = hot_bytes_add(&whole, "", 1);
    if (status == HOT_OK) status = add_field(b, (const char *)whole.data);
    hot_bytes_free(&whole);
    return status;
}

static hot_status add_count(hot_bytes *b, int64_t n)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, n);
    return add(b, text);
}

static hot_status add_number(hot_bytes *b, double value)
{
    char text[32];
    hot_number_format(value, text);
    return add(b, text);
}

static hot_status add_value(const hot_values *v, size_t row, hot_bytes *b)
{
    switch (v->column.type) {
    case HOT_INTEGER:
        return v->missing && v->missing[row] ? HOT_OK : add_count(b, v->integer[row]);
    case HOT_REAL:
        return add_number(b, v->real[row]);
    default:
        return v->text[row] ? hot_table_add_text(b, v->text[row]) : HOT_OK;
    }
}

hot_status hot_table_format(const hot_layer *l, hot_bytes *b)
{
    bool points = l->declared->geometry == HOT_POINT;
    for (size_t k = 0; k < l->n_columns; k++) {
        HOT_TRY(add(b, k ? "," : ""));
        HOT_TRY(hot_table_add_text(b, l->values[k].column.name));
    }
    HOT_TRY(add(b, points ? ",x,y\r\n" : "\r\n"));
    for (size_t row = 0; row < l->n; row++) {
        for (size_t k = 0; k < l->n_columns; k++) {
            HOT_TRY(add(b, k ? "," : ""));
            HOT_TRY(add_value(&l->values[k], row, b));
        }
        if (points) {
            HOT_TRY(add(b, ","));
            HOT_TRY(add_number(b, l->x[row]));
            HOT_TRY(add(b, ","));
            HOT_TRY(add_number(b, l->y[row]));
        }
        HOT_TRY(add(b, "\r\n"));
    }
    return HOT_OK;
}

/* ---- what the tables mean ---- */

static hot_status add_line(hot_bytes *b, const char *const field[5], const char *meaning)
{
    for (int k = 0; k < 5; k++) {
        HOT_TRY(hot_table_add_text(b, field[k]));
        HOT_TRY(add(b, ","));
    }
    HOT_TRY(hot_table_add_text(b, meaning));
    return add(b, "\r\n");
}

/** The sentence, and what each value stands for. */
static hot_status add_meaning(const hot_column *c, const hot_coding *coding, hot_bytes *text)
{
    HOT_TRY(add(text, c->about));
    for (size_t k = 0; coding && k < coding->n; k++) {
        HOT_TRY(add(text, k ? "; " : *c->about ? " Values: " : "Values: "));
        HOT_TRY(add(text, coding->codes[k].value));
        HOT_TRY(add(text, " = "));
        HOT_TRY(add(text, coding->codes[k].label));
    }
    if (coding && coding->n) HOT_TRY(add(text, "."));
    return hot_bytes_add(text, "", 1);
}

static hot_status add_column(const hot_layer *l, const hot_column *c, hot_bytes *b)
{
    static const char *const types[] = {
        [HOT_INTEGER] = "integer", [HOT_REAL] = "real", [HOT_TEXT] = "text"};
    hot_bytes text = {0};
    hot_status status = add_meaning(c, hot_coding_of(l->declared, c->name), &text);
    if (status == HOT_OK)
        status = add_line(b, (const char *[]){l->name, c->name, c->alias, types[c->type], c->unit},
                          (const char *)text.data);
    hot_bytes_free(&text);
    return status;
}

hot_status hot_table_format_about_head(hot_bytes *b)
{
    return add(b, "\xef\xbb\xbftable,column,title,type,unit,meaning\r\n");
}

hot_status hot_table_format_about(const hot_layer *l, hot_bytes *b)
{
    HOT_TRY(add_line(b, (const char *[]){l->name, "", l->title, "", ""}, l->about));
    for (size_t k = 0; k < l->n_columns; k++) HOT_TRY(add_column(l, &l->values[k].column, b));
    return HOT_OK;
}

static hot_status add_rejects(const hot_input *in, hot_bytes *b)
{
    for (size_t r = 0; r < in->rejects.n; r++) {
        const hot_reject *one = &in->rejects.row[r];
        HOT_TRY(hot_table_add_text(b, in->name));
        HOT_TRY(add(b, ","));
        HOT_TRY(add_count(b, (int64_t)one->line));
        HOT_TRY(add(b, ","));
        if (one->column) HOT_TRY(add_count(b, one->column));
        HOT_TRY(add(b, ","));
        HOT_TRY(add(b, hot_reason_name(one->reason)));
        HOT_TRY(add(b, "\r\n"));
    }
    return HOT_OK;
}

/** By name, so that a person finds them; files of one name by their content. */
static int by_name(const void *a, const void *b)
{
    const hot_input *const *p = a, *const *q = b;
    int order = strcmp((*p)->name, (*q)->name);
    return order ? order : strcmp((*p)->content.sha256, (*q)->content.sha256);
}

hot_status hot_table_format_rejects(const hot_loaded *loaded, hot_bytes *b)
{
    const hot_input **order = hot_new(loaded->n_inputs, sizeof *order);
    if (!order) return HOT_MEMORY;
    for (size_t k = 0; k < loaded->n_inputs; k++) order[k] = &loaded->inputs[k];
    qsort(order, loaded->n_inputs, sizeof *order, by_name);
    hot_status status = add(b, "file,line,column,reason\r\n");
    for (size_t k = 0; k < loaded->n_inputs && status == HOT_OK; k++)
        status = add_rejects(order[k], b);
    hot_free(order);
    return status;
}

hot_status hot_table_format_duplicates(const hot_loaded *loaded, hot_bytes *b)
{
    HOT_TRY(add(b, "file,line,repeats_file,repeats_line\r\n"));
    for (size_t k = 0; k < loaded->n_duplicates; k++) {
        const hot_duplicate *d = &loaded->duplicates[k];
        HOT_TRY(hot_table_add_text(b, loaded->inputs[d->file].name));
        HOT_TRY(add(b, ","));
        HOT_TRY(add_count(b, d->line));
        HOT_TRY(add(b, ","));
        HOT_TRY(hot_table_add_text(b, loaded->inputs[d->first_file].name));
        HOT_TRY(add(b, ","));
        HOT_TRY(add_count(b, d->first_line));
        HOT_TRY(add(b, "\r\n"));
    }
    return HOT_OK;
}
