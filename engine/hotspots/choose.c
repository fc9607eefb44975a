#include <math.h>
#include <stdbool.h>

#include "engine/base/memory.h"
#include "engine/hotspots/budget.h"
#include "engine/hotspots/candidates.h"
#include "engine/hotspots/discs.h"
#include "engine/hotspots/join.h"
#include "engine/hotspots/layout.h"
#include "engine/hotspots/plots.h"
#include "engine/hotspots/streets.h"

/** What is at hand while units are chosen. */
typedef struct {
    hot_plots plots; /* weight and count become 0 as places are held */
    hot_candidates candidates;
    hot_budget budget;
    int32_t *held; /* [plots.n] unit that holds each place, or -1 */
    uint32_t least;
    double key; /* of the unit taken last */
    size_t tied;
} choice;

static bool is_positive(double v)
{
    return v > 0 && isfinite(v);
}

static hot_status check(const hot_hotspot_points *p, const hot_hotspot_rules *rules)
{
    uint64_t incidents = 0;
    if (!is_positive(rules->size) || !(rules->area >= 0) || !isfinite(rules->area) ||
        !(rules->spacing >= 0) || !isfinite(rules->spacing) || !isfinite(rules->shift_x) ||
        !isfinite(rules->shift_y) || p->n >= INT32_MAX)
        return HOT_DOMAIN;
    if (rules->shape == HOT_HOTSPOT_SEGMENT && !rules->streets) return HOT_DOMAIN;
    for (size_t i = 0; i < p->n; i++) {
        if (p->left_out && p->left_out[i]) continue;
        if (!isfinite(p->x[i]) || !isfinite(p->y[i])) return HOT_DOMAIN;
        if (p->weight && !(p->weight[i] >= 0 && p->weight[i] <= 1e100)) return HOT_DOMAIN;
        incidents += p->count ? p->count[i] : 1;
    }
    return incidents > UINT32_MAX ? HOT_DOMAIN : HOT_OK;
}

/** A candidate for each hexagon or street. */
static hot_status list_cells(choice *c)
{
    HOT_TRY(hot_candidates_new(c->plots.n_cells, &c->candidates));
    for (uint32_t k = 0; k < c->plots.n_cells; k++) {
        hot_candidate unit = {.row = c->plots.row[k], .col = c->plots.col[k]};
        for (uint32_t i = c->plots.first[k]; i < c->plots.first[k + 1]; i++) {
            unit.weight += c->plots.weight[i];
            unit.count += c->plots.count[i];
        }
        unit.key = (double)unit.weight;
        if (unit.weight && unit.count >= c->least)
            c->candidates.candidate[c->candidates.n++] = unit;
    }
    return HOT_OK;
}

static hot_hotspot_unit unit_of(const choice *c, const hot_candidate *from)
{
    const hot_hotspot_rules *rules = c->budget.rules;
    hot_hotspot_unit unit = {
        .weight = (double)from->weight * c->plots.quantum, .incidents = from->count, .name = -1};
    switch (rules->shape) {
    case HOT_HOTSPOT_DISC:
        unit.x = hot_discs_x(rules, from);
        unit.y = hot_discs_y(rules, from);
        break;
    case HOT_HOTSPOT_HEXAGON:
        hot_layout_hexagon(rules, from->row, from->col, &unit.x, &unit.y);
        unit.name = hot_layout_name(from->row, from->col);
        break;
    case HOT_HOTSPOT_SEGMENT:
        unit.name = from->row;
        hot_point middle = hot_streets_middle(rules->streets, (size_t)from->row);
        unit.x = middle.x;
        unit.y = middle.y;
        break;
    }
    return unit;
}

/** What a unit holds is held; of one that is not chosen it is only taken away. */
static void hold(choice *c, const hot_hotspot_unit *unit, int32_t number)
{
    hot_layout_reach reach = hot_layout_reach_of(&c->plots, c->budget.rules, unit);
    for (int k = 0; k < reach.runs; k++)
        for (uint32_t i = reach.from[k]; i < reach.to[k]; i++) {
            if (!c->plots.count[i] || !hot_layout_holds(&reach, c->plots.x[i], c->plots.y[i]))
                continue;
            c->plots.weight[i] = c->plots.count[i] = 0;
            c->held[i] = number;
        }
}

/** The best unit that may be chosen now; it stays at the head of the candidates.
 *  @return false where there is none of at least that key */
static bool find_best(choice *c, double key, hot_hotspot_unit *unit)
{
    bool discs = c->budget.rules->shape == HOT_HOTSPOT_DISC;
    while (c->candidates.n_heap) {
        hot_candidate *best = c->candidates.heap[0];
        if (best->key < key) return false;
        bool stays = true;
        if (discs && best->known != HOT_KNOWN_BEST) {
            stays = hot_discs_refresh(&c->plots, &c->budget, c->least, best);
        } else {
            *unit = unit_of(c, best);
            hot_budget_look(&c->budget, unit->x, unit->y, 0);
            if (hot_budget_allows(&c->budget, unit->x, unit->y)) return true;
            best->known = HOT_KNOWN_MOST;
            stays = discs; /* another disc of its square may be allowed */
        }
        if (stays)
            hot_candidates_settle(&c->candidates, best);
        else
            hot_candidates_drop(&c->candidates, best);
    }
    return false;
}

/** Take the unit that find_best found.
 *  @param taken  out: false = it would go beyond a budget */
static hot_status take(choice *c, hot_hotspot_unit *unit, bool counts, bool *taken)
{
    HOT_TRY(hot_budget_take(&c->budget, unit, taken));
    if (!*taken) return HOT_OK;
    hold(c, unit, counts ? (int32_t)c->budget.n - 1 : -1);
    hot_candidate best = *c->candidates.heap[0];
    c->key = best.key;
    if (c->budget.rules->shape == HOT_HOTSPOT_DISC)
        hot_discs_touch(&c->plots, &c->budget, c->least, &c->candidates, &best);
    else
        hot_candidates_drop(&c->candidates, c->candidates.heap[0]);
    return HOT_OK;
}

/** The budget is spent: how many more might as well have been chosen last? */
static hot_status count_tied(choice *c)
{
    const hot_hotspot_rules *rules = c->budget.rules;
    hot_hotspot_rules open = *rules;
    size_t n = c->budget.n;
    hot_status status = HOT_OK;
    hot_hotspot_unit unit, last = n ? c->budget.unit[n - 1] : (hot_hotspot_unit){0};
    double key = c->key;
    open.units = 0;
    open.area = 0;
    c->budget.rules = &open;
    for (bool taken; n && status == HOT_OK && c->tied < HOT_HOTSPOT_TIED; c->tied += taken) {
        taken = find_best(c, key, &unit) && c->candidates.heap[0]->key == key &&
                unit.weight == last.weight && unit.incidents == last.incidents;
        if (!taken) break;
        status = take(c, &unit, false, &taken);
    }
    c->budget.n = n;
    c->budget.rules = rules;
    return status;
}

static hot_status choose(choice *c)
{
    hot_hotspot_unit unit;
    bool disc = c->budget.rules->shape == HOT_HOTSPOT_DISC;
    HOT_TRY(disc ? hot_discs_list(&c->plots, c->least, &c->candidates) : list_cells(c));
    hot_candidates_order(&c->candidates);
    for (bool taken; find_best(c, 1, &unit);) {
        HOT_TRY(take(c, &unit, true, &taken));
        if (!taken) return count_tied(c);
    }
    return HOT_OK;
}

/** Hand over what was chosen. */
static hot_status deliver(choice *c, size_t n, hot_hotspots *out)
{
    hot_hotspots h = {.n = c->budget.n, .n_points = n, .tied = c->tied};
    h.held = hot_new_raw(n, sizeof *h.held);
    if (!h.held) return HOT_MEMORY;
    for (size_t i = 0; i < n; i++)
        h.held[i] = c->plots.place[i] == UINT32_MAX ? -1 : c->held[c->plots.place[i]];
    h.unit = c->budget.unit;
    hot_status status = hot_join(c->budget.rules, &h);
    if (status != HOT_OK) {
        hot_free(h.held);
        return status;
    }
    c->budget.unit = NULL;
    *out = h;
    return HOT_OK;
}

hot_status hot_hotspots_choose(const hot_hotspot_points *points, const hot_hotspot_rules *rules,
                               hot_hotspots *out)
{
    choice c = {.budget = {.rules = rules}, .least = rules->least ? rules->least : 1};
    HOT_TRY(check(points, rules));
    HOT_TRY(hot_layout_new(points, rules, &c.plots));
    c.held = hot_new_raw(c.plots.n, sizeof *c.held);
    hot_status status = c.held ? HOT_OK : HOT_MEMORY;
    for (uint32_t i = 0; i < c.plots.n && c.held; i++) c.held[i] = -1;
    if (status == HOT_OK) status = choose(&c);
    if (status == HOT_OK) status = deliver(&c, points->n, out);
    hot_free(c.held);
    hot_plots_free(&c.plots);
    hot_candidates_free(&c.candidates);
    hot_budget_free(&c.budget);
    return status;
}

void hot_hotspots_free(hot_hotspots *hotspots)
{
    hot_free(hotspots->unit);
    hot_free(hotspots->place);
    hot_free(hotspots->held);
    *hotspots = (hot_hotspots){0};
}

hot_status hot_hotspots_hold(const hot_hotspots *hotspots, const hot_hotspot_rules *rules,
                             const double *x, const double *y, size_t n, int32_t *unit)
{
    hot_hotspot_points points = {.n = n, .x = x, .y = y};
    hot_plots plots;
    HOT_TRY(hot_layout_new(&points, rules, &plots));
    int32_t *first = hot_new_raw(plots.n, sizeof *first);
    for (uint32_t i = 0; i < plots.n && first; i++) first[i] = -1;
    for (size_t u = hotspots->n; u-- > 0 && first;) {
        hot_layout_reach reach = hot_layout_reach_of(&plots, rules, &hotspots->unit[u]);
        for (int k = 0; k < reach.runs; k++)
            for (uint32_t i = reach.from[k]; i < reach.to[k]; i++)
                if (hot_layout_holds(&reach, plots.x[i], plots.y[i])) first[i] = (int32_t)u;
    }
    for (size_t i = 0; i < n && first; i++)
        unit[i] = plots.place[i] == UINT32_MAX ? -1 : first[plots.place[i]];
    bool room = first != NULL;
    hot_free(first);
    hot_plots_free(&plots);
    return room ? HOT_OK : HOT_MEMORY;
}
