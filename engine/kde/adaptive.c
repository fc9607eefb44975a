#include "engine/kde/adaptive.h"

#include <math.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/kde/at.h"

enum { BLOCK = 32 }; /* rows of cells that one thread sums at a time */

typedef struct {
    const hot_frame *frame;
    const hot_strips *points;
    const double *bandwidth; /* [points->n] */
    hot_kernel kernel;
    double reach; /* m, of the widest kernel */
    const uint8_t *inside;
    double *density;
} scene;

/* ---- bandwidths ---- */

/** In the points' own order, so that the sum does not depend on that of the input. */
static double geometric_mean(const hot_strips *s, const double *pilot)
{
    double sum = 0, weight = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        if (!(s->point[i].weight > 0)) continue;
        sum += s->point[i].weight * log(pilot[i]);
        weight += s->point[i].weight;
    }
    return weight > 0 ? exp(sum / weight) : 0;
}

/** The pilot's densities become bandwidths, in place. */
static void vary(const hot_strips *s, double h0, double least, double most, double *value,
                 hot_adaptive *told)
{
    *told = (hot_adaptive){.mean = geometric_mean(s, value)};
    for (uint32_t i = 0; i < s->n; i++) {
        double weight = s->point[i].weight;
        if (!(weight > 0)) continue;
        double factor = sqrt(told->mean / value[i]);
        told->at_least += factor < least ? weight : 0;
        told->at_most += factor > most ? weight : 0;
        value[i] = h0 * fmin(fmax(factor, least), most);
        told->least = told->least > 0 ? fmin(told->least, value[i]) : value[i];
        told->most = fmax(told->most, value[i]);
    }
}

/* ---- sums ---- */

static int32_t clip(double at, int32_t end)
{
    return at < 0 ? 0 : at > end ? end : (int32_t)at;
}

/** Add one point to rows from <= row < to. */
static void spread(const scene *c, uint32_t i, int32_t from, int32_t to)
{
    const hot_frame *f = c->frame;
    const hot_point *p = &c->points->point[i];
    double h = c->bandwidth[i], reach = hot_kernel_support(c->kernel, h);
    int32_t top = clip(floor((f->north - p->y - reach) / f->cell), f->rows);
    int32_t end = clip(ceil((f->north - p->y + reach) / f->cell) + 1, f->rows);
    int32_t left = clip(floor((p->x - reach - f->west) / f->cell), f->cols);
    int32_t right = clip(ceil((p->x + reach - f->west) / f->cell) + 1, f->cols);
    for (int32_t row = top > from ? top : from; row < (end < to ? end : to); row++) {
        double dy = hot_frame_y(f, row) - p->y;
        for (int32_t col = left; col < right; col++) {
            double dx = hot_frame_x(f, col) - p->x, d = sqrt(dx * dx + dy * dy);
            c->density[(int64_t)row * f->cols + col] +=
                p->weight * hot_kernel_value(c->kernel, d, h);
        }
    }
}

static void sum_rows(const scene *c, int32_t from, int32_t to)
{
    const hot_frame *f = c->frame;
    const hot_strips *s = c->points;
    double south = hot_frame_y(f, to - 1) - c->reach, north = hot_frame_y(f, from) + c->reach;
    int64_t first = (int64_t)from * f->cols, end = (int64_t)to * f->cols;
    for (int64_t k = first; k < end; k++) c->density[k] = 0;
    int32_t last = s->n ? hot_strip_of(s, north) : -1;
    for (int32_t strip = s->n ? hot_strip_of(s, south) : 0; strip <= last; strip++)
        for (uint32_t i = s->first[strip]; i < s->first[strip + 1]; i++)
            if (s->point[i].weight > 0) spread(c, i, from, to);
    for (int64_t k = first; k < end; k++)
        c->density[k] = c->inside && !c->inside[k] ? (double)NAN : 1e6 * c->density[k];
}

static bool is_domain(const hot_frame *f, const double *weight, size_t n, hot_kernel kernel,
                      double h, double least, double most)
{
    bool frame = f->cell > 0 && isfinite(f->cell) && f->rows >= 1 && f->cols >= 1 &&
                 hot_frame_size(f) <= HOT_FRAME_CELLS;
    for (size_t i = 0; weight && i < n; i++)
        if (!(weight[i] >= 0)) return false;
    return frame && hot_kernel_name(kernel) && h > 0 && h <= 1e8 * f->cell && least > 0 &&
           least <= 1 && most >= 1 && isfinite(most);
}

hot_status hot_kde_adaptive(const hot_frame *frame, const double *x, const double *y,
                            const double *weight, size_t n, hot_kernel kernel, double bandwidth,
                            double least, double most, const uint8_t *inside, int threads,
                            hot_adaptive *told, double *density)
{
    hot_strips points;
    if (!is_domain(frame, weight, n, kernel, bandwidth, least, most)) return HOT_DOMAIN;
    HOT_TRY(hot_strips_new(x, y, weight, n, hot_kernel_support(kernel, bandwidth), &points));
    double *own = hot_new_raw(points.n, sizeof *own);
    if (!own) {
        hot_strips_free(&points);
        return HOT_MEMORY;
    }
#pragma omp parallel for schedule(dynamic, 64) num_threads(hot_threads(threads))
    for (uint32_t i = 0; i < points.n; i++)
        own[i] = hot_kde_at(&points, kernel, bandwidth, points.point[i].x, points.point[i].y);
    vary(&points, bandwidth, least, most, own, told);
    scene c = {frame,  &points, own, kernel, hot_kernel_support(kernel, told->most),
               inside, density};
#pragma omp parallel for schedule(dynamic) num_threads(hot_threads(threads))
    for (int32_t row = 0; row < frame->rows; row += BLOCK)
        sum_rows(&c, row, row + BLOCK < frame->rows ? row + BLOCK : frame->rows);
    hot_free(own);
    hot_strips_free(&points);
    return HOT_OK;
}
