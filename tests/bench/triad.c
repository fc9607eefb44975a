/* How fast does this machine stream? a[i] = b[i] + 3 c[i] over 3 x 128 MiB, as STREAM counts it
 * (McCalpin 1995): GB/s on 1 thread and on all, the medians of five.
 *
 *     bench_triad */
#define _POSIX_C_SOURCE 200809L

#include <omp.h>
#include <stdio.h>

#include "tests/bench/draws.h"

enum { CELLS = 1 << 24, RUNS = 5 };

static double rate_on(int threads, double *a, const double *b, const double *c)
{
    double took[RUNS];
    for (int run = 0; run < RUNS; run++) {
        double begun = bench_now();
#pragma omp parallel for num_threads(threads)
        for (size_t i = 0; i < CELLS; i++) a[i] = b[i] + 3 * c[i];
        took[run] = bench_now() - begun;
    }
    return 3e-9 * CELLS * sizeof *a / bench_median(took, RUNS);
}

int main(void)
{
    double *a = malloc(CELLS * sizeof *a), *b = malloc(CELLS * sizeof *b),
           *c = malloc(CELLS * sizeof *c);
    if (!a || !b || !c) exit(2);
    for (size_t i = 0; i < CELLS; i++) a[i] = 0, b[i] = (double)i, c[i] = 1;
    int all = omp_get_max_threads();
    double one = rate_on(1, a, b, c), every = rate_on(all, a, b, c);
    printf("%.1f GB/s on 1 thread, %.1f on %d\n", one, every, all);
    int odd = a[CELLS / 2] < 0; /* keeps the sums from being left out */
    free(a);
    free(b);
    free(c);
    return odd;
}
