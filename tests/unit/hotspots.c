/* What must not change what is chosen, and what is chosen where there is little, nothing, or too
 * much. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/hotspots/hotspots.h"
#include "tests/made_points.h"

/* ---- what must not matter ---- */

/** To the last bit; field by field, for what lies between fields is anything. */
static void check_same(const hot_hotspots *a, const hot_hotspots *b)
{
    assert_true(a->n == b->n && a->n_places == b->n_places && a->tied == b->tied);
    for (size_t u = 0; u < a->n; u++) {
        const hot_hotspot_unit *p = &a->unit[u], *q = &b->unit[u];
        assert_true(p->x == q->x && p->y == q->y && p->weight == q->weight);
        assert_true(p->incidents == q->incidents && p->area == q->area && p->group == q->group);
        assert_true(p->place == q->place && p->name == q->name);
    }
    for (size_t k = 0; k < a->n_places; k++) {
        const hot_hotspot_place *p = &a->place[k], *q = &b->place[k];
        assert_true(p->weight == q->weight && p->incidents == q->incidents && p->area == q->area);
        assert_true(p->units == q->units && p->first == q->first);
    }
}

static void swap_points(size_t i, size_t j)
{
    double was_x = px[i], was_y = py[i], was_weight = weight[i];
    uint32_t was_count = count[i];
    px[i] = px[j], py[i] = py[j], weight[i] = weight[j], count[i] = count[j];
    px[j] = was_x, py[j] = was_y, weight[j] = was_weight, count[j] = was_count;
}

static void any_order_and_any_split_of_rows(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.size = 150, .units = 25, .least = 2};
    start(7);
    scatter(1000, 4000, 3000);
    for (size_t i = 0; i < n; i++) weight[i] = uniform() * count[i];
    hot_hotspots h = chosen(&rules);
    assert_true(h.n == 25);
    for (size_t i = n; i > 1; i--) swap_points(i - 1, (size_t)below((int)i));
    hot_hotspots permuted = chosen(&rules);
    check_same(&h, &permuted);
    hot_hotspots_free(&h);
    hot_hotspots_free(&permuted);
    for (size_t i = 0; i < n; i++) weight[i] = count[i];
    h = chosen(&rules);
    for (size_t i = 0, rows = n; i < rows; i++)
        for (; count[i] > 1; count[i]--) add(px[i], py[i], 1, 1);
    hot_hotspot_points one_by_one = {.n = n, .x = px, .y = py};
    hot_hotspots split;
    assert_int_equal(hot_hotspots_choose(&one_by_one, &rules, &split), HOT_OK);
    check_same(&h, &split);
    hot_hotspots_free(&h);
    hot_hotspots_free(&split);
}

/* Coordinates in quarters of a metre, and a step of 5 m: nothing is rounded. */
static void anywhere_on_the_lattice(void **unused)
{
    (void)unused;
    const double east = 160 * 1234 + 5, north = -160 * 777 - 10;
    const hot_hotspot_rules rules = {.size = 160, .units = 12, .per_area = true};
    start(11);
    for (int k = 0; k < 600; k++) add(below(12000) / 4., below(9000) / 4., 1, 1 + below(3));
    hot_hotspots h = chosen(&rules);
    for (size_t i = 0; i < n; i++) px[i] += east, py[i] += north;
    hot_hotspots moved = chosen(&rules);
    for (size_t u = 0; u < moved.n; u++) moved.unit[u].x -= east, moved.unit[u].y -= north;
    check_same(&h, &moved);
    assert_memory_equal(h.held, moved.held, n * sizeof *h.held);
    hot_hotspots_free(&h);
    hot_hotspots_free(&moved);
}

static void a_smaller_budget_is_the_beginning(void **unused)
{
    (void)unused;
    hot_hotspot_rules rules = {.size = 150, .units = 30};
    start(12);
    scatter(800, 3000, 3000);
    for (int per_area = 0; per_area < 2; per_area++) {
        rules.per_area = per_area;
        rules.units = 30;
        rules.area = 0;
        hot_hotspots all = chosen(&rules);
        double area = covered(&all), part = 0;
        for (int u = 0; u < 10; u++) part += all.unit[u].area;
        rules.units = 0;
        rules.area = part + 1;
        hot_hotspots some = chosen(&rules);
        assert_true(all.n == 30 && some.n == 10 && area > part);
        for (size_t u = 0; u < some.n; u++) {
            assert_true(some.unit[u].x == all.unit[u].x && some.unit[u].y == all.unit[u].y);
            assert_true(some.unit[u].weight == all.unit[u].weight);
            assert_true(some.unit[u].area == all.unit[u].area);
        }
        hot_hotspots_free(&all);
        hot_hotspots_free(&some);
    }
}

/* ---- chance ---- */

/* Two incidents a disc on average, evenly over 10 km by 10 km: bench_hotspots says that a disc has
 * 13 or more in one set of twenty at most, and that where 13 more lie within 50 m they are found.
 */
static void chance_makes_few_and_what_is_planted_is_found(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.size = 150, .units = 5, .least = 13};
    size_t by_chance = 0, found = 0;
    for (uint64_t set = 1; set <= 20; set++) {
        start(set);
        for (int k = 0; k < 2829; k++) add(10000 * uniform(), 10000 * uniform(), 1, 1);
        hot_hotspots h = chosen(&rules);
        by_chance += h.n > 0;
        hot_hotspots_free(&h);
        for (int k = 0; k < 13; k++) add(5005 + 50 * uniform(), 5005 + 50 * uniform(), 1, 1);
        h = chosen(&rules);
        found += h.n && hypot(h.unit[0].x - 5030, h.unit[0].y - 5030) < 150;
        hot_hotspots_free(&h);
    }
    assert_true(by_chance <= 3 && found >= 19);
}

/* ---- little, nothing, too much ---- */

static void ties_at_the_cut(void **unused)
{
    (void)unused;
    hot_hotspot_rules rules = {.size = 100, .units = 2};
    start(1);
    for (int k = 0; k < 5; k++) add(5000 - 1000 * k, 700 * (k % 2), 2, 1);
    hot_hotspots h = chosen(&rules);
    assert_true(h.n == 2 && h.tied == 3);
    assert_true(h.unit[0].y < 100 && fabs(h.unit[0].x - 1000) < 5); /* southernmost, westernmost */
    assert_true(h.unit[1].y < 100 && fabs(h.unit[1].x - 3000) < 5);
    assert_true(h.held[4] == 0 && h.held[2] == 1 && h.held[0] == -1 && h.held[1] == -1);
    hot_hotspots_free(&h);
    count[1] = 3; /* more incidents for the same weight */
    rules.units = 1;
    h = chosen(&rules);
    assert_true(h.held[1] == 0 && h.tied == 0);
    hot_hotspots_free(&h);
    rules.units = 9; /* more than there are */
    h = chosen(&rules);
    assert_true(h.n == 5 && h.tied == 0 && h.n_places == 5);
    hot_hotspots_free(&h);
}

static void all_at_one_position(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.size = 150, .units = 3};
    start(1);
    for (int k = 0; k < 9; k++) add(1000, 1000, 2, 0.5);
    hot_hotspots h = chosen(&rules);
    assert_true(h.n == 1 && h.n_places == 1 && h.unit[0].incidents == 18);
    assert_true(h.unit[0].weight == 4.5 && hypot(h.unit[0].x - 1000, h.unit[0].y - 1000) < 4);
    check_relative(h.unit[0].area, 3.141592653589793 * 150 * 150, 1e-14);
    hot_hotspots_free(&h);
}

static int32_t nowhere(void *with, double x, double y)
{
    (void)with, (void)x, (void)y;
    return -1;
}

static void check_none(hot_hotspot_rules rules)
{
    hot_hotspots h = chosen(&rules);
    assert_true(h.n == 0 && h.n_places == 0 && h.tied == 0);
    for (size_t i = 0; i < n; i++) assert_true(h.held[i] == -1);
    hot_hotspots_free(&h);
    hot_hotspots_free(&h);
}

static void nothing_to_choose(void **unused)
{
    (void)unused;
    start(1);
    check_none((hot_hotspot_rules){.size = 150, .units = 3});
    scatter(50, 500, 500);
    check_none((hot_hotspot_rules){.size = 150, .units = 3, .least = 1000});
    check_none((hot_hotspot_rules){.size = 150, .units = 3, .group = nowhere});
    check_none((hot_hotspot_rules){.size = 150, .area = 1});
    for (size_t i = 0; i < n; i++) left_out[i] = 1, px[i] = NAN;
    check_none((hot_hotspot_rules){.size = 150, .units = 3});
    start(2);
    scatter(5, 10, 10);
    memset(weight, 0, sizeof weight);
    check_none((hot_hotspot_rules){.size = 150, .units = 3});
}

static void what_is_refused(void **unused)
{
    (void)unused;
    static const hot_hotspot_rules wrong[] = {
        {.size = 0, .units = 1},
        {.size = NAN, .units = 1},
        {.size = -1, .units = 1},
        {.size = INFINITY, .units = 1},
        {.size = 150, .area = -1},
        {.size = 150, .spacing = NAN},
        {.size = 150, .shift_x = INFINITY},
        {.size = 1e-6},
        {.size = 150, .shape = HOT_HOTSPOT_SEGMENT},
    };
    const hot_hotspot_rules right = {.size = 150, .units = 1};
    start(3);
    scatter(5, 100, 100);
    hot_hotspot_points p = points();
    hot_hotspots h = {.tied = 77};
    for (size_t k = 0; k < COUNT(wrong); k++)
        assert_int_equal(hot_hotspots_choose(&p, &wrong[k], &h), HOT_DOMAIN);
    for (int k = 0; k < 4; k++) {
        double *at = k < 2 ? &px[1] : &weight[1], was = *at;
        *at = k % 2 ? NAN : k ? -1 : INFINITY;
        assert_int_equal(hot_hotspots_choose(&p, &right, &h), HOT_DOMAIN);
        *at = was;
    }
    count[1] = UINT32_MAX;
    assert_int_equal(hot_hotspots_choose(&p, &right, &h), HOT_DOMAIN);
    assert_true(h.tied == 77 && !h.unit && !h.place && !h.held);
}

static int32_t everywhere(void *with, double x, double y)
{
    (void)with, (void)x, (void)y;
    return 0;
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    const hot_hotspot_rules rules = {.size = 150, .units = 6, .per_group = 3, .group = everywhere};
    hot_hotspots h = {.tied = 77};
    hot_status status = HOT_MEMORY;
    start(4);
    scatter(60, 2000, 500);
    hot_hotspot_points p = points();
    for (long k = 0; status != HOT_OK; k++) {
        assert_true(k < 1000 && h.tied == 77 && !h.unit);
        hot_memory_fail_after(k);
        status = hot_hotspots_choose(&p, &rules, &h);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
    }
    int32_t unit[MOST];
    status = HOT_MEMORY;
    for (long k = 0; status != HOT_OK; k++) {
        assert_true(k < 1000);
        hot_memory_fail_after(k);
        status = hot_hotspots_hold(&h, &rules, px, py, n, unit);
        hot_memory_fail_after(-1);
    }
    hot_hotspots_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_and_any_split_of_rows),
        cmocka_unit_test(anywhere_on_the_lattice),
        cmocka_unit_test(a_smaller_budget_is_the_beginning),
        cmocka_unit_test(chance_makes_few_and_what_is_planted_is_found),
        cmocka_unit_test(ties_at_the_cut),
        cmocka_unit_test(all_at_one_position),
        cmocka_unit_test(nothing_to_choose),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(every_request_may_fail),
    };
    return cmocka_run_group_tests_name("hotspots", tests, NULL, NULL);
}
