#include "layers/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "layers/gaps.h"
#include "layers/source_months.h"

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

/* ---- is it covered? A month without data is not a month of zero ---- */

/** A source's own months; `covered` is room for them. */
static hot_coverage coverage_of(const hot_source_months *f, size_t k, uint8_t *covered)
{
    for (size_t m = 0; m < f->months; m++)
        covered[m] = hot_source_month_covered(&f->cell[k * f->months + m]);
    return (hot_coverage){
        .first = f->study->loaded.coverage.first, .n = f->months, .covered = covered};
}

/** @return how many months it lacks */
static size_t lacks(const hot_coverage *own, hot_stretch s, char *gaps)
{
    return hot_gaps(own, hot_month_of(s.from), hot_month_of(s.to - 1), gaps);
}

static bool has_any(const hot_coverage *own, hot_stretch s)
{
    char gaps[HOT_GAPS_ROOM];
    return lacks(own, s, gaps) < (size_t)(hot_month_of(s.to - 1) - hot_month_of(s.from)) + 1;
}

static hot_status check_whole(const hot_coverage *c, hot_stretch s, hot_error *error)
{
    char gaps[HOT_GAPS_ROOM];
    size_t missing = lacks(c, s, gaps);
    if (missing == 0) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "--compare: the input has no data for %s; give the files of %s, or compare "
                    "what is covered.",
                    gaps, missing == 1 ? "that month" : "those months");
}

/** A source that has a part of what is compared must have all of it. */
static hot_status check_source(const char *name, const hot_coverage *own, hot_comparison c,
                               hot_error *error)
{
    char gaps[HOT_GAPS_ROOM];
    if (!has_any(own, c.now) && !has_any(own, c.before)) return HOT_OK;
    size_t missing = lacks(own, c.now, gaps);
    if (missing == 0) missing = lacks(own, c.before, gaps);
    if (missing == 0) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "--compare: %s has no data for %s, which others have; give its files of %s, "
                    "or leave it out.",
                    name, gaps, missing == 1 ? "that month" : "those months");
}

/** The days from a source's first to its last on which there are rows, where dates are days. */
typedef struct {
    int64_t first, last; /* days since 1970 */
    double days;
} spell;

/** Days on which a source may have rows: every one of a month of which no more is known.
 *  @return bit d = the day d + 1 */
static uint32_t days_of(const hot_source_month *c, int32_t month)
{
    int length = hot_month_length(month / 12, month % 12 + 1);
    return c->rows > 0 && !c->daily ? (UINT32_C(1) << length) - 1 : c->days;
}

static void add_days(uint32_t days, int64_t start, spell *s)
{
    for (int d = 0; d < 31; d++) {
        if (!(days >> d & 1)) continue;
        if (s->first == INT64_MAX) s->first = start + d;
        s->last = start + d;
        s->days++;
    }
}

/** @param k  a source; f->n = all that are not monthly: a log may be cut into files anywhere */
static spell spell_of(const hot_source_months *f, size_t k)
{
    spell s = {INT64_MAX, INT64_MIN, 0};
    for (size_t m = 0; m < f->months; m++) {
        int32_t month = f->study->loaded.coverage.first + (int32_t)m;
        uint32_t days = 0;
        for (size_t i = k < f->n ? k : 0; i < (k < f->n ? k + 1 : f->n); i++)
            if (k < f->n || !f->source[i].monthly)
                days |= days_of(&f->cell[i * f->months + m], month);
        add_days(days, hot_days(month / 12, month % 12 + 1, 1), &s);
    }
    return s;
}

enum { SPELL = 28 }; /* days by which a source's habit can be known */

/** Whether so many days without a row are no chance. */
static bool is_too_long(const spell *s, int64_t days)
{
    double whole = (double)(s->last - s->first + 1), share = s->days / (whole + 1);
    return whole >= SPELL && days > 0 && pow(1 - share, (double)days) < 1e-6;
}

static hot_status refuse_days(const char *name, const char *when, int64_t day, hot_error *error)
{
    hot_date d = hot_date_of(day);
    return hot_fail(error, HOT_INPUT,
                    "--compare: %s has no data %s %d %s %d, which is inside what is compared; give "
                    "all of that month, or compare whole months or days that are covered (--from "
                    "and --to take days).",
                    name, when, d.day, hot_month_name[d.month - 1], (int)d.year);
}

/** A month of which a source has a part.
 *  @param k  as spell_of */
static hot_status check_days(const hot_source_months *f, size_t k, hot_stretch stretch,
                             hot_error *error)
{
    spell s = spell_of(f, k);
    int64_t from = stretch.from / DAY, to = stretch.to / DAY;
    const char *name = k < f->n ? f->source[k].name : "the input";
    if (s.first > s.last) return HOT_OK;
    hot_date first = hot_date_of(s.first), last = hot_date_of(s.last);
    int64_t opens = s.first - first.day + 1;
    int64_t closes = s.last - last.day + hot_month_length(last.year, last.month) + 1;
    if (from < opens) from = opens;
    if (to > closes) to = closes;
    if (from <= s.last && s.last < to && is_too_long(&s, to - 1 - s.last))
        return refuse_days(name, "after", s.last, error);
    if (from < s.first && s.first < to && is_too_long(&s, s.first - from))
        return refuse_days(name, "before", s.first, error);
    return HOT_OK;
}

/** A part of a month can be told from the rest of it only where dates are days. */
static hot_status check_part(const hot_source_months *f, int32_t month, hot_error *error)
{
    int32_t first = f->study->loaded.coverage.first;
    for (size_t k = 0; k < f->n; k++) {
        const hot_source_month *c = &f->cell[k * f->months + (size_t)(month - first)];
        if (c->rows > 0 && !c->daily)
            return hot_fail(error, HOT_INPUT,
                            "--compare: the dates of %s in %s %d are months, of which no part can "
                            "be compared; compare whole months.",
                            f->source[k].name, hot_month_name[month % 12], (int)(month / 12));
    }
    return HOT_OK;
}

static hot_status check_parts(const hot_source_months *f, hot_stretch s, hot_error *error)
{
    if (!starts_month(s.from)) HOT_TRY(check_part(f, hot_month_of(s.from), error));
    return starts_month(s.to) ? HOT_OK : check_part(f, hot_month_of(s.to), error);
}

static hot_status check_sources(const hot_source_months *f, hot_comparison c, hot_error *error)
{
    uint8_t *covered = hot_new_raw(f->months, 1);
    hot_status status = covered ? HOT_OK : HOT_MEMORY;
    for (size_t k = 0; k <= f->n && status == HOT_OK; k++) {
        if (k < f->n && !f->source[k].monthly) continue;
        hot_coverage own = k < f->n ? coverage_of(f, k, covered) : f->study->loaded.coverage;
        if (f->n > 1 && k < f->n) status = check_source(f->source[k].name, &own, c, error);
        if (status == HOT_OK) status = check_days(f, k, c.now, error);
        if (status == HOT_OK) status = check_days(f, k, c.before, error);
    }
    hot_free(covered);
    return status;
}

static hot_status check_covered(const hot_study *s, hot_comparison c, hot_error *error)
{
    hot_source_months months;
    HOT_TRY(check_whole(&s->loaded.coverage, c.now, error));
    HOT_TRY(check_whole(&s->loaded.coverage, c.before, error));
    hot_status status = hot_source_months_new(s, &months);
    if (status == HOT_OK) status = check_parts(&months, c.now, error);
    if (status == HOT_OK) status = check_parts(&months, c.before, error);
    if (status == HOT_OK) status = check_sources(&months, c, error);
    hot_source_months_free(&months);
    return status;
}

/* ---- the whole ---- */

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
    HOT_TRY(check_covered(s, c, error));
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
