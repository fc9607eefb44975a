/** @file nnh.h
 *  Nearest-neighbour hierarchical clustering: pairs nearer than chance would have them are joined,
 *  then the middles of what was joined, and so on until nothing more joins.
 *
 *  Source  Levine (2015), CrimeStat IV, chapter 7; the random distance and its standard error of
 *          Clark and Evans (1954), Ecology 35(4). CrimeStat takes the place with most neighbours
 * and all of them, then the next of those left; here all pairs under the threshold are joined,
 *          which does not hang on how ties are broken.
 */
#ifndef HOT_CLUSTERS_NNH_H
#define HOT_CLUSTERS_NNH_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

/** Pairs nearer than this are joined: 0.5 sqrt(A/N) - t x 0.26136 / sqrt(N^2/A), m.
 *  @param n     incidents, > 0
 *  @param area  m2, > 0
 *  @param t     standard errors below the mean of chance; 1.645 = one pair in twenty by chance
 *  @return 0 where it would be negative */
double hot_nnh_threshold(double n, double area, double t);

/** A cluster. Those of one order follow on those of the order below. */
typedef struct {
    uint32_t order; /**< 1 = of places, 2 = of clusters of order 1 ... */
    int32_t parent; /**< number of the cluster of the next order that holds it; -1 = none */
    double x, y; /**< m, its middle: the mean of its incidents, of clusters that of their middles */
    double weight; /**< incidents */
} hot_nnh_cluster;

/** `= {0}` is empty; free with hot_nnh_free. */
typedef struct {
    size_t n, room;
    hot_nnh_cluster *cluster; /**< [n] within an order by the first place, or cluster, they hold */
    int32_t *of;              /**< [places] cluster of order 1 of each place; -1 = none */
} hot_nnh;

/** What is asked. */
typedef struct {
    double distance; /**< m, of order 1; <= 0 = the threshold of that many incidents on that area */
    double minimum;  /**< incidents of a cluster of order 1; of higher orders, 2 clusters */
    double area;     /**< m2, > 0 */
    double t;        /**< as hot_nnh_threshold */
    int threads;
} hot_nnh_rules;

/** Cluster places.
 *  @param x, y    [n] m, distinct, in an order that does not depend on the rows
 *  @param weight  [n] incidents, > 0
 *  @param first_distance  out: m, that of order 1; 0 = there is none, and no cluster
 *  @return HOT_OK; HOT_DOMAIN as hot_dbscan, or for an area that is not above 0; HOT_MEMORY.
 *          *nnh is then empty
 *  Cost O(n) for each order */
HOT_MUST_USE hot_status hot_nnh_find(const double *x, const double *y, const double *weight,
                                     size_t n, const hot_nnh_rules *rules, hot_nnh *nnh,
                                     double *first_distance);
void hot_nnh_free(hot_nnh *nnh);

#endif
