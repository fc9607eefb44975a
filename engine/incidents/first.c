/* One table of all rows would be looked at in random places that no cache holds. So the rows are
 * parted by their hash, in their order, and each part has a small table of its own. */
#include "engine/incidents/first.h"

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/base/words.h"

enum { BLOCK = 1 << 16, PARTS = 256, AHEAD = 8 };

typedef struct {
    const hot_alike *rows;
    int threads;
    size_t blocks;
    uint32_t *next;  /* [blocks * PARTS] rows of each, then where they go */
    uint32_t *start; /* [PARTS + 1] */
    uint64_t *item;  /* [start[PARTS]] the row below its hash; by part, then row */
    uint32_t *slot;  /* [2 * start[PARTS]] of every part, twice its rows */
    uint32_t *first; /* [n] the row's hash until its part is looked at */
} search;

static size_t block_end(const search *s, size_t block)
{
    size_t end = (block + 1) * BLOCK;
    return end < s->rows->n ? end : s->rows->n;
}

static void hash_block(const search *s, size_t block, uint64_t seed)
{
    uint32_t *count = s->next + block * PARTS;
    for (size_t i = block * BLOCK; i < block_end(s, block); i++) {
        uint64_t hash;
        s->first[i] = UINT32_MAX;
        if (!s->rows->hash(s->rows->of, i, seed, &hash)) continue;
        s->first[i] = (uint32_t)(hash >> 32);
        if (s->first[i] == UINT32_MAX) s->first[i]--; /* that one means: the same as none */
        count[s->first[i] >> 24]++;
    }
}

/** From counts to where each block's rows of each part go. */
static void place_blocks(search *s)
{
    uint32_t at = 0;
    for (size_t p = 0; p < PARTS; p++) {
        s->start[p] = at;
        for (size_t b = 0; b < s->blocks; b++) {
            uint32_t *next = &s->next[b * PARTS + p], count = *next;
            *next = at;
            at += count;
        }
    }
    s->start[PARTS] = at;
}

static void spread_block(const search *s, size_t block)
{
    uint32_t *next = s->next + block * PARTS;
    for (size_t i = block * BLOCK; i < block_end(s, block); i++)
        if (s->first[i] != UINT32_MAX)
            s->item[next[s->first[i] >> 24]++] = (uint64_t)s->first[i] << 32 | i;
}

/** @param slot  [slots] number of an item + 1; 0 = free */
static void look_up(const search *s, const uint64_t *item, uint32_t n, uint32_t *slot,
                    uint64_t slots)
{
    const hot_alike *rows = s->rows;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t row = (uint32_t)item[k];
        if (rows->fetch && k + AHEAD < n) rows->fetch(rows->of, (uint32_t)item[k + AHEAD]);
        s->first[row] = UINT32_MAX;
        uint64_t at = (item[k] >> 32 & 0xffffff) * slots >> 24;
        for (; slot[at]; at = at + 1 < slots ? at + 1 : 0) {
            uint64_t other = item[slot[at] - 1];
            if (other >> 32 != item[k] >> 32 || !rows->same(rows->of, (uint32_t)other, row))
                continue;
            s->first[row] = (uint32_t)other;
            break;
        }
        if (!slot[at]) slot[at] = k + 1;
    }
}

static void look_up_part(const search *s, size_t part)
{
    size_t from = s->start[part];
    uint32_t n = s->start[part + 1] - s->start[part];
    look_up(s, s->item + from, n, s->slot + 2 * from, 2 * (uint64_t)n);
}

static hot_status part_rows(search *s)
{
    uint64_t seed = hot_hash_seed(); /* nobody can write rows that meet in one slot */
#pragma omp parallel for schedule(dynamic) num_threads(s->threads)
    for (size_t b = 0; b < s->blocks; b++) hash_block(s, b, seed);
    place_blocks(s);
    s->item = hot_new_raw(s->start[PARTS], sizeof *s->item);
    s->slot = hot_new(2 * (size_t)s->start[PARTS], sizeof *s->slot);
    if (!s->item || !s->slot) return HOT_MEMORY;
#pragma omp parallel for schedule(dynamic) num_threads(s->threads)
    for (size_t b = 0; b < s->blocks; b++) spread_block(s, b);
    return HOT_OK;
}

static void look_up_parts(const search *s)
{
#pragma omp parallel for schedule(dynamic, 4) num_threads(s->threads)
    for (size_t p = 0; p < PARTS; p++) look_up_part(s, p);
}

hot_status hot_first_alike(const hot_alike *rows, int threads, uint32_t *first)
{
    search s = {.rows = rows,
                .threads = hot_threads(threads),
                .blocks = (rows->n + BLOCK - 1) / BLOCK,
                .first = first};
    s.next = hot_new(s.blocks * PARTS, sizeof *s.next);
    s.start = hot_new(PARTS + 1, sizeof *s.start);
    hot_status status = s.next && s.start ? part_rows(&s) : HOT_MEMORY;
    if (status == HOT_OK) look_up_parts(&s);
    hot_free(s.next);
    hot_free(s.start);
    hot_free(s.item);
    hot_free(s.slot);
    return status;
}
