#include "engine/hotspots/budget.h"

#include <math.h>

#include "engine/base/memory.h"
#include "engine/hotspots/streets.h"

static const double PI = 3.141592653589793;

void hot_budget_free(hot_budget *budget)
{
    hot_free(budget->unit);
    hot_free(budget->of_group);
    hot_free(budget->near);
    hot_free(budget->arc);
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
        double dx = fabs(b->near[k].x - x) + half, dy = fabs(b->near[k].y - y) + half;
        if (dx * dx + dy * dy < spacing * spacing) return true;
    }
    return false;
}

void hot_budget_look(hot_budget *budget, double x, double y, double half)
{
    const hot_hotspot_rules *rules = budget->rules;
    double reach = rules->spacing;
    if (rules->shape == HOT_HOTSPOT_DISC) reach = fmax(reach, 2 * rules->size);
    reach += half;
    budget->n_near = 0;
    for (size_t k = 0; k < budget->n; k++)
        if (fabs(budget->unit[k].x - x) <= reach && fabs(budget->unit[k].y - y) <= reach)
            budget->near[budget->n_near++] = (hot_centre){budget->unit[k].x, budget->unit[k].y};
}

double hot_budget_added(hot_budget *budget, double x, double y)
{
    double radius = budget->rules->size;
    if (budget->n_near == 0) return PI * radius * radius;
    return hot_added_area((hot_centre){x, y}, budget->near, budget->n_near, radius, budget->arc);
}

double hot_budget_added_least(const hot_budget *budget, double x, double y, double off)
{
    return hot_added_area_least((hot_centre){x, y}, budget->near, budget->n_near,
                                budget->rules->size, off);
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

static double added_by(hot_budget *b, const hot_hotspot_unit *unit)
{
    double size = b->rules->size;
    if (b->rules->shape == HOT_HOTSPOT_HEXAGON) return 1.5 * sqrt(3) * size * size;
    if (b->rules->shape == HOT_HOTSPOT_SEGMENT)
        return hot_streets_area(b->rules->streets, (size_t)unit->name, size);
    hot_budget_look(b, unit->x, unit->y, 0);
    return hot_budget_added(b, unit->x, unit->y);
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
    unit->area = added_by(budget, unit);
    /* A budget of so many whole discs holds so many, whatever their sum is rounded to. */
    if (rules->area > 0 && budget->covered + unit->area > rules->area * (1 + 1e-12)) return HOT_OK;
    if (rules->units > 0 && budget->n == rules->units) return HOT_OK;
    unit->group = group_of(rules, unit->x, unit->y);
    HOT_TRY(count_group(budget, unit->group));
    if (!hot_grow(&budget->unit, &budget->room, budget->n + 1, sizeof *budget->unit) ||
        !hot_grow(&budget->near, &budget->room_near, budget->n + 1, sizeof *budget->near) ||
        !hot_grow(&budget->arc, &budget->room_arc, 2 * budget->n + 4, sizeof *budget->arc))
        return HOT_MEMORY;
    budget->unit[budget->n++] = *unit;
    budget->covered += unit->area;
    *taken = true;
    return HOT_OK;
}
