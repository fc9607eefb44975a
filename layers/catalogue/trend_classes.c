/* New, persistent, intermittent or former: the areas, and the squares of 250 m. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/trends/course.h"
#include "engine/trends/months.h"
#include "engine/trends/usual.h"
#include "layers/catalogue/trends.h"
#include "layers/cells.h"

/** Side of a square, m; and the least incidents in all months for a square to be judged by how much
 *  it varies: of thousands with one or two, dispersion would be that of chance. */
enum { SIDE = 250, STEADY = 12 };

/* clang-format off */
#define COURSE_COLUMNS \
    {"incidents", HOT_INTEGER, "Incidents, all months", "incidents", \
     "In every month that the input covers, also outside the period."}, \
    {"months", HOT_INTEGER, "Months", "months", "With data."}, \
    {"months_hot", HOT_INTEGER, "Months hot", "months", \
     "With more incidents than an even spread and usual variation explain."}, \
    {"months_cold", HOT_INTEGER, "Months cold", "months", "With fewer."}, \
    {"share_hot", HOT_REAL, "Share of months hot (0 to 1)", "0 to 1", "Of all months."}, \
    {"share_recent", HOT_REAL, "Share of recent months hot (0 to 1)", "0 to 1", \
     "Of the last fifth of the months."}, \
    {"share_older", HOT_REAL, "Share of older months hot (0 to 1)", "0 to 1", \
     "Of the months before those."}, \
    {"class", HOT_INTEGER, "Class", "", \
     "1 = hot in 80 % of the months and more; 2 = in 10 % and more of the recent, in under 10 % " \
     "of those before; 3 = in 10 % and more of all; 4 = in 10 % and more of those before, in " \
     "under 10 % of the recent; empty = not judged."}, \
    {"trend_s", HOT_INTEGER, "Trend, S", "", \
     "Pairs of the same month in two years that rise, less those that fall; from 24 months on."}, \
    {"trend_z", HOT_REAL, "Trend, z", "standard deviations", \
     "Seasonal Kendall; beyond 1.96 is more than chance; from 24 months on."}, \
    {"emerging_class", HOT_INTEGER, "Emerging hot spot class", "", \
     "From 24 months on; under 0 the same of cold spots; empty = not judged."}
/* clang-format on */

static const hot_column area_columns[] = {
    {"area_set", HOT_TEXT, "Kind of area", "", "ward, beat, ..."},
    {"area_code", HOT_TEXT, "Code", "", "The area's code."},
    {"area_name", HOT_TEXT, "Name", "", "The area's name."},
    COURSE_COLUMNS,
};
static const hot_column cell_columns[] = {
    {"west", HOT_INTEGER, "Western edge, m", "m", "Easting of its south-west corner."},
    {"south", HOT_INTEGER, "Southern edge, m", "m", "Northing of its south-west corner."},
    COURSE_COLUMNS,
};

static const hot_code classes[] = {
    {"1", "Persistent"}, {"2", "New"},           {"3", "Intermittent"},
    {"4", "Former"},     {"0", "None of these"},
};
static const hot_code emerging[] = {
    {"1", "New hot spot"},
    {"2", "Consecutive hot spot"},
    {"3", "Intensifying hot spot"},
    {"4", "Persistent hot spot"},
    {"5", "Diminishing hot spot"},
    {"6", "Sporadic hot spot"},
    {"7", "Oscillating hot spot"},
    {"8", "Historical hot spot"},
    {"0", "No pattern"},
    {"-1", "New cold spot"},
    {"-2", "Consecutive cold spot"},
    {"-3", "Intensifying cold spot"},
    {"-4", "Persistent cold spot"},
    {"-5", "Diminishing cold spot"},
    {"-6", "Sporadic cold spot"},
    {"-7", "Oscillating cold spot"},
    {"-8", "Historical cold spot"},
};
static const hot_coding codings[] = {HOT_CODING("class", classes),
                                     HOT_CODING("emerging_class", emerging)};

static const char sources[] =
    "Classes: sfhotspot (Ashby), hotspot_classify as documented; Esri, How Emerging Hot Spot "
    "Analysis works. Trend: Hirsch, Slack and Smith (1982), Water Resources Research 18. Months: "
    "negative binomial tails, Benjamini and Hochberg (1995).";

const hot_declaration hot_trend_classes_layer = {
    .name = "trend_classes",
    .geometry = HOT_NO_GEOMETRY,
    .title = "New and persistent areas",
    .about = "Which areas have long had more incidents than their size explains, which are new to "
             "it, and which no longer do. An area is hot in a month when it has more than an even "
             "spread of the month's incidents would give it, beyond usual variation; of the areas "
             "called hot in a month no more than one in twenty is so by chance.",
    .citation = sources,
    .columns = area_columns,
    .n_columns = sizeof area_columns / sizeof *area_columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

const hot_declaration hot_trend_cells_layer = {
    .name = "trend_cells",
    .style = "trend_cells",
    .geometry = HOT_POLYGON,
    .title = "New and persistent places",
    .about = "Squares of 250 m that had far more incidents in some month than an even spread over "
             "every square where anything was ever recorded would give, beyond usual variation: "
             "those that long had, those that are new, those that no longer have. Each square is "
             "judged by itself, not with its neighbours.",
    .citation = sources,
    .columns = cell_columns,
    .n_columns = sizeof cell_columns / sizeof *cell_columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

/* ---- the courses of units: areas, or squares ---- */

typedef struct {
    const hot_history *history;
    size_t units;
    uint32_t *count;   /* [units * months] */
    int8_t *mark;      /* [units * months] */
    double *share;     /* [units] of an even spread */
    double dispersion; /* >= 1 */
} courses;

static hot_status courses_new(const hot_history *h, size_t units, courses *c)
{
    *c = (courses){.history = h, .units = units, .dispersion = 1};
    c->count = hot_new_raw(units * h->months, sizeof *c->count);
    c->mark = hot_new_raw(units * h->months, sizeof *c->mark);
    c->share = hot_new(units, sizeof *c->share);
    return c->count && c->mark && c->share ? HOT_OK : HOT_MEMORY;
}

static void courses_free(courses *c)
{
    hot_free(c->count);
    hot_free(c->mark);
    hot_free(c->share);
}

/** Count, and mark the months. */
static hot_status find(const hot_study *s, const int32_t *unit_of, uint64_t least, courses *c)
{
    const hot_history *h = c->history;
    hot_history_count(s, h, unit_of, c->units, c->count);
    HOT_TRY(hot_dispersion(c->count, c->units, h->months, h->covered, least, &c->dispersion));
    return hot_months_mark(c->count, c->share, c->units, h->months, h->covered, c->dispersion,
                           c->mark);
}

static hot_course course_of(const courses *c, size_t unit)
{
    const hot_history *h = c->history;
    return hot_course_of(c->mark + unit * h->months, h->covered, h->months);
}

static int64_t incidents_of(const courses *c, size_t unit)
{
    const uint32_t *count = c->count + unit * c->history->months;
    int64_t sum = 0;
    for (size_t m = 0; m < c->history->months; m++) sum += count[m];
    return sum;
}

static void set_shares(const hot_course *k, hot_layer *l, size_t row)
{
    hot_layer_set_integer(l, "months_hot", row, (int64_t)k->hot);
    hot_layer_set_integer(l, "months_cold", row, (int64_t)k->cold);
    if (k->months) hot_layer_set_real(l, "share_hot", row, (double)k->hot / (double)k->months);
    hot_layer_set_real(l, "share_recent", row, hot_course_recent(k));
    hot_layer_set_real(l, "share_older", row, hot_course_older(k));
    if (k->months >= HOT_COURSE_MONTHS)
        hot_layer_set_integer(l, "class", row, hot_course_classify(k));
}

static hot_status set_trend(const courses *c, size_t unit, const hot_course *k, hot_layer *l,
                            size_t row)
{
    const hot_history *h = c->history;
    double s, z;
    HOT_TRY(hot_seasonal_kendall(c->count + unit * h->months, h->covered, h->months, h->first % 12,
                                 &s, &z));
    hot_layer_set_integer(l, "trend_s", row, (int64_t)s);
    hot_layer_set_real(l, "trend_z", row, z);
    if (c->share[unit] > 0)
        hot_layer_set_integer(l, "emerging_class", row, hot_emerging_classify(k, z));
    return HOT_OK;
}

static hot_status set_course(const courses *c, size_t unit, hot_layer *l, size_t row)
{
    hot_course k = course_of(c, unit);
    hot_layer_set_integer(l, "incidents", row, incidents_of(c, unit));
    hot_layer_set_integer(l, "months", row, (int64_t)k.months);
    if (c->share[unit] > 0) set_shares(&k, l, row);
    return k.months >= HOT_EMERGING_MONTHS ? set_trend(c, unit, &k, l, row) : HOT_OK;
}

/** What the classes of a layer could be told from. */
static hot_status tell(const char *more, hot_layer *l)
{
    char text[1000];
    int n = snprintf(text, sizeof text, "%.600s%.300s", l->about, more);
    l->about = hot_arena_text(&l->arena, text, (size_t)n);
    return l->about ? HOT_OK : HOT_MEMORY;
}

static hot_status tell_months(const courses *c, hot_layer *l)
{
    size_t covered = 0;
    char text[160];
    for (size_t m = 0; m < c->history->months; m++) covered += c->history->covered[m] != 0;
    if (covered >= HOT_EMERGING_MONTHS) return HOT_OK;
    snprintf(text, sizeof text, " The input has %zu month%s: classes need %d, emerging classes %d.",
             covered, covered == 1 ? "" : "s", HOT_COURSE_MONTHS, HOT_EMERGING_MONTHS);
    return tell(text, l);
}

/* ---- areas ---- */

/** Residents where all are known, else the area.
 *  @return whether by residents */
static bool spread_over(const hot_areas *a, double *share)
{
    double sum = 0;
    for (size_t k = 0; k < a->n; k++) sum += share[k] = a->population[k];
    bool people = a->has_population && sum > 0;
    if (!people) sum = 0;
    for (size_t k = 0; k < a->n && !people; k++) sum += share[k] = hot_shapes_area(&a->shapes, k);
    for (size_t k = 0; k < a->n; k++) share[k] /= sum;
    return people;
}

static hot_status add_set(const hot_study *s, const hot_area_set *set, courses *c, hot_layer *l,
                          size_t row)
{
    char text[200];
    bool people = spread_over(&set->areas, c->share);
    HOT_TRY(find(s, set->area_of, 1, c));
    for (size_t k = 0; k < set->areas.n; k++) {
        HOT_TRY(hot_layer_set_text(l, "area_set", row + k, set->areas.name));
        HOT_TRY(hot_layer_set_text(l, "area_code", row + k, set->areas.code[k]));
        HOT_TRY(set_course(c, k, l, row + k));
    }
    snprintf(text, sizeof text, " An even spread over a %s is by %s.", set->areas.name,
             people ? "its residents" : "its size, km2, as residents are not known for all");
    return tell(text, l);
}

hot_status hot_trend_classes_make(const hot_study *s, const hot_history *h, hot_result *result)
{
    size_t areas = 0, row = 0, sets = hot_study_tilings(s); /* an even spread needs all of it */
    for (size_t k = 0; k < sets; k++) areas += s->sets[k].areas.n;
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_trend_classes_layer, NULL, NULL, areas, l));
    for (size_t k = 0; k < sets; k++) {
        courses c;
        hot_status status = courses_new(h, s->sets[k].areas.n, &c);
        if (status == HOT_OK) status = add_set(s, &s->sets[k], &c, l, row);
        if (status == HOT_OK && k + 1 == sets) status = tell_months(&c, l);
        row += c.units;
        courses_free(&c);
        HOT_TRY(status);
    }
    return HOT_OK;
}

/* ---- squares ---- */

static size_t count_hot(const courses *c)
{
    size_t n = 0;
    for (size_t k = 0; k < c->units; k++) n += course_of(c, k).hot > 0;
    return n;
}

static hot_status add_cells(const hot_cells *cells, const courses *c, hot_layer *l)
{
    size_t row = 0;
    for (size_t k = 0; k < cells->n; k++) {
        if (course_of(c, k).hot == 0) continue;
        HOT_TRY(hot_cells_add(cells, k, &l->shapes));
        hot_layer_set_integer(l, "west", row, (int64_t)cells->west[k]);
        hot_layer_set_integer(l, "south", row, (int64_t)cells->south[k]);
        HOT_TRY(set_course(c, k, l, row++));
    }
    return HOT_OK;
}

static hot_status make_cells(const hot_study *s, const hot_cells *cells, courses *c,
                             hot_result *result)
{
    char text[160];
    for (size_t k = 0; k < cells->n; k++) c->share[k] = 1 / (double)cells->n;
    HOT_TRY(find(s, cells->cell_of, STEADY, c));
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_trend_cells_layer, NULL, NULL, count_hot(c), l));
    HOT_TRY(add_cells(cells, c, l));
    snprintf(text, sizeof text, " %zu of %zu squares are hot in some month.", l->n, cells->n);
    HOT_TRY(tell(text, l));
    return tell_months(c, l);
}

hot_status hot_trend_cells_make(const hot_study *s, const hot_history *h, hot_result *result)
{
    hot_cells cells;
    courses c = {.history = h};
    HOT_TRY(hot_cells_new(s, SIDE, &cells));
    hot_status status = courses_new(h, cells.n, &c);
    if (status == HOT_OK) status = make_cells(s, &cells, &c, result);
    courses_free(&c);
    hot_cells_free(&cells);
    return status;
}
