/* The incidents of the run, one point each. */
#include <stdlib.h>
#include <string.h>

#include "engine/base/number.h"
#include "engine/space/radix.h"
#include "layers/catalogue/catalogue.h"
#include "layers/sources.h"

static const hot_column columns[] = {
    {"incident_id", HOT_TEXT, "Incident", "", "As in the input; none where it has none."},
    {"occurred_from", HOT_TEXT, "From (local time)", "",
     "Local ISO text, no finer than it was recorded."},
    {"occurred_to", HOT_TEXT, "To (local time)", "",
     "The end of a span of time; empty where none was given."},
    {"occurred_precision", HOT_TEXT, "Precision of the time", "", "month, day, minute or second."},
    {"type", HOT_TEXT, "Type", "", "As in the input."},
    {"weight", HOT_REAL, "Weight", "incidents", "1 where no weights were given; empty = none."},
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

/* ---- the order of the rows: by time, then place, then content, whatever the input's order ---- */

typedef struct {
    const hot_study *study;
    uint32_t row;
} ordered;

/** Of rows of one time and place. */
static int by_content(const void *a, const void *b)
{
    const ordered *p = a, *q = b;
    const hot_incidents *t = &p->study->loaded.incidents;
    int type =
        strcmp(hot_incidents_word(t, t->type[p->row]), hot_incidents_word(t, t->type[q->row]));
    if (type) return type;
    const char *one = t->id[p->row] ? t->id[p->row] : "",
               *other = t->id[q->row] ? t->id[q->row] : "";
    int id = strcmp(one, other);
    if (id) return id;
    return p->row < q->row ? -1 : p->row > q->row; /* rows stand by content hash, then line */
}

static bool is_same_time_and_place(const hot_incidents *t, uint32_t a, uint32_t b)
{
    return t->from[a] == t->from[b] && t->point[a] == t->point[b];
}

static void order_runs(const hot_incidents *t, ordered *order, size_t n)
{
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && is_same_time_and_place(t, order[from].row, order[to].row);)
            to++;
        if (to - from > 1) qsort(order + from, to - from, sizeof *order, by_content);
    }
}

/** Sort rows by the half of their time's bits from `shift` on, counted from the earliest. */
static void sort_by_time(const hot_incidents *t, uint64_t *item, uint64_t *spare, uint32_t n,
                         int shift)
{
    int64_t least = INT64_MAX;
    uint64_t most = 0;
    for (uint32_t i = 0; i < n; i++)
        if (t->from[(uint32_t)item[i]] < least) least = t->from[(uint32_t)item[i]];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t row = (uint32_t)item[i];
        uint64_t key = ((uint64_t)t->from[row] - (uint64_t)least) >> shift & UINT32_MAX;
        if (key > most) most = key;
        item[i] = key << 32 | row;
    }
    hot_radix_sort(item, spare, n, most);
}

/** @param item, spare  [n_inside] */
static void order_rows(const hot_study *s, uint64_t *item, uint64_t *spare, ordered *order)
{
    const hot_incidents *t = &s->loaded.incidents;
    uint32_t n = (uint32_t)s->n_inside;
    for (uint32_t k = 0; k < n; k++)
        item[k] = (uint64_t)t->point[s->inside[k]] << 32 | s->inside[k];
    hot_radix_sort(item, spare, n, s->loaded.points.n);
    sort_by_time(t, item, spare, n, 0);
    sort_by_time(t, item, spare, n, 32);
    for (uint32_t k = 0; k < n; k++) order[k] = (ordered){s, (uint32_t)item[k]};
    order_runs(t, order, n);
}

/** The rows inside the study area, in order, or NULL without memory. */
static ordered *rows_in_order(const hot_study *s)
{
    uint64_t *item = hot_new_raw(s->n_inside, sizeof *item);
    uint64_t *spare = hot_new_raw(s->n_inside, sizeof *spare);
    ordered *order = hot_new_raw(s->n_inside, sizeof *order);
    if (item && spare && order)
        order_rows(s, item, spare, order);
    else {
        hot_free(order);
        order = NULL;
    }
    hot_free(item);
    hot_free(spare);
    return order;
}

hot_status hot_incidents_in_order(const hot_study *s, uint32_t *row)
{
    ordered *order = rows_in_order(s);
    for (size_t k = 0; k < s->n_inside && order; k++) row[k] = order[k].row;
    hot_free(order);
    return order ? HOT_OK : HOT_MEMORY;
}

/* ---- the columns: texts that the study holds are lent to the layer ---- */

/** A moment as text; rows in order of time often share it with the row before. */
typedef struct {
    hot_moment moment;
    const char *text;
} told;

static hot_status tell(hot_layer *l, hot_moment m, told *last, const char **text)
{
    char written[32];
    if (!last->text || m.second != last->moment.second || m.precision != last->moment.precision) {
        hot_moment_format(m, written);
        *last = (told){m, hot_arena_text(&l->arena, written, strlen(written))};
    }
    *text = last->text;
    return *text ? HOT_OK : HOT_MEMORY;
}

static hot_status set_times(const hot_incidents *t, const ordered *order, hot_layer *l)
{
    told from = {.text = NULL}, to = {.text = NULL};
    const char **began = hot_layer_column(l, "occurred_from")->text,
               **ended = hot_layer_column(l, "occurred_to")->text,
               **precision = hot_layer_column(l, "occurred_precision")->text;
    for (size_t k = 0; k < l->n; k++) {
        uint32_t i = order[k].row;
        hot_moment m = {t->from[i], (hot_precision)t->precision[i]};
        HOT_TRY(tell(l, m, &from, &began[k]));
        precision[k] = hot_precision_name(m.precision);
        m = (hot_moment){t->to[i], (hot_precision)t->to_precision[i]};
        if (t->has_to[i]) HOT_TRY(tell(l, m, &to, &ended[k]));
    }
    return HOT_OK;
}

/** The coordinates of a point to 0.01 m, written once for each. */
static const char *place_of(const hot_points *p, uint32_t point, const char **known, hot_layer *l)
{
    char text[64];
    if (known[point]) return known[point];
    size_t n = hot_number_fixed(p->x[point], 2, text);
    text[n++] = ',';
    n += hot_number_fixed(p->y[point], 2, text + n);
    return known[point] = hot_arena_text(&l->arena, text, n);
}

static hot_status set_places(const hot_study *s, const ordered *order, hot_layer *l)
{
    const hot_incidents *t = &s->loaded.incidents;
    const char **text = hot_layer_column(l, "place_key")->text;
    const char **known = hot_new(s->loaded.points.n, sizeof *known);
    hot_status status = known ? HOT_OK : HOT_MEMORY;
    for (size_t k = 0; k < l->n && status == HOT_OK; k++) {
        uint32_t i = order[k].row;
        text[k] = t->key[i] ? hot_incidents_word(t, t->key[i])
                            : place_of(&s->loaded.points, t->point[i], known, l);
        if (!text[k]) status = HOT_MEMORY;
    }
    hot_free(known);
    return status;
}

static void set_codes(const hot_study *s, const ordered *order, hot_layer *l)
{
    for (size_t k = 0; k < s->n_sets; k++) {
        const char **text = hot_codes_column(s, k, l);
        for (size_t row = 0; row < l->n; row++) {
            int32_t area = s->sets[k].area_of[s->loaded.incidents.point[order[row].row]];
            if (area >= 0) text[row] = s->sets[k].areas.code[area];
        }
    }
}

static void set_sources(const hot_study *s, const ordered *order, hot_layer *l)
{
    const hot_incidents *t = &s->loaded.incidents;
    const char **file = hot_layer_column(l, "source_file")->text;
    hot_values *line = hot_layer_column(l, "source_line");
    for (size_t k = 0; k < l->n; k++) {
        file[k] = s->loaded.inputs[t->file[order[k].row]].name;
        line->integer[k] = (int64_t)t->line[order[k].row];
    }
    memset(line->missing, 0, l->n);
}

/** Kind and agency, where they are known. */
static void set_splits(const hot_study *s, const ordered *order, hot_layer *l)
{
    const char **kind = s->kind ? hot_layer_column(l, "kind")->text : NULL;
    const char **source = s->n_sources ? hot_layer_column(l, "source")->text : NULL;
    for (size_t k = 0; k < l->n; k++) {
        uint32_t i = order[k].row;
        if (kind && s->kind[i] != HOT_UNMAPPED) kind[k] = hot_kind_name((hot_kind)s->kind[i]);
        if (source) source[k] = s->source[hot_source_of_row(s, i)];
    }
}

static void set_content(const hot_incidents *t, const ordered *order, hot_layer *l)
{
    const char **id = hot_layer_column(l, "incident_id")->text,
               **type = hot_layer_column(l, "type")->text;
    double *weight = hot_layer_column(l, "weight")->real;
    hot_values *precision = hot_layer_column(l, "precision_m");
    for (size_t k = 0; k < l->n; k++) {
        uint32_t i = order[k].row;
        id[k] = t->id[i];
        type[k] = hot_incidents_word(t, t->type[i]);
        weight[k] = t->weight[i];
        if (precision && t->precision_m[i] > 0) precision->real[k] = (double)t->precision_m[i];
    }
}

static void set_positions(const hot_study *s, const ordered *order, hot_layer *l)
{
    const hot_points *p = &s->loaded.points;
    for (size_t k = 0; k < l->n; k++) {
        uint32_t point = s->loaded.incidents.point[order[k].row];
        l->x[k] = p->x[point];
        l->y[k] = p->y[point];
    }
}

static hot_status set_rows(const hot_study *s, const ordered *order, hot_layer *l)
{
    set_positions(s, order, l);
    set_content(&s->loaded.incidents, order, l);
    set_codes(s, order, l);
    set_sources(s, order, l);
    set_splits(s, order, l);
    HOT_TRY(set_times(&s->loaded.incidents, order, l));
    return set_places(s, order, l);
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

/** Only where codes were mapped, or sources named. */
static hot_status declare_splits(const hot_study *s, hot_layer *l)
{
    if (s->kind)
        HOT_TRY(hot_layer_add_column(l, "kind", HOT_TEXT, "Kind of ASB", "",
                                     "personal, nuisance or environmental, by its codes; empty "
                                     "where they are not mapped."));
    if (s->n_sources == 0) return HOT_OK;
    return hot_layer_add_column(l, "source", HOT_TEXT, "Agency", "", "Whose record it is.");
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)error;
    if (hot_settings_is(s->settings, "incidents", "no")) return HOT_OK;
    hot_layer *l = hot_result_add(result);
    ordered *order = l ? rows_in_order(s) : NULL;
    if (!order) return HOT_MEMORY;
    hot_status status = hot_layer_new(&layer, NULL, NULL, s->n_inside, l);
    if (status == HOT_OK) status = hot_codes_declare(s, l);
    if (status == HOT_OK) status = declare_precision(s, l);
    if (status == HOT_OK) status = declare_splits(s, l);
    if (status == HOT_OK) status = set_rows(s, order, l);
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
