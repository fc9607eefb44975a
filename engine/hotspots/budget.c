#include "engine/hotspots/budget.h"

#include <math.h>

#include "engine/base/memory.h"
#include "engine/hotspots/streets.h"
#include "engine/hotspots/union_area.h"

void hot_budget_free(hot_budget *budget)
{
    hot_free(budget->unit);
    hot_free(budget->of_group);
    *budget = (hot_budget){.rules = budget->rules};
}

static int32_t group_of(const hot_hotspot_rules *rules, double x, double y)
{
    return rules->group ? rules->group(rules->with, x, y) : 0;
}

static bool has_room(const hot_budget *b, int32_t group)
{
    if (group < 0) return false;
    if (b->rules->per_group == 0 || (size_t)group >= b->groups) return true;
    return b->of_group[group] < b->rules->per_group;
}

static bool is_spaced(const hot_budget *b, double x, double y)
{
    double spacing = b->rules->spacing;
    if (spacing <= 0) return true;
    for (size_t k = 0; k < b->n; k++) {
        double dx = b->unit[k].x - x, dy = b->unit[k].y - y;
        if (dx * dx + dy * dy < spacing * spacing) return false;
    }
    return true;
}

bool hot_budget_allows(const hot_budget *budget, double x, double y)
{
    return is_spaced(budget, x, y) && has_room(budget, group_of(budget->rules, x, y));
}

/** What a disc adds to those before it: the union with its neighbours less theirs. */
static hot_status added_by_disc(const hot_budget *b, const hot_hotspot_unit *unit, double *area)
{
    double reach = 2 * b->rules->size, with, without;
    size_t near = 0;
    hot_centre *centre = hot_new_raw(b->n + 1, sizeof *centre);
    if (!centre) return HOT_MEMORY;
    for (size_t k = 0; k < b->n; k++)
        if (fabs(b->unit[k].x - unit->x) < reach && fabs(b->unit[k].y - unit->y) < reach)
            centre[near++] = (hot_centre){b->unit[k].x, b->unit[k].y};
    centre[near] = (hot_centre){unit->x, unit->y};
    hot_status status = hot_union_area(centre, near, b->rules->size, &without);
    if (status == HOT_OK) status = hot_union_area(centre, near + 1, b->rules->size, &with);
    if (status == HOT_OK) *area = fmax(with - without, 0);
    hot_free(centre);
    return status;
}

static hot_status added_by(const hot_budget *b, const hot_hotspot_unit *unit, double *area)
{
    double size = b->rules->size;
    switch (b->rules->shape) {
    case HOT_HOTSPOT_DISC:
        return added_by_disc(b, unit, area);
    case HOT_HOTSPOT_HEXAGON:
        *area = 1.5 * sqrt(3) * size * size;
        break;
    case HOT_HOTSPOT_SEGMENT:
        *area = 2 * size * hot_streets_length(b->rules->streets, (size_t)unit->name);
        break;
    }
    return HOT_OK;
}

static hot_status count_group(hot_budget *b, int32_t group)
{
    size_t groups = (size_t)group + 1;
    if (b->rules->per_group == 0) return HOT_OK;
    if (!hot_grow(&b->of_group, &b->room_groups, groups, sizeof *b->of_group)) return HOT_MEMORY;
    for (; b->groups < groups; b->groups++) b->of_group[b->groups] = 0;
    b->of_group[group]++;
    return HOT_OK;
}

hot_status hot_budget_take(hot_budget *budget, hot_hotspot_unit *unit, bool *taken)
{
    const hot_hotspot_rules *rules = budget->rules;
    *taken = false;
    HOT_TRY(added_by(budget, unit, &unit->area));
    /* A budget of so many whole discs holds so many, whatever their sum is rounded to. */
    if (rules->area > 0 && budget->covered + unit->area > rules->area * (1 + 1e-12)) return HOT_OK;
    if (rules->units > 0 && budget->n == rules->units) return HOT_OK;
    unit->group = group_of(rules, unit->x, unit->y);
    HOT_TRY(count_group(budget, unit->group));
    if (!hot_grow(&budget->unit, &budget->room, budget->n + 1, sizeof *budget->unit))
        return HOT_MEMORY;
    budget->unit[budget->n++] = *unit;
    budget->covered += unit->area;
    *taken = true;
    return HOT_OK;
}
