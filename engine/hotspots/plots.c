#include "engine/hotspots/plots.h"

#include <math.h>
#include <stdbool.h>

#include "engine/base/memory.h"
#include "engine/space/radix.h"

/** What is at hand while points are sorted. */
typedef struct {
    const hot_hotspot_points *points;
    const int32_t *row, *col;
    uint64_t *item, *spare; /* [points] key in the upper half, point in the lower */
    hot_point *point;       /* [points] */
    uint32_t n;             /* points that are in a cell */
} sorting;

/* Points are met in any order: ask for them before they are waited for. */
enum { AHEAD = 16 };

static uint32_t ahead_of(const sorting *s, uint32_t k)
{
    return (uint32_t)s->item[k + AHEAD < s->n ? k + AHEAD : k];
}

static bool is_in(const sorting *s, size_t i)
{
    return s->row[i] != HOT_PLOTS_NONE && !(s->points->left_out && s->points->left_out[i]);
}

/** Sort by one of the two numbers of a cell; what was sorted before stays so among equals. */
static void sort_by(sorting *s, const int32_t *number)
{
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (uint32_t k = 0; k < s->n; k++) {
        __builtin_prefetch(&number[ahead_of(s, k)]);
        int64_t v = number[(uint32_t)s->item[k]];
        least = v < least ? v : least;
        most = v > most ? v : most;
    }
    for (uint32_t k = 0; k < s->n; k++) {
        uint32_t i = (uint32_t)s->item[k];
        __builtin_prefetch(&number[ahead_of(s, k)]);
        s->item[k] = (uint64_t)(number[i] - least) << 32 | i;
    }
    if (s->n) hot_radix_sort(s->item, s->spare, s->n, (uint64_t)(most - least));
}

static bool in_the_same_cell(const sorting *s, uint32_t i, uint32_t j)
{
    return s->row[i] == s->row[j] && s->col[i] == s->col[j];
}

/** By row, column, x, y. Afterwards the upper half of an item is the number of its cell. */
static void sort_all(sorting *s)
{
    s->n = 0;
    for (size_t i = 0; i < s->points->n; i++) {
        s->point[i] = (hot_point){s->points->x[i], s->points->y[i], 0};
        if (is_in(s, i)) s->item[s->n++] = i;
    }
    sort_by(s, s->col);
    sort_by(s, s->row);
    uint64_t cell = 0;
    uint32_t before = 0;
    for (uint32_t k = 0; k < s->n; k++) {
        uint32_t i = (uint32_t)s->item[k];
        __builtin_prefetch(&s->row[ahead_of(s, k)]);
        __builtin_prefetch(&s->col[ahead_of(s, k)]);
        if (k && !in_the_same_cell(s, i, before)) cell++;
        s->item[k] = cell << 32 | i;
        before = i;
    }
    hot_points_sort(s->item, s->n, s->point);
}

static double weight_of(const hot_hotspot_points *p, size_t i)
{
    uint32_t count = p->count ? p->count[i] : 1;
    return count && p->weight ? p->weight[i] : count;
}

/** The weight of a point that counts as one: so fine that the sum of all stays below 2^53. */
static double quantum_of(const sorting *s)
{
    double most = 0;
    int exponent;
    for (size_t i = 0; i < s->points->n; i++)
        if (is_in(s, i) && weight_of(s->points, i) > most) most = weight_of(s->points, i);
    (void)frexp(most, &exponent);
    int places = (int)ceil(log2((double)s->n + 1));
    return most > 0 ? ldexp(1, exponent + places < -900 ? -952 : exponent + places - 52) : 1;
}

static bool is_new_place(const sorting *s, uint32_t k)
{
    if (k == 0 || s->item[k] >> 32 != s->item[k - 1] >> 32) return true;
    const hot_point *p = &s->point[(uint32_t)s->item[k]], *q = &s->point[(uint32_t)s->item[k - 1]];
    return p->x != q->x || p->y != q->y;
}

static void start_place(hot_plots *c, const sorting *s, uint32_t k)
{
    uint32_t i = (uint32_t)s->item[k];
    if (k == 0 || s->item[k] >> 32 != s->item[k - 1] >> 32) {
        c->row[c->n_cells] = s->row[i];
        c->col[c->n_cells] = s->col[i];
        c->first[c->n_cells++] = c->n;
    }
    c->x[c->n] = s->point[i].x;
    c->y[c->n] = s->point[i].y;
    c->weight[c->n] = 0;
    c->count[c->n++] = 0;
}

static void fill(hot_plots *c, const sorting *s)
{
    const hot_hotspot_points *p = s->points;
    for (size_t i = 0; i < p->n; i++) c->place[i] = UINT32_MAX;
    c->quantum = quantum_of(s);
    for (uint32_t k = 0; k < s->n; k++) {
        uint32_t i = (uint32_t)s->item[k], count = p->count ? p->count[i] : 1;
        __builtin_prefetch(&s->point[ahead_of(s, k)]);
        __builtin_prefetch(&c->place[ahead_of(s, k)], 1);
        if (p->weight) __builtin_prefetch(&p->weight[ahead_of(s, k)]);
        if (is_new_place(s, k)) start_place(c, s, k);
        c->place[i] = c->n - 1;
        c->weight[c->n - 1] += (uint64_t)nearbyint(weight_of(p, i) / c->quantum);
        c->count[c->n - 1] += count;
    }
    c->first[c->n_cells] = c->n;
}

static bool take_room(hot_plots *c, size_t points, uint32_t n)
{
    c->x = hot_new_raw(n, sizeof *c->x);
    c->y = hot_new_raw(n, sizeof *c->y);
    c->weight = hot_new_raw(n, sizeof *c->weight);
    c->count = hot_new_raw(n, sizeof *c->count);
    c->place = hot_new_raw(points, sizeof *c->place);
    c->row = hot_new_raw(n, sizeof *c->row);
    c->col = hot_new_raw(n, sizeof *c->col);
    c->first = hot_new_raw((size_t)n + 1, sizeof *c->first);
    return c->x && c->y && c->weight && c->count && c->place && c->row && c->col && c->first;
}

hot_status hot_plots_new(const hot_hotspot_points *points, const int32_t *row, const int32_t *col,
                         hot_plots *plots)
{
    sorting s = {.points = points, .row = row, .col = col};
    hot_plots c = {0};
    s.item = hot_new_raw(points->n, sizeof *s.item);
    s.spare = hot_new_raw(points->n, sizeof *s.spare);
    s.point = hot_new_raw(points->n, sizeof *s.point);
    bool room = s.item && s.spare && s.point;
    if (room) sort_all(&s);
    hot_free(s.spare);
    room = room && take_room(&c, points->n, s.n);
    if (room) {
        fill(&c, &s);
        *plots = c;
    } else {
        hot_plots_free(&c);
    }
    hot_free(s.item);
    hot_free(s.point);
    return room ? HOT_OK : HOT_MEMORY;
}

void hot_plots_free(hot_plots *plots)
{
    hot_free(plots->x);
    hot_free(plots->y);
    hot_free(plots->weight);
    hot_free(plots->count);
    hot_free(plots->place);
    hot_free(plots->row);
    hot_free(plots->col);
    hot_free(plots->first);
    *plots = (hot_plots){0};
}

uint32_t hot_plots_at(const hot_plots *plots, int32_t row, int64_t col)
{
    uint32_t low = 0, high = plots->n_cells;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        bool before =
            plots->row[middle] != row ? plots->row[middle] < row : plots->col[middle] < col;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void hot_plots_run(const hot_plots *plots, int32_t row, int32_t west, int32_t east, uint32_t *from,
                   uint32_t *to)
{
    *from = plots->first[hot_plots_at(plots, row, west)];
    *to = plots->first[hot_plots_at(plots, row, (int64_t)east + 1)];
}
