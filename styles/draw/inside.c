#include "styles/draw/inside.h"

#include <math.h>
#include <stdlib.h>

#include "engine/base/memory.h"

/** Where a level line crosses the area's rings. */
typedef struct {
    double *x;
    size_t n, room;
} crossings;

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static bool ring_cross(const hot_shapes *s, size_t r, double y, crossings *found)
{
    for (size_t i = s->point[r]; i + 1 < s->point[r + 1]; i++) {
        double y0 = s->y[i], y1 = s->y[i + 1];
        if ((y0 > y) == (y1 > y)) continue;
        if (!hot_grow(&found->x, &found->room, found->n + 1, sizeof *found->x)) return false;
        found->x[found->n++] = s->x[i] + (y - y0) / (y1 - y0) * (s->x[i + 1] - s->x[i]);
    }
    return true;
}

static bool level_cross(const hot_shapes *s, size_t f, double y, crossings *found)
{
    found->n = 0;
    for (size_t p = s->part[f]; p < s->part[f + 1]; p++)
        for (size_t r = s->ring[p]; r < s->ring[p + 1]; r++)
            if (!ring_cross(s, r, y, found)) return false;
    if (found->n) qsort(found->x, found->n, sizeof *found->x, ascending);
    return true;
}

/** The widest inner stretch of a level line, cut to the frame; width 0 when there is none. */
static hot_spot widest(const crossings *found, const hot_box *sight)
{
    hot_spot best = {0};
    for (size_t i = 0; i + 1 < found->n; i += 2) {
        double from = fmax(found->x[i], sight->west), to = fmin(found->x[i + 1], sight->east);
        if (to - from > best.width) best = (hot_spot){.x = (from + to) / 2, .width = to - from};
    }
    return best;
}

size_t hot_inside(const hot_view *view, const hot_shapes *shapes, size_t f,
                  hot_spot spots[HOT_SPOTS])
{
    hot_box box, sight = hot_view_box(view);
    crossings found = {0};
    size_t n = 0;
    if (hot_shapes_box(shapes, f, &box) != HOT_OK) return 0;
    double south = fmax(box.south, sight.south), north = fmin(box.north, sight.north);
    for (int k = 1; k <= HOT_SPOTS && north > south; k++) {
        double share = (double)k / (HOT_SPOTS + 1), y = north - share * (north - south);
        if (!level_cross(shapes, f, y, &found)) break;
        hot_spot spot = widest(&found, &sight);
        if (!(spot.width > 0)) continue;
        spot.x = hot_view_x(view, spot.x);
        spot.y = hot_view_y(view, y);
        spot.width /= view->m_per_px;
        spot.centre = fabs(2 * share - 1);
        spots[n++] = spot;
    }
    hot_free(found.x);
    return n;
}
