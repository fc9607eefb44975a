/* Which months can be tested, and what happened where in each. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/number.h"
#include "engine/incidents/clock.h"
#include "engine/temporal/when.h"
#include "layers/catalogue/evaluate_parts.h"
#include "layers/coarse.h"

enum { MOST_TESTS = 12 };

/* ---- hours of patrol ---- */

/** "15:00" to "24:00" as minutes of the day. */
static bool clock_parse(const char *at, int *minutes)
{
    static const char digits[] = "0123456789";
    int64_t hour, minute;
    if (strspn(at, digits) != 2 || strspn(at + 3, digits) != 2) return false; /* +1:00 is none */
    if (!hot_integer_parse(at, 2, &hour) || at[2] != ':' || !hot_integer_parse(at + 3, 2, &minute))
        return false;
    if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 1440) return false;
    *minutes = (int)(hour * 60 + minute);
    return true;
}

static hot_status read_hours(const char *text, hot_rolling *r, hot_error *error)
{
    if (!text) return HOT_OK;
    r->hours = true;
    bool good = strlen(text) == 11 && text[5] == '-' && clock_parse(text, &r->from) &&
                clock_parse(text + 6, &r->to) && r->from < 1440 && r->from != r->to;
    if (good) return HOT_OK;
    return hot_fail(error, HOT_USAGE,
                    "--evaluate-hours %.40s: expected two times of day, such as 15:00-22:00 or "
                    "22:00-02:00.",
                    text);
}

static bool is_in_hours(const hot_rolling *r, int64_t second)
{
    int64_t day = second >= 0 ? second / 86400 : (second - 86399) / 86400;
    int minute = (int)((second - day * 86400) / 60);
    return r->from < r->to ? minute >= r->from && minute < r->to
                           : minute >= r->from || minute < r->to;
}

double hot_rolling_hours(const hot_rolling *r, size_t month)
{
    int32_t at = r->first + (int32_t)month;
    int minutes = r->from < r->to ? r->to - r->from : r->to - r->from + 1440;
    return minutes / 60.0 * hot_month_length(at / 12, at % 12 + 1);
}

/* ---- what happened ---- */

static int by_month_and_point(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void count_row(const hot_rolling *r, uint32_t row, hot_place_month *spot)
{
    const hot_incidents *t = &r->study->loaded.incidents;
    int64_t end;
    hot_moment from = {t->from[row], (hot_precision)t->precision[row]};
    bool timed = r->hours && hot_when_known(from, NULL, 0, &end) == HOT_INSTANT;
    spot->count++;
    spot->timed += timed;
    spot->in_hours += timed && is_in_hours(r, t->from[row]);
}

/** Rows in the order of months and points, so that the order of the input does not matter.
 *  @param item  [n] the history's rows in that order */
static void count_spots(const hot_history *h, const uint64_t *item, size_t n, hot_rolling *r)
{
    const uint32_t *point = r->study->loaded.incidents.point;
    size_t made = 0, month = 0;
    for (size_t k = 0; k < n; k++) {
        uint32_t row = h->row[item[k]];
        size_t m = (size_t)h->month[item[k]];
        while (month <= m) r->start[month++] = made;
        bool same = made > r->start[m] && r->spot[made - 1].point == point[row];
        if (!same) r->spot[made++] = (hot_place_month){.point = point[row]};
        count_row(r, row, &r->spot[made - 1]);
    }
    while (month <= r->months) r->start[month++] = made;
}

static hot_status find_spots(const hot_history *h, hot_rolling *r)
{
    const hot_incidents *t = &r->study->loaded.incidents;
    uint64_t *key = hot_new_raw(2 * h->n, sizeof *key); /* by what; of which row */
    r->start = hot_new(r->months + 1, sizeof *r->start);
    r->spot = hot_new_raw(h->n, sizeof *r->spot);
    if (!key || !r->start || !r->spot) {
        hot_free(key);
        return HOT_MEMORY;
    }
    size_t n = 0;
    for (size_t k = 0; k < h->n; k++) {
        if (t->precision_m[h->row[k]] > HOT_COARSE_M) {
            r->n_coarse++;
            continue;
        }
        key[2 * n] = (uint64_t)h->month[k] << 32 | t->point[h->row[k]];
        key[2 * n++ + 1] = k;
    }
    qsort(key, n, 2 * sizeof *key, by_month_and_point);
    for (size_t k = 0; k < n; k++) key[k] = key[2 * k + 1];
    count_spots(h, key, n, r);
    hot_free(key);
    return HOT_OK;
}

/* ---- which months ---- */

bool hot_rolling_covers(const hot_rolling *r, size_t month, size_t months)
{
    if (month + months > r->months) return false;
    for (size_t m = month; m < month + months; m++)
        if (!r->covered[m]) return false;
    return true;
}

/** First second of a month. */
static int64_t month_begin(int32_t month)
{
    return hot_days(month / 12, month % 12 + 1, 1) * 86400;
}

static bool is_in_period(const hot_rolling *r, size_t month)
{
    int32_t at = r->first + (int32_t)month;
    return month_begin(at) >= r->study->from && month_begin(at + 1) <= r->study->to;
}

/** A month is tested where it and the month before it are covered: what lies further back than a
 *  gap is no fair start for any method. Without a period the last twelve. */
static hot_status find_tests(hot_rolling *r, hot_error *error)
{
    bool period = r->study->from != INT64_MIN || r->study->to != INT64_MAX;
    r->test = hot_new_raw(r->months, sizeof *r->test);
    if (!r->test) return HOT_MEMORY;
    for (size_t m = 1; m < r->months; m++)
        if (hot_rolling_covers(r, m - 1, 2) && is_in_period(r, m)) r->test[r->n_tests++] = m;
    if (r->n_tests == 0)
        return hot_fail(error, HOT_INPUT,
                        "There is no month to test: one needs data for the whole of it and for the "
                        "month before; give earlier months too, or another --from and --to.");
    if (!period && r->n_tests > MOST_TESTS) {
        memmove(r->test, r->test + r->n_tests - MOST_TESTS, MOST_TESTS * sizeof *r->test);
        r->n_tests = MOST_TESTS;
    }
    return HOT_OK;
}

static hot_status find_whole(hot_rolling *r, hot_error *error)
{
    const hot_study *s = r->study;
    if (s->bounding == SIZE_MAX)
        return hot_fail(error, HOT_USAGE,
                        "Shares of an area need an area: say which wards or beats to choose in, "
                        "such as --areas ward=wards.gpkg.");
    r->whole = hot_study_area(s);
    return HOT_OK;
}

/** No method may look at what it is tested on. */
static hot_status check_bandwidth(const hot_study *s, hot_error *error)
{
    if (!hot_settings_is(s->settings, "bandwidth", "auto")) return HOT_OK;
    return hot_fail(error, HOT_USAGE,
                    "--bandwidth auto would choose by the very months that are tested; say a "
                    "distance, such as 200m.");
}

hot_status hot_rolling_new(const hot_study *s, const hot_history *h, hot_rolling *rolling,
                           hot_error *error)
{
    *rolling =
        (hot_rolling){.study = s, .first = h->first, .months = h->months, .covered = h->covered};
    HOT_TRY(check_bandwidth(s, error));
    HOT_TRY(find_whole(rolling, error));
    HOT_TRY(read_hours(hot_settings_text(s->settings, "evaluate-hours"), rolling, error));
    HOT_TRY(find_tests(rolling, error));
    return find_spots(h, rolling);
}

void hot_rolling_free(hot_rolling *r)
{
    hot_free(r->start);
    hot_free(r->spot);
    hot_free(r->test);
    *r = (hot_rolling){0};
}
