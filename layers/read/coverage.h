/** @file coverage.h
 *  Do the areas of a set lie side by side, or over each other, or with slivers between them?
 */
#ifndef HOT_LAYERS_READ_COVERAGE_H
#define HOT_LAYERS_READ_COVERAGE_H

#include "engine/base/status.h"
#include "engine/space/shapes.h"

/** Pieces under this are rounding, and not counted. */
static const double hot_coverage_least = 1; /**< m2 */

/** Sets of more edges that are nobody's neighbour's (see below), or whose edges cross more often,
 * are not judged: a second and more. */
enum { HOT_COVERAGE_EDGES = 100000, HOT_COVERAGE_CROSSINGS = 50000 };

typedef struct {
    bool judged;             /**< false: too many edges or crossings; everything else is 0 */
    size_t pairs;            /**< of areas that overlap */
    double overlap;          /**< m2 that lie in more than one area */
    size_t first, second;    /**< the two that share the largest piece; first < second */
    double largest_overlap;  /**< m2, of that piece */
    size_t gaps;             /**< enclosed pieces that are in no area */
    double gap, largest_gap; /**< m2 */
} hot_coverage_report;

/** Judge a set of valid polygons, outlines counter-clockwise.
 *
 *  An edge that two areas share is walked once each way and cancels; what is left bounds the whole,
 *  its gaps and its overlaps alone, since the winding number of these edges round a point is the
 *  number of areas that hold it. They are noded and made into faces by GEOS, and each face is asked
 *  by a point inside it which areas hold it. Where one area lies exactly over several, the pair
 *  named is that at this point.
 *  @return HOT_OK; HOT_MEMORY. Cost O(edges left * log + faces); for areas cut from one map nearly
 *  all edges cancel. */
HOT_MUST_USE hot_status hot_coverage_judge(const hot_shapes *areas, hot_coverage_report *report);

#endif
