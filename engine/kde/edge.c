#include "engine/kde/edge.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/kde/at.h"
#include "engine/kde/kde.h"

/** The cells outside that a kernel inside may reach, by their centres. */
typedef struct {
    double *x, *y;
    size_t n, room_x, room_y;
} rim;

static void rim_free(rim *r)
{
    hot_free(r->x);
    hot_free(r->y);
}

static hot_status rim_add(rim *r, double x, double y)
{
    if (!hot_grow(&r->x, &r->room_x, r->n + 1, sizeof *r->x) ||
        !hot_grow(&r->y, &r->room_y, r->n + 1, sizeof *r->y))
        return HOT_MEMORY;
    r->x[r->n] = x;
    r->y[r->n++] = y;
    return HOT_OK;
}

/** How many cells of the study area a window of columns holds, for the rows within reach: kept up
 *  from row to row. */
typedef struct {
    const hot_frame *frame;
    const uint8_t *inside;
    int32_t reach;
    uint32_t *column; /* [cols] cells inside among the rows of the window */
} window;

static void take_row(window *w, int32_t row, bool in)
{
    if (row < 0 || row >= w->frame->rows) return;
    const uint8_t *inside = w->inside + (int64_t)row * w->frame->cols;
    for (int32_t col = 0; col < w->frame->cols; col++)
        if (inside[col]) w->column[col] += in ? 1 : UINT32_MAX; /* wraps to one less */
}

static bool is_inside(const window *w, int32_t row, int32_t col)
{
    const hot_frame *f = w->frame;
    bool within = row >= 0 && row < f->rows && col >= 0 && col < f->cols;
    return within && w->inside[(int64_t)row * f->cols + col];
}

/** The cells of a row that are outside and have one inside within reach on both axes. */
static hot_status scan_row(const window *w, int32_t row, rim *r)
{
    const hot_frame *f = w->frame;
    uint64_t near = 0;
    for (int32_t col = -w->reach; col < f->cols + w->reach; col++) {
        int32_t coming = col + w->reach, going = col - w->reach - 1;
        if (coming >= 0 && coming < f->cols) near += w->column[coming];
        if (going >= 0 && going < f->cols) near -= w->column[going];
        if (!near || is_inside(w, row, col)) continue;
        HOT_TRY(rim_add(r, hot_frame_x(f, col), hot_frame_y(f, row)));
    }
    return HOT_OK;
}

static hot_status rim_find(const hot_frame *frame, const uint8_t *inside, double support, rim *r)
{
    window w = {frame, inside, (int32_t)ceil(support / frame->cell), NULL};
    w.column = hot_new((size_t)frame->cols, sizeof *w.column);
    if (!w.column) return HOT_MEMORY;
    hot_status status = HOT_OK;
    for (int32_t row = -w.reach; row < frame->rows + w.reach && status == HOT_OK; row++) {
        take_row(&w, row + w.reach, true);
        take_row(&w, row - w.reach - 1, false);
        status = scan_row(&w, row, r);
    }
    hot_free(w.column);
    return status;
}

/** From the density of the cells outside to the part inside. */
static double share_of(const hot_frame *f, hot_kernel kernel, double bandwidth, double outside)
{
    double cell = f->cell * f->cell, own = hot_kernel_value(kernel, 0, bandwidth) * cell;
    return fmin(fmax(1 - outside * cell / 1e6, own), 1);
}

static bool is_domain(const hot_frame *f, const uint8_t *inside, hot_kernel kernel, double h)
{
    return inside && f->cell > 0 && f->rows >= 1 && f->cols >= 1 && hot_kernel_name(kernel) &&
           h > 0 && h <= 1e6 * f->cell;
}

static hot_status shares_with(const rim *r, const hot_frame *frame, const uint8_t *inside,
                              hot_kernel kernel, double bandwidth, int threads, double *share)
{
    HOT_TRY(hot_kde(frame, r->x, r->y, NULL, r->n, kernel, bandwidth, inside, threads, share));
    for (int64_t k = 0; k < hot_frame_size(frame); k++)
        if (inside[k]) share[k] = share_of(frame, kernel, bandwidth, share[k]);
    return HOT_OK;
}

hot_status hot_edge_shares(const hot_frame *frame, const uint8_t *inside, hot_kernel kernel,
                           double bandwidth, int threads, double *share)
{
    rim r = {0};
    if (!is_domain(frame, inside, kernel, bandwidth)) return HOT_DOMAIN;
    hot_status status = rim_find(frame, inside, hot_kernel_support(kernel, bandwidth), &r);
    if (status == HOT_OK)
        status = shares_with(&r, frame, inside, kernel, bandwidth, threads, share);
    rim_free(&r);
    return status;
}

/** Each point's weight over the part of its kernel that lies inside. */
static hot_status weigh(const hot_frame *frame, const double *x, const double *y,
                        const double *weight, size_t n, hot_kernel kernel, double bandwidth,
                        const uint8_t *inside, int threads, double *out)
{
    rim r = {0};
    hot_strips outside = {0};
    double support = hot_kernel_support(kernel, bandwidth);
    hot_status status = rim_find(frame, inside, support, &r);
    if (status == HOT_OK) status = hot_strips_new(r.x, r.y, NULL, r.n, support, &outside);
    if (status == HOT_OK) hot_kde_at_all(&outside, kernel, bandwidth, x, y, n, threads, out);
    for (size_t i = 0; status == HOT_OK && i < n; i++)
        out[i] = (weight ? weight[i] : 1) / share_of(frame, kernel, bandwidth, out[i]);
    hot_strips_free(&outside);
    rim_free(&r);
    return status;
}

static hot_status diggle(const hot_frame *frame, const double *x, const double *y,
                         const double *weight, size_t n, hot_kernel kernel, double bandwidth,
                         const uint8_t *inside, int threads, double *density)
{
    double *own = hot_new_raw(n, sizeof *own);
    if (!own) return HOT_MEMORY;
    hot_status status = weigh(frame, x, y, weight, n, kernel, bandwidth, inside, threads, own);
    if (status == HOT_OK)
        status = hot_kde(frame, x, y, own, n, kernel, bandwidth, inside, threads, density);
    hot_free(own);
    return status;
}

static hot_status uniform(const hot_frame *frame, const double *x, const double *y,
                          const double *weight, size_t n, hot_kernel kernel, double bandwidth,
                          const uint8_t *inside, int threads, double *density)
{
    size_t cells = (size_t)hot_frame_size(frame);
    double *share = hot_new_raw(cells, sizeof *share);
    if (!share) return HOT_MEMORY;
    hot_status status = hot_edge_shares(frame, inside, kernel, bandwidth, threads, share);
    if (status == HOT_OK)
        status = hot_kde(frame, x, y, weight, n, kernel, bandwidth, inside, threads, density);
    for (size_t k = 0; status == HOT_OK && k < cells; k++)
        if (inside[k]) density[k] /= share[k];
    hot_free(share);
    return status;
}

hot_status hot_kde_corrected(hot_edge edge, const hot_frame *frame, const double *x,
                             const double *y, const double *weight, size_t n, hot_kernel kernel,
                             double bandwidth, const uint8_t *inside, int threads, double *density)
{
    if (!is_domain(frame, inside, kernel, bandwidth)) return HOT_DOMAIN;
    return (edge == HOT_EDGE_DIGGLE ? diggle : uniform)(frame, x, y, weight, n, kernel, bandwidth,
                                                        inside, threads, density);
}
