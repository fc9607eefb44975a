/* When it happens: shifts, months and the hours that hold most. */
#include <stdio.h>
#include <string.h>

#include "engine/temporal/peak.h"
#include "layers/catalogue/temporal.h"

/* ---- shifts ---- */

static const hot_column shift_columns[] = {
    HOT_OF_AREA,
    {"weekday", HOT_INTEGER, "Day on which the shift begins", "", "1 = Monday, 7 = Sunday."},
    HOT_DAY_NAME,
    {"shift", HOT_TEXT, "Shift", "", "Its name."},
    {"incidents", HOT_REAL, "Incidents", "incidents in the period",
     "During this shift of this day of the week; not whole where an incident is spread over "
     "hours."},
    {"share", HOT_REAL, "Share of the area's incidents (0 to 1)", "0 to 1",
     "Of its incidents with a known time of day; empty where they are fewer than 30."},
};

static const hot_coding shift_codings[] = {HOT_CODING("weekday", hot_weekdays)};

const hot_declaration hot_shifts_layer = {
    .name = "shifts",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Incidents by shift",
    .about = "Incidents by shift and the day of the week on which it begins, by area: 02:00 on a "
             "Saturday is in Friday's nights. A shift without incidents has no row.",
    .citation = "",
    .columns = shift_columns,
    .n_columns = sizeof shift_columns / sizeof *shift_columns,
    .codings = shift_codings,
    .n_codings = sizeof shift_codings / sizeof *shift_codings,
};

enum { MOST = 7 * HOT_SHIFTS };

/** Parts of all shifts, and of the time when none is on duty. */
static int64_t sum_of(const int64_t *sum, size_t n, int64_t none)
{
    for (size_t k = 0; k < n; k++) none += sum[k];
    return none;
}

/** The shifts of one unit, day by day. @return the next row */
static size_t set_shifts_of(const hot_times *t, size_t unit, const char *const *name, size_t row,
                            hot_layer *l)
{
    size_t n = t->rota.n;
    int64_t sum[MOST], none = hot_rota_sum(&t->rota, hot_times_week(t, unit), sum);
    int64_t all = sum_of(sum, 7 * n, none);
    for (size_t d = 0; d < 7; d++)
        for (size_t k = 0; k < n; k++) {
            int64_t parts = sum[d * n + k];
            if (parts == 0) continue;
            hot_times_name(t, unit, l, row);
            hot_times_name_day(d, l, row);
            hot_layer_column(l, "shift")->text[row] = name[k];
            hot_layer_set_real(l, "incidents", row, hot_times_incidents(parts));
            if (all >= HOT_ENOUGH * HOT_PARTS)
                hot_layer_set_real(l, "share", row, (double)parts / (double)all);
            row++;
        }
    return row;
}

/** The layer outlives the shifts: it has their names for itself. */
static hot_status copy_names(const hot_rota *r, hot_layer *l, const char *name[HOT_SHIFTS])
{
    for (size_t k = 0; k < r->n; k++) {
        name[k] = hot_arena_text(&l->arena, r->shift[k].name, strlen(r->shift[k].name));
        if (!name[k]) return HOT_MEMORY;
    }
    return HOT_OK;
}

static size_t count_shift_rows(const hot_times *t)
{
    size_t rows = 0;
    int64_t sum[MOST];
    for (size_t u = 0; u < t->units; u++) {
        hot_rota_sum(&t->rota, hot_times_week(t, u), sum);
        for (size_t k = 0; k < 7 * t->rota.n; k++) rows += sum[k] > 0;
    }
    return rows;
}

static hot_status tell_clock(hot_bytes *text, const char *before, int32_t from, int32_t to)
{
    return hot_tell(text, "%s %02d:%02d to %02d:%02d", before, from / 3600, from / 60 % 60,
                    to / 3600, to / 60 % 60);
}

static hot_status tell_shifts(const hot_times *t, hot_bytes *text)
{
    int64_t sum[MOST];
    const hot_rota *r = &t->rota;
    for (size_t k = 0; k < r->n; k++) {
        HOT_TRY(hot_bytes_add_text(text, k ? ", " : " Shifts: "));
        HOT_TRY(hot_bytes_add_text(text, r->shift[k].name));
        HOT_TRY(tell_clock(text, "", r->shift[k].from, r->shift[k].to));
    }
    HOT_TRY(hot_bytes_add_text(text, "."));
    if (r->free) {
        HOT_TRY(hot_tell(text, " For %d minutes a day no shift is on duty, first from",
                         (int)(r->free / 60)));
        HOT_TRY(tell_clock(text, "", r->free_from, r->free_to));
        HOT_TRY(hot_tell(text, ": %.1f incidents of that time are in none of them.",
                         hot_times_incidents(hot_rota_sum(r, hot_times_week(t, 0), sum))));
    }
    return hot_times_tell(t, text);
}

hot_status hot_shifts_make(const hot_times *t, hot_result *result)
{
    hot_bytes text = {0};
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_shifts_layer, NULL, NULL, count_shift_rows(t), l));
    const char *name[HOT_SHIFTS];
    HOT_TRY(copy_names(&t->rota, l, name));
    for (size_t u = 0, row = 0; u < t->units; u++) row = set_shifts_of(t, u, name, row, l);
    hot_status status = tell_shifts(t, &text);
    if (status == HOT_OK) status = hot_layer_tell(l, &text);
    hot_bytes_free(&text);
    return status;
}

/* ---- months ---- */

static const hot_column month_columns[] = {
    HOT_OF_AREA,
    {"month", HOT_TEXT, "Month", "", "Year and month."},
    {"incidents", HOT_INTEGER, "Incidents", "incidents in the month",
     "Of those in the period: a month that the period cuts is not whole."},
};

const hot_declaration hot_temporal_months_layer = {
    .name = "months",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Incidents by month",
    .about = "Incidents of each month of the period, by area, zero where there were none. A month "
             "for which there is no data has no row.",
    .citation = "",
    .columns = month_columns,
    .n_columns = sizeof month_columns / sizeof *month_columns,
};

static hot_status set_months_of(const hot_times *t, size_t month, size_t first, size_t step,
                                hot_layer *l)
{
    char text[32];
    int32_t number = t->study->coverage.first + (int32_t)month;
    int64_t day = hot_days(number / 12, number % 12 + 1, 1);
    hot_moment_format((hot_moment){day * 86400, HOT_MONTH}, text);
    const char *name = hot_arena_text(&l->arena, text, strlen(text));
    if (!name) return HOT_MEMORY;
    hot_values *months = hot_layer_column(l, "month"), *counts = hot_layer_column(l, "incidents");
    for (size_t u = 0; u < t->units; u++) {
        size_t row = u * step + first;
        hot_times_name(t, u, l, row);
        months->text[row] = name;
        counts->integer[row] = t->month[u * t->months + month];
        counts->missing[row] = 0;
    }
    return HOT_OK;
}

hot_status hot_temporal_months_make(const hot_times *t, hot_result *result)
{
    const uint8_t *covered = t->study->coverage.covered;
    size_t there = 0, at = 0;
    for (size_t m = 0; m < t->months; m++) there += covered[m] != 0;
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_temporal_months_layer, NULL, NULL, t->units * there, l));
    for (size_t m = 0; m < t->months; m++)
        if (covered[m]) HOT_TRY(set_months_of(t, m, at++, there, l));
    return HOT_OK;
}

/* ---- peaks ---- */

static const hot_column peak_columns[] = {
    HOT_OF_AREA,
    {"window", HOT_TEXT, "Busiest four hours", "",
     "Local time, all days together; two or three where they hold as many, none where more do."},
    {"share", HOT_REAL, "Share in these hours (0 to 1)", "0 to 1",
     "Of its incidents with a known time of day; 0.17 if they were spread evenly over the day."},
    {"incidents", HOT_REAL, "Incidents in these hours", "incidents in the period",
     "Not whole where an incident is spread over hours."},
    {"timed", HOT_REAL, "Incidents with a known time of day", "incidents in the period",
     "Of the area, 30 or more."},
    {"beyond_chance", HOT_INTEGER, "Beyond chance", "",
     "1 = more in these hours than chance gives when every hour is as busy as any other; 0 = not."},
};

static const hot_code chances[] = {{"1", "More than chance gives on an even day"},
                                   {"0", "May be no more than chance"}};
static const hot_coding peak_codings[] = {HOT_CODING("beyond_chance", chances)};

const hot_declaration hot_peaks_layer = {
    .name = "peaks",
    .geometry = HOT_NO_GEOMETRY,
    .title = "Busiest hours",
    .about = "The four hours running that hold most incidents, by area. Of fewer than 30 incidents "
             "with a known time of day nothing is said.",
    .citation = "Beyond chance: Wilson (1927), JASA 22, lower limit, with Bonferroni's correction "
                "for 24 windows.",
    .columns = peak_columns,
    .n_columns = sizeof peak_columns / sizeof *peak_columns,
    .codings = peak_codings,
    .n_codings = sizeof peak_codings / sizeof *peak_codings,
};

static hot_peak peak_of(const hot_times *t, size_t unit)
{
    int64_t hours[HOT_WEEK_HOURS];
    hot_week_hours(&t->rota.slots, hot_times_week(t, unit), hours);
    return hot_peak_find(hours);
}

static bool is_enough(const hot_peak *p)
{
    return p->all >= HOT_ENOUGH * HOT_PARTS;
}

/** "20:00 to 00:00 or 21:00 to 01:00"; nothing where more than three hold as many. */
static hot_status set_window(const hot_peak *p, hot_layer *l, size_t row)
{
    char text[64];
    size_t length = 0;
    if (p->ties > 3) return HOT_OK;
    for (size_t k = 0; k < p->ties; k++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%02d:00 to %02d:00",
                                   k ? " or " : "", p->from[k], (p->from[k] + HOT_PEAK_HOURS) % 24);
    return hot_layer_set_text(l, "window", row, text);
}

static hot_status set_peak(const hot_times *t, size_t unit, const hot_peak *p, hot_layer *l,
                           size_t row)
{
    hot_times_name(t, unit, l, row);
    hot_layer_set_real(l, "share", row, (double)p->parts / (double)p->all);
    hot_layer_set_real(l, "incidents", row, hot_times_incidents(p->parts));
    hot_layer_set_real(l, "timed", row, hot_times_incidents(p->all));
    hot_layer_set_integer(l, "beyond_chance", row, p->beyond_chance);
    return set_window(p, l, row);
}

static hot_status set_peaks(const hot_times *t, hot_layer *l)
{
    size_t row = 0;
    for (size_t u = 0; u < t->units; u++) {
        hot_peak p = peak_of(t, u);
        if (is_enough(&p)) HOT_TRY(set_peak(t, u, &p, l, row++));
    }
    return HOT_OK;
}

hot_status hot_peaks_make(const hot_times *t, hot_result *result)
{
    size_t rows = 0;
    hot_bytes text = {0};
    for (size_t u = 0; u < t->units; u++) {
        hot_peak p = peak_of(t, u);
        rows += is_enough(&p);
    }
    hot_layer *l = hot_result_add(result);
    if (!l) return HOT_MEMORY;
    HOT_TRY(hot_layer_new(&hot_peaks_layer, NULL, NULL, rows, l));
    HOT_TRY(set_peaks(t, l));
    hot_status status = hot_times_tell(t, &text);
    if (status == HOT_OK) status = hot_layer_tell(l, &text);
    hot_bytes_free(&text);
    return status;
}
