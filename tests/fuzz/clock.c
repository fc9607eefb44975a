/* Dates and times of any bytes: what is read is within range, and is read again from its text. With
 * a line end in them, what stands before it is the way they are written (--date-format). */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "engine/incidents/clock.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

static bool same(hot_moment a, hot_moment b)
{
    return a.second == b.second && a.precision == b.precision;
}

/** A moment that was read: its text gives it back, and it ends after it begins. */
static void moment_holds(hot_moment m)
{
    char text[32];
    hot_moment back;
    hot_moment_format(m, text);
    must(strlen(text) < sizeof text && hot_moment_end(m) > m.second);
    if (m.second < hot_days(1900, 1, 1) * 86400 || m.second >= hot_days(2200, 1, 1) * 86400) return;
    must(hot_moment_parse(text, strlen(text), NULL, &back) && same(m, back));
}

static const int64_t day = 86400;
static const hot_moment untouched = {-1, HOT_SECOND};

static const hot_zone *london(void)
{
    static int64_t at[] = {1743296400, 1761440400}; /* London's summer of 2025 */
    static int32_t offset[] = {3600, 0};
    static const hot_zone zone = {2, at, offset, 0};
    return &zone;
}

static void within_range(hot_moment m)
{
    must(m.second >= (hot_days(1900, 1, 1) - 1) * day);
    must(m.second <= (hot_days(2200, 1, 1) + 1) * day);
    moment_holds(m);
}

/** Whatever the order, what begins with the year is one date. */
static void orders_hold(const char *text, size_t size, bool read, hot_moment usual)
{
    static const hot_date_format by_month = {HOT_MONTH_FIRST, NULL},
                                 by_year = {HOT_YEAR_FIRST, NULL};
    hot_moment m = untouched, y = untouched;
    bool month_first = hot_moment_parse_as(text, size, by_month, london(), &m);
    bool year_first = hot_moment_parse_as(text, size, by_year, london(), &y);
    must(month_first || same(m, untouched));
    must(year_first || same(y, untouched));
    if (month_first) within_range(m);
    if (year_first) must(read && month_first && same(y, usual) && same(y, m));
}

static void pattern_holds(const char *line, size_t length, const char *text, size_t size)
{
    static const hot_date_format before = {HOT_YEAR_FIRST, "as before"};
    hot_date_format format = before;
    hot_moment m = untouched;
    char *pattern = malloc(length + 1);
    if (!pattern) abort();
    memcpy(pattern, line, length);
    pattern[length] = 0;
    if (!hot_date_format_parse(pattern, &format)) {
        must(format.order == before.order && format.pattern == before.pattern);
    } else {
        must(!format.pattern || format.pattern == pattern);
        if (hot_moment_parse_as(text, size, format, london(), &m))
            within_range(m);
        else
            must(same(m, untouched));
    }
    free(pattern);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size ? (const char *)data : "", *line = memchr(text, '\n', size);
    hot_moment m = untouched, utc = untouched, timed = untouched;
    bool read = hot_moment_parse(text, size, london(), &m);
    must(read == hot_moment_parse(text, size, NULL, &utc));
    if (read) {
        within_range(m);
        must(m.precision == utc.precision && llabs(m.second - utc.second) <= 3600);
    } else {
        must(same(m, untouched) && same(utc, untouched));
    }
    orders_hold(text, size, read, m);
    if (line)
        pattern_holds(text, (size_t)(line - text), line + 1, (size_t)(text + size - line - 1));
    const hot_moment start = {20000 * day + 5000, HOT_MINUTE};
    if (hot_moment_parse_clock(text, size, start, london(), &timed)) {
        must(!read && timed.precision >= HOT_MINUTE && llabs(timed.second - 20000 * day) < 3 * day);
        moment_holds(timed);
    } else {
        must(same(timed, untouched));
    }
    return 0;
}
