/** @file dbscan.h
 *  Which places crowd together?
 *
 *  Source  Ester, Kriegel, Sander and Xu (1996), "A density-based algorithm for discovering
 * clusters in large spatial databases with noise", KDD-96; by cells of a grid as in Gunawan (2013)
 */
#ifndef HOT_CLUSTERS_DBSCAN_H
#define HOT_CLUSTERS_DBSCAN_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Find the clusters.
 *
 *  A place is a core where the weights within `distance` of it, its own among them, come to
 *  `minimum`; cores within `distance` of one another are of one cluster. Any other place within
 *  `distance` of a core is of the cluster of the nearest core, of the lower number where two are as
 *  near; that alone is settled otherwise in other programs, whose answer hangs on the order of the
 *  points. A distance is within `distance` where it is no greater.
 *
 *  @param x, y      [n] m, of distinct places, in an order that does not depend on the rows
 *  @param weight    [n] > 0, such as incidents
 *  @param distance  m, > 0
 *  @param minimum   > 0
 *  @param cluster   [n] out: 0 .. *clusters - 1 in the order of each cluster's first core, -1 =
 * none
 *  @param clusters  out
 *  @return HOT_OK; HOT_DOMAIN for a distance or minimum out of range, a coordinate that is not
 *          finite, or more places or cells than 32 bits number; HOT_MEMORY
 *  Cost  O(n) where places are spread; within a cell that holds no core, places are compared with
 *  all within two cells of them.  Memory 60 bytes a place.  Any number of threads gives the same */
HOT_MUST_USE hot_status hot_dbscan(const double *x, const double *y, const double *weight, size_t n,
                                   double distance, double minimum, int threads, int32_t *cluster,
                                   size_t *clusters);

#endif
