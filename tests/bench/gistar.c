/* Gi* on 1,000 x 1,000 cells, the window a cell and its eight neighbours: the z of every cell, and
 * its p from permutations. With a file: the values as text, for the peers. */
#define _DEFAULT_SOURCE

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/gistar/gistar.h"
#include "engine/gistar/permute.h"
#include "tests/bench/draws.h"

enum { SIDE = 1000, CELLS = SIDE * SIDE, TIMES = 7 };

static double value[CELLS], window[CELLS], z[CELLS], p[CELLS];
static int32_t cells[CELLS];
static int8_t to[CELLS];

/** Counts as police data has them: most cells empty, a few with very many. */
static void make(int side)
{
    for (int k = 0; k < side * side; k++) {
        double u = bench_uniform();
        value[k] = u < 0.6 ? 0 : floor(pow(1 - (u - 0.6) / 0.4 * 0.999, -0.7));
    }
}

static void score(const hot_frame *f, double radius, int threads)
{
    hot_gistar_whole whole;
    hot_gistar_grid grid = {.frame = f, .value = value};
    if (hot_gistar(&grid, radius, threads, &whole, window, cells, z) != HOT_OK) exit(1);
}

static double processor(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/** The median of some runs, s, by one of two clocks. */
static double time_of(const hot_frame *f, double radius, uint32_t permutations, int threads,
                      double (*now)(void))
{
    double took[TIMES];
    hot_gistar_chance chance = {permutations, 1, threads};
    for (int k = 0; k < TIMES; k++) {
        double from = now();
        score(f, radius, threads);
        if (permutations && hot_gistar_permute(value, window, cells, (size_t)hot_frame_size(f),
                                               &chance, p, to) != HOT_OK)
            exit(1);
        took[k] = now() - from;
    }
    return bench_median(took, TIMES);
}

int main(int argc, char **argv)
{
    static const uint32_t permutations[] = {0, 999, 9999};
    static const double radius[] = {1.5, 5};
    int side = argc > 1 ? atoi(argv[1]) : SIDE;
    if (side < 3 || side > SIDE) return 2;
    hot_frame f = {.north = side, .cell = 1, .cols = side, .rows = side};
    make(side);
    for (int r = 0; r < 2; r++)
        for (int k = 0; k < 3; k++)
            printf("%d %g %" PRIu32 " %.6f %.6f %.6f\n", side, radius[r], permutations[k],
                   time_of(&f, radius[r], permutations[k], 1, processor),
                   time_of(&f, radius[r], permutations[k], 1, bench_now),
                   time_of(&f, radius[r], permutations[k], 2, bench_now));
    if (argc < 3) return 0;
    FILE *out = fopen(argv[2], "w");
    if (!out) return 1;
    score(&f, radius[0], 2);
    hot_gistar_chance chance = {999, 1, 2};
    if (hot_gistar_permute(value, window, cells, (size_t)side * (size_t)side, &chance, p, to))
        return 1;
    for (int k = 0; k < side * side; k++) fprintf(out, "%.17g %.17g %.17g\n", value[k], z[k], p[k]);
    return fclose(out) != 0;
}
