/* Would the hotspots have found the next month's incidents? What its tables hold. */
#include <math.h>
#include <string.h>

#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/evaluate_parts.h"
#include "layers/catalogue/evaluate_tables.h"
#include "layers/remarks.h"

static const hot_column columns[] = {
    {"months_scored", HOT_INTEGER, "Months scored on", "months",
     "1 = the next month, 3 = the next three."},
    {"budget", HOT_TEXT, "Budget", "", "By area, or by number of places."},
    {"budget_value", HOT_REAL, "How much", "share of the area, or places",
     "Share of the study area (0 to 1), or number of discs, hexagons or cells; those that overlap "
     "count once in area."},
    {"method", HOT_TEXT, "Method", "", "What was chosen, and how."},
    {"tests", HOT_INTEGER, "Tests", "",
     "How often it was chosen on the months before and scored on what came."},
    {"incidents", HOT_INTEGER, "Incidents that came", "incidents",
     "In the months scored on, over all tests."},
    {"hits", HOT_REAL, "Incidents in the places chosen", "incidents",
     "The place in which the budget ends counts in part, and tied places in equal parts."},
    {"hit_rate", HOT_REAL, "Hit rate (0 to 1)", "0 to 1", "Hits over incidents that came."},
    {"hit_rate_low", HOT_REAL, "Hit rate, lower 95% limit", "0 to 1",
     "From drawing the places where incidents came again, 999 times; empty where none or all were "
     "hit."},
    {"hit_rate_high", HOT_REAL, "Hit rate, upper 95% limit", "0 to 1", "As the lower limit."},
    {"area_km2", HOT_REAL, "Area chosen, km²", "km2", "On average over the tests."},
    {"pai", HOT_REAL, "Prediction accuracy index", "times",
     "Hit rate over the share of the area: 1 = no better than any area of that size."},
    {"pei", HOT_REAL, "Prediction efficiency index", "0 to 1",
     "Over the index that the same units reach with hindsight; discs may pass 1 by a little, as "
     "theirs are not the very best."},
    {"ratio", HOT_REAL, "Times as many hits as hexagons", "times",
     "Over the hits of hexagons by all earlier months, at the same area; empty by number of "
     "places, whose areas differ."},
    {"ratio_low", HOT_REAL, "Ratio, lower 95% limit", "times",
     "As those of the hit rate; empty where none were hit."},
    {"ratio_high", HOT_REAL, "Ratio, upper 95% limit", "times", "As those of the hit rate."},
    {"patrol_hours", HOT_REAL, "Hours of patrol", "hours",
     "Somebody in every place during all hours of --evaluate-hours; over all tests."},
    {"share_per_hour", HOT_REAL, "Share caught in an hour of patrol (0 to 1)", "0 to 1",
     "Incidents in the places and hours, of all with a known time of day, over the hours of "
     "patrol."},
    {"sentence", HOT_TEXT, "In words", "", "The same in words."},
};

static const hot_column month_columns[] = {
    {"month", HOT_TEXT, "Month", "", "The first month scored on: chosen on those before it."},
    {"months_scored", HOT_INTEGER, "Months scored on", "months", "As in evaluation."},
    {"budget", HOT_TEXT, "Budget", "", "As in evaluation."},
    {"budget_value", HOT_REAL, "How much", "share of the area, or places", "As in evaluation."},
    {"method", HOT_TEXT, "Method", "", "As in evaluation."},
    {"incidents", HOT_INTEGER, "Incidents that came", "incidents", "In the months scored on."},
    {"hits", HOT_REAL, "Incidents in the places chosen", "incidents", "As in evaluation."},
    {"hit_rate", HOT_REAL, "Hit rate (0 to 1)", "0 to 1", "Hits over incidents that came."},
    {"area_km2", HOT_REAL, "Area chosen, km²", "km2",
     "Less than asked for where there was no more."},
    {"pai", HOT_REAL, "Prediction accuracy index", "times", "As in evaluation."},
};

static const hot_column choice_columns[] = {
    {"month", HOT_TEXT, "Month", "", "Chosen on the months before it."},
    {"budget", HOT_TEXT, "Budget", "",
     "By area the disc with most for the area that it adds comes next, by number the one with "
     "most."},
    {"method", HOT_TEXT, "Method", "", "As in evaluation."},
    {"rank", HOT_INTEGER, "Rank", "", "The order in which they are taken."},
    {"x", HOT_REAL, "Easting of the middle", "m", "In the analysis's coordinate system."},
    {"y", HOT_REAL, "Northing of the middle", "m", "In the analysis's coordinate system."},
    {"score", HOT_REAL, "Score", "incidents; of cells incidents per km2",
     "Incidents of the months looked at, recent ones weighing more where the method says so; of "
     "discs those that no earlier one holds; of cells by density, incidents per km²."},
};

static const hot_code budgets[] = {{"area", "By area"}, {"number", "By number of places"}};
static const hot_code methods[] = {
    {"hotspots", "Hotspots (discs, recent incidents weigh more)"},
    {"hotspots_small", "Hotspots of a hexagon's size (discs of 105 m)"},
    {"hexagons", "Hexagons 200 m across, by all earlier months"},
    {"hexagons_12", "Hexagons 200 m across, by the last 12 months"},
    {"hexagons_6", "Hexagons 200 m across, by the last 6 months"},
    {"hexagons_3", "Hexagons 200 m across, by the last 3 months"},
    {"last_month", "Hexagons 200 m across, by the last month"},
    {"kde", "Cells by kernel density, of all earlier months"},
    {"random", "Hexagons that had an incident before, by lot"},
    {"hindsight", "Ceiling: the hotspots' discs, knowing what came"},
    {"hindsight_small", "Ceiling: discs of 105 m, knowing what came"},
    {"hindsight_hexagons", "Ceiling: hexagons 200 m across, knowing what came"},
    {"hindsight_cells", "Ceiling: cells, knowing what came"},
};
static const hot_coding codings[] = {HOT_CODING("budget", budgets), HOT_CODING("method", methods)};

#define CITATION                                                                                   \
    "Hit rate and PAI: Chainey, Tompson and Uhlig (2008), Security Journal 21; PEI: Hunt (2016); " \
    "limits: Efron and Tibshirani (1993), An Introduction to the Bootstrap, places drawn."

const hot_declaration hot_evaluation_layer = {
    .name = "evaluation",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Would hotspots have found what came next?",
    .about = "For each month, places were chosen on the months before it alone, and scored on what "
             "then came. Small places hold more for their area than large ones: compare places of "
             "one size. To be there is not to prevent: this says where, not what helps.",
    .citation = CITATION,
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

const hot_declaration hot_evaluation_months_layer = {
    .name = "evaluation_months",
    .geometry = HOT_NO_GEOMETRY,
    .title = "The same, month by month",
    .about = "What the places that were chosen on the months before held, for each month tested.",
    .citation = CITATION,
    .columns = month_columns,
    .n_columns = sizeof month_columns / sizeof *month_columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

const hot_declaration hot_evaluation_choices_layer = {
    .name = "evaluation_choices",
    .geometry = HOT_NO_GEOMETRY,
    .title = "What was chosen for each month",
    .about = "The first 50 places of each method and month. They hang on the months before alone: "
             "with other incidents afterwards they would be the same.",
    .citation = "",
    .columns = choice_columns,
    .n_columns = sizeof choice_columns / sizeof *choice_columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

static const hot_declaration *const layers[] = {&hot_evaluation_layer, &hot_evaluation_months_layer,
                                                &hot_evaluation_choices_layer};

/** Hotspots that were looked for otherwise are not the ones that are tested here. */
static hot_status remark_unused(hot_study *s)
{
    static const char *const unused[] = {"hotspots",         "hotspots-shape", "hotspots-per",
                                         "hotspots-exclude", "hotspots-by",    "weights"};
    for (size_t k = 0; k < sizeof unused / sizeof *unused; k++) {
        const hot_setting *o = hot_settings_of(s->settings, unused[k]);
        const char *usual = o->option->otherwise;
        if (o->n == 0 || (usual && strcmp(o->text[0], usual) == 0)) continue;
        HOT_TRY(hot_remark(s,
                           "--%s is not looked at: what is tested are discs placed freely, by "
                           "their radius, spacing, minimum and half-life.",
                           unused[k]));
    }
    return HOT_OK;
}

/** What a person would look for in vain. */
static hot_status remark(hot_study *s, const hot_rolling *r, const hot_scores *scores)
{
    double timed = 0, came = 0;
    HOT_TRY(remark_unused(s));
    for (size_t k = 0; k < r->n_tests * HOT_HORIZONS; k++) {
        timed += scores->happened[k].timed;
        came += scores->happened[k].incidents;
    }
    if (came == 0)
        HOT_TRY(hot_remark(s, "No incident came in the months tested: there is nothing to score."));
    if (r->hours && timed == 0)
        HOT_TRY(hot_remark(s, "No incident has a time of day: the share caught in an hour of "
                              "patrol is not known."));
    if (r->n_coarse == 0) return HOT_OK;
    return hot_remark(s,
                      "%llu incidents were neither chosen on nor scored: their positions are known "
                      "to large squares only.",
                      (unsigned long long)r->n_coarse);
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    hot_history history = {0};
    hot_rolling rolling = {0};
    hot_scores scores = {0};
    hot_status status = hot_history_new(s, &history);
    if (status == HOT_OK) status = hot_rolling_new(s, &history, &rolling, error);
    if (status == HOT_OK) status = hot_scores_new(&rolling, &scores, error);
    if (status == HOT_OK) status = hot_evaluation_tables(&rolling, &scores, result);
    if (status == HOT_OK) status = remark(s, &rolling, &scores);
    hot_scores_free(&scores);
    hot_rolling_free(&rolling);
    hot_history_free(&history);
    return status;
}

/* clang-format off */
static const hot_option options[] = {
    {"evaluate-hours", HOT_OPTION_TEXT, "FROM-TO", NULL, NULL, "Evaluation", "hours of patrol, such as 15:00-22:00, for the share caught in an hour of it; choosing goes by all hours", false},
};
/* clang-format on */

const hot_analysis hot_analysis_evaluate = {
    .word = "evaluate",
    .about = "Hotspots tested on months that they have not seen",
    .layers = layers,
    .n_layers = sizeof layers / sizeof *layers,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .surface = true,
    .alone = true,
    .make = make,
};
