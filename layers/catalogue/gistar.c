/* Gi*: squares that lie where there are more incidents than chance leaves there, and fewer. */
#include "engine/gistar/gistar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/chance/benjamini.h"
#include "engine/gistar/permute.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/columns.h"
#include "layers/catalogue/gistar.h"
#include "layers/catalogue/phrases.h"
#include "layers/read/file.h"

static const hot_column columns[] = {
    {"west", HOT_REAL, "Western edge, m", "m", "Easting of its south-west corner."},
    {"south", HOT_REAL, "Southern edge, m", "m", "Northing of its south-west corner."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period", "In the square."},
    {"window_incidents", HOT_INTEGER, "Incidents round about", "incidents in the period",
     "In the square and in those round it, its window."},
    {"window_expected", HOT_REAL, "Expected round about", "incidents in the period",
     "In a window of as many squares, were all squares alike."},
    {"window_squares", HOT_INTEGER, "Squares round about", "squares",
     "Of the window; itself included."},
    {"z", HOT_REAL, "Gi*, z", "standard deviations",
     "How far its window is off what is expected; over 0 = more."},
    {"p_value", HOT_REAL, "p, permuted", "0 to 1",
     "How often permutations of all other squares put as much, or as little, round this one: twice "
     "the smaller tail. By the normal law where --gistar-permutations is 0."},
    {"p_analytic", HOT_REAL, "p, normal law", "0 to 1", "Of z, two-sided."},
    {"p_fdr", HOT_REAL, "p, among all squares", "0 to 1",
     "p_value adjusted for how many squares were judged, by Benjamini and Hochberg (1995)."},
    {"class", HOT_INTEGER, "Class", "",
     "By p_fdr: 3, 2, 1 = hot at a fifth of --gistar-alpha, at it, and at twice it (0.01, 0.05, "
     "0.10); -3 to -1 cold; 0 neither; empty = not judged."},
};

static const hot_code classes[] = {
    {"3", "Far more than chance gives"},       {"2", "More than chance gives"},
    {"1", "Perhaps more than chance gives"},   {"0", "No more than chance"},
    {"-1", "Perhaps fewer than chance gives"}, {"-2", "Fewer than chance gives"},
    {"-3", "Far fewer than chance gives"},
};
static const hot_coding codings[] = {HOT_CODING("class", classes)};

static const hot_declaration layer = {
    .name = "gistar",
    .style = "gistar",
    .geometry = HOT_POLYGON,
    .title = "Hot and cold squares (Gi*)",
    .about = "Squares with an incident: which of them lie where there are more than chance would "
             "leave there, if the numbers of all other squares were dealt out anew, and which "
             "squares where there are fewer. A hot one has an incident of its own and at least 5 "
             "in and round it; a cold one would be expected to have 5. One busy square among quiet "
             "ones is not hot in this sense: see the density for those.",
    .citation = "Gi*: Getis and Ord (1992), Geographical Analysis 24; Ord and Getis (1995), "
                "Geographical Analysis 27. Permutations: Anselin (1995), Geographical Analysis 27. "
                "Benjamini and Hochberg (1995), JRSS B 57.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

static const hot_declaration *const layers[] = {&layer};

#define GROUP "Hot squares (Gi*)"

/* clang-format off */
static const hot_option options[] = {
    {"gistar-cell", HOT_OPTION_METRES, "DISTANCE", "250m", NULL, GROUP, "side of the squares", false},
    {"gistar-radius", HOT_OPTION_METRES, "DISTANCE", "375m", NULL, GROUP, "a square is judged with those whose centres lie within this of its own", false},
    {"gistar-universe", HOT_OPTION_FILE, "WHICH", "recorded", "recorded|area", GROUP, "the squares that are compared: recorded (where anything was ever recorded, of any type and month of the input), area (all of the study area), or a file of polygons, FILE[:LAYER][,crs=EPSG:CODE]", false},
    {"gistar-alpha", HOT_OPTION_SHARE, "SHARE", "0.05", NULL, GROUP, "hot (class 2) at this adjusted p; class 3 at a fifth of it, class 1 at twice", false},
    {"gistar-permutations", HOT_OPTION_COUNT, "N", "99999", NULL, GROUP, "permutations that p is counted from, up to 99999; few cannot tell the hottest of thousands of squares apart from chance; 0 = the normal law", false},
    {"gistar-grid", HOT_OPTION_CHOICE, "yes|no", "no", "yes|no", GROUP, "write z of every square compared as gistar.tif", false},
};
/* clang-format on */

/* ---- judging ---- */

/** Squares of the universe, in the frame's order. */
typedef struct {
    size_t n;
    hot_gistar_whole whole;
    double *own, *window, *z, *p, *p_analytic, *p_fdr; /* [n] */
    int32_t *cells;                                    /* [n] */
    int8_t *to, *class_;                               /* [n] */
} squares;

static void squares_free(squares *q)
{
    hot_free(q->own);
    hot_free(q->window);
    hot_free(q->z);
    hot_free(q->p);
    hot_free(q->p_analytic);
    hot_free(q->p_fdr);
    hot_free(q->cells);
    hot_free(q->to);
    hot_free(q->class_);
    *q = (squares){0};
}

static hot_status squares_new(const hot_gistar_universe *u, squares *q)
{
    size_t n = u->n, at = 0;
    *q = (squares){.n = n,
                   .own = hot_new_raw(n, sizeof *q->own),
                   .window = hot_new_raw(n, sizeof *q->window),
                   .z = hot_new_raw(n, sizeof *q->z),
                   .p = hot_new_raw(n, sizeof *q->p),
                   .p_analytic = hot_new_raw(n, sizeof *q->p_analytic),
                   .p_fdr = hot_new_raw(n, sizeof *q->p_fdr),
                   .cells = hot_new_raw(n, sizeof *q->cells),
                   .to = hot_new(n, sizeof *q->to),
                   .class_ = hot_new(n, sizeof *q->class_)};
    if (!q->own || !q->window || !q->z || !q->p || !q->p_analytic || !q->p_fdr || !q->cells ||
        !q->to || !q->class_)
        return HOT_MEMORY;
    for (int64_t k = 0; at < n; k++)
        if (u->inside[k]) q->own[at++] = u->incidents[k];
    return HOT_OK;
}

static void by_the_normal_law(squares *q)
{
    for (size_t i = 0; i < q->n; i++) {
        q->p[i] = q->p_analytic[i];
        q->to[i] = (int8_t)((q->z[i] > 0) - (q->z[i] < 0));
    }
}

static hot_status find_p(const hot_study *s, squares *q)
{
    hot_gistar_chance chance = {
        .permutations = (uint32_t)hot_settings_number(s->settings, "gistar-permutations"),
        .seed = (uint64_t)hot_settings_number(s->settings, "seed"),
        .threads = s->threads};
    for (size_t i = 0; i < q->n; i++) q->p_analytic[i] = hot_gistar_p(q->z[i]);
    if (chance.permutations)
        HOT_TRY(hot_gistar_permute(q->own, q->window, q->cells, q->n, &chance, q->p, q->to));
    else
        by_the_normal_law(q);
    for (size_t i = 0; i < q->n; i++)
        if (isnan(q->z[i])) q->p[i] = NAN;
    return hot_benjamini(q->p, q->n, q->p_fdr);
}

static hot_status judge(const hot_study *s, const hot_gistar_universe *u, squares *q)
{
    hot_gistar_grid grid = {&u->frame, u->incidents, u->inside};
    double radius = hot_settings_number(s->settings, "gistar-radius");
    double alpha = hot_settings_number(s->settings, "gistar-alpha");
    HOT_TRY(squares_new(u, q));
    if (q->n == 0) return HOT_OK;
    HOT_TRY(hot_gistar(&grid, radius, s->threads, &q->whole, q->window, q->cells, q->z));
    HOT_TRY(find_p(s, q));
    for (size_t i = 0; i < q->n; i++) {
        hot_gistar_cell cell = {q->own[i], q->window[i], q->cells[i] * q->whole.mean,
                                q->z[i],   q->p_fdr[i],  q->to[i]};
        q->class_[i] = (int8_t)hot_gistar_class(&cell, alpha);
    }
    return HOT_OK;
}

/* ---- the layer ---- */

static bool is_written(const squares *q, size_t i)
{
    return q->own[i] > 0 || q->class_[i] != 0;
}

static hot_status add_square(double west, double south, double side, hot_shapes *shapes)
{
    double east = west + side, north = south + side;
    const double x[] = {west, east, east, west, west}, y[] = {south, south, north, north, south};
    for (size_t i = 0; i < 5; i++) HOT_TRY(hot_shapes_add(shapes, x[i], y[i]));
    HOT_TRY(hot_shapes_end_ring(shapes));
    HOT_TRY(hot_shapes_end_part(shapes));
    return hot_shapes_end(shapes);
}

static void set_square(const squares *q, size_t i, hot_layer *l, size_t row)
{
    hot_layer_set_integer(l, "incidents", row, (int64_t)q->own[i]);
    hot_layer_set_integer(l, "window_incidents", row, (int64_t)q->window[i]);
    hot_layer_set_real(l, "window_expected", row, q->cells[i] * q->whole.mean);
    hot_layer_set_integer(l, "window_squares", row, q->cells[i]);
    hot_layer_set_real(l, "z", row, q->z[i]);
    hot_layer_set_real(l, "p_value", row, q->p[i]);
    hot_layer_set_real(l, "p_analytic", row, q->p_analytic[i]);
    hot_layer_set_real(l, "p_fdr", row, q->p_fdr[i]);
    if (!isnan(q->p_fdr[i])) hot_layer_set_integer(l, "class", row, q->class_[i]);
}

static hot_status add_squares(const hot_gistar_universe *u, const squares *q, hot_layer *l)
{
    const hot_frame *f = &u->frame;
    size_t n = 0, row = 0, i = 0;
    for (size_t k = 0; k < q->n; k++) n += is_written(q, k);
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, n, l));
    for (int64_t k = 0; i < q->n; k++) {
        if (!u->inside[k]) continue;
        if (is_written(q, i)) {
            double west = f->west + (double)(k % f->cols) * f->cell;
            double south = f->north - (double)(k / f->cols + 1) * f->cell;
            hot_layer_set_real(l, "west", row, west);
            hot_layer_set_real(l, "south", row, south);
            set_square(q, i, l, row++);
            HOT_TRY(add_square(west, south, f->cell, &l->shapes));
        }
        i++;
    }
    return HOT_OK;
}

/* ---- what is said of it ---- */

static hot_status say_squares(const hot_study *s, size_t n, hot_layer *l)
{
    char text[600];
    const char *asked = hot_settings_text(s->settings, "gistar-universe");
    bool recorded = strcmp(asked, "recorded") == 0, area = strcmp(asked, "area") == 0;
    snprintf(text, sizeof text,
             "Squares of %g m, each with those whose centres lie within %g m of its own, among the "
             "%zu %s%.200s.",
             hot_settings_number(s->settings, "gistar-cell"),
             hot_settings_number(s->settings, "gistar-radius"), n,
             recorded ? "where anything of any type was ever recorded"
             : area   ? "of the study area"
                      : "of ",
             recorded || area ? "" : hot_base_name(asked));
    return hot_layer_say(l, text);
}

static hot_status say_chance(const hot_study *s, hot_layer *l)
{
    char text[300], count[HOT_PHRASE];
    double permutations = hot_settings_number(s->settings, "gistar-permutations");
    if (permutations > 0)
        snprintf(text, sizeof text, "p is from %s permutation%s (seed %.0f).",
                 hot_phrase_count((uint64_t)permutations, count), permutations > 1 ? "s" : "",
                 hot_settings_number(s->settings, "seed"));
    else
        snprintf(text, sizeof text, "p is by the normal law.");
    return hot_layer_say(l, text);
}

/** How many are hot at each level, and the largest p of those. */
static hot_status say_found(const hot_study *s, const squares *q, hot_layer *l)
{
    char text[300];
    size_t hot[4] = {0}, cold = 0, judged = 0;
    double alpha = hot_settings_number(s->settings, "gistar-alpha"), largest = 0;
    for (size_t i = 0; i < q->n; i++) {
        judged += isnan(q->p_fdr[i]) ? 0 : 1;
        for (int level = 1; level <= q->class_[i]; level++) hot[level]++;
        cold += q->class_[i] <= -2;
        if (q->p_fdr[i] <= alpha) largest = fmax(largest, q->p[i]);
    }
    if (judged == 0)
        return hot_layer_say(l, q->n == 0 ? "There is no square to judge."
                                          : "Nothing can be told apart: all squares have the same "
                                            "number, or all lie in each other's window.");
    snprintf(text, sizeof text,
             "Of %zu judged, %zu are hot and %zu cold at %g of the adjusted p (p up to %.2g); %zu "
             "are hot at %g, %zu at %g.",
             judged, hot[2], cold, alpha, largest, hot[3], alpha / 5, hot[1], 2 * alpha);
    return hot_layer_say(l, text);
}

/** The least p that there can be is no small one among so many squares? */
static hot_status say_floor(const hot_study *s, const squares *q, hot_layer *l)
{
    char text[300];
    size_t at_it = 0;
    double permutations = hot_settings_number(s->settings, "gistar-permutations");
    double alpha = hot_settings_number(s->settings, "gistar-alpha"), least = 2 / (1 + permutations);
    for (size_t i = 0; i < q->n; i++) at_it += q->p[i] <= least && q->p_fdr[i] > alpha / 5;
    if (permutations == 0 || at_it == 0) return HOT_OK;
    snprintf(text, sizeof text,
             "%zu %s the least p that so many permutations can give, %.2g, which is not small "
             "enough for class 3 among so many squares%s.",
             at_it, at_it == 1 ? "has" : "have", least,
             permutations < HOT_GISTAR_PERMUTATIONS ? ": ask for more" : "");
    return hot_layer_say(l, text);
}

static hot_status say(const hot_study *s, const hot_gistar_universe *u, const squares *q,
                      hot_layer *l)
{
    char text[200];
    if (q->n) HOT_TRY(say_squares(s, q->n, l));
    if (q->n) HOT_TRY(say_chance(s, l));
    HOT_TRY(say_found(s, q, l));
    HOT_TRY(say_floor(s, q, l));
    if (u->elsewhere) {
        snprintf(text, sizeof text, "%llu incident%s in none of these squares.",
                 (unsigned long long)u->elsewhere, u->elsewhere == 1 ? " lies" : "s lie");
        HOT_TRY(hot_layer_say(l, text));
    }
    if (!s->loaded.snapped) return HOT_OK;
    return hot_layer_say(l, "Locations are anonymised map points: an incident may have happened in "
                            "the next square.");
}

/* ---- the whole grid ---- */

static hot_status add_grid(const hot_study *s, const hot_gistar_universe *u, const squares *q,
                           hot_result *result)
{
    if (!hot_settings_is(s->settings, "gistar-grid", "yes") || q->n == 0) return HOT_OK;
    hot_raster *g = hot_result_add_raster(result);
    if (!g) return HOT_MEMORY;
    *g = (hot_raster){.name = "gistar",
                      .style = "gistar_grid",
                      .unit = "standard deviations",
                      .about = "Gi*, z of every square compared",
                      .surface = {.frame = u->frame}};
    size_t n = (size_t)hot_frame_size(&u->frame), at = 0;
    g->surface.value = hot_new_raw(n, sizeof *g->surface.value);
    if (!g->surface.value) return HOT_MEMORY;
    for (size_t k = 0; k < n; k++)
        g->surface.value[k] = u->inside[k] ? (float)q->z[at++] : (float)NAN;
    return HOT_OK;
}

/* ---- all of it ---- */

static hot_status check(const hot_study *s, hot_error *error)
{
    double alpha = hot_settings_number(s->settings, "gistar-alpha");
    double permutations = hot_settings_number(s->settings, "gistar-permutations");
    if (!(alpha > 0 && alpha <= 0.5))
        return hot_fail(error, HOT_USAGE,
                        "--gistar-alpha %s: expected more than 0 and at most 0.5.",
                        hot_settings_text(s->settings, "gistar-alpha"));
    if (permutations > HOT_GISTAR_PERMUTATIONS)
        return hot_fail(error, HOT_USAGE, "--gistar-permutations %.0f: expected at most %d.",
                        permutations, HOT_GISTAR_PERMUTATIONS);
    return HOT_OK;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    hot_gistar_universe u;
    squares q = {.n = 0};
    HOT_TRY(check(s, error));
    HOT_TRY(hot_gistar_universe_new(s, &u, error));
    hot_status status = judge(s, &u, &q);
    hot_layer *l = status == HOT_OK ? hot_result_add(result) : NULL;
    if (status == HOT_OK) status = l ? add_squares(&u, &q, l) : HOT_MEMORY;
    if (status == HOT_OK) status = say(s, &u, &q, l);
    if (status == HOT_OK) status = add_grid(s, &u, &q, result);
    squares_free(&q);
    hot_gistar_universe_free(&u);
    return status;
}

const hot_analysis hot_analysis_gistar = {
    .word = "gistar",
    .about = "Gi*: which squares are hotter than chance makes them",
    .examples = "Examples:\n\n"
                "  hotbeat gistar 2025-*.csv --areas ward=wards.gpkg --type \"Anti-social "
                "behaviour\" --out hot-squares\n\n"
                "  hotbeat gistar log.csv --areas ward=wards.gpkg --gistar-universe area "
                "--gistar-permutations 0 --gistar-grid yes --profile internal --out textbook",
    .layers = layers,
    .n_layers = 1,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .make = make,
};
