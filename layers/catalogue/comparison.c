/* Each area's rate beside that of the study area, of its parent and of areas like it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/rates/funnel.h"
#include "engine/rates/rates.h"
#include "layers/catalogue/columns.h"
#include "layers/catalogue/phrases.h"
#include "layers/catalogue/rates.h"

#define RATE "incidents per 1,000 residents in the period"

static const hot_column columns[] = {
    {"area_set", HOT_TEXT, "Areas", "", "Which set of areas: ward, beat ..."},
    {"code", HOT_TEXT, "Code", "", "The area's code."},
    {"name", HOT_TEXT, "Name", "", "The area's name."},
    {"against", HOT_TEXT, "Compared with", "", "study, parent or group."},
    {"against_name", HOT_TEXT, "Which", "", "The larger area's code, or what the group is called."},
    {"areas", HOT_INTEGER, "Areas in it", "areas",
     "Those whose residents are known, this one among them."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period", "In this area."},
    {"population", HOT_INTEGER, "Residents", "people", "Of this area."},
    {"rate_per_1000", HOT_REAL, "Rate", RATE, "Of this area."},
    {"against_rate", HOT_REAL, "Rate it is compared with", RATE,
     "Of all those areas together, this one among them."},
    {"expected", HOT_REAL, "Incidents at that rate", "incidents in the period",
     "What this area would have had at the rate that it is compared with."},
    {"ratio", HOT_REAL, "Times as many", "times", "Incidents over expected: 2 is twice the rate."},
    {"ratio_low", HOT_REAL, "Ratio, lower 95% limit", "times", "By chance alone."},
    {"ratio_high", HOT_REAL, "Ratio, upper 95% limit", "times", "By chance alone."},
    {"denominator_unfit", HOT_INTEGER, "Residents are the wrong measure", "",
     "1 = so many incidents for its residents that it is not judged here."},
    {"z", HOT_REAL, "z in the widened funnel", "standard deviations",
     "How far out it lies of how such areas differ from each other; empty = not judged."},
    {"phi", HOT_REAL, "Dispersion", "times the variance of chance",
     "1 = areas differ by chance alone; 4 = four times as much."},
    {"tau", HOT_REAL, "Deviation between areas", "of the square root of the ratio",
     "Standard deviation of the square root of the ratio, besides chance."},
    {"class", HOT_INTEGER, "Place in the funnel", "",
     "Within or outside the 95% and 99.8% limits; empty = not judged."},
};

static const hot_code against[] = {{"study", "The whole study area"},
                                   {"parent", "The larger area it is part of"},
                                   {"group", "Areas of the same kind"}};
static const hot_code unfit[] = {{"1", "Residents are the wrong measure"},
                                 {"0", "Residents may be divided by"}};
static const hot_code classes[] = {{"2", "Above the 99.8% limits"},
                                   {"1", "Above the 95% limits"},
                                   {"0", "Within the limits"},
                                   {"-1", "Below the 95% limits"},
                                   {"-2", "Below the 99.8% limits"}};
static const hot_coding codings[] = {HOT_CODING("against", against),
                                     HOT_CODING("denominator_unfit", unfit),
                                     HOT_CODING("class", classes)};

const hot_declaration hot_comparison_layer = {
    .name = "comparison",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Areas compared",
    .about =
        "Each area's incidents per 1,000 residents beside those of the whole study area, of the "
        "larger area it is part of, and of areas of its kind. Areas differ anyway: only one that "
        "lies further out than such areas usually do is called out.",
    .citation =
        "Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, and Quality and Safety "
        "in Health Care 14, 347-351: funnel widened by random effects, winsorised at 10%. "
        "Limits of the ratio: Byar, in Breslow and Day (1987).",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

/** What a set's areas are compared with in one way, [areas] each. */
typedef struct {
    const hot_areas *areas;
    const char *how;
    const int64_t *incidents;
    int8_t *unfit;
    hot_gathered *list;
    const char **name;               /* NULL = not compared */
    size_t *alike;                   /* areas in the comparator */
    double *rate;                    /* the comparator's, for one resident */
    double *observed, *expected, *z; /* of those that are judged; else NaN */
    hot_dispersion dispersion;
} funnel;

static void funnel_free(funnel *f)
{
    hot_free(f->unfit);
    hot_free(f->list);
    hot_free(f->name);
    hot_free(f->alike);
    hot_free(f->rate);
    hot_free(f->observed);
    hot_free(f->expected);
    hot_free(f->z);
}

static hot_status funnel_room(const char *const *text, funnel *f)
{
    size_t n = f->areas->n;
    f->unfit = hot_new(n, 1);
    f->list = hot_gather(text, n);
    f->name = hot_new(n, sizeof *f->name);
    f->alike = hot_new(n, sizeof *f->alike);
    f->rate = hot_new(n, sizeof *f->rate);
    f->observed = hot_new(n, sizeof *f->observed);
    f->expected = hot_new(n, sizeof *f->expected);
    f->z = hot_new(n, sizeof *f->z);
    bool room =
        f->unfit && f->list && f->name && f->alike && f->rate && f->observed && f->expected && f->z;
    return room ? HOT_OK : HOT_MEMORY;
}

/** Areas that are compared with each other: list[first] and n - 1 after it. One alone is not. */
static void sum_alike(funnel *f, size_t first, size_t n)
{
    const double *people = f->areas->population;
    double incidents = 0, all = 0;
    size_t known = 0;
    for (size_t k = first; k < first + n; k++) {
        size_t i = f->list[k].area;
        if (!isfinite(people[i])) continue;
        known++;
        incidents += (double)f->incidents[i];
        all += people[i];
    }
    for (size_t k = first; k < first + n && known > 1; k++) {
        size_t i = f->list[k].area;
        if (!(people[i] > 0)) continue;
        f->name[i] = f->list[k].text;
        f->alike[i] = known;
        f->rate[i] = incidents / all;
    }
}

static hot_status judge(funnel *f)
{
    size_t n = f->areas->n;
    for (size_t i = 0; i < n; i++) f->observed[i] = (double)f->incidents[i];
    HOT_TRY(hot_rates_unfit(f->observed, f->areas->population, n, f->unfit));
    for (size_t i = 0; i < n; i++)
        f->expected[i] =
            f->name[i] && f->unfit[i] != 1 ? f->rate[i] * f->areas->population[i] : NAN;
    return hot_funnel(f->observed, f->expected, n, f->z, &f->dispersion);
}

static hot_status funnel_fill(const char *const *text, funnel *f)
{
    HOT_TRY(funnel_room(text, f));
    for (size_t at = 0, n; at < f->areas->n; at += n) {
        n = hot_gathered_alike(f->list, f->areas->n, at);
        if (f->list[at].text) sum_alike(f, at, n);
    }
    return judge(f);
}

/* ---- which comparisons there are ---- */

typedef struct {
    funnel *one;
    size_t n, room;
} funnels;

static hot_status add_funnel(const hot_study *s, const hot_result *result, size_t set,
                             const char *how, const char *const *text, funnels *all)
{
    if (!text) return HOT_OK;
    if (!hot_grow(&all->one, &all->room, all->n + 1, sizeof *all->one)) return HOT_MEMORY;
    funnel *f = &all->one[all->n++];
    *f = (funnel){
        .areas = &s->sets[set].areas, .how = how, .incidents = hot_area_incidents(s, result, set)};
    return funnel_fill(text, f);
}

static hot_status add_study(const hot_study *s, const hot_result *result, size_t set, funnels *all)
{
    size_t n = s->sets[set].areas.n;
    const char **text = hot_new(n, sizeof *text);
    if (!text) return HOT_MEMORY;
    for (size_t i = 0; i < n; i++) text[i] = "study area";
    hot_status status = add_funnel(s, result, set, "study", text, all);
    hot_free(text);
    return status;
}

static hot_status add_funnels(const hot_study *s, const hot_result *result, funnels *all)
{
    for (size_t set = 0; set < s->n_sets; set++) {
        const hot_areas *a = &s->sets[set].areas;
        if (!a->has_population) continue;
        HOT_TRY(add_study(s, result, set, all));
        HOT_TRY(add_funnel(s, result, set, "parent", a->n_uppers ? a->uppers[0].code : NULL, all));
        HOT_TRY(add_funnel(s, result, set, "group", a->group, all));
    }
    return HOT_OK;
}

/* ---- the table ---- */

static hot_status set_names(const funnel *f, size_t i, hot_layer *l, size_t row)
{
    HOT_TRY(hot_layer_set_text(l, "area_set", row, f->areas->name));
    HOT_TRY(hot_layer_set_text(l, "code", row, f->areas->code[i]));
    HOT_TRY(hot_layer_set_text(l, "name", row, f->areas->label[i]));
    HOT_TRY(hot_layer_set_text(l, "against", row, f->how));
    return hot_layer_set_text(l, "against_name", row, f->name[i]);
}

static void set_ratio(const funnel *f, size_t i, hot_layer *l, size_t row)
{
    double count = (double)f->incidents[i], people = f->areas->population[i];
    double expected = f->rate[i] * people;
    hot_rate ratio = hot_rate_of(count, expected, 1);
    hot_layer_set_integer(l, "areas", row, (int64_t)f->alike[i]);
    hot_layer_set_integer(l, "incidents", row, f->incidents[i]);
    hot_layer_set_integer(l, "population", row, llround(people));
    hot_layer_set_real(l, "rate_per_1000", row, 1000 * count / people);
    hot_layer_set_real(l, "against_rate", row, 1000 * f->rate[i]);
    hot_layer_set_real(l, "expected", row, expected);
    hot_layer_set_real(l, "ratio", row, ratio.rate);
    hot_layer_set_real(l, "ratio_low", row, ratio.low);
    hot_layer_set_real(l, "ratio_high", row, ratio.high);
}

static void set_place(const funnel *f, size_t i, hot_layer *l, size_t row)
{
    if (f->unfit[i] >= 0) hot_layer_set_integer(l, "denominator_unfit", row, f->unfit[i]);
    hot_layer_set_real(l, "phi", row, f->dispersion.phi);
    hot_layer_set_real(l, "tau", row, f->dispersion.tau);
    hot_layer_set_real(l, "z", row, f->z[i]);
    if (!isnan(f->z[i])) hot_layer_set_integer(l, "class", row, hot_funnel_class(f->z[i]));
}

static hot_status say_none(const char *many, hot_layer *l)
{
    char sentence[200];
    snprintf(sentence, sizeof sentence,
             "No %s are judged: that takes %d of them where incidents may be divided by residents.",
             many, HOT_FUNNEL_AREAS);
    return hot_layer_say(l, sentence);
}

/** "Of 118 wards judged ..." */
static hot_status say_funnel(const funnel *f, hot_layer *l)
{
    char sentence[400], many[80];
    size_t judged = 0, beyond95 = 0, beyond998 = 0, apart = 0;
    for (size_t i = 0; i < f->areas->n; i++) {
        apart += f->unfit[i] == 1;
        if (isnan(f->z[i])) continue;
        judged++;
        beyond95 += hot_funnel_class(f->z[i]) != 0;
        beyond998 += abs(hot_funnel_class(f->z[i])) == 2;
    }
    if (strcmp(f->how, "study") != 0) return HOT_OK;
    hot_phrase_several(f->areas->name, many, sizeof many);
    if (judged == 0) return say_none(many, l);
    int length =
        snprintf(sentence, sizeof sentence,
                 "Of %zu %s judged against the study area, %zu lie outside the 95%% limits, "
                 "%zu of them outside the 99.8%% limits.",
                 judged, many, beyond95, beyond998);
    if (apart)
        snprintf(sentence + length, sizeof sentence - (size_t)length,
                 " %zu more %s not judged: residents are the wrong measure there.", apart,
                 apart == 1 ? "is" : "are");
    return hot_layer_say(l, sentence);
}

static hot_status add_rows(const funnel *f, hot_layer *l, size_t *row)
{
    for (size_t i = 0; i < f->areas->n; i++) {
        if (!f->name[i]) continue;
        HOT_TRY(set_names(f, i, l, *row));
        set_ratio(f, i, l, *row);
        set_place(f, i, l, *row);
        ++*row;
    }
    return say_funnel(f, l);
}

static hot_status make_table(const funnels *all, hot_result *result)
{
    size_t rows = 0, row = 0;
    for (size_t k = 0; k < all->n; k++)
        for (size_t i = 0; i < all->one[k].areas->n; i++) rows += all->one[k].name[i] != NULL;
    if (all->n == 0) return HOT_OK;
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_comparison_layer, NULL, NULL, rows, l));
    for (size_t k = 0; k < all->n; k++) HOT_TRY(add_rows(&all->one[k], l, &row));
    return HOT_OK;
}

hot_status hot_comparison_make(const hot_study *s, hot_result *result)
{
    funnels all = {0};
    hot_status status = add_funnels(s, result, &all);
    if (status == HOT_OK) status = make_table(&all, result);
    for (size_t k = 0; k < all.n; k++) funnel_free(&all.one[k]);
    hot_free(all.one);
    return status;
}
