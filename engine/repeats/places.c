#include "engine/repeats/places.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/base/words.h"

/** What a place is known by: a key, or a square of the grid. It is compared and hashed as bytes, so
 *  it has no padding. */
typedef struct {
    int64_t east, north;
    uint64_t key;
} token;

/** A place while places are being found. */
typedef struct {
    token known_by;
    const char *text;
    uint32_t point, was;
} found;

typedef struct {
    found *list;
    size_t n, slots;
    uint32_t *slot; /* number + 1; 0 = free */
    double grid;
    uint64_t seed;
} search;

static uint32_t place_of(search *s, token t, const char *text, uint32_t point)
{
    size_t at = (size_t)hot_hash(&t, sizeof t, s->seed) & (s->slots - 1);
    for (; s->slot[at]; at = (at + 1) & (s->slots - 1)) {
        found *f = &s->list[s->slot[at] - 1];
        if (memcmp(&f->known_by, &t, sizeof t) != 0) continue;
        if (point < f->point) f->point = point;
        return s->slot[at] - 1;
    }
    uint32_t number = (uint32_t)s->n++;
    s->list[number] = (found){.known_by = t, .text = text, .point = point, .was = number};
    s->slot[at] = number + 1;
    return number;
}

/** Incidents without a key: the place follows from the point, so each point is looked at once. */
static hot_status find_by_point(search *s, const uint32_t *point, const uint32_t *key, size_t n,
                                const double *x, const double *y, uint32_t *place)
{
    uint32_t points = 0;
    for (size_t i = 0; i < n; i++)
        if (point[i] >= points) points = point[i] + 1;
    uint8_t *used = hot_new(points, 1);
    uint32_t *of_point = hot_new_raw(points, sizeof *of_point);
    hot_status status = used && of_point ? HOT_OK : HOT_MEMORY;
    for (size_t i = 0; i < n && status == HOT_OK; i++)
        if (!key[i]) used[point[i]] = 1;
    for (uint32_t p = 0; p < points && status == HOT_OK; p++) {
        if (!used[p]) continue;
        token t = {.east = llround(x[p] / s->grid), .north = llround(y[p] / s->grid)};
        of_point[p] = place_of(s, t, "", p);
    }
    for (size_t i = 0; i < n && status == HOT_OK; i++)
        if (!key[i]) place[i] = of_point[point[i]];
    hot_free(used);
    hot_free(of_point);
    return status;
}

static void find_by_key(search *s, const uint32_t *point, const uint32_t *key, size_t n,
                        const char *const *key_text, uint32_t *place)
{
    for (size_t i = 0; i < n; i++)
        if (key[i]) place[i] = place_of(s, (token){.key = key[i]}, key_text[key[i]], point[i]);
}

static int by_point(const void *a, const void *b)
{
    const found *p = a, *q = b;
    if (p->point != q->point) return p->point < q->point ? -1 : 1;
    return strcmp(p->text, q->text);
}

/** Number the places in their order. */
static hot_status settle(search *s, uint32_t *place, size_t n, hot_places *places)
{
    uint32_t *now = hot_new_raw(s->n, sizeof *now);
    hot_places p = {.n = s->n,
                    .point = hot_new_raw(s->n, sizeof *p.point),
                    .key = hot_new_raw(s->n, sizeof *p.key)};
    if (!now || !p.point || !p.key) {
        hot_free(now);
        hot_places_free(&p);
        return HOT_MEMORY;
    }
    size_t ordered = s->n ? 1 : 0; /* they are, where no place has a key */
    while (ordered < s->n && by_point(&s->list[ordered - 1], &s->list[ordered]) <= 0) ordered++;
    if (ordered < s->n) qsort(s->list, s->n, sizeof *s->list, by_point);
    for (size_t k = 0; k < s->n; k++) {
        now[s->list[k].was] = (uint32_t)k;
        p.point[k] = s->list[k].point;
        p.key[k] = (uint32_t)s->list[k].known_by.key;
    }
    for (size_t i = 0; i < n; i++) place[i] = now[place[i]];
    hot_free(now);
    *places = p;
    return HOT_OK;
}

hot_status hot_places_find(const uint32_t *point, const uint32_t *key, size_t n,
                           const char *const *key_text, const double *x, const double *y,
                           double tolerance, uint32_t *place, hot_places *places)
{
    if (!(tolerance >= 0)) return HOT_DOMAIN;
    search s = {.slots = 64, .grid = tolerance > 0.01 ? tolerance : 0.01, .seed = hot_hash_seed()};
    while (s.slots < n * 2) s.slots *= 2;
    s.list = hot_new_raw(n, sizeof *s.list);
    s.slot = hot_new(s.slots, sizeof *s.slot);
    uint32_t *mine = hot_new_raw(n, sizeof *mine);
    hot_status status = s.list && s.slot && mine ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) status = find_by_point(&s, point, key, n, x, y, mine);
    if (status == HOT_OK) find_by_key(&s, point, key, n, key_text, mine);
    if (status == HOT_OK) status = settle(&s, mine, n, places);
    if (status == HOT_OK && n) memcpy(place, mine, n * sizeof *place);
    hot_free(s.list);
    hot_free(s.slot);
    hot_free(mine);
    return status;
}

void hot_places_free(hot_places *places)
{
    hot_free(places->point);
    hot_free(places->key);
    *places = (hot_places){0};
}
