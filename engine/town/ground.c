/** @file ground.c
 *  Plane geometry in whole decimetres. Divisions of signed numbers truncate towards zero, which C
 *  fixes; nothing is shifted right that may be negative.
 */
#include "engine/town/parts.h"

/* 16384 * sin(i * 90 / 64 degrees) */
static const int32_t quarter[65] = {
    0,     402,   804,   1205,  1606,  2006,  2404,  2801,  3196,  3590,  3981,  4370,  4756,
    5139,  5520,  5897,  6270,  6639,  7005,  7366,  7723,  8076,  8423,  8765,  9102,  9434,
    9760,  10080, 10394, 10702, 11003, 11297, 11585, 11866, 12140, 12406, 12665, 12916, 13160,
    13395, 13623, 13842, 14053, 14256, 14449, 14635, 14811, 14978, 15137, 15286, 15426, 15557,
    15679, 15791, 15893, 15986, 16069, 16143, 16207, 16261, 16305, 16340, 16364, 16379, 16384};

static int32_t sine(int32_t angle)
{
    int32_t a = ((angle % HOT_TOWN_TURN) + HOT_TOWN_TURN) % HOT_TOWN_TURN;
    int32_t sign = a < HOT_TOWN_TURN / 2 ? 1 : -1;
    a %= HOT_TOWN_TURN / 2;
    if (a > HOT_TOWN_TURN / 4) a = HOT_TOWN_TURN / 2 - a;
    int32_t i = a / 4, rest = a % 4;
    int32_t next = i < 64 ? quarter[i + 1] : quarter[64];
    return sign * (quarter[i] + (next - quarter[i]) * rest / 4);
}

int64_t hot_town_root(int64_t n)
{
    int64_t root = 0, bit = INT64_C(1) << 62;
    while (bit > n) bit /= 4;
    for (; bit; bit /= 4) {
        if (n >= root + bit) {
            n -= root + bit;
            root = root / 2 + bit;
        } else
            root /= 2;
    }
    return root;
}

int64_t hot_town_distance2(hot_town_point a, hot_town_point b)
{
    int64_t dx = (int64_t)b.x - a.x, dy = (int64_t)b.y - a.y;
    return dx * dx + dy * dy;
}

int64_t hot_town_distance(hot_town_point a, hot_town_point b)
{
    return hot_town_root(hot_town_distance2(a, b));
}

static hot_town_heading unit(int64_t x, int64_t y)
{
    int64_t length = hot_town_root(x * x + y * y);
    if (length == 0) return (hot_town_heading){HOT_TOWN_UNIT, 0};
    return (hot_town_heading){x * HOT_TOWN_UNIT / length, y * HOT_TOWN_UNIT / length};
}

hot_town_heading hot_town_heading_of(hot_town_point from, hot_town_point to)
{
    return unit((int64_t)to.x - from.x, (int64_t)to.y - from.y);
}

hot_town_heading hot_town_heading_turn(hot_town_heading h, int32_t angle)
{
    int64_t s = sine(angle), c = sine(angle + HOT_TOWN_TURN / 4);
    return unit((h.x * c - h.y * s) / 64, (h.x * s + h.y * c) / 64);
}

hot_town_point hot_town_ahead(hot_town_point from, hot_town_heading h, int64_t length)
{
    return (hot_town_point){(int32_t)(from.x + h.x * length / HOT_TOWN_UNIT),
                            (int32_t)(from.y + h.y * length / HOT_TOWN_UNIT)};
}

hot_town_point hot_town_beside(hot_town_point a, hot_town_point b, int64_t along, int64_t left)
{
    hot_town_heading h = hot_town_heading_of(a, b);
    hot_town_heading normal = {-h.y, h.x};
    return hot_town_ahead(hot_town_ahead(a, h, along), normal, left);
}

int64_t hot_town_side(hot_town_point a, hot_town_point b, hot_town_point c)
{
    return ((int64_t)b.x - a.x) * ((int64_t)c.y - a.y) -
           ((int64_t)b.y - a.y) * ((int64_t)c.x - a.x);
}

static bool within(hot_town_point a, hot_town_point b, hot_town_point p)
{
    return (a.x < b.x ? a.x <= p.x && p.x <= b.x : b.x <= p.x && p.x <= a.x) &&
           (a.y < b.y ? a.y <= p.y && p.y <= b.y : b.y <= p.y && p.y <= a.y);
}

static int sign(int64_t n)
{
    return (n > 0) - (n < 0);
}

bool hot_town_touch(hot_town_point a, hot_town_point b, hot_town_point c, hot_town_point d)
{
    int abc = sign(hot_town_side(a, b, c)), abd = sign(hot_town_side(a, b, d));
    int cda = sign(hot_town_side(c, d, a)), cdb = sign(hot_town_side(c, d, b));
    if (abc * abd < 0 && cda * cdb < 0) return true;
    return (abc == 0 && within(a, b, c)) || (abd == 0 && within(a, b, d)) ||
           (cda == 0 && within(c, d, a)) || (cdb == 0 && within(c, d, b));
}

bool hot_town_inside(const hot_town_point *ring, size_t n, hot_town_point p)
{
    bool in = false;
    for (size_t i = 0; i + 1 < n; ++i) {
        hot_town_point a = ring[i], b = ring[i + 1];
        if ((a.y > p.y) == (b.y > p.y)) continue;
        int64_t side = hot_town_side(a, b, p);
        if (b.y > a.y ? side > 0 : side < 0) in = !in;
    }
    return in;
}

int64_t hot_town_gap2(hot_town_point p, hot_town_point a, hot_town_point b)
{
    int64_t dx = (int64_t)b.x - a.x, dy = (int64_t)b.y - a.y;
    int64_t length2 = dx * dx + dy * dy;
    int64_t dot = ((int64_t)p.x - a.x) * dx + ((int64_t)p.y - a.y) * dy;
    if (length2 == 0 || dot <= 0) return hot_town_distance2(p, a);
    if (dot >= length2) return hot_town_distance2(p, b);
    hot_town_point foot = {(int32_t)(a.x + dx * dot / length2),
                           (int32_t)(a.y + dy * dot / length2)};
    return hot_town_distance2(p, foot);
}

int64_t hot_town_twice_area(const hot_town *town, hot_town_line ring)
{
    const hot_town_point *p = town->points.at + ring.first;
    int64_t sum = 0;
    for (size_t i = 0; i + 1 < ring.count; ++i)
        sum += (int64_t)p[i].x * p[i + 1].y - (int64_t)p[i + 1].x * p[i].y;
    return sum;
}
