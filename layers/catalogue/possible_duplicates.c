/* Incidents that two agencies may both have recorded: same place, same day. Listed, never merged.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/number.h"
#include "layers/catalogue/catalogue.h"
#include "layers/coarse.h"
#include "layers/remarks.h"
#include "layers/sources.h"

static const hot_column columns[] = {
    {"match", HOT_INTEGER, "Match", "",
     "Rows of one number are of one place and day, in the "
     "records of two agencies or more."},
    {"day", HOT_TEXT, "Day", "", "Local ISO date."},
    {"place_key", HOT_TEXT, "Place", "",
     "UPRN or address where given, else the coordinates to 0.01 m."},
    {"source", HOT_TEXT, "Agency", "", "Whose record it is."},
    {"incident_id", HOT_TEXT, "Incident", "", "As in the input; none where it has none."},
    {"source_file", HOT_TEXT, "File", "", "The input file."},
    {"source_line", HOT_INTEGER, "Line", "", "The line of that file where the row begins."},
};

static const hot_declaration layer = {
    .name = "possible_duplicates",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Possible duplicates between agencies",
    .about = "Incidents of one place and one day on the books of two agencies or more. They may "
             "be one incident or several: all of them are counted, and none was merged.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

static const hot_declaration *const layers[] = {&layer};

enum { DAY = 86400 };

/** An incident whose day and place are known. */
typedef struct {
    int64_t day;
    uint32_t row, point, key, source;
    uint32_t head; /* of its match: the first of those that it is joined to */
} met;

/** A key on a day, and which incident has it. */
typedef struct {
    int64_t day;
    uint32_t key, at;
} keyed;

typedef struct {
    const hot_study *study;
    size_t n, compared;
    met *one;        /* [n] by day, then point, then row */
    uint8_t *shared; /* [n] of heads: 1 = by two agencies or more */
} meetings;

static int64_t day_of(int64_t second)
{
    return (second >= 0 ? second : second - (DAY - 1)) / DAY;
}

static int compare(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_point(const void *a, const void *b)
{
    const met *p = a, *q = b;
    int order = compare(p->day, q->day);
    if (order == 0) order = compare(p->point, q->point);
    return order ? order : compare(p->row, q->row);
}

static int by_key(const void *a, const void *b)
{
    const keyed *p = a, *q = b;
    int order = compare(p->day, q->day);
    if (order == 0) order = compare(p->key, q->key);
    return order ? order : compare(p->at, q->at);
}

/** Those inside that are known to the day and to a place. */
static void take_rows(meetings *m)
{
    const hot_study *s = m->study;
    const hot_incidents *t = &s->loaded.incidents;
    for (size_t k = 0; k < s->n_inside; k++) {
        uint32_t i = s->inside[k], source = (uint32_t)hot_source_of_row(s, i);
        if (t->precision[i] < HOT_DAY || hot_is_coarse(s, k)) continue;
        m->one[m->n++] = (met){day_of(t->from[i]), i, t->point[i], t->key[i], source, 0};
    }
    m->compared = m->n;
    if (m->n) qsort(m->one, m->n, sizeof *m->one, by_point);
    for (size_t k = 0; k < m->n; k++) m->one[k].head = (uint32_t)k;
}

static uint32_t head_of(const meetings *m, uint32_t k)
{
    while (m->one[k].head != k) k = m->one[k].head;
    return k;
}

static void join(meetings *m, uint32_t a, uint32_t b)
{
    a = head_of(m, a);
    b = head_of(m, b);
    if (a < b) m->one[b].head = a;
    if (b < a) m->one[a].head = b;
}

static hot_status join_keys(meetings *m)
{
    size_t n = 0;
    keyed *list = hot_new_raw(m->n, sizeof *list);
    if (!list) return HOT_MEMORY;
    for (size_t k = 0; k < m->n; k++)
        if (m->one[k].key) list[n++] = (keyed){m->one[k].day, m->one[k].key, (uint32_t)k};
    if (n) qsort(list, n, sizeof *list, by_key);
    for (size_t k = 1; k < n; k++)
        if (list[k].day == list[k - 1].day && list[k].key == list[k - 1].key)
            join(m, list[k - 1].at, list[k].at);
    hot_free(list);
    return HOT_OK;
}

/** Join what is of one day and place: one point, or one key. */
static hot_status join_all(meetings *m)
{
    for (size_t k = 1; k < m->n; k++)
        if (m->one[k].day == m->one[k - 1].day && m->one[k].point == m->one[k - 1].point)
            join(m, (uint32_t)k - 1, (uint32_t)k);
    HOT_TRY(join_keys(m));
    for (size_t k = 0; k < m->n; k++) {
        uint32_t head = m->one[k].head = head_of(m, (uint32_t)k);
        m->shared[head] = m->shared[head] || m->one[k].source != m->one[head].source;
    }
    return HOT_OK;
}

/* ---- the layer ---- */

/** By match, then agency, then row. */
static int by_match(const void *a, const void *b)
{
    const met *p = a, *q = b;
    int order = compare(p->head, q->head);
    if (order == 0) order = compare(p->source, q->source);
    return order ? order : compare(p->row, q->row);
}

/** Keep those of matches between agencies alone. */
static void keep_shared(meetings *m)
{
    size_t kept = 0;
    for (size_t k = 0; k < m->n; k++)
        if (m->shared[m->one[k].head]) m->one[kept++] = m->one[k];
    m->n = kept;
    if (kept) qsort(m->one, kept, sizeof *m->one, by_match);
}

static hot_status set_place(const hot_study *s, const met *one, hot_layer *l, size_t row)
{
    char text[64];
    if (one->key)
        return hot_layer_set_text(l, "place_key", row,
                                  hot_incidents_word(&s->loaded.incidents, one->key));
    size_t n = hot_number_fixed(s->loaded.points.x[one->point], 2, text);
    text[n++] = ',';
    n += hot_number_fixed(s->loaded.points.y[one->point], 2, text + n);
    text[n] = 0;
    return hot_layer_set_text(l, "place_key", row, text);
}

static hot_status set_row(const hot_study *s, const met *one, int64_t match, hot_layer *l,
                          size_t row)
{
    char day[32];
    const hot_incidents *t = &s->loaded.incidents;
    hot_moment_format((hot_moment){one->day * DAY, HOT_DAY}, day);
    hot_layer_set_integer(l, "match", row, match);
    hot_layer_set_integer(l, "source_line", row, (int64_t)t->line[one->row]);
    HOT_TRY(hot_layer_set_text(l, "day", row, day));
    HOT_TRY(set_place(s, one, l, row));
    HOT_TRY(hot_layer_set_text(l, "source", row, s->source[one->source]));
    HOT_TRY(hot_layer_set_text(l, "incident_id", row, t->id[one->row]));
    return hot_layer_set_text(l, "source_file", row, s->loaded.inputs[t->file[one->row]].name);
}

/** Nothing listed is good news only where something was compared. */
static const char *about_of(const meetings *m)
{
    static const char none[] = "Nothing could be compared: no incident is known both to the day "
                               "and to a place. Agencies' records of the same incident, if there "
                               "are any, are counted twice.";
    return m->compared ? layer.about : none;
}

static hot_status make_layer(const meetings *m, hot_result *result, int64_t *matches)
{
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, m->n, l));
    l->about = about_of(m);
    for (size_t k = 0; k < m->n; k++) {
        *matches += k == 0 || m->one[k].head != m->one[k - 1].head;
        HOT_TRY(set_row(m->study, &m->one[k], *matches, l, k));
    }
    return HOT_OK;
}

static hot_status find(meetings *m)
{
    m->one = hot_new_raw(m->study->n_inside, sizeof *m->one);
    m->shared = hot_new(m->study->n_inside, 1);
    if (!m->one || !m->shared) return HOT_MEMORY;
    take_rows(m);
    HOT_TRY(join_all(m));
    keep_shared(m);
    return HOT_OK;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)error;
    meetings m = {.study = s};
    int64_t matches = 0;
    if (s->n_sources < 2) return HOT_OK;
    hot_status status = find(&m);
    if (status == HOT_OK) status = make_layer(&m, result, &matches);
    if (status == HOT_OK && matches)
        status = hot_remark(s,
                            "%" PRId64 " %s incidents of one day on the books of two "
                            "agencies or more; possible_duplicates lists them, and all are "
                            "counted.",
                            matches, matches == 1 ? "place has" : "places have");
    hot_free(m.one);
    hot_free(m.shared);
    return status;
}

const hot_analysis hot_analysis_possible_duplicates = {
    .word = "possible_duplicates",
    .about = "Incidents that two agencies may both have recorded",
    .layers = layers,
    .n_layers = 1,
    .make = make,
};
