#include "engine/repeats/places.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"

static const uint32_t NONE = UINT32_MAX;

/** A place with a key. */
typedef struct {
    const char *text;
    uint32_t point, key;
} keyed;

/** A point among those of one column of the grid. */
typedef struct {
    int64_t north;
    uint32_t point;
} in_column;

typedef struct {
    const uint32_t *point, *key; /* [n] of the incidents */
    size_t n;
    int threads;
    const double *x, *y;
    double grid;
    uint32_t points, words;
    uint32_t *of_point; /* [points] first the lowest point of the same square, then the place; NONE
                           where no incident without a key lies */
    uint32_t *of_key;   /* [words] first the lowest point, then the place */
    in_column *column;  /* [points] */
    keyed *keyed;
    size_t n_keyed;
} search;

static void search_free(search *s)
{
    hot_free(s->of_point);
    hot_free(s->of_key);
    hot_free(s->column);
    hot_free(s->keyed);
}

static hot_status search_new(search *s)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->point[i] >= s->points) s->points = s->point[i] + 1;
        if (s->key[i] >= s->words) s->words = s->key[i] + 1;
    }
    s->of_point = hot_new_raw(s->points, sizeof *s->of_point);
    s->of_key = hot_new_raw(s->words, sizeof *s->of_key);
    s->column = hot_new_raw(s->points, sizeof *s->column);
    if (!s->of_point || !s->of_key || !s->column) return HOT_MEMORY;
    memset(s->of_point, 0xff, s->points * sizeof *s->of_point);
    memset(s->of_key, 0xff, s->words * sizeof *s->of_key);
    for (size_t i = 0; i < s->n; i++) {
        uint32_t point = s->point[i], key = s->key[i];
        if (!key)
            s->of_point[point] = point;
        else if (point < s->of_key[key])
            s->of_key[key] = point;
    }
    return HOT_OK;
}

/* ---- without a key ---- */

static int by_north(const void *a, const void *b)
{
    const in_column *p = a, *q = b;
    if (p->north != q->north) return p->north < q->north ? -1 : 1;
    return p->point < q->point ? -1 : p->point > q->point;
}

static void sort_column(in_column *c, size_t n)
{
    enum { FEW = 12 };
    if (n > FEW) {
        qsort(c, n, sizeof *c, by_north);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        in_column moving = c[i];
        size_t at = i;
        for (; at && by_north(&moving, &c[at - 1]) < 0; at--) c[at] = c[at - 1];
        c[at] = moving;
    }
}

/** Points of one column of the grid: those of one square are given the lowest of them. */
static void join_column(search *s, in_column *c, size_t n)
{
    if (n < 2) return;
    for (size_t k = 0; k < n; k++) c[k].north = llround(s->y[c[k].point] / s->grid);
    sort_column(c, n);
    for (size_t k = 1, lowest = 0; k < n; k++) {
        if (c[k].north != c[lowest].north) lowest = k;
        s->of_point[c[k].point] = c[lowest].point;
    }
}

static int64_t column_of(const search *s, uint32_t p)
{
    return llround(s->x[p] / s->grid);
}

/** The first point from `p` on that begins a column. */
static uint32_t column_start(const search *s, uint64_t p)
{
    if (p == 0 || p >= s->points) return p ? s->points : 0;
    uint32_t low = (uint32_t)p, high = s->points;
    int64_t before = column_of(s, low - 1);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (column_of(s, middle) == before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** Points are in the order of x, so those of one column of the grid stand side by side. */
static void join_points(search *s, uint32_t from, uint32_t to)
{
    in_column *list = s->column + from;
    size_t n = 0;
    int64_t column = 0;
    for (uint32_t p = from; p < to; p++) {
        if (s->of_point[p] == NONE) continue;
        int64_t east = column_of(s, p);
        if (n && east != column) {
            join_column(s, list, n);
            n = 0;
        }
        column = east;
        list[n++].point = p;
    }
    join_column(s, list, n);
}

/** Blocks of points side by side; each ends where a column does. */
static void join_all(search *s)
{
    enum { BLOCK = 1 << 15 };
#pragma omp parallel for schedule(dynamic) num_threads(hot_threads(s->threads))
    for (uint64_t p = 0; p < s->points; p += BLOCK)
        join_points(s, column_start(s, p), column_start(s, p + BLOCK));
}

/* ---- with a key ---- */

static int by_point(const void *a, const void *b)
{
    const keyed *p = a, *q = b;
    if (p->point != q->point) return p->point < q->point ? -1 : 1;
    return strcmp(p->text, q->text);
}

static hot_status list_keyed(search *s, const char *const *key_text)
{
    size_t n = 0;
    for (uint32_t key = 0; key < s->words; key++) n += s->of_key[key] != NONE;
    s->keyed = hot_new_raw(n, sizeof *s->keyed);
    if (!s->keyed) return HOT_MEMORY;
    for (uint32_t key = 0; key < s->words; key++)
        if (s->of_key[key] != NONE)
            s->keyed[s->n_keyed++] = (keyed){key_text[key], s->of_key[key], key};
    qsort(s->keyed, n, sizeof *s->keyed, by_point);
    return HOT_OK;
}

/* ---- all ---- */

static hot_status places_new(const search *s, hot_places *places)
{
    size_t n = s->n_keyed;
    for (uint32_t p = 0; p < s->points; p++) n += s->of_point[p] == p;
    places->point = hot_new_raw(n, sizeof *places->point);
    places->key = hot_new_raw(n, sizeof *places->key);
    if (places->point && places->key) return HOT_OK;
    hot_places_free(places);
    return HOT_MEMORY;
}

static uint32_t add_place(hot_places *places, uint32_t point, uint32_t key)
{
    places->point[places->n] = point;
    places->key[places->n] = key;
    return (uint32_t)places->n++;
}

/** Number the places in their order. */
static void number_places(search *s, hot_places *places)
{
    size_t k = 0;
    for (uint32_t p = 0; p < s->points; p++) {
        uint32_t lowest = s->of_point[p]; /* which is numbered by now, if it is another one */
        if (lowest == p)
            s->of_point[p] = add_place(places, p, 0);
        else if (lowest != NONE)
            s->of_point[p] = s->of_point[lowest];
        for (; k < s->n_keyed && s->keyed[k].point == p; k++)
            s->of_key[s->keyed[k].key] = add_place(places, p, s->keyed[k].key);
    }
}

hot_status hot_places_find(const uint32_t *point, const uint32_t *key, size_t n, int threads,
                           const char *const *key_text, const double *x, const double *y,
                           double tolerance, uint32_t *place, hot_places *places)
{
    if (!(tolerance >= 0)) return HOT_DOMAIN;
    search s = {.point = point, .key = key, .n = n, .threads = threads, .x = x, .y = y};
    hot_places found = {0};
    s.grid = tolerance > 0.01 ? tolerance : 0.01;
    hot_status status = search_new(&s);
    if (status == HOT_OK) join_all(&s);
    if (status == HOT_OK) status = list_keyed(&s, key_text);
    if (status == HOT_OK) status = places_new(&s, &found);
    if (status == HOT_OK) {
        number_places(&s, &found);
#pragma omp parallel for schedule(static) num_threads(hot_threads(threads))
        for (size_t i = 0; i < n; i++) place[i] = key[i] ? s.of_key[key[i]] : s.of_point[point[i]];
        *places = found;
    }
    search_free(&s);
    return status;
}

void hot_places_free(hot_places *places)
{
    hot_free(places->point);
    hot_free(places->key);
    *places = (hot_places){0};
}
