#include "engine/gistar/permute.h"

#include <math.h>
#include <omp.h>
#include <stdbool.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/chance/draws.h"

/** Permutations whose sums are held at a time: those of one size of window then stay near. */
enum { ROUND = 4096 };

/** What all threads share. */
typedef struct {
    const double *own, *window;
    const int32_t *cells;
    size_t n;
    hot_gistar_chance chance;
    int32_t most;    /* cells round a cell, of the largest window that is not the whole */
    int32_t *number; /* [most + 1] of each number of cells round one; -1 = there is none */
    size_t sizes;
    double *sum;            /* [sizes * ROUND] of drawn windows */
    uint32_t *after;        /* [sizes * ROUND] of the sorted ones: the next that is larger */
    int32_t *above, *below; /* [n] permutations that give as much or more; as little or less */
} shared;

/* ---- which sizes there are ---- */

/** Cells round a cell. */
static int32_t size_of(const shared *s, size_t i)
{
    return s->cells[i] - 1;
}

/** What is in them. */
static double around(const shared *s, size_t i)
{
    return s->window[i] - s->own[i];
}

static bool is_whole(const shared *s, size_t i)
{
    return (size_t)s->cells[i] == s->n;
}

static void number_sizes(shared *s)
{
    for (int32_t k = 0; k <= s->most; k++) s->number[k] = -1;
    for (size_t i = 0; i < s->n; i++)
        if (!is_whole(s, i)) s->number[size_of(s, i)] = 1;
    for (int32_t k = 0; k <= s->most; k++)
        if (s->number[k] == 1) s->number[k] = (int32_t)s->sizes++;
}

static hot_status shared_new(shared *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (!is_whole(s, i) && size_of(s, i) > s->most) s->most = size_of(s, i);
    s->number = hot_new_raw((size_t)s->most + 1, sizeof *s->number);
    if (!s->number) return HOT_MEMORY;
    number_sizes(s);
    s->sum = hot_new_raw(s->sizes, ROUND * sizeof *s->sum);
    s->after = hot_new_raw(s->sizes, ROUND * sizeof *s->after);
    s->above = hot_new(s->n, sizeof *s->above);
    s->below = hot_new(s->n, sizeof *s->below);
    return s->sum && s->after && s->above && s->below ? HOT_OK : HOT_MEMORY;
}

static void shared_free(shared *s)
{
    hot_free(s->number);
    hot_free(s->sum);
    hot_free(s->after);
    hot_free(s->above);
    hot_free(s->below);
}

/* ---- drawing ---- */

/** What a thread draws with. */
typedef struct {
    uint32_t *card;  /* [n] every cell once */
    uint32_t *other; /* [most + 1] where each card drawn came from */
    double *sum;     /* [most + 1] of the first 0, 1 ... cards */
} deck;

static hot_status deck_new(const shared *s, deck *d)
{
    size_t drawn = (size_t)s->most + 1;
    *d = (deck){hot_new_raw(s->n, sizeof *d->card), hot_new_raw(drawn, sizeof *d->other),
                hot_new_raw(drawn, sizeof *d->sum)};
    if (!d->card || !d->other || !d->sum) return HOT_MEMORY;
    for (size_t i = 0; i < s->n; i++) d->card[i] = (uint32_t)i;
    return HOT_OK;
}

static void deck_free(deck *d)
{
    hot_free(d->card);
    hot_free(d->other);
    hot_free(d->sum);
}

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

/** Bring one card more than the largest window has to the front. */
static void shuffle(const shared *s, uint32_t permutation, deck *d)
{
    hot_draws draws = hot_draws_of(s->chance.seed, permutation);
    for (uint32_t k = 0; k <= (uint32_t)s->most; k++) {
        d->other[k] = k + hot_draws_below(&draws, (uint32_t)s->n - k);
        swap(&d->card[k], &d->card[d->other[k]]);
    }
}

static void put_back(const shared *s, deck *d)
{
    for (int32_t k = s->most; k >= 0; k--) swap(&d->card[k], &d->card[d->other[k]]);
}

/** @param at  where in the round */
static void add_sums(const shared *s, uint32_t at, deck *d)
{
    double sum = 0;
    for (int32_t k = 0; k <= s->most; k++) {
        d->sum[k] = sum;
        if (s->number[k] >= 0) s->sum[(size_t)s->number[k] * ROUND + at] = sum;
        sum += s->own[d->card[k]];
    }
}

/** Cells that were drawn for the window of one as large as their own: the next card takes their
 *  place. */
static void exclude_themselves(const shared *s, const deck *d)
{
    for (int32_t k = 0; k < s->most; k++) {
        uint32_t i = d->card[k];
        int32_t size = size_of(s, i);
        if (k >= size || is_whole(s, i)) continue;
        double with = d->sum[size], without = with - s->own[i] + s->own[d->card[size]];
        double there = around(s, i);
        int above = (without >= there) - (with >= there);
        int below = (without <= there) - (with <= there);
#pragma omp atomic
        s->above[i] += above;
#pragma omp atomic
        s->below[i] += below;
    }
}

/** The permutations first .. first + n - 1. */
static void draw_round(const shared *s, int threads, uint32_t first, uint32_t n, deck *decks)
{
#pragma omp parallel for schedule(static) num_threads(threads)
    for (uint32_t k = 0; k < n; k++) {
        deck *d = &decks[omp_get_thread_num()];
        shuffle(s, first + k, d);
        add_sums(s, k, d);
        exclude_themselves(s, d);
        put_back(s, d);
    }
}

/* ---- counting ---- */

/** Doubles in their order as whole numbers. */
static uint64_t key_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

/** Sort by one byte of the keys.
 *  @return whether there was anything to sort by */
static bool sort_by(const double *from, uint32_t n, unsigned shift, double *to)
{
    uint32_t first[257] = {0};
    for (uint32_t k = 0; k < n; k++) first[(key_of(from[k]) >> shift & 255) + 1]++;
    if (first[(key_of(from[0]) >> shift & 255) + 1] == n) return false;
    for (int k = 0; k < 256; k++) first[k + 1] += first[k];
    for (uint32_t k = 0; k < n; k++) to[first[key_of(from[k]) >> shift & 255]++] = from[k];
    return true;
}

/** Sort the sums of one size of window, and find where each run of equal ones ends. */
static void sort_sums(uint32_t n, double *sum, uint32_t *after)
{
    double spare[ROUND];
    for (unsigned shift = 0; shift < 64; shift += 8)
        if (sort_by(sum, n, shift, spare)) memcpy(sum, spare, n * sizeof *sum);
    for (uint32_t k = n; k-- > 0;)
        after[k] = k + 1 < n && sum[k + 1] == sum[k] ? after[k + 1] : k + 1;
}

/** How many of the sorted sums lie under a value. */
static uint32_t count_under(const double *sum, uint32_t n, double value)
{
    const double *at = sum;
    for (uint32_t half; n > 1; n -= half) {
        half = n / 2;
        /* No branch: where a value stands among sums by chance cannot be foreseen. */
        at += half & -(uint32_t)(at[half - 1] < value);
    }
    return (uint32_t)(at - sum) + (*at < value);
}

static void count(const shared *s, uint32_t n, size_t i)
{
    if (is_whole(s, i)) return;
    size_t first = (size_t)s->number[size_of(s, i)] * ROUND;
    double there = around(s, i);
    uint32_t under = count_under(s->sum + first, n, there), upto = under;
    if (under < n && s->sum[first + under] == there) upto = s->after[first + under];
    s->above[i] += (int32_t)(n - under);
    s->below[i] += (int32_t)upto;
}

static void count_round(const shared *s, int threads, uint32_t n)
{
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t k = 0; k < s->sizes; k++) sort_sums(n, s->sum + k * ROUND, s->after + k * ROUND);
#pragma omp parallel for schedule(static) num_threads(threads)
    for (size_t i = 0; i < s->n; i++) count(s, n, i);
}

/* ---- all of it ---- */

static hot_status permute(const shared *s, int threads)
{
    deck *decks = hot_new((size_t)threads, sizeof *decks);
    hot_status status = decks ? HOT_OK : HOT_MEMORY;
    for (int k = 0; k < threads && status == HOT_OK; k++) status = deck_new(s, &decks[k]);
    uint32_t all = s->chance.permutations;
    for (uint32_t first = 0; first < all && status == HOT_OK; first += ROUND) {
        uint32_t n = all - first < ROUND ? all - first : ROUND;
        draw_round(s, threads, first, n, decks);
        count_round(s, threads, n);
    }
    for (int k = 0; k < threads && decks; k++) deck_free(&decks[k]);
    hot_free(decks);
    return status;
}

static void judge(const shared *s, size_t i, double *p, int8_t *to)
{
    int32_t above = s->above[i], below = s->below[i], fewer = above < below ? above : below;
    double both = 2.0 * (1 + fewer) / (1.0 + s->chance.permutations);
    *p = is_whole(s, i) ? NAN : both < 1 ? both : 1;
    *to = (int8_t)((above < below) - (above > below));
}

hot_status hot_gistar_permute(const double *own, const double *window, const int32_t *cells,
                              size_t n, const hot_gistar_chance *chance, double *p, int8_t *to)
{
    if (chance->permutations < 1 || chance->permutations > HOT_GISTAR_PERMUTATIONS ||
        n > UINT32_MAX)
        return HOT_DOMAIN;
    shared s = {.own = own, .window = window, .cells = cells, .n = n, .chance = *chance};
    hot_status status = shared_new(&s);
    if (status == HOT_OK && n > 1) status = permute(&s, hot_threads(chance->threads));
    for (size_t i = 0; i < n && status == HOT_OK; i++) judge(&s, i, &p[i], &to[i]);
    shared_free(&s);
    return status;
}
