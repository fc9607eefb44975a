/* Clusters of places: against the plain definition, by hand, and on the edges of what is asked. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/clusters/dbscan.h"
#include "engine/clusters/nnh.h"

enum { N = 300 };

/** Three crowds and a scatter, on whole metres so that distances are often equal. */
static void make(double *x, double *y, double *weight, uint32_t seed)
{
    for (int k = 0; k < N; k++) {
        seed = seed * 1664525u + 1013904223u;
        double a = seed >> 20 & 255, b = seed >> 8 & 255;
        double spread = k < 200 ? 0.15 : 2, at = k % 3 * 150.0;
        x[k] = floor(a * spread) + (k < 200 ? at : 0);
        y[k] = floor(b * spread) + (k < 200 ? at : 0);
        weight[k] = 1 + (seed >> 28);
    }
}

static double squared(const double *x, const double *y, int a, int b)
{
    return (x[a] - x[b]) * (x[a] - x[b]) + (y[a] - y[b]) * (y[a] - y[b]);
}

/** The definition, written down a second time. */
static void plain(const double *x, const double *y, const double *weight, double distance,
                  double minimum, int32_t *cluster)
{
    int core[N], next = 0;
    for (int a = 0; a < N; a++) {
        double sum = 0;
        for (int b = 0; b < N; b++)
            if (squared(x, y, a, b) <= distance * distance) sum += weight[b];
        core[a] = sum >= minimum;
        cluster[a] = -1;
    }
    for (int a = 0; a < N; a++) {
        if (!core[a] || cluster[a] >= 0) continue;
        cluster[a] = next++;
        for (int grew = 1; grew;) {
            grew = 0;
            for (int b = 0; b < N; b++)
                for (int c = 0; c < N && core[b] && cluster[b] < 0; c++)
                    if (core[c] && cluster[c] == cluster[a] &&
                        squared(x, y, b, c) <= distance * distance)
                        cluster[b] = cluster[a], grew = 1;
        }
    }
    for (int a = 0; a < N; a++) {
        double least = distance * distance + 1;
        for (int b = 0; b < N && !core[a]; b++) {
            double d = squared(x, y, a, b);
            if (core[b] && d <= distance * distance && d < least)
                least = d, cluster[a] = cluster[b];
        }
    }
}

static void as_defined(void **unused)
{
    (void)unused;
    double x[N], y[N], weight[N];
    int32_t expected[N], one[N], two[N];
    for (uint32_t seed = 1; seed < 9; seed++)
        for (double distance = 3; distance < 60; distance *= 2.5)
            for (double minimum = 4; minimum < 100; minimum *= 4) {
                size_t n, again;
                make(x, y, weight, seed);
                plain(x, y, weight, distance, minimum, expected);
                assert_int_equal(hot_dbscan(x, y, weight, N, distance, minimum, 1, one, &n),
                                 HOT_OK);
                assert_memory_equal(one, expected, sizeof one);
                assert_int_equal(hot_dbscan(x, y, weight, N, distance, minimum, 3, two, &again),
                                 HOT_OK);
                assert_memory_equal(one, two, sizeof one);
                assert_int_equal(n, again);
            }
}

/** Twenty incidents on one place are a cluster; a place just within reach is of it, one just beyond
 *  is not. */
static void edges(void **unused)
{
    (void)unused;
    double x[] = {400000, 400100, 400100.01, 400500}, y[] = {1, 1, 1, 1}, weight[] = {20, 1, 1, 19};
    int32_t cluster[4];
    size_t n;
    assert_int_equal(hot_dbscan(x, y, weight, 4, 100, 21, 2, cluster, &n), HOT_OK);
    assert_int_equal(n, 1);
    static const int32_t all[] = {0, 0, 0, -1}; /* the second is a core as well: 22 */
    assert_memory_equal(cluster, all, sizeof all);
    assert_int_equal(hot_dbscan(x, y, weight, 4, 100, 22, 2, cluster, &n), HOT_OK);
    assert_memory_equal(cluster, all,
                        sizeof all); /* it alone is, and both are within 100 m of it */
    assert_int_equal(hot_dbscan(x, y, weight, 4, 99.99, 20, 2, cluster, &n), HOT_OK);
    static const int32_t apart[] = {0, -1, -1, -1};
    assert_memory_equal(cluster, apart, sizeof apart);
    assert_int_equal(hot_dbscan(x, y, weight, 0, 100, 20, 2, cluster, &n), HOT_OK);
    assert_int_equal(n, 0);
    assert_int_equal(hot_dbscan(x, y, weight, 4, 0, 20, 2, cluster, &n), HOT_DOMAIN);
    assert_int_equal(hot_dbscan(x, y, weight, 4, 100, NAN, 2, cluster, &n), HOT_DOMAIN);
    for (long k = 0; k < 14; k++) {
        hot_memory_fail_after(k);
        assert_int_equal(hot_dbscan(x, y, weight, 4, 100, 20, 1, cluster, &n), HOT_MEMORY);
    }
    hot_memory_fail_after(-1);
}

/** A border place between two clusters is of the nearer; of the lower number where it is as near.
 */
static void between_two(void **unused)
{
    (void)unused;
    double x[] = {0, 50, 100}, y[] = {0, 0, 0}, weight[] = {9, 0.5, 9};
    int32_t cluster[3];
    size_t n;
    assert_int_equal(hot_dbscan(x, y, weight, 3, 50, 9.6, 1, cluster, &n), HOT_OK);
    assert_int_equal(n, 1); /* the middle is a core: it sees 18.5 */
    weight[0] = weight[2] = 20, x[1] = 51;
    assert_int_equal(hot_dbscan(x, y, weight, 3, 60, 41, 1, cluster, &n), HOT_OK);
    assert_int_equal(n, 0);
    weight[1] = 1, x[1] = 50; /* 42 in all at the middle, 21 at either end */
    assert_int_equal(hot_dbscan(x, y, weight, 3, 60, 20, 1, cluster, &n), HOT_OK);
    assert_int_equal(n, 1);
    /* As near to either, and too little there to join them. */
    double fx[] = {0, 0, 40, 80, 80}, fy[] = {0, 1, 0, 0, 1}, fw[] = {1, 99, 1, 1, 99};
    static const int32_t to_the_lower[] = {0, 0, 0, 1, 1};
    int32_t five[5];
    assert_int_equal(hot_dbscan(fx, fy, fw, 5, 40, 100, 1, five, &n), HOT_OK);
    assert_int_equal(n, 2);
    assert_memory_equal(five, to_the_lower, sizeof five);
    double gx[] = {0, 0, 40, 79, 79}, gy[] = {0, 1, 0, 0, 1}, gw[] = {50, 50, 1, 50, 50};
    assert_int_equal(hot_dbscan(gx, gy, gw, 5, 40, 100, 1, five, &n), HOT_OK);
    static const int32_t joined[] = {0, 0, 0, 0, 0};
    assert_memory_equal(five, joined, sizeof joined); /* the middle is a core of 151 */
    assert_int_equal(hot_dbscan(gx, gy, gw, 5, 39, 100, 1, five, &n), HOT_OK);
    static const int32_t to_the_east[] = {0, 0, 1, 1, 1};
    assert_int_equal(n, 2); /* 51 at the middle: the east is within 39 m, the west is not */
    assert_memory_equal(five, to_the_east, sizeof to_the_east);
}

/** Clark and Evans (1954): the mean of chance is 0.5 sqrt(A/N), its standard error 0.26136 /
 *  sqrt(N^2/A). */
static void thresholds(void **unused)
{
    (void)unused;
    check_near(hot_nnh_threshold(100, 1e6, 0), 50, 1e-12);
    check_near(hot_nnh_threshold(100, 1e6, 1.645), 50 - 1.645 * 2.6136, 1e-9);
    check_near(hot_nnh_threshold(1, 1e6, 100), 0, 0);
}

/** Two crowds of three near one another, one far off, one place alone. */
static void orders(void **unused)
{
    (void)unused;
    enum { PLACES = 10 };
    double x[PLACES] = {0, 10, 20, 300, 310, 320, 5000, 9000, 9010, 9020};
    double y[PLACES] = {0}, weight[PLACES] = {2, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    hot_nnh_rules rules = {.distance = 10, .minimum = 3, .area = 1e6, .t = 0, .threads = 2};
    hot_nnh nnh;
    double distance;
    assert_int_equal(hot_nnh_find(x, y, weight, PLACES, &rules, &nnh, &distance), HOT_OK);
    check_near(distance, 10, 0);
    assert_int_equal(nnh.n, 3); /* order 2 would reach 0.5 sqrt(1e6 / 3) = 288.7 m ... */
    static const int32_t of[PLACES] = {0, 0, 0, 1, 1, 1, -1, 2, 2, 2};
    assert_memory_equal(nnh.of, of, sizeof of);
    check_near(nnh.cluster[0].x, (0 * 2 + 10 + 20) / 4.0, 1e-12);
    check_near(nnh.cluster[0].weight, 4, 0);
    hot_nnh_free(&nnh);
    rules.area = 1.3e6; /* ... 329.1 m: the first two are 302.5 m apart */
    assert_int_equal(hot_nnh_find(x, y, weight, PLACES, &rules, &nnh, &distance), HOT_OK);
    assert_int_equal(nnh.n, 4);
    assert_int_equal(nnh.cluster[3].order, 2);
    check_near(nnh.cluster[3].weight, 7, 0);
    check_near(nnh.cluster[3].x, (7.5 + 310) / 2, 1e-12);
    assert_int_equal(nnh.cluster[0].parent, 3);
    assert_int_equal(nnh.cluster[1].parent, 3);
    assert_int_equal(nnh.cluster[2].parent, -1);
    hot_nnh_free(&nnh);
    rules.distance = 0; /* the threshold of 11 incidents: 0.5 sqrt(1.3e6 / 11) = 171.9 m */
    assert_int_equal(hot_nnh_find(x, y, weight, PLACES, &rules, &nnh, &distance), HOT_OK);
    check_near(distance, 0.5 * sqrt(1.3e6 / 11), 1e-9);
    hot_nnh_free(&nnh);
    assert_int_equal(hot_nnh_find(x, y, weight, 0, &rules, &nnh, &distance), HOT_OK);
    assert_int_equal(nnh.n, 0);
    hot_nnh_free(&nnh);
    rules.area = 0;
    assert_int_equal(hot_nnh_find(x, y, weight, 1, &rules, &nnh, &distance), HOT_DOMAIN);
    rules.area = 1e6;
    for (long k = 0; k < 40; k++) {
        hot_memory_fail_after(k);
        hot_status status = hot_nnh_find(x, y, weight, PLACES, &rules, &nnh, &distance);
        assert_true(status == HOT_MEMORY || status == HOT_OK);
        assert_true(k > 20 || status == HOT_MEMORY);
        hot_nnh_free(&nnh);
    }
    hot_memory_fail_after(-1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_defined), cmocka_unit_test(edges),  cmocka_unit_test(between_two),
        cmocka_unit_test(thresholds), cmocka_unit_test(orders),
    };
    return cmocka_run_group_tests_name("clusters", tests, NULL, NULL);
}
