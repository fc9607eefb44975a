/** @file clock_text.h
 *  The small pieces that dates and times are read from; for clock.c and pattern.c alone.
 */
#ifndef HOT_INCIDENTS_CLOCK_TEXT_H
#define HOT_INCIDENTS_CLOCK_TEXT_H

#include "engine/incidents/clock.h"

enum { DAY = 86400 };

/** By a pattern (hot_date_format), in pattern.c. */
bool hot_moment_by_pattern(const char *at, size_t length, const char *pattern, const hot_zone *zone,
                           hot_moment *moment);

/** What is left to read. */
typedef struct {
    const char *at, *end;
} text;

static inline int digit(const text *t, ptrdiff_t ahead)
{
    if (t->end - t->at <= ahead) return -1;
    char c = t->at[ahead];
    return c >= '0' && c <= '9' ? c - '0' : -1;
}

/** Exactly `n` digits. */
static inline bool read_fixed(text *t, int n, int *value)
{
    int v = 0;
    for (int i = 0; i < n; i++) {
        int d = digit(t, i);
        if (d < 0) return false;
        v = v * 10 + d;
    }
    t->at += n;
    *value = v;
    return true;
}

/** One or two digits. */
static inline bool read_short(text *t, int *value)
{
    return read_fixed(t, digit(t, 1) < 0 ? 1 : 2, value);
}

static inline bool read_one_of(text *t, const char *allowed)
{
    for (; t->at < t->end && *allowed; allowed++)
        if (*t->at == *allowed) return t->at++, true;
    return false;
}

static inline bool date_is_real(int year, int month, int day)
{
    return year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 &&
           day <= hot_month_length(year, month);
}

/** Z, +HH:MM, +HHMM or +HH: the moment is put on the zone's clock. */
static inline bool read_offset(text *t, const hot_zone *zone, hot_moment *m)
{
    int hour = 0, minute = 0, sign = 1;
    if (!read_one_of(t, "Zz")) {
        sign = t->at < t->end && *t->at == '-' ? -1 : 1;
        if (!read_one_of(t, "+-") || !read_fixed(t, 2, &hour)) return false;
        bool colon = read_one_of(t, ":");
        if ((colon || t->at < t->end) && !read_fixed(t, 2, &minute)) return false;
        if (hour > 14 || minute > 59) return false;
    }
    int64_t utc = m->second - sign * (hour * 60 + minute) * 60;
    m->second = utc + (zone ? hot_zone_offset(zone, utc) : 0);
    return true;
}

static inline void trim(text *t)
{
    while (t->at < t->end && (*t->at == ' ' || *t->at == '\t')) t->at++;
    while (t->at < t->end && (t->end[-1] == ' ' || t->end[-1] == '\t')) t->end--;
}

#endif
