/* Choosing hotspots: a force's year and a nation's, made from a seed. Prints rows of Markdown
 * tables, medians of five; how often chance alone makes a hotspot, and how often one that is
 * planted is found. Link: engine, m, OpenMP.
 *
 *     bench_hotspots [force] [nation] [noise]      all, where none is named
 */
#define _POSIX_C_SOURCE 199309L

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/hotspots/stability.h"
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

typedef struct {
    hot_hotspot_rules rules;
    const char *name;
    uint32_t draws; /* 0 = stability is not asked */
} way;

static void need(hot_status status)
{
    if (status == HOT_OK) return;
    fprintf(stderr, "bench_hotspots: status %d\n", status);
    exit(1);
}

static void run(const hot_hotspot_points *points, const way *w, hot_hotspots *h)
{
    need(hot_hotspots_choose(points, &w->rules, h));
    if (w->draws == 0 || h->n == 0) return;
    hot_stability *s = hot_new(h->n_places, sizeof *s);
    if (!s) exit(1);
    need(hot_hotspots_stability(points, &w->rules, h, w->draws, 1, 0, s));
    hot_free(s);
}

static void measure(const land *l, const way *w)
{
    hot_hotspot_points points = {.n = l->incidents, .x = x, .y = y, .weight = weight};
    hot_hotspots h = {0};
    double took[TIMES], worked[TIMES], held = 0;
    for (int k = 0; k < TIMES; k++) {
        double begin = bench_now();
        clock_t at = clock();
        hot_hotspots_free(&h);
        run(&points, w, &h);
        took[k] = bench_now() - begin;
        worked[k] = (double)(clock() - at) / CLOCKS_PER_SEC;
    }
    for (size_t u = 0; u < h.n; u++) held += h.unit[u].incidents;
    printf("| %s | %zu | %zu %s | %zu | %.1f%% | %.3f s | %.3f s |\n", l->name, l->incidents, h.n,
           w->name, h.n_places, 100 * held / (double)l->incidents, bench_median(took, TIMES),
           bench_median(worked, TIMES));
    fflush(stdout);
    hot_hotspots_free(&h);
}

static void measure_all(const land *l)
{
    const way ways[] = {
        {{.size = 150, .units = l->units}, "discs of 150 m", 0},
        {{.size = 150, .units = l->units, .spacing = 500}, "discs of 150 m, 500 m apart", 0},
        {{.size = 150, .area = 7e4 * (double)l->units, .per_area = true},
         "discs of 150 m, by area added",
         0},
        {{.shape = HOT_HOTSPOT_HEXAGON, .size = 200, .units = l->units}, "hexagons of 200 m", 0},
        {{.size = 150, .units = l->units}, "discs of 150 m, stability by 15 draws", 15},
    };
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++)
        if (ways[k].draws == 0 || l->incidents < 1000000) measure(l, &ways[k]);
}

static void measure_land(const land *l)
{
    x = hot_new_raw(l->incidents, sizeof *x);
    y = hot_new_raw(l->incidents, sizeof *y);
    weight = hot_new_raw(l->incidents, sizeof *weight);
    if (!x || !y || !weight) exit(1);
    make(l);
    measure_all(l);
    hot_free(x);
    hot_free(y);
    hot_free(weight);
}

/* ---- chance, and what is planted ---- */

enum { SETS = 200, MOST = 13000 };

/** How many incidents must a disc have? Even noise of so many in a disc of 150 m, over 10 km by 10
 * km: the share of sets in which any disc has that many, or more. Of one where so many more were
 *  planted within 50 m: whether the first disc is there. */
static void try_noise(double a_disc)
{
    const double side = 10000, planted_at = 5030;
    size_t n = (size_t)(a_disc * side * side / 70685.8), most[SETS];
    static double at_x[MOST], at_y[MOST];
    hot_hotspot_points points = {.n = n, .x = at_x, .y = at_y};
    const hot_hotspot_rules one = {.size = 150, .units = 1};
    for (int s = 0; s < SETS; s++) {
        hot_hotspots h = {0};
        for (size_t i = 0; i < n; i++)
            at_x[i] = side * bench_uniform(), at_y[i] = side * bench_uniform();
        need(hot_hotspots_choose(&points, &one, &h));
        most[s] = h.unit[0].incidents;
        hot_hotspots_free(&h);
    }
    size_t least = 0;
    for (size_t over = SETS; 20 * over > SETS; least++) {
        over = 0;
        for (int s = 0; s < SETS; s++) over += most[s] > least;
    }
    printf("| %.1f | %zu | %zu |", a_disc, n, least);
    for (int share = 1; share <= 4; share++) {
        size_t more = least * (size_t)share / 4, found = 0;
        for (int s = 0; s < SETS; s++) {
            hot_hotspots h = {0};
            for (size_t i = 0; i < n + more; i++) {
                bool planted = i >= n;
                at_x[i] =
                    planted ? planted_at + 50 * (bench_uniform() - 0.5) : side * bench_uniform();
                at_y[i] =
                    planted ? planted_at + 50 * (bench_uniform() - 0.5) : side * bench_uniform();
            }
            points.n = n + more;
            hot_hotspot_rules rules = one;
            rules.least = (uint32_t)least;
            need(hot_hotspots_choose(&points, &rules, &h));
            if (h.n) found += hypot(h.unit[0].x - planted_at, h.unit[0].y - planted_at) < 150;
            hot_hotspots_free(&h);
        }
        points.n = n;
        printf(" %zu: %.0f%% |", more, 100. * (double)found / SETS);
    }
    printf("\n");
}

static bool is_asked(int argc, char **argv, const char *what)
{
    bool asked = argc == 1;
    for (int a = 1; a < argc; a++) asked |= strcmp(argv[a], what) == 0;
    return asked;
}

int main(int argc, char **argv)
{
    static const land lands[] = {{"force", 52005, 15000, 60, 60000, 80000, 20},
                                 {"nation", 4000000, 1000000, 4000, 350000, 550000, 1000}};
    printf("| | incidents | chosen | places | incidents held | time | processor |\n"
           "|---|---|---|---|---|---|---|\n");
    for (size_t k = 0; k < sizeof lands / sizeof *lands; k++)
        if (is_asked(argc, argv, lands[k].name)) measure_land(&lands[k]);
    if (!is_asked(argc, argv, "noise")) return 0;
    printf("\n| incidents a disc, on average | in all | a disc has so many or more in 5%% of the "
           "sets at most | "
           "planted: found | | | |\n|---|---|---|---|---|---|---|\n");
    const double means[] = {0.1, 0.5, 2, 8};
    for (size_t k = 0; k < sizeof means / sizeof *means; k++) try_noise(means[k]);
    return 0;
}
