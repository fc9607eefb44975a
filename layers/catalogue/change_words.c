#include "layers/catalogue/change_words.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/bytes.h"
#include "engine/base/number.h"

/** Append text, and numbers, of no more than 400 bytes. */
__attribute__((format(printf, 2, 3))) static hot_status say(hot_bytes *b, const char *format, ...)
{
    char text[400];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return hot_bytes_add_text(b, text);
}

/** The bytes as text; NULL where saying them failed. The bytes are freed. */
static char *as_text(hot_status said, hot_bytes *b)
{
    char *text = said == HOT_OK ? hot_text((const char *)b->data, b->length) : NULL;
    hot_bytes_free(b);
    return text;
}

/* ---- the recording ---- */

static hot_status say_move(hot_bytes *b, double now, double before)
{
    if (before == 0) return say(b, now > 0 ? "rose from none" : "stayed at none");
    double percent = rint(100 * (now / before - 1));
    if (percent == 0) return say(b, "stayed level");
    return say(b, "%s %.0f%%", percent > 0 ? "rose" : "fell", fabs(percent));
}

static hot_status say_types(const hot_study *s, hot_bytes *b)
{
    size_t room = hot_study_types(s, NULL, 0) + 1;
    char *types = hot_new_raw(room, 1);
    if (!types) return HOT_MEMORY;
    hot_study_types(s, types, room);
    hot_status status = hot_bytes_add_text(b, types);
    hot_free(types);
    return status;
}

static hot_status say_shift(const hot_change_told *t, hot_bytes *b)
{
    double days_now, days_before;
    hot_comparison_days(t->comparison, &days_now, &days_before);
    double longer = days_now / days_before;
    HOT_TRY(say(b, "Recording shift: "));
    HOT_TRY(say_types(t->study, b));
    HOT_TRY(say(b, " "));
    HOT_TRY(say_move(b, t->shift->chosen[0], t->shift->chosen[1] * longer));
    HOT_TRY(say(b, " while everything else recorded here "));
    HOT_TRY(say_move(b, t->shift->others[0], t->shift->others[1] * longer));
    return say(b, ", further apart than usual. That points to a change in how incidents are "
                  "recorded, so no area is said to have risen or fallen.");
}

/* ---- one area ---- */

static bool is_short(const hot_change_told *t)
{
    return t->covered < HOT_USUAL_MONTHS;
}

static hot_status say_counts(const hot_change_told *t, double now, double before, hot_bytes *b)
{
    double days_now, days_before;
    hot_comparison_days(t->comparison, &days_now, &days_before);
    double longer = days_now / days_before;
    if (longer < 0.9 || longer > 1.1)
        return say(b, "%.0f in %.0f days, against %.0f in %.0f days", now, days_now, before,
                   days_before);
    if (now == before) return say(b, "%.0f, as before", now);
    if (before == 0) return say(b, "%.0f, from 0", now);
    return say(b, "%.0f, %s from %.0f", now, now > before ? "up" : "down", before);
}

static hot_status say_of_unit(const hot_change_told *t, const char *before, const char *after,
                              hot_bytes *b)
{
    HOT_TRY(hot_bytes_add_text(b, before));
    HOT_TRY(hot_bytes_add_text(b, t->unit)); /* of any length: as the person wrote it */
    return hot_bytes_add_text(b, after);
}

static hot_status say_judged(const hot_change_told *t, double now, double expected, bool outside,
                             hot_bytes *b)
{
    char number[32];
    const char *than = !outside ? "" : now > expected ? "more than the " : "fewer than the ";
    hot_number_fixed(expected, 1, number);
    if (t->usual)
        HOT_TRY(say_of_unit(t, outside ? ": outside this " : ": within this ", "'s usual variation",
                            b));
    else
        HOT_TRY(say(b, ": %s by the exact test", outside ? "beyond chance" : "within chance"));
    HOT_TRY(say(b, " (%s%s expected from its past and the trend elsewhere)", than, number));
    if (t->usual) return HOT_OK;
    return say(b, "; its usual variation is not known: %s",
               is_short(t) ? "fewer than two years of history" : "no other area shows it");
}

static hot_status say_note(const hot_change_told *t, double now, double before, double expected,
                           bool outside, hot_bytes *b)
{
    if (t->shift->found) return say_shift(t, b);
    if (now + before == 0) return say(b, "None, and none before: nothing to judge");
    HOT_TRY(say_counts(t, now, before, b));
    return say_judged(t, now, expected, outside, b);
}

hot_status hot_change_note(const hot_change_told *t, double now, double before, double expected,
                           bool outside, hot_layer *l, size_t row)
{
    hot_bytes b = {0};
    char *text = as_text(say_note(t, now, before, expected, outside, &b), &b);
    hot_status status = text ? hot_layer_set_text(l, "change_note", row, text) : HOT_MEMORY;
    hot_free(text);
    return status;
}

static hot_status say_later(const hot_change_told *t, double now, double before, int64_t since,
                            hot_bytes *b)
{
    char date[32];
    if (t->shift->found) return say_shift(t, b);
    if (now + before == 0) return say(b, "None, and none before: nothing to judge");
    HOT_TRY(say_counts(t, now, before, b));
    if (since == INT64_MIN)
        return say(b, ": not judged, as it is not said from when on it is a hotspot (from=)");
    hot_moment_format((hot_moment){since, HOT_DAY}, date);
    return say(b,
               ": not judged, as the period compared with lies before its adoption on %s, wholly "
               "or in part; a place chosen because it was high falls back by itself",
               date);
}

hot_status hot_change_note_later(const hot_change_told *t, double now, double before, int64_t since,
                                 hot_layer *l, size_t row)
{
    hot_bytes b = {0};
    char *text = as_text(say_later(t, now, before, since, &b), &b);
    hot_status status = text ? hot_layer_set_text(l, "change_note", row, text) : HOT_MEMORY;
    hot_free(text);
    return status;
}

/* ---- the whole ---- */

static hot_status say_season(const hot_change_told *t, hot_bytes *b)
{
    if (t->comparison->same_season) return HOT_OK;
    return say(b, " These are different months of the year: season alone may move them.");
}

static hot_status say_exact(const hot_change_told *t, hot_bytes *b)
{
    if (is_short(t))
        HOT_TRY(say(b, "there are fewer than two years of history (%zu months)", t->covered));
    else
        HOT_TRY(say(b, "there is no other area to show what is usual"));
    return say(b,
               ", so usual variation is not known, and the exact conditional test judges against "
               "chance alone, which takes too many for changed.");
}

static hot_status say_judging(const hot_change_told *t, hot_bytes *b)
{
    char factor[32];
    if (t->shift->found) return say_shift(t, b);
    HOT_TRY(say_of_unit(t, "Expected is what each ",
                        " would have had if it had moved as the rest of the study area did; ", b));
    if (!t->usual) return say_exact(t, b);
    hot_number_fixed(t->usual->factor, 2, factor);
    return say(b, "usual variation, from %zu months of history, is %s times that of chance alone.",
               t->covered, factor);
}

static hot_status say_about(const hot_change_told *t, const char *before, hot_bytes *b)
{
    char what[224];
    hot_comparison_format(t->comparison, what);
    HOT_TRY(hot_bytes_add_text(b, before));
    HOT_TRY(say(b, " Change: %s.", what));
    HOT_TRY(say_season(t, b));
    HOT_TRY(say(b, " "));
    HOT_TRY(say_judging(t, b));
    if (t->shift->judged) return HOT_OK;
    return say(b, " Whether the recording changed cannot be told: no whole month of other types is "
                  "there to compare.");
}

hot_status hot_change_about(const hot_change_told *t, hot_layer *l)
{
    hot_bytes b = {0};
    char *text = as_text(say_about(t, l->about, &b), &b);
    const char *kept = text ? hot_arena_text(&l->arena, text, strlen(text)) : NULL;
    hot_free(text);
    if (!kept) return HOT_MEMORY;
    l->about = kept;
    return HOT_OK;
}

static hot_status say_comparison(const hot_change_told *t, hot_bytes *b)
{
    char what[224];
    hot_comparison_format(t->comparison, what);
    HOT_TRY(say(b, "%s.", what));
    return say_season(t, b);
}

hot_status hot_change_tell(const hot_change_told *t, hot_study *s)
{
    hot_bytes b = {0};
    s->comparison = as_text(say_comparison(t, &b), &b);
    if (!s->comparison) return HOT_MEMORY;
    s->other_season = !t->comparison->same_season;
    if (!t->shift->found) return HOT_OK;
    s->recording_shift = as_text(say_shift(t, &b), &b);
    return s->recording_shift ? HOT_OK : HOT_MEMORY;
}
