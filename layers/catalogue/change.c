/* What changed since the period it is compared with, beyond usual variation: areas and cells. */
#include "engine/change/change.h"

#include <math.h>
#include <stdio.h>

#include "engine/chance/benjamini.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/change_words.h"
#include "layers/catalogue/columns.h"
#include "layers/catalogue/phrases.h"
#include "layers/cells.h"
#include "layers/compare.h"
#include "layers/history.h"

static const hot_column columns[] = {
    {"west", HOT_REAL, "Western edge, m", "m", "Easting of its south-west corner."},
    {"south", HOT_REAL, "Southern edge, m", "m", "Northing of its south-west corner."},
    {"previous", HOT_INTEGER, "Incidents, comparison period", "incidents",
     "In the period it is compared with."},
    {"current", HOT_INTEGER, "Incidents", "incidents in the period", "In the period."},
    {"expected", HOT_REAL, "Expected incidents", "incidents",
     "From its own past and the others' trend."},
    {"difference", HOT_REAL, "Difference from expected", "incidents", "Incidents less expected."},
    {"p_value", HOT_REAL, "p of the change", "0 to 1",
     "How often usual variation alone would move it as far; chance alone where usual variation is "
     "not known."},
    {"p_fdr", HOT_REAL, "p of the change, among all squares", "0 to 1",
     "Adjusted for how many squares were judged, by Benjamini and Hochberg (1995)."},
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
    uint64_t least;  /* incidents in all months of a unit that usual variation is taken from */
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
    hot_status status = hot_usual_variation(count, u->n, months, j->block, u->least, &u->usual);
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

/** "Of 118 wards judged ...": many are looked at, so that some stand out by chance. */
static hot_status say_found(const units *u, const char *unit, hot_layer *l)
{
    char sentence[400], many[80], chance[80] = "";
    size_t judged = 0, found[3] = {0, 0, 0}, left = 0; /* found: down, neither, up */
    for (size_t i = 0; i < u->n; i++) {
        if (isnan(u->p[i])) continue;
        judged++;
        found[1 + hot_change_class((double)u->now[i], u->expected[i], u->p[i], level)]++;
        left += u->p_fdr[i] <= level;
    }
    if (judged < 2) return HOT_OK;
    hot_phrase_several(unit, many, sizeof many);
    if (u->usual.df > 0)
        snprintf(chance, sizeof chance, ", where about %.0f would be if nothing had changed",
                 level * (double)judged);
    int length = snprintf(sentence, sizeof sentence,
                          "Of %zu %s judged, %zu %s up and %zu down at a p of 5%%%s", judged, many,
                          found[2], found[2] == 1 ? "is" : "are", found[0], chance);
    if (found[0] + found[2] == 0)
        snprintf(sentence + length, sizeof sentence - (size_t)length, ".");
    else
        snprintf(sentence + length, sizeof sentence - (size_t)length,
                 "; allowing for how many were judged, %zu of them %s.", left,
                 left == 1 ? "remains" : "remain");
    return hot_layer_say(l, sentence);
}

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
    HOT_TRY(hot_change_about(told, l));
    return say_found(u, told->unit, l);
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
    units u = {
        .n = areas->n, .of = s->sets[set].area_of, .least = 1, .since = s->sets[set].valid_from};
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

static hot_status find_cells(const hot_study *s, hot_cells *c, hot_error *error)
{
    double side = hot_settings_number(s->settings, "change-cell");
    hot_status status = hot_cells_new(s, side, c);
    if (status != HOT_DOMAIN) return status;
    return hot_fail(error, HOT_USAGE, "--change-cell %s: the squares are too small; 250m is usual.",
                    hot_settings_text(s->settings, "change-cell"));
}

static hot_status set_cells(const hot_cells *c, const units *u, const hot_change_told *told,
                            hot_layer *l)
{
    size_t n = 0, row = 0;
    for (size_t i = 0; i < u->n; i++) n += u->now[i] + u->before[i] > 0;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, n, l));
    for (size_t i = 0; i < u->n; i++) {
        if (u->now[i] + u->before[i] == 0) continue;
        HOT_TRY(hot_cells_add(c, i, &l->shapes));
        set_unit(u, i, "class", u->p_fdr[i], l, row);
        hot_layer_set_real(l, "west", row, c->west[i]);
        hot_layer_set_real(l, "south", row, c->south[i]);
        hot_layer_set_integer(l, "current", row++, u->now[i]);
    }
    return hot_change_about(told, l);
}

static hot_status make_cells(const hot_study *s, const judging *j, hot_result *result,
                             hot_error *error)
{
    hot_cells c = {.n = 0};
    hot_status status = find_cells(s, &c, error);
    units u = {.n = c.n, .of = c.cell_of, .least = HOT_CELLS_STEADY};
    if (status == HOT_OK) status = judge_units(s, j, &u);
    hot_change_told told = told_of(s, j, &u, "square");
    hot_layer *l = status == HOT_OK ? hot_result_add(result) : NULL;
    if (status == HOT_OK) status = l ? set_cells(&c, &u, &told, l) : HOT_MEMORY;
    units_free(&u);
    hot_cells_free(&c);
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
