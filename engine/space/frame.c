#include "engine/space/frame.h"

#include <math.h>

double hot_frame_cells(double west, double south, double east, double north, double cell,
                       double margin)
{
    double w = floor((west - margin) / cell), e = floor((east + margin) / cell) + 1;
    double s = floor((south - margin) / cell), n = floor((north + margin) / cell) + 1;
    return (e - w) * (n - s);
}

hot_status hot_frame_fit(double west, double south, double east, double north, double cell,
                         double margin, hot_frame *frame)
{
    if (!(cell > 0) || !isfinite(cell) || !(margin >= 0) || !(west <= east) || !(south <= north)) return HOT_DOMAIN;
    double cells = hot_frame_cells(west, south, east, north, cell, margin);
    if (!(cells >= 1 && cells <= (double)HOT_FRAME_CELLS)) return HOT_DOMAIN;
    double w = floor((west - margin) / cell), e = floor((east + margin) / cell) + 1;
    double s = floor((south - margin) / cell), n = floor((north + margin) / cell) + 1;
    *frame = (hot_frame){.west = w * cell,
                         .north = n * cell,
                         .cell = cell,
                         .cols = (int32_t)(e - w),
                         .rows = (int32_t)(n - s)};
    return HOT_OK;
}

int64_t hot_frame_index(const hot_frame *frame, double x, double y)
{
    /* Rows count from the north, but a cell holds its south edge: count rows from the south. */
    double col = floor((x - frame->west) / frame->cell);
    double up = floor((y - hot_frame_south(frame)) / frame->cell);
    if (!(col >= 0 && col < frame->cols && up >= 0 && up < frame->rows)) return -1;
    return (int64_t)(frame->rows - 1 - (int32_t)up) * frame->cols + (int32_t)col;
}
