#include "engine/kde/tile.h"

/* radius2 - d2 at the cell; the same expression, in the same order, as in both ways of summing. */
static double rest_at(const hot_field *field, const hot_kde_place *p, int32_t row, int32_t col)
{
    double dx = (double)(col - p->col) * field->cell + p->x;
    double dy = (double)(row - p->row) * field->cell + p->y;
    return field->radius2 - (dx * dx + dy * dy);
}

static double kernel_of(double rest, int power)
{
    switch (power) {
    case 0:
        return rest >= 0 ? 1 : 0;
    case 1:
        return rest > 0 ? rest : 0;
    case 2:
        return rest > 0 ? rest * rest : 0;
    default:
        return rest > 0 ? rest * rest * rest : 0;
    }
}

double hot_cell_sum(const hot_tiling *t, int32_t row, int32_t col)
{
    double sum = 0;
    hot_span rows = hot_rows_near(t, row, row);
    for (int32_t r = rows.first; r <= rows.last; r++) {
        hot_run run = hot_kde_places_near(t, r, col, col);
        for (uint32_t i = run.from; i < run.to; i++) {
            const hot_kde_place *p = &t->places->place[i];
            sum += p->weight * kernel_of(rest_at(t->field, p, row, col), t->field->power);
        }
    }
    return sum;
}
