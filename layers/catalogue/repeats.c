/* Repeat locations: the places that keep coming back. */
#include "engine/repeats/repeats.h"

#include <string.h>

#include "engine/base/number.h"
#include "engine/repeats/places.h"
#include "layers/catalogue/catalogue.h"
#include "layers/coarse.h"

static const hot_column columns[] = {
    {"place_key", HOT_TEXT, "Place", "",
     "UPRN or address where given, else the coordinates to 0.01 m."},
    {"label", HOT_TEXT, "Label", "", "The place in words, from the incidents."},
    {"snapped", HOT_INTEGER, "Anonymised map point", "",
     "1 = an anonymised map point that stands for many addresses; 0 = a place."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period", "At this place."},
    {"rank", HOT_INTEGER, "Rank", "", "1 = most incidents; equal counts have equal ranks."},
    {"first", HOT_TEXT, "First", "", "The earliest incident, local ISO text."},
    {"last", HOT_TEXT, "Last", "", "The latest incident, local ISO text."},
    {"ward_code", HOT_TEXT, "Ward", "", "The ward that holds it."},
    {"beat_code", HOT_TEXT, "Beat", "", "The beat that holds it."},
    {"case_review", HOT_INTEGER, "For case review", "",
     "1 = as many reports within as many months as call for a case review; empty = not judged."},
    {"class", HOT_INTEGER, "Class", "",
     "1 = two, 2 = three to four, 3 = five to nine, 4 = ten "
     "and more."},
};

static const hot_code snapped[] = {{"1", "Anonymised map point"}, {"0", "Place"}};
static const hot_code case_review[] = {{"1", "Calls for a case review"},
                                       {"0", "Does not call for one"}};
static const hot_code classes[] = {
    {"1", "two incidents"}, {"2", "three to four"}, {"3", "five to nine"}, {"4", "ten and more"}};
static const hot_coding codings[] = {HOT_CODING("snapped", snapped),
                                     HOT_CODING("case_review", case_review),
                                     HOT_CODING("class", classes)};

static const hot_declaration layer = {
    .name = "repeats",
    .style = "repeats",
    .geometry = HOT_POINT,
    .title = "Repeat places",
    .about = "Places with two incidents or more in the period. On anonymised data these are map "
             "points, each of which stands for many addresses.",
    .citation = "Farrell and Pease (1993), Once Bitten, Twice Bitten, Crime Prevention Unit 46.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

static const hot_column table_columns[] = {
    {"incidents_at_place", HOT_TEXT, "Incidents at the place", "", "1, 2, 3, 4, or 5 and more."},
    {"places", HOT_INTEGER, "Places", "places", "How many places have that many."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period", "At those places together."},
    {"share", HOT_REAL, "Share of all incidents (0 to 1)", "0 to 1",
     "Of the incidents inside the study area."},
};

static const hot_code how_many[] = {
    {"1", "One"}, {"2", "Two"}, {"3", "Three"}, {"4", "Four"}, {"5 and more", "Five and more"}};
static const hot_coding table_codings[] = {HOT_CODING("incidents_at_place", how_many)};

static const hot_declaration table = {
    .name = "repeats_table",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Places by how many incidents they have",
    .about = "How many places have one incident in the period, how many two, and so on.",
    .citation = "",
    .columns = table_columns,
    .n_columns = sizeof table_columns / sizeof *table_columns,
    .codings = table_codings,
    .n_codings = sizeof table_codings / sizeof *table_codings,
};

static const hot_declaration *const layers[] = {&layer, &table};

static const hot_option options[] = {
    {"repeats-tolerance", HOT_OPTION_METRES, "DISTANCE", "0m", NULL, "Repeat places",
     "places without a key are one when their coordinates, rounded to this, are", false},
};

/** What a place is called and how finely its dates are known. */
typedef struct {
    uint32_t word; /* 0 = none */
    uint8_t precision;
} named;

/** The places of a study's incidents, and those of them that repeat: the rows of the layer. */
typedef struct {
    hot_places places;
    uint32_t *place; /* [n_inside] */
    uint32_t *count; /* [places] */
    size_t n;
    uint32_t *order, *rank; /* [n] the place of each row */
    int32_t *row;           /* [n_inside] of the incident's place; negative = none */
    hot_repeats_span *span; /* [n] */
    named *named;           /* [n] */
} findings;

static void findings_free(findings *f)
{
    hot_places_free(&f->places);
    hot_free(f->place);
    hot_free(f->count);
    hot_free(f->order);
    hot_free(f->rank);
    hot_free(f->row);
    hot_free(f->span);
    hot_free(f->named);
}

/** The columns of the incidents inside that places are found by. */
typedef struct {
    uint32_t *point, *key; /* [n_inside] */
    int64_t *from;
} inside;

static hot_status take_inside(const hot_study *s, inside *in)
{
    const hot_incidents *t = &s->loaded.incidents;
    size_t n = s->n_inside;
    in->point = hot_new_raw(n, sizeof *in->point);
    in->key = hot_new_raw(n, sizeof *in->key);
    in->from = hot_new_raw(n, sizeof *in->from);
    if (!in->point || !in->key || !in->from) return HOT_MEMORY;
#pragma omp parallel for schedule(static) num_threads(s->threads)
    for (size_t k = 0; k < n; k++) {
        in->point[k] = t->point[s->inside[k]];
        in->key[k] = t->key[s->inside[k]];
        in->from[k] = t->from[s->inside[k]];
    }
    return HOT_OK;
}

static void inside_free(inside *in)
{
    hot_free(in->point);
    hot_free(in->key);
    hot_free(in->from);
}

static hot_status find_places(const hot_study *s, const inside *in, findings *f)
{
    f->place = hot_new_raw(s->n_inside, sizeof *f->place);
    if (!f->place) return HOT_MEMORY;
    return hot_places_find(in->point, in->key, s->n_inside, s->threads,
                           s->loaded.incidents.words.text, s->loaded.points.x, s->loaded.points.y,
                           hot_settings_number(s->settings, "repeats-tolerance"), f->place,
                           &f->places);
}

/** From the row of every place to that of every incident. */
static hot_status set_rows_of(const hot_study *s, findings *f)
{
    int32_t *row_of = hot_new_raw(f->places.n, sizeof *row_of);
    f->row = hot_new_raw(s->n_inside, sizeof *f->row);
    bool room = row_of && f->row;
    if (room) {
        memset(row_of, 0xff, f->places.n * sizeof *row_of);
        for (size_t k = 0; k < f->n; k++) row_of[f->order[k]] = (int32_t)k;
#pragma omp parallel for schedule(static) num_threads(s->threads)
        for (size_t k = 0; k < s->n_inside; k++)
            f->row[k] = hot_is_coarse(s, k) ? -1 : row_of[f->place[k]];
    }
    hot_free(row_of);
    return room ? HOT_OK : HOT_MEMORY;
}

/** A coarse position is no place: its incidents count at none. */
static void leave_coarse(const hot_study *s, findings *f)
{
    for (size_t k = 0; s->coarse && k < s->n_inside; k++)
        if (hot_is_coarse(s, k)) f->count[f->place[k]]--;
}

static hot_status find_repeats(const hot_study *s, findings *f)
{
    size_t n = f->places.n;
    f->count = hot_new_raw(n, sizeof *f->count);
    f->order = hot_new_raw(n, sizeof *f->order);
    f->rank = hot_new_raw(n, sizeof *f->rank);
    if (!f->count || !f->order || !f->rank) return HOT_MEMORY;
    hot_repeats_count(f->place, s->n_inside, n, f->count);
    leave_coarse(s, f);
    HOT_TRY(hot_repeats_rank(f->count, n, f->order, f->rank, &f->n));
    return set_rows_of(s, f);
}

/** A place's label: the first of its incidents' addresses or streets in the order of the alphabet,
 *  whatever the order of the rows; and how finely its dates are known. */
static void name_places(const hot_study *s, findings *f)
{
    enum { AHEAD = 16 };
    const hot_incidents *t = &s->loaded.incidents;
    for (size_t k = 0; k < f->n; k++) f->named[k] = (named){0, HOT_SECOND};
    for (size_t k = 0; k < s->n_inside; k++) {
        int32_t row = f->row[k], ahead = f->row[k + AHEAD < s->n_inside ? k + AHEAD : k];
        if (ahead >= 0) __builtin_prefetch(&f->named[ahead], 1);
        if (row < 0) continue;
        uint32_t i = s->inside[k], word = t->address[i] ? t->address[i] : t->label[i];
        named *own = &f->named[row];
        if (t->precision[i] < own->precision) own->precision = t->precision[i];
        if (word == own->word || word == 0) continue; /* mostly: that of the rows before */
        if (own->word == 0 ||
            strcmp(hot_incidents_word(t, word), hot_incidents_word(t, own->word)) < 0)
            own->word = word;
    }
}

/** Spans and names side by side: neither looks at what the other writes. */
static hot_status describe_repeats(const hot_study *s, const inside *in, findings *f)
{
    f->span = hot_new_raw(f->n, sizeof *f->span);
    f->named = hot_new_raw(f->n, sizeof *f->named);
    if (!f->span || !f->named) return HOT_MEMORY;
#pragma omp parallel sections num_threads(s->threads < 2 ? 1 : 2)
    {
#pragma omp section
        hot_repeats_spans(f->row, in->from, s->n_inside, f->n, f->span);
#pragma omp section
        name_places(s, f);
    }
    return HOT_OK;
}

static hot_status find(const hot_study *s, findings *f)
{
    inside in = {0};
    hot_status status = take_inside(s, &in);
    if (status == HOT_OK) status = find_places(s, &in, f);
    if (status == HOT_OK) status = find_repeats(s, f);
    if (status == HOT_OK) status = describe_repeats(s, &in, f);
    inside_free(&in);
    return status;
}

/* ---- the layer: texts that the study holds are lent to it ---- */

/** What the rows are made of, and the columns they are written into. */
typedef struct {
    const hot_study *study;
    const findings *found;
    hot_layer *layer;
    const char **key, **label, **first, **last;
    int64_t *snapped, *incidents, *ranked, *class_;
} rows;

static int64_t *whole(const hot_layer *l, const char *column)
{
    hot_values *v = hot_layer_column(l, column);
    memset(v->missing, 0, l->n);
    return v->integer;
}

static rows rows_of(const hot_study *s, const findings *f, hot_layer *l)
{
    return (rows){.study = s,
                  .found = f,
                  .layer = l,
                  .key = hot_layer_column(l, "place_key")->text,
                  .label = hot_layer_column(l, "label")->text,
                  .first = hot_layer_column(l, "first")->text,
                  .last = hot_layer_column(l, "last")->text,
                  .snapped = whole(l, "snapped"),
                  .incidents = whole(l, "incidents"),
                  .ranked = whole(l, "rank"),
                  .class_ = whole(l, "class")};
}

static const char *when(int64_t second, uint8_t precision, hot_arena *arena)
{
    char text[32];
    hot_precision fine = precision > HOT_DAY ? HOT_DAY : (hot_precision)precision;
    hot_moment_format((hot_moment){second, fine}, text);
    return hot_arena_text(arena, text, strlen(text));
}

static hot_status set_when(const rows *r, size_t row, hot_arena *arena)
{
    hot_repeats_span span = r->found->span[row];
    uint8_t precision = r->found->named[row].precision;
    r->first[row] = when(span.first, precision, arena);
    r->last[row] = span.last == span.first ? r->first[row] : when(span.last, precision, arena);
    return r->first[row] && r->last[row] ? HOT_OK : HOT_MEMORY;
}

static hot_status set_label(const rows *r, size_t row, hot_arena *arena)
{
    static const char what[] = "map point: ";
    enum { WHAT = sizeof what - 1, MOST = 250 };
    char text[WHAT + MOST];
    uint32_t word = r->found->named[row].word;
    const char *label = word ? hot_incidents_word(&r->study->loaded.incidents, word) : NULL;
    r->label[row] = label;
    if (!r->study->loaded.snapped) return HOT_OK;
    if (!label) label = "no name given";
    size_t n = strlen(label) < MOST ? strlen(label) : MOST;
    memcpy(text, what, WHAT);
    memcpy(text + WHAT, label, n);
    r->label[row] = hot_arena_text(arena, text, WHAT + n);
    return r->label[row] ? HOT_OK : HOT_MEMORY;
}

static hot_status set_key(const rows *r, size_t row, uint32_t place, hot_arena *arena)
{
    char key[64];
    uint32_t word = r->found->places.key[place];
    r->key[row] = hot_incidents_word(&r->study->loaded.incidents, word);
    if (word) return HOT_OK;
    size_t n = hot_number_fixed(r->layer->x[row], 2, key);
    key[n++] = ',';
    n += hot_number_fixed(r->layer->y[row], 2, key + n);
    r->key[row] = hot_arena_text(arena, key, n);
    return r->key[row] ? HOT_OK : HOT_MEMORY;
}

static hot_status set_row(const rows *r, size_t row, hot_arena *arena)
{
    const hot_points *p = &r->study->loaded.points;
    uint32_t place = r->found->order[row], point = r->found->places.point[place];
    r->layer->x[row] = p->x[point];
    r->layer->y[row] = p->y[point];
    r->snapped[row] = r->study->loaded.snapped;
    r->incidents[row] = r->found->count[place];
    r->ranked[row] = r->found->rank[row];
    r->class_[row] = hot_repeats_class(r->found->count[place]);
    HOT_TRY(set_key(r, row, place, arena));
    HOT_TRY(set_label(r, row, arena));
    return set_when(r, row, arena);
}

enum { BLOCK = 8192 };

static hot_status set_block(const rows *r, size_t from, hot_arena *arena)
{
    size_t to = r->layer->n - from < BLOCK ? r->layer->n : from + BLOCK;
    for (size_t row = from; row < to; row++) HOT_TRY(set_row(r, row, arena));
    return HOT_OK;
}

/** Blocks of rows side by side, the texts of each in an arena of its own until all are there. */
static hot_status set_rows(const rows *r)
{
    size_t blocks = (r->layer->n + BLOCK - 1) / BLOCK;
    int failed = 0;
    hot_arena *arena = hot_new(blocks, sizeof *arena);
    if (!arena) return HOT_MEMORY;
#pragma omp parallel for schedule(dynamic) num_threads(r->study->threads) reduction(| : failed)
    for (size_t b = 0; b < blocks; b++) failed |= set_block(r, b * BLOCK, &arena[b]) != HOT_OK;
    for (size_t b = 0; b < blocks; b++) hot_arena_join(&r->layer->arena, &arena[b]);
    hot_free(arena);
    return failed ? HOT_MEMORY : HOT_OK;
}

static void set_codes(const rows *r)
{
    const hot_study *s = r->study;
    for (size_t k = 0; k < s->n_sets; k++) {
        const char **code = hot_codes_column(s, k, r->layer);
        for (size_t row = 0; row < r->layer->n; row++) {
            int32_t area = s->sets[k].area_of[r->found->places.point[r->found->order[row]]];
            if (area >= 0) code[row] = s->sets[k].areas.code[area];
        }
    }
}

static hot_status make_layer(const hot_study *s, const findings *f, hot_result *result)
{
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, f->n, l));
    HOT_TRY(hot_codes_declare(s, l));
    rows r = rows_of(s, f, l);
    HOT_TRY(set_rows(&r));
    set_codes(&r);
    return hot_weighted_set(s, f->row, l);
}

static hot_status make_table(const hot_study *s, const findings *f, hot_result *result)
{
    static const char *const label[] = {"1", "2", "3", "4", "5 and more"};
    hot_repeats_table t = hot_repeats_tabulate(f->count, f->places.n);
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&table, NULL, NULL, 5, l));
    for (size_t k = 0; k < 5; k++) {
        HOT_TRY(hot_layer_set_text(l, "incidents_at_place", k, label[k]));
        hot_layer_set_integer(l, "places", k, (int64_t)t.places[k]);
        hot_layer_set_integer(l, "incidents", k, (int64_t)t.incidents[k]);
        if (s->n_inside)
            hot_layer_set_real(l, "share", k, (double)t.incidents[k] / (double)s->n_inside);
    }
    return HOT_OK;
}

/** What the area sets are filled from: on anonymised map points, nothing. */
static void leave_places(hot_study *s, findings *f)
{
    if (s->loaded.snapped) return;
    hot_free(s->point_of_place);
    hot_free(s->place);
    hot_free(s->count_at_place);
    s->n_places = f->places.n;
    s->point_of_place = f->places.point;
    s->place = f->place;
    s->count_at_place = f->count;
    f->places.point = f->place = f->count = NULL;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)error;
    findings f = {0};
    hot_status status = find(s, &f);
    if (status == HOT_OK) status = make_layer(s, &f, result);
    if (status == HOT_OK) status = make_table(s, &f, result);
    if (status == HOT_OK) leave_places(s, &f);
    findings_free(&f);
    return status;
}

/* ---- each area's repeat places ---- */

/** A place belongs to the area that holds its point, an incident to the area that holds its own. */
static void count_in_areas(const hot_study *s, const hot_area_set *set, int64_t *places,
                           int64_t *incidents)
{
    for (size_t p = 0; p < s->n_places; p++) {
        int32_t area = set->area_of[s->point_of_place[p]];
        if (area >= 0 && s->count_at_place[p] >= 2) places[area]++;
    }
    for (size_t k = 0; k < s->n_inside; k++) {
        int32_t area = set->area_of[s->loaded.incidents.point[s->inside[k]]];
        if (area >= 0 && !hot_is_coarse(s, k) && s->count_at_place[s->place[k]] >= 2)
            incidents[area]++;
    }
}

static void set_shares(hot_layer *areas, const int64_t *repeat)
{
    for (size_t i = 0; i < areas->n; i++) {
        int64_t all = hot_layer_integer(areas, "incidents", i, 0);
        if (all > 0) hot_layer_set_real(areas, "repeat_share", i, (double)repeat[i] / (double)all);
    }
}

/** On anonymised map points an area's repeat places would be nonsense: they stay empty. */
static hot_status fill(const hot_study *s, size_t set, hot_layer *areas, hot_error *error)
{
    (void)error;
    if (s->loaded.snapped) return HOT_OK;
    hot_values *places = hot_layer_column(areas, "repeat_places");
    hot_values *incidents = hot_layer_column(areas, "repeat_incidents");
    memset(places->missing, 0, areas->n);
    memset(incidents->missing, 0, areas->n);
    count_in_areas(s, &s->sets[set], places->integer, incidents->integer);
    set_shares(areas, incidents->integer);
    return HOT_OK;
}

const hot_analysis hot_analysis_repeats = {
    .word = "repeats",
    .about = "Repeat places: where incidents keep coming back",
    .layers = layers,
    .n_layers = 2,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .make = make,
    .fill = fill,
};
