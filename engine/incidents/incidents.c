#include "engine/incidents/incidents.h"

#include <math.h>
#include <string.h>

#include "engine/base/parallel.h"
#include "engine/incidents/first.h"
#include "engine/space/radix.h"

hot_status hot_incidents_reserve(hot_incidents *t, size_t rows)
{
    size_t room = t->room;
    if (rows >= UINT32_MAX) return HOT_MEMORY;
#define COLUMN(type, name)                                                                         \
    room = t->room;                                                                                \
    if (!hot_grow(&t->name, &room, rows, sizeof *t->name)) return HOT_MEMORY;
    HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
    t->room = room;
    return HOT_OK;
}

hot_status hot_incidents_add(hot_incidents *t, size_t *row)
{
    if (t->n == t->room) HOT_TRY(hot_incidents_reserve(t, t->n + 1));
    *row = t->n++;
    return HOT_OK;
}

/** The part's word numbers in the whole's words. */
static hot_status words_joined(hot_words *whole, const hot_words *part, uint32_t *number)
{
    for (size_t k = 0; k < part->n; k++)
        HOT_TRY(hot_words_add(whole, part->text[k], part->length[k], &number[k]));
    return HOT_OK;
}

static void renumber(uint32_t *column, size_t n, const uint32_t *word)
{
    for (size_t i = 0; i < n; i++) column[i] = word[column[i]];
}

/** Rows behind those that are there. */
static hot_status rows_append(hot_incidents *t, const hot_incidents *part, const uint32_t *word)
{
    size_t from = t->n, n = part->n;
    if (from + n > t->room) HOT_TRY(hot_incidents_reserve(t, from + n));
#define COLUMN(type, name) memcpy(t->name + from, part->name, n * sizeof *t->name);
    HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
    renumber(t->type + from, n, word);
    renumber(t->label + from, n, word);
    renumber(t->address + from, n, word);
    renumber(t->key + from, n, word);
    renumber(t->case_ + from, n, word);
    renumber(t->closing + from, n, word);
    t->n += n;
    return HOT_OK;
}

static hot_status append(hot_incidents *t, hot_incidents *part)
{
    uint32_t *word = hot_new(part->words.n ? part->words.n : 1, sizeof *word);
    if (!word) return HOT_MEMORY;
    hot_status status = words_joined(&t->words, &part->words, word);
    if (status == HOT_OK && part->n) status = rows_append(t, part, word);
    hot_free(word);
    if (status != HOT_OK) return status;
    hot_arena_join(&t->texts, &part->texts);
    hot_incidents_free(part);
    return HOT_OK;
}

hot_status hot_incidents_take(hot_incidents *t, hot_incidents *part, uint16_t file)
{
    size_t from = t->n;
    bool empty = t->room == 0 && t->words.n == 0;
    if (!empty) HOT_TRY(append(t, part));
    if (empty) {
        hot_arena_join(&part->texts, &t->texts);
        *t = *part;
        *part = (hot_incidents){0};
    }
    for (size_t i = from; i < t->n; i++) t->file[i] = file;
    return HOT_OK;
}

void hot_incidents_keep(hot_incidents *t, const uint8_t *keep)
{
    size_t to = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (!keep[i]) continue;
#define COLUMN(type, name) t->name[to] = t->name[i];
        HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
        to++;
    }
    t->n = to;
}

void hot_incidents_free(hot_incidents *t)
{
#define COLUMN(type, name) hot_free(t->name);
    HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
    hot_words_free(&t->words);
    hot_arena_free(&t->texts);
    *t = (hot_incidents){0};
}

const char *hot_incidents_word(const hot_incidents *t, uint32_t number)
{
    return number < t->words.n ? t->words.text[number] : "";
}

/* ---- duplicates ---- */

/** What makes two rows with one identifier the same. */
typedef struct {
    double x, y;
    int64_t from;
    uint64_t id;
    uint32_t type, key;
} sameness;

static sameness sameness_of(const hot_incidents *t, size_t i)
{
    sameness s;
    memset(&s, 0, sizeof s);
    s.x = t->x[i] + 0.0; /* -0 is 0 */
    s.y = t->y[i] + 0.0;
    s.from = t->from[i];
    s.id = t->id_hash[i];
    s.type = t->type[i];
    s.key = t->key[i];
    return s;
}

static bool hash_of_row(const void *of, size_t i, uint64_t seed, uint64_t *hash)
{
    const hot_incidents *t = of;
    if (!t->id_hash[i]) return false;
    sameness own = sameness_of(t, i);
    if (t->id[i]) own.id = hot_hash(t->id[i], strlen(t->id[i]), seed);
    *hash = hot_hash(&own, sizeof own, seed);
    return true;
}

static bool rows_same(const void *of, size_t a, size_t b)
{
    const hot_incidents *t = of;
    sameness one = sameness_of(t, a), other = sameness_of(t, b);
    return memcmp(&one, &other, sizeof one) == 0 && t->id[a] && t->id[b] &&
           strcmp(t->id[a], t->id[b]) == 0;
}

hot_status hot_incidents_duplicates(const hot_incidents *t, int threads, uint32_t *first)
{
    hot_alike rows = {.of = t, .n = t->n, .hash = hash_of_row, .same = rows_same};
    return hot_first_alike(&rows, threads, first);
}

/* ---- points ---- */

static bool hash_of_place(const void *of, size_t i, uint64_t seed, uint64_t *hash)
{
    const hot_incidents *t = of;
    double key[3] = {t->x[i] + 0.0, t->y[i] + 0.0, t->coordinates[i]};
    *hash = hot_hash(key, sizeof key, seed);
    return true;
}

static bool places_same(const void *of, size_t a, size_t b)
{
    const hot_incidents *t = of;
    return t->x[a] == t->x[b] && t->y[a] == t->y[b] && t->coordinates[a] == t->coordinates[b];
}

static void fetch_place(const void *of, size_t i)
{
    const hot_incidents *t = of;
    __builtin_prefetch(&t->x[i]);
    __builtin_prefetch(&t->y[i]);
    __builtin_prefetch(&t->coordinates[i]);
}

/** Blocks of rows, numbered side by side: the points that begin in each, then where they go. */
typedef struct {
    int threads;
    size_t blocks;
    uint32_t *start; /* [blocks] */
    uint32_t *first; /* [n] the first row of each row's place, or UINT32_MAX */
} numbering;

enum { ROWS = 1 << 16 };

static size_t rows_end(const hot_incidents *t, size_t block)
{
    return t->n - block * ROWS < ROWS ? t->n : (block + 1) * ROWS;
}

static uint32_t count_firsts(const hot_incidents *t, const numbering *all)
{
    uint32_t n = 0;
    for (size_t b = 0; b < all->blocks; b++) {
        all->start[b] = n;
        for (size_t i = b * ROWS; i < rows_end(t, b); i++) n += all->first[i] == UINT32_MAX;
    }
    return n;
}

/** The points that begin in a block, in the order of their rows. */
static void number_firsts(hot_incidents *t, const numbering *all, size_t block, hot_points *p)
{
    uint32_t k = all->start[block];
    for (size_t i = block * ROWS; i < rows_end(t, block); i++) {
        if (all->first[i] != UINT32_MAX) continue;
        p->x[k] = t->x[i];
        p->y[k] = t->y[i];
        p->coordinates[k] = t->coordinates[i];
        t->point[i] = k++;
    }
}

static void number_rows(hot_incidents *t, const numbering *all, hot_points *p)
{
#pragma omp parallel for schedule(dynamic) num_threads(all->threads)
    for (size_t b = 0; b < all->blocks; b++) number_firsts(t, all, b, p);
#pragma omp parallel for schedule(static) num_threads(all->threads)
    for (size_t i = 0; i < t->n; i++)
        if (all->first[i] != UINT32_MAX) t->point[i] = t->point[all->first[i]];
}

static hot_status collapse(hot_incidents *t, const numbering *all, hot_points *p)
{
    hot_alike rows = {
        .of = t, .n = t->n, .hash = hash_of_place, .same = places_same, .fetch = fetch_place};
    if (!all->start || !all->first) return HOT_MEMORY;
    HOT_TRY(hot_first_alike(&rows, all->threads, all->first));
    p->n = count_firsts(t, all);
    p->x = hot_new_raw(p->n, sizeof *p->x);
    p->y = hot_new_raw(p->n, sizeof *p->y);
    p->coordinates = hot_new_raw(p->n, 1);
    if (!p->x || !p->y || !p->coordinates) return HOT_MEMORY;
    number_rows(t, all, p);
    return HOT_OK;
}

hot_status hot_points_collapse(hot_incidents *t, int threads, hot_points *points)
{
    hot_points p = {0};
    numbering all = {.threads = hot_threads(threads), .blocks = (t->n + ROWS - 1) / ROWS};
    all.start = hot_new_raw(all.blocks, sizeof *all.start);
    all.first = hot_new_raw(t->n, sizeof *all.first);
    hot_status status = collapse(t, &all, &p);
    hot_free(all.start);
    hot_free(all.first);
    if (status == HOT_OK)
        *points = p;
    else
        hot_points_free(&p);
    return status;
}

/* A part of the points that are sorted: those of one stretch of x. */
enum { STRETCHES = 512, STRETCH_BITS = 23 };

/** The points that are finite, and how far they reach. -0 becomes 0, so that equal points are equal
 *  as bytes. */
typedef struct {
    int threads;
    hot_point *at; /* by stretch; the weight is not used */
    uint64_t *order, *spare;
    uint32_t *was; /* [n] of each of `at` */
    double west, scale;
    uint32_t start[STRETCHES + 1];
} sorting;

static bool is_finite(const hot_points *points, size_t k)
{
    return isfinite(points->x[k]) && isfinite(points->y[k]);
}

static size_t points_end(const hot_points *points, size_t block)
{
    return points->n - block * ROWS < ROWS ? points->n : (block + 1) * ROWS;
}

static void measure(const hot_points *points, sorting *s)
{
    double west = INFINITY, east = -INFINITY;
#pragma omp parallel for schedule(static) num_threads(s->threads) reduction(min                    \
                                                                            : west)                \
    reduction(max                                                                                  \
              : east)
    for (size_t k = 0; k < points->n; k++) {
        double x = points->x[k];
        if (!is_finite(points, k)) continue;
        west = x < west ? x : west;
        east = x > east ? x : east;
    }
    s->west = west;
    s->scale = east > west ? UINT32_MAX / (east - west) : 0;
}

/** It rises with x; where the way from west to east is no number, all are one and the slower sort
 *  below tells them apart. */
static uint32_t rising_key(const sorting *s, double x)
{
    double key = (x - s->west) * s->scale;
    return key > 0 ? key < UINT32_MAX ? (uint32_t)key : UINT32_MAX : 0;
}

/** @param next  [STRETCHES] where the block's points of each stretch go */
static void spread_points(const hot_points *points, const sorting *s, size_t block, uint32_t *next)
{
    for (size_t k = block * ROWS; k < points_end(points, block); k++) {
        if (!is_finite(points, k)) continue;
        uint32_t key = rising_key(s, points->x[k]), to = next[key >> STRETCH_BITS]++;
        s->at[to] = (hot_point){points->x[k] + 0.0, points->y[k] + 0.0, 0};
        s->was[to] = (uint32_t)k;
        s->order[to] = (uint64_t)key << 32 | to;
    }
}

static void count_stretches(const hot_points *points, const sorting *s, size_t block,
                            uint32_t *count)
{
    for (size_t k = block * ROWS; k < points_end(points, block); k++)
        if (is_finite(points, k)) count[rising_key(s, points->x[k]) >> STRETCH_BITS]++;
}

/** @param next  [blocks * STRETCHES] zeros */
static void part_by_stretch(const hot_points *points, sorting *s, size_t blocks, uint32_t *next)
{
#pragma omp parallel for schedule(dynamic) num_threads(s->threads)
    for (size_t b = 0; b < blocks; b++) count_stretches(points, s, b, next + b * STRETCHES);
    uint32_t at = 0;
    for (size_t p = 0; p < STRETCHES; p++) {
        s->start[p] = at;
        for (size_t b = 0; b < blocks; b++) {
            uint32_t count = next[b * STRETCHES + p];
            next[b * STRETCHES + p] = at;
            at += count;
        }
    }
    s->start[STRETCHES] = at;
#pragma omp parallel for schedule(dynamic) num_threads(s->threads)
    for (size_t b = 0; b < blocks; b++) spread_points(points, s, b, next + b * STRETCHES);
}

/** Order of x, then y. */
static void sort_points(sorting *s)
{
#pragma omp parallel for schedule(dynamic, 8) num_threads(s->threads)
    for (int p = 0; p < STRETCHES; p++) {
        uint32_t from = s->start[p], n = s->start[p + 1] - from;
        hot_radix_sort(s->order + from, s->spare + from, n, (1u << STRETCH_BITS) - 1);
        hot_points_sort(s->order + from, n, s->at);
    }
}

static bool is_new(const sorting *s, uint32_t k, uint32_t from)
{
    if (k == from) return true;
    const hot_point *own = &s->at[(uint32_t)s->order[k]], *last = &s->at[(uint32_t)s->order[k - 1]];
    return own->x != last->x || own->y != last->y;
}

/** Number the points of a stretch anew, equal ones as one: now[was] = its number. */
static void number_stretch(hot_points *points, const sorting *s, int p, uint32_t next,
                           uint32_t *now)
{
    for (uint32_t k = s->start[p]; k < s->start[p + 1]; k++) {
        uint32_t from = (uint32_t)s->order[k];
        if (is_new(s, k, s->start[p])) {
            points->x[next] = s->at[from].x;
            points->y[next++] = s->at[from].y;
        }
        now[s->was[from]] = next - 1;
    }
}

/** Equal points are in one stretch, so that each can be numbered by itself. */
static void points_numbered(hot_points *points, const sorting *s, uint32_t *now)
{
    uint32_t next[STRETCHES + 1] = {0};
#pragma omp parallel for schedule(dynamic, 8) num_threads(s->threads)
    for (int p = 0; p < STRETCHES; p++) {
        uint32_t n = 0;
        for (uint32_t k = s->start[p]; k < s->start[p + 1]; k++) n += is_new(s, k, s->start[p]);
        next[p + 1] = n;
    }
    for (int p = 0; p < STRETCHES; p++) next[p + 1] += next[p];
#pragma omp parallel for schedule(dynamic, 8) num_threads(s->threads)
    for (int p = 0; p < STRETCHES; p++) number_stretch(points, s, p, next[p], now);
    points->n = next[STRETCHES];
    memset(points->coordinates, HOT_XY, points->n);
}

static void renumber_points(hot_incidents *t, const uint32_t *now, int threads)
{
#pragma omp parallel for schedule(static) num_threads(threads)
    for (size_t i = 0; i < t->n; i++)
        if (t->point[i] != UINT32_MAX) t->point[i] = now[t->point[i]];
}

hot_status hot_points_order(hot_incidents *t, int threads, hot_points *points)
{
    size_t n = points->n;
    sorting s = {.threads = hot_threads(threads),
                 .at = hot_new_raw(n, sizeof *s.at),
                 .was = hot_new_raw(n, sizeof *s.was),
                 .order = hot_new_raw(n, sizeof *s.order),
                 .spare = hot_new_raw(n, sizeof *s.spare)};
    size_t blocks = (n + ROWS - 1) / ROWS;
    uint32_t *now = hot_new_raw(n, sizeof *now);
    uint32_t *next = hot_new(blocks * STRETCHES, sizeof *next);
    bool room = s.at && s.was && s.order && s.spare && now && next;
    if (room) {
        memset(now, 0xff, n * sizeof *now);
        measure(points, &s);
        part_by_stretch(points, &s, blocks, next);
        sort_points(&s);
        points_numbered(points, &s, now);
        renumber_points(t, now, s.threads);
    }
    hot_free(s.at);
    hot_free(s.was);
    hot_free(s.order);
    hot_free(s.spare);
    hot_free(now);
    hot_free(next);
    return room ? HOT_OK : HOT_MEMORY;
}

void hot_points_free(hot_points *p)
{
    hot_free(p->x);
    hot_free(p->y);
    hot_free(p->coordinates);
    *p = (hot_points){0};
}
