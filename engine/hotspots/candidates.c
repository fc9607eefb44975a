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
    if (a->key != b->key) return a->key > b->key;
    if (a->weight != b->weight) return a->weight > b->weight;
    if (a->count != b->count) return a->count > b->count;
    if (a->spread != b->spread) return a->spread < b->spread;
    if (a->row != b->row) return a->row < b->row;
    if (a->step_y != b->step_y) return a->step_y < b->step_y;
    if (a->col != b->col) return a->col < b->col;
    return a->step_x < b->step_x;
}

static void put(hot_candidates *c, uint32_t at, hot_candidate *which)
{
    c->heap[at] = which;
    which->at = at;
}

static void sink(hot_candidates *c, uint32_t at)
{
    hot_candidate *moving = c->heap[at];
    for (uint64_t child; (child = 2 * (uint64_t)at + 1) < c->n_heap; at = (uint32_t)child) {
        if (child + 1 < c->n_heap && hot_candidate_leads(c->heap[child + 1], c->heap[child]))
            child++;
        if (!hot_candidate_leads(c->heap[child], moving)) break;
        put(c, at, c->heap[child]);
    }
    put(c, at, moving);
}

static void rise(hot_candidates *c, uint32_t at)
{
    hot_candidate *moving = c->heap[at];
    for (; at && hot_candidate_leads(moving, c->heap[(at - 1) / 2]); at = (at - 1) / 2)
        put(c, at, c->heap[(at - 1) / 2]);
    put(c, at, moving);
}

void hot_candidates_order(hot_candidates *candidates)
{
    candidates->n_heap = candidates->n;
    for (uint32_t i = 0; i < candidates->n; i++) put(candidates, i, &candidates->candidate[i]);
    for (uint32_t i = candidates->n / 2; i-- > 0;) sink(candidates, i);
}

void hot_candidates_settle(hot_candidates *candidates, hot_candidate *changed)
{
    rise(candidates, changed->at);
    sink(candidates, changed->at);
}

void hot_candidates_drop(hot_candidates *candidates, hot_candidate *gone)
{
    hot_candidate *last = candidates->heap[--candidates->n_heap];
    if (last != gone) {
        put(candidates, gone->at, last);
        hot_candidates_settle(candidates, last);
    }
    gone->at = UINT32_MAX;
}
