#include "engine/nearrepeat/deal.h"

#include <string.h>

#include "engine/base/memory.h"
#include "engine/chance/draws.h"

/** The day of one incident in each of the deals. */
typedef int16_t lanes __attribute__((vector_size(2 * HOT_DEALS), aligned(64)));

enum {
    AT_ONCE = 4,      /* edges that are compared while two incidents' days are in registers */
    FULL = INT16_MAX, /* so many pairs fill a lane's count */
    WORDS = 256,      /* drawn ahead */
    TILE = 64,        /* incidents that are turned from rows into lanes at a time */
};

/** Counts of one pass over some pairs. */
typedef struct {
    lanes below[AT_ONCE];
} tally;

/** For each lane and edge, how many of `n` <= FULL pairs have fewer days between them. */
static inline __attribute__((always_inline)) void
count_below(const hot_close_pair *pair, size_t n, const lanes *day, const lanes *edge, tally *t)
{
    lanes a = {0}, b = {0}, c = {0}, d = {0};
    for (size_t k = 0; k < n; k++) {
        lanes apart = day[pair[k].one] - day[pair[k].other];
        lanes negative = apart >> 15;
        apart = (apart ^ negative) - negative;
        a -= apart < edge[0];
        b -= apart < edge[1];
        c -= apart < edge[2];
        d -= apart < edge[3];
    }
    *t = (tally){{a, b, c, d}};
}

/** The same for the instruction sets that there are: the bytes are the same. */
typedef void counter(const hot_close_pair *pair, size_t n, const lanes *day, const lanes *edge,
                     tally *t);

static void count_plain(const hot_close_pair *pair, size_t n, const lanes *day, const lanes *edge,
                        tally *t)
{
    count_below(pair, n, day, edge, t);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void
count_avx2(const hot_close_pair *pair, size_t n, const lanes *day, const lanes *edge, tally *t)
{
    count_below(pair, n, day, edge, t);
}

__attribute__((target("avx512bw"))) static void
count_avx512(const hot_close_pair *pair, size_t n, const lanes *day, const lanes *edge, tally *t)
{
    count_below(pair, n, day, edge, t);
}
#endif

static counter *counter_here(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bw")) return count_avx512;
    if (__builtin_cpu_supports("avx2")) return count_avx2;
#endif
    return count_plain;
}

/** What all threads read. */
typedef struct {
    const hot_close_pairs *pairs;
    const int16_t *day, *edge;
    size_t edges;
    uint32_t deals;
    uint64_t seed;
    counter *counter;
    uint32_t *count;
} game;

/** What one thread writes. */
typedef struct {
    int16_t *row; /* [HOT_DEALS * n] */
    lanes *day;   /* [n] the same, turned */
    void *block;  /* that `day` lies in, aligned */
} table;

/** Words drawn ahead, of one stream. */
typedef struct {
    hot_draws draws;
    uint32_t word[WORDS];
    size_t left;
} drawn;

static uint64_t draw_long(drawn *d)
{
    if (d->left == 0) {
        hot_draws_fill(&d->draws, d->word, WORDS);
        d->left = WORDS;
    }
    d->left -= 2;
    return (uint64_t)d->word[d->left] << 32 | d->word[d->left + 1];
}

__extension__ typedef unsigned __int128 wide;

/** Whole numbers below `bound`, `bound` - 1 ... from one draw, each as likely as the others: as
 * many as `n`, whose product is below 2^56 so that hardly a draw is lost. Source  Brackett-Rozinsky
 * and Lemire (2024), Batched ranged random integer generation */
static void draw_below(drawn *d, uint64_t bound, int n, uint32_t *at)
{
    uint64_t product = 1;
    for (int k = 0; k < n; k++) product *= bound - (uint64_t)k;
    for (;;) {
        uint64_t rest = draw_long(d);
        for (int k = 0; k < n; k++) {
            wide parts = (wide)rest * (bound - (uint64_t)k);
            at[k] = (uint32_t)(parts >> 64);
            rest = (uint64_t)parts;
        }
        /* As many draws as leave a remainder are drawn again; hardly one has to be looked at. */
        if (rest >= product || rest >= -product % product) return;
    }
}

/** How many at once. */
static int batch_of(uint32_t bound)
{
    return bound < 1 << 11   ? 5
           : bound < 1 << 14 ? 4
           : bound < 1 << 18 ? 3
           : bound < 1 << 28 ? 2
                             : 1;
}

/** The days in an order by chance. */
static void shuffle(const game *g, uint32_t deal, int16_t *row)
{
    drawn d = {.draws = hot_draws_of(g->seed, deal)};
    memcpy(row, g->day, g->pairs->n * sizeof *row);
    for (uint32_t left = (uint32_t)g->pairs->n; left > 1;) {
        uint32_t at[5];
        int batch = batch_of(left), n = (uint32_t)batch < left ? batch : (int)left - 1;
        draw_below(&d, left, n, at);
        for (int k = 0; k < n; k++, left--) {
            int16_t kept = row[left - 1];
            row[left - 1] = row[at[k]];
            row[at[k]] = kept;
        }
    }
}

/** Rows of incidents into lanes of deals, a tile at a time so that both stay near. */
static void turn(const table *t, size_t n)
{
    for (size_t tile = 0; tile < n; tile += TILE)
        for (size_t lane = 0; lane < HOT_DEALS; lane++)
            for (size_t i = tile; i < n && i < tile + TILE; i++)
                t->day[i][lane] = t->row[lane * n + i];
}

/** Add the counts of some pairs to those of their band: of the edges from `k` on. */
static void add_counts(const game *g, const hot_close_pair *pair, size_t n, const lanes *day,
                       size_t band, size_t k, uint32_t deal, uint32_t here)
{
    lanes edge[AT_ONCE];
    tally t;
    size_t edges = g->edges - k < AT_ONCE ? g->edges - k : AT_ONCE;
    for (size_t e = 0; e < AT_ONCE; e++) edge[e] = (lanes){0} + g->edge[k + (e < edges ? e : 0)];
    g->counter(pair, n, day, edge, &t);
    for (size_t e = 0; e < edges; e++) {
        uint32_t *count = g->count + (band * g->edges + k + e) * g->deals + deal;
        for (uint32_t lane = 0; lane < here; lane++) count[lane] += (uint16_t)t.below[e][lane];
    }
}

/** From pairs with fewer days than each edge to pairs between two edges. */
static void subtract(const game *g, size_t band, uint32_t deal, uint32_t here)
{
    uint32_t *count = g->count + band * g->edges * g->deals + deal;
    for (size_t k = g->edges; k-- > 1;)
        for (uint32_t lane = 0; lane < here; lane++)
            count[k * g->deals + lane] -= count[(k - 1) * g->deals + lane];
}

/** Deal to all, and count the pairs of these deals. */
static void play(const game *g, uint32_t deal, const table *t)
{
    const hot_close_pairs *p = g->pairs;
    uint32_t here = g->deals - deal < HOT_DEALS ? g->deals - deal : HOT_DEALS;
    for (uint32_t lane = 0; lane < HOT_DEALS; lane++) /* spare lanes repeat the last deal */
        if (lane < here)
            shuffle(g, deal + lane, t->row + lane * p->n);
        else
            memcpy(t->row + lane * p->n, t->row, p->n * sizeof *t->row);
    turn(t, p->n);
    for (size_t b = 0; b < p->bands; b++) {
        for (size_t at = p->first[b]; at < p->first[b + 1]; at += FULL) {
            size_t n = p->first[b + 1] - at < FULL ? p->first[b + 1] - at : FULL;
            for (size_t k = 0; k < g->edges; k += AT_ONCE)
                add_counts(g, p->pair + at, n, t->day, b, k, deal, here);
        }
        subtract(g, b, deal, here);
    }
}

static bool table_new(size_t n, table *t)
{
    t->row = hot_new_raw(n, HOT_DEALS * sizeof *t->row);
    t->block = hot_new_raw(n + 1, sizeof(lanes));
    if (!t->row || !t->block) return false;
    t->day = (lanes *)(((uintptr_t)t->block + sizeof(lanes) - 1) & ~(uintptr_t)(sizeof(lanes) - 1));
    return true;
}

static void table_free(table *t)
{
    hot_free(t->row);
    hot_free(t->block);
}

hot_status hot_deal(const hot_close_pairs *pairs, const int16_t *day, const int16_t *edge,
                    size_t edges, uint32_t deals, uint64_t seed, int threads, uint32_t *count)
{
    game g = {pairs, day, edge, edges, deals, seed, counter_here(), count};
    uint32_t rounds = (deals + HOT_DEALS - 1) / HOT_DEALS;
    bool short_of = false;
    memset(count, 0, pairs->bands * edges * deals * sizeof *count);
#pragma omp parallel num_threads(threads)
    {
        table t = {0};
        if (!table_new(pairs->n, &t)) {
#pragma omp atomic write
            short_of = true;
        }
#pragma omp for schedule(dynamic, 1)
        for (uint32_t round = 0; round < rounds; round++)
            if (t.day) play(&g, round * HOT_DEALS, &t);
        table_free(&t);
    }
    return short_of ? HOT_MEMORY : HOT_OK;
}
