/* Who and what calls for a case review: many reports in a few months, by case or victim first, by
 * place second. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "engine/base/number.h"
#include "layers/catalogue/phrases.h"
#include "layers/catalogue/repeats_parts.h"
#include "layers/places.h"

static const hot_column columns[] = {
    {"by", HOT_TEXT, "By", "", "case = one case or victim; place = one place, whoever reported."},
    {"key", HOT_TEXT, "Case, victim or place", "",
     "The key of the case or victim, as in the input; the place's key, as in repeats."},
    {"label", HOT_TEXT, "Label", "", "The place in words; empty for cases and victims."},
    {"reports", HOT_INTEGER, "Reports", "", "In the period."},
    {"first", HOT_TEXT, "First", "", "The earliest, local ISO text."},
    {"last", HOT_TEXT, "Last", "", "The latest, local ISO text."},
    {"most", HOT_INTEGER, "Most reports within the months of the threshold", "",
     "In the fullest stretch of that many months."},
    {"window_first", HOT_TEXT, "First of these", "", "The earliest report of that stretch."},
    {"window_last", HOT_TEXT, "Last of these", "", "The latest report of that stretch."},
};

static const hot_code bys[] = {{"case", "One case or victim"}, {"place", "One place"}};
static const hot_coding codings[] = {HOT_CODING("by", bys)};

const hot_declaration hot_reviews_layer = {
    .name = "case_reviews",
    .geometry = HOT_NO_GEOMETRY,
    .title = "For case review",
    .about = "Cases, victims and places with as many reports within as many months of the period "
             "as call for an anti-social behaviour case review. Reports before the period are not "
             "looked at: begin it earlier where a stretch may be cut.",
    .citation = "Anti-social Behaviour, Crime and Policing Act 2014, section 104: a threshold that "
                "is set locally, commonly three reports in six months.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .codings = codings,
    .n_codings = sizeof codings / sizeof *codings,
};

/* ---- the threshold ---- */

static hot_status read_threshold(hot_repeats_found *f, hot_error *error)
{
    const char *text = hot_settings_text(f->study->settings, "repeats-review");
    const char *slash = strchr(text, '/');
    int64_t reports, months;
    if (!slash || !hot_integer_parse(text, (size_t)(slash - text), &reports) ||
        !hot_integer_parse(slash + 1, strlen(slash + 1), &months) || reports < 2 ||
        reports > 1000 || months < 1 || months > 120)
        return hot_fail(error, HOT_USAGE,
                        "--repeats-review %s: expected REPORTS/MONTHS such as 3/6, of 2 to 1000 "
                        "reports in 1 to 120 months.",
                        text);
    f->reports = (int)reports;
    f->months = (int)months;
    return HOT_OK;
}

/* ---- reports that come too late: not within one month of what they report (section 104(11)) ----
 */

/** Whether the column that a file's ends are from holds when it was reported. */
static bool names_report(const hot_input *in)
{
    const char *column = in->taken[HOT_FOR_TIME_TO];
    for (; column && *column; column++)
        if (strncasecmp(column, "report", 6) == 0) return true;
    return false;
}

static bool is_late(const hot_incidents *t, uint32_t i)
{
    int32_t day[] = {hot_dates_day(t->from[i]), hot_dates_day(t->to[i])};
    return t->has_to[i] && day[1] > day[0] && hot_dates_fullest(day, 2, 1).incidents < 2;
}

/** late[k] of each incident inside, where a file has both dates. */
static hot_status find_late(hot_repeats_found *f)
{
    const hot_study *s = f->study;
    const hot_incidents *t = &s->loaded.incidents;
    uint8_t *names = hot_new(s->loaded.n_inputs, 1);
    f->late = hot_new(s->n_inside, 1);
    if (names && f->late) {
        for (size_t k = 0; k < s->loaded.n_inputs; k++) {
            names[k] = names_report(&s->loaded.inputs[k]);
            f->reported = f->reported || names[k];
        }
        for (size_t k = 0; k < s->n_inside && f->reported; k++) {
            uint32_t i = s->inside[k];
            f->late[k] = names[t->file[i]] && is_late(t, i);
            f->n_late += f->late[k];
        }
    }
    hot_free(names);
    return names && f->late ? HOT_OK : HOT_MEMORY;
}

/* ---- who and what reaches it ---- */

/** Incidents by what they are judged by: a case, or a place. */
typedef struct {
    bool by_case;
    int32_t *group;     /* [n_inside]; negative = none */
    uint32_t *key;      /* [n] word or row of each group */
    uint8_t *precision; /* [n] */
    size_t n;
} judged;

static void judged_free(judged *j)
{
    hot_free(j->group);
    hot_free(j->key);
    hot_free(j->precision);
}

/** One key after another that has reports enough: *of_key becomes its group, else -1. */
static void number_groups(const uint32_t *count, size_t keys, uint32_t enough, int32_t *of_key,
                          judged *j)
{
    for (uint32_t k = 0; k < keys; k++) {
        of_key[k] = count[k] >= enough ? (int32_t)j->n : -1;
        if (count[k] >= enough) j->key[j->n++] = k;
    }
}

static hot_status judged_new(size_t n_inside, size_t keys, judged *j)
{
    j->group = hot_new_raw(n_inside, sizeof *j->group);
    j->key = hot_new_raw(keys, sizeof *j->key);
    j->precision = hot_new_raw(keys, 1);
    if (!j->group || !j->key || !j->precision) return HOT_MEMORY;
    memset(j->precision, HOT_DAY, keys);
    return HOT_OK;
}

static hot_status group_cases(const hot_repeats_found *f, judged *j)
{
    const hot_study *s = f->study;
    const hot_incidents *t = &s->loaded.incidents;
    size_t keys = t->words.n + 1;
    uint32_t *count = hot_new(keys, sizeof *count);
    int32_t *of_key = hot_new_raw(keys, sizeof *of_key);
    hot_status status = count && of_key ? judged_new(s->n_inside, keys, j) : HOT_MEMORY;
    if (status == HOT_OK) {
        for (size_t k = 0; k < s->n_inside; k++) count[t->case_[s->inside[k]]] += !f->late[k];
        count[0] = 0; /* those of no case */
        number_groups(count, keys, (uint32_t)f->reports, of_key, j);
        for (size_t k = 0; k < s->n_inside; k++)
            j->group[k] = f->late[k] ? -1 : of_key[t->case_[s->inside[k]]];
    }
    hot_free(count);
    hot_free(of_key);
    return status;
}

static hot_status group_places(const hot_repeats_found *f, judged *j)
{
    uint32_t *count = hot_new_raw(f->n, sizeof *count);
    int32_t *of_row = hot_new_raw(f->n, sizeof *of_row);
    hot_status status = count && of_row ? judged_new(f->study->n_inside, f->n, j) : HOT_MEMORY;
    if (status == HOT_OK) {
        memset(count, 0, f->n * sizeof *count);
        for (size_t k = 0; k < f->study->n_inside; k++)
            if (f->row[k] >= 0) count[f->row[k]] += !f->late[k];
        number_groups(count, f->n, (uint32_t)f->reports, of_row, j);
        for (size_t k = 0; k < f->study->n_inside; k++)
            j->group[k] = f->row[k] < 0 || f->late[k] ? -1 : of_row[f->row[k]];
    }
    hot_free(count);
    hot_free(of_row);
    return status;
}

static void find_precision(const hot_study *s, judged *j)
{
    const uint8_t *precision = s->loaded.incidents.precision;
    for (size_t k = 0; k < s->n_inside; k++) {
        int32_t g = j->group[k];
        if (g >= 0 && precision[s->inside[k]] < j->precision[g])
            j->precision[g] = precision[s->inside[k]];
    }
}

static hot_status add_called(hot_repeats_found *f, const judged *j, const hot_dates *d, size_t g)
{
    const int32_t *day = d->day + d->first[g];
    size_t n = d->first[g + 1] - d->first[g];
    hot_dates_window w = hot_dates_fullest(day, n, f->months);
    if (w.incidents < (uint32_t)f->reports) return HOT_OK;
    if (!hot_grow(&f->reviews, &f->room_reviews, f->n_reviews + 1, sizeof *f->reviews))
        return HOT_MEMORY;
    f->reviews[f->n_reviews++] = (hot_repeats_called){j->by_case, j->key[g],  (uint32_t)n,    w,
                                                      day[0],     day[n - 1], j->precision[g]};
    return HOT_OK;
}

/** The rows of the places that a group's incidents lie at are marked, for every group that is
 *  called. */
static hot_status mark_rows(hot_repeats_found *f, const judged *j, size_t before)
{
    uint8_t *called = hot_new(j->n, 1);
    if (!called) return HOT_MEMORY;
    for (size_t g = 0, r = before; g < j->n && r < f->n_reviews; g++)
        if (f->reviews[r].key == j->key[g]) {
            called[g] = 1;
            r++;
        }
    for (size_t k = 0; k < f->study->n_inside; k++)
        if (j->group[k] >= 0 && called[j->group[k]] && f->row[k] >= 0) f->review[f->row[k]] = 1;
    hot_free(called);
    return HOT_OK;
}

static hot_status judge(hot_repeats_found *f, judged *j)
{
    hot_dates dates = {0};
    size_t before = f->n_reviews;
    find_precision(f->study, j);
    hot_status status = hot_dates_new(j->group, f->from, f->study->n_inside, j->n, &dates);
    for (size_t g = 0; g < j->n && status == HOT_OK; g++) status = add_called(f, j, &dates, g);
    if (status == HOT_OK) status = mark_rows(f, j, before);
    hot_dates_free(&dates);
    return status;
}

hot_status hot_repeats_review(hot_repeats_found *f, hot_error *error)
{
    HOT_TRY(read_threshold(f, error));
    if (f->study->loaded.snapped) return HOT_OK;
    judged cases = {.by_case = true}, places = {.by_case = false};
    f->review = hot_new(f->n, 1);
    hot_status status = f->review ? find_late(f) : HOT_MEMORY;
    if (status == HOT_OK) status = group_cases(f, &cases);
    if (status == HOT_OK) status = judge(f, &cases);
    if (status == HOT_OK) status = group_places(f, &places);
    if (status == HOT_OK) status = judge(f, &places);
    judged_free(&cases);
    judged_free(&places);
    return status;
}

/* ---- the table ---- */

const char *hot_repeats_when(int64_t second, uint8_t precision, hot_arena *arena)
{
    char text[32];
    hot_precision fine = precision > HOT_DAY ? HOT_DAY : (hot_precision)precision;
    hot_moment_format((hot_moment){second, fine}, text);
    return hot_arena_text(arena, text, strlen(text));
}

/** A review, and the text that orders it among its equals. */
typedef struct {
    const hot_repeats_called *called;
    const char *key;
} listed;

static int cases_then_most(const void *a, const void *b)
{
    const listed *p = a, *q = b;
    const hot_repeats_called *c = p->called, *d = q->called;
    if (c->by_case != d->by_case) return c->by_case ? -1 : 1;
    if (c->window.incidents != d->window.incidents)
        return c->window.incidents > d->window.incidents ? -1 : 1;
    if (c->reports != d->reports) return c->reports > d->reports ? -1 : 1;
    int order = strcmp(p->key, q->key);
    if (order) return order;
    return c->key < d->key ? -1 : c->key > d->key;
}

static hot_status list_reviews(const hot_repeats_found *f, hot_arena *arena, listed *list)
{
    for (size_t k = 0; k < f->n_reviews; k++) {
        const hot_repeats_called *c = &f->reviews[k];
        char text[HOT_PLACE_KEY];
        const char *key = c->by_case ? hot_incidents_word(&f->study->loaded.incidents, c->key)
                                     : hot_place_key(f->study, f->order[c->key], text);
        list[k] = (listed){c, hot_arena_text(arena, key, strlen(key))};
        if (!list[k].key) return HOT_MEMORY;
    }
    qsort(list, f->n_reviews, sizeof *list, cases_then_most);
    return HOT_OK;
}

static hot_status set_day(hot_layer *l, const char *column, size_t row, int32_t day,
                          uint8_t precision)
{
    const char *text = hot_repeats_when((int64_t)day * 86400, precision, &l->arena);
    hot_layer_column(l, column)->text[row] = text;
    return text ? HOT_OK : HOT_MEMORY;
}

static hot_status set_review(const hot_repeats_found *f, const listed *one, hot_layer *l,
                             size_t row)
{
    const hot_repeats_called *c = one->called;
    uint32_t word = c->by_case ? 0 : f->named[c->key].word;
    const char *label = word ? hot_incidents_word(&f->study->loaded.incidents, word) : NULL;
    hot_layer_column(l, "by")->text[row] = c->by_case ? "case" : "place";
    hot_layer_column(l, "key")->text[row] = one->key;
    hot_layer_column(l, "label")->text[row] = label;
    hot_layer_set_integer(l, "reports", row, c->reports);
    hot_layer_set_integer(l, "most", row, c->window.incidents);
    HOT_TRY(set_day(l, "first", row, c->first, c->precision));
    HOT_TRY(set_day(l, "last", row, c->last, c->precision));
    HOT_TRY(set_day(l, "window_first", row, c->window.first, c->precision));
    return set_day(l, "window_last", row, c->window.last, c->precision);
}

/** Of the reports that came too late, in words after a blank; "" where no file says when. */
static void say_late(const hot_repeats_found *f, char *text, size_t room)
{
    char late[HOT_PHRASE];
    *text = 0;
    if (f->reported)
        snprintf(text, room, " Reports made more than a month after the incident do not count: %s.",
                 hot_phrase_count(f->n_late, late));
}

static hot_status say_reviews(const hot_repeats_found *f, hot_layer *l)
{
    char text[1200], late[160], c[HOT_PHRASE], p[HOT_PHRASE];
    static const char any_agency[] =
        " A key that two agencies have is taken for one case or victim.";
    size_t cases = 0;
    for (size_t k = 0; k < f->n_reviews; k++) cases += f->reviews[k].by_case;
    int n = snprintf(text, sizeof text, "%s%s", hot_reviews_layer.about,
                     f->study->n_sources > 1 ? any_agency : "");
    say_late(f, late, sizeof late);
    if (f->study->loaded.snapped)
        n += snprintf(text + n, sizeof text - (size_t)n,
                      " Locations are anonymised map points, of which nothing can be said: this "
                      "table is empty.");
    else
        n += snprintf(text + n, sizeof text - (size_t)n,
                      " Threshold: %d reports in any %d month%s. By case or victim: %s; by place: "
                      "%s.%s%s",
                      f->reports, f->months, f->months == 1 ? "" : "s", hot_phrase_count(cases, c),
                      hot_phrase_count(f->n_reviews - cases, p), late, f->left_out_said);
    l->about = hot_arena_text(&l->arena, text, (size_t)n);
    return l->about ? HOT_OK : HOT_MEMORY;
}

hot_status hot_repeats_make_reviews(const hot_repeats_found *f, hot_result *result)
{
    hot_layer *l = hot_result_add(result);
    listed *list = hot_new_raw(f->n_reviews, sizeof *list);
    hot_status status = l && list ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) status = hot_layer_new(&hot_reviews_layer, NULL, NULL, f->n_reviews, l);
    if (status == HOT_OK) status = list_reviews(f, &l->arena, list);
    for (size_t k = 0; k < f->n_reviews && status == HOT_OK; k++)
        status = set_review(f, &list[k], l, k);
    if (status == HOT_OK) status = say_reviews(f, l);
    hot_free(list);
    return status;
}
