/** @file rules.h
 *  The bandwidths that textbooks and other programs would take: to be set beside the one that was
 *  chosen, never to choose.
 */
#ifndef HOT_BANDWIDTH_RULES_H
#define HOT_BANDWIDTH_RULES_H

#include <stddef.h>

#include "engine/base/status.h"

/** All in metres; NaN where there are fewer than two incidents. */
typedef struct {
    double distance; /**< standard distance: sqrt(sum w ((x - mx)^2 + (y - my)^2) / sum w) */
    double median;   /**< median distance to the mean centre */
    /** ArcGIS's Kernel Density: 0.9 min(distance, sqrt(1 / ln 2) median) n^-0.2, the radius of a
     *  quartic. Esri, "How Kernel Density works"; after Silverman (1986), eq. 3.31 */
    double arcgis;
    /** MASS's bandwidth.nrd by axis: 4 x 1.06 min(sd, IQR / 1.34) n^-0.2, quantiles of type 7.
     *  Venables and Ripley (2002), eq. 5.5; kde2d takes a quarter as a Gaussian's sigma */
    double nrd_x, nrd_y;
    /** Scott's rule by axis: sd n^(-1/6), a Gaussian's sigma. Scott (1992), p. 152 */
    double scott_x, scott_y;
} hot_rules;

/** @param x, y    [n] m; finite
 *  @param weight  [n] whole incidents at each point, >= 0; NULL = 1 each. n of the rules is their
 *                 sum
 *  @return HOT_OK; HOT_DOMAIN for more than 2^32 - 2 points; HOT_MEMORY. *rules is then untouched
 *  Order   the same bits for any order of the points
 *  Cost    O(n log n)    Memory  40 bytes a point */
HOT_MUST_USE hot_status hot_bandwidth_rules(const double *x, const double *y, const double *weight,
                                            size_t n, hot_rules *rules);

#endif
