#include "engine/kde/places.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/space/radix.h"
#include "engine/kde/worker.h"

/* A point, and after counting a place: weight then holds the sum. */
typedef hot_point point;

/* The strips are stretches of rows; a strip is sorted by one thread while it lies in cache. */
enum { STRIPS = 512, STRIP_SHIFT = 3 };

typedef struct {
    const hot_field *field;
    const double *x, *y, *weight;
    size_t n;
    double per_metre; /* cells */
    hot_kde_places *to;
    int strip_shift; /* strip_rows is this power of two */
    int32_t strip_rows, strips;
    int chunks;     /* the points are cut into this many stretches */
    size_t *tally;  /* [chunks * strips] points of each, then where they go */
    size_t *start;  /* [strips + 1] */
    uint32_t *kept; /* [strips] places left of each strip, then where they go */
    point *point;   /* [start[strips]] by strip */
} gathering;

/* floor(value), kept within the index. It is made >= 0 first, as casting is faster than floor(). */
static int32_t label_of(double value, int32_t first, int32_t count)
{
    double along = value - first, last = count - 1;
    return first + (int32_t)(along < 0 ? 0 : along > last ? last : along);
}

/* The label of a row or column: monotone in `cells`, and the same wherever it is asked. */
static int32_t row_of(const gathering *g, double y)
{
    const hot_frame *f = g->field->frame;
    return label_of((f->north - y) * g->per_metre, g->to->top, g->to->rows);
}

static int32_t col_of(const gathering *g, double x)
{
    const hot_frame *f = g->field->frame;
    return label_of((x - f->west) * g->per_metre, g->to->left, g->to->cols);
}

static bool is_number(double value)
{
    return fabs(value) <= 1.7976931348623157e308;
}

static bool is_weight(double weight)
{
    return weight >= 0 && weight <= 1e100;
}

/* A little more than the support, so that rounding here never loses a point. */
typedef struct {
    double west, east, south, north;
} box;

static box box_of(const hot_field *field)
{
    const hot_frame *f = field->frame;
    double margin = field->support + f->cell;
    return (box){f->west - margin, hot_frame_east(f) + margin, hot_frame_south(f) - margin,
                 f->north + margin};
}

static bool is_in(const box *b, double x, double y)
{
    return x >= b->west && x <= b->east && y >= b->south && y <= b->north;
}

static size_t chunk_start(const gathering *g, int chunk)
{
    return g->n / (size_t)g->chunks * (size_t)chunk +
           (chunk == g->chunks ? g->n % (size_t)g->chunks : 0);
}

static double weight_at(const gathering *g, size_t i)
{
    return g->weight ? g->weight[i] : 1;
}

static int32_t strip_at(const gathering *g, size_t i)
{
    return (row_of(g, g->y[i]) - g->to->top) >> g->strip_shift;
}

/* Count the points of a chunk by strip; false for one out of range. */
static bool chunk_count(gathering *g, int chunk)
{
    size_t *tally = g->tally + (size_t)chunk * (size_t)g->strips;
    box near = box_of(g->field);
    bool good = true;
    size_t end = chunk_start(g, chunk + 1);
    for (size_t i = chunk_start(g, chunk); i < end; i++) {
        if (!is_number(g->x[i]) || !is_number(g->y[i]) || !is_weight(weight_at(g, i))) good = false;
        if (is_in(&near, g->x[i], g->y[i]) && weight_at(g, i) > 0) tally[strip_at(g, i)]++;
    }
    return good;
}

static void chunk_spread(gathering *g, int chunk)
{
    size_t *next = g->tally + (size_t)chunk * (size_t)g->strips;
    box near = box_of(g->field);
    size_t end = chunk_start(g, chunk + 1);
    for (size_t i = chunk_start(g, chunk); i < end; i++) {
        if (!is_in(&near, g->x[i], g->y[i]) || !(weight_at(g, i) > 0)) continue;
        /* + 0.0 makes one zero of the two, so that equal coordinates have equal bytes. */
        g->point[next[strip_at(g, i)]++] = (point){g->x[i] + 0.0, g->y[i] + 0.0, weight_at(g, i)};
    }
}

static hot_status count_points(gathering *g)
{
    int bad = 0;
#pragma omp parallel for num_threads(g->chunks) schedule(static) reduction(| : bad)
    for (int c = 0; c < g->chunks; c++) bad |= !chunk_count(g, c);
    return bad ? HOT_DOMAIN : HOT_OK;
}

/* From tallies to the place where each chunk's share of each strip begins. */
static void place_chunks(gathering *g)
{
    size_t at = 0;
    for (int32_t s = 0; s < g->strips; s++) {
        g->start[s] = at;
        for (int c = 0; c < g->chunks; c++) {
            size_t *tally = &g->tally[(size_t)c * (size_t)g->strips + (size_t)s], count = *tally;
            *tally = at;
            at += count;
        }
    }
    g->start[g->strips] = at;
}

static size_t largest_strip(const gathering *g)
{
    size_t most = 0;
    for (int32_t s = 0; s < g->strips; s++)
        if (g->start[s + 1] - g->start[s] > most) most = g->start[s + 1] - g->start[s];
    return most;
}

/* What a thread needs to reduce one strip. */
typedef struct {
    uint32_t *slot;  /* hash table of places + 1, 0 = empty; a power of two, 2 to 4 a point */
    uint32_t *times; /* how often each place was met */
    uint64_t *order, *spare;
    point *sorted;
} bench;

static size_t slots_for(size_t points)
{
    size_t slots = 8;
    while (slots < 2 * points) slots *= 2;
    return slots;
}

static size_t bench_bytes(size_t points)
{
    size_t bytes = slots_for(points) * sizeof(uint32_t) +
                   points * (sizeof(uint32_t) + 2 * sizeof(uint64_t) + sizeof(point));
    return (bytes + 127) / 64 * 64;
}

static bench bench_at(char *block, size_t points)
{
    bench b;
    b.order = (uint64_t *)(void *)block;
    b.spare = b.order + points;
    b.sorted = (point *)(void *)(b.spare + points);
    b.slot = (uint32_t *)(void *)(b.sorted + points);
    b.times = b.slot + slots_for(points);
    return b;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Coordinates differ in few bits, in the middle: multiply, fold down, multiply again. */
static uint64_t hash_of(const point *p)
{
    uint64_t a = bits_of(p->x) * 0x9E3779B97F4A7C15u;
    a ^= a >> 32;
    a = (a ^ bits_of(p->y)) * 0xD6E8FEB86659FD93u;
    a ^= a >> 32;
    a = (a ^ bits_of(p->weight)) * 0xC2B2AE3D27D4EB4Fu;
    return a ^ a >> 29;
}

static bool is_same(const point *a, const point *b)
{
    return a->x == b->x && a->y == b->y && a->weight == b->weight;
}

/* Move the different points of a strip to its front and count how often each came. */
static uint32_t distinct(point *p, size_t count, bench *b)
{
    size_t mask = slots_for(count) - 1;
    uint32_t kept = 0;
    memset(b->slot, 0, (mask + 1) * sizeof *b->slot);
    for (size_t i = 0; i < count; i++) {
        size_t at = hash_of(&p[i]) & mask;
        while (b->slot[at] && !is_same(&p[b->slot[at] - 1], &p[i])) at = (at + 1) & mask;
        if (!b->slot[at]) {
            p[kept] = p[i];
            b->times[kept] = 0;
            b->slot[at] = ++kept;
        }
        b->times[b->slot[at] - 1]++;
    }
    return kept;
}

/* The order of a strip: row, column, x, y, weight. */
static void sort_strip(const gathering *g, int32_t strip, const point *p, uint32_t count, bench *b)
{
    int32_t top = g->to->top + strip * g->strip_rows;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t row = (uint64_t)(row_of(g, p[i].y) - top);
        uint64_t col = (uint64_t)(col_of(g, p[i].x) - g->to->left);
        b->order[i] = (row * (uint64_t)g->to->cols + col) << 32 | i;
    }
    hot_radix_sort(b->order, b->spare, count, (uint64_t)g->strip_rows * (uint64_t)g->to->cols - 1);
    hot_points_sort(b->order, count, p);
}

/* Points at the same coordinates, now neighbours, become one place. */
static uint32_t join(point *p, uint32_t count, bench *b)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = (uint32_t)b->order[i];
        point next = p[from];
        next.weight *= b->times[from];
        point *last = kept ? &b->sorted[kept - 1] : NULL;
        if (last && last->x == next.x && last->y == next.y)
            last->weight += next.weight;
        else
            b->sorted[kept++] = next;
    }
    memcpy(p, b->sorted, kept * sizeof *p);
    return kept;
}

static uint32_t reduce(const gathering *g, int32_t strip, bench *b)
{
    point *p = g->point + g->start[strip];
    size_t count = g->start[strip + 1] - g->start[strip];
    if (!count) return 0;
    uint32_t kept = distinct(p, count, b);
    sort_strip(g, strip, p, kept, b);
    return join(p, kept, b);
}

/* Threads that would need more tables than there are points are left out: memory stays O(n), and
 * where one strip holds nearly all they would stand idle. */
static int reducers(const gathering *g, size_t most)
{
    size_t room = most ? g->start[g->strips] / most : 1;
    return room < (size_t)g->chunks ? (int)(room ? room : 1) : g->chunks;
}

static hot_status reduce_strips(gathering *g)
{
    size_t most = largest_strip(g), size = bench_bytes(most);
    int workers = reducers(g, most);
    char *block = hot_new_raw((size_t)workers, size);
    if (!block) return HOT_MEMORY;
#pragma omp parallel for num_threads(workers) schedule(dynamic)
    for (int32_t s = 0; s < g->strips; s++) {
        bench b = bench_at(block + (size_t)hot_worker() * size, most);
        g->kept[s] = reduce(g, s, &b);
    }
    hot_free(block);
    return HOT_OK;
}

/* a - b - label * cell, without the rounding of a - b: the error of that difference is itself a
 * double (Knuth 1969, TAOCP 2, 4.2.2, theorem B), and fma() rounds the product once. */
static double within_cell(double a, double b, int32_t label, double cell)
{
    double difference = a - b, back = a - difference;
    double error = (a - (difference + back)) + (back - b);
    return fma(-(double)label, cell, difference) + error;
}

static hot_kde_place place_of(const gathering *g, const point *p)
{
    const hot_frame *f = g->field->frame;
    hot_kde_place place = {.weight = p->weight, .col = col_of(g, p->x), .row = row_of(g, p->y)};
    double east = within_cell(p->x, f->west, place.col, f->cell);
    double south = within_cell(f->north, p->y, place.row, f->cell);
    place.x = (0.5 * f->cell - east) / g->field->unit;
    place.y = (0.5 * f->cell - south) / g->field->unit;
    return place;
}

static int64_t bin_of(const hot_kde_places *to, const hot_kde_place *place)
{
    return (int64_t)(place->row - to->top) * to->bins + (place->col - to->left) / to->bin;
}

/* The places of one strip and the part of the index for its rows. */
static void settle(const gathering *g, int32_t strip, uint32_t from, uint32_t count)
{
    hot_kde_places *to = g->to;
    int64_t bin = (int64_t)strip * g->strip_rows * to->bins;
    int64_t end = bin + (int64_t)g->strip_rows * to->bins;
    if (end > (int64_t)to->rows * to->bins) end = (int64_t)to->rows * to->bins;
    for (uint32_t i = 0; i < count; i++) {
        to->place[from + i] = place_of(g, &g->point[g->start[strip] + i]);
        int64_t own = bin_of(to, &to->place[from + i]);
        while (bin <= own) to->first[bin++] = from + i;
    }
    while (bin < end) to->first[bin++] = from + count;
}

/* kept becomes where each strip's places begin. */
static void add_up(gathering *g)
{
    uint32_t at = 0;
    for (int32_t s = 0; s < g->strips; s++) {
        uint32_t count = g->kept[s];
        g->kept[s] = at;
        at += count;
    }
    g->to->count = at;
}

static hot_status settle_strips(gathering *g)
{
    hot_kde_places *to = g->to;
    size_t bins = (size_t)to->rows * (size_t)to->bins;
    add_up(g);
    to->place = hot_new_raw(to->count, sizeof *to->place);
    to->first = hot_new_raw(bins + 1, sizeof *to->first);
    if (!to->place || !to->first) return HOT_MEMORY;
    to->first[bins] = to->count;
#pragma omp parallel for num_threads(g->chunks) schedule(dynamic)
    for (int32_t s = 0; s < g->strips; s++) {
        uint32_t next = s + 1 < g->strips ? g->kept[s + 1] : to->count;
        settle(g, s, g->kept[s], next - g->kept[s]);
    }
    return HOT_OK;
}

static hot_status spread_points(gathering *g)
{
    place_chunks(g);
    g->point = hot_new_raw(g->start[g->strips], sizeof *g->point);
    if (!g->point) return HOT_MEMORY;
#pragma omp parallel for num_threads(g->chunks) schedule(static)
    for (int c = 0; c < g->chunks; c++) chunk_spread(g, c);
    return HOT_OK;
}

static hot_status gather(gathering *g)
{
    size_t strips = (size_t)g->strips;
    g->tally = hot_new((size_t)g->chunks * strips, sizeof *g->tally);
    g->start = hot_new(strips + 1, sizeof *g->start);
    g->kept = hot_new(strips, sizeof *g->kept);
    if (!g->tally || !g->start || !g->kept) return HOT_MEMORY;
    HOT_TRY(count_points(g));
    HOT_TRY(spread_points(g));
    HOT_TRY(reduce_strips(g));
    return settle_strips(g);
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* The index goes beyond the frame as far as a kernel reaches, but no farther than the frame is
 * long: what lies beyond is filed under the last row or column, which every search includes that
 * could need it. */
static hot_kde_places index_for(const hot_field *field)
{
    const hot_frame *f = field->frame;
    int32_t over = least(field->reach, f->rows + 8), aside = least(field->reach, f->cols + 8);
    hot_kde_places to = {.top = -over, .rows = f->rows + 2 * over};
    to.left = -aside;
    to.cols = f->cols + 2 * aside;
    to.bin = least(field->reach / 4 + 1, to.cols);
    to.bins = (to.cols + to.bin - 1) / to.bin;
    return to;
}

/* Rows of a strip, as a power of two: enough to keep the strips few, and no more than eight unless
 * that takes it; fewer where a strip's cells could not be numbered in 32 bits. */
static int strip_shift_for(const hot_kde_places *to)
{
    int shift = STRIP_SHIFT;
    while (shift > 0 && (int64_t)to->cols << shift > (int64_t)1 << 31) shift--;
    while ((to->rows - 1) >> shift >= STRIPS) shift++;
    return shift;
}

hot_status hot_kde_places_new(const hot_field *field, const double *x, const double *y,
                              const double *weight, size_t n, int threads, hot_kde_places *places)
{
    hot_kde_places to = index_for(field);
    gathering g = {.field = field, .x = x, .y = y, .weight = weight, .n = n, .to = &to};
    g.per_metre = 1 / field->frame->cell;
    g.chunks = threads;
    g.strip_shift = strip_shift_for(&to);
    g.strip_rows = 1 << g.strip_shift;
    g.strips = (to.rows + g.strip_rows - 1) / g.strip_rows;
    hot_status status = gather(&g);
    hot_free(g.tally);
    hot_free(g.start);
    hot_free(g.kept);
    hot_free(g.point);
    if (status == HOT_OK)
        *places = to;
    else
        hot_kde_places_free(&to);
    return status;
}

void hot_kde_places_free(hot_kde_places *places)
{
    hot_free(places->place);
    hot_free(places->first);
    *places = (hot_kde_places){0};
}
