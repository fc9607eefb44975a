#include "engine/temporal/week.h"

#include <string.h>

enum { DAY = 86400, HOUR = 3600 };

hot_slots hot_slots_of_hours(void)
{
    hot_slots s = {.n = 24};
    for (int32_t hour = 0; hour <= 24; hour++) s.cut[hour] = hour * HOUR;
    return s;
}

bool hot_slots_cut(hot_slots *s, int32_t second)
{
    size_t at = 0;
    while (s->cut[at] < second) at++;
    if (s->cut[at] == second) return true;
    if (s->n == HOT_SLOTS) return false;
    memmove(s->cut + at + 1, s->cut + at, (s->n + 1 - at) * sizeof *s->cut);
    s->cut[at] = second;
    s->n++;
    return true;
}

size_t hot_week_size(const hot_slots *s)
{
    return 7 * (s->n + 1);
}

/** The slot that holds a second of the day: there are at least as many as hours. */
static size_t slot_at(const hot_slots *s, int32_t second)
{
    size_t at = (size_t)(second / HOUR);
    while (s->cut[at + 1] <= second) at++;
    return at;
}

static int64_t day_of(int64_t second)
{
    return (second >= 0 ? second : second - (DAY - 1)) / DAY;
}

/** 0 = Monday; day 0, 1 January 1970, was a Thursday. */
static size_t weekday_of(int64_t day)
{
    return (size_t)(((day + 3) % 7 + 7) % 7);
}

/* ---- a span of time, and the changes of the clock near it ---- */

typedef struct {
    int64_t from, to; /* s, local */
    const hot_zone *zone;
    size_t first, after; /* changes of the zone that may lie in it */
} span;

static span span_of(int64_t from, int64_t to, const hot_zone *zone)
{
    span s = {from, to, zone, 0, 0};
    size_t low = 0, high = zone ? zone->n : 0;
    while (low < high) { /* no clock is a day away from UTC */
        size_t middle = low + (high - low) / 2;
        if (zone->at[middle] <= from - DAY)
            low = middle + 1;
        else
            high = middle;
    }
    s.first = s.after = low;
    while (zone && s.after < zone->n && zone->at[s.after] < to + DAY) s.after++;
    return s;
}

static int64_t overlap(int64_t a, int64_t b, int64_t c, int64_t d)
{
    int64_t from = a > c ? a : c, to = b < d ? b : d;
    return to > from ? to - from : 0;
}

/** Seconds that passed while the clock went from a to b, both in the span. */
static int64_t passed(const span *s, int64_t a, int64_t b)
{
    int64_t seconds = b - a;
    for (size_t k = s->first; k < s->after; k++) {
        const hot_zone *z = s->zone;
        int64_t was = z->at[k] + (k ? z->offset[k - 1] : z->offset_before);
        int64_t is = z->at[k] + z->offset[k];
        if (is > was)
            seconds -= overlap(a, b, was, is);
        else if (s->from <= is && was <= s->to)
            seconds += overlap(a, b, is, was);
    }
    return seconds;
}

/* ---- adding ---- */

static void add(int64_t *const *week, size_t weeks, size_t at, int64_t parts)
{
    for (size_t w = 0; w < weeks; w++) week[w][at] += parts;
}

static void add_instant(const hot_slots *slots, int64_t when, int64_t *const *week, size_t weeks)
{
    int64_t day = day_of(when);
    int32_t second = (int32_t)(when - day * DAY);
    size_t slot = second ? slot_at(slots, second) : slots->n;
    add(week, weeks, weekday_of(day) * (slots->n + 1) + slot, HOT_PARTS);
}

/** Each slot gets the rounded sum of parts up to its end less that up to its beginning: together
 *  they are one incident. */
static void add_span(const hot_slots *slots, const span *s, int64_t length, int64_t *const *week,
                     size_t weeks)
{
    int64_t gone = 0, given = 0;
    for (int64_t at = s->from, end; at < s->to; at = end) {
        int64_t day = day_of(at);
        size_t slot = slot_at(slots, (int32_t)(at - day * DAY));
        end = day * DAY + slots->cut[slot + 1];
        if (end > s->to) end = s->to;
        gone += passed(s, at, end);
        int64_t due = (2 * HOT_PARTS / length * gone) + (2 * HOT_PARTS % length * gone) / length;
        due = (due + 1) / 2;
        add(week, weeks, weekday_of(day) * (slots->n + 1) + slot, due - given);
        given = due;
    }
}

void hot_aoristic(const hot_slots *slots, int64_t from, int64_t to, const hot_zone *zone,
                  int64_t *const *week, size_t weeks)
{
    if (to <= from) {
        add_instant(slots, from, week, weeks);
        return;
    }
    span s = span_of(from, to, zone);
    int64_t length = passed(&s, from, to);
    if (length <= 0) {
        s = span_of(from, to, NULL);
        length = to - from;
    }
    add_span(slots, &s, length, week, weeks);
}

/* ---- reading ---- */

bool hot_midnight_is_unknown(const uint64_t exact[24], const uint64_t other[24])
{
    double rounded = 0, not_rounded = 0, midnight = (double)exact[0];
    for (size_t hour = 1; hour < 24; hour++) {
        rounded += (double)exact[hour];
        not_rounded += (double)other[hour];
    }
    if (rounded == 0 && not_rounded == 0 && other[0] == 0) return exact[0] > 1;
    if (exact[0] < 10) return false;
    if (not_rounded == 0) return midnight > 5 * rounded / 23;
    /* One more than were seen: that there was none says little where there are few. */
    return midnight * not_rounded > 3 * ((double)other[0] + 1) * rounded;
}

void hot_week_settle(const hot_slots *slots, bool unknown, int64_t *week)
{
    for (size_t d = 0; d < 7; d++) {
        int64_t *day = week + d * (slots->n + 1);
        if (!unknown) day[0] += day[slots->n];
        day[slots->n] = 0;
    }
}

void hot_week_hours(const hot_slots *slots, const int64_t *week, int64_t hours[HOT_WEEK_HOURS])
{
    memset(hours, 0, HOT_WEEK_HOURS * sizeof *hours);
    for (size_t d = 0; d < 7; d++)
        for (size_t k = 0; k < slots->n; k++)
            hours[d * 24 + (size_t)(slots->cut[k] / HOUR)] += week[d * (slots->n + 1) + k];
}
