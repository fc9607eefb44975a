/* Repeat locations: the places that keep coming back. */
#include "engine/repeats/repeats.h"

#include <stdio.h>
#include <string.h>

#include "engine/chance/limits.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/phrases.h"
#include "layers/catalogue/repeats_parts.h"
#include "layers/coarse.h"
#include "layers/places.h"

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
     "1 = as many reports within as many months, by one case, one victim or from the place, as "
     "call "
     "for a case review; empty = not judged."},
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

static const hot_declaration *const layers[] = {&layer, &hot_repeats_counts_layer,
                                                &hot_reviews_layer, &hot_intervals_layer,
                                                &hot_left_out_layer};

static const hot_option options[] = {
    {"repeats-tolerance", HOT_OPTION_METRES, "DISTANCE", "0m", NULL, "Repeat places",
     "places without a key are one when their coordinates, rounded to this, are", false},
    {"repeats-review", HOT_OPTION_TEXT, "REPORTS/MONTHS", "3/6", NULL, "Repeat places",
     "so many reports within so many months call for a case review", false},
    {"repeats-exclude", HOT_OPTION_FILE, "FILE", NULL, NULL, "Repeat places",
     "premises to leave out (stations, hospitals, businesses): UPRNs, addresses or place keys, one "
     "a line, a CSV with a column of that name or easting and northing, or points or polygons",
     false},
};

static void found_free(hot_repeats_found *f)
{
    hot_free(f->count);
    hot_free(f->order);
    hot_free(f->rank);
    hot_free(f->row);
    hot_free(f->from);
    hot_free(f->span);
    hot_free(f->named);
    hot_free(f->review);
    hot_free(f->reviews);
    hot_free(f->late);
}

/** From the row of every place to that of every incident. */
static hot_status set_rows_of(const hot_study *s, hot_repeats_found *f)
{
    int32_t *row_of = hot_new_raw(s->n_places, sizeof *row_of);
    f->row = hot_new_raw(s->n_inside, sizeof *f->row);
    f->from = hot_new_raw(s->n_inside, sizeof *f->from);
    bool room = row_of && f->row && f->from;
    if (room) {
        memset(row_of, 0xff, s->n_places * sizeof *row_of);
        for (size_t k = 0; k < f->n; k++) row_of[f->order[k]] = (int32_t)k;
#pragma omp parallel for schedule(static) num_threads(s->threads)
        for (size_t k = 0; k < s->n_inside; k++) {
            f->row[k] = hot_is_coarse(s, k) ? -1 : row_of[s->place[k]];
            f->from[k] = s->loaded.incidents.from[s->inside[k]];
        }
    }
    hot_free(row_of);
    return room ? HOT_OK : HOT_MEMORY;
}

/** Places that are left out count as having none. */
static void count_places(const hot_study *s, hot_repeats_found *f)
{
    f->incidents = s->n_inside;
    for (size_t k = 0; s->coarse && k < s->n_inside; k++) f->incidents -= hot_is_coarse(s, k);
    memcpy(f->count, s->count_at_place, s->n_places * sizeof *f->count);
    for (size_t p = 0; p < s->n_places && s->left_out; p++) {
        if (!s->left_out[p]) continue;
        f->incidents -= f->count[p];
        f->count[p] = 0;
    }
}

static hot_status find_repeats(const hot_study *s, hot_repeats_found *f)
{
    size_t n = s->n_places;
    f->count = hot_new_raw(n, sizeof *f->count);
    f->order = hot_new_raw(n, sizeof *f->order);
    f->rank = hot_new_raw(n, sizeof *f->rank);
    if (!f->count || !f->order || !f->rank) return HOT_MEMORY;
    count_places(s, f);
    HOT_TRY(hot_repeats_rank(f->count, n, f->order, f->rank, &f->n));
    return set_rows_of(s, f);
}

/** A place's label: the first of its incidents' addresses or streets in the order of the alphabet,
 *  whatever the order of the rows; and how finely its dates are known. */
static void name_places(const hot_study *s, hot_repeats_found *f)
{
    enum { AHEAD = 16 };
    const hot_incidents *t = &s->loaded.incidents;
    for (size_t k = 0; k < f->n; k++) f->named[k] = (hot_repeats_named){0, HOT_SECOND};
    for (size_t k = 0; k < s->n_inside; k++) {
        int32_t row = f->row[k], ahead = f->row[k + AHEAD < s->n_inside ? k + AHEAD : k];
        if (ahead >= 0) __builtin_prefetch(&f->named[ahead], 1);
        if (row < 0) continue;
        uint32_t i = s->inside[k], word = t->address[i] ? t->address[i] : t->label[i];
        hot_repeats_named *own = &f->named[row];
        if (t->precision[i] < own->precision) own->precision = t->precision[i];
        if (word == own->word || word == 0) continue; /* mostly: that of the rows before */
        if (own->word == 0 ||
            strcmp(hot_incidents_word(t, word), hot_incidents_word(t, own->word)) < 0)
            own->word = word;
    }
}

/** Spans and names side by side: neither looks at what the other writes. */
static hot_status describe_repeats(const hot_study *s, hot_repeats_found *f)
{
    f->span = hot_new_raw(f->n, sizeof *f->span);
    f->named = hot_new_raw(f->n, sizeof *f->named);
    if (!f->span || !f->named) return HOT_MEMORY;
#pragma omp parallel sections num_threads(s->threads < 2 ? 1 : 2)
    {
#pragma omp section
        hot_repeats_spans(f->row, f->from, s->n_inside, f->n, f->span);
#pragma omp section
        name_places(s, f);
    }
    return HOT_OK;
}

static hot_status find(hot_study *s, hot_repeats_found *f, hot_error *error)
{
    HOT_TRY(hot_study_places(s));
    HOT_TRY(hot_repeats_leave_out(s, f, error));
    HOT_TRY(find_repeats(s, f));
    return describe_repeats(s, f);
}

/* ---- the layer: texts that the study holds are lent to it ---- */

/** What the rows are made of, and the columns they are written into. */
typedef struct {
    const hot_study *study;
    const hot_repeats_found *found;
    hot_layer *layer;
    const char **key, **label, **first, **last;
    int64_t *snapped, *incidents, *ranked, *class_, *review; /* review: NULL = not judged */
} rows;

static int64_t *whole(const hot_layer *l, const char *column)
{
    hot_values *v = hot_layer_column(l, column);
    memset(v->missing, 0, l->n);
    return v->integer;
}

static rows rows_of(const hot_study *s, const hot_repeats_found *f, hot_layer *l)
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
                  .class_ = whole(l, "class"),
                  .review = f->review ? whole(l, "case_review") : NULL};
}

static hot_status set_when(const rows *r, size_t row, hot_arena *arena)
{
    hot_repeats_span span = r->found->span[row];
    uint8_t precision = r->found->named[row].precision;
    r->first[row] = hot_repeats_when(span.first, precision, arena);
    r->last[row] =
        span.last == span.first ? r->first[row] : hot_repeats_when(span.last, precision, arena);
    return r->first[row] && r->last[row] ? HOT_OK : HOT_MEMORY;
}

static hot_status set_label(const rows *r, size_t row, hot_arena *arena)
{
    enum { MOST = 250 };
    char text[MOST + 20];
    uint32_t word = r->found->named[row].word;
    const char *label = word ? hot_incidents_word(&r->study->loaded.incidents, word) : NULL;
    r->label[row] = label;
    if (!r->study->loaded.snapped) return HOT_OK;
    if (!label) label = "no name given";
    int length = snprintf(text, sizeof text, "map point: %.*s",
                          hot_utf8_cut(label, strlen(label), MOST), label);
    r->label[row] = hot_arena_text(arena, text, (size_t)length);
    return r->label[row] ? HOT_OK : HOT_MEMORY;
}

static hot_status set_key(const rows *r, size_t row, uint32_t place, hot_arena *arena)
{
    char text[HOT_PLACE_KEY];
    const char *key = hot_place_key(r->study, place, text);
    r->key[row] = key == text ? hot_arena_text(arena, text, strlen(text)) : key;
    return r->key[row] ? HOT_OK : HOT_MEMORY;
}

static hot_status set_row(const rows *r, size_t row, hot_arena *arena)
{
    const hot_points *p = &r->study->loaded.points;
    uint32_t place = r->found->order[row], point = r->study->point_of_place[place];
    r->layer->x[row] = p->x[point];
    r->layer->y[row] = p->y[point];
    r->snapped[row] = r->study->loaded.snapped;
    r->incidents[row] = r->found->count[place];
    r->ranked[row] = r->found->rank[row];
    r->class_[row] = hot_repeats_class(r->found->count[place]);
    if (r->review) r->review[row] = r->found->review[row];
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
            int32_t area = s->sets[k].area_of[s->point_of_place[r->found->order[row]]];
            if (area >= 0) code[row] = s->sets[k].areas.code[area];
        }
    }
}

/** How many of the incidents were at repeat places, in words. */
static void say_repeated(const hot_repeats_found *f, char *text, size_t room)
{
    char part[HOT_PHRASE], whole[HOT_PHRASE], share[HOT_PHRASE], low[HOT_PHRASE], high[HOT_PHRASE],
        came_back[HOT_PHRASE];
    uint64_t repeated = 0;
    for (size_t k = 0; k < f->n; k++) repeated += f->count[f->order[k]];
    hot_limits limits = hot_wilson((double)repeated, (double)f->incidents, HOT_Z95);
    double of = (double)repeated / (double)f->incidents;
    int places = hot_phrase_places(of);
    snprintf(text, room,
             " %s of %s incidents, %s%% (95%% limits %s to %s%%), were at the %s place%s that came "
             "back.",
             hot_phrase_count(repeated, part), hot_phrase_count(f->incidents, whole),
             hot_phrase_percent(of, places, share), hot_phrase_percent(limits.low, places, low),
             hot_phrase_percent(limits.high, places, high), hot_phrase_count(f->n, came_back),
             f->n == 1 ? "" : "s");
}

/** How many are not counted here because their position is coarse, in words; "" where none is. */
static void say_coarse(const hot_study *s, char *text, size_t room)
{
    char count[HOT_PHRASE];
    uint64_t coarse = s->counts.coarse_squares + s->counts.coarse_centroids;
    *text = 0;
    if (coarse)
        snprintf(text, room, " %s with a coarse position %s left out.",
                 hot_phrase_count(coarse, count), coarse == 1 ? "is" : "are");
}

/** What the layer says of itself in this run. */
static hot_status say_share(const hot_study *s, const hot_repeats_found *f, hot_layer *l)
{
    char text[1200], share[300] = "", coarse[100];
    if (s->loaded.snapped)
        snprintf(share, sizeof share,
                 " These are anonymised map points: which addresses came back cannot be known, and "
                 "nothing is said of it.");
    else if (f->incidents)
        say_repeated(f, share, sizeof share);
    say_coarse(s, coarse, sizeof coarse);
    int n = snprintf(text, sizeof text, "%s%s%s%s", layer.about, share, coarse, f->left_out_said);
    l->about = hot_arena_text(&l->arena, text, (size_t)n);
    return l->about ? HOT_OK : HOT_MEMORY;
}

static hot_status make_layer(const hot_study *s, const hot_repeats_found *f, hot_result *result)
{
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, f->n, l));
    HOT_TRY(hot_codes_declare(s, l));
    rows r = rows_of(s, f, l);
    HOT_TRY(set_rows(&r));
    set_codes(&r);
    HOT_TRY(say_share(s, f, l));
    return hot_weighted_set(s, f->row, l);
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    hot_repeats_found f = {.study = s};
    hot_status status = find(s, &f, error);
    if (status == HOT_OK) status = hot_repeats_review(&f, error);
    if (status == HOT_OK) status = make_layer(s, &f, result);
    if (status == HOT_OK) status = hot_repeats_make_counts(&f, result);
    if (status == HOT_OK) status = hot_repeats_make_reviews(&f, result);
    if (status == HOT_OK) status = hot_repeats_make_intervals(&f, result);
    if (status == HOT_OK) status = hot_repeats_make_left_out(&f, result);
    found_free(&f);
    return status;
}

/* ---- each area's repeat places ---- */

/** Places and incidents of each area: those at repeat places, and all that are not left out. */
typedef struct {
    int64_t *places, *repeated, *all;
} in_areas;

/** A place belongs to the area that holds its point, an incident to the area that holds its own. */
static void count_in_areas(const hot_study *s, const hot_area_set *set, in_areas c)
{
    for (size_t p = 0; p < s->n_places; p++) {
        int32_t area = set->area_of[s->point_of_place[p]];
        bool out = s->left_out && s->left_out[p];
        if (area >= 0 && !out && s->count_at_place[p] >= 2) c.places[area]++;
    }
    for (size_t k = 0; k < s->n_inside; k++) {
        int32_t area = set->area_of[s->loaded.incidents.point[s->inside[k]]];
        uint32_t p = s->place[k];
        if (area < 0 || hot_is_coarse(s, k) || (s->left_out && s->left_out[p])) continue;
        c.all[area]++;
        if (s->count_at_place[p] >= 2) c.repeated[area]++;
    }
}

/** On anonymised map points an area's repeat places would be nonsense: they stay empty. */
static hot_status fill(const hot_study *s, size_t set, hot_layer *areas, hot_error *error)
{
    (void)error;
    if (s->loaded.snapped) return HOT_OK;
    in_areas c = {.places = whole(areas, "repeat_places"),
                  .repeated = whole(areas, "repeat_incidents"),
                  .all = hot_new(areas->n, sizeof *c.all)};
    if (!c.all) return HOT_MEMORY;
    count_in_areas(s, &s->sets[set], c);
    for (size_t i = 0; i < areas->n; i++)
        if (c.all[i] > 0)
            hot_layer_set_real(areas, "repeat_share", i, (double)c.repeated[i] / (double)c.all[i]);
    hot_free(c.all);
    return HOT_OK;
}

const hot_analysis hot_analysis_repeats = {
    .word = "repeats",
    .about = "Repeat places: where incidents keep coming back",
    .examples = "Example:\n\n  hotbeat repeats log.csv --place UPRN --profile internal --out "
                "repeats",
    .layers = layers,
    .n_layers = sizeof layers / sizeof *layers,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .make = make,
    .fill = fill,
};
