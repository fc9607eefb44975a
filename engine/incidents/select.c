#include "engine/incidents/select.h"

#include <string.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool hot_pattern_fits(const char *pattern, const char *text)
{
    const char *star = NULL, *again = NULL;
    while (*text) {
        if (*pattern == '*') {
            star = pattern++;
            again = text;
        } else if (lower(*pattern) == lower(*text)) {
            pattern++;
            text++;
        } else if (star) {
            pattern = star + 1;
            text = ++again;
        } else {
            return false;
        }
    }
    while (*pattern == '*') pattern++;
    return *pattern == 0;
}

static bool any_fits(const char *const *pattern, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (hot_pattern_fits(pattern[i], text)) return true;
    return false;
}

static bool type_fits(const hot_selection *s, const char *type)
{
    return (s->n_type == 0 || any_fits(s->type, s->n_type, type)) &&
           !any_fits(s->exclude, s->n_exclude, type);
}

/** Only where the end is near is it worked out. */
static bool date_fits(const hot_selection *s, int64_t from, hot_precision precision)
{
    enum { LONGEST = 31 * 86400 }; /* s, of a month */
    hot_moment moment = {from, precision};
    if (from < s->from) return false;
    if (s->to >= LONGEST && from <= s->to - LONGEST) return true;
    return hot_moment_end(moment) <= s->to;
}

/** For every word whether it is a type that fits: each is compared once. */
static uint8_t *words_that_fit(const hot_words *words, const hot_selection *selection)
{
    uint8_t *fits = hot_new(words->n, 1);
    for (size_t k = 0; fits && k < words->n; k++) fits[k] = type_fits(selection, words->text[k]);
    return fits;
}

hot_status hot_select(const hot_incidents *t, const hot_selection *selection, uint8_t *selected)
{
    uint8_t *fits = words_that_fit(&t->words, selection);
    if (!fits) return HOT_MEMORY;
    for (size_t i = 0; i < t->n; i++)
        selected[i] =
            fits[t->type[i]] && date_fits(selection, t->from[i], (hot_precision)t->precision[i]);
    for (size_t i = 0; i < t->n && selection->kind; i++)
        selected[i] = selected[i] && selection->kinds >> selection->kind[i] & 1;
    hot_free(fits);
    return HOT_OK;
}

bool hot_select_fits(const hot_selection *selection, const char *type, int64_t from,
                     uint8_t precision)
{
    return type_fits(selection, type) && date_fits(selection, from, (hot_precision)precision);
}

size_t hot_select_unlocated(const hot_intake *in, const hot_selection *selection)
{
    size_t n = 0;
    for (size_t k = 0; k < in->n_unlocated; k++) {
        const hot_unlocated *u = &in->unlocated[k];
        n += hot_select_fits(selection, hot_incidents_word(&in->rows, u->type), u->from,
                             u->precision);
    }
    return n;
}

/* ---- coverage ---- */

int32_t hot_month_of(int64_t second)
{
    int64_t day = (second >= 0 ? second : second - 86399) / 86400;
    hot_date d = hot_date_of(day);
    return (int32_t)(d.year * 12 + d.month - 1);
}

hot_status hot_coverage_add(hot_coverage *c, int32_t month)
{
    if (c->n && month >= c->first && month < c->first + (int32_t)c->n) {
        c->covered[month - c->first] = 1;
        return HOT_OK;
    }
    int32_t first = c->n && c->first < month ? c->first : month;
    int32_t last =
        c->n && c->first + (int32_t)c->n - 1 > month ? c->first + (int32_t)c->n - 1 : month;
    size_t n = (size_t)(last - first) + 1;
    uint8_t *covered = hot_new(n, 1);
    if (!covered) return HOT_MEMORY;
    if (c->n) memcpy(covered + (c->first - first), c->covered, c->n);
    covered[month - first] = 1;
    hot_free(c->covered);
    *c = (hot_coverage){first, n, covered};
    return HOT_OK;
}

/** The day of a moment, counted from the day `first`. */
static size_t day_from(int64_t second, int64_t first)
{
    return (size_t)((second - first * 86400) / 86400);
}

/** Dates are converted once for every day that there is, not for every row. */
hot_status hot_coverage_add_rows(hot_coverage *c, const hot_incidents *t)
{
    if (t->n == 0) return HOT_OK;
    int64_t least = t->from[0], most = t->from[0];
    for (size_t i = 1; i < t->n; i++) {
        least = t->from[i] < least ? t->from[i] : least;
        most = t->from[i] > most ? t->from[i] : most;
    }
    int64_t first = (least >= 0 ? least : least - 86399) / 86400;
    size_t days = day_from(most, first) + 1;
    uint8_t *there = hot_new(days, 1);
    hot_status status = there ? HOT_OK : HOT_MEMORY;
    for (size_t i = 0; i < t->n && there; i++) there[day_from(t->from[i], first)] = 1;
    for (size_t d = 0; d < days && status == HOT_OK; d++)
        if (there[d]) status = hot_coverage_add(c, hot_month_of((first + (int64_t)d) * 86400));
    hot_free(there);
    return status;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

hot_status hot_coverage_add_name(hot_coverage *c, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i + 7 <= n; i++) {
        const char *p = name + i;
        bool alone = (i == 0 || !is_digit(p[-1])) && !is_digit(p[7]);
        hot_moment m;
        if (alone && p[4] == '-' && hot_moment_parse(p, 7, NULL, &m) && m.precision == HOT_MONTH)
            return hot_coverage_add(c, hot_month_of(m.second));
    }
    return HOT_OK;
}

void hot_coverage_clip(hot_coverage *c, int64_t from, int64_t to)
{
    size_t kept = 0;
    int32_t first = c->first;
    for (size_t k = 0; k < c->n; k++) {
        int32_t month = c->first + (int32_t)k;
        int64_t start = hot_days(month / 12, month % 12 + 1, 1) * 86400;
        if (hot_moment_end((hot_moment){start, HOT_MONTH}) <= from || start >= to) continue;
        if (kept == 0) first = month;
        c->covered[kept++] = c->covered[k];
    }
    c->first = first;
    c->n = kept;
    while (c->n && !c->covered[c->n - 1]) c->n--;
    size_t lead = 0;
    while (lead < c->n && !c->covered[lead]) lead++;
    if (lead) memmove(c->covered, c->covered + lead, c->n - lead);
    c->first += (int32_t)lead;
    c->n -= lead;
}

void hot_coverage_free(hot_coverage *c)
{
    hot_free(c->covered);
    *c = (hot_coverage){0};
}

/* ---- map points ---- */

bool hot_snapped(const hot_incidents *t, const hot_points *points, uint64_t near_rows)
{
    size_t months = 0, keyed = 0;
    for (size_t i = 0; i < t->n; i++) {
        months += t->precision[i] == HOT_MONTH;
        keyed += t->key[i] != 0;
    }
    if (t->n == 0 || months * 10 < t->n * 9) return false;
    bool on_or_near = near_rows * 2 > t->n;
    bool coincident = keyed == 0 && points->n * 2 < t->n;
    return on_or_near || coincident;
}
