#include "engine/gistar/permute.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "engine/base/memory.h"
#include "engine/base/parallel.h"
#include "engine/chance/draws.h"

/** What all threads share. */
typedef struct {
    const double *own, *window;
    const int32_t *cells;
    size_t n;
    hot_gistar_chance chance;
    int32_t most;    /* cells of the largest window that is not the whole */
    int32_t *number; /* [most + 1] of each size of window that there is; -1 = there is none */
    size_t sizes;
    double *sum;            /* [sizes * permutations] of drawn windows */
    uint32_t *after;        /* [sizes * permutations] of the sorted ones: the next that is larger */
    int32_t *above, *below; /* [n] what the sums that hold the cell itself would count too much */
} shared;

/* ---- which sizes there are ---- */

static void number_sizes(shared *s)
{
    for (int32_t k = 0; k <= s->most; k++) s->number[k] = -1;
    for (size_t i = 0; i < s->n; i++)
        if (s->cells[i] <= s->most) s->number[s->cells[i]] = 1;
    for (int32_t k = 0; k <= s->most; k++)
        if (s->number[k] == 1) s->number[k] = (int32_t)s->sizes++;
}

static hot_status shared_new(shared *s)
{
    for (size_t i = 0; i < s->n; i++)
        if ((size_t)s->cells[i] < s->n && s->cells[i] > s->most) s->most = s->cells[i];
    s->number = hot_new_raw((size_t)s->most + 1, sizeof *s->number);
    if (!s->number) return HOT_MEMORY;
    number_sizes(s);
    s->sum = hot_new_raw(s->sizes, s->chance.permutations * sizeof *s->sum);
    s->after = hot_new_raw(s->sizes, s->chance.permutations * sizeof *s->after);
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

static void add_sums(const shared *s, uint32_t permutation, deck *d)
{
    double sum = 0;
    for (int32_t k = 0; k <= s->most; k++) {
        d->sum[k] = sum;
        if (s->number[k] >= 0)
            s->sum[(size_t)s->number[k] * s->chance.permutations + permutation] = sum;
        sum += s->own[d->card[k]];
    }
}

/** Cells that were drawn for a window of the size of their own: the next card takes their place. */
static void exclude_themselves(const shared *s, const deck *d)
{
    for (int32_t k = 0; k < s->most; k++) {
        uint32_t i = d->card[k];
        int32_t size = s->cells[i];
        if (k >= size || size > s->most) continue;
        double with = d->sum[size], without = with - s->own[i] + s->own[d->card[size]];
        int above = (without >= s->window[i]) - (with >= s->window[i]);
        int below = (without <= s->window[i]) - (with <= s->window[i]);
#pragma omp atomic
        s->above[i] += above;
#pragma omp atomic
        s->below[i] += below;
    }
}

static hot_status draw_all(const shared *s, int threads)
{
    int failed = 0;
#pragma omp parallel num_threads(threads) reduction(| : failed)
    {
        deck d;
        failed = deck_new(s, &d) != HOT_OK;
#pragma omp for schedule(static)
        for (uint32_t k = 0; k < s->chance.permutations; k++) {
            if (failed) continue;
            shuffle(s, k, &d);
            add_sums(s, k, &d);
            exclude_themselves(s, &d);
            put_back(s, &d);
        }
        deck_free(&d);
    }
    return failed ? HOT_MEMORY : HOT_OK;
}

/* ---- counting ---- */

static int rising(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
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

static void judge(const shared *s, size_t i, double *p, int8_t *to)
{
    uint32_t m = s->chance.permutations;
    *p = NAN;
    *to = 0;
    if (s->cells[i] > s->most) return;
    size_t first = (size_t)s->number[s->cells[i]] * m;
    uint32_t under = count_under(s->sum + first, m, s->window[i]), at = under;
    if (under < m && s->sum[first + under] == s->window[i]) at = s->after[first + under];
    int32_t above = (int32_t)(m - under) + s->above[i], below = (int32_t)at + s->below[i];
    int32_t fewer = above < below ? above : below;
    double both = 2.0 * (1 + fewer) / (1.0 + m);
    *p = both < 1 ? both : 1;
    *to = (int8_t)((above < below) - (above > below));
}

/** Sort the sums of one size of window, and find where each run of equal ones ends. */
static void sort_sums(uint32_t n, double *sum, uint32_t *after)
{
    qsort(sum, n, sizeof *sum, rising);
    for (uint32_t k = n; k-- > 0;)
        after[k] = k + 1 < n && sum[k + 1] == sum[k] ? after[k + 1] : k + 1;
}

static void judge_all(const shared *s, int threads, double *p, int8_t *to)
{
    uint32_t m = s->chance.permutations;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t k = 0; k < s->sizes; k++) sort_sums(m, s->sum + k * m, s->after + k * m);
#pragma omp parallel for schedule(static) num_threads(threads)
    for (size_t i = 0; i < s->n; i++) judge(s, i, &p[i], &to[i]);
}

hot_status hot_gistar_permute(const double *own, const double *window, const int32_t *cells,
                              size_t n, const hot_gistar_chance *chance, double *p, int8_t *to)
{
    if (chance->permutations < 1 || chance->permutations > HOT_GISTAR_PERMUTATIONS ||
        n > UINT32_MAX)
        return HOT_DOMAIN;
    int threads = hot_threads(chance->threads);
    shared s = {.own = own, .window = window, .cells = cells, .n = n, .chance = *chance};
    hot_status status = shared_new(&s);
    if (status == HOT_OK && s.most > 0) status = draw_all(&s, threads);
    if (status == HOT_OK) judge_all(&s, threads, p, to);
    shared_free(&s);
    return status;
}
