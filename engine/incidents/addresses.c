#include "engine/incidents/addresses.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SQUARE = 100 }; /* m */

/** A square in which a key has incidents. */
typedef struct {
    uint32_t key;
    int64_t east, north; /* squares from the origin */
    size_t joined;       /* a square of the same place that stands before it, or itself */
} square;

typedef struct {
    square *list;
    size_t n;
} squares;

static int by_key(const void *a, const void *b)
{
    const square *p = a, *q = b;
    if (p->key != q->key) return p->key < q->key ? -1 : 1;
    if (p->east != q->east) return p->east < q->east ? -1 : 1;
    return p->north < q->north ? -1 : p->north > q->north;
}

static square square_of(const hot_incidents *t, const hot_points *p, size_t i)
{
    uint32_t point = t->point[i];
    return (square){t->key[i], (int64_t)floor(p->x[point] / SQUARE),
                    (int64_t)floor(p->y[point] / SQUARE), 0};
}

static bool is_address(const hot_incidents *t, size_t i)
{
    return t->key_is_address[i] && t->key[i] && t->point[i] != UINT32_MAX;
}

/** Every square once, in order. */
static hot_status collect(const hot_incidents *t, const hot_points *p, squares *s)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) n += is_address(t, i);
    s->list = hot_new_raw(n, sizeof *s->list);
    if (!s->list) return HOT_MEMORY;
    n = 0;
    for (size_t i = 0; i < t->n; i++)
        if (is_address(t, i)) s->list[n++] = square_of(t, p, i);
    qsort(s->list, n, sizeof *s->list, by_key);
    for (size_t k = 0; k < n; k++)
        if (s->n == 0 || by_key(&s->list[s->n - 1], &s->list[k]) != 0)
            s->list[s->n++] = s->list[k];
    for (size_t k = 0; k < s->n; k++) s->list[k].joined = k;
    return HOT_OK;
}

/** The place of a square: the first of those it is joined with. */
static size_t place_of(squares *s, size_t k)
{
    while (s->list[k].joined != k) {
        s->list[k].joined = s->list[s->list[k].joined].joined;
        k = s->list[k].joined;
    }
    return k;
}

static void join_with(squares *s, size_t k, int64_t east, int64_t north)
{
    square wanted = {s->list[k].key, s->list[k].east + east, s->list[k].north + north, 0};
    const square *there = bsearch(&wanted, s->list, s->n, sizeof *s->list, by_key);
    if (!there) return;
    size_t a = place_of(s, k), b = place_of(s, (size_t)(there - s->list));
    if (a < b) s->list[b].joined = a;
    else s->list[a].joined = b;
}

/** Squares that touch are one place; half of the neighbours are enough, the others look back. */
static void join_touching(squares *s)
{
    for (size_t k = 0; k < s->n; k++) {
        join_with(s, k, 0, 1);
        for (int64_t north = -1; north <= 1; north++) join_with(s, k, 1, north);
    }
}

static hot_status part_key(hot_incidents *t, const square *place, uint32_t *key)
{
    const char *address = hot_incidents_word(t, place->key);
    size_t room = strlen(address) + 64;
    char *text = hot_new_raw(room, 1);
    if (!text) return HOT_MEMORY;
    int n = snprintf(text, room, "%s @ %lld,%lld", address, (long long)place->east * SQUARE,
                     (long long)place->north * SQUARE);
    hot_status status = hot_words_add(&t->words, text, (size_t)n, key);
    hot_free(text);
    return status;
}

/** Keys of every square's place: their own where the address is in one place alone. */
static hot_status name_places(hot_incidents *t, squares *s, uint32_t *key)
{
    for (size_t first = 0, after; first < s->n; first = after) {
        bool several = false;
        for (after = first; after < s->n && s->list[after].key == s->list[first].key; after++)
            several = several || place_of(s, after) != place_of(s, first);
        for (size_t k = first; k < after; k++) {
            size_t place = place_of(s, k);
            key[k] = s->list[k].key;
            if (several && place != k) key[k] = key[place];
            else if (several) HOT_TRY(part_key(t, &s->list[k], &key[k]));
        }
    }
    return HOT_OK;
}

static void set_keys(hot_incidents *t, const hot_points *p, const squares *s, const uint32_t *key)
{
    for (size_t i = 0; i < t->n && s->n; i++) {
        if (!is_address(t, i)) continue;
        square wanted = square_of(t, p, i);
        const square *there = bsearch(&wanted, s->list, s->n, sizeof *s->list, by_key);
        t->key[i] = key[there - s->list];
    }
}

hot_status hot_addresses_part(hot_incidents *t, const hot_points *points)
{
    squares s = {0};
    uint32_t *key = NULL;
    hot_status status = collect(t, points, &s);
    if (status == HOT_OK) {
        join_touching(&s);
        key = hot_new_raw(s.n, sizeof *key);
        status = key ? name_places(t, &s, key) : HOT_MEMORY;
    }
    if (status == HOT_OK) set_keys(t, points, &s, key);
    hot_free(s.list);
    hot_free(key);
    return status;
}
