/* How soon incidents come back to a place. */
#include <stdio.h>
#include <string.h>

#include "layers/catalogue/phrases.h"
#include "layers/catalogue/repeats_parts.h"

static const hot_column columns[] = {
    {"step", HOT_TEXT, "From which incident to the next", "", "1 to 2, 2 to 3 ..., or all."},
    {"repeats", HOT_INTEGER, "Times that it came back", "", "How many intervals there are."},
    {"days_lower_quartile", HOT_REAL, "Days, lower quartile", "days",
     "A quarter came back as soon or sooner."},
    {"days_median", HOT_REAL, "Days, median", "days", "Half came back as soon or sooner."},
    {"days_upper_quartile", HOT_REAL, "Days, upper quartile", "days",
     "Three quarters came back as soon or sooner."},
    {"within_7_days", HOT_INTEGER, "Within 7 days", "", "Of the repeats."},
    {"within_28_days", HOT_INTEGER, "Within 28 days", "", "Of the repeats."},
};

static const hot_code steps[] = {{"1 to 2", "First to second"},
                                 {"2 to 3", "Second to third"},
                                 {"3 to 4", "Third to fourth"},
                                 {"4 and later", "Fourth and later to the next"},
                                 {"all", "All"}};
static const hot_coding codings[] = {HOT_CODING("step", steps)};

const hot_declaration hot_intervals_layer = {
    .name = "repeat_intervals",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Days between repeats",
    .about = "Days from one incident to the next at the same place, inside the period: what came "
             "back after its end is not seen, so that long intervals are too few.",
    .citation = "Polvi, Looman, Humphries and Pease (1991), The time course of repeat burglary "
                "victimization, British Journal of Criminology 31.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

/** Days between incidents of which some are known to the month alone would be none. */
static hot_status count_gaps(const hot_repeats_found *f, hot_dates_gaps gaps[HOT_DATES_GAPS])
{
    const hot_study *s = f->study;
    hot_dates dates = {0};
    int32_t *group = hot_new_raw(s->n_inside, sizeof *group);
    hot_status status = group ? HOT_OK : HOT_MEMORY;
    for (size_t k = 0; k < s->n_inside && group; k++) {
        int32_t row = f->row[k];
        group[k] = row >= 0 && f->named[row].precision >= HOT_DAY ? row : -1;
    }
    if (status == HOT_OK) status = hot_dates_new(group, f->from, s->n_inside, f->n, &dates);
    if (status == HOT_OK) status = hot_dates_between(&dates, gaps);
    hot_dates_free(&dates);
    hot_free(group);
    return status;
}

static hot_status set_step(const hot_dates_gaps *g, const char *step, hot_layer *l, size_t row)
{
    HOT_TRY(hot_layer_set_text(l, "step", row, step));
    hot_layer_set_integer(l, "repeats", row, (int64_t)g->n);
    if (g->n == 0) return HOT_OK;
    hot_layer_set_real(l, "days_lower_quartile", row, g->quartile);
    hot_layer_set_real(l, "days_median", row, g->median);
    hot_layer_set_real(l, "days_upper_quartile", row, g->upper);
    hot_layer_set_integer(l, "within_7_days", row, (int64_t)g->within_week);
    hot_layer_set_integer(l, "within_28_days", row, (int64_t)g->within_four_weeks);
    return HOT_OK;
}

static hot_status say_intervals(const hot_study *s, const hot_dates_gaps *all, hot_layer *l)
{
    char text[900], count[HOT_PHRASE];
    int n = snprintf(text, sizeof text, "%s", hot_intervals_layer.about);
    if (s->loaded.snapped)
        n += snprintf(text + n, sizeof text - (size_t)n,
                      " Locations are anonymised map points, of which nothing can be said: this "
                      "table is empty.");
    else if (all->n == 0)
        n += snprintf(text + n, sizeof text - (size_t)n,
                      " There is no place with two incidents whose days are known.");
    else
        n += snprintf(text + n, sizeof text - (size_t)n,
                      " %s interval%s: half were %g days or fewer, the middle half %g to %g.",
                      hot_phrase_count(all->n, count), all->n == 1 ? "" : "s", all->median,
                      all->quartile, all->upper);
    l->about = hot_arena_text(&l->arena, text, (size_t)n);
    return l->about ? HOT_OK : HOT_MEMORY;
}

hot_status hot_repeats_make_intervals(const hot_repeats_found *f, hot_result *result)
{
    hot_dates_gaps gaps[HOT_DATES_GAPS] = {{0}};
    bool snapped = f->study->loaded.snapped;
    if (!snapped) HOT_TRY(count_gaps(f, gaps));
    size_t rows = gaps[HOT_DATES_GAPS - 1].n ? HOT_DATES_GAPS : 0;
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_intervals_layer, NULL, NULL, rows, l));
    for (size_t k = 0; k < rows; k++) HOT_TRY(set_step(&gaps[k], steps[k].value, l, k));
    return say_intervals(f->study, &gaps[HOT_DATES_GAPS - 1], l);
}
