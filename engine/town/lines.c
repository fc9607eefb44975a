/** @file lines.c
 *  Growing, smoothing and keeping lines.
 */
#include "engine/town/parts.h"

hot_status hot_town_points_add(hot_town_points *points, hot_town_point at)
{
    if (!hot_grow(&points->at, &points->room, points->n + 1, sizeof *points->at)) return HOT_MEMORY;
    points->at[points->n++] = at;
    return HOT_OK;
}

hot_status hot_town_points_close(hot_town_points *ring)
{
    return ring->n ? hot_town_points_add(ring, ring->at[0]) : HOT_DOMAIN;
}

static hot_town_point quarter_way(hot_town_point a, hot_town_point b)
{
    return (hot_town_point){(a.x * 3 + b.x + 2) / 4, (a.y * 3 + b.y + 2) / 4};
}

hot_status hot_town_smooth(const hot_town_points *from, bool closed, hot_town_points *to)
{
    const hot_town_point *p = from->at;
    size_t n = from->n;
    if (!closed) HOT_TRY(hot_town_points_add(to, p[0]));
    for (size_t i = 0; i + 1 < n; ++i) {
        if (closed || i > 0) HOT_TRY(hot_town_points_add(to, quarter_way(p[i], p[i + 1])));
        if (closed || i + 2 < n) HOT_TRY(hot_town_points_add(to, quarter_way(p[i + 1], p[i])));
    }
    return closed ? hot_town_points_close(to) : hot_town_points_add(to, p[n - 1]);
}

static hot_status bend(hot_town_point a, hot_town_point b, int64_t longest, int32_t amount,
                       hot_town_chance *chance, hot_town_points *to)
{
    int64_t length = hot_town_distance(a, b);
    if (length <= longest) return hot_town_points_add(to, b);
    int64_t left = 0;
    if (amount) {
        int32_t most = (int32_t)(length / amount);
        left = hot_town_chance_between(chance, -most, most);
    }
    hot_town_point middle = hot_town_beside(a, b, length / 2, left);
    HOT_TRY(bend(a, middle, longest, amount, chance, to));
    return bend(middle, b, longest, amount, chance, to);
}

hot_status hot_town_break(const hot_town_points *from, int64_t longest, int32_t amount,
                          hot_town_chance *chance, hot_town_points *to)
{
    HOT_TRY(hot_town_points_add(to, from->at[0]));
    for (size_t i = 0; i + 1 < from->n; ++i)
        HOT_TRY(bend(from->at[i], from->at[i + 1], longest, amount, chance, to));
    return HOT_OK;
}

hot_status hot_town_keep(hot_town *town, const hot_town_points *from, hot_town_line *line)
{
    size_t first = town->points.n;
    for (size_t i = 0; i < from->n; ++i) HOT_TRY(hot_town_points_add(&town->points, from->at[i]));
    *line = (hot_town_line){first, from->n};
    return HOT_OK;
}
