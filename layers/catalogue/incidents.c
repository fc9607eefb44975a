/* The incidents of the run, one point each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layers/catalogue/catalogue.h"

static const hot_column columns[] = {
    {"incident_id", HOT_TEXT, "Incident", "", "As in the input; none where it has none."},
    {"occurred_from", HOT_TEXT, "From (local time)", "",
     "Local ISO text, no finer than it was recorded."},
    {"occurred_to", HOT_TEXT, "To (local time)", "",
     "The end of a span of time; empty where none was given."},
    {"occurred_precision", HOT_TEXT, "Precision of the time", "", "month, day, minute or second."},
    {"type", HOT_TEXT, "Type", "", "As in the input."},
    {"weight", HOT_REAL, "Weight", "incidents", "1 where no weights were given."},
    {"place_key", HOT_TEXT, "Place", "",
     "UPRN or address where given, else the coordinates to 0.01 m: one key is one place."},
    {"ward_code", HOT_TEXT, "Ward", "", "The ward that holds it."},
    {"beat_code", HOT_TEXT, "Beat", "", "The beat that holds it."},
    {"source_file", HOT_TEXT, "File", "", "The input file."},
    {"source_line", HOT_INTEGER, "Line", "", "The line of that file where the row begins."},
};

static const hot_code precisions[] = {{"month", "Known to the month"},
                                      {"day", "Known to the day"},
                                      {"minute", "Known to the minute"},
                                      {"second", "Known to the second"}};
static const hot_coding codings[] = {HOT_CODING("occurred_precision", precisions)};

static const hot_declaration layer = {
    .name = "incidents",
    .style = "incidents",
    .geometry = HOT_POINT,
    .title = "Incidents",
    .about = "The incidents of the run: of the types and dates asked for, inside the study area.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

static const hot_declaration *const layers[] = {&layer};

/** The order of rows in the file: by time, then place, then content, whatever the input's order. */
typedef struct {
    const hot_study *study;
    uint32_t row;
} ordered;

static int by_time(const void *a, const void *b)
{
    const ordered *p = a, *q = b;
    const hot_incidents *t = &p->study->loaded.incidents;
    if (t->from[p->row] != t->from[q->row]) return t->from[p->row] < t->from[q->row] ? -1 : 1;
    if (t->point[p->row] != t->point[q->row]) return t->point[p->row] < t->point[q->row] ? -1 : 1;
    int type =
        strcmp(hot_incidents_word(t, t->type[p->row]), hot_incidents_word(t, t->type[q->row]));
    if (type) return type;
    const char *one = t->id[p->row] ? t->id[p->row] : "",
               *other = t->id[q->row] ? t->id[q->row] : "";
    int id = strcmp(one, other);
    if (id) return id;
    return p->row < q->row ? -1 : p->row > q->row; /* rows stand by content hash, then line */
}

static hot_status set_times(const hot_incidents *t, uint32_t i, hot_layer *l, size_t row)
{
    char text[32];
    hot_moment from = {t->from[i], (hot_precision)t->precision[i]};
    hot_moment to = {t->to[i], (hot_precision)t->to_precision[i]};
    hot_moment_format(from, text);
    HOT_TRY(hot_layer_set_text(l, "occurred_from", row, text));
    HOT_TRY(hot_layer_set_text(l, "occurred_precision", row, hot_precision_name(from.precision)));
    if (!t->has_to[i]) return HOT_OK;
    hot_moment_format(to, text);
    return hot_layer_set_text(l, "occurred_to", row, text);
}

/** Only where a position is that of a square: most input says points. */
static hot_status declare_precision(const hot_study *s, hot_layer *l)
{
    for (size_t k = 0; k < s->n_inside; k++)
        if (s->loaded.incidents.precision_m[s->inside[k]] > 0)
            return hot_layer_add_column(l, "precision_m", HOT_REAL, "Position known to", "m",
                                        "Side of the square that the position names; empty for a "
                                        "point.");
    return HOT_OK;
}

static hot_status set_row(const hot_study *s, uint32_t i, hot_layer *l, size_t row)
{
    const hot_incidents *t = &s->loaded.incidents;
    const hot_points *p = &s->loaded.points;
    uint32_t point = t->point[i];
    char place[64];
    snprintf(place, sizeof place, "%.2f,%.2f", p->x[point], p->y[point]);
    l->x[row] = p->x[point];
    l->y[row] = p->y[point];
    HOT_TRY(hot_layer_set_text(l, "incident_id", row, t->id[i]));
    HOT_TRY(set_times(t, i, l, row));
    HOT_TRY(hot_layer_set_text(l, "type", row, hot_incidents_word(t, t->type[i])));
    hot_layer_set_real(l, "weight", row, t->weight[i]);
    HOT_TRY(hot_layer_set_text(l, "place_key", row,
                               t->key[i] ? hot_incidents_word(t, t->key[i]) : place));
    HOT_TRY(hot_codes_set(s, l, row, point));
    if (t->precision_m[i] > 0) hot_layer_set_real(l, "precision_m", row, (double)t->precision_m[i]);
    HOT_TRY(hot_layer_set_text(l, "source_file", row, s->loaded.inputs[t->file[i]].name));
    hot_layer_set_integer(l, "source_line", row, (int64_t)t->line[i]);
    return HOT_OK;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)error;
    if (hot_settings_is(s->settings, "incidents", "no")) return HOT_OK;
    hot_layer *l = hot_result_add(result);
    ordered *order = hot_new_raw(s->n_inside, sizeof *order);
    if (!l || !order) {
        hot_free(order);
        return HOT_MEMORY;
    }
    for (size_t k = 0; k < s->n_inside; k++) order[k] = (ordered){s, s->inside[k]};
    qsort(order, s->n_inside, sizeof *order, by_time);
    hot_status status = hot_layer_new(&layer, NULL, NULL, s->n_inside, l);
    if (status == HOT_OK) status = hot_codes_declare(s, l);
    if (status == HOT_OK) status = declare_precision(s, l);
    for (size_t k = 0; k < s->n_inside && status == HOT_OK; k++)
        status = set_row(s, order[k].row, l, k);
    hot_free(order);
    return status;
}

const hot_analysis hot_analysis_incidents = {
    .word = "incidents",
    .about = "The incidents themselves",
    .layers = layers,
    .n_layers = 1,
    .make = make,
};
