#include "layers/bandwidth.h"

#include <math.h>
#include <stdio.h>

#include "engine/bandwidth/ahead.h"
#include "engine/bandwidth/fit.h"
#include "layers/coarse.h"
#include "layers/gaps.h"
#include "layers/history.h"

enum { MONTHS = 6, HITS = 30, PLACES = 10 };

static const double steps[HOT_BANDWIDTHS] = {1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8};

static hot_kernel kernel_of(const hot_study *s)
{
    hot_kernel kernel = HOT_QUARTIC;
    (void)hot_kernel_parse(hot_settings_text(s->settings, "kernel"), &kernel);
    return kernel;
}

static double usual(const hot_study *s)
{
    return s->loaded.snapped ? 250 : 200;
}

static void lay_candidates(const hot_study *s, double *metres)
{
    double cell = hot_settings_number(s->settings, "cell");
    double least = fmax(s->loaded.snapped ? 250 : 100, 2 * cell);
    for (int k = 0; k < HOT_BANDWIDTHS; k++) {
        metres[k] = least * steps[k];
        if (kernel_of(s) == HOT_GAUSSIAN) metres[k] = rint(metres[k] / sqrt(8));
    }
}

/** The distinct places of the period, known finely enough. NULL without memory. */
static hot_strips places_of(const hot_study *s, hot_status *status)
{
    const hot_points *p = &s->loaded.points;
    const double *count = hot_fine_at_point(s);
    hot_strips strips = {0};
    size_t n = 0;
    double *x = hot_new_raw(p->n, sizeof *x), *y = hot_new_raw(p->n, sizeof *y);
    for (size_t k = 0; x && y && k < p->n; k++) {
        if (!(count[k] > 0)) continue;
        x[n] = p->x[k];
        y[n++] = p->y[k];
    }
    *status = x && y ? hot_strips_new(x, y, NULL, n, 250, &strips) : HOT_MEMORY;
    hot_free(x);
    hot_free(y);
    return strips;
}

static double km2_of(const hot_study *s, hot_box box)
{
    double whole = hot_study_area(s);
    if (isnan(whole)) whole = (box.east - box.west) * (box.north - box.south);
    return fmax(whole / 1e6, 1e-6);
}

static size_t best_of(const hot_bandwidth_choice *c)
{
    size_t best = 0;
    for (size_t k = 1; k < HOT_BANDWIDTHS; k++)
        if (c->score[k] >= c->score[best]) best = k;
    return best;
}

/* ---- by the next month ---- */

/** Months of the history up to the period's end; one that the end cuts is none. */
static int32_t months_known(const hot_study *s, const hot_history *h)
{
    int64_t months = (int64_t)h->months;
    if (s->to == INT64_MAX) return (int32_t)months;
    int64_t end = (int64_t)hot_month_of(s->to) - h->first;
    return (int32_t)(end < 0 ? 0 : end < months ? end : months);
}

/** Cells of 100 m do to compare with, and finer ones where the area is small. */
static hot_status trial_frame(const hot_study *s, hot_box box, hot_frame *frame)
{
    enum { ENOUGH = 1 << 19 };
    double cell = fmax(hot_settings_number(s->settings, "cell"), 1);
    while (cell < 100 &&
           hot_frame_cells(box.west, box.south, box.east, box.north, cell, 0) > ENOUGH)
        cell = fmin(2 * cell, 100);
    return hot_frame_fit(box.west, box.south, box.east, box.north, cell, 0, frame);
}

/** The rows that are known finely enough: of the others the place says nothing. */
static size_t keep_fine(const hot_study *s, hot_history *h, uint32_t *point)
{
    const hot_incidents *t = &s->loaded.incidents;
    size_t n = 0;
    for (size_t i = 0; i < h->n; i++) {
        uint32_t row = h->row[i];
        if ((s->coarse && s->coarse[row]) || t->precision_m[row] > HOT_COARSE_M) continue;
        point[n] = t->point[row];
        h->month[n++] = h->month[i];
    }
    return n;
}

static hot_status look_ahead(hot_study *s, hot_history *h, const uint8_t *mask,
                             const hot_frame *frame)
{
    hot_bandwidth_choice *c = &s->chosen;
    hot_ahead_told told;
    uint32_t *point = hot_new_raw(h->n, sizeof *point);
    if (!point) return HOT_MEMORY;
    const hot_points *p = &s->loaded.points;
    hot_ahead given = {.frame = frame,
                       .inside = mask,
                       .x = p->x,
                       .y = p->y,
                       .points = p->n,
                       .point = point,
                       .month = h->month,
                       .n = keep_fine(s, h, point),
                       .covered = h->covered,
                       .months = months_known(s, h),
                       .kernel = kernel_of(s),
                       .share = HOT_TOP_SHARE,
                       .threads = s->threads};
    hot_status status = hot_bandwidth_ahead(&given, c->metres, HOT_BANDWIDTHS, c->score, &told);
    hot_free(point);
    c->first = h->first + told.first;
    c->last = h->first + told.last;
    c->incidents = told.incidents;
    return status;
}

/** The floor is no finding. */
static const char *floor_note(const hot_study *s, size_t best)
{
    if (best > 0) return "";
    return s->loaded.snapped ? "; less is not tried on anonymised map points"
                             : "; less is not tried";
}

/** Others that held as many are narrower ones: of equals the widest is taken. */
static const char *tie_note(const hot_bandwidth_choice *c, size_t best)
{
    for (size_t k = 0; k < best; k++)
        if (c->score[k] == c->score[best]) return "; a narrower one held as many";
    return "";
}

static void say_ahead(const hot_study *s, hot_bandwidth_choice *c, size_t best)
{
    char months[40];
    hot_months_in_words(c->first, c->last, months);
    snprintf(c->why, sizeof c->why,
             "Chosen by the next month's incidents: the densest %g%% of the area by the months "
             "before, with %g m, held %.0f of %lld incidents (%.1f%%) of %s, most of %d radii from "
             "%g to %g m%s%s.",
             100 * HOT_TOP_SHARE, c->metres[best], c->score[best], (long long)c->incidents,
             100 * c->score[best] / (double)c->incidents, months, HOT_BANDWIDTHS, c->metres[0],
             c->metres[HOT_BANDWIDTHS - 1], tie_note(c, best), floor_note(s, best));
    c->brief = "chosen by the next month's incidents";
}

/** @param found  out: whether there was enough to choose by */
static hot_status choose_ahead(hot_study *s, hot_box box, bool *found)
{
    hot_bandwidth_choice *c = &s->chosen;
    hot_history h;
    hot_frame frame;
    uint8_t *mask = NULL;
    int covered = 0;
    *found = false;
    if (trial_frame(s, box, &frame) != HOT_OK) return HOT_OK; /* the frame itself will say so */
    HOT_TRY(hot_history_new(s, &h));
    for (int32_t m = 0; m < months_known(s, &h); m++) covered += h.covered[m];
    hot_status status = HOT_OK;
    if (covered >= MONTHS && s->bounding != SIZE_MAX) {
        mask = hot_new((size_t)hot_frame_size(&frame), 1);
        status = mask ? hot_within_mask(s->sets[s->bounding].within, &frame, s->threads, mask)
                      : HOT_MEMORY;
    }
    if (covered >= MONTHS && status == HOT_OK) status = look_ahead(s, &h, mask, &frame);
    *found = status == HOT_OK && covered >= MONTHS && c->score[best_of(c)] >= HITS;
    hot_free(mask);
    hot_history_free(&h);
    return status;
}

/* ---- by the places ---- */

static hot_status score_likelihood(const hot_study *s, const hot_strips *places, double km2,
                                   const double *metres, double *score)
{
    for (int k = 0; k < HOT_BANDWIDTHS; k++)
        HOT_TRY(hot_fit_likelihood(places, kernel_of(s), metres[k], HOT_FIT_EVEN, km2, s->threads,
                                   &score[k]));
    return HOT_OK;
}

static void say_likely(const hot_study *s, hot_bandwidth_choice *c, size_t best, size_t places)
{
    snprintf(
        c->why, sizeof c->why,
        "Chosen by likelihood on %zu distinct places, because there are under six months, or "
        "too few incidents found, to choose by: %g m, the likeliest of %d radii from %g to %g m%s.",
        places, c->metres[best], HOT_BANDWIDTHS, c->metres[0], c->metres[HOT_BANDWIDTHS - 1],
        floor_note(s, best));
    c->brief = "chosen by likelihood";
}

static hot_status choose_likely(hot_study *s, hot_box box)
{
    hot_bandwidth_choice *c = &s->chosen;
    hot_status status;
    hot_strips places = places_of(s, &status);
    size_t n = places.n;
    if (status == HOT_OK && n >= PLACES)
        status = score_likelihood(s, &places, km2_of(s, box), c->metres, c->score);
    hot_strips_free(&places);
    if (status != HOT_OK) return status;
    if (n >= PLACES) {
        size_t best = best_of(c);
        c->way = HOT_BANDWIDTH_LIKELY;
        s->bandwidth = c->metres[best];
        say_likely(s, c, best, n);
        return HOT_OK;
    }
    c->way = HOT_BANDWIDTH_TOO_FEW;
    s->bandwidth = usual(s);
    snprintf(c->why, sizeof c->why,
             "The usual %g m: incidents at %zu places are too few to choose a radius by.",
             s->bandwidth, n);
    c->brief = "the usual one, with too few incidents to choose by";
    return HOT_OK;
}

static hot_status choose(hot_study *s, hot_box box)
{
    hot_bandwidth_choice *c = &s->chosen;
    bool found;
    lay_candidates(s, c->metres);
    HOT_TRY(hot_progress_step(s->progress, "Choosing the bandwidth", 0));
    HOT_TRY(choose_ahead(s, box, &found));
    if (!found) return choose_likely(s, box);
    size_t best = best_of(c);
    c->way = HOT_BANDWIDTH_AHEAD;
    s->bandwidth = c->metres[best];
    say_ahead(s, c, best);
    return HOT_OK;
}

hot_status hot_bandwidth_settle(hot_study *s, bool surface, hot_box box, hot_error *error)
{
    const hot_setting *asked = hot_settings_of(s->settings, "bandwidth");
    hot_bandwidth_choice *c = &s->chosen;
    bool automatic = hot_settings_is(s->settings, "bandwidth", "auto");
    if (automatic && surface) return choose(s, box);
    bool given = asked->n && !automatic;
    c->way = given ? HOT_BANDWIDTH_GIVEN : HOT_BANDWIDTH_USUAL;
    s->bandwidth = given ? asked->number : usual(s);
    if (!(s->bandwidth > 0))
        return hot_fail(error, HOT_USAGE, "--bandwidth %s: expected more than 0 m, or auto.",
                        asked->text[0]);
    snprintf(c->why, sizeof c->why, "%s",
             given               ? "As asked for."
             : s->loaded.snapped ? "The usual on anonymised map points; --bandwidth auto chooses "
                                   "one by the next month's incidents."
                                 : "The usual; --bandwidth auto chooses one by the next month's "
                                   "incidents.");
    return HOT_OK;
}

/* ---- what others would take ---- */

/** Halved on the scale of ratios: the sum grows with the width. */
static hot_status find_inverse(const hot_study *s, const hot_strips *places, double km2,
                               double *sigma)
{
    double low = 25, high = 2500, sum;
    HOT_TRY(hot_fit_inverse(places, high, s->threads, &sum));
    if (sum < km2) return HOT_OK; /* wider than any that is looked at */
    while (high > 1.1 * low) {
        double middle = sqrt(low * high);
        HOT_TRY(hot_fit_inverse(places, middle, s->threads, &sum));
        if (sum < km2)
            low = middle;
        else
            high = middle;
    }
    *sigma = sqrt(low * high);
    return HOT_OK;
}

static hot_status look_at_places(const hot_study *s, const hot_strips *places, double km2,
                                 hot_bandwidth_beside *b)
{
    double metres[HOT_BANDWIDTHS], score[HOT_BANDWIDTHS];
    lay_candidates(s, metres);
    HOT_TRY(score_likelihood(s, places, km2, metres, score));
    size_t best = 0;
    for (size_t k = 1; k < HOT_BANDWIDTHS; k++)
        if (score[k] >= score[best]) best = k;
    b->likely = metres[best];
    HOT_TRY(hot_fit_disc(places, 1000, km2, &b->disc));
    return b->places > HOT_BESIDE_FAR_PLACES ? HOT_OK : find_inverse(s, places, km2, &b->inverse);
}

hot_status hot_bandwidth_look_beside(const hot_study *s, hot_bandwidth_beside *beside)
{
    const hot_points *p = &s->loaded.points;
    hot_bandwidth_beside b = {.likely = NAN, .disc = NAN, .inverse = NAN};
    const hot_frame *f = &s->frame;
    hot_box box = {f->west, hot_frame_south(f), hot_frame_east(f), f->north};
    HOT_TRY(hot_bandwidth_rules(p->x, p->y, hot_fine_at_point(s), p->n, &b.rules));
    hot_status status;
    hot_strips places = places_of(s, &status);
    b.places = places.n;
    if (status == HOT_OK && b.places >= 2 && b.places <= HOT_BESIDE_PLACES)
        status = look_at_places(s, &places, km2_of(s, box), &b);
    hot_strips_free(&places);
    if (status == HOT_OK) *beside = b;
    return status;
}
