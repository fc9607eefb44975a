/* Whether few places, cells, areas or persons have most of the incidents. */
#include "engine/concentration/concentration.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/chance/limits.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/phrases.h"
#include "layers/catalogue/units.h"

static const hot_column columns[] = {
    {"unit", HOT_TEXT, "Unit", "",
     "What incidents are counted by: place (map_point on anonymised data), cell_250m, an area "
     "set's "
     "name, person or case."},
    {"units", HOT_INTEGER, "Units in all", "",
     "Areas and cells: those without an incident too; places, map points, persons and cases: those "
     "with one or more."},
    {"units_with", HOT_INTEGER, "Units with an incident", "", "With one or more in the period."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period",
     "At these units; of persons and cases, those with a key; of places and cells, those whose "
     "position is not coarse."},
    {"share_pct", HOT_INTEGER, "Share of the incidents, %", "%", "25, 50 or 80."},
    {"units_needed", HOT_INTEGER, "Units that hold that share", "",
     "The fewest that together hold at least that share."},
    {"units_needed_pct", HOT_REAL, "Units that hold that share, % of all", "%", "Of `units`."},
    {"gini", HOT_REAL, "Gini coefficient", "0 to 1",
     "0 = all units have equally many, near 1 = one has all."},
    {"gini_adjusted", HOT_REAL, "Gini coefficient, generalised", "0 to 1",
     "Against the most even spread that so few incidents allow (Bernasco and Steenbeek 2017)."},
    {"gini_unbiased", HOT_REAL, "Gini coefficient, generalised, unbiased", "0 to 1",
     "The same, for few units or incidents: 1 where one unit has all."},
    {"gini_poisson", HOT_REAL, "Concentration beyond chance", "up to 1",
     "0 = as uneven as chance alone gives, 1 = one unit has all; empty where units without an "
     "incident are not known."},
    {"sentence", HOT_TEXT, "In words", "", "The same in words."},
};

static const hot_declaration layer = {
    .name = "concentration",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Concentration",
    .about = "How few places, cells of 250 m, areas or persons have 25, 50 and 80% of the "
             "incidents. Places and persons are those with an incident or more: those without are "
             "not known.",
    .citation = "Bernasco and Steenbeek (2017), More places than crimes, Journal of Quantitative "
                "Criminology 33; chance as in Safer Streets, University of Leeds (2025), Measuring "
                "crime concentration.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

static const hot_column top_columns[] = {
    {"unit", HOT_TEXT, "Unit", "", "As in concentration."},
    {"k", HOT_INTEGER, "How many units", "", "The k units with most incidents."},
    {"incidents", HOT_INTEGER, "Incidents of these", "incidents in the period", "Of the k units."},
    {"share", HOT_REAL, "Share of all incidents (0 to 1)", "0 to 1", "Of the units' incidents."},
    {"low", HOT_REAL, "Share, lower 95% limit", "0 to 1", "Lower 95% limit of the share."},
    {"high", HOT_REAL, "Share, upper 95% limit", "0 to 1", "Upper 95% limit of the share."},
    {"tied", HOT_INTEGER, "Further units with as many", "",
     "As the last of the k: any of them might have been taken in its place."},
    {"sentence", HOT_TEXT, "In words", "", "The same in words."},
};

static const hot_declaration top_layer = {
    .name = "concentration_top",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Share of the units with most incidents",
    .about =
        "What share of the incidents the 1, 2, 3, 4, 5, 10 ... units with most of them have, and "
        "between which limits it lies by chance. They were chosen because they are highest: "
        "expect them to have less next time.",
    .citation = "Limits: Wilson (1927), Journal of the American Statistical Association 22.",
    .columns = top_columns,
    .n_columns = sizeof top_columns / sizeof *top_columns,
};

static const hot_column lorenz_columns[] = {
    {"unit", HOT_TEXT, "Unit", "", "As in concentration."},
    {"by", HOT_TEXT, "Counted by", "", "units, or the people who live in them."},
    {"share_units", HOT_REAL, "Share of the units or people (0 to 1)", "0 to 1",
     "Of the units or people, those with most incidents first."},
    {"share_incidents", HOT_REAL, "Share of the incidents (0 to 1)", "0 to 1",
     "Of the incidents, those that this share has."},
};

static const hot_code bys[] = {{"units", "Units"}, {"people", "Residents"}};
static const hot_coding lorenz_codings[] = {HOT_CODING("by", bys)};

static const hot_declaration lorenz_layer = {
    .name = "lorenz",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Lorenz curves",
    .about = "For a chart: the share of the incidents (up) that a share of the units, or of the "
             "people who live in them, has (across), beginning with those that have most. A "
             "straight line from 0 to 1 would be an even spread.",
    .citation = "Lorenz (1905), Publications of the American Statistical Association 9.",
    .columns = lorenz_columns,
    .n_columns = sizeof lorenz_columns / sizeof *lorenz_columns,
    .codings = lorenz_codings,
    .n_codings = sizeof lorenz_codings / sizeof *lorenz_codings,
};

static const hot_declaration *const layers[] = {&layer, &top_layer, &lorenz_layer};

enum { SENTENCE = 400 };

/* ---- how few hold a quarter, half, four fifths ---- */

static const unsigned shares[] = {25, 50, 80};
enum { SHARES = sizeof shares / sizeof *shares };

static void say_needed(const hot_unit *u, unsigned percent, uint64_t needed, char *text)
{
    char few[HOT_PHRASE], all[HOT_PHRASE], of[HOT_PHRASE], incidents[HOT_PHRASE];
    double share = (double)needed / (double)u->tiers.units;
    snprintf(text, SENTENCE, "%s of %s %s (%s%%) hold%s at least %u%% of %s incident%s.",
             hot_phrase_count(needed, few), hot_phrase_count(u->tiers.units, all), u->many,
             hot_phrase_percent(share, hot_phrase_places(share), of), needed == 1 ? "s" : "",
             percent, hot_phrase_count(u->tiers.incidents, incidents),
             u->tiers.incidents == 1 ? "" : "s");
}

static void set_ginis(const hot_unit *u, hot_layer *l, size_t row)
{
    hot_layer_set_real(l, "gini", row, hot_gini(&u->tiers));
    hot_layer_set_real(l, "gini_adjusted", row, hot_gini_generalised(&u->tiers));
    hot_layer_set_real(l, "gini_unbiased", row, hot_gini_unbiased(&u->tiers));
    if (u->whole) hot_layer_set_real(l, "gini_poisson", row, hot_gini_beyond_chance(&u->tiers));
}

static hot_status set_needed(const hot_unit *u, unsigned percent, hot_layer *l, size_t row)
{
    char text[SENTENCE];
    uint64_t needed = hot_tiers_needed(&u->tiers, percent);
    HOT_TRY(hot_layer_set_text(l, "unit", row, u->name));
    hot_layer_set_integer(l, "units", row, (int64_t)u->tiers.units);
    hot_layer_set_integer(l, "units_with", row, (int64_t)u->tiers.held);
    hot_layer_set_integer(l, "incidents", row, (int64_t)u->tiers.incidents);
    hot_layer_set_integer(l, "share_pct", row, percent);
    set_ginis(u, l, row);
    if (u->tiers.incidents == 0)
        return hot_layer_set_text(l, "sentence", row, "There was no incident.");
    hot_layer_set_integer(l, "units_needed", row, (int64_t)needed);
    hot_layer_set_real(l, "units_needed_pct", row, 100 * (double)needed / (double)u->tiers.units);
    say_needed(u, percent, needed, text);
    return hot_layer_set_text(l, "sentence", row, text);
}

/** How many incidents are of no such unit.
 *  @return bytes written */
static size_t say_without(const hot_unit *u, char *text, size_t room)
{
    char count[HOT_PHRASE];
    uint64_t without = u->without_key ? u->without_key : u->coarse;
    if (without == 0) return 0;
    return (size_t)snprintf(text, room, " %s more %s %s.", hot_phrase_count(without, count),
                            without == 1 ? "has" : "have",
                            u->without_key ? "no key" : "a coarse position");
}

/** What the layer says of itself, and how few units hold half, unit by unit. */
static hot_status say_all(const hot_units *all, hot_layer *l)
{
    char text[4096];
    size_t n = (size_t)snprintf(text, sizeof text, "%s", layer.about);
    for (size_t k = 0; k < all->n && n + SENTENCE + 200 < sizeof text; k++) {
        const hot_unit *u = &all->unit[k];
        if (u->tiers.incidents == 0) continue;
        text[n++] = ' ';
        say_needed(u, 50, hot_tiers_needed(&u->tiers, 50), text + n);
        n += strlen(text + n);
        n += say_without(u, text + n, sizeof text - n);
    }
    l->about = hot_arena_text(&l->arena, text, n);
    return l->about ? HOT_OK : HOT_MEMORY;
}

static hot_status make_shares(const hot_units *all, hot_result *result)
{
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, all->n * SHARES, l));
    for (size_t k = 0; k < all->n; k++)
        for (size_t i = 0; i < SHARES; i++)
            HOT_TRY(set_needed(&all->unit[k], shares[i], l, k * SHARES + i));
    return say_all(all, l);
}

/* ---- what the highest have ---- */

static const unsigned tops[] = {1, 2, 3, 4, 5, 10, 20, 50, 100};
enum { TOPS = sizeof tops / sizeof *tops };

/** How many of them there are: a unit without an incident is no top. */
static size_t tops_of(const hot_unit *u)
{
    size_t n = 0;
    while (n < TOPS && tops[n] <= u->tiers.held) n++;
    return n;
}

static void say_top(const hot_unit *u, unsigned k, uint64_t incidents, hot_limits limits,
                    uint64_t tied, char *text)
{
    char all[HOT_PHRASE], part[HOT_PHRASE], whole[HOT_PHRASE], share[HOT_PHRASE], low[HOT_PHRASE],
        high[HOT_PHRASE], more[HOT_PHRASE];
    double of = (double)incidents / (double)u->tiers.incidents;
    int places = hot_phrase_places(of);
    int n = snprintf(text, SENTENCE,
                     "%u of %s %s account%s for %s of %s incident%s: %s%% (95%% limits %s to "
                     "%s%%).",
                     k, hot_phrase_count(u->tiers.units, all), u->many, k == 1 ? "s" : "",
                     hot_phrase_count(incidents, part), hot_phrase_count(u->tiers.incidents, whole),
                     u->tiers.incidents == 1 ? "" : "s", hot_phrase_percent(of, places, share),
                     hot_phrase_percent(limits.low, places, low),
                     hot_phrase_percent(limits.high, places, high));
    if (tied && n > 0 && n < SENTENCE)
        snprintf(text + n, (size_t)(SENTENCE - n), " %s more ha%s as many as the last of these.",
                 hot_phrase_count(tied, more), tied == 1 ? "s" : "ve");
}

static hot_status set_top(const hot_unit *u, unsigned k, hot_layer *l, size_t row)
{
    char text[SENTENCE];
    uint64_t tied, incidents = hot_tiers_top(&u->tiers, k, &tied);
    double part = (double)incidents, whole = (double)u->tiers.incidents;
    hot_limits limits = hot_wilson(part, whole, HOT_Z95);
    HOT_TRY(hot_layer_set_text(l, "unit", row, u->name));
    hot_layer_set_integer(l, "k", row, k);
    hot_layer_set_integer(l, "incidents", row, (int64_t)incidents);
    hot_layer_set_real(l, "share", row, part / whole);
    hot_layer_set_real(l, "low", row, limits.low);
    hot_layer_set_real(l, "high", row, limits.high);
    hot_layer_set_integer(l, "tied", row, (int64_t)tied);
    say_top(u, k, incidents, limits, tied, text);
    return hot_layer_set_text(l, "sentence", row, text);
}

static hot_status make_tops(const hot_units *all, hot_result *result)
{
    size_t n = 0, row = 0;
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    for (size_t k = 0; k < all->n; k++) n += tops_of(&all->unit[k]);
    HOT_TRY(hot_layer_new(&top_layer, NULL, NULL, n, l));
    for (size_t k = 0; k < all->n; k++)
        for (size_t i = 0; i < tops_of(&all->unit[k]); i++)
            HOT_TRY(set_top(&all->unit[k], tops[i], l, row++));
    return HOT_OK;
}

/* ---- Lorenz curves ---- */

/** A curve that was worked out, thinned. */
typedef struct {
    const char *unit, *by;
    size_t n;
    hot_lorenz_vertex *vertex; /* [n] */
} curve;

typedef struct {
    size_t n, room;
    curve *curve;
} curves;

static void curves_free(curves *c)
{
    for (size_t k = 0; k < c->n; k++) hot_free(c->curve[k].vertex);
    hot_free(c->curve);
}

/** Takes over `step`, also where it fails. */
static hot_status add_curve(curves *c, const char *unit, const char *by, hot_lorenz_step *step,
                            size_t n)
{
    hot_lorenz_vertex *vertex = step ? hot_new_raw(n + 1, sizeof *vertex) : NULL;
    bool room = vertex && hot_grow(&c->curve, &c->room, c->n + 1, sizeof *c->curve);
    if (room)
        c->curve[c->n++] =
            (curve){unit, by, hot_lorenz_thin(vertex, hot_lorenz(step, n, vertex)), vertex};
    else
        hot_free(vertex);
    hot_free(step);
    return room ? HOT_OK : HOT_MEMORY;
}

static hot_status add_by_units(curves *c, const hot_unit *u)
{
    hot_lorenz_step *step = hot_new_raw(u->tiers.n + 1, sizeof *step);
    size_t n = step ? hot_lorenz_steps(&u->tiers, step) : 0;
    return add_curve(c, u->name, "units", step, n);
}

/** By people only where it is known of every area how many live there. */
static hot_status add_by_people(curves *c, const hot_areas *a, const hot_layer *levels)
{
    for (size_t i = 0; i < a->n; i++)
        if (!isfinite(a->population[i])) return HOT_OK;
    hot_lorenz_step *step = hot_new_raw(a->n, sizeof *step);
    for (size_t i = 0; i < a->n && step; i++)
        step[i] = (hot_lorenz_step){(double)hot_layer_integer(levels, "incidents", i, 0),
                                    a->population[i]};
    return add_curve(c, a->name, "people", step, a->n);
}

static hot_status find_curves(const hot_study *s, const hot_units *all, const hot_result *result,
                              curves *c)
{
    for (size_t k = 0; k < all->n; k++) HOT_TRY(add_by_units(c, &all->unit[k]));
    for (size_t k = 0; k < s->n_sets; k++) {
        const hot_areas *a = &s->sets[k].areas;
        const hot_layer *levels = hot_result_layer(result, a->name);
        if (a->has_population && levels) HOT_TRY(add_by_people(c, a, levels));
    }
    return HOT_OK;
}

static hot_status set_curves(const curves *c, hot_layer *l)
{
    for (size_t k = 0, row = 0; k < c->n; k++)
        for (size_t i = 0; i < c->curve[k].n; i++, row++) {
            hot_lorenz_vertex v = c->curve[k].vertex[i];
            HOT_TRY(hot_layer_set_text(l, "unit", row, c->curve[k].unit));
            HOT_TRY(hot_layer_set_text(l, "by", row, c->curve[k].by));
            hot_layer_set_real(l, "share_units", row, v.weight);
            hot_layer_set_real(l, "share_incidents", row, v.incidents);
        }
    return HOT_OK;
}

static hot_status make_lorenz(const hot_study *s, const hot_units *all, hot_result *result)
{
    curves c = {0};
    size_t n = 0;
    hot_status status = find_curves(s, all, result, &c);
    for (size_t k = 0; k < c.n; k++) n += c.curve[k].n;
    hot_layer *l = status == HOT_OK ? hot_result_add(result) : NULL;
    if (status == HOT_OK) status = l ? hot_layer_new(&lorenz_layer, NULL, NULL, n, l) : HOT_MEMORY;
    if (status == HOT_OK) status = set_curves(&c, l);
    curves_free(&c);
    return status;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)error;
    hot_units all = {0};
    hot_status status = hot_units_count(s, result, &all);
    if (status == HOT_OK) status = make_shares(&all, result);
    if (status == HOT_OK) status = make_tops(&all, result);
    if (status == HOT_OK) status = make_lorenz(s, &all, result);
    hot_units_free(&all);
    return status;
}

const hot_analysis hot_analysis_concentration = {
    .word = "concentration",
    .about = "Concentration: whether a few places, areas or persons have most incidents",
    .examples = "Example:\n\n  hotbeat concentration log.csv --areas ward=wards.gpkg --case "
                "victim_ref --profile internal --out few",
    .layers = layers,
    .n_layers = sizeof layers / sizeof *layers,
    .make = make,
};
