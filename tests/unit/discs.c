/* Chosen discs against a search of every centre, and the places that they make. */
#include "tests/check.h"

#include "engine/hotspots/added_area.h"
#include "engine/hotspots/hotspots.h"
#include "tests/made_points.h"

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
    double x, y, weight, spread, key;
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
    if (a->key != b->key) return a->key > b->key;
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

/** What a disc is ranked by. */
static double key_of(const hot_hotspot_rules *r, const disc *d, const disc *before, size_t n_before)
{
    hot_centre other[16];
    hot_arc room[34];
    double whole = 3.141592653589793 * r->size * r->size;
    if (!r->per_area) return d->weight;
    for (size_t k = 0; k < n_before; k++) other[k] = (hot_centre){before[k].x, before[k].y};
    double added = hot_added_area((hot_centre){d->x, d->y}, other, n_before, r->size, room);
    return d->weight / fmin(fmax(added / whole, 0.25), 1);
}

/** The next disc; its weight is 0 where there is none. */
static disc best_of_all(const hot_hotspot_rules *r, const disc *before, size_t n_before,
                        const int32_t *held)
{
    double step = r->size / HOT_HOTSPOT_STEPS;
    disc best = {0};
    for (int row = 0; row < 1400 / step; row++)
        for (int col = 0; col < 1600 / step; col++) {
            double x = 299600 + (col + 0.5) * step, y = 149600 + (row + 0.5) * step;
            disc d = disc_at(x, y, r->size, held);
            if (d.weight == 0) continue;
            d.key = key_of(r, &d, before, n_before);
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
        r.per_area = true;
        check_against_all(&r);
        r.per_area = false;
        r.spacing = 500;
        r.least = 4;
        check_against_all(&r);
        r = (hot_hotspot_rules){.size = 320, .units = 6, .per_group = 1, .group = stripe};
        r.with = &stripes_from;
        check_against_all(&r);
    }
}

/* ---- places ---- */

/** Two discs are each held where they are by two points as far apart as they are wide. */
static void two_discs(double apart)
{
    start(1);
    add(-315, 5, 1, 5);
    add(325, 5, 1, 5);
    add(apart - 314, 5, 1, 1);
    add(apart + 325, 5, 1, 1);
}

static void discs_that_touch_are_one_place(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.size = 320, .units = 2};
    const double whole = 3.141592653589793 * 320 * 320;
    two_discs(640);
    hot_hotspots h = chosen(&rules);
    assert_true(h.n == 2 && h.unit[0].x == 5 && h.unit[1].x == 645 && h.unit[1].y == 5);
    assert_true(h.n_places == 1 && h.place[0].units == 2 && h.place[0].incidents == 4);
    assert_true(h.place[0].weight == 12 && h.place[0].first == 0);
    check_relative(h.place[0].area, 2 * whole, 1e-12);
    hot_hotspots_free(&h);
    two_discs(650);
    h = chosen(&rules);
    assert_true(h.n == 2 && h.unit[1].x == 655 && h.n_places == 2 && h.unit[1].place == 1);
    assert_true(h.place[0].weight == 10 && h.place[1].weight == 2 && h.place[1].first == 1);
    hot_hotspots_free(&h);
}

/** Every incident is in one place at most, and its disc holds it. */
static void places_add_up(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.size = 150, .units = 40};
    start(13);
    scatter(1500, 3000, 2500);
    hot_hotspots h = chosen(&rules);
    double sum[40] = {0}, area = 0;
    uint32_t incidents[40] = {0};
    for (size_t i = 0; i < n; i++) {
        if (h.held[i] < 0) continue;
        const hot_hotspot_unit *u = &h.unit[h.held[i]];
        assert_true(hypot(px[i] - u->x, py[i] - u->y) <= 150);
        sum[u->place] += weight[i];
        incidents[u->place] += count[i];
    }
    assert_true(h.n_places > 1 && h.n_places < h.n);
    for (size_t p = 0; p < h.n_places; p++) {
        assert_true(sum[p] == h.place[p].weight && incidents[p] == h.place[p].incidents);
        assert_true(p == 0 || h.place[p].weight <= h.place[p - 1].weight);
        area += h.place[p].area;
    }
    check_relative(area, covered(&h), 1e-12);
    int32_t unit[MOST];
    assert_int_equal(hot_hotspots_hold(&h, &rules, px, py, n, unit), HOT_OK);
    assert_memory_equal(unit, h.held, n * sizeof *unit);
    hot_hotspots_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_a_search_of_every_centre),
        cmocka_unit_test(discs_that_touch_are_one_place),
        cmocka_unit_test(places_add_up),
    };
    return cmocka_run_group_tests_name("discs", tests, NULL, NULL);
}
