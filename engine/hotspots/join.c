#include "engine/hotspots/join.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "engine/base/memory.h"

/** A centre, or an end of a street, and the unit that it is of. */
typedef struct {
    double x, y;
    uint32_t unit;
} mark;

/* ---- which units are joined: each leads to an earlier one, or to itself ---- */

static uint32_t leader_of(uint32_t *leader, uint32_t unit)
{
    while (leader[unit] != unit) unit = leader[unit] = leader[leader[unit]];
    return unit;
}

static void unite(uint32_t *leader, uint32_t a, uint32_t b)
{
    a = leader_of(leader, a);
    b = leader_of(leader, b);
    if (a < b)
        leader[b] = a;
    else
        leader[a] = b;
}

static int by_position(const void *a, const void *b)
{
    const mark *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    if (p->y != q->y) return p->y < q->y ? -1 : 1;
    return (p->unit > q->unit) - (p->unit < q->unit);
}

static void unite_near(mark *at, size_t n, double reach, uint32_t *leader)
{
    qsort(at, n, sizeof *at, by_position);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n && at[j].x - at[i].x <= reach; j++) {
            double dx = at[j].x - at[i].x, dy = at[j].y - at[i].y;
            if (dx * dx + dy * dy <= reach * reach) unite(leader, at[i].unit, at[j].unit);
        }
}

/** The ends of every line of a street.
 *  @param at  NULL: only counted */
static size_t list_ends(const hot_shapes *s, const hot_hotspots *h, mark *at)
{
    size_t n = 0;
    for (size_t u = 0; u < h->n; u++) {
        size_t f = (size_t)h->unit[u].name;
        for (size_t p = s->part[f]; p < s->part[f + 1]; p++)
            for (size_t r = s->ring[p]; r < s->ring[p + 1]; r++) {
                size_t first = s->point[r], last = s->point[r + 1];
                if (first == last) continue;
                if (at) {
                    at[n] = (mark){s->x[first], s->y[first], (uint32_t)u};
                    at[n + 1] = (mark){s->x[last - 1], s->y[last - 1], (uint32_t)u};
                }
                n += 2;
            }
    }
    return n;
}

static hot_status find_joined(const hot_hotspot_rules *rules, const hot_hotspots *h,
                              uint32_t *leader)
{
    bool streets = rules->shape == HOT_HOTSPOT_SEGMENT;
    size_t n = streets ? list_ends(rules->streets, h, NULL) : h->n;
    double apart = streets ? 0 : rules->shape == HOT_HOTSPOT_DISC ? 2 : sqrt(3);
    mark *at = hot_new_raw(n, sizeof *at);
    if (!at) return HOT_MEMORY;
    for (uint32_t u = 0; u < h->n; u++) {
        leader[u] = u;
        if (!streets) at[u] = (mark){h->unit[u].x, h->unit[u].y, u};
    }
    if (streets) list_ends(rules->streets, h, at);
    unite_near(at, n, apart * rules->size * (1 + 1e-9), leader);
    hot_free(at);
    return HOT_OK;
}

/* ---- places ---- */

static void add_up(hot_hotspots *h, uint32_t *leader)
{
    h->n_places = 0;
    for (uint32_t u = 0; u < h->n; u++) {
        hot_hotspot_unit *unit = &h->unit[u];
        uint32_t first = leader_of(leader, u);
        unit->place = first == u ? (int32_t)h->n_places++ : h->unit[first].place;
        hot_hotspot_place *place = &h->place[unit->place];
        if (first == u) *place = (hot_hotspot_place){.first = u};
        place->weight += unit->weight;
        place->incidents += unit->incidents;
        place->area += unit->area;
        place->units++;
    }
}

static int by_weight(const void *a, const void *b)
{
    const hot_hotspot_place *p = a, *q = b;
    if (p->weight != q->weight) return p->weight > q->weight ? -1 : 1;
    if (p->incidents != q->incidents) return p->incidents > q->incidents ? -1 : 1;
    return (p->first > q->first) - (p->first < q->first);
}

static void number_places(hot_hotspots *h, uint32_t *leader)
{
    qsort(h->place, h->n_places, sizeof *h->place, by_weight);
    for (size_t p = 0; p < h->n_places; p++) h->unit[h->place[p].first].place = (int32_t)p;
    for (uint32_t u = 0; u < h->n; u++) h->unit[u].place = h->unit[leader_of(leader, u)].place;
}

hot_status hot_join(const hot_hotspot_rules *rules, hot_hotspots *hotspots)
{
    uint32_t *leader = hot_new_raw(hotspots->n, sizeof *leader);
    hotspots->place = hot_new_raw(hotspots->n, sizeof *hotspots->place);
    hot_status status = leader && hotspots->place ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) status = find_joined(rules, hotspots, leader);
    if (status == HOT_OK) {
        add_up(hotspots, leader);
        number_places(hotspots, leader);
    } else {
        hot_free(hotspots->place);
        hotspots->place = NULL;
    }
    hot_free(leader);
    return status;
}
