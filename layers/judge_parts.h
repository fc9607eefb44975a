/** @file judge_parts.h
 *  The parts of the judgement; for judge*.c alone.
 */
#ifndef HOT_LAYERS_JUDGE_PARTS_H
#define HOT_LAYERS_JUDGE_PARTS_H

#include "layers/judge.h"

/** A run of edges, from vertex to vertex, and the box that holds them. */
typedef struct {
    size_t from, to;
    hot_box box;
} hot_stretch;

typedef struct {
    const hot_shapes *shapes;
    size_t n;
    hot_stretch *stretch;
} hot_edges;

HOT_MUST_USE hot_status hot_edges_new(const hot_shapes *shapes, hot_edges *edges);
void hot_edges_free(hot_edges *edges);
/** As hot_distance_outside, which looks at every edge. */
double hot_edges_distance(const hot_edges *edges, double x, double y, double most);

/** Where the selected rows lie.
 *  @param at_point  [points] selected rows; the same below */
HOT_MUST_USE hot_status hot_judge_extent(const hot_points *points, const uint64_t *at_point,
                                         hot_judgement *judgement);

/** Likely mistakes, from the loader's hints and from where incidents lie. */
void hot_judge_mistakes(const hot_study *study, const uint64_t *at_point, hot_judgement *judgement);

/** Rows by how finely their positions are known, and for each selected row whether it is rounded
 * far more than the others.
 *  @param selected, rounded  [rows of the table] */
void hot_judge_positions(const hot_incidents *incidents, const uint8_t *selected, uint8_t *rounded,
                         hot_judgement *judgement);

#endif
