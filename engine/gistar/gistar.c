#include "engine/gistar/gistar.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/gistar/windows.h"

/* ---- the whole ---- */

/** Of cells that stand side by side, or of a row, or of all. */
typedef struct {
    double cells, sum;
    double squares; /* of what its values are off its own mean */
    double first;   /* of its values */
    bool equal;     /* all are the first */
} sums;

/* Four sums side by side: one need not wait for the other. */

static double add_values(const double *value, int32_t n)
{
    double a = 0, b = 0, c = 0, d = 0;
    int32_t k = 0;
    for (; k + 4 <= n; k += 4) {
        a += value[k];
        b += value[k + 1];
        c += value[k + 2];
        d += value[k + 3];
    }
    for (; k < n; k++) a += value[k];
    return a + b + (c + d);
}

static double square(double x)
{
    return x * x;
}

static double add_squares(const double *value, int32_t n, double mean)
{
    double a = 0, b = 0, c = 0, d = 0;
    int32_t k = 0;
    for (; k + 4 <= n; k += 4) {
        a += square(value[k] - mean);
        b += square(value[k + 1] - mean);
        c += square(value[k + 2] - mean);
        d += square(value[k + 3] - mean);
    }
    for (; k < n; k++) a += square(value[k] - mean);
    return a + b + (c + d);
}

static bool are_equal(const double *value, int32_t n)
{
    for (int32_t k = 1; k < n; k++)
        if (value[k] != value[0]) return false;
    return true;
}

static sums sums_of(const double *value, int32_t n)
{
    double sum = add_values(value, n);
    return (sums){n, sum, add_squares(value, n, sum / n), value[0], are_equal(value, n)};
}

/** Chan, Golub and LeVeque (1983), The American Statistician 37: squares about one mean of two. */
static void join(sums *all, const sums *r)
{
    if (r->cells == 0) return;
    if (all->cells == 0) {
        *all = *r;
        return;
    }
    double both = all->cells + r->cells, apart = all->sum / all->cells - r->sum / r->cells;
    all->squares += r->squares + apart * apart * all->cells * r->cells / both;
    all->cells = both;
    all->sum += r->sum;
    all->equal = all->equal && r->equal && all->first == r->first;
}

static sums sums_of_row(const hot_gistar_grid *g, int32_t row)
{
    const double *value = g->value + (size_t)row * (size_t)g->frame->cols;
    sums all = {0};
    for (hot_run run = hot_run_next(g, row, 0); run.n > 0;
         run = hot_run_next(g, row, run.first + run.n)) {
        sums part = sums_of(value + run.first, run.n);
        join(&all, &part);
    }
    return all;
}

/** @param first  [rows] out: number of each row's first cell that counts */
static hot_gistar_whole add_rows(const hot_gistar_grid *g, int threads, sums *row, size_t *first)
{
    sums all = {0};
#pragma omp parallel for schedule(static) num_threads(threads)
    for (int32_t k = 0; k < g->frame->rows; k++) row[k] = sums_of_row(g, k);
    for (int32_t k = 0; k < g->frame->rows; k++) {
        first[k] = (size_t)all.cells;
        join(&all, &row[k]);
    }
    if (all.cells == 0) return (hot_gistar_whole){0, NAN, NAN};
    double sd = all.equal ? 0 : sqrt(all.squares / all.cells);
    return (hot_gistar_whole){(size_t)all.cells, all.sum / all.cells, sd};
}

/* ---- the z of every cell ---- */

/** What is worked out once for all cells. */
typedef struct {
    const hot_gistar_grid *grid;
    hot_window window;
    double mean;
    double
        *spread; /* [largest window + 1] by cells: how much sums of so many vary; NaN = not known */
    size_t *first; /* [rows] number of each row's first cell of the universe */
} shared;

/** What a thread needs. */
typedef struct {
    hot_window_rows rows;
    double *sum;    /* [cols] */
    int32_t *cells; /* [cols] */
} worker;

/** Cells of the largest window, at most n. */
static size_t largest(const hot_window *w, size_t n)
{
    double cells = 0;
    for (int32_t k = -w->reach; k <= w->reach; k++) cells += 2.0 * w->half[k < 0 ? -k : k] + 1;
    return cells < (double)n ? (size_t)cells : n;
}

static void find_spreads(const hot_gistar_whole *whole, size_t most, double *spread)
{
    double n = (double)whole->n;
    for (size_t k = 0; k <= most; k++) {
        double w = (double)k;
        bool known = k > 0 && k < whole->n;
        spread[k] = known && whole->sd > 0 ? whole->sd * sqrt((n * w - w * w) / (n - 1)) : NAN;
    }
}

static void score_run(const shared *s, const double *restrict sum, const int32_t *restrict cells,
                      int32_t n, double *restrict z)
{
    const double *restrict spread = s->spread;
    double mean = s->mean;
#pragma omp simd
    for (int32_t c = 0; c < n; c++) z[c] = (sum[c] - mean * cells[c]) / spread[cells[c]];
}

static void score_row(const shared *s, int32_t row, worker *own, double *window, int32_t *cells,
                      double *z)
{
    size_t at = s->first[row];
    hot_run run = hot_run_next(s->grid, row, 0);
    bool whole = run.n == s->grid->frame->cols;
    double *sum = whole ? window + at : own->sum;
    int32_t *count = whole ? cells + at : own->cells;
    if (run.n > 0) hot_window_sum(s->grid, &s->window, row, &own->rows, sum, count);
    for (; run.n > 0; run = hot_run_next(s->grid, row, run.first + run.n)) {
        size_t n = (size_t)run.n;
        score_run(s, sum + run.first, count + run.first, run.n, z + at);
        if (!whole) memcpy(window + at, sum + run.first, n * sizeof *window);
        if (!whole) memcpy(cells + at, count + run.first, n * sizeof *cells);
        at += n;
    }
}

static hot_status worker_new(const shared *s, worker *own)
{
    size_t cols = (size_t)s->grid->frame->cols;
    *own = (worker){.sum = hot_new_raw(cols, sizeof *own->sum),
                    .cells = hot_new_raw(cols, sizeof *own->cells)};
    if (!own->sum || !own->cells) return HOT_MEMORY;
    return hot_window_rows_new(s->grid->frame, &s->window, &own->rows);
}

static void worker_free(worker *own)
{
    hot_free(own->sum);
    hot_free(own->cells);
    hot_window_rows_free(&own->rows);
}

static void score_block(const shared *s, int32_t first, worker *own, double *window, int32_t *cells,
                        double *z)
{
    int32_t left = s->grid->frame->rows - first;
    int32_t rows = left < HOT_WINDOW_BLOCK ? left : HOT_WINDOW_BLOCK;
    hot_window_rows_take(s->grid, &s->window, first, &own->rows);
    for (int32_t k = 0; k < rows; k++) score_row(s, first + k, own, window, cells, z);
}

static hot_status score_all(const shared *s, int threads, double *window, int32_t *cells, double *z)
{
    int failed = 0;
#pragma omp parallel num_threads(threads) reduction(| : failed)
    {
        worker own;
        failed = worker_new(s, &own) != HOT_OK;
#pragma omp for schedule(dynamic)
        for (int32_t first = 0; first < s->grid->frame->rows; first += HOT_WINDOW_BLOCK)
            if (!failed) score_block(s, first, &own, window, cells, z);
        worker_free(&own);
    }
    return failed ? HOT_MEMORY : HOT_OK;
}

static hot_status score_with(shared *s, double radius, int threads, sums *row,
                             hot_gistar_whole *whole, double *window, int32_t *cells, double *z)
{
    *whole = add_rows(s->grid, threads, row, s->first);
    s->mean = whole->mean;
    HOT_TRY(hot_window_new(s->grid->frame, radius, &s->window));
    size_t most = largest(&s->window, whole->n);
    s->spread = hot_new_raw(most + 1, sizeof *s->spread);
    if (!s->spread) return HOT_MEMORY;
    find_spreads(whole, most, s->spread);
    return score_all(s, threads, window, cells, z);
}

hot_status hot_gistar(const hot_gistar_grid *grid, double radius, int threads,
                      hot_gistar_whole *whole, double *window, int32_t *cells, double *z)
{
    shared s = {.grid = grid};
    size_t rows = (size_t)grid->frame->rows;
    sums *row = hot_new_raw(rows, sizeof *row);
    s.first = hot_new_raw(rows, sizeof *s.first);
    hot_status status = HOT_MEMORY;
    if (row && s.first)
        status = score_with(&s, radius, hot_threads(threads), row, whole, window, cells, z);
    hot_free(row);
    hot_free(s.spread);
    hot_free(s.first);
    hot_window_free(&s.window);
    return status;
}

/* ---- what is said of it ---- */

double hot_gistar_p(double z)
{
    return erfc(fabs(z) / sqrt(2.0));
}

int hot_gistar_class(const hot_gistar_cell *c, double alpha)
{
    bool hot = c->to > 0 && c->z > 0 && c->own > 0 && c->window >= HOT_GISTAR_LEAST;
    bool cold = c->to < 0 && c->z < 0 && c->expected >= HOT_GISTAR_LEAST;
    int level = c->p <= alpha / 5 ? 3 : c->p <= alpha ? 2 : c->p <= 2 * alpha ? 1 : 0;
    return hot ? level : cold ? -level : 0;
}
