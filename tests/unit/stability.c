/* Which places are found again. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/hotspots/stability.h"
#include "tests/made_points.h"

enum { DRAWS = 10 };

/** Incidents evenly spread over 6 km by 4 km, and so many more within 30 m of three positions,
 * which are centres of hexagons too. */
static void made(uint64_t seed, int spread, int planted)
{
    start(seed);
    for (int k = 0; k < spread; k++) add(300000 + below(6000), 150000 + below(4000), 1, 1);
    for (int k = 0; k < 3 * planted; k++)
        add(floor(sqrt(3) * 150 * (1160 + 6 * (k % 3))) + below(60) - 30, 151620 + below(60), 1, 1);
}

static void stability_of(const hot_hotspots *h, const hot_hotspot_rules *rules, uint64_t seed,
                         int threads, hot_stability *s)
{
    hot_hotspot_points p = points();
    assert_int_equal(hot_hotspots_stability(&p, rules, h, DRAWS, seed, threads, s), HOT_OK);
}

static void what_is_planted_is_found_again(void **unused)
{
    (void)unused;
    for (hot_hotspot_shape shape = HOT_HOTSPOT_DISC; shape <= HOT_HOTSPOT_HEXAGON; shape++) {
        const hot_hotspot_rules rules = {.shape = shape, .size = 150, .units = 3, .least = 10};
        hot_stability s[3];
        made(21, 600, 60);
        hot_hotspots h = chosen(&rules);
        assert_true(h.n_places == 3);
        stability_of(&h, &rules, 1, 2, s);
        for (int p = 0; p < 3; p++) {
            assert_true(s[p].drawn == DRAWS && s[p].sized == HOT_STABILITY_SIZES);
            /* half a hexagon further an edge may cut what is planted in two */
            assert_true(shape == HOT_HOTSPOT_HEXAGON || s[p].shifted == HOT_STABILITY_SHIFTS);
            check_near(s[p].share, (s[p].shifted + s[p].sized + s[p].drawn) / 15., 1e-15);
        }
        hot_hotspots_free(&h);
    }
}

/* Where there is no place of any kind, the three that are highest by chance are seldom those when
 * chance deals again: in a fifth of draws on average. */
static void what_chance_made_is_not(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.size = 150, .units = 3};
    hot_stability s[3];
    size_t again = 0, tried = 0;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        made(seed, 300, 0);
        hot_hotspots h = chosen(&rules);
        stability_of(&h, &rules, 1, 2, s);
        for (size_t p = 0; p < h.n_places; p++) again += s[p].drawn;
        tried += h.n_places * DRAWS;
        hot_hotspots_free(&h);
    }
    assert_true(again > 0 && 10 * again < 4 * tried);
}

static bool are_same(const hot_stability *a, const hot_stability *b, size_t places)
{
    bool same = true;
    for (size_t p = 0; p < places; p++)
        same = same && a[p].shifted == b[p].shifted && a[p].sized == b[p].sized &&
               a[p].drawn == b[p].drawn && a[p].share == b[p].share;
    return same;
}

static void the_same_on_any_threads_and_in_any_order(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.size = 150, .units = 5, .spacing = 200};
    hot_stability one[5], many[5], other[5];
    made(21, 600, 8);
    hot_hotspots h = chosen(&rules);
    stability_of(&h, &rules, 5, 1, one);
    stability_of(&h, &rules, 5, 4, many);
    assert_true(are_same(one, many, h.n_places));
    stability_of(&h, &rules, 6, 1, many);
    hot_hotspots_free(&h);
    for (size_t i = 0; i < n / 2; i++) {
        double was_x = px[i], was_y = py[i];
        px[i] = px[n - 1 - i], py[i] = py[n - 1 - i];
        px[n - 1 - i] = was_x, py[n - 1 - i] = was_y;
    }
    h = chosen(&rules);
    stability_of(&h, &rules, 5, 3, other);
    assert_true(are_same(one, other, h.n_places));
    assert_true(!are_same(one, many, h.n_places)); /* another seed, other draws */
    hot_hotspots_free(&h);
}

/* The mean of so many Poisson numbers of mean 40 and weight 40 is near 40: what is held once is
 * found again, or not, as its draw is above or below that of another of 40. */
static void two_equal_places_share_the_draws(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.size = 100, .units = 1};
    hot_stability s;
    start(1);
    add(1000, 1000, 40, 40);
    add(9000, 9000, 40, 40);
    hot_hotspots h = chosen(&rules);
    assert_true(h.n == 1 && h.held[0] == 0 && h.tied == 1);
    hot_hotspot_points p = points();
    assert_int_equal(hot_hotspots_stability(&p, &rules, &h, 200, 3, 0, &s), HOT_OK);
    /* P(X >= Y) = 0.5315 of two Poisson numbers of mean 40; a standard error is 7 draws */
    check_near(s.drawn, 106.3, 21);
    assert_true(s.shifted == 3 && s.sized == 2);
    hot_hotspots_free(&h);
}

static void where_there_is_little(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.size = 100, .units = 4};
    hot_stability s = {.drawn = 77};
    start(1);
    hot_hotspots h = chosen(&rules);
    hot_hotspot_points p = points();
    assert_int_equal(hot_hotspots_stability(&p, &rules, &h, 9, 1, 1, &s), HOT_OK);
    assert_true(s.drawn == 77); /* no place, nothing to say */
    add(10, 10, 50, 50);
    p = points();
    hot_hotspots_free(&h);
    h = chosen(&rules);
    assert_int_equal(hot_hotspots_stability(&p, &rules, &h, 0, 1, 1, &s), HOT_OK);
    assert_true(s.shifted == 3 && s.sized == 2 && s.drawn == 0 && s.share == 1);
    assert_int_equal(hot_hotspots_stability(&p, &rules, &h, 1001, 1, 1, &s), HOT_DOMAIN);
    hot_hotspots_free(&h);
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.size = 150, .units = 2};
    hot_stability s[2];
    hot_status status = HOT_MEMORY;
    made(21, 30, 3);
    hot_hotspots h = chosen(&rules);
    hot_hotspot_points p = points();
    for (long k = 0; status != HOT_OK; k++) {
        assert_true(k < 2000);
        hot_memory_fail_after(k);
        status = hot_hotspots_stability(&p, &rules, &h, 1, 1, 1, s);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
    }
    hot_hotspots_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_planted_is_found_again),
        cmocka_unit_test(what_chance_made_is_not),
        cmocka_unit_test(the_same_on_any_threads_and_in_any_order),
        cmocka_unit_test(two_equal_places_share_the_draws),
        cmocka_unit_test(where_there_is_little),
        cmocka_unit_test(every_request_may_fail),
    };
    return cmocka_run_group_tests_name("stability", tests, NULL, NULL);
}
