/* The first half of building hot_within: which runs of edges touch the cells of every row. Two
 * passes, count and then fill, over fixed blocks of parts, so that the runs come out in the same
 * order for any number of threads. */
#include <stdlib.h>

#include "engine/base/memory.h"
#include "engine/space/within_index.h"

enum { MOST_BLOCKS = 64 };

/* ---- the runs of a block of parts ---- */

/** A walk along rings. `at` counts the runs of every row or, when `run` is there, says where the
 *  next one of the row is written; both passes open and extend the very same runs. */
typedef struct {
    const hot_within *in;
    size_t *at;
    within_run *run; /**< `odd` holds the column until the row is sorted */
    uint32_t part, next;
    int32_t row, col;
    size_t open;
} walk;

static void visit(walk *w, int32_t row, int32_t col, uint32_t edge)
{
    bool extends = row == w->row && col == w->col && edge == w->next;
    w->next = edge + 1;
    if (extends) {
        if (w->run) w->run[w->open].edges++;
        return;
    }
    w->row = row;
    w->col = col;
    w->open = w->at[row]++;
    if (w->run)
        w->run[w->open] =
            (within_run){.part = w->part, .first = edge, .edges = 1, .odd = (uint32_t)col};
}

/** A vertex in sides of a cell from the raster's corner; `safe` when no listing error reaches
 *  beyond its cell. */
typedef struct {
    double u, v;
    int32_t col, row;
    bool safe;
} place;

static int32_t clamped(double at, int32_t n)
{
    return at < 0 ? 0 : at >= n ? n - 1 : (int32_t)at;
}

static place place_of(const hot_within *in, size_t k)
{
    place p = {.u = (in->areas->x[k] - in->box.west) * in->per,
               .v = (in->areas->y[k] - in->box.south) * in->per};
    p.col = clamped(p.u, in->cols);
    p.row = clamped(p.v, in->rows);
    double e = 2 * in->slack, u = p.u - p.col, v = p.v - p.row;
    p.safe = u > e && u < 1 - e && v > e && v < 1 - e;
    return p;
}

/** Where the edge is at height v, as a share of it from 0 to 1. */
static double share_at(const place *a, const place *b, double v)
{
    double t = (v - a->v) / (b->v - a->v);
    return !(t > 0) ? 0 : t < 1 ? t : 1; /* 0 also for 0 / 0 */
}

/** Visit the cells of one row that the edge touches, in its direction. */
static void visit_row(walk *w, const place *a, const place *b, int32_t row, uint32_t edge)
{
    double e = 2 * w->in->slack, from = 0, to = 1;
    if (a->v != b->v) {
        bool up = a->v < b->v;
        from = share_at(a, b, up ? row - e : row + 1 + e);
        to = share_at(a, b, up ? row + 1 + e : row - e);
    }
    double u0 = a->u + from * (b->u - a->u), u1 = a->u + to * (b->u - a->u);
    bool east = u0 <= u1;
    int32_t low = clamped((east ? u0 : u1) - e, w->in->cols);
    int32_t high = clamped((east ? u1 : u0) + e, w->in->cols);
    for (int32_t i = 0; i <= high - low; i++) visit(w, row, east ? low + i : high - i, edge);
}

/** The edge runs inside one row, or one column, of two cells at most: the usual case. */
static bool is_short(const place *a, const place *b)
{
    return a->safe && b->safe && abs(a->col - b->col) + abs(a->row - b->row) <= 1;
}

static void visit_edge(walk *w, const place *a, const place *b, uint32_t edge)
{
    if (is_short(a, b)) {
        visit(w, a->row, a->col, edge);
        if (a->col != b->col || a->row != b->row) visit(w, b->row, b->col, edge);
        return;
    }
    bool up = a->v <= b->v;
    double e = 2 * w->in->slack;
    int32_t low = clamped((up ? a->v : b->v) - e, w->in->rows);
    int32_t high = clamped((up ? b->v : a->v) + e, w->in->rows);
    for (int32_t i = 0; i <= high - low; i++) visit_row(w, a, b, up ? low + i : high - i, edge);
}

static void walk_ring(walk *w, size_t r)
{
    const hot_shapes *s = w->in->areas;
    size_t first = s->point[r], end = s->point[r + 1];
    if (end - first < 2) return;
    w->row = -1; /* no run goes on from another ring */
    place a = place_of(w->in, first);
    for (size_t k = first; k + 1 < end; k++) {
        place b = place_of(w->in, k + 1);
        visit_edge(w, &a, &b, (uint32_t)k);
        a = b;
    }
}

static void walk_parts(const hot_within *in, size_t from, size_t to, size_t *at, within_run *run)
{
    walk w = {.in = in, .at = at, .run = run, .row = -1};
    for (size_t p = from; p < to; p++) {
        w.part = (uint32_t)p;
        for (size_t r = in->areas->ring[p]; r < in->areas->ring[p + 1]; r++) walk_ring(&w, r);
    }
}

/* ---- the runs of every row ---- */

typedef struct {
    size_t blocks;
    size_t *first; /**< [blocks + 1] part */
    size_t *at;    /**< [blocks * rows] */
} cuts;

static size_t first_vertex(const hot_shapes *s, size_t part)
{
    return s->n_rings ? s->point[s->ring[part]] : 0;
}

/** Blocks of parts with about as many vertices each; few where there are many rows. */
static hot_status cut_blocks(const hot_within *in, cuts *b)
{
    const hot_shapes *s = in->areas;
    size_t blocks = 1 + s->n_points / (4 * (size_t)in->rows);
    b->blocks = blocks < MOST_BLOCKS ? blocks : MOST_BLOCKS;
    b->first = hot_new_raw(b->blocks + 1, sizeof *b->first);
    if (!b->first) return HOT_MEMORY;
    size_t part = 0;
    for (size_t i = 0; i < b->blocks; i++) {
        while (part < s->n_parts && first_vertex(s, part) < s->n_points / b->blocks * i) part++;
        b->first[i] = part;
    }
    b->first[b->blocks] = s->n_parts;
    return HOT_OK;
}

static void walk_blocks(const hot_within *in, const cuts *b, int threads, within_run *run)
{
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (size_t i = 0; i < b->blocks; i++)
        walk_parts(in, b->first[i], b->first[i + 1], b->at + i * (size_t)in->rows, run);
}

/** Turn counts into places: by row, then block. */
static size_t place_runs(const hot_within *in, const cuts *b, size_t *row)
{
    size_t total = 0, rows = (size_t)in->rows;
    for (size_t r = 0; r < rows; r++) {
        row[r] = total;
        for (size_t i = 0; i < b->blocks; i++) {
            size_t count = b->at[i * rows + r];
            b->at[i * rows + r] = total;
            total += count;
        }
    }
    return row[rows] = total;
}

static hot_status list_runs(const hot_within *in, int threads, cuts *b, hot_within_rows *rows)
{
    HOT_TRY(cut_blocks(in, b));
    b->at = hot_new(b->blocks * (size_t)in->rows, sizeof *b->at);
    rows->first = hot_new_raw((size_t)in->rows + 1, sizeof *rows->first);
    if (!b->at || !rows->first) return HOT_MEMORY;
    walk_blocks(in, b, threads, NULL);
    size_t total = place_runs(in, b, rows->first);
    if (total >= UINT32_MAX) return HOT_MEMORY;
    rows->run = hot_new_raw(total, sizeof *rows->run);
    if (!rows->run) return HOT_MEMORY;
    walk_blocks(in, b, threads, rows->run);
    return HOT_OK;
}

hot_status hot_within_rows_list(const hot_within *in, int threads, hot_within_rows *rows)
{
    cuts b = {0};
    hot_status status = list_runs(in, threads, &b, rows);
    hot_free(b.first);
    hot_free(b.at);
    return status;
}

void hot_within_rows_free(hot_within_rows *rows)
{
    hot_free(rows->first);
    hot_free(rows->run);
    *rows = (hot_within_rows){0};
}
