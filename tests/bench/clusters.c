/* How long does DBSCAN take?
 *
 *     bench_clusters            rows of a Markdown table: a million points, 100 m, 20
 *     bench_clusters write FILE [SEED] [POINTS]    the distinct places, as "x y weight cluster"
 *
 * Never fails. Half of the points crowd in 400 towns and half are spread over 100 x 100 km; spread
 * as they are, or put on the nearest of 20,000 places. Medians of five, on one thread and on two.
 */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/clusters/dbscan.h"
#include "tests/bench/draws.h"

enum { N = 1000000, TOWNS = 400, PLACES = 20000, RUNS = 5 };

static double x[N], y[N], weight[N];
static int32_t cluster[N];

static void make_spread(size_t n)
{
    static double east[TOWNS], north[TOWNS], wide[TOWNS];
    for (int t = 0; t < TOWNS; t++) {
        east[t] = 100000 * bench_uniform(), north[t] = 100000 * bench_uniform();
        wide[t] = 100 + 900 * bench_uniform();
    }
    for (size_t i = 0; i < n; i++) {
        size_t t = bench_draw() % TOWNS;
        bool town = i & 1;
        x[i] = rint(100 * (town ? east[t] + wide[t] * bench_normal() : 100000 * bench_uniform())) /
               100;
        y[i] = rint(100 * (town ? north[t] + wide[t] * bench_normal() : 100000 * bench_uniform())) /
               100;
        weight[i] = 1;
    }
}

/** The weights of a million on 20,000 places, most on a few. */
static size_t make_places(void)
{
    make_spread(PLACES);
    for (size_t i = 0; i < PLACES; i++) weight[i] = 1;
    for (size_t i = 0; i < N - PLACES; i++) {
        double u = bench_uniform();
        weight[(size_t)(u * u * PLACES)]++;
    }
    return PLACES;
}

static void time_it(const char *what, size_t n)
{
    for (int threads = 1; threads <= 2; threads++) {
        double taken[RUNS];
        size_t clusters = 0;
        for (int k = 0; k < RUNS; k++) {
            double from = bench_now();
            if (hot_dbscan(x, y, weight, n, 100, 20, threads, cluster, &clusters) != HOT_OK)
                exit(1);
            taken[k] = bench_now() - from;
        }
        printf("| %s | %zu | %zu | %d | %.3f |\n", what, n, clusters, threads,
               bench_median(taken, RUNS));
    }
}

static int write_places(const char *path, size_t n)
{
    size_t clusters;
    FILE *f = fopen(path, "w");
    make_spread(n);
    if (!f || hot_dbscan(x, y, weight, n, 100, 20, 2, cluster, &clusters) != HOT_OK) return 1;
    for (size_t i = 0; i < n; i++)
        fprintf(f, "%.2f %.2f %g %d\n", x[i], y[i], weight[i], cluster[i]);
    return fclose(f) ? 1 : 0;
}

int main(int argc, char **argv)
{
    if (argc > 3) bench_state = strtoull(argv[3], NULL, 10);
    if (argc > 2 && strcmp(argv[1], "write") == 0) {
        size_t n = argc > 4 ? strtoull(argv[4], NULL, 10) : N;
        return write_places(argv[2], n < N ? n : N);
    }
    make_spread(N);
    time_it("as they are", N);
    time_it("on 20,000 places", make_places());
    return 0;
}
