/* How long does putting coordinates in place take: each distinct place once, as hotbeat does it,
 * and every row through PROJ alone?
 *
 * WGS 84 to the British National Grid; medians of five, and how long each takes to get ready.
 * "Apart" is the greatest distance between the two answers for one place.
 *
 *     bench_place [PLACES [ROWS]]        default: 20000 1000000 */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <proj.h>
#include <stdio.h>

#include "layers/read/place.h"
#include "tests/bench/draws.h"

enum { RUNS = 5 };

typedef struct {
    double *x, *y;
    size_t n;
} many;

static many many_of(size_t n)
{
    many m = {malloc(n * sizeof *m.x), malloc(n * sizeof *m.y), n};
    if (m.x && m.y) return m;
    exit(2);
}

/* Row i stands on place i modulo `places`. */
static void fill(many m, size_t places)
{
    for (size_t i = 0; i < m.n; i++) {
        m.x[i] = -2.2 + 0.57 * bench_of(2 * (i % places));
        m.y[i] = 51.2 + 0.36 * bench_of(2 * (i % places) + 1);
    }
}

/* The first point counts as getting ready: PROJ makes its operations when they are first wanted. */
static double by_hotbeat(many m, double *ready)
{
    double took[RUNS], x = -2, y = 51.3, begun = bench_now();
    hot_place *place;
    hot_place_rules rules = {0};
    hot_error error;
    if (hot_place_new(4326, 27700, &rules, &place, &error) != HOT_OK) {
        fprintf(stderr, "%s\n", error.text);
        exit(2);
    }
    hot_place_points(place, &x, &y, 1);
    *ready = bench_now() - begun;
    for (int run = 0; run < RUNS; run++) {
        fill(m, m.n);
        begun = bench_now();
        hot_place_points(place, m.x, m.y, m.n);
        took[run] = bench_now() - begun;
    }
    hot_place_free(place);
    return bench_median(took, RUNS);
}

static void through(PJ *pj, double *x, double *y, size_t n)
{
    proj_trans_generic(pj, PJ_FWD, x, sizeof *x, n, y, sizeof *y, n, NULL, 0, 0, NULL, 0, 0);
}

static double by_proj(many m, size_t places, double *ready)
{
    double took[RUNS], x = -2, y = 51.3, begun = bench_now();
    PJ *plain = proj_create_crs_to_crs(NULL, "EPSG:4326", "EPSG:27700", NULL);
    PJ *pj = plain ? proj_normalize_for_visualization(NULL, plain) : NULL;
    if (!pj) exit(2);
    through(pj, &x, &y, 1);
    *ready = bench_now() - begun;
    for (int run = 0; run < RUNS; run++) {
        fill(m, places);
        begun = bench_now();
        through(pj, m.x, m.y, m.n);
        took[run] = bench_now() - begun;
    }
    proj_destroy(pj);
    proj_destroy(plain);
    return bench_median(took, RUNS);
}

int main(int argc, char **argv)
{
    size_t places = argc > 1 ? strtoull(argv[1], NULL, 10) : 20000;
    size_t rows = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000;
    if (places < 1 || rows < places) return 2;
    many ours = many_of(places), theirs = many_of(rows);
    double ready, proj_ready, apart = 0;
    double each = by_proj(theirs, places, &proj_ready), once = by_hotbeat(ours, &ready);
    for (size_t i = 0; i < places; i++)
        apart = fmax(apart, hypot(ours.x[i] - theirs.x[i], ours.y[i] - theirs.y[i]));
    printf("ready %.6f once %.6f proj_ready %.6f each %.6f apart %.3g\n", ready, once, proj_ready,
           each, apart);
    return 0;
}
