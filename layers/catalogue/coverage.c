/* Which months the input has data for, and from whom. */
#include <stdio.h>
#include <string.h>

#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/columns.h"
#include "layers/gaps.h"
#include "layers/source_months.h"

static const hot_column columns[] = {
    {"source", HOT_TEXT, "Source", "",
     "The agency where it was named; else files of one name but for the month: "
     "2025-01-wiltshire-street.csv is wiltshire-street."},
    {"month", HOT_TEXT, "Month", "", "Year and month."},
    {"incidents", HOT_INTEGER, "Incidents asked for", "incidents",
     "Rows of the types asked for, wherever they lie; empty = no data."},
    {"rows", HOT_INTEGER, "Rows of every type", "rows", "Accepted rows; empty = no data."},
    {"covered", HOT_INTEGER, "Covered", "",
     "1 = there are rows, or a file is named for the month; 0 = no data, which is not no "
     "incident."},
    {"days_with_data", HOT_INTEGER, "Days with data", "days",
     "Days of the month on which there are rows; empty where dates are months."},
    {"days", HOT_INTEGER, "Days in the month", "days", "28 to 31."},
};

static const hot_code covered_codes[] = {{"1", "Covered"}, {"0", "No data"}};
static const hot_coding codings[] = {HOT_CODING("covered", covered_codes)};

static const hot_declaration layer = {
    .name = "coverage",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Months with data",
    .about = "For which months each source has data. A month without data is a gap, not a month in "
             "which nothing happened.",
    .citation = "",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

static const hot_declaration *const layers[] = {&layer};

static size_t count_rows(const hot_source_months *f)
{
    size_t n = 0;
    for (size_t k = 0; k < f->n; k++)
        if (f->source[k].first < f->months) n += f->source[k].last - f->source[k].first + 1;
    return n;
}

static hot_status set_row(const hot_source_months *f, size_t k, size_t month, hot_layer *l,
                          size_t row)
{
    const hot_source_month *c = &f->cell[k * f->months + month];
    int32_t at = f->study->loaded.coverage.first + (int32_t)month;
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d", (int)(at / 12), (int)(at % 12 + 1));
    HOT_TRY(hot_layer_set_text(l, "source", row, f->source[k].name));
    HOT_TRY(hot_layer_set_text(l, "month", row, text));
    hot_layer_set_integer(l, "covered", row, hot_source_month_covered(c));
    hot_layer_set_integer(l, "days", row, hot_month_length(at / 12, at % 12 + 1));
    if (!hot_source_month_covered(c)) return HOT_OK;
    hot_layer_set_integer(l, "incidents", row, (int64_t)c->incidents);
    hot_layer_set_integer(l, "rows", row, (int64_t)c->rows);
    if (c->daily) hot_layer_set_integer(l, "days_with_data", row, __builtin_popcount(c->days));
    return HOT_OK;
}

static hot_status tell_gaps(const hot_study *s, hot_layer *l)
{
    const hot_coverage *c = &s->loaded.coverage;
    char gaps[HOT_GAPS_ROOM], all[40], text[480];
    int32_t last = c->first + (int32_t)c->n - 1;
    hot_months_in_words(c->first, last, all);
    size_t missing = hot_gaps(c, c->first, last, gaps);
    if (missing)
        snprintf(text, sizeof text, "Of %s, %zu month%s no data: %s.", all, missing,
                 missing == 1 ? " has" : "s have", gaps);
    else
        snprintf(text, sizeof text, "No month of %s is missing.", all);
    return hot_layer_say(l, text);
}

/** A month that others have, of each monthly source: a comparison would be refused. */
static hot_status tell_sources(const hot_source_months *f, hot_layer *l)
{
    const hot_coverage *whole = &f->study->loaded.coverage;
    uint8_t *covered = hot_new_raw(f->months, 1);
    hot_status status = covered ? HOT_OK : HOT_MEMORY;
    for (size_t k = 0; k < f->n && f->n > 1 && status == HOT_OK; k++) {
        char gaps[HOT_GAPS_ROOM], text[500];
        if (!f->source[k].monthly) continue;
        for (size_t m = 0; m < f->months; m++)
            covered[m] =
                !whole->covered[m] || hot_source_month_covered(&f->cell[k * f->months + m]);
        hot_coverage own = {.first = whole->first, .n = f->months, .covered = covered};
        if (hot_gaps(&own, own.first, own.first + (int32_t)own.n - 1, gaps) == 0) continue;
        snprintf(text, sizeof text, "%s has none for %s.", f->source[k].name, gaps);
        status = hot_layer_say(l, text);
    }
    hot_free(covered);
    return status;
}

static hot_status make_layer(const hot_source_months *f, hot_result *result)
{
    hot_layer *l = hot_result_add(result);
    size_t row = 0;
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, count_rows(f), l));
    for (size_t k = 0; k < f->n; k++)
        for (size_t m = f->source[k].first; m < f->months && m <= f->source[k].last; m++)
            HOT_TRY(set_row(f, k, m, l, row++));
    if (f->months == 0) return HOT_OK;
    HOT_TRY(tell_gaps(f->study, l));
    return tell_sources(f, l);
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)error;
    hot_source_months f;
    hot_status status = hot_source_months_new(s, &f);
    if (status == HOT_OK) status = make_layer(&f, result);
    hot_source_months_free(&f);
    return status;
}

const hot_analysis hot_analysis_coverage = {
    .word = "coverage",
    .about = "Months with data",
    .layers = layers,
    .n_layers = 1,
    .make = make,
};
