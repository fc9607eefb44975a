#include "engine/hotspots/budget.h"

#include <math.h>

#include "engine/base/memory.h"
#include "engine/hotspots/streets.h"
#include "engine/hotspots/union_area.h"

void hot_budget_free(hot_budget *budget)
{
    hot_free(budget->unit);
    hot_free(budget->of_group);
    hot_free(budget->near);
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

static bool has_room_at(const hot_budget *b, double x, double y)
{
    return has_room(b, group_of(b->rules, x, y));
}

/** Whether a unit keeps all of a square from another; of a single position, half = 0. */
static bool is_too_near(const hot_budget *b, double x, double y, double half)
{
    double spacing = b->rules->spacing;
    for (size_t k = 0; k < b->n_near; k++) {
        const hot_hotspot_unit *unit = &b->unit[b->near[k]];
        double dx = fabs(unit->x - x) + half, dy = fabs(unit->y - y) + half;
        if (dx * dx + dy * dy < spacing * spacing) return true;
    }
    return false;
}

void hot_budget_look(hot_budget *budget, double x, double y, double half)
{
    double reach = budget->rules->spacing + half;
    budget->n_near = 0;
    if (budget->rules->spacing <= 0) return;
    for (size_t k = 0; k < budget->n; k++)
        if (fabs(budget->unit[k].x - x) <= reach && fabs(budget->unit[k].y - y) <= reach)
            budget->near[budget->n_near++] = (uint32_t)k;
}

bool hot_budget_allows(const hot_budget *budget, double x, double y)
{
    return !is_too_near(budget, x, y, 0) && has_room_at(budget, x, y);
}

bool hot_budget_bars(const hot_budget *budget, double x, double y, double half)
{
    if (is_too_near(budget, x, y, half)) return true;
    return budget->rules->group && !has_room_at(budget, x, y) &&
           !has_room_at(budget, x - half, y - half) && !has_room_at(budget, x - half, y + half) &&
           !has_room_at(budget, x + half, y - half) && !has_room_at(budget, x + half, y + half);
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
    if (!hot_grow(&budget->unit, &budget->room, budget->n + 1, sizeof *budget->unit) ||
        !hot_grow(&budget->near, &budget->room_near, budget->n + 1, sizeof *budget->near))
        return HOT_MEMORY;
    budget->unit[budget->n++] = *unit;
    budget->covered += unit->area;
    *taken = true;
    return HOT_OK;
}
