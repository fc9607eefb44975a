#include "engine/incidents/clock.h"

#include <stdio.h>

#include "engine/base/memory.h"
#include "engine/incidents/clock_text.h"

const char *hot_precision_name(hot_precision precision)
{
    static const char *const name[] = {"month", "day", "minute", "second"};
    return name[precision];
}

void hot_zone_free(hot_zone *zone)
{
    hot_free(zone->at);
    hot_free(zone->offset);
    *zone = (hot_zone){0};
}

int32_t hot_zone_offset(const hot_zone *zone, int64_t utc)
{
    size_t low = 0, high = zone->n; /* the first change after utc */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->at[middle] <= utc)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? zone->offset[low - 1] : zone->offset_before;
}

int64_t hot_days(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

hot_date hot_date_of(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    int day = (int)(of_year - (153 * shifted + 2) / 5) + 1;
    int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    return (hot_date){year + era * 400 + (month <= 2), month, day};
}

int hot_month_length(int64_t year, int month)
{
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return length[month - 1] + (month == 2 && leap);
}

/** YYYY-MM or YYYY-MM-DD. */
static bool read_year_first(text *t, hot_moment *m)
{
    int year, month, day = 1;
    if (!read_fixed(t, 4, &year) || t->at >= t->end) return false;
    char between[2] = {*t->at, 0};
    if (!read_one_of(t, "-/") || !read_short(t, &month)) return false;
    m->precision = HOT_MONTH;
    if (read_one_of(t, between)) {
        if (!read_short(t, &day)) return false;
        m->precision = HOT_DAY;
    }
    if (!date_is_real(year, month, day)) return false;
    m->second = hot_days(year, month, day) * DAY;
    return true;
}

/** DD/MM/YYYY, or MM/DD/YYYY where the month comes first. */
static bool read_year_last(text *t, bool month_first, hot_moment *m)
{
    int year, month, day;
    if (!read_short(t, &day) || t->at >= t->end) return false;
    char between[2] = {*t->at, 0};
    if (!read_one_of(t, "/-.") || !read_short(t, &month) || !read_one_of(t, between) ||
        !read_fixed(t, 4, &year))
        return false;
    if (month_first) {
        int swapped = day;
        day = month;
        month = swapped;
    }
    if (!date_is_real(year, month, day)) return false;
    *m = (hot_moment){hot_days(year, month, day) * DAY, HOT_DAY};
    return true;
}

static bool read_clock(text *t, hot_moment *m)
{
    int hour, minute, second = 0;
    if (!read_short(t, &hour) || !read_one_of(t, ":") || !read_fixed(t, 2, &minute)) return false;
    m->precision = HOT_MINUTE;
    if (read_one_of(t, ":")) {
        if (!read_fixed(t, 2, &second)) return false;
        m->precision = HOT_SECOND;
        if (read_one_of(t, ".,")) {
            if (digit(t, 0) < 0) return false;
            while (digit(t, 0) >= 0) t->at++;
        }
    }
    bool midnight_after = hour == 24 && minute == 0 && second == 0;
    if ((hour > 23 && !midnight_after) || minute > 59 || second > 59) return false;
    m->second += (hour * 60 + minute) * 60 + second;
    return true;
}

/** A time of day up to the text's end, with its offset if it has one, added to the day in *m. */
static bool read_time(text *t, const hot_zone *zone, hot_moment *m)
{
    if (!read_clock(t, m)) return false;
    trim(t);
    if (t->at < t->end && !read_offset(t, zone, m)) return false;
    return t->at == t->end;
}

/** A date in one of the usual forms, alone or with a time. */
static bool parse_usual(const char *at, size_t length, hot_date_order order, const hot_zone *zone,
                        hot_moment *moment)
{
    text t = {at, at + length};
    hot_moment m = {0};
    trim(&t);
    bool year_first = digit(&t, 0) >= 0 && digit(&t, 1) >= 0 && digit(&t, 2) >= 0;
    if (!year_first && order == HOT_YEAR_FIRST) return false;
    if (!(year_first ? read_year_first(&t, &m) : read_year_last(&t, order == HOT_MONTH_FIRST, &m)))
        return false;
    bool timed = t.at < t.end;
    if (timed && (m.precision != HOT_DAY || !read_one_of(&t, "T t") || !read_time(&t, zone, &m)))
        return false;
    *moment = m;
    return true;
}

bool hot_moment_parse(const char *at, size_t length, const hot_zone *zone, hot_moment *moment)
{
    return parse_usual(at, length, HOT_DAY_FIRST, zone, moment);
}

bool hot_moment_parse_as(const char *at, size_t length, hot_date_format format,
                         const hot_zone *zone, hot_moment *moment)
{
    if (!format.pattern) return parse_usual(at, length, format.order, zone, moment);
    return hot_moment_by_pattern(at, length, format.pattern, zone, moment);
}

static int64_t day_of(int64_t second)
{
    return (second >= 0 ? second : second - (DAY - 1)) / DAY;
}

bool hot_moment_parse_clock(const char *at, size_t length, hot_moment day, const hot_zone *zone,
                            hot_moment *moment)
{
    text t = {at, at + length};
    hot_moment m = {.second = day_of(day.second) * DAY};
    trim(&t);
    if (day.precision == HOT_MONTH || !read_time(&t, zone, &m)) return false;
    *moment = m;
    return true;
}

/** A number of two or four digits after the character `before`; 0 = none. */
static char *write_number(char *at, char before, int value, int digits)
{
    if (before) *at++ = before;
    for (int k = digits; k-- > 0; value /= 10) at[k] = (char)('0' + value % 10);
    return at + digits;
}

void hot_moment_format(hot_moment moment, char *into)
{
    int64_t day = day_of(moment.second);
    hot_date d = hot_date_of(day);
    int rest = (int)(moment.second - day * DAY), year = (int)d.year;
    char *at = into;
    if (year >= 0 && year <= 9999)
        at = write_number(at, 0, year, 4);
    else
        at += snprintf(at, 12, "%04d", year);
    at = write_number(at, '-', d.month, 2);
    if (moment.precision >= HOT_DAY) at = write_number(at, '-', d.day, 2);
    if (moment.precision >= HOT_MINUTE) {
        at = write_number(at, 'T', rest / 3600, 2);
        at = write_number(at, ':', rest / 60 % 60, 2);
    }
    if (moment.precision >= HOT_SECOND) at = write_number(at, ':', rest % 60, 2);
    *at = 0;
}

int64_t hot_moment_end(hot_moment moment)
{
    switch (moment.precision) {
    case HOT_MONTH: {
        hot_date d = hot_date_of(day_of(moment.second));
        return moment.second + (int64_t)hot_month_length(d.year, d.month) * DAY;
    }
    case HOT_DAY:
        return moment.second + DAY;
    case HOT_MINUTE:
        return moment.second + 60;
    default:
        return moment.second + 1;
    }
}
