/* Near repeats: whether incidents close in space are close in time too. Its tables are in
 * nearrepeat_tables.c. */
#include "layers/catalogue/nearrepeat.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/repeats/dates.h"
#include "engine/space/radix.h"
#include "layers/catalogue/catalogue.h"
#include "layers/catalogue/phrases.h"
#include "layers/catalogue/repeats_parts.h"
#include "layers/coarse.h"
#include "layers/places.h"
#include "layers/remarks.h"

static const hot_declaration *const layers[] = {&hot_nearrepeat_layer, &hot_chains_layer};

static const hot_option options[] = {
    {"nearrepeat-distances", HOT_OPTION_TEXT, "LIST", "100,200,300,400,500", NULL, "Near repeats",
     "bands of distance, m: from 0 to below the first, from there to below the second ...; the "
     "same place is a band of its own",
     false},
    {"nearrepeat-days", HOT_OPTION_TEXT, "LIST", "7,14,21,28", NULL, "Near repeats",
     "bands of days: from 0 to below the first, from there to below the second ...", false},
    {"nearrepeat-permutations", HOT_OPTION_COUNT, "N", "999", NULL, "Near repeats",
     "how often the dates are dealt by chance, to 9,999", false},
    {"nearrepeat-metric", HOT_OPTION_CHOICE, "NAME", "euclidean", "euclidean|manhattan",
     "Near repeats", "distance as the crow flies, or along a grid of streets", false},
    {"nearrepeat-anyway", HOT_OPTION_FLAG, NULL, NULL, NULL, "Near repeats",
     "also where dates are months or places are anonymised map points, of which it says little",
     false},
};

enum {
    MOST_DEALS = 9999,
    PAIRS_UNASKED = 4000000, /* a second's work, which `run` may take */
    PAIRS_ASKED = 100000000
};

/* ---- what is asked ---- */

/** The next number of a list, up to a comma or the end. @return false where there is none */
static bool next_of(const char **text, char *word, size_t room)
{
    size_t n = strcspn(*text, ",");
    if (n == 0 || n >= room) return false;
    memcpy(word, *text, n);
    word[n] = 0;
    *text += n;
    if (**text == 0) return true;
    return *++*text != 0; /* no comma at the end */
}

static hot_status wrong_list(const char *option, const char *text, const char *what,
                             hot_error *error)
{
    return hot_fail(error, HOT_USAGE,
                    "--%s %.100s: expected up to %d %s, each above the one before, such as %s.",
                    option, text, (int)HOT_CLOSE_BANDS, what,
                    strcmp(option, "nearrepeat-days") == 0 ? "7,14" : "100,200");
}

static hot_status take_distances(hot_nearrepeat *f, hot_error *error)
{
    const char *option = "nearrepeat-distances",
               *given = hot_settings_text(f->study->settings, option), *at = given;
    char word[32];
    do {
        double metres, before = f->n_distances ? f->distance[f->n_distances - 1] : 0;
        if (f->n_distances == HOT_CLOSE_BANDS || !next_of(&at, word, sizeof word) ||
            !hot_metres_parse(word, &metres) || !(metres > before) || metres > 1e6)
            return wrong_list(option, given, "distances of at most 1,000 km", error);
        f->distance[f->n_distances++] = metres;
    } while (*at);
    return HOT_OK;
}

static hot_status take_days(hot_nearrepeat *f, hot_error *error)
{
    const char *option = "nearrepeat-days", *given = hot_settings_text(f->study->settings, option),
               *at = given;
    char word[32];
    do {
        int32_t before = f->n_days ? f->days[f->n_days - 1] : 0;
        bool is_next = f->n_days < HOT_CLOSE_BANDS && next_of(&at, word, sizeof word);
        bool is_whole = is_next && strspn(word, "0123456789") == strlen(word) && strlen(word) < 6;
        long days = is_whole ? strtol(word, NULL, 10) : 0;
        if (days <= before || days > HOT_KNOX_DAYS)
            return wrong_list(option, given, "numbers of days of at most 32,767", error);
        f->days[f->n_days++] = (int32_t)days;
    } while (*at);
    return HOT_OK;
}

static hot_status take_options(hot_nearrepeat *f, hot_error *error)
{
    const hot_settings *s = f->study->settings;
    double deals = hot_settings_number(s, "nearrepeat-permutations");
    if (deals > MOST_DEALS)
        return hot_fail(error, HOT_USAGE,
                        "--nearrepeat-permutations: %.0f are more than %d, which do not tell more.",
                        deals, (int)MOST_DEALS);
    f->deals = (uint32_t)deals;
    f->manhattan = hot_settings_is(s, "nearrepeat-metric", "manhattan");
    f->anyway = hot_settings_given(s, "nearrepeat-anyway");
    HOT_TRY(take_distances(f, error));
    return take_days(f, error);
}

/* ---- the incidents ---- */

/** Whether the incident at `k` of `inside` can be judged; counts what cannot. */
static bool may_judge(hot_nearrepeat *f, size_t k)
{
    const hot_study *s = f->study;
    if (hot_is_coarse(s, k))
        f->coarse++;
    else if (s->left_out && s->left_out[s->place[k]])
        f->left_out++;
    else if (!f->anyway && s->loaded.incidents.precision[s->inside[k]] < HOT_DAY)
        f->without_day++;
    else
        return true;
    return false;
}

/** Those that can be judged, by place, then point. @param item, spare  [n_inside] */
static void choose(hot_nearrepeat *f, uint64_t *item, uint64_t *spare)
{
    const hot_study *s = f->study;
    for (size_t k = 0; k < s->n_inside; k++)
        if (may_judge(f, k))
            item[f->n++] = (uint64_t)s->loaded.incidents.point[s->inside[k]] << 32 | k;
    hot_radix_sort(item, spare, (uint32_t)f->n, s->loaded.points.n);
    for (size_t i = 0; i < f->n; i++)
        item[i] = (uint64_t)s->place[(uint32_t)item[i]] << 32 | (uint32_t)item[i];
    hot_radix_sort(item, spare, (uint32_t)f->n, s->n_places);
}

/** @param item   [f->n] the incidents, as places of `inside`
 *  @param row_of [rows of the table] where each stands in the layer incidents */
static void take(hot_nearrepeat *f, const uint64_t *item, const uint32_t *row_of)
{
    const hot_study *s = f->study;
    const hot_incidents *t = &s->loaded.incidents;
    for (size_t i = 0; i < f->n; i++) {
        uint32_t k = (uint32_t)item[i], row = s->inside[k];
        f->x[i] = s->loaded.points.x[t->point[row]];
        f->y[i] = s->loaded.points.y[t->point[row]];
        f->place[i] = s->place[k];
        f->day[i] = hot_dates_day(t->from[row]);
        f->turn[i] = row_of[row];
    }
}

static hot_status columns_new(hot_nearrepeat *f)
{
    f->x = hot_new_raw(f->n, sizeof *f->x);
    f->y = hot_new_raw(f->n, sizeof *f->y);
    f->place = hot_new_raw(f->n, sizeof *f->place);
    f->day = hot_new_raw(f->n, sizeof *f->day);
    f->turn = hot_new_raw(f->n, sizeof *f->turn);
    f->class_ = hot_new_raw(f->n, 1);
    f->cell = hot_new((f->n_distances + 1) * f->n_days, sizeof *f->cell);
    bool room = f->x && f->y && f->place && f->day && f->turn && f->class_ && f->cell;
    return room ? HOT_OK : HOT_MEMORY;
}

static void found_free(hot_nearrepeat *f)
{
    hot_free(f->x);
    hot_free(f->y);
    hot_free(f->place);
    hot_free(f->day);
    hot_free(f->turn);
    hot_free(f->class_);
    hot_free(f->cell);
}

static hot_status take_in_turn(hot_nearrepeat *f, const uint64_t *item)
{
    const hot_study *s = f->study;
    uint32_t *order = hot_new_raw(s->n_inside, sizeof *order);
    uint32_t *row_of = hot_new_raw(s->loaded.incidents.n, sizeof *row_of);
    hot_status status = order && row_of ? columns_new(f) : HOT_MEMORY;
    if (status == HOT_OK) status = hot_incidents_in_order(s, order);
    if (status == HOT_OK) {
        for (size_t k = 0; k < s->n_inside; k++) row_of[order[k]] = (uint32_t)k;
        take(f, item, row_of);
    }
    hot_free(order);
    hot_free(row_of);
    return status;
}

static hot_status take_incidents(hot_nearrepeat *f)
{
    const hot_study *s = f->study;
    uint64_t *item = hot_new_raw(s->n_inside, sizeof *item);
    uint64_t *spare = hot_new_raw(s->n_inside, sizeof *spare);
    hot_status status = item && spare ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) {
        choose(f, item, spare);
        status = take_in_turn(f, item);
    }
    hot_free(item);
    hot_free(spare);
    return status;
}

/** Premises on the list are no repeat places; where repeats did not read it, here. */
static hot_status leave_out(hot_study *s, hot_error *error)
{
    hot_repeats_found unused = {.study = s};
    if (s->left_out) return HOT_OK;
    return hot_repeats_leave_out(s, &unused, error);
}

/* ---- the judgement ---- */

static void refuse(hot_nearrepeat *f, const char *why)
{
    snprintf(f->reason, sizeof f->reason, "%s", why);
}

static bool is_refused(hot_nearrepeat *f)
{
    const hot_study *s = f->study;
    if (f->n == 0 && s->n_inside == 0)
        refuse(f, "Near repeats were not judged: there was no incident.");
    else if (f->n == 0 && f->without_day)
        refuse(f, "Near repeats were not judged: dates are known to the month alone, and a repeat "
                  "within a week cannot be seen; --nearrepeat-anyway judges them as if each were "
                  "on the first of its month.");
    else if (f->n < 2)
        refuse(f, "Near repeats were not judged: fewer than two incidents are known to the day and "
                  "to a place.");
    return f->reason[0] != 0;
}

static hot_status judge_pairs(hot_nearrepeat *f, const hot_close_events *e,
                              const hot_close_pairs *p)
{
    hot_knox_rules rules = {.days = f->days,
                            .n_days = f->n_days,
                            .deals = f->deals,
                            .seed = (uint64_t)hot_settings_number(f->study->settings, "seed"),
                            .threads = f->study->threads};
    hot_status status = hot_knox(e, p, &rules, f->cell);
    if (status == HOT_DOMAIN) {
        refuse(f, "Near repeats were not judged: the incidents span more than 89 years, so that "
                  "some date must be wrong; --from and --to leave it out.");
        return HOT_OK;
    }
    if (status == HOT_OK) hot_chain_classify(e, p, f->days[0], f->turn, f->class_);
    return status;
}

static hot_status judge(hot_nearrepeat *f, hot_error *error)
{
    hot_close_events e = {f->n, f->x, f->y, f->place, f->study->n_places, f->day};
    hot_close_bands bands = {f->n_distances, f->distance, f->manhattan};
    hot_close_pairs p;
    size_t most = f->study->only ? PAIRS_ASKED : PAIRS_UNASKED;
    char pairs[HOT_PHRASE];
    hot_status status = hot_close_pairs_find(&e, &bands, most, f->study->threads, &p);
    if (status == HOT_DOMAIN)
        return hot_fail(error, HOT_USAGE,
                        "--nearrepeat-distances %.100s: too short for ground as wide as this; "
                        "choose longer ones.",
                        hot_settings_text(f->study->settings, "nearrepeat-distances"));
    if (status != HOT_OK) return status;
    if (p.too_many)
        snprintf(f->reason, sizeof f->reason,
                 "Near repeats were not judged: more than %s pairs of incidents are within %g m "
                 "of one another; shorten --nearrepeat-distances%s.",
                 hot_phrase_count(most, pairs), f->distance[f->n_distances - 1],
                 f->study->only ? " or the period" : ", or say hotbeat nearrepeat");
    else
        status = judge_pairs(f, &e, &p);
    hot_close_pairs_free(&p);
    return status;
}

static hot_status find(hot_nearrepeat *f, hot_error *error)
{
    if (f->study->loaded.snapped && !f->anyway) {
        refuse(f, "Near repeats were not judged: locations are anonymised map points, each of "
                  "which stands for many addresses, so that neighbours look like one place; "
                  "--nearrepeat-anyway judges them as they are.");
        return HOT_OK;
    }
    HOT_TRY(hot_study_places(f->study));
    HOT_TRY(leave_out(f->study, error));
    HOT_TRY(take_incidents(f));
    return is_refused(f) ? HOT_OK : judge(f, error);
}

static hot_status make(hot_study *s, hot_result *result, hot_error *error)
{
    hot_nearrepeat f = {.study = s};
    hot_status status = take_options(&f, error);
    if (status == HOT_OK) status = find(&f, error);
    /* Who asked for it is told; in a whole run the table's own words are enough. */
    if (status == HOT_OK && f.reason[0] && s->only) status = hot_remark(s, "%s", f.reason);
    if (status == HOT_OK) status = hot_nearrepeat_make_tables(&f, result);
    found_free(&f);
    return status;
}

const hot_analysis hot_analysis_nearrepeat = {
    .word = "nearrepeat",
    .about = "Near repeats: whether an incident is soon followed by others close by",
    .examples = "Example:\n\n  hotbeat nearrepeat log.csv --areas ward=wards.gpkg --type Burglary "
                "--nearrepeat-distances 100,200,400 --nearrepeat-days 2,7,14 --profile internal "
                "--out near",
    .layers = layers,
    .n_layers = sizeof layers / sizeof *layers,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .make = make,
};
