/* When an incident was, from its row. */
#include <string.h>

#include "engine/base/number.h"
#include "engine/base/words.h"
#include "engine/incidents/intake_row.h"

enum { DAY = 86400 };

static bool parse_whole(const row *r, hot_slice f, hot_moment *moment)
{
    return hot_moment_parse_as(f.at, f.length, r->dates, r->rules->zone, moment);
}

/** A time of day on the day it began. */
static bool parse_clock(const row *r, hot_slice f, hot_moment *moment)
{
    return hot_moment_parse_clock(f.at, f.length, r->from, r->rules->zone, moment);
}

static bool part(const row *r, hot_purpose purpose, int64_t low, int64_t high, int64_t *value)
{
    hot_slice f = field_of(r, purpose);
    return hot_integer_parse(f.at, f.length, value) && *value >= low && *value <= high;
}

/** A date written in columns of its own: year, month, and as far as they are there day and time. */
static hot_reason read_parts(row *r)
{
    int64_t year, month, day = 1, hour, minute = 0;
    const int32_t *at = r->in->columns.at;
    if (!part(r, HOT_FOR_YEAR, 1900, 2199, &year)) return fault_at(r, HOT_FOR_YEAR, HOT_BAD_DATE);
    if (!part(r, HOT_FOR_MONTH, 1, 12, &month)) return fault_at(r, HOT_FOR_MONTH, HOT_BAD_DATE);
    r->from.precision = at[HOT_FOR_DAY] < 0 ? HOT_MONTH : HOT_DAY;
    if (at[HOT_FOR_DAY] >= 0 && !part(r, HOT_FOR_DAY, 1, hot_month_length(year, (int)month), &day))
        return fault_at(r, HOT_FOR_DAY, HOT_BAD_DATE);
    r->from.second = hot_days(year, (int)month, (int)day) * DAY;
    if (at[HOT_FOR_DAY] < 0 || !field_of(r, HOT_FOR_HOUR).length) return HOT_REASONS;
    if (!part(r, HOT_FOR_HOUR, 0, 23, &hour)) return fault_at(r, HOT_FOR_HOUR, HOT_BAD_DATE);
    if (field_of(r, HOT_FOR_MINUTE).length && !part(r, HOT_FOR_MINUTE, 0, 59, &minute))
        return fault_at(r, HOT_FOR_MINUTE, HOT_BAD_DATE);
    r->from.second += hour * 3600 + minute * 60;
    r->from.precision = HOT_MINUTE;
    return HOT_REASONS;
}

/** A date as it is written, which is mostly that of the row before. */
static bool parse_date(row *r, hot_slice f)
{
    bool again =
        f.length && f.length == r->last_length && hot_text_is(f.at, r->last_date, f.length);
    if (again) r->from = r->last_moment;
    if (again) return true;
    if (!parse_whole(r, f, &r->from)) return false;
    r->last_length = f.length <= DATE ? f.length : 0;
    memcpy(r->last_date, f.at, r->last_length);
    r->last_moment = r->from;
    return true;
}

/** The date alone, in whichever columns it is. */
static hot_reason read_date(row *r)
{
    if (r->in->columns.at[HOT_FOR_YEAR] >= 0) return read_parts(r);
    if (parse_date(r, field_of(r, HOT_FOR_DATE))) return HOT_REASONS;
    bool there = r->in->columns.at[HOT_FOR_DATE] >= 0;
    return fault_at(r, there ? HOT_FOR_DATE : HOT_FOR_TIME_FROM, HOT_BAD_DATE);
}

/** When it began: the date, made finer by the time it began where that is given. */
hot_reason hot_row_from(row *r)
{
    hot_slice time = field_of(r, HOT_FOR_TIME_FROM);
    if (time.length && parse_whole(r, time, &r->from)) return HOT_REASONS;
    hot_reason reason = read_date(r);
    if (reason != HOT_REASONS || !time.length || parse_clock(r, time, &r->from)) return reason;
    return fault_at(r, HOT_FOR_TIME_FROM, HOT_BAD_DATE);
}

/** When it ended, if that is said; a time of day before the beginning is the next day's. */
hot_reason hot_row_to(row *r)
{
    hot_slice f = field_of(r, HOT_FOR_TIME_TO);
    r->has_to = f.length > 0;
    if (!r->has_to) return HOT_REASONS;
    bool whole = parse_whole(r, f, &r->to);
    if (!whole && !parse_clock(r, f, &r->to)) return fault_at(r, HOT_FOR_TIME_TO, HOT_BAD_DATE);
    if (!whole && r->to.second < r->from.second) r->to.second += DAY;
    if (hot_moment_end(r->to) <= r->from.second) return fault_at(r, HOT_FOR_TIME_TO, HOT_BAD_DATE);
    return HOT_REASONS;
}
