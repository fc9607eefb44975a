#include "engine/space/within.h"

#include <omp.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/space/within_index.h"

/** Points looked up side by side, so that the memory is asked for many cells at once. */
enum { BLOCK = 512 };

/** Points that are worth sorting, and that are sorted together at most. */
enum { LEAST_PIECE = 1 << 14, MOST_PIECE = 1 << 18 };

void hot_within_free(hot_within *in)
{
    if (!in) return;
    hot_free(in->cell);
    hot_free(in->run);
    hot_free(in->feature);
    hot_free(in);
}

static int32_t column_of(const hot_within *in, double x)
{
    int32_t col = (int32_t)((x - in->box.west) * in->per);
    return col < in->cols ? col : in->cols - 1;
}

/** A NaN fails every comparison and so is outside. */
static size_t cell_of(const hot_within *in, double x, double y)
{
    const hot_box *b = &in->box;
    if (!(x >= b->west && x <= b->east && y >= b->south && y <= b->north)) return in->cells;
    int32_t row = (int32_t)((y - b->south) * in->per);
    if (row >= in->rows) row = in->rows - 1;
    return (size_t)row * (size_t)in->cols + (size_t)column_of(in, x);
}

/** Does the part whose runs in the cell begin at *run hold the point? Moves *run past them. */
static bool part_holds(const hot_within *in, uint32_t *run, uint32_t end, double limit, double x,
                       double y)
{
    uint32_t part = in->run[*run].part, odd = 0;
    do {
        const within_run *r = &in->run[*run];
        odd ^=
            r->odd ^ within_run_east(in->areas, r, x, y) ^ within_run_ends(in->areas, r, limit, y);
    } while (++*run < end && in->run[*run].part == part);
    return odd;
}

/** Lowest feature that holds a point of a cell with edges; sets *many, unless it is NULL, if
 * another one does too. */
static int32_t lowest_of(const hot_within *in, size_t cell, double x, double y, bool *many)
{
    uint32_t run = in->cell[cell].first, end = in->cell[cell + 1].first;
    int32_t lowest = within_whole(&in->cell[cell]);
    double limit = within_limit(in, column_of(in, x));
    while (run < end) {
        uint32_t part = in->run[run].part;
        if (!part_holds(in, &run, end, limit, x, y)) continue;
        int32_t feature = in->feature[part];
        if (many && lowest >= 0 && feature != lowest) *many = true;
        if (lowest < 0 || feature < lowest) lowest = feature;
        if (!many) break; /* parts ascend: no lower feature can follow */
    }
    return lowest;
}

/** Ask for the memory of what many cells need before the first of them waits for it. */
static void fetch_runs(const hot_within *in, const size_t *cell, const uint16_t *open, size_t n)
{
    // NOLINTNEXTLINE(clang-analyzer-core.uninitialized.ArraySubscript): place_block set n of open
    for (size_t j = 0; j < n; j++) __builtin_prefetch(&in->run[in->cell[cell[open[j]]].first]);
    for (size_t j = 0; j < n; j++) {
        uint32_t first = in->cell[cell[open[j]]].first, end = in->cell[cell[open[j]] + 1].first;
        for (uint32_t r = first; r < end && r < first + 3; r++) {
            size_t from = in->run[r].first, to = from + in->run[r].edges;
            __builtin_prefetch(in->areas->x + from);
            __builtin_prefetch(in->areas->y + from);
            __builtin_prefetch(in->areas->x + to);
            __builtin_prefetch(in->areas->y + to);
        }
    }
}

/** As hot_within_place for at most BLOCK points; returns the overlaps if asked to count. */
static size_t place_block(const hot_within *in, const double *x, const double *y, size_t n,
                          int32_t *area, bool count)
{
    size_t cell[BLOCK], n_open = 0, overlaps = 0;
    uint16_t open[BLOCK];
    for (size_t i = 0; i < n; i++) {
        cell[i] = cell_of(in, x[i], y[i]);
        __builtin_prefetch(&in->cell[cell[i]]);
    }
    for (size_t i = 0; i < n; i++) {
        const within_cell *c = &in->cell[cell[i]];
        area[i] = within_whole(c);
        overlaps += within_is_deep(c);
        open[n_open] = (uint16_t)i;
        n_open += c[1].first != c->first;
    }
    fetch_runs(in, cell, open, n_open);
    for (size_t j = 0; j < n_open; j++) {
        size_t i = open[j]; // NOLINT(clang-analyzer-core.uninitialized.Assign): n_open were set
        bool many = false;
        area[i] = lowest_of(in, cell[i], x[i], y[i], count ? &many : NULL);
        overlaps += many && !within_is_deep(&in->cell[cell[i]]);
    }
    return overlaps;
}

/** Place the points as they come. */
static size_t place_unsorted(const hot_within *in, const double *x, const double *y, size_t n,
                             int32_t *area, bool count)
{
    size_t overlaps = 0;
    for (size_t i = 0; i < n; i += BLOCK) {
        size_t size = n - i < BLOCK ? n - i : BLOCK;
        overlaps += place_block(in, x + i, y + i, size, area + i, count);
    }
    return overlaps;
}

/** Row of the raster, or `rows` for a point outside. */
static size_t row_of(const hot_within *in, double y)
{
    if (!(y >= in->box.south && y <= in->box.north)) return (size_t)in->rows;
    int32_t row = (int32_t)((y - in->box.south) * in->per);
    return (size_t)(row < in->rows ? row : in->rows - 1);
}

/** The numbers of the points by row: neighbours then ask for the same cells and vertices.
 *  @param start  [rows + 2] for counting */
static void sort_by_row(const hot_within *in, const double *y, size_t n, uint32_t *start,
                        uint32_t *order)
{
    size_t buckets = (size_t)in->rows + 1;
    for (size_t r = 0; r <= buckets; r++) start[r] = 0;
    for (size_t i = 0; i < n; i++) start[row_of(in, y[i]) + 1]++;
    for (size_t r = 0; r < buckets; r++) start[r + 1] += start[r];
    for (size_t i = 0; i < n; i++) order[start[row_of(in, y[i])]++] = (uint32_t)i;
}

static size_t place_sorted(const hot_within *in, const double *x, const double *y, size_t n,
                           uint32_t *scratch, int32_t *area, bool count)
{
    double bx[BLOCK] = {0}, by[BLOCK] = {0};
    int32_t found[BLOCK];
    uint32_t *order = scratch + in->rows + 2;
    size_t overlaps = 0;
    sort_by_row(in, y, n, scratch, order);
    for (size_t i = 0; i < n; i += BLOCK) {
        size_t size = n - i < BLOCK ? n - i : BLOCK;
        for (size_t k = 0; k < size; k++) {
            bx[k] = x[order[i + k]];
            by[k] = y[order[i + k]];
        }
        overlaps += place_block(in, bx, by, size, found, count);
        for (size_t k = 0; k < size; k++) area[order[i + k]] = found[k];
    }
    return overlaps;
}

/** Points that are sorted together: as many as possible, but some pieces for every thread. */
static size_t piece_of(size_t n, int threads)
{
    size_t piece = n / (2 * (size_t)threads) + 1;
    return piece < LEAST_PIECE ? LEAST_PIECE : piece > MOST_PIECE ? MOST_PIECE : piece;
}

hot_status hot_within_place(const hot_within *in, const double *x, const double *y, size_t n,
                            int threads, int32_t *area, size_t *overlaps)
{
    threads = hot_threads(threads);
    size_t many = 0, piece = piece_of(n, threads), room = (size_t)in->rows + 2 + piece;
    uint32_t *scratch = NULL; /* without it the points are placed unsorted: slower, no more */
    if (n >= LEAST_PIECE) scratch = hot_new_raw((size_t)threads * room, sizeof *scratch);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) reduction(+ : many)
    for (size_t i = 0; i < n; i += piece) {
        size_t size = n - i < piece ? n - i : piece;
        uint32_t *mine = scratch ? scratch + (size_t)omp_get_thread_num() * room : NULL;
        many += mine ? place_sorted(in, x + i, y + i, size, mine, area + i, overlaps != NULL)
                     : place_unsorted(in, x + i, y + i, size, area + i, overlaps != NULL);
    }
    hot_free(scratch);
    if (overlaps) *overlaps = many;
    return HOT_OK;
}

/** The plain rule over all edges of a part. */
static bool part_holds_plainly(const hot_shapes *s, size_t part, double x, double y)
{
    bool odd = false;
    for (size_t r = s->ring[part]; r < s->ring[part + 1]; r++)
        for (size_t k = s->point[r]; k + 1 < s->point[r + 1]; k++)
            odd ^= hot_side_east(s->x[k], s->y[k], s->x[k + 1], s->y[k + 1], x, y);
    return odd;
}

/** For a cell that several features surround: it names only the lowest of them. */
static bool holds_plainly(const hot_shapes *s, size_t feature, double x, double y)
{
    for (size_t p = s->part[feature]; p < s->part[feature + 1]; p++)
        if (part_holds_plainly(s, p, x, y)) return true;
    return false;
}

bool hot_within_holds(const hot_within *in, size_t feature, double x, double y)
{
    size_t cell = cell_of(in, x, y);
    if (cell == in->cells) return false;
    if (within_whole(&in->cell[cell]) == (int32_t)feature) return true;
    if (within_is_deep(&in->cell[cell])) return holds_plainly(in->areas, feature, x, y);
    uint32_t run = in->cell[cell].first, end = in->cell[cell + 1].first;
    double limit = within_limit(in, column_of(in, x));
    while (run < end) {
        int32_t of = in->feature[in->run[run].part];
        if (part_holds(in, &run, end, limit, x, y) && of == (int32_t)feature) return true;
    }
    return false;
}

/** As hot_within_mask for `n` <= BLOCK cells of a row from column `col`. */
static void mask_block(const hot_within *in, const hot_frame *frame, int32_t row, int32_t col,
                       size_t n, uint8_t *inside)
{
    double x[BLOCK] = {0}, y[BLOCK] = {0};
    int32_t area[BLOCK];
    for (size_t i = 0; i < n; i++) {
        x[i] = hot_frame_x(frame, col + (int32_t)i);
        y[i] = hot_frame_y(frame, row);
    }
    place_block(in, x, y, n, area, false);
    for (size_t i = 0; i < n; i++) inside[i] = area[i] >= 0;
}

hot_status hot_within_mask(const hot_within *in, const hot_frame *frame, int threads,
                           uint8_t *inside)
{
#pragma omp parallel for schedule(dynamic, 8) num_threads(hot_threads(threads))
    for (int32_t row = 0; row < frame->rows; row++) {
        uint8_t *line = inside + (size_t)row * (size_t)frame->cols;
        for (int32_t col = 0; col < frame->cols; col += BLOCK) {
            int32_t n = frame->cols - col < BLOCK ? frame->cols - col : BLOCK;
            mask_block(in, frame, row, col, (size_t)n, line + col);
        }
    }
    return HOT_OK;
}
