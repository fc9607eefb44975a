/* What changed since the period it is compared with, beyond usual variation: areas and cells. */
#include "engine/change/change.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/chance/benjamini.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/change_words.h"
#include "layers/catalogue/columns.h"
#include "layers/compare.h"
#include "layers/history.h"

static const hot_column columns[] = {
    {"previous", HOT_INTEGER, "Incidents, comparison period", "incidents",
     "In the period it is compared with."},
    {"current", HOT_INTEGER, "Incidents", "incidents in the period", "In the period."},
    {"expected", HOT_REAL, "Expected incidents", "incidents",
     "From its own past and the others' trend."},
    {"difference", HOT_REAL, "Difference from expected", "incidents", "Incidents less expected."},
    {"p_value", HOT_REAL, "p of the change", "0 to 1", "That chance alone moves it this far."},
    {"p_fdr", HOT_REAL, "p of the change, among all cells", "0 to 1",
     "Adjusted for how many cells were judged, by Benjamini and Hochberg (1995)."},
    {"class", HOT_INTEGER, "Class", "",
     "-1 down, 0 usual variation, 1 up, at 5% of the adjusted p; empty = not judged."},
};

static const hot_code classes[] = {
    {"-1", "Fewer than usual variation explains"},
    {"0", "Within usual variation"},
    {"1", "More than usual variation explains"},
};
static const hot_coding codings[] = {HOT_CODING("class", classes)};

static const hot_declaration layer = {
    .name = "change",
    .style = "change",
    .geometry = HOT_POLYGON,
    .title = "Change",
    .about = "Squares with an incident in the period or in the one it is compared with: which have "
             "more, and which fewer, than their own past and the trend elsewhere let expect.",
    .citation = "Quasi-Poisson score test: McCullagh and Nelder (1989), Generalized Linear Models; "
                "Benjamini and Hochberg (1995), JRSS B 57.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

static const hot_declaration *const layers[] = {&layer};

static const hot_option options[] = {
    {"compare", HOT_OPTION_TEXT, "WHICH", "none", NULL, "Change",
     "what the period is compared with: none, last-year (the same months a year earlier), previous "
     "(as long just before) or FROM..TO",
     false},
    {"change-cell", HOT_OPTION_METRES, "DISTANCE", "250m", NULL, "Change",
     "side of the squares that are compared", false},
};

/** Judged at this p. */
static const double level = 0.05;

/* ---- what everything is held against ---- */

typedef struct {
    hot_comparison comparison;
    hot_history history;
    int32_t *block; /* [history.months] */
    hot_shift shift;
    size_t covered;
    hot_ground ground;
} judging;

static void judging_free(judging *j)
{
    hot_history_free(&j->history);
    hot_free(j->block);
}

/** Whether a row of history lies in the comparison period with its whole date. */
static bool is_before(const hot_study *s, const judging *j, size_t k)
{
    const hot_incidents *t = &s->loaded.incidents;
    uint32_t row = j->history.row[k];
    hot_stretch before = j->comparison.before;
    if (t->from[row] < before.from || t->from[row] >= before.to) return false;
    return hot_moment_end((hot_moment){t->from[row], t->precision[row]}) <= before.to;
}

static void judge_recording(judging *j)
{
    const hot_history *h = &j->history;
    hot_months now = hot_stretch_months(j->comparison.now, h->first);
    hot_months before = hot_stretch_months(j->comparison.before, h->first);
    hot_blocks(h->covered, h->months, now, before, j->block);
    j->shift =
        hot_recording_shift(h->chosen, h->others, j->block, h->months, j->comparison.same_season);
}

/** `asked` = false: nothing is compared, and *j is empty. Free it in either case. */
static hot_status judging_new(const hot_study *s, bool *asked, judging *j, hot_error *error)
{
    *j = (judging){.covered = 0};
    HOT_TRY(hot_comparison_read(s, asked, &j->comparison, error));
    if (!*asked) return HOT_OK;
    HOT_TRY(hot_history_new(s, &j->history));
    j->block = hot_new(j->history.months, sizeof *j->block);
    if (!j->block) return HOT_MEMORY;
    judge_recording(j);
    for (size_t m = 0; m < j->history.months; m++) j->covered += j->history.covered[m];
    for (size_t k = 0; k < j->history.n; k++) j->ground.before += is_before(s, j, k);
    j->ground.now = (double)s->n_inside;
    hot_comparison_days(&j->comparison, &j->ground.days_now, &j->ground.days_before);
    return HOT_OK;
}

/* ---- units: areas or cells ---- */

typedef struct {
    size_t n;
    const int32_t *of; /* [points] */
    const int64_t
        *since; /* [n] s from when on it is what it is, INT64_MIN = not said; NULL = ever */
    int64_t *now, *before; /* [n] */
    double *expected, *p, *p_fdr;
    hot_usual usual; /* df = 0: not known */
} units;

static void units_free(units *u)
{
    hot_free(u->now);
    hot_free(u->before);
    hot_free(u->expected);
    hot_free(u->p);
    hot_free(u->p_fdr);
}

static void count_units(const hot_study *s, const judging *j, units *u)
{
    const uint32_t *point = s->loaded.incidents.point;
    for (size_t k = 0; k < s->n_inside; k++) {
        int32_t unit = u->of[point[s->inside[k]]];
        if (unit >= 0) u->now[unit]++;
    }
    for (size_t k = 0; k < j->history.n; k++) {
        int32_t unit = u->of[point[j->history.row[k]]];
        if (unit >= 0 && is_before(s, j, k)) u->before[unit]++;
    }
}

static hot_status find_usual(const hot_study *s, const judging *j, units *u)
{
    size_t months = j->history.months;
    if (j->covered < HOT_USUAL_MONTHS) return HOT_OK;
    uint32_t *count = hot_new_raw(u->n * months, sizeof *count);
    if (!count) return HOT_MEMORY;
    hot_history_count(s, &j->history, u->of, u->n, count);
    hot_status status = hot_usual_variation(count, u->n, months, j->block, &u->usual);
    hot_free(count);
    return status;
}

/** Whether a place was chosen only after the earlier period began, or nobody knows when: it may
 * have been chosen for what happened then, and falls back by itself. */
static bool is_chosen_later(const judging *j, const units *u, size_t i)
{
    return u->since && (u->since[i] == INT64_MIN || u->since[i] > j->comparison.before.from);
}

/** Count, expect and judge; where the recording shifted there is no p, and nothing is expected of
 *  what was chosen later. */
static hot_status judge_units(const hot_study *s, const judging *j, units *u)
{
    u->now = hot_new(u->n, sizeof *u->now);
    u->before = hot_new(u->n, sizeof *u->before);
    u->expected = hot_new(u->n, sizeof *u->expected);
    u->p = hot_new(u->n, sizeof *u->p);
    u->p_fdr = hot_new(u->n, sizeof *u->p_fdr);
    if (!u->now || !u->before || !u->expected || !u->p || !u->p_fdr) return HOT_MEMORY;
    count_units(s, j, u);
    HOT_TRY(find_usual(s, j, u));
    hot_ground ground = j->ground;
    ground.usual = u->usual.df > 0 ? &u->usual : NULL;
    for (size_t i = 0; i < u->n; i++) {
        double now = (double)u->now[i], before = (double)u->before[i];
        u->expected[i] = hot_change_expected(&ground, now, before);
        u->p[i] = j->shift.found ? NAN : hot_change_p(&ground, now, before);
        if (is_chosen_later(j, u, i)) u->expected[i] = u->p[i] = NAN;
    }
    return hot_benjamini(u->p, u->n, u->p_fdr);
}

/** The columns that areas and cells have in common. */
static void set_unit(const units *u, size_t i, const char *class_, double p, hot_layer *l,
                     size_t row)
{
    double now = (double)u->now[i];
    hot_layer_set_integer(l, "previous", row, u->before[i]);
    hot_layer_set_real(l, "expected", row, u->expected[i]);
    hot_layer_set_real(l, "difference", row, now - u->expected[i]);
    hot_layer_set_real(l, "p_value", row, u->p[i]);
    hot_layer_set_real(l, "p_fdr", row, u->p_fdr[i]);
    if (!isnan(p))
        hot_layer_set_integer(l, class_, row, hot_change_class(now, u->expected[i], p, level));
}

static hot_change_told told_of(const hot_study *s, const judging *j, const units *u,
                               const char *unit)
{
    return (hot_change_told){.study = s,
                             .comparison = &j->comparison,
                             .shift = &j->shift,
                             .usual = u->usual.df > 0 ? &u->usual : NULL,
                             .covered = j->covered,
                             .unit = unit};
}

/* ---- areas ---- */

static hot_status set_areas(const judging *j, const units *u, const hot_change_told *told,
                            hot_layer *l)
{
    double days = j->ground.days_now / j->ground.days_before;
    for (size_t i = 0; i < u->n; i++) {
        double now = (double)u->now[i], before = (double)u->before[i];
        set_unit(u, i, "change_class", u->p[i], l, i);
        if (is_chosen_later(j, u, i)) {
            HOT_TRY(hot_change_note_later(told, now, before, u->since[i], l, i));
            continue;
        }
        if (before > 0) hot_layer_set_real(l, "change_pct", i, 100 * (now / before / days - 1));
        HOT_TRY(hot_change_note(told, now, before, u->expected[i], u->p[i] <= level, l, i));
    }
    return hot_change_about(told, l);
}

/** How many of the hotspots the comparison says nothing of, and why. */
static hot_status say_later(const judging *j, const units *u, hot_layer *l)
{
    char text[400];
    size_t later = 0;
    for (size_t i = 0; i < u->n; i++) later += is_chosen_later(j, u, i);
    if (later == 0) return HOT_OK;
    snprintf(text, sizeof text,
             "Of %zu of %zu hotspots no change is judged: the period compared with began before "
             "they were adopted, or from when on they are hotspots is not said. Places chosen "
             "because they were high fall back by themselves.",
             later, u->n);
    return hot_layer_say(l, text);
}

static hot_status fill(const hot_study *s, size_t set, hot_layer *areas, hot_error *error)
{
    judging j;
    bool asked = false;
    units u = {.n = areas->n, .of = s->sets[set].area_of, .since = s->sets[set].valid_from};
    hot_status status = judging_new(s, &asked, &j, error);
    if (status == HOT_OK && asked) status = judge_units(s, &j, &u);
    hot_change_told told = told_of(s, &j, &u, s->sets[set].areas.name);
    if (status == HOT_OK && asked) status = set_areas(&j, &u, &told, areas);
    if (status == HOT_OK && asked) status = say_later(&j, &u, areas);
    units_free(&u);
    judging_free(&j);
    return status;
}

/* ---- cells ---- */

/** Cells with an incident of any covered month, numbered from the north-west, row by row. */
typedef struct {
    hot_frame frame;
    int32_t *number; /* [frame] of each cell; -1 = none */
    int32_t *of;     /* [points] */
    size_t n;
    int64_t *at; /* [n] index of the frame */
} cells;

static void cells_free(cells *c)
{
    hot_free(c->number);
    hot_free(c->of);
    hot_free(c->at);
}

static hot_status lay_cells(const hot_study *s, const hot_history *h, hot_frame *frame,
                            hot_error *error)
{
    const hot_points *p = &s->loaded.points;
    double side = hot_settings_number(s->settings, "change-cell");
    hot_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t k = 0; k < h->n; k++) {
        uint32_t at = s->loaded.incidents.point[h->row[k]];
        box = (hot_box){fmin(box.west, p->x[at]), fmin(box.south, p->y[at]),
                        fmax(box.east, p->x[at]), fmax(box.north, p->y[at])};
    }
    if (h->n == 0) box = (hot_box){0, 0, 0, 0};
    if (hot_frame_fit(box.west, box.south, box.east, box.north, side, 0, frame) == HOT_OK)
        return HOT_OK;
    return hot_fail(error, HOT_USAGE,
                    "--change-cell %s: the squares are too small or too many; 250m is usual.",
                    hot_settings_text(s->settings, "change-cell"));
}

static void number_cells(cells *c)
{
    int64_t size = hot_frame_size(&c->frame);
    for (int64_t i = 0; i < size; i++) {
        if (c->number[i] == 0) {
            c->number[i] = -1;
            continue;
        }
        c->at[c->n] = i;
        c->number[i] = (int32_t)c->n++;
    }
}

static hot_status cells_new(const hot_study *s, const hot_history *h, cells *c, hot_error *error)
{
    const hot_points *p = &s->loaded.points;
    HOT_TRY(lay_cells(s, h, &c->frame, error));
    size_t size = (size_t)hot_frame_size(&c->frame), most = h->n < size ? h->n : size;
    c->number = hot_new(size, sizeof *c->number);
    c->of = hot_new_raw(p->n, sizeof *c->of);
    c->at = hot_new_raw(most, sizeof *c->at);
    if (!c->number || !c->of || !c->at) return HOT_MEMORY;
    for (size_t k = 0; k < h->n; k++) {
        uint32_t at = s->loaded.incidents.point[h->row[k]];
        c->number[hot_frame_index(&c->frame, p->x[at], p->y[at])] = 1;
    }
    number_cells(c);
    for (size_t k = 0; k < p->n; k++) {
        int64_t at = hot_frame_index(&c->frame, p->x[k], p->y[k]);
        c->of[k] = at < 0 ? -1 : c->number[at];
    }
    return HOT_OK;
}

static hot_status add_square(const hot_frame *f, int64_t at, hot_shapes *shapes)
{
    double west = f->west + (double)(at % f->cols) * f->cell;
    double north = f->north - (double)(at / f->cols) * f->cell;
    double east = west + f->cell, south = north - f->cell;
    HOT_TRY(hot_shapes_add(shapes, west, south));
    HOT_TRY(hot_shapes_add(shapes, east, south));
    HOT_TRY(hot_shapes_add(shapes, east, north));
    HOT_TRY(hot_shapes_add(shapes, west, north));
    HOT_TRY(hot_shapes_add(shapes, west, south));
    HOT_TRY(hot_shapes_end_ring(shapes));
    HOT_TRY(hot_shapes_end_part(shapes));
    return hot_shapes_end(shapes);
}

static hot_status set_cells(const cells *c, const units *u, const hot_change_told *told,
                            hot_layer *l)
{
    size_t n = 0, row = 0;
    for (size_t i = 0; i < u->n; i++) n += u->now[i] + u->before[i] > 0;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, n, l));
    for (size_t i = 0; i < u->n; i++) {
        if (u->now[i] + u->before[i] == 0) continue;
        set_unit(u, i, "class", u->p_fdr[i], l, row);
        hot_layer_set_integer(l, "current", row++, u->now[i]);
        HOT_TRY(add_square(&c->frame, c->at[i], &l->shapes));
    }
    return hot_change_about(told, l);
}

static hot_status make_cells(const hot_study *s, const judging *j, hot_result *result,
                             hot_error *error)
{
    cells c = {.n = 0};
    units u = {.n = 0};
    hot_status status = cells_new(s, &j->history, &c, error);
    u.n = c.n;
    u.of = c.of;
    if (status == HOT_OK) status = judge_units(s, j, &u);
    hot_change_told told = told_of(s, j, &u, "square");
    hot_layer *l = status == HOT_OK ? hot_result_add(result) : NULL;
    if (status == HOT_OK) status = l ? set_cells(&c, &u, &told, l) : HOT_MEMORY;
    units_free(&u);
    cells_free(&c);
    return status;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    judging j;
    bool asked = false;
    hot_status status = judging_new(s, &asked, &j, error);
    units none = {.n = 0};
    hot_change_told told = told_of(s, &j, &none, "area");
    if (status == HOT_OK && asked) status = hot_change_tell(&told, s);
    if (status == HOT_OK && asked) status = make_cells(s, &j, result, error);
    judging_free(&j);
    return status;
}

const hot_analysis hot_analysis_change = {
    .word = "change",
    .about = "Change: which areas moved beyond their usual variation",
    .examples = "Example:\n\n  hotbeat change 2023-*.csv 2024-*.csv 2025-*.csv --from 2025 "
                "--compare last-year --areas ward=wards.gpkg --out change",
    .layers = layers,
    .n_layers = 1,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .make = make,
    .fill = fill,
};
