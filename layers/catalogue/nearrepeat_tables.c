/* The tables of near repeats, and what they say in words. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "layers/catalogue/columns.h"
#include "layers/catalogue/nearrepeat.h"
#include "layers/catalogue/phrases.h"

static const hot_column columns[] = {
    {"distance_from_m", HOT_REAL, "Distance from", "m", "Held by the band."},
    {"distance_to_m", HOT_REAL, "Distance to (not included)", "m",
     "Not held by the band; from 0 to 0 is the same place: one UPRN, address or position."},
    {"days_from", HOT_INTEGER, "Days from", "days", "Held by the band."},
    {"days_to", HOT_INTEGER, "Days to (not included)", "days", "Not held by the band."},
    {"observed", HOT_INTEGER, "Pairs of incidents", "pairs", "So far apart in space and time."},
    {"expected", HOT_REAL, "Pairs by chance, mean", "pairs",
     "Mean of the permutations, in which every incident keeps its place and the dates are dealt "
     "anew."},
    {"ratio", HOT_REAL, "Times chance", "times",
     "Pairs over their mean by chance; empty where that is 0."},
    {"p_value", HOT_REAL, "p", "0 to 1",
     "That chance alone gives as many: 1 and the permutations with as many or more, over 1 and all "
     "permutations."},
    {"median", HOT_REAL, "Pairs by chance, median", "pairs", "Median of the permutations."},
    {"ratio_median", HOT_REAL, "Times chance, by the median", "times",
     "Pairs over their median by chance; empty where that is 0."},
    {"knox_expected", HOT_REAL, "Pairs by chance, Knox", "pairs",
     "Pairs in the band of distance times pairs in the band of days over all pairs."},
    {"knox_p", HOT_REAL, "p, Knox", "0 to 1",
     "Poisson's chance of as many where Knox's number is expected: too small where places or days "
     "have many incidents, so that p is to be preferred."},
    {"sentence", HOT_TEXT, "In words", "", "What was found."},
};

const hot_declaration hot_nearrepeat_layer = {
    .name = "nearrepeat",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Near repeats",
    .about = "Pairs of incidents by how far apart they are in space and in time, beside what "
             "chance would give: more pairs than that mean that an incident is soon followed by "
             "others close by. Bands hold their lower end and not their upper.",
    .citation = "Knox (1964), The detection of space-time interactions, Applied Statistics 13; "
                "permutations as in Townsley, Homel and Chaseling (2003), British Journal of "
                "Criminology 43, and Ratcliffe and Rengert (2008), Security Journal 21.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

static const hot_column chain_columns[] = {
    {"class", HOT_TEXT, "Class", "", "What an incident is to those before and after it."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the period", "Of this class."},
    {"share", HOT_REAL, "Share (0 to 1)", "0 to 1", "Of the incidents that were judged."},
};

static const hot_code chain_codes[] = {{"originator", "None before it, others after it"},
                                       {"repeat", "After another at the same place"},
                                       {"near repeat", "After another near it, at another place"},
                                       {"isolated", "None near it before or after"}};
static const hot_coding chain_codings[] = {HOT_CODING("class", chain_codes)};

const hot_declaration hot_chains_layer = {
    .name = "nearrepeat_classes",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Originators, repeats and near repeats",
    .about = "How many incidents began a chain, came after another at the same place, or came "
             "after another near it, within the first band of days and of distance.",
    .citation = "Townsley, Homel and Chaseling (2003), British Journal of Criminology 43.",
    .columns = chain_columns,
    .n_columns = sizeof chain_columns / sizeof *chain_columns,
    .codings = chain_codings,
    .n_codings = sizeof chain_codings / sizeof *chain_codings,
};

enum { SENTENCE = 400 };

/* ---- in words ---- */

static double from_of(const hot_nearrepeat *f, size_t band)
{
    return band < 2 ? 0 : f->distance[band - 2];
}

static double to_of(const hot_nearrepeat *f, size_t band)
{
    return band == 0 ? 0 : f->distance[band - 1];
}

/** Where and when the pairs of a cell are. */
static void say_where(const hot_nearrepeat *f, size_t band, size_t k, char *text)
{
    int from = k ? f->days[k - 1] : 0, to = f->days[k], n;
    if (band == 0)
        n = snprintf(text, SENTENCE, "At the same place");
    else if (band == 1)
        n = snprintf(text, SENTENCE, "Within %.10g m", to_of(f, 1));
    else
        n = snprintf(text, SENTENCE, "From %.10g to below %.10g m", from_of(f, band),
                     to_of(f, band));
    const char *and = band == 0 ? " within" : band == 1 ? " and" : " and within";
    if (from)
        snprintf(text + n, (size_t)(SENTENCE - n), " and %d to below %d days from an incident",
                 from, to);
    else
        snprintf(text + n, (size_t)(SENTENCE - n), "%s %d day%s of an incident", and, to,
                 to == 1 ? "" : "s");
}

/** A mean number of pairs: three figures, and never a power of ten. */
static const char *say_mean(double mean, char *text)
{
    if (mean >= 100) return hot_phrase_count((uint64_t)llround(mean), text);
    snprintf(text, HOT_PHRASE, "%.3g", mean);
    return text;
}

static double over(uint64_t observed, double expected)
{
    return expected > 0 ? (double)observed / expected : NAN;
}

/** "1.6 times as many others as chance would give", or that there are no more. */
static void say_cell(const hot_nearrepeat *f, size_t band, size_t k, char *text)
{
    char where[SENTENCE], observed[HOT_PHRASE], mean[HOT_PHRASE];
    const hot_knox_cell *c = &f->cell[band * f->n_days + k];
    const char *pairs = c->observed == 1 ? "pair" : "pairs";
    double times = over(c->observed, c->mean);
    say_where(f, band, k, where);
    hot_phrase_count(c->observed, observed);
    if (isnan(c->p))
        snprintf(text, SENTENCE, "%.200s: %s %s.", where, observed, pairs);
    else if (c->p <= 0.05 && c->mean > 0)
        snprintf(text, SENTENCE,
                 "%.200s, %.*f times as many others as chance would give (%s %s, %s expected; p = "
                 "%.2g).",
                 where, times < 1.1 ? 2 : 1, times, observed, pairs, say_mean(c->mean, mean), c->p);
    else if (c->p <= 0.05)
        snprintf(text, SENTENCE, "%.200s, %s %s where chance gives hardly any (p = %.2g).", where,
                 observed, pairs, c->p);
    else
        snprintf(text, SENTENCE,
                 "%.200s, no more others than chance would give (%s %s, %s expected; p = %.2g).",
                 where, observed, pairs, say_mean(c->mean, mean), c->p);
}

/** Incidents that were not judged, by reason. */
static void say_left(const hot_nearrepeat *f, char *text)
{
    char judged[HOT_PHRASE], day[HOT_PHRASE], coarse[HOT_PHRASE], out[HOT_PHRASE];
    int n = snprintf(text, SENTENCE, "%s incidents were judged.", hot_phrase_count(f->n, judged));
    if (f->without_day + f->coarse + f->left_out == 0) return;
    snprintf(text + n, (size_t)(SENTENCE - n),
             " Left out: %s whose day is not known, %s of a coarse position, %s at premises on the "
             "list.",
             hot_phrase_count(f->without_day, day), hot_phrase_count(f->coarse, coarse),
             hot_phrase_count(f->left_out, out));
}

static hot_status say_all(const hot_nearrepeat *f, hot_layer *l)
{
    char text[SENTENCE];
    if (f->reason[0]) return hot_layer_say(l, f->reason);
    for (size_t band = 1; band < 3; band++) { /* near first, then the same place */
        say_cell(f, band % 2, 0, text);
        HOT_TRY(hot_layer_say(l, text));
    }
    say_left(f, text);
    HOT_TRY(hot_layer_say(l, text));
    if (f->study->loaded.snapped)
        return hot_layer_say(l, "Locations are anonymised map points: neighbours look like one "
                                "place, so that this says little of addresses.");
    return HOT_OK;
}

/* ---- the tables ---- */

static hot_status set_cell(const hot_nearrepeat *f, size_t band, size_t k, hot_layer *l, size_t row)
{
    char text[SENTENCE];
    const hot_knox_cell *c = &f->cell[row];
    hot_layer_set_real(l, "distance_from_m", row, from_of(f, band));
    hot_layer_set_real(l, "distance_to_m", row, to_of(f, band));
    hot_layer_set_integer(l, "days_from", row, k ? f->days[k - 1] : 0);
    hot_layer_set_integer(l, "days_to", row, f->days[k]);
    hot_layer_set_integer(l, "observed", row, (int64_t)c->observed);
    hot_layer_set_real(l, "expected", row, c->mean);
    hot_layer_set_real(l, "ratio", row, over(c->observed, c->mean));
    hot_layer_set_real(l, "p_value", row, c->p);
    hot_layer_set_real(l, "median", row, c->median);
    hot_layer_set_real(l, "ratio_median", row, over(c->observed, c->median));
    hot_layer_set_real(l, "knox_expected", row, c->expected);
    hot_layer_set_real(l, "knox_p", row, hot_knox_poisson(c->observed, c->expected));
    say_cell(f, band, k, text);
    return hot_layer_set_text(l, "sentence", row, text);
}

static hot_status make_cells(const hot_nearrepeat *f, hot_result *result)
{
    size_t rows = f->reason[0] ? 0 : (f->n_distances + 1) * f->n_days;
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_nearrepeat_layer, NULL, NULL, rows, l));
    for (size_t row = 0; row < rows; row++)
        HOT_TRY(set_cell(f, row / f->n_days, row % f->n_days, l, row));
    return say_all(f, l);
}

static hot_status say_chain(const hot_nearrepeat *f, hot_layer *l)
{
    char text[SENTENCE];
    if (f->reason[0]) return hot_layer_say(l, f->reason);
    snprintf(text, sizeof text,
             "Near is within %g m and %d days; of incidents of one moment, the one that stands "
             "first in the layer incidents counts as the first. Where that layer is made, its "
             "column near_repeat_class says it of each.",
             f->distance[0], (int)f->days[0]);
    return hot_layer_say(l, text);
}

static hot_status make_classes(const hot_nearrepeat *f, hot_result *result)
{
    static const hot_chain_class order[] = {HOT_ORIGINATOR, HOT_REPEAT, HOT_NEAR_REPEAT,
                                            HOT_ISOLATED};
    int64_t count[HOT_CHAIN_CLASSES] = {0};
    size_t rows = f->reason[0] ? 0 : HOT_CHAIN_CLASSES;
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_chains_layer, NULL, NULL, rows, l));
    for (size_t i = 0; i < f->n && rows; i++) count[f->class_[i]]++;
    for (size_t row = 0; row < rows; row++) {
        HOT_TRY(hot_layer_set_text(l, "class", row, hot_chain_name(order[row])));
        hot_layer_set_integer(l, "incidents", row, count[order[row]]);
        hot_layer_set_real(l, "share", row, (double)count[order[row]] / (double)f->n);
    }
    return say_chain(f, l);
}

static hot_status class_incidents(const hot_nearrepeat *f, hot_result *result)
{
    hot_layer *l = hot_result_layer(result, "incidents");
    if (!l || f->reason[0]) return HOT_OK;
    HOT_TRY(hot_layer_add_column(l, "near_repeat_class", HOT_TEXT, "Near repeat", "",
                                 "originator, repeat, near repeat or isolated; empty where its day "
                                 "or place is not known."));
    const char **text = hot_layer_column(l, "near_repeat_class")->text;
    for (size_t i = 0; i < f->n; i++)
        text[f->turn[i]] = hot_chain_name((hot_chain_class)f->class_[i]);
    return HOT_OK;
}

hot_status hot_nearrepeat_make_tables(const hot_nearrepeat *f, hot_result *result)
{
    HOT_TRY(class_incidents(f, result));
    HOT_TRY(make_cells(f, result));
    return make_classes(f, result);
}
