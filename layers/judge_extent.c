/* Where incidents lie: all of them, and all but the few that lie far off. */
#include <stdlib.h>

#include "engine/base/memory.h"
#include "layers/judge_parts.h"

/** A coordinate, and the rows that have it. */
typedef struct {
    double at;
    uint64_t rows;
} spot;

static int by_coordinate(const void *a, const void *b)
{
    const spot *p = a, *q = b;
    return (p->at > q->at) - (p->at < q->at);
}

/** The coordinate before which fewer than `rows` rows lie. */
static double spot_after(const spot *spots, uint64_t rows)
{
    uint64_t before = 0;
    size_t k = 0;
    while (before + spots[k].rows <= rows) before += spots[k++].rows;
    return spots[k].at;
}

/** Lowest and highest coordinate of all rows, and with the two hundredth parts cut off. */
static void axis_judge(spot *spots, size_t n, uint64_t rows, double all[2], double most[2])
{
    uint64_t cut = rows / 200;
    qsort(spots, n, sizeof *spots, by_coordinate);
    all[0] = spots[0].at;
    all[1] = spots[n - 1].at;
    most[0] = spot_after(spots, cut);
    most[1] = spot_after(spots, rows - 1 - cut);
}

static size_t take_axis(const double *at, const uint64_t *at_point, size_t n, spot *spots)
{
    size_t taken = 0;
    for (size_t k = 0; k < n; k++)
        if (at_point[k]) spots[taken++] = (spot){at[k], at_point[k]};
    return taken;
}

hot_status hot_judge_extent(const hot_points *p, const uint64_t *at_point, hot_judgement *j)
{
    double x[2], y[2], most_x[2], most_y[2];
    if (j->rows == 0) return HOT_OK;
    spot *spots = hot_new_raw(p->n, sizeof *spots);
    if (!spots) return HOT_MEMORY;
    axis_judge(spots, take_axis(p->x, at_point, p->n, spots), j->rows, x, most_x);
    axis_judge(spots, take_axis(p->y, at_point, p->n, spots), j->rows, y, most_y);
    hot_free(spots);
    j->all = (hot_box){x[0], y[0], x[1], y[1]};
    j->most = (hot_box){most_x[0], most_y[0], most_x[1], most_y[1]};
    return HOT_OK;
}
