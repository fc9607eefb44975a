/** @file polygon.h
 *  The door to GEOS: polygons are made valid, or refused by name.
 */
#ifndef HOT_LAYERS_READ_POLYGON_H
#define HOT_LAYERS_READ_POLYGON_H

#include <stdbool.h>

#include "engine/base/status.h"
#include "engine/space/shapes.h"

/** An invalid polygon that crosses itself more often is refused: its repair would take seconds. */
enum { HOT_POLYGON_CROSSINGS = 20000 };

/** What was wrong with a polygon and what became of it. */
typedef struct {
    char reason[128];               /**< GEOS's words: "Self-intersection" ... */
    double area_before, area_after; /**< m2 */
} hot_repair;

/** Append feature f of `from` to `to`, joined into one valid MultiPolygon: outlines
 *  counter-clockwise, holes clockwise. An invalid one is repaired (GEOS make-valid by structure).
 *  @param repaired  out: whether it had to be; then *repair says why
 *  A ring that is not closed is closed, a part or hole of too few vertices is left out: repairs
 * too.
 *  @return HOT_OK; HOT_INPUT when nothing with an area is left, or it cannot be repaired
 *  (*repair.reason says why); HOT_MEMORY */
HOT_MUST_USE hot_status hot_polygon_valid(const hot_shapes *from, size_t f, hot_shapes *to,
                                          bool *repaired, hot_repair *repair);

/** A point inside feature f, for a label: GEOS's point on surface. HOT_INPUT where there is none.
 */
HOT_MUST_USE hot_status hot_polygon_inside(const hot_shapes *shapes, size_t f, double *x,
                                           double *y);

/** The faces that the lines of feature f bound, after they are cut where they cross: each a feature
 *  of *faces (empty at first), in an order that is the same for the same lines. HOT_INPUT where
 * GEOS cannot cut them; HOT_MEMORY. */
HOT_MUST_USE hot_status hot_polygon_faces(const hot_shapes *lines, size_t f, hot_shapes *faces);

/** Features of a set, by their numbers. */
typedef struct {
    const hot_shapes *shapes;
    const size_t *which; /**< [n] */
    size_t n;
} hot_some_shapes;

/** Append to *to the union of some features, of which only what lies in `within` (n = 0:
 *  everything) and outside `without` is kept. As hot_polygon_valid, it does not end the feature.
 *  @param within  features that touch along edges leave no seam
 *  @return HOT_OK; HOT_INPUT where nothing with an area is left, or GEOS cannot work it out (*to is
 *          then as it was); HOT_MEMORY */
HOT_MUST_USE hot_status hot_polygon_join(const hot_some_shapes *of, const hot_some_shapes *within,
                                         const hot_some_shapes *without, hot_shapes *to);

/** Append to *to, as the next feature, the polygon of all points no further than `distance` from
 * the lines of feature f (round ends, eight vertices a quarter).
 *  @return as hot_polygon_join */
HOT_MUST_USE hot_status hot_polygon_round(const hot_shapes *lines, size_t f, double distance,
                                          hot_shapes *to);

#endif
