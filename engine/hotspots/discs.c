#include "engine/hotspots/discs.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/hotspots/layout.h"

/** A square is looked at by its quarters, a quarter by its centres. */
enum { STEPS = HOT_HOTSPOT_STEPS, QUARTERS = 4, FINE = STEPS / QUARTERS, SIDE = 16 };
_Static_assert(FINE <= SIDE && QUARTERS <= SIDE && FINE * QUARTERS == STEPS, "room in a survey");

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
        l->out->candidate[l->out->n] =
            (hot_candidate){.weight = most.weight, .count = UINT32_MAX, .row = row, .col = col};
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

/** What lies within a radius of each position of a small lattice. */
typedef struct {
    int side; /* positions along x, and along y */
    double x[SIDE], y[SIDE], radius2;
    uint64_t weight[SIDE][SIDE + 1]; /* [y][x] */
    uint32_t count[SIDE][SIDE + 1];
} survey;

/** A square and the places that may be in a disc of it. */
typedef struct {
    const hot_cells *cells;
    hot_budget *budget;
    uint32_t least, from[3], to[3]; /* by row of squares */
} square;

/** A place is within the radius of one stretch of positions of each row of the lattice: note where
 *  the stretch begins and where it has ended. The ends move little from row to row. */
static void add_place(survey *s, const hot_cells *cells, uint32_t i)
{
    double dx2[SIDE];
    int near = 0;
    for (int k = 0; k < s->side; k++) {
        double dx = cells->x[i] - s->x[k];
        dx2[k] = dx * dx;
        if (dx2[k] < dx2[near]) near = k;
    }
    int low = near, high = near;
    for (int row = 0; row < s->side; row++) {
        double dy = cells->y[i] - s->y[row], dy2 = dy * dy;
        if (dx2[near] + dy2 > s->radius2) continue;
        while (low > 0 && dx2[low - 1] + dy2 <= s->radius2) low--;
        while (dx2[low] + dy2 > s->radius2) low++;
        while (high < s->side - 1 && dx2[high + 1] + dy2 <= s->radius2) high++;
        while (dx2[high] + dy2 > s->radius2) high--;
        s->weight[row][low] += cells->weight[i];
        s->weight[row][high + 1] -= cells->weight[i];
        s->count[row][low] += cells->count[i];
        s->count[row][high + 1] -= cells->count[i];
    }
}

/** Of a lattice whose side, positions and radius are given. */
static void look(const square *q, survey *s)
{
    memset(s->weight, 0, sizeof s->weight);
    memset(s->count, 0, sizeof s->count);
    for (int k = 0; k < 3; k++)
        for (uint32_t i = q->from[k]; i < q->to[k]; i++)
            if (q->cells->count[i]) add_place(s, q->cells, i);
    for (int row = 0; row < s->side; row++)
        for (int col = 1; col < s->side; col++) {
            s->weight[row][col] += s->weight[row][col - 1];
            s->count[row][col] += s->count[row][col - 1];
        }
}

/** The quarters of a square, each by its middle; none of its discs holds more. */
static void look_at_quarters(const square *q, const hot_candidate *c, survey *s)
{
    const hot_hotspot_rules *rules = q->budget->rules;
    double side = rules->size / QUARTERS, reach = (rules->size + side * sqrt(0.5)) * (1 + 1e-9);
    s->side = QUARTERS;
    s->radius2 = reach * reach;
    for (int k = 0; k < QUARTERS; k++) {
        s->x[k] = ((double)c->col * QUARTERS + k + 0.5) * side + rules->shift_x;
        s->y[k] = ((double)c->row * QUARTERS + k + 0.5) * side + rules->shift_y;
    }
    look(q, s);
    for (int row = 0; row < QUARTERS; row++)
        for (int col = 0; col < QUARTERS; col++)
            if (s->count[row][col] < q->least ||
                hot_budget_bars(q->budget, s->x[col], s->y[row], side / 2))
                s->weight[row][col] = 0;
}

/** How far from a disc's centre what it holds lies, in all. */
static double spread_of(const square *q, const hot_candidate *c)
{
    const hot_hotspot_rules *rules = q->budget->rules;
    double x = hot_discs_x(rules, c), y = hot_discs_y(rules, c), sum = 0;
    for (int k = 0; k < 3; k++)
        for (uint32_t i = q->from[k]; i < q->to[k]; i++) {
            double dx = q->cells->x[i] - x, dy = q->cells->y[i] - y, d2 = dx * dx + dy * dy;
            if (d2 <= rules->size * rules->size) sum += (double)q->cells->weight[i] * d2;
        }
    return sum;
}

/** Does a disc come before the best so far? Spreads are worked out where they are needed. */
static bool leads(const square *q, hot_candidate *disc, hot_candidate *best)
{
    if (disc->weight == best->weight && disc->count == best->count) {
        if (isnan(best->spread)) best->spread = spread_of(q, best);
        disc->spread = spread_of(q, disc);
    }
    return hot_candidate_leads(disc, best);
}

/** The centres of one quarter. */
static void search_quarter(const square *q, int quarter_x, int quarter_y, hot_candidate *best)
{
    const hot_hotspot_rules *rules = q->budget->rules;
    survey s = {.side = FINE, .radius2 = rules->size * rules->size};
    for (int k = 0; k < FINE; k++) {
        s.x[k] = on_lattice(best->col, quarter_x * FINE + k, rules->size, rules->shift_x);
        s.y[k] = on_lattice(best->row, quarter_y * FINE + k, rules->size, rules->shift_y);
    }
    look(q, &s);
    for (int row = 0; row < FINE; row++)
        for (int col = 0; col < FINE; col++) {
            if (s.count[row][col] < q->least || s.weight[row][col] < best->weight) continue;
            hot_candidate disc = {.weight = s.weight[row][col],
                                  .count = s.count[row][col],
                                  .spread = NAN,
                                  .row = best->row,
                                  .col = best->col,
                                  .step_x = (uint8_t)(quarter_x * FINE + col),
                                  .step_y = (uint8_t)(quarter_y * FINE + row),
                                  .known = HOT_KNOWN_BEST};
            if (leads(q, &disc, best) && hot_budget_allows(q->budget, s.x[col], s.y[row]))
                *best = disc;
        }
}

/** The quarter that may hold most. */
static uint64_t most_of(const survey *s, int *x, int *y)
{
    uint64_t most = 0;
    for (int row = 0; row < QUARTERS; row++)
        for (int col = 0; col < QUARTERS; col++)
            if (s->weight[row][col] > most) {
                most = s->weight[row][col];
                *x = col;
                *y = row;
            }
    return most;
}

/** The best disc, the quarters that may hold most first. */
static void search(const square *q, survey *quarters, hot_candidate *c)
{
    hot_candidate best = {.row = c->row, .col = c->col, .spread = NAN};
    int x, y;
    for (uint64_t most; (most = most_of(quarters, &x, &y)) > 0 && most >= best.weight;) {
        search_quarter(q, x, y, &best);
        quarters->weight[y][x] = 0;
    }
    if (best.weight && isnan(best.spread)) best.spread = spread_of(q, &best);
    *c = best;
}

bool hot_discs_refresh(const hot_cells *cells, hot_budget *budget, uint32_t least,
                       hot_candidate *candidate)
{
    const hot_hotspot_rules *rules = budget->rules;
    square q = {.cells = cells, .budget = budget, .least = least};
    survey quarters;
    int x, y;
    double half = rules->size / 2, middle_x = ((double)candidate->col + 0.5) * rules->size,
           middle_y = ((double)candidate->row + 0.5) * rules->size;
    hot_budget_look(budget, middle_x + rules->shift_x, middle_y + rules->shift_y, half);
    for (int k = 0; k < 3; k++)
        hot_cells_run(cells, candidate->row + k - 1, candidate->col - 1, candidate->col + 1,
                      &q.from[k], &q.to[k]);
    look_at_quarters(&q, candidate, &quarters);
    if (candidate->known == HOT_KNOWN_NEAR) {
        search(&q, &quarters, candidate);
    } else {
        *candidate = (hot_candidate){.weight = most_of(&quarters, &x, &y),
                                     .count = UINT32_MAX,
                                     .row = candidate->row,
                                     .col = candidate->col,
                                     .known = HOT_KNOWN_NEAR};
    }
    return candidate->weight > 0;
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
            candidates->candidate[i].known = HOT_KNOWN_MOST;
}
