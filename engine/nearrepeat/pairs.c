#include "engine/nearrepeat/pairs.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/space/nearby.h"
#include "engine/space/radix.h"

/** A search on its way. */
typedef struct {
    const hot_close_events *events;
    const hot_close_bands *bands;
    double limit[HOT_CLOSE_BANDS]; /* [bands->n] what an edge is compared with: its square, or it */
    int threads;
    hot_nearby grid;
    uint32_t *place; /* [n] by position */
    size_t *count;   /* [rows * bands] pairs of each row of the grid; then where they go */
} search;

/** The band of two positions, 0 = none: those of one place are found by their place. */
static inline size_t band_of(const search *s, size_t a, size_t b)
{
    double dx = s->grid.x[a] - s->grid.x[b], dy = s->grid.y[a] - s->grid.y[b];
    double apart = s->bands->manhattan ? fabs(dx) + fabs(dy) : dx * dx + dy * dy;
    size_t n = s->bands->n, band = 1;
    if (!(apart < s->limit[n - 1]) || s->place[a] == s->place[b]) return 0;
    while (!(apart < s->limit[band - 1])) band++;
    return band;
}

/** The pairs of one position with those of cells `from` .. `to` - 1 that stand after it: counted in
 *  count[band], and written there where `pair` is given. */
static void pair_with(const search *s, size_t a, size_t from, size_t to, size_t *count,
                      hot_close_pair *pair)
{
    size_t b = s->grid.first[from], end = s->grid.first[to];
    for (b = b > a ? b : a + 1; b < end; b++) {
        size_t band = band_of(s, a, b);
        if (band == 0) continue;
        if (pair) pair[count[band]] = (hot_close_pair){(uint32_t)a, (uint32_t)b};
        count[band]++;
    }
}

/** The pairs whose first position is in row r of the grid. */
static void pair_row(const search *s, size_t r, size_t *count, hot_close_pair *pair)
{
    const hot_nearby *g = &s->grid;
    hot_nearby_walk walk;
    hot_nearby_begin(g, r, &walk);
    for (size_t cell = g->row_first[r]; cell < g->row_first[r + 1]; cell++) {
        hot_nearby_move(g, cell, &walk);
        for (int k = HOT_NEARBY_REACH; k < HOT_NEARBY_ROWS; k++) { /* its own row and those after */
            for (size_t a = g->first[cell]; a < g->first[cell + 1]; a++)
                pair_with(s, a, walk.at[k], walk.to[k], count, pair);
        }
    }
}

/** Count the pairs of every row. @return whether they are at most `most` */
static bool count_rows(const search *s, size_t bands, size_t most)
{
    size_t found = 0;
#pragma omp parallel for schedule(dynamic, 4) num_threads(s->threads)
    for (size_t r = 0; r < s->grid.rows; r++) {
        size_t before, own = 0;
#pragma omp atomic read
        before = found;
        if (before > most) continue;
        pair_row(s, r, s->count + r * bands, NULL);
        for (size_t b = 1; b < bands; b++) own += s->count[r * bands + b];
#pragma omp atomic
        found += own;
    }
    return found <= most;
}

/** From counts to where the pairs of each row and band begin. */
static void place_rows(const search *s, hot_close_pairs *p)
{
    size_t at = p->first[1];
    for (size_t b = 1; b < p->bands; b++) {
        p->first[b] = at;
        for (size_t r = 0; r < s->grid.rows; r++) {
            size_t own = s->count[r * p->bands + b];
            s->count[r * p->bands + b] = at;
            at += own;
        }
    }
    p->first[p->bands] = at;
}

/* ---- the same place ---- */

/** The positions by place. @param item, spare  [n] */
static void sort_by_place(const search *s, uint64_t *item, uint64_t *spare)
{
    uint32_t n = (uint32_t)s->grid.n;
    for (uint32_t a = 0; a < n; a++) item[a] = (uint64_t)s->place[a] << 32 | a;
    hot_radix_sort(item, spare, n, s->events->places);
}

/** How many pairs of one place there are. */
static size_t count_same(const uint64_t *item, size_t n)
{
    size_t pairs = 0;
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && item[to] >> 32 == item[from] >> 32;) to++;
        pairs += (to - from) * (to - from - 1) / 2;
    }
    return pairs;
}

static void write_same(const uint64_t *item, size_t n, hot_close_pair *pair)
{
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n && item[b] >> 32 == item[a] >> 32; b++)
            *pair++ = (hot_close_pair){(uint32_t)item[a], (uint32_t)item[b]};
}

/* ---- both ---- */

static hot_status find_all(search *s, const uint64_t *item, size_t most, hot_close_pairs *p)
{
    size_t n = s->grid.n, same = count_same(item, n);
    p->first[1] = same;
    p->too_many = same > most || !count_rows(s, p->bands, most - same);
    if (p->too_many) {
        memset(p->first, 0, (p->bands + 1) * sizeof *p->first);
        return HOT_OK;
    }
    place_rows(s, p);
    p->pair = hot_new_raw(p->first[p->bands], sizeof *p->pair);
    if (!p->pair) return HOT_MEMORY;
    write_same(item, n, p->pair);
#pragma omp parallel for schedule(dynamic, 4) num_threads(s->threads)
    for (size_t r = 0; r < s->grid.rows; r++) pair_row(s, r, s->count + r * p->bands, p->pair);
    return HOT_OK;
}

static hot_status find(search *s, size_t most, hot_close_pairs *p)
{
    size_t n = s->events->n;
    uint64_t *item = hot_new_raw(n, sizeof *item), *spare = hot_new_raw(n, sizeof *spare);
    s->place = hot_new_raw(n, sizeof *s->place);
    s->count = hot_new(s->grid.rows * p->bands, sizeof *s->count);
    p->first = hot_new(p->bands + 1, sizeof *p->first);
    hot_status status = item && spare && s->place && s->count && p->first ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) {
        for (size_t a = 0; a < n; a++) s->place[a] = s->events->place[s->grid.point[a]];
        sort_by_place(s, item, spare);
        status = find_all(s, item, most, p);
    }
    hot_free(item);
    hot_free(spare);
    hot_free(s->place);
    hot_free(s->count);
    return status;
}

static bool take_bands(const hot_close_bands *bands, double *limit)
{
    if (bands->n < 1 || bands->n > HOT_CLOSE_BANDS) return false;
    for (size_t k = 0; k < bands->n; k++) {
        double edge = bands->edge[k];
        if (!(edge > (k ? bands->edge[k - 1] : 0)) || !isfinite(edge)) return false;
        limit[k] = bands->manhattan ? edge : edge * edge;
    }
    return true;
}

hot_status hot_close_pairs_find(const hot_close_events *events, const hot_close_bands *bands,
                                size_t most, int threads, hot_close_pairs *pairs)
{
    search s = {.events = events, .bands = bands, .threads = threads};
    *pairs = (hot_close_pairs){0};
    if (!take_bands(bands, s.limit)) return HOT_DOMAIN;
    /* A little more than half, so that rounding puts nothing near three cells away. */
    HOT_TRY(hot_nearby_new(events->x, events->y, events->n, 0.500001 * bands->edge[bands->n - 1],
                           &s.grid));
    hot_close_pairs p = {.n = events->n, .bands = bands->n + 1};
    hot_status status = find(&s, most, &p);
    if (status == HOT_OK) {
        p.event = s.grid.point;
        s.grid.point = NULL;
    } else {
        hot_close_pairs_free(&p);
    }
    hot_nearby_free(&s.grid);
    *pairs = p;
    return status;
}

void hot_close_pairs_free(hot_close_pairs *p)
{
    hot_free(p->event);
    hot_free(p->first);
    hot_free(p->pair);
    *p = (hot_close_pairs){0};
}
