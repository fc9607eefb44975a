/* Dates and times of any bytes: what is read is within range, and is read again from its text. */
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int64_t at[] = {1743296400, 1761440400}; /* London's summer of 2025 */
    static int32_t offset[] = {3600, 0};
    static const hot_zone zone = {2, at, offset, 0};
    static const int64_t day = 86400;
    const hot_moment untouched = {-1, HOT_SECOND};
    const char *text = size ? (const char *)data : "";
    hot_moment m = untouched, utc = untouched, timed = untouched;
    bool read = hot_moment_parse(text, size, &zone, &m);
    must(read == hot_moment_parse(text, size, NULL, &utc));
    if (read) {
        must(m.second >= (hot_days(1900, 1, 1) - 1) * day);
        must(m.second <= (hot_days(2200, 1, 1) + 1) * day);
        must(m.precision == utc.precision && llabs(m.second - utc.second) <= 3600);
        moment_holds(m);
    } else {
        must(same(m, untouched) && same(utc, untouched));
    }
    const hot_moment start = {20000 * day + 5000, HOT_MINUTE};
    if (hot_moment_parse_clock(text, size, start, &zone, &timed)) {
        must(!read && timed.precision >= HOT_MINUTE && llabs(timed.second - 20000 * day) < 3 * day);
        moment_holds(timed);
    } else {
        must(same(timed, untouched));
    }
    return 0;
}
