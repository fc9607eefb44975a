#include "layers/compare.h"

#include <stdio.h>
#include <string.h>

#include "layers/gaps.h"

enum { DAY = 86400 };

/* ---- dates ---- */

static bool starts_month(int64_t second)
{
    return hot_date_of(second / DAY).day == 1;
}

static bool is_of_months(hot_stretch s)
{
    return starts_month(s.from) && starts_month(s.to);
}

static int64_t month_start(int64_t month)
{
    return hot_days(month / 12, (int)(month % 12) + 1, 1) * DAY;
}

/** The same day a year earlier; February's last is February's last. */
static int64_t year_before(int64_t second)
{
    hot_date d = hot_date_of(second / DAY);
    int length = hot_month_length(d.year - 1, d.month);
    bool last = d.day == hot_month_length(d.year, d.month);
    return hot_days(d.year - 1, d.month, last || d.day > length ? length : d.day) * DAY;
}

static hot_stretch last_year(hot_stretch now)
{
    int64_t from = hot_date_of(now.from / DAY).day == 1 ? month_start(hot_month_of(now.from) - 12)
                                                        : year_before(now.from);
    return (hot_stretch){from, year_before(now.to - DAY) + DAY};
}

static hot_stretch just_before(hot_stretch now)
{
    int64_t months = (int64_t)hot_month_of(now.to) - hot_month_of(now.from);
    int64_t from = is_of_months(now) ? month_start(hot_month_of(now.from) - months)
                                     : now.from - (now.to - now.from);
    return (hot_stretch){from, now.from};
}

hot_months hot_stretch_months(hot_stretch s, int32_t first)
{
    int32_t from = hot_month_of(s.from) + (starts_month(s.from) ? 0 : 1), to = hot_month_of(s.to);
    return (hot_months){from - first, to > from ? to - from : 0};
}

/* ---- reading ---- */

static hot_status read_given(const char *text, hot_stretch *before, hot_error *error)
{
    const char *dots = strstr(text, "..");
    char from[16];
    if (!dots || dots == text || !dots[2] || dots - text > 10)
        return hot_fail(error, HOT_USAGE,
                        "--compare %s: expected none, last-year, previous or FROM..TO, such as "
                        "2024-01..2024-03.",
                        text);
    snprintf(from, sizeof from, "%.*s", (int)(dots - text), text);
    HOT_TRY(hot_bound_parse("--compare", from, false, &before->from, error));
    HOT_TRY(hot_bound_parse("--compare", dots + 2, true, &before->to, error));
    if (before->from < before->to) return HOT_OK;
    return hot_fail(error, HOT_USAGE, "--compare %s: it ends before it begins.", text);
}

static hot_status find_before(const hot_study *s, hot_stretch now, hot_stretch *before,
                              hot_error *error)
{
    const char *text = hot_settings_text(s->settings, "compare");
    if (strcmp(text, "previous") == 0) return *before = just_before(now), HOT_OK;
    if (strcmp(text, "last-year") != 0) return read_given(text, before, error);
    *before = last_year(now);
    if (before->to <= now.from) return HOT_OK;
    char period[96];
    hot_period_format(now.from, now.to, period);
    return hot_fail(error, HOT_USAGE,
                    "--compare last-year: the period, %s, is longer than a year; say a shorter one "
                    "with --from and --to.",
                    period);
}

static hot_status check_apart(hot_comparison c, hot_error *error)
{
    char now[96], before[96];
    if (c.before.to <= c.now.from || c.now.to <= c.before.from) return HOT_OK;
    hot_period_format(c.now.from, c.now.to, now);
    hot_period_format(c.before.from, c.before.to, before);
    return hot_fail(error, HOT_USAGE,
                    "--compare: %s overlaps the period, %s; compare what lies apart.", before, now);
}

/** Every month that a stretch touches must be covered: a month without data is not a month of zero.
 */
static hot_status check_covered(const hot_coverage *c, hot_stretch s, hot_error *error)
{
    char gaps[HOT_GAPS_ROOM];
    size_t missing = hot_gaps(c, hot_month_of(s.from), hot_month_of(s.to - 1), gaps);
    if (missing == 0) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "--compare: the input has no data for %s; give the files of %s, or compare "
                    "what is covered.",
                    gaps, missing == 1 ? "that month" : "those months");
}

/** Whether only the years differ. */
static bool is_same_season(hot_comparison c)
{
    hot_date a = hot_date_of(c.now.from / DAY), b = hot_date_of(c.before.from / DAY);
    hot_stretch moved = c.now;
    for (int64_t year = a.year; year > b.year; year--) moved = last_year(moved);
    return a.year != b.year && moved.from == c.before.from && moved.to == c.before.to;
}

hot_status hot_comparison_read(const hot_study *s, bool *asked, hot_comparison *comparison,
                               hot_error *error)
{
    hot_comparison c = {{0, 0}, {0, 0}, false};
    *asked = !hot_settings_is(s->settings, "compare", "none");
    if (!*asked) return HOT_OK;
    hot_study_span(s, &c.now.from, &c.now.to);
    HOT_TRY(find_before(s, c.now, &c.before, error));
    HOT_TRY(check_apart(c, error));
    HOT_TRY(check_covered(&s->loaded.coverage, c.now, error));
    HOT_TRY(check_covered(&s->loaded.coverage, c.before, error));
    c.same_season = is_same_season(c);
    *comparison = c;
    return HOT_OK;
}

void hot_comparison_format(const hot_comparison *c, char *text)
{
    char now[96], before[96];
    hot_period_format(c->now.from, c->now.to, now);
    hot_period_format(c->before.from, c->before.to, before);
    snprintf(text, 224, "%s against %s", now, before);
}

void hot_comparison_days(const hot_comparison *c, double *now, double *before)
{
    *now = c->same_season ? 1 : (double)(c->now.to - c->now.from) / DAY;
    *before = c->same_season ? 1 : (double)(c->before.to - c->before.from) / DAY;
}
