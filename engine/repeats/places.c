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

static token token_of(const search *s, uint32_t key, double x, double y)
{
    token t = {.key = key};
    if (key) return t;
    t.east = (int64_t)llround(x / s->grid);
    t.north = (int64_t)llround(y / s->grid);
    return t;
}

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
    qsort(s->list, s->n, sizeof *s->list, by_point);
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
    for (size_t i = 0; i < n && status == HOT_OK; i++) {
        token t = token_of(&s, key[i], x[point[i]], y[point[i]]);
        mine[i] = place_of(&s, t, key[i] ? key_text[key[i]] : "", point[i]);
    }
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
