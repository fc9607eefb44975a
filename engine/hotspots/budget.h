/** @file budget.h
 *  Units as they are chosen: what may be chosen still, and what it covers.
 */
#ifndef HOT_HOTSPOTS_BUDGET_H
#define HOT_HOTSPOTS_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"
#include "engine/hotspots/hotspots.h"

/** `= {.rules = rules}` is empty; free with hot_budget_free. */
typedef struct {
    const hot_hotspot_rules *rules;
    hot_hotspot_unit *unit; /**< [n] chosen so far */
    size_t n, room;
    double covered;   /**< m2, by all of them */
    size_t *of_group; /**< [groups] units of each group that has any */
    size_t groups, room_groups;
} hot_budget;

void hot_budget_free(hot_budget *budget);

/** Whether a unit may be centred there: in a group that has room, and not too near another.
 *  Cost O(units) where spacing is asked for */
bool hot_budget_allows(const hot_budget *budget, double x, double y);

/** Take a unit that is allowed; its area and group are filled in.
 *  @param taken  out: false = that would go beyond a budget, and nothing has changed
 *  @return HOT_OK, or HOT_MEMORY */
HOT_MUST_USE hot_status hot_budget_take(hot_budget *budget, hot_hotspot_unit *unit, bool *taken);

#endif
