#include "engine/hotspots/stability.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <omp.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/chance/draws.h"
#include "engine/hotspots/layout.h"

enum { SHIFTS = HOT_STABILITY_SHIFTS, SIZES = HOT_STABILITY_SIZES, FIXED = SHIFTS + SIZES };

/** What all variants are asked about. */
typedef struct {
    const hot_hotspot_rules *rules;
    const hot_hotspots *hotspots;
    hot_plots plots; /* all incidents, in an order of their own */
    uint64_t seed;
    /* what was chosen: */
    size_t n;
    double *x, *y, *weight; /* [n] positions held */
    int32_t *place;         /* [n] */
} trial;

/* ---- what was chosen ---- */

static bool take_room(trial *t)
{
    t->x = hot_new_raw(t->plots.n, sizeof *t->x);
    t->y = hot_new_raw(t->plots.n, sizeof *t->y);
    t->weight = hot_new_raw(t->plots.n, sizeof *t->weight);
    t->place = hot_new_raw(t->plots.n, sizeof *t->place);
    return t->x && t->y && t->weight && t->place;
}

/** The positions that are held, and by which place. */
static hot_status list_held(trial *t)
{
    if (!take_room(t)) return HOT_MEMORY;
    for (uint32_t p = 0; p < t->plots.n; p++) t->place[p] = -1;
    for (size_t i = 0; i < t->hotspots->n_points; i++)
        if (t->hotspots->held[i] >= 0)
            t->place[t->plots.place[i]] = t->hotspots->unit[t->hotspots->held[i]].place;
    for (uint32_t p = 0; p < t->plots.n; p++) {
        if (t->place[p] < 0) continue;
        t->x[t->n] = t->plots.x[p];
        t->y[t->n] = t->plots.y[p];
        t->weight[t->n] = (double)t->plots.weight[p] * t->plots.quantum;
        t->place[t->n++] = t->place[p];
    }
    return HOT_OK;
}

static void free_trial(trial *t)
{
    hot_plots_free(&t->plots);
    hot_free(t->x);
    hot_free(t->y);
    hot_free(t->weight);
    hot_free(t->place);
}

/* ---- variants ---- */

/** Half the size and four times as many, or twice the size and as many, on four times the area. */
static void resize(hot_hotspot_rules *r, bool larger)
{
    double times = larger ? 2 : 0.5;
    r->size *= times;
    r->spacing *= times;
    if (larger)
        r->area *= 4;
    else
        r->units *= 4;
}

/** Half a step of the lattice, or half a hexagon. */
static void shift(hot_hotspot_rules *r, int east, int north)
{
    bool discs = r->shape == HOT_HOTSPOT_DISC;
    double across = discs ? r->size / HOT_HOTSPOT_STEPS : sqrt(3) * r->size;
    r->shift_x += east * across / 2;
    r->shift_y += north * (discs ? across : 1.5 * r->size) / 2;
}

static hot_hotspot_rules rules_of(const trial *t, int variant)
{
    hot_hotspot_rules r = *t->rules;
    r.least = 0;
    r.units = t->hotspots->n;
    if (variant < SHIFTS)
        shift(&r, variant != 1, variant != 0);
    else if (variant < FIXED)
        resize(&r, variant != SHIFTS);
    return r;
}

/** A Poisson number of mean n, as a sum of those of 16 and the rest, each by inversion. */
static uint32_t poisson(hot_draws *draws, uint32_t n)
{
    uint32_t sum = 0;
    for (uint32_t part; n; n -= part) {
        part = n < 16 ? n : 16;
        double u = (hot_draws_word(draws) + 0.5) * 0x1p-32, p = exp(-(double)part);
        for (uint32_t k = 0; u > p && k < 128; p *= (double)part / ++k) {
            u -= p;
            sum++;
        }
    }
    return sum;
}

/** Incidents of a variant, each position once. */
typedef struct {
    size_t n;
    double *x, *y, *weight;
    uint32_t *count;
} dealt;

static void free_dealt(dealt *d)
{
    hot_free(d->x);
    hot_free(d->y);
    hot_free(d->weight);
    hot_free(d->count);
}

static hot_status deal(const trial *t, int variant, dealt *d)
{
    const hot_plots *p = &t->plots;
    hot_draws draws = hot_draws_of(t->seed, (uint64_t)variant);
    *d = (dealt){.x = hot_new_raw(p->n, sizeof *d->x),
                 .y = hot_new_raw(p->n, sizeof *d->y),
                 .weight = hot_new_raw(p->n, sizeof *d->weight),
                 .count = hot_new_raw(p->n, sizeof *d->count)};
    if (!d->x || !d->y || !d->weight || !d->count) return HOT_MEMORY;
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t count = variant < FIXED ? p->count[i] : poisson(&draws, p->count[i]);
        if (count == 0) continue;
        d->x[d->n] = p->x[i];
        d->y[d->n] = p->y[i];
        d->weight[d->n] = (double)p->weight[i] * p->quantum * count / p->count[i];
        d->count[d->n++] = count;
    }
    return HOT_OK;
}

/** Which places does what a variant chose find again? */
static hot_status compare(const trial *t, const hot_hotspot_rules *rules, const hot_hotspots *other,
                          uint8_t *found)
{
    size_t places = t->hotspots->n_places;
    int32_t *unit = hot_new_raw(t->n, sizeof *unit);
    double *again = hot_new(places, sizeof *again);
    hot_status status = unit && again ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) status = hot_hotspots_hold(other, rules, t->x, t->y, t->n, unit);
    for (size_t i = 0; i < t->n && status == HOT_OK; i++)
        if (unit[i] >= 0) again[t->place[i]] += t->weight[i];
    for (size_t p = 0; p < places && status == HOT_OK; p++)
        found[p] = 2 * again[p] >= t->hotspots->place[p].weight;
    hot_free(unit);
    hot_free(again);
    return status;
}

static hot_status try_variant(const trial *t, int variant, uint8_t *found)
{
    dealt d;
    hot_hotspots other = {0};
    hot_hotspot_rules rules = rules_of(t, variant);
    hot_status status = deal(t, variant, &d);
    hot_hotspot_points points = {d.n, d.x, d.y, d.weight, d.count, NULL};
    if (status == HOT_OK) status = hot_hotspots_choose(&points, &rules, &other);
    if (status == HOT_OK) status = compare(t, &rules, &other, found);
    hot_hotspots_free(&other);
    free_dealt(&d);
    return status;
}

/** Streets lie where they lie: only draws are tried. */
static int first_variant(const hot_hotspot_rules *rules)
{
    return rules->shape == HOT_HOTSPOT_SEGMENT ? FIXED : 0;
}

/** @param found  [variants * places] out */
static hot_status try_all(const trial *t, int variants, int threads, uint8_t *found)
{
    hot_status status = HOT_OK;
    size_t places = t->hotspots->n_places;
#pragma omp parallel for schedule(dynamic, 1) num_threads(hot_threads(threads))
    for (int v = first_variant(t->rules); v < variants; v++) {
        hot_status one = try_variant(t, v, found + (size_t)v * places);
        if (one != HOT_OK) {
#pragma omp critical
            status = one;
        }
    }
    return status;
}

static void add_up(const hot_hotspot_rules *rules, const uint8_t *found, int variants,
                   size_t places, hot_stability *stability)
{
    int first = first_variant(rules);
    for (size_t p = 0; p < places; p++) {
        hot_stability s = {.share = NAN};
        for (int v = first; v < variants; v++) {
            uint16_t one = found[(size_t)v * places + p];
            *(v < SHIFTS ? &s.shifted : v < FIXED ? &s.sized : &s.drawn) += one;
        }
        if (variants > first)
            s.share = (s.shifted + s.sized + s.drawn) / (double)(variants - first);
        stability[p] = s;
    }
}

hot_status hot_hotspots_stability(const hot_hotspot_points *points, const hot_hotspot_rules *rules,
                                  const hot_hotspots *hotspots, uint32_t draws, uint64_t seed,
                                  int threads, hot_stability *stability)
{
    trial t = {.rules = rules, .hotspots = hotspots, .seed = seed};
    int variants = FIXED + (int)draws;
    if (draws > HOT_STABILITY_DRAWS) return HOT_DOMAIN;
    if (hotspots->n == 0) return HOT_OK;
    HOT_TRY(hot_layout_new(points, rules, &t.plots));
    uint8_t *found = hot_new((size_t)variants * hotspots->n_places, 1);
    hot_status status = found ? list_held(&t) : HOT_MEMORY;
    if (status == HOT_OK) status = try_all(&t, variants, threads, found);
    if (status == HOT_OK) add_up(rules, found, variants, hotspots->n_places, stability);
    hot_free(found);
    free_trial(&t);
    return status;
}
