/* When it happens: the days of a calendar beside all others. */
#include "engine/temporal/calendar.h"

#include <string.h>

#include "engine/temporal/week.h"
#include "layers/catalogue/temporal.h"
#include "layers/read/calendar.h"

static const hot_column columns[] = {
    {"name", HOT_TEXT, "Name", "", "As in the calendar."},
    {"kind", HOT_TEXT, "Kind", "", "As in the calendar."},
    {"days_in", HOT_INTEGER, "Days", "days", "Of the calendar, within the period and the data."},
    {"incidents_in", HOT_INTEGER, "Incidents on these days", "incidents", "By the day they began."},
    {"per_day_in", HOT_REAL, "Incidents a day on these days", "incidents a day",
     "Empty where either side has fewer than 30 incidents."},
    {"days_out", HOT_INTEGER, "Other days", "days", "All others of the period that have data."},
    {"incidents_out", HOT_INTEGER, "Incidents on other days", "incidents",
     "By the day they began."},
    {"per_day_out", HOT_REAL, "Incidents a day on other days", "incidents a day",
     "Empty where either side has fewer than 30 incidents."},
    {"ratio", HOT_REAL, "Times as many a day", "times",
     "Incidents a day on these days over those on other days."},
    {"ratio_low", HOT_REAL, "Ratio, lower 95% limit", "times",
     "Above 1: busier than days vary by chance."},
    {"ratio_high", HOT_REAL, "Ratio, upper 95% limit", "times",
     "Below 1: quieter than days vary by chance."},
    {"dispersion", HOT_REAL, "How much more days vary than chance alone", "times",
     "The limits are widened by it; 1 = no more."},
};

const hot_declaration hot_calendar_layer = {
    .name = "calendar",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Days of the calendar beside the others",
    .about =
        "Incidents a day on the days of a calendar (school terms, bank holidays, events) and on "
        "all other days of the period. It does not say why: school holidays are mostly in "
        "summer, bank holidays on Mondays.",
    .citation = "Ratio of two Poisson rates from Wilson's (1927) limits of a share, widened by the "
                "dispersion of daily counts; McCullagh and Nelder (1989), Generalized Linear "
                "Models, section 6.2.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

/** The days of the period that have data, and how many incidents each has. */
typedef struct {
    int64_t first; /* day */
    size_t n;
    uint32_t *count;         /* [n] */
    uint8_t *covered, *side; /* [n] HOT_DAY_OUT or HOT_DAY_NOT_COVERED; with HOT_DAY_IN */
    uint64_t undated;        /* known to the month alone */
} days;

static int64_t day_of(int64_t second)
{
    return (second >= 0 ? second : second - 86399) / 86400;
}

/** From the first day that any row bears to the last: a file may end in the middle of a month. */
static void find_span(const hot_study *s, int64_t *first, int64_t *after)
{
    const hot_incidents *t = &s->loaded.incidents;
    int64_t from, to, low = INT64_MAX, high = INT64_MIN;
    for (size_t i = 0; i < t->n; i++) {
        int64_t end = hot_moment_end((hot_moment){t->from[i], (hot_precision)t->precision[i]});
        if (t->from[i] < low) low = t->from[i];
        if (end > high) high = end;
    }
    hot_study_span(s, &from, &to);
    *first = day_of(from > low ? from : low);
    *after = day_of((to < high ? to : high) - 1) + 1;
}

static bool is_covered(const hot_coverage *c, int64_t day)
{
    int64_t month = (int64_t)hot_month_of(day * 86400) - c->first;
    return month >= 0 && month < (int64_t)c->n && c->covered[month];
}

static void count_days(const hot_study *s, days *d)
{
    const hot_incidents *t = &s->loaded.incidents;
    for (size_t k = 0; k < s->n_inside; k++) {
        size_t i = s->inside[k];
        int64_t at = day_of(t->from[i]) - d->first;
        if (t->precision[i] < HOT_DAY)
            d->undated++;
        else if (at >= 0 && at < (int64_t)d->n)
            d->count[at]++;
    }
}

static hot_status days_new(const hot_study *s, days *d)
{
    int64_t after;
    find_span(s, &d->first, &after);
    d->n = after > d->first ? (size_t)(after - d->first) : 0;
    d->count = hot_new(d->n, sizeof *d->count);
    d->covered = hot_new(d->n, 1);
    d->side = hot_new(d->n, 1);
    if (!d->count || !d->covered || !d->side) return HOT_MEMORY;
    for (size_t k = 0; k < d->n; k++)
        d->covered[k] =
            is_covered(&s->coverage, d->first + (int64_t)k) ? HOT_DAY_OUT : HOT_DAY_NOT_COVERED;
    count_days(s, d);
    return HOT_OK;
}

static void days_free(days *d)
{
    hot_free(d->count);
    hot_free(d->covered);
    hot_free(d->side);
}

/** Mark the days of one name. */
static void mark_days(const hot_calendar *c, size_t name, days *d)
{
    int64_t last = d->first + (int64_t)d->n - 1;
    memcpy(d->side, d->covered, d->n);
    for (size_t k = 0; k < c->n_ranges; k++) {
        const hot_calendar_range *r = &c->range[k];
        if (r->name != name) continue;
        int64_t from = r->first > d->first ? r->first : d->first,
                to = r->last < last ? r->last : last;
        for (int64_t day = from; day <= to; day++)
            if (d->covered[day - d->first] != HOT_DAY_NOT_COVERED)
                d->side[day - d->first] = HOT_DAY_IN;
    }
}

static hot_status set_row(const hot_calendar_name *name, const hot_day_comparison *c, hot_layer *l,
                          size_t row)
{
    HOT_TRY(hot_layer_set_text(l, "name", row, name->name));
    HOT_TRY(hot_layer_set_text(l, "kind", row, *name->kind ? name->kind : NULL));
    hot_layer_set_integer(l, "days_in", row, c->days_in);
    hot_layer_set_integer(l, "incidents_in", row, c->in);
    hot_layer_set_real(l, "per_day_in", row, c->per_day_in);
    hot_layer_set_integer(l, "days_out", row, c->days_out);
    hot_layer_set_integer(l, "incidents_out", row, c->out);
    hot_layer_set_real(l, "per_day_out", row, c->per_day_out);
    hot_layer_set_real(l, "ratio", row, c->ratio);
    hot_layer_set_real(l, "ratio_low", row, c->ratio_low);
    hot_layer_set_real(l, "ratio_high", row, c->ratio_high);
    hot_layer_set_real(l, "dispersion", row, c->dispersion);
    return HOT_OK;
}

static hot_status tell_days(const hot_study *s, const days *d, hot_layer *l)
{
    hot_bytes text = {0};
    unsigned long long undated = d->undated, all = s->n_inside;
    hot_status status = HOT_OK;
    if (undated && undated == all)
        status = hot_tell(
            &text, " Nothing is compared: all %llu incidents are known to the month alone.", all);
    else if (undated)
        status = hot_tell(&text, " Left out: %llu of %llu incidents, known to the month alone.",
                          undated, all);
    if (status == HOT_OK) status = hot_layer_tell(l, &text);
    hot_bytes_free(&text);
    return status;
}

static hot_status compare(const hot_study *s, const hot_calendar *c, days *d, hot_result *result)
{
    bool nothing = d->undated && d->undated == s->n_inside;
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_calendar_layer, NULL, NULL, nothing ? 0 : c->n, l));
    for (size_t k = 0; k < l->n; k++) {
        mark_days(c, k, d);
        hot_day_comparison found = hot_calendar_compare(d->count, d->side, d->n);
        HOT_TRY(set_row(&c->name[k], &found, l, k));
    }
    return tell_days(s, d, l);
}

hot_status hot_calendar_make(const hot_study *s, hot_result *result, hot_error *error)
{
    const char *path = hot_settings_text(s->settings, "calendar");
    hot_calendar calendar = {0};
    days d = {0};
    if (!path) return HOT_OK;
    hot_status status = hot_calendar_read(path, &calendar, error);
    if (status == HOT_OK) status = days_new(s, &d);
    if (status == HOT_OK) status = compare(s, &calendar, &d, result);
    days_free(&d);
    hot_calendar_free(&calendar);
    return status;
}
