#include "engine/kde/scatter.h"

#include <math.h>

/* A tile of doubles that stays in a core's second cache; its rows share the Gaussian's exp(). */
enum { TILE_ROWS = 32, TILE_COLS = 512 };

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

void hot_scatter_tiles(hot_tiling *t)
{
    const hot_frame *frame = t->field->frame;
    t->largest.rows = least(TILE_ROWS, frame->rows);
    t->largest.cols = least(TILE_COLS, frame->cols);
    t->down = (frame->rows + t->largest.rows - 1) / t->largest.rows;
    t->across = (frame->cols + t->largest.cols - 1) / t->largest.cols;
}

/* One vector more in each row takes what a last whole vector writes beyond it; one row more holds
 * the Gaussian's factors. */
size_t hot_scatter_buffer(const hot_tiling *t)
{
    size_t pitch = (size_t)t->largest.cols + HOT_LANES;
    return (size_t)(t->largest.rows + 1) * pitch * sizeof(double);
}

static double gaussian(const hot_field *field, double d)
{
    double sigma = field->radius / HOT_GAUSSIAN_CUT;
    return exp(-d * d / (2 * sigma * sigma));
}

void hot_gaussian_across(const hot_field *field, const hot_tile *tile, const hot_kde_place *place,
                         int32_t first, int32_t end, double *out)
{
    for (int32_t col = first; col < end; col++) {
        double dx = (double)(tile->col + col - place->col) * field->cell + place->x;
        out[col] = gaussian(field, dx);
    }
}

double hot_gaussian_down(const hot_field *field, const hot_kde_place *place, double dy)
{
    return place->weight * gaussian(field, dy);
}
