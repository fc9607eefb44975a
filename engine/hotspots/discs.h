/** @file discs.h
 *  The best disc among those centred in a square, and squares by the most that such a disc may
 * hold.
 */
#ifndef HOT_HOTSPOTS_DISCS_H
#define HOT_HOTSPOTS_DISCS_H

#include <stdbool.h>

#include "engine/base/status.h"
#include "engine/hotspots/budget.h"
#include "engine/hotspots/candidates.h"
#include "engine/hotspots/plots.h"

/** A candidate, HOT_KNOWN_MOST, for every square that has the least of incidents, and weight, in
 *  itself and the eight round it: no disc centred in it holds more than they do.
 *  @return HOT_OK, or HOT_MEMORY    Cost O(squares log squares) */
HOT_MUST_USE hot_status hot_discs_list(const hot_plots *plots, uint32_t least,
                                       hot_candidates *candidates);

/** The centre of a candidate's disc: in the middle of a step of its square, so that no rounding
 *  moves it to another square. */
double hot_discs_x(const hot_hotspot_rules *rules, const hot_candidate *candidate);
double hot_discs_y(const hot_hotspot_rules *rules, const hot_candidate *candidate);

/** Know more of a square's best disc, of places whose weight and count are not 0 (held already).
 *
 *  First no disc of a quarter of its side holds more than is within the radius and half a diagonal
 *  of the quarter's middle; then the best centre is looked for in the quarters that may have it.
 *  @return false where there is none that is allowed and has the least
 *  Cost O(places of nine squares), times the steps of a quarter's side where it is looked for */
bool hot_discs_refresh(const hot_plots *plots, hot_budget *budget, uint32_t least,
                       hot_candidate *candidate);

/** A disc was taken: what is known of the squares near it is out of date. A disc that now adds less
 *  area may rank above what was known: then all of these squares are looked at again.
 *  Cost O(log squares), else 25 of hot_discs_refresh */
void hot_discs_touch(const hot_plots *plots, hot_budget *budget, uint32_t least,
                     hot_candidates *candidates, const hot_candidate *taken);

#endif
