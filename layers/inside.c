#include "layers/inside.h"

#include <string.h>

/** Rows by blocks, so that threads can list them side by side: those of each block first stand at
 *  the block's own place. */
enum { BLOCK = 1 << 16 };

static size_t take_block(const hot_study *s, const uint8_t *selected, size_t from, size_t *n_in)
{
    const uint32_t *point = s->loaded.incidents.point;
    const int32_t *area = s->bounding == SIZE_MAX ? NULL : s->sets[s->bounding].area_of;
    size_t n = s->loaded.incidents.n, to = n - from < BLOCK ? n : from + BLOCK;
    size_t taken = 0, in = from;
    for (size_t row = from; row < to; row++) {
        if (!selected[row]) continue;
        taken++;
        if (area && area[point[row]] < 0) continue;
        s->inside[in++] = (uint32_t)row;
    }
    *n_in = in - from;
    return taken;
}

/** List the rows that are selected and inside.
 *  @param n_in  [blocks] overwritten */
static void list_inside(hot_study *s, const uint8_t *selected, size_t blocks, size_t *n_in)
{
    uint64_t taken = 0;
#pragma omp parallel for schedule(static) num_threads(s->threads) reduction(+ : taken)
    for (size_t b = 0; b < blocks; b++) taken += take_block(s, selected, b * BLOCK, &n_in[b]);
    s->n_selected = taken;
    for (size_t b = 0; b < blocks; b++) {
        if (s->n_inside < b * BLOCK)
            memmove(s->inside + s->n_inside, s->inside + b * BLOCK, n_in[b] * sizeof *s->inside);
        s->n_inside += n_in[b];
    }
    s->n_outside = s->n_selected - s->n_inside;
}

static void count_points(hot_study *s)
{
    const uint32_t *point = s->loaded.incidents.point;
    enum { AHEAD = 16 }; /* points lie anywhere: ask for them before they are waited for */
    for (uint64_t k = 0; k < s->n_inside; k++) {
        uint64_t ahead = k + AHEAD < s->n_inside ? k + AHEAD : k;
        __builtin_prefetch(&s->count_at_point[point[s->inside[ahead]]], 1);
        s->count_at_point[point[s->inside[k]]]++;
    }
    for (size_t k = 0; k < s->n_sets; k++)
        for (size_t p = 0; p < s->loaded.points.n; p++)
            if (s->sets[k].area_of[p] < 0) s->sets[k].unplaced += (uint64_t)s->count_at_point[p];
}

hot_status hot_inside_select(hot_study *s, const hot_selection *selection)
{
    const hot_incidents *t = &s->loaded.incidents;
    size_t blocks = (t->n + BLOCK - 1) / BLOCK;
    uint8_t *selected = hot_new_raw(t->n, 1);
    size_t *n_in = hot_new(blocks, sizeof *n_in);
    s->inside = hot_new_raw(t->n, sizeof *s->inside);
    s->count_at_point = hot_new(s->loaded.points.n, sizeof *s->count_at_point);
    bool room = selected && n_in && s->inside && s->count_at_point;
    hot_status status = room ? hot_select(t, selection, selected) : HOT_MEMORY;
    if (status == HOT_OK) {
        list_inside(s, selected, blocks, n_in);
        count_points(s);
    }
    hot_free(selected);
    hot_free(n_in);
    return status;
}
