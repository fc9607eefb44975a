/** @file made_points.h
 *  Incidents made from a seed, for the tests of hotspots.
 */
#ifndef HOT_TESTS_MADE_POINTS_H
#define HOT_TESTS_MADE_POINTS_H

#include "tests/check.h"

#include <stdbool.h>

#include "engine/hotspots/hotspots.h"

enum { MOST = 4000 };

static double px[MOST], py[MOST], weight[MOST];
static uint32_t count[MOST];
static uint8_t left_out[MOST];
static size_t n;

static uint64_t state;

static inline double uniform(void)
{
    state += 0x9e3779b97f4a7c15u;
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static inline int below(int most)
{
    return (int)(uniform() * most);
}

static inline void start(uint64_t seed)
{
    state = seed;
    n = 0;
    memset(left_out, 0, sizeof left_out);
}

static inline void add(double x, double y, uint32_t incidents, double heavy)
{
    px[n] = x;
    py[n] = y;
    count[n] = incidents;
    weight[n++] = heavy;
}

/** Whole metres, weights in eighths: every sum is exact. */
static inline void scatter(size_t points, int wide, int high)
{
    for (size_t k = 0; k < points; k++) {
        uint32_t incidents = 1 + (uint32_t)below(3);
        add(300000 + below(wide), 150000 + below(high), incidents,
            incidents * (uint32_t)(1 + below(8)) / 8.);
    }
}

static inline hot_hotspot_points points(void)
{
    return (hot_hotspot_points){n, px, py, weight, count, left_out};
}

static inline hot_hotspots chosen(const hot_hotspot_rules *rules)
{
    hot_hotspots h = {0};
    hot_hotspot_points p = points();
    assert_int_equal(hot_hotspots_choose(&p, rules, &h), HOT_OK);
    assert_true(h.n_points == n);
    return h;
}

static inline double covered(const hot_hotspots *h)
{
    double sum = 0;
    for (size_t u = 0; u < h->n; u++) sum += h->unit[u].area;
    return sum;
}

#endif
