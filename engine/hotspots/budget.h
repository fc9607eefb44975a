/** @file budget.h
 *  Units as they are chosen: what may be chosen still, and what it covers.
 */
#ifndef HOT_HOTSPOTS_BUDGET_H
#define HOT_HOTSPOTS_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/hotspots/added_area.h"
#include "engine/hotspots/hotspots.h"

/** `= {.rules = rules}` is empty; free with hot_budget_free. */
typedef struct {
    const hot_hotspot_rules *rules;
    hot_hotspot_unit *unit; /**< [n] chosen so far */
    size_t n, room;
    double covered;   /**< m2, by all of them */
    size_t *of_group; /**< [groups] units of each group that has any */
    size_t groups, room_groups;
    hot_centre *near; /**< [n_near] units that hot_budget_look found */
    hot_arc *arc;     /**< [2 room_near] for hot_added_area */
    size_t n_near, room_near, room_arc;
} hot_budget;

void hot_budget_free(hot_budget *budget);

/** What is asked next is asked within so many metres, in x and in y, of a position: only the units
 *  whose spacing reaches there, or that a disc there overlaps, are looked at. Cost O(units) */
void hot_budget_look(hot_budget *budget, double x, double y, double half);

/** Whether a unit may be centred there: in a group that has room, and not too near another. Only
 *  where hot_budget_look looked. */
bool hot_budget_allows(const hot_budget *budget, double x, double y);

/** Whether no unit may be centred in a square, by one look at its middle and its corners: a group
 *  may be missed that is narrower than it. Only where hot_budget_look looked.
 *  @param half  m, half its side */
bool hot_budget_bars(const hot_budget *budget, double x, double y, double half);

/** What a disc adds to the area of those before it, m2. Only where hot_budget_look looked.
 *  Cost that of hot_added_area */
double hot_budget_added(hot_budget *budget, double x, double y);

/** No less than that, m2, for any disc within `off` metres, and sooner. Only where hot_budget_look
 *  looked. */
double hot_budget_added_least(const hot_budget *budget, double x, double y, double off);

/** Take a unit that is allowed; its area and group are filled in.
 *  @param taken  out: false = that would go beyond a budget, and nothing has changed
 *  @return HOT_OK, or HOT_MEMORY */
HOT_MUST_USE hot_status hot_budget_take(hot_budget *budget, hot_hotspot_unit *unit, bool *taken);

#endif
