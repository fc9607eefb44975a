/* Bandwidths by rules and by criteria, against R (tests/golden/reference/bandwidth.R), and the
 * choice by the next month's incidents, against counting by hand. */
#include "tests/check.h"

#include "engine/bandwidth/ahead.h"
#include "engine/bandwidth/fit.h"
#include "engine/bandwidth/rules.h"
#include "engine/bandwidth/top.h"
#include "engine/base/memory.h"

static const double X[] = {0, 100, 100, 150, 200, 220, 300, 420, 500, 900};
static const double Y[] = {0, 50, 60, 100, 120, 90, 400, 380, 500, 100};
enum { TEN = COUNT(X) };

/* ---- rules ---- */

static void rules_of_ten_places(void **state)
{
    (void)state;
    hot_rules r;
    assert_int_equal(hot_bandwidth_rules(X, Y, NULL, TEN, &r), HOT_OK);
    check_near(r.distance, 300.181612, 5e-7);
    check_near(r.median, 226.634937, 5e-7);
    check_near(r.arcgis, 154.581188, 5e-7);
    check_near(r.nrd_x, 554.018218, 5e-7);
    check_near(r.nrd_y, 471.027977, 5e-7);
    check_near(r.scott_x, 179.117776, 5e-7);
    check_near(r.scott_y, 119.953847, 5e-7);
}

static void incidents_count_as_often_as_they_are(void **state)
{
    (void)state;
    static const double weight[] = {3, 1, 2, 1, 1, 5, 1, 1, 2, 1};
    static const uint8_t order[] = {4, 9, 0, 7, 2, 5, 1, 8, 6, 3};
    double x[TEN + 1], y[TEN + 1], w[TEN + 1];
    for (int i = 0; i < TEN; i++) {
        x[i] = X[order[i]];
        y[i] = Y[order[i]];
        w[i] = weight[order[i]];
    }
    x[TEN] = 1e6; /* where nothing happened */
    y[TEN] = -1e6;
    w[TEN] = 0;
    hot_rules r, same;
    assert_int_equal(hot_bandwidth_rules(x, y, w, TEN + 1, &r), HOT_OK);
    check_near(r.distance, 271.614401, 5e-7);
    check_near(r.median, 172.162854, 5e-7);
    check_near(r.arcgis, 104.403421, 5e-7);
    check_near(r.nrd_x, 319.506032, 5e-7);
    check_near(r.nrd_y, 97.626843, 5e-7);
    check_near(r.scott_x, 138.122040, 5e-7);
    check_near(r.scott_y, 103.577949, 5e-7);
    assert_int_equal(hot_bandwidth_rules(X, Y, weight, TEN, &same), HOT_OK);
    assert_memory_equal(&r, &same, sizeof r);
}

static void rules_of_one_and_none(void **state)
{
    (void)state;
    hot_rules r = {0};
    assert_int_equal(hot_bandwidth_rules(X, Y, NULL, 0, &r), HOT_OK);
    assert_true(isnan(r.arcgis) && isnan(r.nrd_x) && isnan(r.scott_y) && isnan(r.distance));
    assert_int_equal(hot_bandwidth_rules(X, Y, NULL, 1, &r), HOT_OK);
    assert_true(isnan(r.arcgis) && isnan(r.median));
    static const double two[] = {2};
    assert_int_equal(hot_bandwidth_rules(X, Y, two, 1, &r), HOT_OK); /* all at one place */
    check_near(r.arcgis, 0, 0);
    check_near(r.scott_x, 0, 0);
    for (long n = 0; n < 3; n++) {
        hot_memory_fail_after(n);
        assert_int_equal(hot_bandwidth_rules(X, Y, NULL, TEN, &r), HOT_MEMORY);
        hot_memory_fail_after(-1);
    }
}

/* ---- criteria ---- */

enum { SIXTY = 60 };

static void sixty(double *x, double *y)
{
    for (int i = 1; i <= SIXTY; i++) {
        x[i - 1] = (37 * i * i + 11 * i) % 1009;
        y[i - 1] = (53 * i * i + 29 * i + 7) % 1013;
    }
}

static hot_strips strips_of(const double *x, const double *y, size_t n, double side)
{
    hot_strips s;
    assert_int_equal(hot_strips_new(x, y, NULL, n, side, &s), HOT_OK);
    return s;
}

static double likelihood_of(const hot_strips *s, double h, double even, int threads)
{
    double value = 0;
    assert_int_equal(
        hot_fit_likelihood(s, HOT_QUARTIC, h, even, 1013 * 1013 / 1e6, threads, &value), HOT_OK);
    return value;
}

static void likelihood_of_sixty_places(void **state)
{
    (void)state;
    double x[SIXTY], y[SIXTY];
    sixty(x, y);
    hot_strips wide = strips_of(x, y, SIXTY, 400), narrow = strips_of(x, y, SIXTY, 30);
    check_near(likelihood_of(&wide, 200, 0, 1), 222.917371336, 1e-8);
    check_near(likelihood_of(&wide, 300, 0, 2), 224.330429451, 1e-8);
    check_near(likelihood_of(&narrow, 400, 0, 1), 222.398391999, 1e-8);
    check_near(likelihood_of(&narrow, 200, HOT_FIT_EVEN, 1), 223.359304839, 1e-8);
    check_near(likelihood_of(&wide, 400, HOT_FIT_EVEN, 3), 222.708674959, 1e-8);
    assert_true(likelihood_of(&wide, 1, 0, 1) == -INFINITY); /* nobody in reach */
    assert_true(isfinite(likelihood_of(&wide, 1, HOT_FIT_EVEN, 1)));
    hot_strips_free(&wide);
    hot_strips_free(&narrow);
    hot_strips one = strips_of(x, y, 1, 30);
    check_near(likelihood_of(&one, 200, 0, 1), 0, 0);
    hot_strips_free(&one);
}

static void inverse_of_sixty_places(void **state)
{
    (void)state;
    double x[SIXTY], y[SIXTY], km2;
    sixty(x, y);
    hot_strips s = strips_of(x, y, SIXTY, 200);
    assert_int_equal(hot_fit_inverse(&s, 50, 2, &km2), HOT_OK);
    check_near(km2, 0.580362586, 5e-10);
    assert_int_equal(hot_fit_inverse(&s, 150, 1, &km2), HOT_OK);
    check_near(km2, 1.305964903, 5e-10);
    hot_strips_free(&s);
}

static void disc_of_clusters_of_four(void **state)
{
    (void)state;
    static const double east[] = {0, 17, 5, 29}, north[] = {0, 11, 31, 7};
    double x[SIXTY], y[SIXTY], cx[SIXTY], cy[SIXTY], radius;
    sixty(x, y);
    for (int i = 0; i < SIXTY; i++) {
        cx[i] = x[i / 4] + east[i % 4];
        cy[i] = y[i / 4] + north[i % 4];
    }
    hot_strips s = strips_of(cx, cy, SIXTY, 200);
    assert_int_equal(hot_fit_disc(&s, 200, 1050 * 1050 / 1e6, &radius), HOT_OK);
    check_near(radius, 33.9844, 2 * 200.0 / HOT_FIT_RADII);
    hot_strips_free(&s);
    s = strips_of(cx, cy, 1, 200);
    assert_int_equal(hot_fit_disc(&s, 200, 1, &radius), HOT_OK);
    assert_true(isnan(radius));
    hot_strips_free(&s);
}

static void criteria_without_memory(void **state)
{
    (void)state;
    double value, x[SIXTY], y[SIXTY];
    sixty(x, y);
    hot_strips s = strips_of(x, y, SIXTY, 100);
    hot_memory_fail_after(0);
    assert_int_equal(hot_fit_likelihood(&s, HOT_QUARTIC, 100, 0, 1, 1, &value), HOT_MEMORY);
    assert_int_equal(hot_fit_inverse(&s, 100, 1, &value), HOT_MEMORY);
    assert_int_equal(hot_fit_disc(&s, 100, 1, &value), HOT_MEMORY);
    hot_memory_fail_after(-1);
    hot_strips_free(&s);
}

/* ---- the densest cells ---- */

static void top_of(const double *value, size_t n, int64_t cells, double least, int64_t above,
                   int64_t level)
{
    hot_top t;
    assert_int_equal(hot_top_of(value, n, cells, &t), HOT_OK);
    assert_true(t.value == least);
    assert_int_equal(t.above, above);
    assert_int_equal(t.level, level);
}

static void the_densest_cells(void **state)
{
    (void)state;
    static const double v[] = {0, 3, NAN, 1, 3, 0.5, 1e-300, 3, 1e300, -0.0, NAN, 0};
    top_of(v, COUNT(v), 1, 1e300, 0, 1);
    top_of(v, COUNT(v), 2, 3, 1, 3);
    top_of(v, COUNT(v), 4, 3, 1, 3);
    top_of(v, COUNT(v), 5, 1, 4, 1);
    top_of(v, COUNT(v), 7, 1e-300, 6, 1);
    top_of(v, COUNT(v), 8, 0, 7, 3);
    top_of(v, COUNT(v), 99, 0, 7, 3);
    static const double none[] = {NAN, NAN};
    top_of(none, 2, 1, INFINITY, 0, 0);
    hot_memory_fail_after(0);
    hot_top t;
    assert_int_equal(hot_top_of(v, COUNT(v), 1, &t), HOT_MEMORY);
    hot_memory_fail_after(-1);
    static const double close[] = {1, 1.0000000000000002, 0.9999999999999999};
    top_of(close, 3, 1, 1.0000000000000002, 0, 1);
    top_of(close, 3, 2, 1, 1, 1);
}

/* ---- ahead ---- */

/* Ten cells of 100 m side by side. Place 0 has two incidents a month, places 1 and 2, in one cell's
 * reach of each other, one each: a narrow kernel finds place 0 first, a wide one what lies between
 * 1 and 2. */
typedef struct {
    hot_frame frame;
    double x[3], y[3];
    uint32_t point[128];
    int32_t month[128];
    uint8_t covered[32];
    hot_ahead given;
} line;

static void line_lay(line *l, int32_t months)
{
    *l = (line){.frame = {0, 100, 100, 10, 1}, .x = {50, 650, 750}, .y = {50, 50, 50}};
    l->given = (hot_ahead){.frame = &l->frame,
                           .x = l->x,
                           .y = l->y,
                           .points = 3,
                           .point = l->point,
                           .month = l->month,
                           .covered = l->covered,
                           .months = months,
                           .kernel = HOT_QUARTIC,
                           .share = 0.1,
                           .threads = 1};
    for (int32_t m = 0; m < months; m++) l->covered[m] = 1;
}

static void put(line *l, int32_t month, uint32_t point, int times)
{
    for (; times > 0; times--) {
        l->point[l->given.n] = point;
        l->month[l->given.n++] = month;
    }
}

static void next_month_is_found(void **state)
{
    (void)state;
    static const double h[] = {90, 150};
    line l;
    double hits[2];
    hot_ahead_told told;
    line_lay(&l, 6);
    for (int32_t m = 0; m < 6; m++) {
        put(&l, m, 0, 3);
        put(&l, m, 1, 2);
        put(&l, m, 2, 2);
    }
    assert_int_equal(hot_bandwidth_ahead(&l.given, h, 2, hits, &told), HOT_OK);
    assert_int_equal(told.first, 3);
    assert_int_equal(told.last, 5);
    assert_int_equal(told.tested, 3);
    assert_int_equal(told.incidents, 21);
    /* At its own cell a place of 3 is densest with 90 m (reach of one cell alone); with 150 m, each
     * of the two others lends its neighbour (1 - (100 / 150)^2)^2 = 0.309: 2.6 against 3. */
    check_near(hits[0], 9, 0);
    check_near(hits[1], 9, 0);
    l.given.share = 0.3; /* three cells: 0, 6 and 7 with either */
    assert_int_equal(hot_bandwidth_ahead(&l.given, h, 2, hits, &told), HOT_OK);
    check_near(hits[0], 21, 0);
    l.given.share = 0.2; /* of the two that tie, one fits */
    assert_int_equal(hot_bandwidth_ahead(&l.given, h, 2, hits, &told), HOT_OK);
    check_near(hits[0], 9 + 6, 1e-12);
    put(&l, 0, 1, 9); /* 11 and 2 in the past of the fourth month: now 1's cell is first in each */
    l.given.share = 0.1;
    assert_int_equal(hot_bandwidth_ahead(&l.given, h, 2, hits, &told), HOT_OK);
    check_near(hits[0], 2 * 3, 0);
}

static void no_look_ahead(void **state)
{
    (void)state;
    static const double h[] = {90, 300};
    line l;
    double hits[2], again[2];
    hot_ahead_told told;
    line_lay(&l, 5);
    for (int32_t m = 0; m < 5; m++) put(&l, m, (uint32_t)m % 3, 4);
    put(&l, 5, 2, 40); /* beyond the last month */
    put(&l, -1, 1, 40);
    assert_int_equal(hot_bandwidth_ahead(&l.given, h, 2, hits, &told), HOT_OK);
    for (size_t i = 0; i < l.given.n; i++)
        if (l.month[i] < 0 || l.month[i] >= 5) l.point[i] = 0;
    assert_int_equal(hot_bandwidth_ahead(&l.given, h, 2, again, &told), HOT_OK);
    assert_memory_equal(hits, again, sizeof hits);
    assert_int_equal(told.incidents, 8);
}

static void months_without_data_are_not_tested(void **state)
{
    (void)state;
    static const double h[] = {90};
    line l;
    double hits;
    hot_ahead_told told;
    line_lay(&l, 30);
    put(&l, 3, 0, 1);
    for (int32_t m = 4; m < 30; m++) l.covered[m] = 0;
    assert_int_equal(hot_bandwidth_ahead(&l.given, h, 1, &hits, &told), HOT_OK);
    assert_int_equal(told.tested, 1);
    l.covered[29] = 1; /* the year before it holds nothing */
    assert_int_equal(hot_bandwidth_ahead(&l.given, h, 1, &hits, &told), HOT_OK);
    assert_int_equal(told.tested, 1);
    l.given.months = 3;
    assert_int_equal(hot_bandwidth_ahead(&l.given, h, 1, &hits, &told), HOT_OK);
    assert_int_equal(told.tested, 0);
    check_near(hits, 0, 0);
    for (int32_t m = 0; m < 30; m++) l.covered[m] = 1;
    l.given.months = 30; /* the last twelve of 27 */
    assert_int_equal(hot_bandwidth_ahead(&l.given, h, 1, &hits, &told), HOT_OK);
    assert_int_equal(told.tested, 12);
    assert_int_equal(told.first, 18);
}

static void ahead_refuses(void **state)
{
    (void)state;
    double h = 90, hits;
    hot_ahead_told told;
    line l;
    line_lay(&l, 6);
    put(&l, 0, 0, 1);
    l.given.share = 0;
    assert_int_equal(hot_bandwidth_ahead(&l.given, &h, 1, &hits, &told), HOT_DOMAIN);
    l.given.share = 0.5;
    for (long n = 0; n < 2; n++) {
        hot_memory_fail_after(n);
        assert_int_equal(hot_bandwidth_ahead(&l.given, &h, 1, &hits, &told), HOT_MEMORY);
        hot_memory_fail_after(-1);
    }
    h = -1;
    assert_int_equal(hot_bandwidth_ahead(&l.given, &h, 1, &hits, &told), HOT_DOMAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_of_ten_places),
        cmocka_unit_test(incidents_count_as_often_as_they_are),
        cmocka_unit_test(rules_of_one_and_none),
        cmocka_unit_test(likelihood_of_sixty_places),
        cmocka_unit_test(inverse_of_sixty_places),
        cmocka_unit_test(disc_of_clusters_of_four),
        cmocka_unit_test(criteria_without_memory),
        cmocka_unit_test(the_densest_cells),
        cmocka_unit_test(next_month_is_found),
        cmocka_unit_test(no_look_ahead),
        cmocka_unit_test(months_without_data_are_not_tested),
        cmocka_unit_test(ahead_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
