#include "engine/hotspots/union_area.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "engine/base/memory.h"

static const double TURN = 6.283185307179586;

/** Part of a circle, angles from 0 to TURN. */
typedef struct {
    double from, to;
} arc;

static int by_start(const void *a, const void *b)
{
    double p = ((const arc *)a)->from, q = ((const arc *)b)->from;
    return (p > q) - (p < q);
}

/** Add the part of circle 0 that another disc covers, in two pieces where it passes angle 0.
 *  @return how many pieces there are now */
static size_t add_covered(arc *covered, size_t n, double dx, double dy, double radius)
{
    double half = acos(fmin(hypot(dx, dy) / (2 * radius), 1)), middle = atan2(dy, dx);
    double from = middle - half, to = middle + half;
    if (from < 0) from += TURN, to += TURN;
    if (to <= TURN) {
        covered[n++] = (arc){from, to};
    } else {
        covered[n++] = (arc){from, TURN};
        covered[n++] = (arc){0, to - TURN};
    }
    return n;
}

/** Twice what an arc adds to the area, its centre seen from the origin. */
static double swept(double x, double y, double radius, double from, double to)
{
    if (to <= from) return 0;
    return radius * (radius * (to - from) + x * (sin(to) - sin(from)) - y * (cos(to) - cos(from)));
}

static double swept_between(double x, double y, double radius, arc *covered, size_t n)
{
    double sum = 0, at = 0;
    qsort(covered, n, sizeof *covered, by_start);
    for (size_t k = 0; k < n; k++) {
        sum += swept(x, y, radius, at, covered[k].from);
        at = fmax(at, covered[k].to);
    }
    return sum + swept(x, y, radius, at, TURN);
}

/** The pieces of circle i that lie in other discs.
 *  @return false where the same disc came before: it adds nothing */
static bool list_covered(const hot_centre *centre, size_t n, size_t i, double radius, arc *covered,
                         size_t *pieces)
{
    *pieces = 0;
    for (size_t j = 0; j < n; j++) {
        double dx = centre[j].x - centre[i].x, dy = centre[j].y - centre[i].y;
        if (fabs(dx) >= 2 * radius || fabs(dy) >= 2 * radius) continue;
        if (dx == 0 && dy == 0 && j < i) return false;
        if ((dx == 0 && dy == 0) || hypot(dx, dy) >= 2 * radius) continue;
        *pieces = add_covered(covered, *pieces, dx, dy, radius);
    }
    return true;
}

hot_status hot_union_area(const hot_centre *centre, size_t n, double radius, double *area)
{
    arc *covered = hot_new_raw(n, 2 * sizeof *covered);
    double twice = 0;
    size_t pieces;
    if (!covered) return HOT_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (list_covered(centre, n, i, radius, covered, &pieces))
            twice += swept_between(centre[i].x - centre[0].x, centre[i].y - centre[0].y, radius,
                                   covered, pieces);
    hot_free(covered);
    *area = twice / 2;
    return HOT_OK;
}
