/* Choosing hotspots: a force's year and a nation's, made from a seed. Prints rows of a Markdown
 * table: medians of five. Link: engine, m, OpenMP.
 *
 *     bench_hotspots [force] [nation]      both, where none is named
 */
#define _POSIX_C_SOURCE 199309L

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/hotspots/hotspots.h"
#include "tests/bench/draws.h"

enum { TIMES = 5 };

typedef struct {
    const char *name;
    size_t incidents, places, towns;
    double wide, high; /* m */
    size_t units;
} land;

typedef struct {
    double x, y, reach;
} town;

static double *x, *y, *weight;
static town towns[20000];

/** The more places a town has the wider it is; half of all places are in a tenth of the towns. */
static void make_towns(const land *l)
{
    for (size_t k = 0; k < l->towns; k++)
        towns[k] = (town){300000 + l->wide * bench_uniform(), 100000 + l->high * bench_uniform(),
                          8000 / sqrt(1 + (double)k / 4)};
}

/** A place, in whole metres: most in a town, few where nobody lives. */
static void make_place(const land *l, double *at_x, double *at_y)
{
    double u = bench_uniform();
    const town *t = &towns[(size_t)((double)l->towns * u * u * u)];
    bool rural = bench_uniform() < 0.1;
    *at_x = rural ? 300000 + l->wide * bench_uniform() : t->x + t->reach * bench_normal() / 2;
    *at_y = rural ? 100000 + l->high * bench_uniform() : t->y + t->reach * bench_normal() / 2;
    *at_x = floor(*at_x);
    *at_y = floor(*at_y);
}

/** Few places have many incidents; ages are those of twelve months, the half-life is six. */
static void make(const land *l)
{
    double *place_x = hot_new_raw(l->places, sizeof *x),
           *place_y = hot_new_raw(l->places, sizeof *y);
    if (!place_x || !place_y) exit(1);
    make_towns(l);
    for (size_t p = 0; p < l->places; p++) make_place(l, &place_x[p], &place_y[p]);
    for (size_t i = 0; i < l->incidents; i++) {
        double u = bench_uniform();
        size_t p = i < l->places ? i : (size_t)((double)l->places * u * u * u);
        x[i] = place_x[p];
        y[i] = place_y[p];
        weight[i] = pow(0.5, floor(12 * bench_uniform()) / 6);
    }
    hot_free(place_x);
    hot_free(place_y);
}

static void measure(const land *l, hot_hotspot_shape shape, double size, double spacing)
{
    static const char *const names[] = {"discs", "hexagons"};
    hot_hotspot_points points = {.n = l->incidents, .x = x, .y = y, .weight = weight};
    hot_hotspot_rules rules = {.shape = shape, .size = size, .units = l->units, .spacing = spacing};
    hot_hotspots h = {0};
    double took[TIMES], worked[TIMES], held = 0;
    for (int k = 0; k < TIMES; k++) {
        double begin = bench_now();
        clock_t at = clock();
        hot_hotspots_free(&h);
        if (hot_hotspots_choose(&points, &rules, &h) != HOT_OK) exit(1);
        took[k] = bench_now() - begin;
        worked[k] = (double)(clock() - at) / CLOCKS_PER_SEC;
    }
    for (size_t u = 0; u < h.n; u++) held += h.unit[u].incidents;
    printf("| %s | %zu | %zu %s of %.0f m, %.0f m apart | %zu | %.1f%% | %.3f s | %.3f s |\n",
           l->name, l->incidents, h.n, names[shape], size, spacing, h.n_places,
           100 * held / (double)l->incidents, bench_median(took, TIMES),
           bench_median(worked, TIMES));
    hot_hotspots_free(&h);
}

int main(int argc, char **argv)
{
    static const land lands[] = {{"force", 52005, 15000, 60, 60000, 80000, 20},
                                 {"nation", 4000000, 1000000, 4000, 350000, 550000, 1000}};
    printf("| | incidents | chosen | places | incidents held | time | processor |\n"
           "|---|---|---|---|---|---|---|\n");
    for (size_t k = 0; k < 2; k++) {
        const land *l = &lands[k];
        bool asked = argc == 1;
        for (int a = 1; a < argc; a++) asked |= strcmp(argv[a], l->name) == 0;
        if (!asked) continue;
        x = hot_new_raw(l->incidents, sizeof *x);
        y = hot_new_raw(l->incidents, sizeof *y);
        weight = hot_new_raw(l->incidents, sizeof *weight);
        if (!x || !y || !weight) return 1;
        make(l);
        measure(l, HOT_HOTSPOT_DISC, 150, 0);
        measure(l, HOT_HOTSPOT_DISC, 150, 500);
        measure(l, HOT_HOTSPOT_HEXAGON, 200, 0);
        hot_free(x);
        hot_free(y);
        hot_free(weight);
    }
    return 0;
}
