#include "engine/hotspots/added_area.h"

#include <math.h>
#include <stdbool.h>

static const double TURN = 6.283185307179586;

/** They are few. */
static void sort_by_start(hot_arc *piece, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        hot_arc moving = piece[i];
        size_t at = i;
        for (; at && piece[at - 1].from > moving.from; at--) piece[at] = piece[at - 1];
        piece[at] = moving;
    }
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
    double dx = b.x - a.x, dy = b.y - a.y;
    double half = acos(fmin(sqrt(dx * dx + dy * dy) / (2 * radius), 1));
    double middle = atan2(dy, dx);
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
    sort_by_start(piece, n);
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

/** What two discs have in common, as a share of one, whose centres are k / 16 of a diameter apart;
 *  rounded up. Between these it is less than on a straight line: 2/pi (acos t - t sqrt(1 - t^2)) is
 *  convex. */
static const double common[] = {1.000000, 0.920475, 0.841261, 0.762674, 0.685038, 0.608688,
                                0.533975, 0.461277, 0.391003, 0.323605, 0.259598, 0.199583,
                                0.144294, 0.094674, 0.052046, 0.018580, 0.000000};
enum { STEPS = sizeof common / sizeof *common - 1 };

double hot_added_area_least(hot_centre disc, const hot_centre *other, size_t n, double radius,
                            double nearer)
{
    double share = 1;
    for (size_t i = 0; i < n; i++) {
        double dx = other[i].x - disc.x, dy = other[i].y - disc.y;
        double apart = (sqrt(dx * dx + dy * dy) - nearer) / (2 * radius) * STEPS;
        if (apart >= STEPS) continue;
        int k = apart > 0 ? (int)apart : 0;
        double part = apart > 0 ? apart - k : 0;
        share -= common[k] + part * (common[k + 1] - common[k]);
    }
    return share > 0 ? share * TURN / 2 * radius * radius : 0;
}
