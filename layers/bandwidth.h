/** @file bandwidth.h
 *  How far an incident is felt: as asked for, as usual, or chosen from the past.
 */
#ifndef HOT_LAYERS_BANDWIDTH_H
#define HOT_LAYERS_BANDWIDTH_H

#include "engine/bandwidth/rules.h"
#include "layers/study.h"

/** The share of the study area whose densest part is looked at, here and in the sensitivity. */
#define HOT_TOP_SHARE 0.01

/** Settle the study's bandwidth and say why.
 *
 *  With --bandwidth auto: of HOT_BANDWIDTHS radii from a floor (100 m; 250 m on anonymised map
 *  points; two cells at least) to eight times that, the one whose density of the months before held
 *  most of the following month's incidents in the densest 1 % of the study area
 *  (engine/bandwidth/ahead.h; of equals the widest); the Gaussian's are these over the root of 8,
 *  which spreads as a quartic of that radius does. Where there are under six months, or the best
 *  of them holds under 30 incidents, the likeliest on distinct places (engine/bandwidth/fit.h);
 * with under ten places the usual one. Rows after the period's end, and of a month that the end
 * cuts, are not looked at; those before its beginning are.
 *  @param surface  whether one is made: without, nothing is chosen
 *  @param box      of the study area, or of the incidents where there is none
 *  @return HOT_OK; HOT_MEMORY; HOT_USAGE, with a sentence, for a radius of 0 */
HOT_MUST_USE hot_status hot_bandwidth_settle(hot_study *study, bool surface, hot_box box,
                                             hot_error *error);

/** What other rules would take; NaN = not worked out. */
typedef struct {
    hot_rules rules;
    size_t places;  /**< distinct */
    double likely;  /**< m, of the radii that auto tries the likeliest */
    double disc;    /**< m, a disc's radius after Berman and Diggle; at most 1 km */
    double inverse; /**< m, a Gaussian's sigma after Cronie and van Lieshout, to a tenth; NaN also
                         beyond 2.5 km */
} hot_bandwidth_beside;

/** The last three ask for all pairs of places near each other: of more places than this they are
 *  not worked out. */
enum { HOT_BESIDE_PLACES = 20000, HOT_BESIDE_FAR_PLACES = 5000 };

/** After hot_study_frame. @return HOT_OK, or HOT_MEMORY */
HOT_MUST_USE hot_status hot_bandwidth_look_beside(const hot_study *study,
                                                  hot_bandwidth_beside *beside);

#endif
