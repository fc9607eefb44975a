/* Building hot_within: check the areas, size the raster, have the runs of edges listed by row
 * (within_runs.c); then, row by row, sort them by column and sweep from the east, where the parity
 * of every part is zero, to the west. Rows do not meet: any number of threads gives the same index.
 */
#include <float.h>
#include <omp.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/space/within_index.h"

enum { MOST_THREADS = 64 };
static const double MOST_VERTICES = 268435456.0, FARTHEST = 1e100;

/* ---- the areas ---- */

static bool is_fit(double v)
{
    return fabs(v) <= FARTHEST; /* not if it is a NaN */
}

static void box_grow(hot_box *b, double x, double y)
{
    b->west = x < b->west ? x : b->west;
    b->east = x > b->east ? x : b->east;
    b->south = y < b->south ? y : b->south;
    b->north = y > b->north ? y : b->north;
}

/** Check a ring and add it to the box and to the length of all edges, along x and along y. */
static bool survey_ring(const hot_shapes *s, size_t r, hot_box *box, double *length)
{
    size_t first = s->point[r], end = s->point[r + 1];
    if (first == end) return true;
    for (size_t k = first; k < end; k++) {
        if (!is_fit(s->x[k]) || !is_fit(s->y[k])) return false;
        box_grow(box, s->x[k], s->y[k]);
        size_t next = k + 1 < end ? k + 1 : k;
        *length += fabs(s->x[next] - s->x[k]) + fabs(s->y[next] - s->y[k]);
    }
    return s->x[first] == s->x[end - 1] && s->y[first] == s->y[end - 1];
}

static hot_status survey(const hot_shapes *s, hot_box *box, double *length)
{
    if ((double)s->n_points > MOST_VERTICES || s->n > INT32_MAX) return HOT_DOMAIN;
    if (s->n_rings > UINT32_MAX || s->n_parts > UINT32_MAX) return HOT_DOMAIN;
    *length = 0;
    *box = (hot_box){0, 0, 0, 0};
    if (s->n_points) *box = (hot_box){s->x[0], s->y[0], s->x[0], s->y[0]};
    for (size_t r = 0; r < s->n_rings; r++)
        if (!survey_ring(s, r, box, length)) return HOT_DOMAIN;
    return HOT_OK;
}

static double farthest(const hot_box *b)
{
    return fmax(fmax(fabs(b->west), fabs(b->east)), fmax(fabs(b->south), fabs(b->north)));
}

/** The side of a cell: about one cell an edge; but the mean edge crosses few cells, so that no
 *  shapes need more than O(edges) runs; and rounding stays far below the side. */
static double side_of(const hot_shapes *s, const hot_box *b, double length)
{
    double cells = (double)s->n_points + 1;
    double width = b->east - b->west, height = b->north - b->south;
    double side = sqrt(width) * sqrt(height) / sqrt(cells);
    side = fmax(side, fmax(width, height) / cells);
    side = fmax(side, length / (4 * cells));
    side = fmax(side, 256 * DBL_EPSILON * farthest(b));
    return side > 0 ? side : 1;
}

static int32_t count_of(double length, double side)
{
    double n = ceil(length / side);
    return n < 1 ? 1 : (int32_t)n;
}

static void size_raster(hot_within *in, double length)
{
    const hot_box *b = &in->box;
    in->side = side_of(in->areas, b, length);
    in->per = 1 / in->side;
    in->slack = fmax(1e-6, 16 * DBL_EPSILON * farthest(b) * in->per);
    in->cols = count_of(b->east - b->west, in->side);
    in->rows = count_of(b->north - b->south, in->side);
    in->cells = (size_t)in->cols * (size_t)in->rows;
}

static hot_status name_features(hot_within *in)
{
    const hot_shapes *s = in->areas;
    in->feature = hot_new_raw(s->n_parts, sizeof *in->feature);
    if (!in->feature) return HOT_MEMORY;
    for (size_t f = 0; f < s->n; f++)
        for (size_t p = s->part[f]; p < s->part[f + 1]; p++) in->feature[p] = (int32_t)f;
    return HOT_OK;
}

/* ---- the cells of a row ---- */

/** Sort the row's runs by column, keeping the order of the parts; sets the cells' first runs. */
static void sort_row(hot_within *in, const hot_within_rows *b, int32_t row)
{
    within_cell *cell = in->cell + (size_t)row * (size_t)in->cols;
    size_t from = b->first[row], to = b->first[row + 1];
    for (size_t i = from; i < to; i++) cell[b->run[i].odd].first++;
    uint32_t end = (uint32_t)from;
    for (int32_t c = 0; c < in->cols; c++) cell[c].first = end += cell[c].first;
    for (size_t i = to; i-- > from;) {
        within_run run = b->run[i];
        uint32_t at = --cell[run.odd].first;
        run.odd = 0;
        in->run[at] = run;
    }
}

/** The parts that hold the point q of a cell, ascending. */
typedef struct {
    uint32_t *part;
    size_t n;
} around;

static size_t around_find(const around *a, uint32_t part)
{
    size_t low = 0, high = a->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (a->part[middle] < part)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool around_has(const around *a, uint32_t part)
{
    size_t i = around_find(a, part);
    return i < a->n && a->part[i] == part;
}

static void around_toggle(around *a, uint32_t part)
{
    size_t i = around_find(a, part);
    if (i < a->n && a->part[i] == part) {
        a->n--;
        for (; i < a->n; i++) a->part[i] = a->part[i + 1];
    } else {
        for (size_t k = a->n++; k > i; k--) a->part[k] = a->part[k - 1];
        a->part[i] = part;
    }
}

/** The lowest feature around the cell, parts with an edge in it aside, and whether another one is
 *  around it as well. */
static void name_whole(hot_within *in, size_t cell, uint32_t end, const around *a)
{
    uint32_t run = in->cell[cell].first;
    int32_t lowest = -1;
    bool deep = false;
    for (size_t i = 0; i < a->n; i++) {
        while (run < end && in->run[run].part < a->part[i]) run++;
        if (run < end && in->run[run].part == a->part[i]) continue;
        int32_t feature = in->feature[a->part[i]];
        if (lowest < 0) lowest = feature;
        deep |= feature != lowest;
    }
    in->cell[cell].whole = deep ? -2 - lowest : lowest;
}

/** Set the parities of the runs of a cell and go on to the q of the next cell west: an edge between
 *  the two touches this cell. Of a part without edges here nothing changes. */
static void cross_cell(hot_within *in, size_t cell, uint32_t end, int32_t col, double y, around *a)
{
    const hot_shapes *s = in->areas;
    double here = within_limit(in, col), west = within_limit(in, col - 1);
    for (uint32_t i = in->cell[cell].first; i < end;) {
        within_run *first = &in->run[i];
        uint32_t odd = around_has(a, first->part), crossed = 0;
        for (; i < end && in->run[i].part == first->part; i++) {
            uint32_t east = within_run_east(s, &in->run[i], here, y);
            crossed ^= east ^ within_run_east(s, &in->run[i], west, y);
            odd ^= east ^ within_run_ends(s, &in->run[i], here, y);
        }
        first->odd = odd;
        if (crossed) around_toggle(a, first->part);
    }
}

static void sweep_row(hot_within *in, int32_t row, uint32_t end, uint32_t *scratch)
{
    around a = {.part = scratch};
    double y = in->box.south + (row + 0.5) * in->side;
    size_t first = (size_t)row * (size_t)in->cols;
    for (int32_t col = in->cols - 1; col >= 0; col--) {
        size_t cell = first + (size_t)col;
        name_whole(in, cell, end, &a);
        cross_cell(in, cell, end, col, y, &a);
        end = in->cell[cell].first;
    }
}

static void fill_cells(hot_within *in, const hot_within_rows *b, int threads, uint32_t *scratch)
{
#pragma omp parallel for schedule(dynamic, 4) num_threads(threads)
    for (int32_t row = 0; row < in->rows; row++) {
        size_t mine = (size_t)omp_get_thread_num() * in->areas->n_parts;
        sort_row(in, b, row);
        sweep_row(in, row, (uint32_t)b->first[row + 1], scratch + mine);
    }
    for (size_t i = 0; i < 2; i++)
        in->cell[in->cells + i] = (within_cell){(uint32_t)b->first[in->rows], -1};
}

static hot_status make_cells(hot_within *in, const hot_within_rows *b, int threads)
{
    uint32_t *scratch = hot_new_raw((size_t)threads * in->areas->n_parts, sizeof *scratch);
    in->cell = hot_new(in->cells + 2, sizeof *in->cell);
    in->run = hot_new_raw(b->first[in->rows], sizeof *in->run);
    bool made = scratch && in->cell && in->run;
    if (made) fill_cells(in, b, threads, scratch);
    hot_free(scratch);
    return made ? HOT_OK : HOT_MEMORY;
}

static hot_status fill_index(hot_within *in, int threads)
{
    hot_within_rows rows = {0};
    hot_status status = name_features(in);
    if (status == HOT_OK) status = hot_within_rows_list(in, threads, &rows);
    if (status == HOT_OK) status = make_cells(in, &rows, threads);
    hot_within_rows_free(&rows);
    return status;
}

hot_status hot_within_new(const hot_shapes *areas, int threads, hot_within **out)
{
    hot_box box;
    double length;
    HOT_TRY(survey(areas, &box, &length));
    hot_within *in = hot_new(1, sizeof *in);
    if (!in) return HOT_MEMORY;
    in->areas = areas;
    in->box = box;
    size_raster(in, length);
    threads = hot_threads(threads);
    hot_status status = fill_index(in, threads < MOST_THREADS ? threads : MOST_THREADS);
    if (status != HOT_OK) {
        hot_within_free(in);
        return status;
    }
    *out = in;
    return HOT_OK;
}
