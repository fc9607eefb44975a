/* How long does Knox's table take?
 *
 * Prints rows of a Markdown table; never fails. Events spread over a square of 20 km, one in ten at
 * the place of another, over a year: five bands of 100 m and the same place, five of 7 days, 999
 * permutations. Medians of five, on one thread and on two. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>

#include "engine/nearrepeat/nearrepeat.h"
#include "tests/bench/draws.h"

enum { MOST = 50000, RUNS = 5, BANDS = 5, DAYS = 5 };

static double x[MOST], y[MOST];
static uint32_t place[MOST];
static int32_t day[MOST];

static void make(size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t as = i && bench_uniform() < 0.1 ? (size_t)(bench_draw() % i) : i;
        place[i] = as == i ? (uint32_t)i : place[as];
        x[i] = as == i ? 20000 * bench_uniform() : x[as];
        y[i] = as == i ? 20000 * bench_uniform() : y[as];
        day[i] = (int32_t)(bench_draw() % 365);
    }
}

/** @return s; *pairs = how many are close, *found the time of that alone */
static double once(size_t n, int threads, size_t *pairs, double *found)
{
    static const double metres[BANDS] = {100, 200, 300, 400, 500};
    static const int32_t days[DAYS] = {7, 14, 21, 28, 35};
    hot_close_events e = {n, x, y, place, n, day};
    hot_close_bands bands = {BANDS, metres, false};
    hot_knox_rules rules = {days, DAYS, 999, 1, threads};
    hot_knox_cell cell[(BANDS + 1) * DAYS];
    hot_close_pairs p;
    double from = bench_now();
    if (hot_close_pairs_find(&e, &bands, SIZE_MAX, threads, &p) != HOT_OK) exit(1);
    *found = bench_now() - from;
    if (hot_knox(&e, &p, &rules, cell) != HOT_OK) exit(1);
    double taken = bench_now() - from;
    *pairs = p.first[p.bands];
    hot_close_pairs_free(&p);
    return taken;
}

int main(void)
{
    static const size_t sizes[] = {2000, 10000, 50000};
    for (size_t s = 0; s < 3; s++)
        for (int threads = 1; threads <= 2; threads++) {
            double taken[RUNS], found[RUNS];
            size_t pairs = 0;
            bench_state = 20240607;
            make(sizes[s]);
            for (int k = 0; k < RUNS; k++) taken[k] = once(sizes[s], threads, &pairs, &found[k]);
            printf("| %zu | %zu | %d | %.4f | %.4f |\n", sizes[s], pairs, threads,
                   bench_median(taken, RUNS), bench_median(found, RUNS));
        }
    return 0;
}
