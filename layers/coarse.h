/** @file coarse.h
 *  Incidents whose position stands for a large area: counted by area, and no use for densities and
 *  repeat places.
 */
#ifndef HOT_LAYERS_COARSE_H
#define HOT_LAYERS_COARSE_H

#include "layers/study.h"

/** A position is coarse where it is known to a larger square than this, m. */
#define HOT_COARSE_M 100

/** So many incidents on one point, this near to the centroid of an area, m, were put there because
 *  nobody knew better. Not on anonymised map points, which are many to a point anyway. */
#define HOT_PILED      10
#define HOT_CENTROID_M 1.0

/** Set the study's `coarse` and `fine_at_point`, and count them. After its rows are selected.
 *  @return HOT_OK, or HOT_MEMORY (free the study)    Cost O(rows + points) */
HOT_MUST_USE hot_status hot_coarse_find(hot_study *study);

/** Incidents inside at each point [points], without those of a coarse position. */
const double *hot_fine_at_point(const hot_study *study);

/** Whether the incident at `k` of `inside` has a coarse position. */
static inline bool hot_is_coarse(const hot_study *study, size_t k)
{
    return study->coarse && study->coarse[study->inside[k]];
}

#endif
