/* What is chosen on some months, by our hotspots and by what they are compared with. */
#include <math.h>
#include <string.h>

#include "engine/kde/kde.h"
#include "engine/space/radix.h"
#include "layers/catalogue/evaluate_parts.h"

/* A hexagon 200 m across, from side to side, and the disc of its area. */
#define SIDE   115.47005383792515
#define RADIUS 105.00750592

enum { DISC_CEILING = 9, EQUAL_CEILING, HEXAGON_CEILING, CELL_CEILING };

/* clang-format off */
const hot_method hot_methods[] = {
    {.name = "hotspots", .shape = HOT_BY_DISC, .recent = true, .ceiling = DISC_CEILING},
    {.name = "hotspots_small", .shape = HOT_BY_DISC, .size = RADIUS, .recent = true, .ceiling = EQUAL_CEILING},
    {.name = "hexagons", .shape = HOT_BY_HEXAGON, .size = SIDE, .ceiling = HEXAGON_CEILING},
    {.name = "hexagons_12", .shape = HOT_BY_HEXAGON, .size = SIDE, .window = 12, .ceiling = HEXAGON_CEILING},
    {.name = "hexagons_6", .shape = HOT_BY_HEXAGON, .size = SIDE, .window = 6, .ceiling = HEXAGON_CEILING},
    {.name = "hexagons_3", .shape = HOT_BY_HEXAGON, .size = SIDE, .window = 3, .ceiling = HEXAGON_CEILING},
    {.name = "last_month", .shape = HOT_BY_HEXAGON, .size = SIDE, .window = 1, .ceiling = HEXAGON_CEILING},
    {.name = "kde", .shape = HOT_BY_CELL, .smooth = true, .ceiling = CELL_CEILING},
    {.name = "random", .shape = HOT_BY_HEXAGON, .size = SIDE, .even = true, .ceiling = HEXAGON_CEILING},
    {.name = "hindsight", .shape = HOT_BY_DISC, .hindsight = true, .ceiling = DISC_CEILING},
    {.name = "hindsight_small", .shape = HOT_BY_DISC, .size = RADIUS, .hindsight = true, .ceiling = EQUAL_CEILING},
    {.name = "hindsight_hexagons", .shape = HOT_BY_HEXAGON, .size = SIDE, .hindsight = true, .ceiling = HEXAGON_CEILING},
    {.name = "hindsight_cells", .shape = HOT_BY_CELL, .hindsight = true, .ceiling = CELL_CEILING},
};
/* clang-format on */
const size_t hot_methods_size = sizeof hot_methods / sizeof *hot_methods;

size_t hot_method_from(const hot_method *m, size_t month)
{
    return m->window && m->window < month ? month - m->window : 0;
}

double hot_method_half_life(const hot_study *s, const hot_method *m)
{
    double months = hot_settings_number(s->settings, "hotspots-half-life");
    return m->recent && months > 0 ? months : INFINITY;
}

/* ---- evidence ---- */

/** Room for `n` places. */
static hot_status evidence_room(hot_evidence *e, size_t n)
{
    e->x = hot_new_raw(n, sizeof *e->x);
    e->y = hot_new_raw(n, sizeof *e->y);
    e->weight = hot_new_raw(n, sizeof *e->weight);
    e->count = hot_new_raw(n, sizeof *e->count);
    e->point = hot_new_raw(n, sizeof *e->point);
    e->timed = hot_new_raw(n, sizeof *e->timed);
    e->in_hours = hot_new_raw(n, sizeof *e->in_hours);
    bool room = e->x && e->y && e->weight && e->count && e->point && e->timed && e->in_hours;
    return room ? HOT_OK : HOT_MEMORY;
}

/** Sums at every point of the study.
 *  @param all  [points] zeroed; weight [points] zeroed */
static void add_months(const hot_rolling *r, size_t from, size_t to, double half_life,
                       hot_place_month *all, double *weight)
{
    for (size_t m = from; m < to; m++) { /* in the order of months, whatever that of the rows */
        double own = pow(0.5, (double)(to - 1 - m) / half_life);
        for (size_t k = r->start[m]; k < r->start[m + 1]; k++) {
            const hot_place_month *s = &r->spot[k];
            all[s->point].count += s->count;
            all[s->point].timed += s->timed;
            all[s->point].in_hours += s->in_hours;
            weight[s->point] += own * s->count;
        }
    }
}

static void keep_points(const hot_rolling *r, const hot_place_month *all, const double *weight,
                        hot_evidence *e)
{
    const hot_points *p = &r->study->loaded.points;
    for (size_t k = 0; k < p->n; k++) {
        if (all[k].count == 0) continue;
        e->x[e->n] = p->x[k];
        e->y[e->n] = p->y[k];
        e->weight[e->n] = weight[k];
        e->count[e->n] = all[k].count;
        e->timed[e->n] = all[k].timed;
        e->in_hours[e->n] = all[k].in_hours;
        e->point[e->n++] = (uint32_t)k;
    }
}

hot_status hot_evidence_new(const hot_rolling *r, size_t from, size_t to, double half_life,
                            hot_evidence *evidence)
{
    size_t points = r->study->loaded.points.n, most = r->start[to] - r->start[from];
    hot_place_month *all = hot_new(points, sizeof *all);
    double *weight = hot_new(points, sizeof *weight);
    *evidence = (hot_evidence){0};
    hot_status status = all && weight ? evidence_room(evidence, most) : HOT_MEMORY;
    if (status == HOT_OK) {
        add_months(r, from, to, half_life, all, weight);
        keep_points(r, all, weight, evidence);
    }
    hot_free(all);
    hot_free(weight);
    return status;
}

void hot_evidence_free(hot_evidence *e)
{
    hot_free(e->x);
    hot_free(e->y);
    hot_free(e->weight);
    hot_free(e->count);
    hot_free(e->point);
    hot_free(e->timed);
    hot_free(e->in_hours);
    *e = (hot_evidence){0};
}

/* ---- discs and hexagons ---- */

static hot_status list_units(const hot_method *m, hot_choice *c)
{
    c->n = c->units.n;
    c->area = hot_new_raw(c->n, sizeof *c->area);
    bool ranked = m->shape == HOT_BY_HEXAGON;
    c->score = ranked ? hot_new_raw(c->n, sizeof *c->score) : NULL;
    if (!c->area || (ranked && !c->score)) return HOT_MEMORY;
    for (size_t k = 0; k < c->n; k++) {
        c->area[k] = c->units.unit[k].area;
        if (ranked) c->score[k] = m->even ? 1 : c->units.unit[k].weight;
    }
    return HOT_OK;
}

static hot_status choose_units(const hot_rolling *r, const hot_method *m, const hot_evidence *e,
                               hot_spend spend, double budget, hot_choice *c)
{
    hot_hotspot_points points = {
        .n = e->n, .x = e->x, .y = e->y, .weight = e->weight, .count = e->count};
    bool disc = m->shape == HOT_BY_DISC, area = spend == HOT_SPEND_AREA;
    double radius = hot_settings_number(r->study->settings, "hotspots-radius");
    c->rules.shape = disc ? HOT_HOTSPOT_DISC : HOT_HOTSPOT_HEXAGON;
    c->rules.size = m->size > 0 ? m->size : radius;
    c->rules.per_area = disc && area;
    if (m->recent) {
        c->rules.spacing = hot_settings_number(r->study->settings, "hotspots-spacing");
        c->rules.least =
            (uint32_t)fmin(hot_settings_number(r->study->settings, "hotspots-minimum"), 1e9);
    }
    /* The disc in which the budget ends is held in part: there must be one more. Hexagons are all
     * ranked, because those that are tied where the budget ends are held in equal parts. */
    if (disc && area) c->rules.area = budget + acos(-1) * c->rules.size * c->rules.size;
    if (disc && !area) c->rules.units = (size_t)budget;
    HOT_TRY(hot_hotspots_choose(&points, &c->rules, &c->units));
    return list_units(m, c);
}

/* ---- cells ---- */

static double cell_area(const hot_rolling *r)
{
    return r->study->frame.cell * r->study->frame.cell;
}

/** @param value  [frame] out: density, or the incidents themselves */
static hot_status fill_cells(const hot_rolling *r, const hot_method *m, const hot_evidence *e,
                             double *value)
{
    const hot_study *s = r->study;
    hot_kernel kernel;
    if (m->smooth) {
        if (!hot_kernel_parse(hot_settings_text(s->settings, "kernel"), &kernel)) return HOT_USAGE;
        return hot_kde(&s->frame, e->x, e->y, e->weight, e->n, kernel, s->bandwidth, s->mask, 1,
                       value);
    }
    memset(value, 0, (size_t)hot_frame_size(&s->frame) * sizeof *value);
    for (size_t k = 0; k < e->n; k++) {
        int64_t at = hot_frame_index(&s->frame, e->x[k], e->y[k]);
        if (at >= 0) value[at] += e->count[k];
    }
    return HOT_OK;
}

/** The key by which cells of a higher value come first; float32, as the surface is written. */
static uint32_t key_of(double value)
{
    float single = (float)value;
    uint32_t bits;
    memcpy(&bits, &single, sizeof bits); /* of numbers that are not negative these rise with them */
    return UINT32_MAX - bits;
}

/** How many cells the area needs, and all that are tied with the last of them. */
static size_t cells_needed(const uint64_t *item, size_t n, double wanted)
{
    size_t need = (size_t)fmin(ceil(wanted), (double)n);
    while (need && need < n && item[need] >> 32 == item[need - 1] >> 32) need++;
    return need;
}

static hot_status list_cells(const hot_rolling *r, const double *value, const uint64_t *item,
                             size_t n, hot_choice *c)
{
    size_t cells = (size_t)hot_frame_size(&r->study->frame);
    c->n = n;
    c->area = hot_new_raw(n, sizeof *c->area);
    c->score = hot_new_raw(n, sizeof *c->score);
    c->cell = hot_new_raw(n, sizeof *c->cell);
    c->unit_of_cell = hot_new_raw(cells, sizeof *c->unit_of_cell);
    if (!c->area || !c->score || !c->cell || !c->unit_of_cell) return HOT_MEMORY;
    for (size_t k = 0; k < cells; k++) c->unit_of_cell[k] = -1;
    for (size_t k = 0; k < n; k++) {
        c->cell[k] = (uint32_t)item[k];
        c->unit_of_cell[c->cell[k]] = (int32_t)k;
        c->area[k] = cell_area(r);
        c->score[k] = (double)(float)value[c->cell[k]];
    }
    return HOT_OK;
}

static hot_status choose_cells(const hot_rolling *r, const hot_method *m, const hot_evidence *e,
                               double area, hot_choice *c)
{
    size_t cells = (size_t)hot_frame_size(&r->study->frame);
    double *value = hot_new_raw(cells, sizeof *value);
    uint64_t *item = hot_new_raw(cells, sizeof *item), *spare = hot_new_raw(cells, sizeof *spare);
    uint32_t n = 0;
    hot_status status = value && item && spare ? fill_cells(r, m, e, value) : HOT_MEMORY;
    for (size_t k = 0; k < cells && status == HOT_OK; k++)
        if (value[k] > 0) item[n++] = (uint64_t)key_of(value[k]) << 32 | k;
    if (status == HOT_OK) {
        hot_radix_sort(item, spare, n, UINT32_MAX);
        status = list_cells(r, value, item, cells_needed(item, n, area / cell_area(r)), c);
    }
    hot_free(value);
    hot_free(item);
    hot_free(spare);
    return status;
}

/* ---- any of them ---- */

bool hot_method_spends(const hot_method *m, hot_spend spend)
{
    return spend == HOT_SPEND_AREA || m->shape != HOT_BY_CELL;
}

hot_status hot_choice_new(const hot_rolling *r, const hot_method *m, const hot_evidence *e,
                          hot_spend spend, double budget, hot_choice *choice)
{
    *choice = (hot_choice){0};
    if (m->shape == HOT_BY_CELL) return choose_cells(r, m, e, budget, choice);
    return choose_units(r, m, e, spend, budget, choice);
}

void hot_choice_free(hot_choice *c)
{
    hot_hotspots_free(&c->units);
    hot_free(c->score);
    hot_free(c->area);
    hot_free(c->unit_of_cell);
    hot_free(c->cell);
    *c = (hot_choice){0};
}

hot_status hot_choice_hold(const hot_rolling *r, const hot_choice *c, const hot_evidence *e,
                           int32_t *unit)
{
    if (!c->unit_of_cell) return hot_hotspots_hold(&c->units, &c->rules, e->x, e->y, e->n, unit);
    for (size_t k = 0; k < e->n; k++) {
        int64_t at = hot_frame_index(&r->study->frame, e->x[k], e->y[k]);
        unit[k] = at >= 0 ? c->unit_of_cell[at] : -1;
    }
    return HOT_OK;
}

void hot_choice_centre(const hot_rolling *r, const hot_choice *c, size_t unit, double *x, double *y)
{
    const hot_frame *f = &r->study->frame;
    *x = c->cell ? hot_frame_x(f, (int32_t)(c->cell[unit] % (uint32_t)f->cols))
                 : c->units.unit[unit].x;
    *y = c->cell ? hot_frame_y(f, (int32_t)(c->cell[unit] / (uint32_t)f->cols))
                 : c->units.unit[unit].y;
}
