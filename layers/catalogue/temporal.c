/* When it happens: the hours of the week, by area. Its other tables are in temporal_tables.c and
 * temporal_calendar.c. */
#include "layers/catalogue/temporal.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine/temporal/when.h"
#include "layers/read/zone.h"

static const hot_column columns[] = {
    HOT_OF_AREA,
    {"weekday", HOT_INTEGER, "Day of the week", "", "1 = Monday, 7 = Sunday."},
    HOT_DAY_NAME,
    {"hour", HOT_INTEGER, "Hour of the day", "", "0 = 00:00 to 00:59, local time."},
    {"incidents", HOT_REAL, "Incidents", "incidents in the period",
     "In this hour of this day of the week; not whole where an incident is spread over hours."},
};

const hot_code hot_weekdays[7] = {{"1", "Monday"},   {"2", "Tuesday"}, {"3", "Wednesday"},
                                  {"4", "Thursday"}, {"5", "Friday"},  {"6", "Saturday"},
                                  {"7", "Sunday"}};
static const hot_coding codings[] = {HOT_CODING("weekday", hot_weekdays)};

static const hot_declaration layer = {
    .name = "temporal",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Incidents by hour of the week",
    .about = "When incidents happen, by area. An hour without incidents has no row. An incident "
             "known to lie between two times is spread evenly over the time between them. Times "
             "are those that were recorded, which for anti-social behaviour is mostly when "
             "somebody called.",
    .citation = "Aoristic weights; Ratcliffe and McCullagh (1998), Aoristic crime analysis, "
                "International Journal of Geographical Information Science 12(7).",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

static const hot_declaration *const layers[] = {
    &layer, &hot_shifts_layer, &hot_temporal_months_layer, &hot_peaks_layer, &hot_calendar_layer};

/* clang-format off */
static const hot_option options[] = {
    {"temporal-aoristic-limit", HOT_OPTION_HOURS, "TIME", "48h", NULL, "Times", "how far apart from and to may lie; incidents known less well are left out of hours", false},
    {"shifts", HOT_OPTION_FILE, "FILE", NULL, NULL, "Times", "the shifts that are worked, a CSV file of name,from,to (default: earlies 07:00, lates 15:00, nights 23:00)", false},
    {"calendar", HOT_OPTION_FILE, "FILE", NULL, NULL, "Times", "school terms, bank holidays, events, a CSV file of name,from,to[,kind]: days in them are compared with the others", false},
};
/* clang-format on */

/* ---- counting: one pass over the rows ---- */

/** What the pass needs beside what it fills. */
typedef struct {
    hot_times *times;
    int64_t limit, day; /* s; day whose month is known */
    size_t month;
    size_t *unit;                  /* [1 + n_sets] that hold the row */
    int64_t **week;                /* [1 + n_sets] theirs */
    uint64_t exact[24], other[24]; /* at one time: at the full hour; at other moments of it */
} pass;

/** The whole study area, and the area of each set that holds the point. */
static size_t find_units(pass *p, uint32_t point)
{
    const hot_times *t = p->times;
    size_t n = 1;
    p->unit[0] = 0;
    for (size_t k = 0; k < t->study->n_sets; k++) {
        int32_t area = t->study->sets[k].area_of[point];
        if (area >= 0) p->unit[n++] = t->first[k] + (size_t)area;
    }
    for (size_t k = 0; k < n; k++) p->week[k] = t->week + p->unit[k] * t->size;
    return n;
}

static void add_month(pass *p, int64_t second, size_t n)
{
    hot_times *t = p->times;
    int64_t day = second >= 0 ? second / 86400 : (second - 86399) / 86400;
    if (day != p->day) { /* rows of a file mostly share their day */
        p->day = day;
        p->month = (size_t)(hot_month_of(second) - t->study->coverage.first);
    }
    for (size_t k = 0; k < n && p->month < t->months; k++)
        t->month[p->unit[k] * t->months + p->month]++;
}

static void note_instant(pass *p, int64_t second)
{
    int64_t of_day = (second % 86400 + 86400) % 86400;
    if (of_day % 3600 == 0)
        p->exact[of_day / 3600]++;
    else
        p->other[of_day / 3600]++;
}

static void add_row(pass *p, size_t i)
{
    hot_times *t = p->times;
    const hot_incidents *in = &t->study->loaded.incidents;
    hot_moment from = {in->from[i], (hot_precision)in->precision[i]}, to = {0};
    int64_t end;
    if (in->has_to[i]) to = (hot_moment){in->to[i], (hot_precision)in->to_precision[i]};
    size_t n = find_units(p, in->point[i]);
    add_month(p, from.second, n);
    hot_when known = hot_when_known(from, in->has_to[i] ? &to : NULL, p->limit, &end);
    t->untimed += known == HOT_UNTIMED;
    t->beyond += known == HOT_BEYOND;
    t->spans += known == HOT_BETWEEN;
    if (known == HOT_UNTIMED || known == HOT_BEYOND) return;
    t->timed++;
    if (known == HOT_INSTANT) note_instant(p, from.second);
    hot_aoristic(&t->rota.slots, from.second, end, &t->zone, p->week, n);
}

static void settle(pass *p)
{
    hot_times *t = p->times;
    bool unknown = hot_midnight_is_unknown(p->exact, p->other);
    for (size_t u = 0; u < t->units; u++)
        hot_week_settle(&t->rota.slots, unknown, t->week + u * t->size);
    if (!unknown) return;
    t->midnight = p->exact[0];
    t->timed -= t->midnight;
}

static hot_status count(hot_times *t)
{
    const hot_study *s = t->study;
    double hours = hot_settings_number(s->settings, "temporal-aoristic-limit");
    pass p = {.times = t, .limit = (int64_t)(hours * 3600), .day = INT64_MIN};
    p.unit = hot_new_raw(1 + s->n_sets, sizeof *p.unit);
    p.week = hot_new_raw(1 + s->n_sets, sizeof *p.week);
    bool room = p.unit && p.week;
    for (size_t k = 0; room && k < s->n_inside; k++) add_row(&p, s->inside[k]);
    if (room) settle(&p);
    hot_free(p.unit);
    hot_free(p.week);
    return room ? HOT_OK : HOT_MEMORY;
}

static hot_status times_new(const hot_study *s, hot_times *t, hot_error *error)
{
    t->study = s;
    HOT_TRY(hot_shifts_read(hot_settings_text(s->settings, "shifts"), &t->shifts, &t->rota, error));
    HOT_TRY(hot_zone_read(hot_settings_text(s->settings, "zone"), &t->zone, error));
    t->first = hot_new(s->n_sets, sizeof *t->first);
    if (!t->first) return HOT_MEMORY;
    t->units = 1;
    for (size_t k = 0; k < s->n_sets; k++) {
        t->first[k] = t->units;
        t->units += s->sets[k].areas.n;
    }
    t->months = s->coverage.n;
    t->size = hot_week_size(&t->rota.slots);
    t->week = hot_new(t->units * t->size, sizeof *t->week);
    t->month = hot_new(t->units * t->months, sizeof *t->month);
    return t->week && t->month ? count(t) : HOT_MEMORY;
}

static void times_free(hot_times *t)
{
    hot_shifts_free(&t->shifts);
    hot_zone_free(&t->zone);
    hot_free(t->first);
    hot_free(t->week);
    hot_free(t->month);
}

/* ---- for all its tables ---- */

const int64_t *hot_times_week(const hot_times *t, size_t unit)
{
    return t->week + unit * t->size;
}

void hot_times_name(const hot_times *t, size_t unit, hot_layer *l, size_t row)
{
    size_t set = t->study->n_sets;
    while (set-- > 0 && unit < t->first[set]) {
    }
    bool all = unit == 0;
    const hot_areas *a = all ? NULL : &t->study->sets[set].areas;
    hot_layer_column(l, "area_set")->text[row] = all ? "all" : a->name;
    if (!all) hot_layer_column(l, "area_code")->text[row] = a->code[unit - t->first[set]];
}

void hot_times_name_day(size_t weekday, hot_layer *l, size_t row)
{
    hot_layer_set_integer(l, "weekday", row, (int64_t)weekday + 1);
    hot_layer_column(l, "day")->text[row] = hot_weekdays[weekday].label;
}

double hot_times_incidents(int64_t parts)
{
    static const double millionth = (double)HOT_PARTS / 1e6;
    return rint((double)parts / millionth) / 1e6;
}

hot_status hot_tell(hot_bytes *text, const char *format, ...)
{
    char sentence[1024];
    va_list values;
    va_start(values, format);
    vsnprintf(sentence, sizeof sentence, format, values);
    va_end(values);
    return hot_bytes_add_text(text, sentence);
}

static hot_status tell_left_out(hot_bytes *text, uint64_t n, const char *which, const char **before)
{
    if (n == 0) return HOT_OK;
    HOT_TRY(hot_tell(text, "%s %llu %s", *before, (unsigned long long)n, which));
    *before = ";";
    return HOT_OK;
}

hot_status hot_times_tell(const hot_times *t, hot_bytes *text)
{
    unsigned long long all = t->study->n_inside, timed = t->timed, spans = t->spans;
    double limit = hot_settings_number(t->study->settings, "temporal-aoristic-limit");
    const char *before = ". Left out:";
    char beyond[96];
    snprintf(beyond, sizeof beyond, "that may have happened at any time within more than %g hours",
             limit);
    if (timed)
        HOT_TRY(hot_tell(text, " The time of day is known for %llu of %llu incidents", timed, all));
    else
        HOT_TRY(hot_tell(
            text, " No hour is given: the time of day is known for none of %llu incidents", all));
    if (spans) HOT_TRY(hot_tell(text, ", for %llu of them as a span", spans));
    HOT_TRY(tell_left_out(text, t->untimed, "known to the day or the month alone", &before));
    HOT_TRY(tell_left_out(text, t->beyond, beyond, &before));
    HOT_TRY(tell_left_out(text, t->midnight,
                          "at exactly 00:00, so many that it stands for a time that is not known",
                          &before));
    return hot_bytes_add_text(text, ".");
}

hot_status hot_layer_tell(hot_layer *l, const hot_bytes *text)
{
    hot_bytes all = {0};
    hot_status status = hot_bytes_add_text(&all, l->declared->about);
    if (status == HOT_OK) status = hot_bytes_add(&all, text->data, text->length);
    const char *about =
        status == HOT_OK ? hot_arena_text(&l->arena, (const char *)all.data, all.length) : NULL;
    hot_bytes_free(&all);
    if (!about) return HOT_MEMORY;
    l->about = about;
    return HOT_OK;
}

/* ---- the hours ---- */

static size_t count_rows(const hot_times *t)
{
    size_t rows = 0;
    int64_t hours[HOT_WEEK_HOURS];
    for (size_t u = 0; u < t->units; u++) {
        hot_week_hours(&t->rota.slots, hot_times_week(t, u), hours);
        for (size_t h = 0; h < HOT_WEEK_HOURS; h++) rows += hours[h] > 0;
    }
    return rows;
}

static void set_rows(const hot_times *t, hot_layer *l)
{
    size_t row = 0;
    int64_t hours[HOT_WEEK_HOURS];
    for (size_t u = 0; u < t->units; u++) {
        hot_week_hours(&t->rota.slots, hot_times_week(t, u), hours);
        for (size_t h = 0; h < HOT_WEEK_HOURS; h++) {
            if (hours[h] == 0) continue;
            hot_times_name(t, u, l, row);
            hot_times_name_day(h / 24, l, row);
            hot_layer_set_integer(l, "hour", row, (int64_t)h % 24);
            hot_layer_set_real(l, "incidents", row++, hot_times_incidents(hours[h]));
        }
    }
}

static hot_status make_hours(const hot_times *t, hot_result *result)
{
    hot_bytes text = {0};
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&layer, NULL, NULL, count_rows(t), l));
    set_rows(t, l);
    hot_status status = hot_times_tell(t, &text);
    if (status == HOT_OK) status = hot_layer_tell(l, &text);
    hot_bytes_free(&text);
    return status;
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    hot_times t = {0};
    hot_status status = times_new(s, &t, error);
    if (status == HOT_OK) status = make_hours(&t, result);
    if (status == HOT_OK) status = hot_shifts_make(&t, result);
    if (status == HOT_OK) status = hot_temporal_months_make(&t, result);
    if (status == HOT_OK) status = hot_peaks_make(&t, result);
    times_free(&t);
    return status == HOT_OK ? hot_calendar_make(s, result, error) : status;
}

const hot_analysis hot_analysis_temporal = {
    .word = "temporal",
    .about = "Times: hours of the week, shifts, months, peaks",
    .examples =
        "Example:\n\n  hotbeat temporal log.csv --areas beat=beats.gpkg --shifts shifts.csv "
        "--calendar holidays.csv --profile internal --out times",
    .layers = layers,
    .n_layers = sizeof layers / sizeof *layers,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .make = make,
};
