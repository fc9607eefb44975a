/* How long does a density take, along each path, and how near is it to the truth?
 *
 * Prints tables; never fails. The points are the mix of a police year: 60 % on 20,000 snap points,
 * 30 % in 60 Gaussians, 10 % anywhere in 40 x 40 km; or all on the snap points. Times are medians
 * of five and include the collapse of identical coordinates. The triad says how fast this machine
 * streams, so that a time measured elsewhere can be scaled. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/kde/path.h"

enum { POINTS = 1000000, SNAPS = 20000, CLUSTERS = 60, RUNS = 5, SIDE = 40000, TRIAD = 1 << 24 };

static const double west = 400000, south = 300000;

typedef struct {
    double *x, *y;
} cloud;

static uint64_t state = 20240607;

/* splitmix64: Steele, Lea & Flood (2014), OOPSLA. */
static uint64_t draw(void)
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static double uniform(void)
{
    return (double)(draw() >> 11) * 0x1p-53;
}

/* A sum of twelve: near enough to a Gaussian here, and the same on every machine. */
static double normal(void)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += uniform();
    return sum;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void *room(size_t bytes)
{
    void *block = malloc(bytes);
    if (!block) abort();
    return block;
}

/* `snapped` and `clustered` per cent of the points; the rest anywhere. Coordinates to 0.01 m. */
static cloud cloud_new(unsigned snapped, unsigned clustered)
{
    cloud c = {room(POINTS * sizeof(double)), room(POINTS * sizeof(double))};
    static double snap[SNAPS][2], centre[CLUSTERS][3];
    for (int i = 0; i < SNAPS; i++) snap[i][0] = SIDE * uniform(), snap[i][1] = SIDE * uniform();
    for (int i = 0; i < CLUSTERS; i++) {
        centre[i][0] = SIDE * uniform(), centre[i][1] = SIDE * uniform();
        centre[i][2] = 200 + 800 * uniform();
    }
    for (size_t i = 0; i < POINTS; i++) {
        unsigned kind = (unsigned)(draw() % 100);
        const double *s = snap[draw() % SNAPS], *k = centre[draw() % CLUSTERS];
        double x = SIDE * uniform(), y = SIDE * uniform();
        if (kind < snapped)
            x = s[0], y = s[1];
        else if (kind < snapped + clustered)
            x = k[0] + k[2] * normal(), y = k[1] + k[2] * normal();
        c.x[i] = west + round(100 * x) / 100;
        c.y[i] = south + round(100 * y) / 100;
    }
    return c;
}

static void cloud_free(cloud *c)
{
    free(c->x);
    free(c->y);
}

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

static double median(double *value, size_t count)
{
    qsort(value, count, sizeof *value, by_value);
    return value[count / 2];
}

/* Bytes a second of a[i] = b[i] + 3 c[i], as STREAM counts them (McCalpin 1995). */
static double triad(int threads)
{
    double *a = room(TRIAD * sizeof *a), *b = room(TRIAD * sizeof *b), *c = room(TRIAD * sizeof *c);
    double took[RUNS];
    for (size_t i = 0; i < TRIAD; i++) a[i] = 0, b[i] = (double)i, c[i] = 1;
    for (int run = 0; run < RUNS; run++) {
        double start = now();
#pragma omp parallel for num_threads(threads)
        for (size_t i = 0; i < TRIAD; i++) a[i] = b[i] + 3 * c[i];
        took[run] = now() - start;
    }
    double rate = 3.0 * TRIAD * sizeof *a / median(took, RUNS) + 0 * a[TRIAD / 2];
    free(a);
    free(b);
    free(c);
    return rate;
}

static double time_of(hot_path path, const cloud *c, const hot_frame *frame, hot_kernel kernel,
                      double bandwidth, int threads, double *density)
{
    double took[RUNS];
    for (int run = 0; run < RUNS; run++) {
        double start = now();
        if (hot_kde_along(path, HOT_WAY_BEST, frame, c->x, c->y, NULL, POINTS, kernel, bandwidth,
                          NULL, threads, density) != HOT_OK)
            abort();
        took[run] = now() - start;
    }
    return median(took, RUNS);
}

static long double truth_at(const cloud *c, const hot_frame *f, int32_t row, int32_t col, double h)
{
    long double sum = 0, pi = 3.14159265358979323846264338327950288L;
    long double px = f->west + (col + 0.5L) * f->cell, py = f->north - (row + 0.5L) * f->cell;
    for (size_t i = 0; i < POINTS; i++) {
        long double dx = c->x[i] - px, dy = c->y[i] - py;
        long double rest = 1 - (dx * dx + dy * dy) / ((long double)h * h);
        if (rest > 0) sum += rest * rest;
    }
    return 3e6L * sum / (pi * h * h);
}

static double highest(const double *density, int64_t cells)
{
    double most = 0;
    for (int64_t i = 0; i < cells; i++) most = density[i] > most ? density[i] : most;
    return most;
}

/* The greatest relative error of the quartic over a sample of cells above 1e-6 of the highest. */
static double error_of(const cloud *c, const hot_frame *f, double h, const double *density)
{
    double worst = 0, floor_ = 1e-6 * highest(density, hot_frame_size(f));
    for (int i = 0; i < 60; i++) {
        int32_t row = (int32_t)(draw() % (uint64_t)f->rows);
        int32_t col = (int32_t)(draw() % (uint64_t)f->cols);
        double got = density[(int64_t)row * f->cols + col];
        if (got <= floor_) continue;
        long double truth = truth_at(c, f, row, col, h);
        double off = (double)fabsl((got - truth) / truth);
        if (off > worst) worst = off;
    }
    return worst;
}

static void line(const char *cloud_name, const cloud *c, int32_t cols, int32_t rows, double b)
{
    double cell = SIDE / (double)cols;
    hot_frame frame = {west, south + (SIDE + cell * rows) / 2, cell, cols, rows};
    double *density = room((size_t)cols * (size_t)rows * sizeof *density);
    memset(density, 0, (size_t)cols * (size_t)rows * sizeof *density);
    for (hot_path path = HOT_PATH_SCALAR; path <= HOT_PATH_AVX512; path++) {
        static const char *const names[] = {"best", "scalar", "avx2", "avx512"};
        if (!hot_path_has(path)) continue;
        double one = time_of(path, c, &frame, HOT_QUARTIC, b * cell, 1, density);
        double two = time_of(path, c, &frame, HOT_QUARTIC, b * cell, 2, density);
        printf("%-8s %4d x %-4d %4.0f  %-7s %8.4f %8.4f", cloud_name, cols, rows, b, names[path],
               one, two);
        if (path == HOT_PATH_SCALAR) printf("  %8.1e", error_of(c, &frame, b * cell, density));
        printf("\n");
        fflush(stdout);
    }
    free(density);
}

static void kernels(const cloud *c, double b)
{
    double cell = SIDE / 1280.0;
    hot_frame frame = {west, south + SIDE, cell, 1280, 960};
    double *density = room(1280 * 960 * sizeof *density);
    for (hot_kernel kernel = HOT_UNIFORM; kernel <= HOT_GAUSSIAN; kernel++) {
        double sigma = kernel == HOT_GAUSSIAN ? 4 : 1;
        double took = time_of(HOT_PATH_BEST, c, &frame, kernel, b * cell / sigma, 2, density);
        printf("%-13s %4.0f cells' support, 2 threads %8.4f s\n", hot_kernel_name(kernel), b, took);
    }
    free(density);
}

static void tables(const char *name, cloud c)
{
    line(name, &c, 1280, 960, 10);
    line(name, &c, 1280, 960, 30);
    line(name, &c, 1280, 960, 100);
    line(name, &c, 4096, 4096, 30);
    cloud_free(&c);
}

int main(void)
{
    printf("triad %.1f GB/s on 1 thread, %.1f on 2\n\n", triad(1) / 1e9, triad(2) / 1e9);
    printf("quartic, 1,000,000 points; seconds, median of %d\n", RUNS);
    printf("%-8s %-11s %5s  %-7s %8s %8s  %8s\n", "points", "frame", "b", "path", "1 thread", "2",
           "error");
    tables("mix", cloud_new(60, 30));
    tables("snapped", cloud_new(100, 0));
    cloud c = cloud_new(60, 30);
    printf("\nthe mix, 1280 x 960\n");
    kernels(&c, 10);
    kernels(&c, 30);
    cloud_free(&c);
    return 0;
}
