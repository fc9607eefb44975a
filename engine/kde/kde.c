#include "engine/kde/kde.h"

#include <math.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/kde/path.h"
#include "engine/kde/places.h"
#include "engine/kde/scatter.h"
#include "engine/kde/sweep.h"
#include "engine/kde/worker.h"

/* Narrower than this, in cells, a kernel is added cell by cell, which is as fast and cancels
 * nothing. */
static const double sweep_from = 4;

bool hot_path_has(hot_path path)
{
#if defined(__x86_64__)
    if (path == HOT_PATH_AVX2) return __builtin_cpu_supports("avx2");
    if (path == HOT_PATH_AVX512)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
#endif
    return path == HOT_PATH_BEST || path == HOT_PATH_SCALAR;
}

static const hot_tile_code *code_of(hot_path path)
{
#if defined(__x86_64__)
    bool best = path == HOT_PATH_BEST;
    if (path == HOT_PATH_AVX512 || (best && hot_path_has(HOT_PATH_AVX512))) return &hot_tile_avx512;
    if (path == HOT_PATH_AVX2 || (best && hot_path_has(HOT_PATH_AVX2))) return &hot_tile_avx2;
#else
    (void)path;
#endif
    return &hot_tile_scalar;
}

static bool is_frame(const hot_frame *f)
{
    return f->cell >= 1e-100 && f->cell <= 1e100 && isfinite(f->west) && isfinite(f->north) &&
           f->rows >= 1 && f->cols >= 1 && hot_frame_size(f) <= HOT_FRAME_CELLS;
}

static bool is_domain(const hot_frame *frame, size_t n, hot_kernel kernel, double bandwidth)
{
    if (!is_frame(frame) || n > UINT32_MAX - 1 || !hot_kernel_name(kernel)) return false;
    return bandwidth >= 1e-9 * frame->cell && bandwidth <= 1e8 * frame->cell;
}

static bool can_sweep(hot_kernel kernel)
{
    return kernel != HOT_TRIANGULAR && kernel != HOT_GAUSSIAN;
}

static bool is_swept(hot_way way, const hot_field *field)
{
    if (way != HOT_WAY_BEST) return way == HOT_WAY_SWEEP;
    return can_sweep(field->kernel) && field->radius * field->columns > sweep_from;
}

static hot_tile tile_at(const hot_tiling *t, int32_t number)
{
    const hot_frame *frame = t->field->frame;
    hot_tile tile = t->largest;
    tile.row = number / t->across * t->largest.rows;
    tile.col = number % t->across * t->largest.cols;
    if (tile.rows > frame->rows - tile.row) tile.rows = frame->rows - tile.row;
    if (tile.cols > frame->cols - tile.col) tile.cols = frame->cols - tile.col;
    return tile;
}

static hot_status sum_tiles(const hot_tiling *t, hot_tile_sum *sum, size_t buffer, int threads)
{
    int32_t tiles = t->down * t->across;
    char *block = hot_new((size_t)threads, buffer);
    if (!block) return HOT_MEMORY;
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (int32_t i = 0; i < tiles; i++) {
        hot_tile tile = tile_at(t, i);
        sum(t, &tile, block + (size_t)hot_worker() * buffer);
    }
    hot_free(block);
    return HOT_OK;
}

static hot_status sum_by_sweep(hot_tiling *t, const hot_tile_code *code, int threads)
{
    hot_sweep sweep = {0};
    HOT_TRY(hot_sweep_new(t, &sweep));
    t->sweep = &sweep;
    hot_status status = sum_tiles(t, code->sweep[t->field->power], hot_sweep_buffer(t), threads);
    hot_sweep_free(&sweep);
    return status;
}

static hot_status sum_by_scatter(hot_tiling *t, const hot_tile_code *code, int threads)
{
    hot_scatter_tiles(t);
    return sum_tiles(t, code->scatter[t->field->kernel], hot_scatter_buffer(t), threads);
}

hot_status hot_kde_along(hot_path path, hot_way way, const hot_frame *frame, const double *x,
                         const double *y, const double *weight, size_t n, hot_kernel kernel,
                         double bandwidth, const uint8_t *inside, int threads, double *density)
{
    if (!is_domain(frame, n, kernel, bandwidth) || !hot_path_has(path)) return HOT_DOMAIN;
    if (way == HOT_WAY_SWEEP && !can_sweep(kernel)) return HOT_DOMAIN;
    hot_field field = hot_field_of(frame, kernel, bandwidth);
    hot_kde_places places = {0};
    threads = hot_threads(threads);
    HOT_TRY(hot_kde_places_new(&field, x, y, weight, n, threads, &places));
    hot_tiling tiling = {.field = &field, .places = &places, .inside = inside, .density = density};
    hot_status status = is_swept(way, &field) ? sum_by_sweep(&tiling, code_of(path), threads)
                                              : sum_by_scatter(&tiling, code_of(path), threads);
    hot_kde_places_free(&places);
    return status;
}

hot_status hot_kde(const hot_frame *frame, const double *x, const double *y, const double *weight,
                   size_t n, hot_kernel kernel, double bandwidth, const uint8_t *inside,
                   int threads, double *density)
{
    return hot_kde_along(HOT_PATH_BEST, HOT_WAY_BEST, frame, x, y, weight, n, kernel, bandwidth,
                         inside, threads, density);
}
