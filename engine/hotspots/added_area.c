#include "engine/hotspots/added_area.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const double TURN = 6.283185307179586;

static int by_start(const void *a, const void *b)
{
    double p = ((const hot_arc *)a)->from, q = ((const hot_arc *)b)->from;
    return (p > q) - (p < q);
}

/** Note an arc, in two pieces where it passes angle 0.
 *  @param from  not below -TURN; to is at most two turns above 0 once from is not below it
 *  @return how many pieces there are now */
static size_t note(hot_arc *piece, size_t n, double from, double to)
{
    if (from < 0) from += TURN, to += TURN;
    if (to <= TURN) {
        piece[n++] = (hot_arc){from, to};
    } else {
        piece[n++] = (hot_arc){from, TURN};
        piece[n++] = (hot_arc){0, to - TURN};
    }
    return n;
}

/** The part of a circle about `a` that lies in the disc about `b`. */
static hot_arc part_in(hot_centre a, hot_centre b, double radius)
{
    double half = acos(fmin(hypot(b.x - a.x, b.y - a.y) / (2 * radius), 1));
    double middle = atan2(b.y - a.y, b.x - a.x);
    return (hot_arc){middle - half, middle + half};
}

static bool are_same(hot_centre a, hot_centre b)
{
    return a.x == b.x && a.y == b.y;
}

static bool overlap(hot_centre a, hot_centre b, double radius)
{
    double dx = b.x - a.x, dy = b.y - a.y;
    return dx * dx + dy * dy < 4 * radius * radius;
}

/** Twice what an arc gives to the integral, its centre seen from the origin. */
static double swept(hot_centre at, double radius, double from, double to)
{
    if (to <= from) return 0;
    return radius *
           (radius * (to - from) + at.x * (sin(to) - sin(from)) - at.y * (cos(to) - cos(from)));
}

/** That of a circle less the given pieces. */
static double swept_but(hot_centre at, double radius, hot_arc *piece, size_t n)
{
    double sum = 0, reached = 0;
    qsort(piece, n, sizeof *piece, by_start);
    for (size_t k = 0; k < n; k++) {
        sum += swept(at, radius, reached, piece[k].from);
        reached = fmax(reached, piece[k].to);
    }
    return sum + swept(at, radius, reached, TURN);
}

/** That of the circle of one of the others, where it is inside the disc and in no other. */
static double swept_inside(hot_centre disc, const hot_centre *other, size_t n, size_t i,
                           double radius, hot_arc *room)
{
    hot_arc in = part_in(other[i], disc, radius);
    size_t pieces = note(room, 0, in.to, in.from + TURN); /* outside the disc */
    for (size_t j = 0; j < n; j++) {
        if (are_same(other[i], other[j])) {
            if (j < i) return 0; /* the same disc came before */
            continue;
        }
        if (!overlap(other[i], other[j], radius)) continue;
        hot_arc covered = part_in(other[i], other[j], radius);
        pieces = note(room, pieces, covered.from, covered.to);
    }
    hot_centre seen = {other[i].x - disc.x, other[i].y - disc.y};
    return swept_but(seen, radius, room, pieces);
}

double hot_added_area(hot_centre disc, const hot_centre *other, size_t n, double radius,
                      hot_arc *room)
{
    double back = 0;
    size_t pieces = 0;
    for (size_t i = 0; i < n; i++) {
        if (are_same(disc, other[i])) return 0;
        if (!overlap(disc, other[i], radius)) continue;
        back += swept_inside(disc, other, n, i, radius, room);
    }
    for (size_t i = 0; i < n; i++) {
        if (!overlap(disc, other[i], radius)) continue;
        hot_arc covered = part_in(disc, other[i], radius);
        pieces = note(room, pieces, covered.from, covered.to);
    }
    return fmax((swept_but((hot_centre){0, 0}, radius, room, pieces) - back) / 2, 0);
}
