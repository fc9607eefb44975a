#include "engine/hotspots/candidates.h"

#include "engine/base/memory.h"

hot_status hot_candidates_new(uint32_t most, hot_candidates *out)
{
    hot_candidates c = {.candidate = hot_new_raw(most, sizeof *c.candidate),
                        .heap = hot_new_raw(most, sizeof *c.heap)};
    if (c.candidate && c.heap) {
        *out = c;
        return HOT_OK;
    }
    hot_candidates_free(&c);
    return HOT_MEMORY;
}

void hot_candidates_free(hot_candidates *candidates)
{
    hot_free(candidates->candidate);
    hot_free(candidates->heap);
    *candidates = (hot_candidates){0};
}

bool hot_candidate_leads(const hot_candidate *a, const hot_candidate *b)
{
    if (a->weight != b->weight) return a->weight > b->weight;
    if (a->count != b->count) return a->count > b->count;
    if (a->spread != b->spread) return a->spread < b->spread;
    if (a->row != b->row) return a->row < b->row;
    if (a->step_y != b->step_y) return a->step_y < b->step_y;
    if (a->col != b->col) return a->col < b->col;
    return a->step_x < b->step_x;
}

static void sift(hot_candidates *c, uint32_t at)
{
    hot_candidate *moving = c->heap[at];
    for (uint64_t child; (child = 2 * (uint64_t)at + 1) < c->n_heap; at = (uint32_t)child) {
        if (child + 1 < c->n_heap && hot_candidate_leads(c->heap[child + 1], c->heap[child]))
            child++;
        if (!hot_candidate_leads(c->heap[child], moving)) break;
        c->heap[at] = c->heap[child];
    }
    c->heap[at] = moving;
}

void hot_candidates_order(hot_candidates *candidates)
{
    for (uint32_t i = 0; i < candidates->n; i++) candidates->heap[i] = &candidates->candidate[i];
    candidates->n_heap = candidates->n;
    for (uint32_t i = candidates->n / 2; i-- > 0;) sift(candidates, i);
}

void hot_candidates_settle(hot_candidates *candidates)
{
    if (candidates->n_heap) sift(candidates, 0);
}

void hot_candidates_drop(hot_candidates *candidates)
{
    if (candidates->n_heap == 0) return;
    candidates->heap[0] = candidates->heap[--candidates->n_heap];
    hot_candidates_settle(candidates);
}
