#include "layers/source_months.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef hot_month_source source;
typedef hot_source_month cell;
typedef hot_source_months findings;

/* ---- sources ---- */

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
static void name_source(const hot_input *in, char name[HOT_SOURCE_NAME])
{
    snprintf(name, HOT_SOURCE_NAME, "%s", in->source ? in->source : in->name);
    if (in->source) return;
    cut_ending(name);
    char *from = month_in(name);
    if (from) {
        char *to = from + 7;
        while (from == name && is_joint(*to)) to++;
        while (from > name && is_joint(from[-1])) from--;
        memmove(from, to, strlen(to) + 1);
    }
    if (!*name) snprintf(name, HOT_SOURCE_NAME, "incidents");
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
        f->source[k].monthly = true; /* until a file says otherwise */
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
static hot_status take_name(findings *f, size_t input)
{
    const hot_loaded *in = &f->study->loaded;
    size_t own = f->source_of[input];
    hot_coverage c = {0};
    HOT_TRY(hot_coverage_add_name(&c, in->inputs[input].name));
    int64_t month = c.n ? (int64_t)c.first - in->coverage.first : -1;
    if (month >= 0 && month < (int64_t)f->months)
        f->cell[own * f->months + (size_t)month].named = true;
    if (in->inputs[input].source) f->source[own].agency = true;
    if (!in->inputs[input].source && c.n == 0) f->source[own].monthly = false;
    hot_coverage_free(&c);
    return HOT_OK;
}

static hot_status take_names(findings *f)
{
    for (size_t k = 0; k < f->study->loaded.n_inputs; k++) HOT_TRY(take_name(f, k));
    return HOT_OK;
}

static bool has_month(const findings *f, size_t k, size_t month)
{
    return hot_source_month_covered(&f->cell[k * f->months + month]);
}

/** Files one after the other are no sources side by side.
 *  @param sources  [months] how many have each month */
static void find_ends(findings *f, const uint32_t *sources)
{
    for (size_t k = 0; k < f->n; k++) {
        source *own = &f->source[k];
        bool beside = own->agency;
        own->first = f->months;
        own->last = 0;
        for (size_t m = 0; m < f->months; m++) {
            if (!has_month(f, k, m)) continue;
            if (own->first == f->months) own->first = m;
            own->last = m;
            beside = beside || sources[m] > 1;
        }
        own->monthly = own->monthly && beside;
    }
}

static hot_status find_spans(findings *f)
{
    uint32_t *sources = hot_new(f->months, sizeof *sources);
    if (!sources) return HOT_MEMORY;
    for (size_t k = 0; k < f->n; k++)
        for (size_t m = 0; m < f->months; m++) sources[m] += has_month(f, k, m);
    find_ends(f, sources);
    hot_free(sources);
    return HOT_OK;
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
    if (status == HOT_OK) status = find_spans(f);
    hot_free(chosen);
    return status;
}

hot_status hot_source_months_new(const hot_study *s, hot_source_months *months)
{
    *months = (hot_source_months){.study = s, .months = s->loaded.coverage.n};
    return find(months);
}

void hot_source_months_free(hot_source_months *f)
{
    hot_free(f->source);
    hot_free(f->source_of);
    hot_free(f->cell);
    *f = (hot_source_months){0};
}
