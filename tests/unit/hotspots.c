/* Chosen units against a search of every centre, and what must not depend on order or place. */
#include "tests/check.h"

#include <stdbool.h>

#include "engine/base/memory.h"
#include "engine/hotspots/hotspots.h"
#include "engine/hotspots/added_area.h"

enum { MOST = 4000 };

static double px[MOST], py[MOST], weight[MOST];
static uint32_t count[MOST];
static uint8_t left_out[MOST];
static size_t n;

static uint64_t state;

static double uniform(void)
{
    state += 0x9e3779b97f4a7c15u;
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static int below(int most)
{
    return (int)(uniform() * most);
}

static void start(uint64_t seed)
{
    state = seed;
    n = 0;
    memset(left_out, 0, sizeof left_out);
}

static void add(double x, double y, uint32_t incidents, double heavy)
{
    px[n] = x;
    py[n] = y;
    count[n] = incidents;
    weight[n++] = heavy;
}

/** Whole metres, weights in eighths: every sum is exact. */
static void scatter(size_t points, int wide, int high)
{
    for (size_t k = 0; k < points; k++) {
        uint32_t incidents = 1 + (uint32_t)below(3);
        add(300000 + below(wide), 150000 + below(high), incidents, incidents * (1 + below(8)) / 8.);
    }
}

static hot_hotspot_points points(void)
{
    return (hot_hotspot_points){n, px, py, weight, count, left_out};
}

static hot_hotspots chosen(const hot_hotspot_rules *rules)
{
    hot_hotspots h = {0};
    hot_hotspot_points p = points();
    assert_int_equal(hot_hotspots_choose(&p, rules, &h), HOT_OK);
    assert_true(h.n_points == n);
    return h;
}

static double covered(const hot_hotspots *h)
{
    double sum = 0;
    for (size_t u = 0; u < h->n; u++) sum += h->unit[u].area;
    return sum;
}

/* ---- by looking at every centre ---- */

/** Stripes of 400 m from west to east, of which every fifth may have no unit. */
static int32_t stripe(void *with, double x, double y)
{
    (void)y;
    int32_t k = (int32_t)floor((x - *(const double *)with) / 400);
    return k % 5 == 4 ? -1 : k % 5;
}

static double stripes_from = 299000;

typedef struct {
    double x, y, weight, spread;
    uint32_t incidents;
} disc;

static disc disc_at(double x, double y, double radius, const int32_t *held)
{
    disc d = {.x = x, .y = y};
    for (size_t i = 0; i < n; i++) {
        double dx = px[i] - x, dy = py[i] - y, d2 = dx * dx + dy * dy;
        if (held[i] >= 0 || left_out[i] || d2 > radius * radius) continue;
        d.weight += weight[i];
        d.incidents += count[i];
        d.spread += weight[i] * d2;
    }
    return d;
}

static bool is_better(const disc *a, const disc *b)
{
    if (a->weight != b->weight) return a->weight > b->weight;
    if (a->incidents != b->incidents) return a->incidents > b->incidents;
    return a->spread < b->spread; /* centres come from south to north, then from west to east */
}

static bool may_be(const hot_hotspot_rules *r, const disc *d, const disc *before, size_t n_before)
{
    size_t same = 0;
    int32_t group = r->group ? r->group(r->with, d->x, d->y) : 0;
    for (size_t k = 0; k < n_before; k++) {
        double dx = before[k].x - d->x, dy = before[k].y - d->y;
        if (dx * dx + dy * dy < r->spacing * r->spacing) return false;
        same += (r->group ? r->group(r->with, before[k].x, before[k].y) : 0) == group;
    }
    return group >= 0 && (r->per_group == 0 || same < r->per_group) && d->weight > 0 &&
           d->incidents >= (r->least ? r->least : 1);
}

/** The next disc; its weight is 0 where there is none. */
static disc best_of_all(const hot_hotspot_rules *r, const disc *before, size_t n_before,
                        const int32_t *held)
{
    double step = r->size / HOT_HOTSPOT_STEPS;
    disc best = {0};
    for (double y = 149600 + step / 2; y < 151000; y += step)
        for (double x = 299600 + step / 2; x < 301200; x += step) {
            disc d = disc_at(x, y, r->size, held);
            if (is_better(&d, &best) && may_be(r, &d, before, n_before)) best = d;
        }
    return best;
}

static void check_against_all(const hot_hotspot_rules *r)
{
    hot_hotspots h = chosen(r);
    disc before[16];
    int32_t held[MOST];
    memset(held, 0xff, sizeof held);
    for (size_t u = 0; u < r->units; u++) {
        disc best = best_of_all(r, before, u, held);
        if (best.weight == 0) {
            assert_true(h.n == u);
            break;
        }
        assert_true(h.n > u);
        assert_true(h.unit[u].x == best.x && h.unit[u].y == best.y);
        assert_true(h.unit[u].weight == best.weight);
        assert_true(h.unit[u].incidents == best.incidents);
        before[u] = best;
        for (size_t i = 0; i < n; i++)
            if (held[i] < 0 && !left_out[i] && hypot(px[i] - best.x, py[i] - best.y) <= r->size)
                held[i] = (int32_t)u;
    }
    assert_memory_equal(h.held, held, n * sizeof *held);
    hot_hotspots_free(&h);
}

static void as_a_search_of_every_centre(void **unused)
{
    (void)unused;
    for (uint64_t seed = 1; seed <= 2; seed++) {
        start(seed);
        scatter(seed % 2 ? 40 : 120, 800, 600);
        for (size_t i = 0; i < n; i += 7) left_out[i] = seed == 2;
        hot_hotspot_rules r = {.size = 320, .units = 5};
        check_against_all(&r);
        r.spacing = 500;
        r.least = 4;
        check_against_all(&r);
        r = (hot_hotspot_rules){.size = 320, .units = 6, .per_group = 1, .group = stripe};
        r.with = &stripes_from;
        check_against_all(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_a_search_of_every_centre),
    };
    (void)covered;
    return cmocka_run_group_tests_name("hotspots", tests, NULL, NULL);
}
