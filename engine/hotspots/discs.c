#include "engine/hotspots/discs.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/hotspots/layout.h"

enum { STEPS = HOT_HOTSPOT_STEPS, CENTRES = STEPS * STEPS };

/* ---- squares, and the most that a disc centred in one may hold ---- */

typedef struct {
    uint64_t weight;
    uint64_t count;
} held;

typedef struct {
    const hot_cells *cells;
    const held *cell; /* [cells] what is in each */
    uint32_t least;
    hot_candidates *out; /* without a candidate array: only counted */
} listing;

static hot_status sum_cells(const hot_cells *cells, held **out)
{
    held *sum = hot_new(cells->n_cells, sizeof *sum);
    if (!sum) return HOT_MEMORY;
    for (uint32_t c = 0; c < cells->n_cells; c++)
        for (uint32_t i = cells->first[c]; i < cells->first[c + 1]; i++) {
            sum[c].weight += cells->weight[i];
            sum[c].count += cells->count[i];
        }
    *out = sum;
    return HOT_OK;
}

static void list(const listing *l, int32_t row, int32_t col, held most)
{
    if (most.weight == 0 || most.count < l->least) return;
    if (l->out->candidate)
        l->out->candidate[l->out->n] = (hot_candidate){
            .weight = most.weight, .count = UINT32_MAX, .row = row, .col = col, .stale = true};
    l->out->n++;
}

/** The cells of one row, as they come up. */
typedef struct {
    uint32_t at, end;
} strip;

/** What of a row lies in the columns col - 1 .. col + 1. */
static void add_near(const listing *l, strip *s, int64_t col, held *sum)
{
    while (s->at < s->end && l->cells->col[s->at] < col - 1) s->at++;
    for (uint32_t c = s->at; c < s->end && l->cells->col[c] <= col + 1; c++) {
        sum->weight += l->cell[c].weight;
        sum->count += l->cell[c].count;
    }
}

/** The first column, from col on, that has a cell in or beside it; INT64_MAX = none. */
static int64_t next_col(const listing *l, const strip s[3], int64_t col)
{
    int64_t next = INT64_MAX;
    for (int k = 0; k < 3; k++) {
        if (s[k].at == s[k].end) continue;
        int64_t west = (int64_t)l->cells->col[s[k].at] - 1;
        west = west < col ? col : west;
        next = west < next ? west : next;
    }
    return next;
}

/** The squares of a row: it and the rows south and north of it may have incidents. */
static void list_row(const listing *l, int32_t row)
{
    strip s[3];
    for (int k = 0; k < 3; k++) {
        s[k].at = hot_cells_at(l->cells, row + k - 1, INT32_MIN);
        s[k].end = hot_cells_at(l->cells, row + k, INT32_MIN);
    }
    for (int64_t col = INT32_MIN; (col = next_col(l, s, col)) != INT64_MAX; col++) {
        held sum = {0};
        for (int k = 0; k < 3; k++) add_near(l, &s[k], col, &sum);
        list(l, row, (int32_t)col, sum);
    }
}

static void list_rows(const listing *l)
{
    int64_t done = INT64_MIN;
    l->out->n = 0;
    for (uint32_t c = 0; c < l->cells->n_cells; c++) {
        int64_t row = l->cells->row[c];
        for (int64_t r = row - 1; r <= row + 1; r++)
            if (r > done) list_row(l, (int32_t)(done = r));
    }
}

hot_status hot_discs_list(const hot_cells *cells, uint32_t least, hot_candidates *candidates)
{
    held *sum;
    hot_candidates counted = {0};
    HOT_TRY(sum_cells(cells, &sum));
    listing l = {cells, sum, least, &counted};
    list_rows(&l);
    hot_status status = hot_candidates_new(counted.n, candidates);
    l.out = candidates;
    if (status == HOT_OK) list_rows(&l);
    hot_free(sum);
    return status;
}

/* ---- the best disc of a square ---- */

static double on_lattice(int32_t cell, int step, double size, double shift)
{
    return ((double)cell * STEPS + step + 0.5) * (size / STEPS) + shift;
}

double hot_discs_x(const hot_hotspot_rules *rules, const hot_candidate *candidate)
{
    return on_lattice(candidate->col, candidate->step_x, rules->size, rules->shift_x);
}

double hot_discs_y(const hot_hotspot_rules *rules, const hot_candidate *candidate)
{
    return on_lattice(candidate->row, candidate->step_y, rules->size, rules->shift_y);
}

/** All centres of a square. */
typedef struct {
    const hot_cells *cells;
    const hot_budget *budget;
    double x[STEPS], y[STEPS], radius2;
    uint32_t from[3], to[3]; /* places that may be in a disc of the square, by row of squares */
    uint64_t weight[STEPS][STEPS + 1];
    uint32_t count[STEPS][STEPS + 1];
} survey;

static void start(survey *s, const hot_candidate *c)
{
    const hot_hotspot_rules *rules = s->budget->rules;
    s->radius2 = rules->size * rules->size;
    for (int k = 0; k < STEPS; k++) {
        s->x[k] = on_lattice(c->col, k, rules->size, rules->shift_x);
        s->y[k] = on_lattice(c->row, k, rules->size, rules->shift_y);
    }
    for (int k = 0; k < 3; k++)
        hot_cells_run(s->cells, c->row + k - 1, c->col - 1, c->col + 1, &s->from[k], &s->to[k]);
    memset(s->weight, 0, sizeof s->weight);
    memset(s->count, 0, sizeof s->count);
}

/** A place is in the discs of one stretch of centres of each row of the lattice: note where the
 *  stretch begins and where it has ended. The ends move little from row to row. */
static void add_place(survey *s, uint32_t i)
{
    double dx2[STEPS];
    int near = 0;
    for (int k = 0; k < STEPS; k++) {
        double dx = s->cells->x[i] - s->x[k];
        dx2[k] = dx * dx;
        if (dx2[k] < dx2[near]) near = k;
    }
    int low = near, high = near;
    for (int row = 0; row < STEPS; row++) {
        double dy = s->cells->y[i] - s->y[row], dy2 = dy * dy;
        if (dx2[near] + dy2 > s->radius2) continue;
        while (low > 0 && dx2[low - 1] + dy2 <= s->radius2) low--;
        while (dx2[low] + dy2 > s->radius2) low++;
        while (high < STEPS - 1 && dx2[high + 1] + dy2 <= s->radius2) high++;
        while (dx2[high] + dy2 > s->radius2) high--;
        s->weight[row][low] += s->cells->weight[i];
        s->weight[row][high + 1] -= s->cells->weight[i];
        s->count[row][low] += s->cells->count[i];
        s->count[row][high + 1] -= s->cells->count[i];
    }
}

static void add_places(survey *s)
{
    for (int k = 0; k < 3; k++)
        for (uint32_t i = s->from[k]; i < s->to[k]; i++)
            if (s->cells->count[i]) add_place(s, i);
    for (int row = 0; row < STEPS; row++)
        for (int col = 1; col < STEPS; col++) {
            s->weight[row][col] += s->weight[row][col - 1];
            s->count[row][col] += s->count[row][col - 1];
        }
}

/** How far from the centre what a disc holds lies, in all. */
static double spread_of(const survey *s, int row, int col)
{
    double sum = 0;
    for (int k = 0; k < 3; k++)
        for (uint32_t i = s->from[k]; i < s->to[k]; i++) {
            double dx = s->cells->x[i] - s->x[col], dy = s->cells->y[i] - s->y[row];
            double d2 = dx * dx + dy * dy;
            if (d2 <= s->radius2) sum += (double)s->cells->weight[i] * d2;
        }
    return sum;
}

/** Is the disc of a centre better than the best so far, whose spread is worked out when it is
 *  needed? */
static bool leads(const survey *s, int row, int col, hot_candidate *best, double *spread)
{
    uint64_t weight = s->weight[row][col];
    uint32_t count = s->count[row][col];
    *spread = NAN;
    if (weight != best->weight) return weight > best->weight;
    if (count != best->count) return count > best->count;
    if (isnan(best->spread)) best->spread = spread_of(s, best->step_y, best->step_x);
    *spread = spread_of(s, row, col);
    return *spread < best->spread;
}

static void pick(const survey *s, uint32_t least, hot_candidate *best)
{
    for (int row = 0; row < STEPS; row++)
        for (int col = 0; col < STEPS; col++) {
            double spread;
            if (s->count[row][col] < least || s->weight[row][col] == 0) continue;
            if (!leads(s, row, col, best, &spread)) continue;
            if (!hot_budget_allows(s->budget, s->x[col], s->y[row])) continue;
            best->weight = s->weight[row][col];
            best->count = s->count[row][col];
            best->spread = spread;
            best->step_x = (uint8_t)col;
            best->step_y = (uint8_t)row;
        }
    if (best->weight && isnan(best->spread))
        best->spread = spread_of(s, best->step_y, best->step_x);
}

bool hot_discs_refresh(const hot_cells *cells, const hot_budget *budget, uint32_t least,
                       hot_candidate *candidate)
{
    survey s = {.cells = cells, .budget = budget};
    hot_candidate best = {.row = candidate->row, .col = candidate->col, .spread = NAN};
    start(&s, candidate);
    add_places(&s);
    pick(&s, least, &best);
    *candidate = best;
    return best.weight > 0;
}

/** Candidates are in the order of rows, then columns: the first that does not come before. */
static uint32_t candidate_at(const hot_candidates *c, int32_t row, int32_t col)
{
    uint32_t low = 0, high = c->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const hot_candidate *m = &c->candidate[middle];
        bool before = m->row != row ? m->row < row : m->col < col;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void hot_discs_touch(hot_candidates *candidates, const hot_candidate *taken)
{
    for (int32_t row = taken->row - 2; row <= taken->row + 2; row++)
        for (uint32_t i = candidate_at(candidates, row, taken->col - 2);
             i < candidates->n && candidates->candidate[i].row == row &&
             candidates->candidate[i].col <= taken->col + 2;
             i++)
            candidates->candidate[i].stale = true;
}
