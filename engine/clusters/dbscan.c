#include "engine/clusters/dbscan.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/space/nearby.h"

/** Cells are so small that all places of one are within the distance of one another, and no place
 *  within it is more than two cells away. */
#define CELL 0.7071

typedef struct {
    hot_nearby grid;
    double reach; /* distance, squared */
    double minimum;
    int threads;
    double *weight;  /* [n] by position */
    double *before;  /* [cells + 1] weights of all cells before each */
    uint8_t *core;   /* [n] by position */
    uint32_t *cores; /* [cells + 1] cores of all cells before each */
    uint32_t
        *head; /* [cells] of the set of cells it is joined to; cells without a core stay alone */
    int32_t *number; /* [cells] of its cluster; -1 = none yet */
} search;

static inline bool near(const search *s, size_t a, size_t b)
{
    double dx = s->grid.x[a] - s->grid.x[b], dy = s->grid.y[a] - s->grid.y[b];
    return dx * dx + dy * dy <= s->reach;
}

/* ---- cores ---- */

/** Whether the weights near one position come to what is needed. */
static bool is_core(const search *s, size_t a, const hot_nearby_walk *w)
{
    const hot_nearby *g = &s->grid;
    static const int nearest_first[HOT_NEARBY_ROWS] = {2, 1, 3, 0, 4}; /* enough is found soon */
    double sum = 0;
    for (int r = 0; r < HOT_NEARBY_ROWS; r++) {
        int k = nearest_first[r];
        for (size_t b = g->first[w->at[k]], end = g->first[w->to[k]]; b < end; b++)
            if (near(s, a, b)) sum += s->weight[b];
        if (sum >= s->minimum) return true;
    }
    return false;
}

/** Whether all cells around hold too little, whatever the distances; a little less than the
 * minimum, so that rounding in the sums hides no core. */
static bool is_empty_around(const search *s, const hot_nearby_walk *w)
{
    double sum = 0;
    for (int k = 0; k < HOT_NEARBY_ROWS; k++) sum += s->before[w->to[k]] - s->before[w->at[k]];
    return sum < s->minimum - 1e-9 * s->before[s->grid.cells];
}

static void find_cores_of_row(search *s, size_t r)
{
    const hot_nearby *g = &s->grid;
    hot_nearby_walk walk;
    hot_nearby_begin(g, r, &walk);
    for (size_t cell = g->row_first[r]; cell < g->row_first[r + 1]; cell++) {
        double own = 0;
        hot_nearby_move(g, cell, &walk);
        bool none = is_empty_around(s, &walk);
        for (size_t a = g->first[cell]; a < g->first[cell + 1]; a++) own += s->weight[a];
        for (size_t a = g->first[cell]; a < g->first[cell + 1]; a++)
            s->core[a] = !none && (own >= s->minimum || is_core(s, a, &walk));
    }
}

static void count_cores(search *s)
{
    const hot_nearby *g = &s->grid;
    s->cores[0] = 0;
    for (size_t cell = 0; cell < g->cells; cell++) {
        s->cores[cell + 1] = s->cores[cell];
        for (size_t a = g->first[cell]; a < g->first[cell + 1]; a++)
            s->cores[cell + 1] += s->core[a];
    }
}

static void add_weights(search *s, const double *weight)
{
    const hot_nearby *g = &s->grid;
    s->before[0] = 0;
    for (size_t cell = 0; cell < g->cells; cell++) {
        s->before[cell + 1] = s->before[cell];
        for (size_t a = g->first[cell]; a < g->first[cell + 1]; a++)
            s->before[cell + 1] += s->weight[a] = weight[g->point[a]];
    }
}

/* ---- clusters: cells are joined, as the cores of one cell are of one cluster ---- */

static uint32_t head_of(search *s, uint32_t cell)
{
    while (s->head[cell] != cell) cell = s->head[cell] = s->head[s->head[cell]];
    return cell;
}

static bool has_core(const search *s, size_t cell)
{
    return s->cores[cell + 1] > s->cores[cell];
}

/** Whether a core of one cell is near a core of the other. */
static bool cores_meet(const search *s, size_t one, size_t other)
{
    const hot_nearby *g = &s->grid;
    for (size_t a = g->first[one]; a < g->first[one + 1]; a++)
        for (size_t b = g->first[other]; s->core[a] && b < g->first[other + 1]; b++)
            if (s->core[b] && near(s, a, b)) return true;
    return false;
}

static void join(search *s, size_t one, size_t other)
{
    uint32_t a = head_of(s, (uint32_t)one), b = head_of(s, (uint32_t)other);
    if (a == b || !cores_meet(s, one, other)) return;
    s->head[a < b ? b : a] = a < b ? a : b;
}

/** Join the cells of a row with those after them. */
static void join_row(search *s, size_t r)
{
    const hot_nearby *g = &s->grid;
    hot_nearby_walk walk;
    hot_nearby_begin(g, r, &walk);
    for (size_t cell = g->row_first[r]; cell < g->row_first[r + 1]; cell++) {
        if (!has_core(s, cell)) continue;
        hot_nearby_move(g, cell, &walk);
        for (int k = HOT_NEARBY_REACH; k < HOT_NEARBY_ROWS; k++)
            for (size_t c = walk.at[k] > cell ? walk.at[k] : cell + 1; c < walk.to[k]; c++)
                if (has_core(s, c)) join(s, cell, c);
    }
}

/** Number the clusters in the order of their first core, cores by the number of their place. */
static hot_status number_clusters(search *s, int32_t *cluster, size_t *clusters)
{
    const hot_nearby *g = &s->grid;
    uint32_t *cell_of = hot_new_raw(g->n, sizeof *cell_of); /* by place; UINT32_MAX = no core */
    if (!cell_of) return HOT_MEMORY;
    for (size_t cell = 0; cell < g->cells; cell++) {
        s->number[cell] = -1;
        for (size_t a = g->first[cell]; a < g->first[cell + 1]; a++)
            cell_of[g->point[a]] = s->core[a] ? head_of(s, (uint32_t)cell) : UINT32_MAX;
    }
    for (size_t i = 0; i < g->n; i++) {
        cluster[i] = -1;
        if (cell_of[i] == UINT32_MAX) continue;
        if (s->number[cell_of[i]] < 0) s->number[cell_of[i]] = (int32_t)(*clusters)++;
        cluster[i] = s->number[cell_of[i]];
    }
    hot_free(cell_of);
    return HOT_OK;
}

/* ---- the others ---- */

/** The nearest core within the distance, or SIZE_MAX. */
static size_t nearest_core(const search *s, size_t a, const hot_nearby_walk *w)
{
    const hot_nearby *g = &s->grid;
    double least = s->reach;
    size_t found = SIZE_MAX;
    for (int k = 0; k < HOT_NEARBY_ROWS; k++)
        for (size_t b = g->first[w->at[k]], end = g->first[w->to[k]]; b < end; b++) {
            if (!s->core[b]) continue;
            double dx = g->x[a] - g->x[b], dy = g->y[a] - g->y[b], d = dx * dx + dy * dy;
            bool first = found == SIZE_MAX || g->point[b] < g->point[found];
            if (d > least || (d == least && !first)) continue;
            least = d;
            found = b;
        }
    return found;
}

static bool is_core_around(const search *s, const hot_nearby_walk *w)
{
    for (int k = 0; k < HOT_NEARBY_ROWS; k++)
        if (s->cores[w->to[k]] > s->cores[w->at[k]]) return true;
    return false;
}

static void place_others_of_row(const search *s, size_t r, int32_t *cluster)
{
    const hot_nearby *g = &s->grid;
    hot_nearby_walk walk;
    hot_nearby_begin(g, r, &walk);
    for (size_t cell = g->row_first[r]; cell < g->row_first[r + 1]; cell++) {
        hot_nearby_move(g, cell, &walk);
        if (!is_core_around(s, &walk)) continue;
        for (size_t a = g->first[cell]; a < g->first[cell + 1]; a++) {
            size_t core = s->core[a] ? SIZE_MAX : nearest_core(s, a, &walk);
            if (core != SIZE_MAX) cluster[g->point[a]] = cluster[g->point[core]];
        }
    }
}

/* ---- all of it ---- */

static hot_status find(search *s, const double *weight, int32_t *cluster, size_t *clusters)
{
    const hot_nearby *g = &s->grid;
    s->weight = hot_new_raw(g->n, sizeof *s->weight);
    s->before = hot_new_raw(g->cells + 1, sizeof *s->before);
    s->core = hot_new_raw(g->n, 1);
    s->cores = hot_new_raw(g->cells + 1, sizeof *s->cores);
    s->head = hot_new_raw(g->cells, sizeof *s->head);
    s->number = hot_new_raw(g->cells, sizeof *s->number);
    if (!s->weight || !s->before || !s->core || !s->cores || !s->head || !s->number)
        return HOT_MEMORY;
    add_weights(s, weight);
    for (size_t c = 0; c < g->cells; c++) s->head[c] = (uint32_t)c;
#pragma omp parallel for schedule(dynamic, 8) num_threads(s->threads)
    for (size_t r = 0; r < g->rows; r++) find_cores_of_row(s, r);
    count_cores(s);
    for (size_t r = 0; r < g->rows; r++) join_row(s, r);
    *clusters = 0;
    HOT_TRY(number_clusters(s, cluster, clusters));
#pragma omp parallel for schedule(dynamic, 8) num_threads(s->threads)
    for (size_t r = 0; r < g->rows; r++) place_others_of_row(s, r, cluster);
    return HOT_OK;
}

hot_status hot_dbscan(const double *x, const double *y, const double *weight, size_t n,
                      double distance, double minimum, int threads, int32_t *cluster,
                      size_t *clusters)
{
    search s = {.reach = distance * distance, .minimum = minimum, .threads = threads};
    if (!(distance > 0) || !isfinite(s.reach) || !(minimum > 0) || n > INT32_MAX) return HOT_DOMAIN;
    HOT_TRY(hot_nearby_new(x, y, n, CELL * distance, &s.grid));
    hot_status status = find(&s, weight, cluster, clusters);
    hot_nearby_free(&s.grid);
    hot_free(s.weight);
    hot_free(s.before);
    hot_free(s.core);
    hot_free(s.cores);
    hot_free(s.head);
    hot_free(s.number);
    return status;
}
