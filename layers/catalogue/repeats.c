/* Repeat locations: the places that keep coming back. */
#include "engine/repeats/repeats.h"

#include <stdio.h>
#include <string.h>

#include "engine/base/number.h"
#include "engine/repeats/places.h"
#include "layers/catalogue/catalogue.h"

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

/** The places of a study's incidents. */
typedef struct {
    hot_places places;
    uint32_t *place;       /* [n_inside] */
    uint32_t *count;       /* [places] */
    int64_t *first, *last; /* [places] */
    const char **label;    /* [places] */
    uint8_t *precision;    /* [places] the coarsest of its incidents */
} findings;

static void findings_free(findings *f)
{
    hot_places_free(&f->places);
    hot_free(f->place);
    hot_free(f->count);
    hot_free(f->first);
    hot_free(f->last);
    hot_free(f->label);
    hot_free(f->precision);
}

static hot_status find_places(const hot_study *s, findings *f)
{
    const hot_incidents *t = &s->loaded.incidents;
    size_t n = s->n_inside;
    double tolerance = hot_settings_number(s->settings, "repeats-tolerance");
    uint32_t *point = hot_new_raw(n, sizeof *point), *key = hot_new_raw(n, sizeof *key);
    int64_t *from = hot_new_raw(n, sizeof *from);
    f->place = hot_new_raw(n, sizeof *f->place);
    hot_status status = point && key && from && f->place ? HOT_OK : HOT_MEMORY;
    for (size_t k = 0; k < n && status == HOT_OK; k++) {
        point[k] = t->point[s->inside[k]];
        key[k] = t->key[s->inside[k]];
        from[k] = t->from[s->inside[k]];
    }
    if (status == HOT_OK)
        status = hot_places_find(point, key, n, t->words.text, s->loaded.points.x,
                                 s->loaded.points.y, tolerance, f->place, &f->places);
    if (status == HOT_OK) {
        f->count = hot_new(f->places.n, sizeof *f->count);
        f->first = hot_new(f->places.n, sizeof *f->first);
        f->last = hot_new(f->places.n, sizeof *f->last);
        status = f->count && f->first && f->last ? HOT_OK : HOT_MEMORY;
    }
    if (status == HOT_OK)
        hot_repeats_count(f->place, from, n, f->places.n, f->count, f->first, f->last);
    hot_free(point);
    hot_free(key);
    hot_free(from);
    return status;
}

/** A place's label: the first of its incidents' addresses or streets in the order of the alphabet,
 *  whatever the order of the rows; and how finely its dates are known. */
static hot_status find_labels(const hot_study *s, findings *f)
{
    const hot_incidents *t = &s->loaded.incidents;
    f->label = hot_new(f->places.n, sizeof *f->label);
    f->precision = hot_new(f->places.n, 1);
    if (!f->label || !f->precision) return HOT_MEMORY;
    memset(f->precision, HOT_SECOND, f->places.n);
    for (size_t k = 0; k < s->n_inside; k++) {
        uint32_t i = s->inside[k], place = f->place[k];
        if (t->precision[i] < f->precision[place]) f->precision[place] = t->precision[i];
        uint32_t word = t->address[i] ? t->address[i] : t->label[i];
        const char *text = hot_incidents_word(t, word);
        if (text == f->label[place]) continue; /* mostly: the word of the row before */
        if (*text && (!f->label[place] || strcmp(text, f->label[place]) < 0))
            f->label[place] = text;
    }
    return HOT_OK;
}

static hot_status set_when(hot_layer *l, const char *column, size_t row, int64_t second,
                           uint8_t precision)
{
    char text[32];
    hot_precision fine = precision > HOT_DAY ? HOT_DAY : (hot_precision)precision;
    hot_moment_format((hot_moment){second, fine}, text);
    return hot_layer_set_text(l, column, row, text);
}

static hot_status set_label(const hot_study *s, const findings *f, uint32_t place, hot_layer *l,
                            size_t row)
{
    char text[300];
    const char *label = f->label[place];
    if (!s->loaded.snapped) return hot_layer_set_text(l, "label", row, label);
    snprintf(text, sizeof text, "map point: %.250s", label ? label : "no name given");
    return hot_layer_set_text(l, "label", row, text);
}

static hot_status set_place(const hot_study *s, const findings *f, uint32_t place, uint32_t rank,
                            hot_layer *l, size_t row)
{
    const hot_points *p = &s->loaded.points;
    uint32_t point = f->places.point[place];
    char key[64];
    size_t n = hot_number_fixed(p->x[point], 2, key);
    key[n++] = ',';
    hot_number_fixed(p->y[point], 2, key + n);
    l->x[row] = p->x[point];
    l->y[row] = p->y[point];
    HOT_TRY(hot_layer_set_text(l, "place_key", row,
                               f->places.key[place]
                                   ? hot_incidents_word(&s->loaded.incidents, f->places.key[place])
                                   : key));
    HOT_TRY(set_label(s, f, place, l, row));
    hot_layer_set_integer(l, "snapped", row, s->loaded.snapped);
    hot_layer_set_integer(l, "incidents", row, f->count[place]);
    hot_layer_set_integer(l, "rank", row, rank);
    hot_layer_set_integer(l, "class", row, hot_repeats_class(f->count[place]));
    HOT_TRY(set_when(l, "first", row, f->first[place], f->precision[place]));
    HOT_TRY(set_when(l, "last", row, f->last[place], f->precision[place]));
    return hot_codes_set(s, l, row, point);
}

/** @param order  [n] the place of each row */
static hot_status set_weighted(const hot_study *s, const findings *f, const uint32_t *order,
                               hot_layer *l)
{
    int32_t *row_of_place = hot_new_raw(f->places.n, sizeof *row_of_place);
    int32_t *row_of = hot_new_raw(s->n_inside, sizeof *row_of);
    hot_status status = row_of_place && row_of ? HOT_OK : HOT_MEMORY;
    for (size_t p = 0; p < f->places.n && status == HOT_OK; p++) row_of_place[p] = -1;
    for (size_t row = 0; row < l->n && status == HOT_OK; row++)
        row_of_place[order[row]] = (int32_t)row;
    for (size_t k = 0; k < s->n_inside && status == HOT_OK; k++)
        row_of[k] = row_of_place[f->place[k]];
    if (status == HOT_OK) status = hot_weighted_set(s, row_of, l);
    hot_free(row_of_place);
    hot_free(row_of);
    return status;
}

static hot_status make_layer(const hot_study *s, const findings *f, hot_result *result)
{
    size_t n = 0;
    hot_layer *l = hot_result_add(result);
    uint32_t *order = hot_new_raw(f->places.n, sizeof *order);
    uint32_t *rank = hot_new_raw(f->places.n, sizeof *rank);
    hot_status status = l && order && rank ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) status = hot_repeats_rank(f->count, f->places.n, order, rank, &n);
    if (status == HOT_OK) status = hot_layer_new(&layer, NULL, NULL, n, l);
    if (status == HOT_OK) status = hot_codes_declare(s, l);
    for (size_t k = 0; k < n && status == HOT_OK; k++)
        status = set_place(s, f, order[k], rank[k], l, k);
    if (status == HOT_OK) status = set_weighted(s, f, order, l);
    hot_free(order);
    hot_free(rank);
    return status;
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

static hot_status find(const hot_study *s, findings *f)
{
    HOT_TRY(find_places(s, f));
    return find_labels(s, f);
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)error;
    findings f = {0};
    hot_status status = find(s, &f);
    if (status == HOT_OK) status = make_layer(s, &f, result);
    if (status == HOT_OK) status = make_table(s, &f, result);
    findings_free(&f);
    return status;
}

/* ---- each area's repeat places ---- */

/** A place belongs to the area that holds its point, an incident to the area that holds its own. */
static void count_in_areas(const hot_study *s, const hot_area_set *set, const findings *f,
                           int64_t *places, int64_t *incidents)
{
    for (size_t p = 0; p < f->places.n; p++) {
        int32_t area = set->area_of[f->places.point[p]];
        if (area >= 0 && f->count[p] >= 2) places[area]++;
    }
    for (size_t k = 0; k < s->n_inside; k++) {
        int32_t area = set->area_of[s->loaded.incidents.point[s->inside[k]]];
        if (area >= 0 && f->count[f->place[k]] >= 2) incidents[area]++;
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
    findings f = {0};
    hot_status status = find_places(s, &f);
    if (status == HOT_OK) {
        hot_values *places = hot_layer_column(areas, "repeat_places");
        hot_values *incidents = hot_layer_column(areas, "repeat_incidents");
        memset(places->missing, 0, areas->n);
        memset(incidents->missing, 0, areas->n);
        count_in_areas(s, &s->sets[set], &f, places->integer, incidents->integer);
        set_shares(areas, incidents->integer);
    }
    findings_free(&f);
    return status;
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
