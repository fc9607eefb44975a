#include "engine/hotspots/layout.h"

#include <stdbool.h>

#include "engine/base/memory.h"
#include "engine/hotspots/streets.h"

static const double ROOT3 = 1.7320508075688772;

/** The two numbers of the cell that holds a position, as whole numbers not yet checked. */
typedef struct {
    double row, col;
} place;

static place square_at(const hot_hotspot_rules *r, double x, double y)
{
    return (place){hot_layout_square(y, r->shift_y, r->size),
                   hot_layout_square(x, r->shift_x, r->size)};
}

/** Axial coordinates, rounded to the nearest centre: of the three numbers, whose sum is 0, the one
 *  that was rounded furthest is worked out from the others. */
static place hexagon_at(const hot_hotspot_rules *r, double x, double y)
{
    double row = (y - r->shift_y) / (1.5 * r->size);
    double col = (x - r->shift_x) / (ROOT3 * r->size) - row / 2, third = -row - col;
    double a = floor(row + 0.5), b = floor(col + 0.5), c = floor(third + 0.5);
    double off_a = fabs(a - row), off_b = fabs(b - col), off_c = fabs(c - third);
    if (off_a > off_b && off_a > off_c)
        a = -b - c;
    else if (off_b > off_c)
        b = -a - c;
    return (place){a, b};
}

void hot_layout_hexagon(const hot_hotspot_rules *rules, int32_t row, int32_t col, double *x,
                        double *y)
{
    *x = ROOT3 * rules->size * ((double)col + (double)row / 2) + rules->shift_x;
    *y = 1.5 * rules->size * row + rules->shift_y;
}

static bool is_left_out(const hot_hotspot_points *p, size_t i)
{
    return (p->left_out && p->left_out[i]) || !isfinite(p->x[i]) || !isfinite(p->y[i]);
}

static hot_status find_cells(const hot_hotspot_points *p, const hot_hotspot_rules *rules,
                             place (*at)(const hot_hotspot_rules *, double, double), int32_t *row,
                             int32_t *col)
{
    const double most = 0x1p30;
    for (size_t i = 0; i < p->n; i++) {
        row[i] = HOT_PLOTS_NONE;
        col[i] = 0;
        if (is_left_out(p, i)) continue;
        place cell = at(rules, p->x[i], p->y[i]);
        if (!(fabs(cell.row) < most && fabs(cell.col) < most)) return HOT_DOMAIN;
        row[i] = (int32_t)cell.row;
        col[i] = (int32_t)cell.col;
    }
    return HOT_OK;
}

/** In place of the square of each point the street that it belongs to. */
static hot_status find_streets(const hot_hotspot_points *p, const hot_hotspot_rules *rules,
                               int32_t *row, int32_t *col)
{
    hot_plots squares;
    HOT_TRY(hot_plots_new(p, row, col, &squares));
    int32_t *nearest = hot_new_raw(squares.n, sizeof *nearest);
    hot_status status = nearest ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK)
        status = hot_streets_nearest(rules->streets, &squares, rules->size, nearest);
    for (size_t i = 0; i < p->n && status == HOT_OK; i++) {
        int32_t street = squares.place[i] == UINT32_MAX ? -1 : nearest[squares.place[i]];
        row[i] = street < 0 ? HOT_PLOTS_NONE : street;
        col[i] = 0;
    }
    hot_free(nearest);
    hot_plots_free(&squares);
    return status;
}

static hot_status lay(const hot_hotspot_points *points, const hot_hotspot_rules *rules,
                      int32_t *row, int32_t *col, hot_plots *plots)
{
    hot_hotspot_rules still = *rules;
    bool streets = rules->shape == HOT_HOTSPOT_SEGMENT;
    if (streets) still.shift_x = still.shift_y = 0;
    HOT_TRY(find_cells(points, &still, rules->shape == HOT_HOTSPOT_HEXAGON ? hexagon_at : square_at,
                       row, col));
    if (streets) HOT_TRY(find_streets(points, rules, row, col));
    return hot_plots_new(points, row, col, plots);
}

hot_status hot_layout_new(const hot_hotspot_points *points, const hot_hotspot_rules *rules,
                          hot_plots *plots)
{
    int32_t *row = hot_new_raw(points->n, sizeof *row), *col = hot_new_raw(points->n, sizeof *col);
    hot_status status = row && col ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) status = lay(points, rules, row, col, plots);
    hot_free(row);
    hot_free(col);
    return status;
}

static hot_layout_reach disc_of(const hot_plots *plots, const hot_hotspot_rules *rules,
                                const hot_hotspot_unit *unit)
{
    hot_layout_reach reach = {3, {0}, {0}, unit->x, unit->y, rules->size * rules->size};
    int32_t row = (int32_t)hot_layout_square(unit->y, rules->shift_y, rules->size);
    int32_t col = (int32_t)hot_layout_square(unit->x, rules->shift_x, rules->size);
    for (int k = 0; k < 3; k++)
        hot_plots_run(plots, row + k - 1, col - 1, col + 1, &reach.from[k], &reach.to[k]);
    return reach;
}

hot_layout_reach hot_layout_reach_of(const hot_plots *plots, const hot_hotspot_rules *rules,
                                     const hot_hotspot_unit *unit)
{
    if (rules->shape == HOT_HOTSPOT_DISC) return disc_of(plots, rules, unit);
    hot_layout_reach reach = {1, {0}, {0}, 0, 0, INFINITY};
    int32_t row = (int32_t)unit->name, col = 0;
    if (rules->shape == HOT_HOTSPOT_HEXAGON) {
        row = hot_layout_row(unit->name);
        col = hot_layout_col(unit->name);
    }
    hot_plots_run(plots, row, col, col, &reach.from[0], &reach.to[0]);
    return reach;
}
