/** @file draws.h
 *  Seeded chance and a clock for the benchmarks: the same draws on every machine.
 *
 *  Source  splitmix64: Steele, Lea and Flood (2014), OOPSLA.
 */
#ifndef HOT_TESTS_BENCH_DRAWS_H
#define HOT_TESTS_BENCH_DRAWS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

static uint64_t bench_state = 20240607;

static inline uint64_t bench_mixed(uint64_t z)
{
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static inline uint64_t bench_draw(void)
{
    return bench_mixed(bench_state += 0x9E3779B97F4A7C15u);
}

static inline double bench_unit(uint64_t bits)
{
    return (double)(bits >> 11) * 0x1p-53;
}

static inline double bench_uniform(void)
{
    return bench_unit(bench_draw());
}

/** A number of its own for every `number`. */
static inline double bench_of(uint64_t number)
{
    return bench_unit(bench_mixed((number + 1) * 0x9E3779B97F4A7C15u));
}

/** A sum of twelve: near enough to a Gaussian here, and the same on every machine. */
static inline double bench_normal(void)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += bench_uniform();
    return sum;
}

static inline double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline int bench_by_size(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

static inline double bench_median(double *times, int n)
{
    qsort(times, (size_t)n, sizeof *times, bench_by_size);
    return times[n / 2];
}

#endif
