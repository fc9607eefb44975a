#include "engine/kde/sweep.h"

#include <math.h>

#include "engine/base/memory.h"

/* Columns of a tile in supports, by power. Wider tiles split fewer intervals, but cancel more, the
 * more so the higher the power. Tried for the quartic (6 to 12: least at 9), reckoned for the rest.
 */
static const double widths[4] = {8, 8, 9, 3};

static double power(double base, int exponent)
{
    double product = 1;
    while (exponent-- > 0) product *= base;
    return product;
}

static double choose(int n, int k)
{
    double ways = 1;
    for (int i = 1; i <= k; i++) ways = ways * (n - k + i) / i;
    return ways;
}

/* The greatest |coefficient of X^k| of (c - (X - P)^2)^m for c <= c_most, |P| <= p_most. */
static double lane_bound(int m, int k, double c_most, double p_most)
{
    double sum = 0;
    for (int j = 0; j <= m; j++) {
        int degree = 2 * (m - j);
        if (k > degree) continue;
        sum += choose(m, j) * power(c_most, j) * choose(degree, k) * power(p_most, degree - k);
    }
    return sum;
}

static void tiles_lay(hot_tiling *t)
{
    const hot_frame *frame = t->field->frame;
    double wide = ceil(widths[t->field->power] * t->field->radius * t->field->columns);
    int32_t cols = wide < frame->cols ? (int32_t)wide : frame->cols;
    t->across = (frame->cols + cols - 1) / cols;
    t->down = (frame->rows + HOT_LANES - 1) / HOT_LANES;
    t->largest.cols = (frame->cols + t->across - 1) / t->across;
    t->largest.rows = HOT_LANES;
}

static void bounds_fill(const hot_tiling *t, hot_sweep *sweep)
{
    const hot_field *field = t->field;
    int32_t cols = t->largest.cols;
    sweep->origin = cols / 2;
    double farthest = (double)(sweep->origin + 1) * field->cell + field->radius;
    for (int k = 0; k <= 2 * field->power; k++)
        sweep->lane[k] = lane_bound(field->power, k, field->radius2, farthest);
    for (int32_t col = 0; col < cols; col++) {
        double x = fabs((double)(col - sweep->origin) * field->cell);
        sweep->noise[col] = 0;
        for (int k = 2 * field->power; k >= 0; k--)
            sweep->noise[col] = sweep->noise[col] * x + sweep->lane[k];
    }
}

static double weight_near(const hot_tiling *t, int32_t row, int32_t tile)
{
    int32_t first = tile * t->largest.cols;
    hot_run run = hot_kde_places_near(t, row, first, first + t->largest.cols - 1);
    double sum = 0;
    for (uint32_t i = run.from; i < run.to; i++) sum += t->places->place[i].weight;
    return sum;
}

static void weights_fill(const hot_tiling *t, hot_sweep *sweep)
{
    double *weight = sweep->weight;
    for (int32_t row = 0; row < t->places->rows; row++)
        for (int32_t tile = 0; tile < t->across; tile++)
            *weight++ = weight_near(t, t->places->top + row, tile);
}

hot_status hot_sweep_new(hot_tiling *t, hot_sweep *out)
{
    hot_sweep sweep = {0};
    tiles_lay(t);
    sweep.noise = hot_new_raw((size_t)t->largest.cols, sizeof *sweep.noise);
    sweep.weight = hot_new_raw((size_t)t->places->rows * (size_t)t->across, sizeof *sweep.weight);
    if (!sweep.noise || !sweep.weight) {
        hot_sweep_free(&sweep);
        return HOT_MEMORY;
    }
    bounds_fill(t, &sweep);
    weights_fill(t, &sweep);
    *out = sweep;
    return HOT_OK;
}

void hot_sweep_free(hot_sweep *sweep)
{
    hot_free(sweep->noise);
    hot_free(sweep->weight);
    *sweep = (hot_sweep){0};
}

/* One column more than a tile takes what ends at its edge; one vector more, to align. */
size_t hot_sweep_buffer(const hot_tiling *t)
{
    size_t vectors = HOT_LANES * ((size_t)t->largest.cols + 1) + 1;
    return vectors * HOT_LANES * sizeof(uint64_t);
}

static double weight_in_reach(const hot_tiling *t, const hot_tile *tile)
{
    hot_span rows = hot_rows_near(t, tile->row, tile->row + tile->rows - 1);
    int64_t at = (int64_t)(rows.first - t->places->top) * t->across + tile->col / t->largest.cols;
    double sum = 0;
    for (int32_t row = rows.first; row <= rows.last; row++, at += t->across)
        sum += t->sweep->weight[at];
    return sum;
}

hot_scale hot_sweep_scale(const hot_tiling *t, const hot_tile *tile)
{
    hot_scale scale = {.weight = weight_in_reach(t, tile)};
    for (int k = 0; k < HOT_LANES; k++) {
        int exponent = 0;
        double most = scale.weight * t->sweep->lane[k];
        if (most > 0) frexp(most, &exponent);
        /* most < 2^exponent; rounding up of up to 2^32 places stays below the 64th bit. */
        scale.up[k] = most > 0 ? ldexp(1, 61 - exponent) : 0;
        scale.down[k] = most > 0 ? ldexp(1, exponent - 61) : 0;
    }
    scale.up[HOT_LANES - 1] = scale.down[HOT_LANES - 1] = 1;
    return scale;
}
