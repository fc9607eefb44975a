#include "engine/gistar/windows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/memory.h"

/* ---- the shape ---- */

/** Whole cells within a distance of `q2` squared sides, `away` rows away; at most `most`. */
static int32_t half_of(double q2, int32_t away, int32_t most)
{
    double left = q2 - (double)away * away;
    double half = left > 0 ? floor(sqrt(left)) : 0;
    return half < most ? (int32_t)half : most;
}

hot_status hot_window_new(const hot_frame *frame, double radius, hot_window *window)
{
    static const double hair = 1 + 1e-12; /* 0.3 m are three cells of 0.1 m */
    *window = (hot_window){0};
    if (!(radius >= 0) || !isfinite(radius)) return HOT_DOMAIN;
    double q = radius / frame->cell, q2 = q * q * hair;
    hot_window w = {.reach = half_of(q2, 0, frame->rows - 1)};
    w.half = hot_new_raw((size_t)w.reach + 1, sizeof *w.half);
    if (!w.half) return HOT_MEMORY;
    for (int32_t k = 0; k <= w.reach; k++) w.half[k] = half_of(q2, k, frame->cols - 1);
    w.nine = w.reach == 1 && w.half[0] == 1 && w.half[1] == 1;
    *window = w;
    return HOT_OK;
}

void hot_window_free(hot_window *w)
{
    hot_free(w->half);
    *w = (hot_window){0};
}

/* ---- runs ---- */

hot_run hot_run_next(const hot_gistar_grid *g, int32_t row, int32_t from)
{
    int32_t cols = g->frame->cols, first = from, end;
    if (!g->universe) return (hot_run){from, cols - from};
    const uint8_t *counts = g->universe + (size_t)row * (size_t)cols;
    while (first < cols && !counts[first]) first++;
    for (end = first; end < cols && counts[end];) end++;
    return (hot_run){first, end - first};
}

/* ---- room ---- */

/** A row with a cell more on either side, and one without anything; these stay 0. */
static hot_status nine_new(size_t cols, hot_window_rows *r)
{
    r->value = hot_new(2 * cols + 2, sizeof *r->value);
    r->counts = hot_new(2 * cols + 2, sizeof *r->counts);
    return r->value && r->counts ? HOT_OK : HOT_MEMORY;
}

static hot_status others_new(const hot_frame *f, const hot_window *w, hot_window_rows *r)
{
    size_t high = HOT_WINDOW_BLOCK + 2 * (size_t)w->reach, rows = (size_t)f->rows;
    size_t n = ((size_t)f->cols + 1) * (high < rows ? high : rows);
    r->value = hot_new_raw(n, sizeof *r->value);
    r->cells = hot_new_raw(n, sizeof *r->cells);
    return r->value && r->cells ? HOT_OK : HOT_MEMORY;
}

hot_status hot_window_rows_new(const hot_frame *f, const hot_window *w, hot_window_rows *rows)
{
    *rows = (hot_window_rows){0};
    hot_status status = w->nine ? nine_new((size_t)f->cols, rows) : others_new(f, w, rows);
    if (status != HOT_OK) hot_window_rows_free(rows);
    return status;
}

void hot_window_rows_free(hot_window_rows *r)
{
    hot_free(r->value);
    hot_free(r->cells);
    hot_free(r->counts);
    *r = (hot_window_rows){0};
}

/** Sums of all cells of a row before each, and after the last. */
static void sum_before(const double *value, int32_t cols, double *sum)
{
    sum[0] = 0;
    for (int32_t c = 0; c < cols; c++) sum[c + 1] = sum[c] + value[c];
}

static void count_before(const uint8_t *counts, int32_t cols, int32_t *cells)
{
    cells[0] = 0;
    for (int32_t c = 0; c < cols; c++) cells[c + 1] = cells[c] + (counts ? counts[c] : 1);
}

void hot_window_rows_take(const hot_gistar_grid *g, const hot_window *w, int32_t first,
                          hot_window_rows *r)
{
    int32_t cols = g->frame->cols, rows = g->frame->rows, last = first + HOT_WINDOW_BLOCK - 1;
    if (w->nine) return;
    r->first = first > w->reach ? first - w->reach : 0;
    r->rows = (last < rows - w->reach ? last + w->reach + 1 : rows) - r->first;
    for (int32_t k = 0; k < r->rows; k++) {
        size_t to = (size_t)k * ((size_t)cols + 1), from = (size_t)(r->first + k) * (size_t)cols;
        sum_before(g->value + from, cols, r->value + to);
        count_before(g->universe ? g->universe + from : NULL, cols, r->cells + to);
    }
}

/* ---- a cell and its eight neighbours: down the columns, then along the row ---- */

static void add_three(const double *restrict a, const double *restrict b, const double *restrict c,
                      int32_t n, double *restrict sum)
{
#pragma omp simd
    for (int32_t k = 0; k < n; k++) sum[k] = a[k] + b[k] + c[k];
}

static void count_three(const uint8_t *restrict a, const uint8_t *restrict b,
                        const uint8_t *restrict c, int32_t n, uint8_t *restrict sum)
{
#pragma omp simd
    for (int32_t k = 0; k < n; k++) sum[k] = (uint8_t)(a[k] + b[k] + c[k]);
}

static void count_along(const uint8_t *restrict a, const uint8_t *restrict b,
                        const uint8_t *restrict c, int32_t n, int32_t *restrict cells)
{
#pragma omp simd
    for (int32_t k = 0; k < n; k++) cells[k] = a[k] + b[k] + c[k];
}

/** Where every cell counts. */
static void count_all(int32_t cols, int32_t rows, int32_t *cells)
{
    for (int32_t c = 0; c < cols; c++) cells[c] = 3 * rows;
    cells[0] -= rows;
    cells[cols - 1] -= rows;
}

static void sum_nine(const hot_gistar_grid *g, int32_t row, hot_window_rows *r, double *sum,
                     int32_t *cells)
{
    int32_t cols = g->frame->cols;
    bool north = row > 0, south = row < g->frame->rows - 1;
    size_t at = (size_t)row * (size_t)cols, above = at - (size_t)cols, below = at + (size_t)cols;
    const double *v = g->value, *no = r->value + cols + 2;
    add_three(north ? v + above : no, v + at, south ? v + below : no, cols, r->value + 1);
    add_three(r->value, r->value + 1, r->value + 2, cols, sum);
    if (!g->universe) {
        count_all(cols, 1 + north + south, cells);
        return;
    }
    const uint8_t *u = g->universe, *none = r->counts + cols + 2;
    count_three(north ? u + above : none, u + at, south ? u + below : none, cols, r->counts + 1);
    count_along(r->counts, r->counts + 1, r->counts + 2, cols, cells);
}

/* ---- others: along each row in reach, by differences of what stands before ---- */

static void add_run(const double *restrict before, int32_t cols, int32_t half, double *restrict sum)
{
    int32_t edge = half < cols ? half : cols; /* the columns before it reach over the west */
    int32_t far = cols - half > edge ? cols - half : edge;
    for (int32_t c = 0; c < edge; c++) sum[c] += before[c + half + 1 < cols ? c + half + 1 : cols];
#pragma omp simd
    for (int32_t c = edge; c < far; c++) sum[c] += before[c + half + 1] - before[c - half];
    for (int32_t c = far; c < cols; c++) sum[c] += before[cols] - before[c - half];
}

static void count_run(const int32_t *restrict before, int32_t cols, int32_t half,
                      int32_t *restrict cells)
{
    int32_t edge = half < cols ? half : cols;
    int32_t far = cols - half > edge ? cols - half : edge;
    for (int32_t c = 0; c < edge; c++)
        cells[c] += before[c + half + 1 < cols ? c + half + 1 : cols];
#pragma omp simd
    for (int32_t c = edge; c < far; c++) cells[c] += before[c + half + 1] - before[c - half];
    for (int32_t c = far; c < cols; c++) cells[c] += before[cols] - before[c - half];
}

static void sum_disc(const hot_gistar_grid *g, const hot_window *w, int32_t row,
                     const hot_window_rows *r, double *sum, int32_t *cells)
{
    int32_t cols = g->frame->cols;
    memset(sum, 0, (size_t)cols * sizeof *sum);
    memset(cells, 0, (size_t)cols * sizeof *cells);
    for (int32_t k = 0; k < r->rows; k++) {
        int32_t away = abs(r->first + k - row);
        size_t at = (size_t)k * ((size_t)cols + 1);
        if (away > w->reach) continue;
        add_run(r->value + at, cols, w->half[away], sum);
        count_run(r->cells + at, cols, w->half[away], cells);
    }
}

void hot_window_sum(const hot_gistar_grid *g, const hot_window *w, int32_t row, hot_window_rows *r,
                    double *sum, int32_t *cells)
{
    if (w->nine)
        sum_nine(g, row, r, sum, cells);
    else
        sum_disc(g, w, row, r, sum, cells);
}
