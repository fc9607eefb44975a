#include "engine/space/shapes.h"

#include <math.h>

#include "engine/base/memory.h"

/** Append `next` to one of the three offset lists, whose first entry is a zero. */
static hot_status offset_add(size_t **offsets, size_t *room, size_t *n, size_t next)
{
    if (!hot_grow(offsets, room, *n + 2, sizeof **offsets)) return HOT_MEMORY;
    if (*n == 0) (*offsets)[0] = 0;
    (*offsets)[++*n] = next;
    return HOT_OK;
}

hot_status hot_shapes_add(hot_shapes *s, double x, double y)
{
    if (s->n_points == s->room_points) {
        size_t room_x = s->room_points, room_y = s->room_points;
        if (!hot_grow(&s->x, &room_x, s->n_points + 1, sizeof *s->x) ||
            !hot_grow(&s->y, &room_y, s->n_points + 1, sizeof *s->y))
            return HOT_MEMORY;
        s->room_points = room_x;
    }
    s->x[s->n_points] = x;
    s->y[s->n_points++] = y;
    return HOT_OK;
}

hot_status hot_shapes_end_ring(hot_shapes *s)
{
    return offset_add(&s->point, &s->room_rings, &s->n_rings, s->n_points);
}

hot_status hot_shapes_end_part(hot_shapes *s)
{
    return offset_add(&s->ring, &s->room_parts, &s->n_parts, s->n_rings);
}

hot_status hot_shapes_end(hot_shapes *s)
{
    return offset_add(&s->part, &s->room_n, &s->n, s->n_parts);
}

hot_status hot_shapes_add_parts(hot_shapes *s, const hot_shapes *from, size_t f)
{
    for (size_t p = from->part[f]; p < from->part[f + 1]; p++) {
        for (size_t r = from->ring[p]; r < from->ring[p + 1]; r++) {
            for (size_t i = from->point[r]; i < from->point[r + 1]; i++)
                HOT_TRY(hot_shapes_add(s, from->x[i], from->y[i]));
            HOT_TRY(hot_shapes_end_ring(s));
        }
        HOT_TRY(hot_shapes_end_part(s));
    }
    return HOT_OK;
}

void hot_shapes_free(hot_shapes *s)
{
    hot_free(s->part);
    hot_free(s->ring);
    hot_free(s->point);
    hot_free(s->x);
    hot_free(s->y);
    *s = (hot_shapes){0};
}

static hot_status box_of(const hot_shapes *s, size_t from, size_t to, hot_box *box)
{
    if (from >= to) return HOT_DOMAIN;
    hot_box b = {s->x[from], s->y[from], s->x[from], s->y[from]};
    for (size_t i = from + 1; i < to; i++) {
        b.west = fmin(b.west, s->x[i]);
        b.east = fmax(b.east, s->x[i]);
        b.south = fmin(b.south, s->y[i]);
        b.north = fmax(b.north, s->y[i]);
    }
    *box = b;
    return HOT_OK;
}

hot_status hot_shapes_box(const hot_shapes *s, size_t f, hot_box *box)
{
    if (s->part[f] == s->part[f + 1]) return HOT_DOMAIN;
    size_t first = s->point[s->ring[s->part[f]]], last = s->point[s->ring[s->part[f + 1]]];
    return box_of(s, first, last, box);
}

hot_status hot_shapes_box_all(const hot_shapes *s, hot_box *box)
{
    return box_of(s, 0, s->n_points, box);
}

/** Twice the signed area, about the ring's first vertex so that large coordinates do not cancel. */
static double ring_area2(const hot_shapes *s, size_t r)
{
    size_t a = s->point[r], b = s->point[r + 1];
    double sum = 0, x0 = a < b ? s->x[a] : 0, y0 = a < b ? s->y[a] : 0;
    for (size_t i = a; i + 1 < b; i++)
        sum += (s->x[i] - x0) * (s->y[i + 1] - y0) - (s->x[i + 1] - x0) * (s->y[i] - y0);
    return sum;
}

double hot_shapes_area(const hot_shapes *s, size_t f)
{
    double area = 0;
    for (size_t p = s->part[f]; p < s->part[f + 1]; p++)
        for (size_t r = s->ring[p]; r < s->ring[p + 1]; r++) {
            double a = fabs(ring_area2(s, r)) / 2;
            area += r == s->ring[p] ? a : -a;
        }
    return area;
}

/** A ring's area, and its moments about (x0, y0), which keeps large coordinates from cancelling. */
static void add_moments(const hot_shapes *s, size_t r, double x0, double y0, bool hole,
                        double sum[3])
{
    double own[3] = {0, 0, 0};
    for (size_t i = s->point[r]; i + 1 < s->point[r + 1]; i++) {
        double ax = s->x[i] - x0, ay = s->y[i] - y0;
        double bx = s->x[i + 1] - x0, by = s->y[i + 1] - y0, cross = ax * by - bx * ay;
        own[0] += cross / 2;
        own[1] += (ax + bx) * cross / 6;
        own[2] += (ay + by) * cross / 6;
    }
    double sign = (own[0] < 0 ? -1 : 1) * (hole ? -1 : 1);
    for (int k = 0; k < 3; k++) sum[k] += sign * own[k];
}

bool hot_shapes_centroid(const hot_shapes *s, size_t f, double *x, double *y)
{
    double sum[3] = {0, 0, 0};
    hot_box box;
    if (hot_shapes_box(s, f, &box) != HOT_OK) return false;
    for (size_t p = s->part[f]; p < s->part[f + 1]; p++)
        for (size_t r = s->ring[p]; r < s->ring[p + 1]; r++)
            add_moments(s, r, box.west, box.south, r != s->ring[p], sum);
    if (!(sum[0] > 0)) return false;
    *x = box.west + sum[1] / sum[0];
    *y = box.south + sum[2] / sum[0];
    return true;
}
