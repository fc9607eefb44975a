/* How often Gi* calls a square hot where chance alone put the incidents, and how often where a hot
 * spot was planted: 64 x 64 squares, the options' own windows, permutations and levels. */
#define _DEFAULT_SOURCE

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/chance/benjamini.h"
#include "engine/gistar/gistar.h"
#include "engine/gistar/permute.h"
#include "tests/bench/draws.h"

enum { SIDE = 64, CELLS = SIDE * SIDE, REPEATS = 100, FIRST = 30 };

static double value[CELLS], window[CELLS], z[CELLS], p[CELLS], p_fdr[CELLS];
static int32_t cells[CELLS];
static int8_t to[CELLS], class_[CELLS];
static uint64_t grids;

static double poisson(double mean)
{
    double n = 0;
    for (double left = exp(-mean), u = bench_uniform(); u > left; n++) u *= bench_uniform();
    return n;
}

/** Counts as police data has them: most squares empty, a few with very many. */
static double skewed(void)
{
    double u = bench_uniform();
    return u < 0.55 ? 0 : floor(pow(1 - (u - 0.55) / 0.45 * 0.9995, -0.8));
}

static double even(void)
{
    return poisson(1);
}

static double many(void)
{
    return poisson(5);
}

static double few(void)
{
    return poisson(0.1);
}

static void judge(uint32_t permutations)
{
    hot_frame f = {.north = SIDE * 250, .cell = 250, .cols = SIDE, .rows = SIDE};
    hot_gistar_grid grid = {.frame = &f, .value = value};
    hot_gistar_chance chance = {permutations, ++grids, 1};
    hot_gistar_whole whole;
    if (hot_gistar(&grid, 375, 1, &whole, window, cells, z) != HOT_OK ||
        hot_gistar_permute(value, window, cells, CELLS, &chance, p, to) != HOT_OK ||
        hot_benjamini(p, CELLS, p_fdr) != HOT_OK)
        exit(1);
    for (int i = 0; i < CELLS; i++) {
        hot_gistar_cell cell = {value[i], window[i], cells[i] * whole.mean, z[i], p_fdr[i], to[i]};
        class_[i] = (int8_t)hot_gistar_class(&cell, 0.05);
    }
}

static void chance_alone(const char *name, double (*draw)(void))
{
    double under[3] = {0}, law = 0, any[4] = {0};
    for (int r = 0; r < REPEATS; r++) {
        int most = 0;
        for (int i = 0; i < CELLS; i++) value[i] = draw();
        judge(99999);
        for (int i = 0; i < CELLS; i++) {
            under[0] += p[i] <= 0.1;
            under[1] += p[i] <= 0.05;
            under[2] += p[i] <= 0.01;
            law += hot_gistar_p(z[i]) <= 0.01;
            most = abs(class_[i]) > most ? abs(class_[i]) : most;
        }
        for (int level = 1; level <= most; level++) any[level]++;
    }
    double all = (double)REPEATS * CELLS / 100, repeats = REPEATS / 100.0;
    printf("| %s | %.1f%% | %.1f%% | %.2f%% | %.2f%% | %.0f%% | %.0f%% | %.0f%% |\n", name,
           under[0] / all, under[1] / all, under[2] / all, law / all, any[1] / repeats,
           any[2] / repeats, any[3] / repeats);
}

/** A block of so many squares, each with so many more. */
static void planted(const char *name, double (*draw)(void), int wide, int more)
{
    double found[4] = {0}, hot = 0, far = 0;
    for (int r = 0; r < REPEATS; r++) {
        for (int i = 0; i < CELLS; i++) value[i] = draw();
        for (int i = 0; i < wide * wide; i++)
            value[(FIRST + i / wide) * SIDE + FIRST + i % wide] += more;
        judge(99999);
        for (int i = 0; i < CELLS; i++) {
            int row = i / SIDE - FIRST, col = i % SIDE - FIRST;
            if (row >= 0 && row < wide && col >= 0 && col < wide)
                for (int level = 1; level <= class_[i]; level++) found[level]++;
            if (class_[i] < 2) continue;
            hot++;
            far += row < -1 || row > wide || col < -1 || col > wide;
        }
    }
    double all = REPEATS * wide * wide / 100.0;
    printf("| %s | %d x %d | +%d | %.0f%% | %.0f%% | %.0f%% | %.1f%% |\n", name, wide, wide, more,
           found[1] / all, found[2] / all, found[3] / all, hot > 0 ? 100 * far / hot : 0);
}

int main(void)
{
    printf("| incidents a square | p <= 0.1 | 0.05 | 0.01 | normal law 0.01 | any square of class "
           "1 | 2 | 3 |\n|---|---|---|---|---|---|---|---|\n");
    chance_alone("0.1, Poisson", few);
    chance_alone("1, Poisson", even);
    chance_alone("5, Poisson", many);
    chance_alone("skewed as police data", skewed);
    printf("\n| others | planted | in each | found, class 1 | 2 | 3 | hot elsewhere |\n"
           "|---|---|---|---|---|---|---|\n");
    static const int plain[][2] = {{1, 32}, {2, 4}, {2, 8}, {3, 1}, {3, 2}, {3, 4}};
    static const int busy[][2] = {{3, 8}, {3, 16}, {3, 32}, {3, 64}};
    for (int k = 0; k < 6; k++) planted("1, Poisson", even, plain[k][0], plain[k][1]);
    for (int k = 0; k < 4; k++) planted("skewed", skewed, busy[k][0], busy[k][1]);
    return 0;
}
