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
#include "engine/hotspots/cells.h"

/** A candidate, stale, for every square that has the least of incidents, and weight, in itself and
 *  the eight round it: no disc centred in it holds more than they do.
 *  @return HOT_OK, or HOT_MEMORY    Cost O(squares log squares) */
HOT_MUST_USE hot_status hot_discs_list(const hot_cells *cells, uint32_t least,
                                       hot_candidates *candidates);

/** The centre of a candidate's disc: in the middle of a step of its square, so that no rounding
 *  moves it to another square. */
double hot_discs_x(const hot_hotspot_rules *rules, const hot_candidate *candidate);
double hot_discs_y(const hot_hotspot_rules *rules, const hot_candidate *candidate);

/** Work out the best disc of a square, of places whose weight and count are not 0 (held already).
 *  @return false where there is none that is allowed and has the least
 *  Cost O(centres + places of nine squares * steps) */
bool hot_discs_refresh(const hot_cells *cells, const hot_budget *budget, uint32_t least,
                       hot_candidate *candidate);

/** A disc was taken: what the squares near it say is stale. Cost O(log squares) */
void hot_discs_touch(hot_candidates *candidates, const hot_candidate *taken);

#endif
