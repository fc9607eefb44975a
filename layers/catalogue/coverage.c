/* Which months the input has data for, and from whom. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layers/catalogue/catalogue.h"
#include "layers/gaps.h"

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

/* ---- sources ---- */

enum { NAME = 96 };

typedef struct {
    char name[NAME];
    size_t first, last; /* months of the coverage that it has; last < first = none */
} source;

/** One month of one source. */
typedef struct {
    uint64_t incidents, rows;
    uint32_t days; /* bit d = the day d + 1 has rows */
    bool named, daily;
} cell;

typedef struct {
    const hot_study *study;
    size_t n, months;
    source *source;      /* [n] by name */
    uint16_t *source_of; /* [inputs] */
    cell *cell;          /* [n * months] */
} findings;

static void findings_free(findings *f)
{
    hot_free(f->source);
    hot_free(f->source_of);
    hot_free(f->cell);
}

static bool is_joint(char c)
{
    return c == '-' || c == '_' || c == ' ' || c == '.';
}

/** Where YYYY-MM stands in a name, or NULL. */
static char *month_in(char *name)
{
    hot_moment m;
    size_t n = strlen(name);
    for (size_t i = 0; i + 7 <= n; i++) {
        bool alone = (i == 0 || name[i - 1] < '0' || name[i - 1] > '9') &&
                     (name[i + 7] < '0' || name[i + 7] > '9');
        if (alone && name[i + 4] == '-' && hot_moment_parse(name + i, 7, NULL, &m)) return name + i;
    }
    return NULL;
}

static void cut_ending(char *name)
{
    size_t n = strlen(name);
    if (n > 3 && strcmp(name + n - 3, ".gz") == 0) name[n - 3] = 0;
    char *dot = strrchr(name, '.');
    if (dot && dot != name) *dot = 0;
}

/** The agency; else the file's name without its ending, its month, and what joins the month to it.
 */
static void name_source(const hot_input *in, char name[NAME])
{
    snprintf(name, NAME, "%s", in->source ? in->source : in->name);
    if (in->source) return;
    cut_ending(name);
    char *from = month_in(name);
    if (from) {
        char *to = from + 7;
        while (from == name && is_joint(*to)) to++;
        while (from > name && is_joint(from[-1])) from--;
        memmove(from, to, strlen(to) + 1);
    }
    if (!*name) snprintf(name, NAME, "incidents");
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const source *)a)->name, ((const source *)b)->name);
}

static hot_status find_sources(findings *f)
{
    const hot_loaded *in = &f->study->loaded;
    f->source = hot_new(in->n_inputs, sizeof *f->source);
    f->source_of = hot_new(in->n_inputs, sizeof *f->source_of);
    if (!f->source || !f->source_of) return HOT_MEMORY;
    for (size_t k = 0; k < in->n_inputs; k++) name_source(&in->inputs[k], f->source[k].name);
    if (in->n_inputs) qsort(f->source, in->n_inputs, sizeof *f->source, by_name);
    for (size_t k = 0; k < in->n_inputs; k++) {
        if (f->n == 0 || by_name(&f->source[f->n - 1], &f->source[k]) != 0)
            f->source[f->n++] = f->source[k];
    }
    for (size_t k = 0; k < in->n_inputs; k++) {
        source own = {.first = 0};
        name_source(&in->inputs[k], own.name);
        const source *at = bsearch(&own, f->source, f->n, sizeof own, by_name);
        f->source_of[k] = (uint16_t)(at - f->source);
    }
    return HOT_OK;
}

/* ---- months ---- */

static void take_row(findings *f, size_t i, bool chosen, hot_date date)
{
    const hot_incidents *t = &f->study->loaded.incidents;
    int64_t month = date.year * 12 + date.month - 1 - f->study->loaded.coverage.first;
    if (month < 0 || month >= (int64_t)f->months) return;
    cell *c = &f->cell[f->source_of[t->file[i]] * f->months + (size_t)month];
    c->rows++;
    c->incidents += chosen;
    if (t->precision[i] < HOT_DAY) return;
    c->daily = true;
    c->days |= UINT32_C(1) << (date.day - 1);
}

static void take_rows(findings *f, const uint8_t *chosen)
{
    const hot_incidents *t = &f->study->loaded.incidents;
    int64_t day = INT64_MIN;
    hot_date date = {0, 1, 1};
    for (size_t i = 0; i < t->n; i++) {
        int64_t now = t->from[i] >= 0 ? t->from[i] / 86400 : (t->from[i] - 86399) / 86400;
        if (now != day) date = hot_date_of(day = now); /* rows of a file mostly share their day */
        take_row(f, i, chosen[i], date);
    }
}

/** A file named for a month covers it, whether or not it has rows. */
static hot_status take_names(findings *f)
{
    const hot_loaded *in = &f->study->loaded;
    for (size_t k = 0; k < in->n_inputs; k++) {
        hot_coverage c = {0};
        HOT_TRY(hot_coverage_add_name(&c, in->inputs[k].name));
        int64_t month = c.n ? (int64_t)c.first - in->coverage.first : -1;
        if (month >= 0 && month < (int64_t)f->months)
            f->cell[f->source_of[k] * f->months + (size_t)month].named = true;
        hot_coverage_free(&c);
    }
    return HOT_OK;
}

static bool is_covered(const cell *c)
{
    return c->named || c->rows > 0;
}

static void find_ends(findings *f)
{
    for (size_t k = 0; k < f->n; k++) {
        source *own = &f->source[k];
        own->first = f->months;
        own->last = 0;
        for (size_t m = 0; m < f->months; m++) {
            if (!is_covered(&f->cell[k * f->months + m])) continue;
            if (own->first == f->months) own->first = m;
            own->last = m;
        }
    }
}

static hot_status find(findings *f)
{
    const hot_incidents *t = &f->study->loaded.incidents;
    hot_selection selection = hot_study_selection(f->study);
    selection.from = INT64_MIN;
    selection.to = INT64_MAX;
    HOT_TRY(find_sources(f));
    f->cell = hot_new(f->n * f->months, sizeof *f->cell);
    uint8_t *chosen = hot_new_raw(t->n, 1);
    hot_status status = f->cell && chosen ? hot_select(t, &selection, chosen) : HOT_MEMORY;
    if (status == HOT_OK) take_rows(f, chosen);
    if (status == HOT_OK) status = take_names(f);
    if (status == HOT_OK) find_ends(f);
    hot_free(chosen);
    return status;
}

/* ---- the table ---- */

static size_t count_rows(const findings *f)
{
    size_t n = 0;
    for (size_t k = 0; k < f->n; k++)
        if (f->source[k].first < f->months) n += f->source[k].last - f->source[k].first + 1;
    return n;
}

static hot_status set_row(const findings *f, size_t k, size_t month, hot_layer *l, size_t row)
{
    const cell *c = &f->cell[k * f->months + month];
    int32_t at = f->study->loaded.coverage.first + (int32_t)month;
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d", (int)(at / 12), (int)(at % 12 + 1));
    HOT_TRY(hot_layer_set_text(l, "source", row, f->source[k].name));
    HOT_TRY(hot_layer_set_text(l, "month", row, text));
    hot_layer_set_integer(l, "covered", row, is_covered(c));
    hot_layer_set_integer(l, "days", row, hot_month_length(at / 12, at % 12 + 1));
    if (!is_covered(c)) return HOT_OK;
    hot_layer_set_integer(l, "incidents", row, (int64_t)c->incidents);
    hot_layer_set_integer(l, "rows", row, (int64_t)c->rows);
    if (c->daily) hot_layer_set_integer(l, "days_with_data", row, __builtin_popcount(c->days));
    return HOT_OK;
}

static hot_status tell_gaps(const hot_study *s, hot_layer *l)
{
    const hot_coverage *c = &s->loaded.coverage;
    char gaps[HOT_GAPS_ROOM], all[40], text[700];
    if (c->n == 0) return HOT_OK;
    int32_t last = c->first + (int32_t)c->n - 1;
    hot_months_in_words(c->first, last, all);
    size_t missing = hot_gaps(c, c->first, last, gaps);
    if (missing)
        snprintf(text, sizeof text, "%s Of %s, %zu month%s no data: %s.", layer.about, all, missing,
                 missing == 1 ? " has" : "s have", gaps);
    else
        snprintf(text, sizeof text, "%s No month of %s is missing.", layer.about, all);
    l->about = hot_arena_text(&l->arena, text, strlen(text));
    return l->about ? HOT_OK : HOT_MEMORY;
}

static hot_status make_layer(const findings *f, hot_result *result)
{
    hot_layer *l = hot_result_add(result);
    size_t row = 0;
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, count_rows(f), l));
    for (size_t k = 0; k < f->n; k++)
        for (size_t m = f->source[k].first; m < f->months && m <= f->source[k].last; m++)
            HOT_TRY(set_row(f, k, m, l, row++));
    return tell_gaps(f->study, l);
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    (void)error;
    findings f = {.study = s, .months = s->loaded.coverage.n};
    hot_status status = find(&f);
    if (status == HOT_OK) status = make_layer(&f, result);
    findings_free(&f);
    return status;
}

const hot_analysis hot_analysis_coverage = {
    .word = "coverage",
    .about = "Months with data",
    .layers = layers,
    .n_layers = 1,
    .make = make,
};
