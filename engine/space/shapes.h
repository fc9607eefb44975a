/** @file shapes.h
 *  Polygons, lines and their parts as flat arrays.
 *
 *  Feature f has the parts part[f] .. part[f+1]-1; part p the rings ring[p] .. ring[p+1]-1; ring r
 *  the vertices point[r] .. point[r+1]-1 of x and y. The first ring of a polygon's part is its
 *  outline (counter-clockwise), the others are its holes (clockwise); a ring repeats its first
 *  vertex at its end. A line's part has one "ring", which is open.
 */
#ifndef HOT_SPACE_SHAPES_H
#define HOT_SPACE_SHAPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

typedef struct {
    size_t n, n_parts, n_rings, n_points;
    size_t *part;  /**< [n + 1] */
    size_t *ring;  /**< [n_parts + 1] */
    size_t *point; /**< [n_rings + 1] */
    double *x, *y; /**< [n_points] m */
    size_t room_n, room_parts, room_rings, room_points;
} hot_shapes;

/** Building: append a vertex, then close what it belongs to, from the inside out. Each returns
 *  HOT_MEMORY on failure, which leaves a value that can be freed. */
HOT_MUST_USE hot_status hot_shapes_add(hot_shapes *shapes, double x, double y);
HOT_MUST_USE hot_status hot_shapes_end_ring(hot_shapes *shapes);
HOT_MUST_USE hot_status hot_shapes_end_part(hot_shapes *shapes);
HOT_MUST_USE hot_status hot_shapes_end(hot_shapes *shapes);

/** Append the parts of feature f of `from`, which is not closed: hot_shapes_end does that, so that
 *  several may be joined. */
HOT_MUST_USE hot_status hot_shapes_add_parts(hot_shapes *shapes, const hot_shapes *from, size_t f);

void hot_shapes_free(hot_shapes *shapes);

/** Box of feature f; HOT_DOMAIN when it has no vertex (box untouched). */
typedef struct {
    double west, south, east, north; /**< m */
} hot_box;
HOT_MUST_USE hot_status hot_shapes_box(const hot_shapes *shapes, size_t f, hot_box *box);
/** Box of all features; HOT_DOMAIN when there is no vertex. */
HOT_MUST_USE hot_status hot_shapes_box_all(const hot_shapes *shapes, hot_box *box);

/** Area of feature f, m2: outlines count up, holes down, whatever their direction. */
double hot_shapes_area(const hot_shapes *shapes, size_t f);

/** The centre of gravity of a polygon feature, holes left out, m; it may lie outside.
 *  @return false, x and y untouched, where it has no area */
bool hot_shapes_centroid(const hot_shapes *shapes, size_t f, double *x, double *y);

#endif
