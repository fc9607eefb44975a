#include "engine/hotspots/discs.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/hotspots/layout.h"

/** A square's side has four quarters, a quarter's has some centres. */
enum { STEPS = HOT_HOTSPOT_STEPS, QUARTERS = 4, FINE = STEPS / QUARTERS, SIDE = 8 };
_Static_assert(FINE <= SIDE && QUARTERS <= SIDE && FINE * QUARTERS == STEPS, "room in a survey");
static const double PI = 3.141592653589793;

/* ---- squares, and the most that a disc centred in one may hold ---- */

typedef struct {
    uint64_t weight;
    uint64_t count;
} held;

typedef struct {
    const hot_plots *plots;
    const held *cell; /* [cells] what is in each */
    uint32_t least;
    hot_candidates *out; /* without a candidate array: only counted */
} listing;

static hot_status sum_cells(const hot_plots *plots, held **out)
{
    held *sum = hot_new(plots->n_cells, sizeof *sum);
    if (!sum) return HOT_MEMORY;
    for (uint32_t c = 0; c < plots->n_cells; c++)
        for (uint32_t i = plots->first[c]; i < plots->first[c + 1]; i++) {
            sum[c].weight += plots->weight[i];
            sum[c].count += plots->count[i];
        }
    *out = sum;
    return HOT_OK;
}

static void list(const listing *l, int32_t row, int32_t col, held most)
{
    if (most.weight == 0 || most.count < l->least) return;
    if (l->out->candidate)
        l->out->candidate[l->out->n] = (hot_candidate){.key = (double)most.weight,
                                                       .weight = UINT64_MAX,
                                                       .count = UINT32_MAX,
                                                       .row = row,
                                                       .col = col};
    l->out->n++;
}

/** The cells of one row, as they come up. */
typedef struct {
    uint32_t at, end;
} strip;

/** What of a row lies in the columns col - 1 .. col + 1. */
static void add_near(const listing *l, strip *s, int64_t col, held *sum)
{
    while (s->at < s->end && l->plots->col[s->at] < col - 1) s->at++;
    for (uint32_t c = s->at; c < s->end && l->plots->col[c] <= col + 1; c++) {
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
        int64_t west = (int64_t)l->plots->col[s[k].at] - 1;
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
        s[k].at = hot_plots_at(l->plots, row + k - 1, INT32_MIN);
        s[k].end = hot_plots_at(l->plots, row + k, INT32_MIN);
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
    for (uint32_t c = 0; c < l->plots->n_cells; c++) {
        int64_t row = l->plots->row[c];
        for (int64_t r = row - 1; r <= row + 1; r++)
            if (r > done) list_row(l, (int32_t)(done = r));
    }
}

hot_status hot_discs_list(const hot_plots *plots, uint32_t least, hot_candidates *candidates)
{
    held *sum;
    hot_candidates counted = {0};
    HOT_TRY(sum_cells(plots, &sum));
    listing l = {plots, sum, least, &counted};
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
    uint64_t set[SIDE][SIDE + 1]; /* the same for the same places, and hardly for others */
} survey;

/** A square and the places that may be in a disc of it. */
typedef struct {
    const hot_plots *plots;
    hot_budget *budget;
    uint32_t least, from[3], to[3]; /* by row of squares */
} square;

/** A number for a place: Steele, Lea and Flood (2014), splitmix64. */
static uint64_t number_of(uint32_t place)
{
    uint64_t z = (place + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/** A place is within the radius of one stretch of positions of each row of the lattice: note where
 *  the stretch begins and where it has ended. The ends move little from row to row. */
static void add_place(survey *s, const hot_plots *plots, uint32_t i)
{
    double dx2[SIDE] = {0};
    int near = 0;
    for (int k = 0; k < s->side; k++) {
        double dx = plots->x[i] - s->x[k];
        dx2[k] = dx * dx;
        if (dx2[k] < dx2[near]) near = k;
    }
    int low = near, high = near;
    uint64_t number = number_of(i);
    for (int row = 0; row < s->side; row++) {
        double dy = plots->y[i] - s->y[row], dy2 = dy * dy;
        if (dx2[near] + dy2 > s->radius2) continue;
        while (low > 0 && dx2[low - 1] + dy2 <= s->radius2) low--;
        while (low < near && dx2[low] + dy2 > s->radius2) low++;
        while (high < s->side - 1 && dx2[high + 1] + dy2 <= s->radius2) high++;
        while (high > near && dx2[high] + dy2 > s->radius2) high--;
        s->weight[row][low] += plots->weight[i];
        s->weight[row][high + 1] -= plots->weight[i];
        s->count[row][low] += plots->count[i];
        s->count[row][high + 1] -= plots->count[i];
        s->set[row][low] += number;
        s->set[row][high + 1] -= number;
    }
}

/** Of a lattice whose side, positions and radius are given. */
static void look(const square *q, survey *s)
{
    memset(s->weight, 0, sizeof s->weight);
    memset(s->count, 0, sizeof s->count);
    memset(s->set, 0, sizeof s->set);
    for (int k = 0; k < 3; k++)
        for (uint32_t i = q->from[k]; i < q->to[k]; i++)
            if (q->plots->count[i]) add_place(s, q->plots, i);
    for (int row = 0; row < s->side; row++)
        for (int col = 1; col < s->side; col++) {
            s->weight[row][col] += s->weight[row][col - 1];
            s->count[row][col] += s->count[row][col - 1];
            s->set[row][col] += s->set[row][col - 1];
        }
}

/** What a disc's weight is divided by: 1, or the share of its area that it adds, a quarter at
 * least. */
static double cost_of(const square *q, double x, double y)
{
    double size = q->budget->rules->size, whole = PI * size * size;
    if (!q->budget->rules->per_area || q->budget->n_near == 0) return 1;
    return fmin(fmax(hot_budget_added(q->budget, x, y) / whole, 0.25), 1);
}

/** No less than that, for discs within `off` metres. */
static double least_cost(const square *q, double x, double y, double off)
{
    double size = q->budget->rules->size, whole = PI * size * size * (1 + 1e-9);
    if (!q->budget->rules->per_area || q->budget->n_near == 0) return 1;
    return fmax(hot_budget_added_least(q->budget, x, y, off) / whole, 0.25);
}

/** The quarters of a square, each by its middle, and no less than the key of its best disc. */
static void look_at_quarters(const square *q, const hot_candidate *c, survey *s,
                             double key[QUARTERS][QUARTERS])
{
    const hot_hotspot_rules *rules = q->budget->rules;
    double side = rules->size / QUARTERS, off = side * sqrt(0.5), reach = rules->size + off;
    s->side = QUARTERS;
    s->radius2 = reach * reach * (1 + 1e-9);
    for (int k = 0; k < QUARTERS; k++) {
        s->x[k] = ((double)c->col * QUARTERS + k + 0.5) * side + rules->shift_x;
        s->y[k] = ((double)c->row * QUARTERS + k + 0.5) * side + rules->shift_y;
    }
    look(q, s);
    for (int row = 0; row < QUARTERS; row++)
        for (int col = 0; col < QUARTERS; col++) {
            bool none = s->weight[row][col] == 0 || s->count[row][col] < q->least ||
                        hot_budget_bars(q->budget, s->x[col], s->y[row], side / 2);
            key[row][col] =
                none ? 0 : (double)s->weight[row][col] / least_cost(q, s->x[col], s->y[row], off);
        }
}

/** The best disc so far, and where the weight lies that it holds. */
typedef struct {
    hot_candidate disc;
    uint64_t set;
    double weight, x, y; /* the sums of weight, and of weight times how far east and north it is */
    double off;          /* how far the disc's centre is from the middle of that */
} leader;

/** How far a centre is from the middle of what the best disc holds: of discs that hold the same
 *  places the one whose centre is nearest has the least spread. */
static double off_middle(const square *q, const leader *l, int step_x, int step_y)
{
    double step = q->budget->rules->size / STEPS;
    double dx = l->weight * ((step_x + 0.5) * step) - l->x;
    double dy = l->weight * ((step_y + 0.5) * step) - l->y;
    return dx * dx + dy * dy;
}

/** Sums over what a disc holds; its spread too. */
static void sum_up(const square *q, leader *l)
{
    const hot_hotspot_rules *rules = q->budget->rules;
    double at_x = hot_discs_x(rules, &l->disc), at_y = hot_discs_y(rules, &l->disc);
    l->weight = l->x = l->y = l->disc.spread = 0;
    for (int k = 0; k < 3; k++)
        for (uint32_t i = q->from[k]; i < q->to[k]; i++) {
            double weight = (double)q->plots->weight[i], dx = q->plots->x[i] - at_x,
                   dy = q->plots->y[i] - at_y, d2 = dx * dx + dy * dy;
            if (d2 > rules->size * rules->size) continue;
            l->weight += weight;
            l->x += weight * (q->plots->x[i] - rules->shift_x - l->disc.col * rules->size);
            l->y += weight * (q->plots->y[i] - rules->shift_y - l->disc.row * rules->size);
            l->disc.spread += weight * d2;
        }
    l->off = off_middle(q, l, l->disc.step_x, l->disc.step_y);
}

/** Is it plain, without another look, that a disc is not better than the best so far? */
static bool is_behind(const square *q, const leader *best, uint64_t set, int step_x, int step_y)
{
    return set == best->set && !isnan(best->weight) && !q->budget->rules->per_area &&
           off_middle(q, best, step_x, step_y) > best->off;
}

/** Does a disc come before the best so far? Sums are worked out where they are needed, and only
 *  once while the places are the same. */
static bool leads(const square *q, leader *disc, leader *best)
{
    hot_candidate a = disc->disc, b = best->disc;
    if (a.key == b.key && a.weight == b.weight && a.count == b.count) {
        if (isnan(best->weight) || (disc->set != best->set && isnan(b.spread))) sum_up(q, best);
        if (disc->set == best->set) {
            *disc = (leader){a,       best->set, best->weight,
                             best->x, best->y,   off_middle(q, best, a.step_x, a.step_y)};
            a.spread = disc->off;
            b.spread = best->off;
        } else {
            sum_up(q, disc);
            a.spread = disc->disc.spread;
            b.spread = best->disc.spread;
        }
    }
    return hot_candidate_leads(&a, &b);
}

/** A quarter of a square, and the least that its discs' weights are divided by. */
typedef struct {
    int x, y;
    double cost;
} quarter;

/** The centres of one quarter. */
static void search_quarter(const square *q, quarter in, leader *best)
{
    const hot_hotspot_rules *rules = q->budget->rules;
    survey s = {.side = FINE, .radius2 = rules->size * rules->size};
    for (int k = 0; k < FINE; k++) {
        s.x[k] = on_lattice(best->disc.col, in.x * FINE + k, rules->size, rules->shift_x);
        s.y[k] = on_lattice(best->disc.row, in.y * FINE + k, rules->size, rules->shift_y);
    }
    look(q, &s);
    for (int row = 0; row < FINE; row++)
        for (int col = 0; col < FINE; col++) {
            double weight = (double)s.weight[row][col];
            if (s.count[row][col] < q->least || weight == 0 || weight < best->disc.key * in.cost ||
                is_behind(q, best, s.set[row][col], in.x * FINE + col, in.y * FINE + row) ||
                weight < best->disc.key * least_cost(q, s.x[col], s.y[row], 0))
                continue;
            leader disc = {.disc = {.key = weight / cost_of(q, s.x[col], s.y[row]),
                                    .weight = s.weight[row][col],
                                    .count = s.count[row][col],
                                    .spread = NAN,
                                    .row = best->disc.row,
                                    .col = best->disc.col,
                                    .step_x = (uint8_t)(in.x * FINE + col),
                                    .step_y = (uint8_t)(in.y * FINE + row),
                                    .known = HOT_KNOWN_BEST,
                                    .at = best->disc.at},
                           .set = s.set[row][col],
                           .weight = NAN};
            if (leads(q, &disc, best) && hot_budget_allows(q->budget, s.x[col], s.y[row]))
                *best = disc;
        }
}

/** The quarter that may have most. */
static double most_of(double key[QUARTERS][QUARTERS], int *x, int *y)
{
    double most = 0;
    for (int row = 0; row < QUARTERS; row++)
        for (int col = 0; col < QUARTERS; col++)
            if (key[row][col] > most) {
                most = key[row][col];
                *x = col;
                *y = row;
            }
    return most;
}

/** The best disc, the quarters that may have most first. */
static void search(const square *q, const survey *quarters, double key[QUARTERS][QUARTERS],
                   hot_candidate *c)
{
    leader best = {.disc = {.row = c->row, .col = c->col, .at = c->at}, .weight = NAN};
    quarter in = {0};
    for (double most; (most = most_of(key, &in.x, &in.y)) > 0 && most >= best.disc.key;) {
        in.cost = (double)quarters->weight[in.y][in.x] / most * (1 - 1e-12);
        search_quarter(q, in, &best);
        key[in.y][in.x] = 0;
    }
    if (best.disc.weight) sum_up(q, &best);
    *c = best.disc;
}

bool hot_discs_refresh(const hot_plots *plots, hot_budget *budget, uint32_t least,
                       hot_candidate *candidate)
{
    const hot_hotspot_rules *rules = budget->rules;
    square q = {.plots = plots, .budget = budget, .least = least};
    survey quarters;
    double key[QUARTERS][QUARTERS], half = rules->size / 2;
    int x = 0, y = 0;
    hot_budget_look(budget, ((double)candidate->col + 0.5) * rules->size + rules->shift_x,
                    ((double)candidate->row + 0.5) * rules->size + rules->shift_y, half);
    for (int k = 0; k < 3; k++)
        hot_plots_run(plots, candidate->row + k - 1, candidate->col - 1, candidate->col + 1,
                      &q.from[k], &q.to[k]);
    look_at_quarters(&q, candidate, &quarters, key);
    if (candidate->known == HOT_KNOWN_NEAR)
        search(&q, &quarters, key, candidate);
    else
        *candidate = (hot_candidate){.key = most_of(key, &x, &y),
                                     .weight = UINT64_MAX,
                                     .count = UINT32_MAX,
                                     .row = candidate->row,
                                     .col = candidate->col,
                                     .known = HOT_KNOWN_NEAR,
                                     .at = candidate->at};
    return candidate->key > 0;
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

static void look_again(const hot_plots *plots, hot_budget *budget, uint32_t least,
                       hot_candidates *candidates, hot_candidate *c)
{
    if (c->at == UINT32_MAX) return; /* it held nothing, and does not now */
    c->known = HOT_KNOWN_MOST;
    if (!budget->rules->per_area) return;
    if (hot_discs_refresh(plots, budget, least, c))
        hot_candidates_settle(candidates, c);
    else
        hot_candidates_drop(candidates, c);
}

void hot_discs_touch(const hot_plots *plots, hot_budget *budget, uint32_t least,
                     hot_candidates *candidates, const hot_candidate *taken)
{
    int32_t south = taken->row - 2, west = taken->col - 2;
    for (int32_t row = south; row <= south + 4; row++)
        for (uint32_t i = candidate_at(candidates, row, west);
             i < candidates->n && candidates->candidate[i].row == row &&
             candidates->candidate[i].col <= west + 4;
             i++)
            look_again(plots, budget, least, candidates, &candidates->candidate[i]);
}
