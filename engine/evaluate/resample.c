#include "engine/evaluate/resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/chance/draws.h"

/** The values that are not 0, place after place. */
typedef struct {
    size_t *first; /* [places + 1] */
    uint32_t *series;
    double *value;
} sparse;

static void sparse_free(sparse *s)
{
    hot_free(s->first);
    hot_free(s->series);
    hot_free(s->value);
}

static hot_status sparse_new(const double *value, size_t places, size_t series, sparse *s)
{
    size_t n = 0, all = places * series;
    for (size_t k = 0; k < all; k++) n += value[k] != 0;
    s->first = hot_new_raw(places + 1, sizeof *s->first);
    s->series = hot_new_raw(n, sizeof *s->series);
    s->value = hot_new_raw(n, sizeof *s->value);
    if (!s->first || !s->series || !s->value) return HOT_MEMORY;
    n = 0;
    for (size_t p = 0; p < places; p++) {
        s->first[p] = n;
        for (size_t k = 0; k < series; k++) {
            if (value[p * series + k] == 0) continue;
            s->series[n] = (uint32_t)k;
            s->value[n++] = value[p * series + k];
        }
    }
    s->first[places] = n;
    return HOT_OK;
}

/** One draw.
 *  @param times  [places] how often each place is drawn, overwritten
 *  @param sum    [series * draws], of which the draw's own are written */
static void draw(const sparse *s, size_t places, size_t draws, uint64_t seed, size_t number,
                 uint32_t *times, double *sum)
{
    hot_draws stream = hot_draws_of(seed, number);
    memset(times, 0, places * sizeof *times);
    for (size_t k = 0; k < places; k++) times[hot_draws_below(&stream, (uint32_t)places)]++;
    for (size_t p = 0; p < places; p++)
        for (size_t k = s->first[p]; times[p] && k < s->first[p + 1]; k++)
            sum[s->series[k] * draws + number] += times[p] * s->value[k];
}

hot_status hot_resample(const double *value, size_t places, size_t series, size_t draws,
                        uint64_t seed, int threads, double *sum)
{
    sparse s = {0};
    int failed = sparse_new(value, places, series, &s) != HOT_OK;
    for (size_t k = 0; k < series * draws; k++) sum[k] = 0;
    if (failed || places == 0) {
        sparse_free(&s);
        return failed ? HOT_MEMORY : HOT_OK;
    }
#pragma omp parallel num_threads(threads) reduction(| : failed)
    {
        uint32_t *times = hot_new_raw(places, sizeof *times);
        failed |= times == NULL;
#pragma omp for schedule(dynamic, 16)
        for (size_t k = 0; k < draws; k++)
            if (times) draw(&s, places, draws, seed, k, times, sum);
        hot_free(times);
    }
    sparse_free(&s);
    return failed ? HOT_MEMORY : HOT_OK;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void hot_resample_limits(double *figure, size_t n, double *low, double *high)
{
    size_t known = 0;
    for (size_t k = 0; k < n; k++)
        if (!isnan(figure[k])) figure[known++] = figure[k];
    *low = *high = NAN;
    if (known < 40) return;
    qsort(figure, known, sizeof *figure, by_size);
    size_t beyond = (size_t)floor(0.025 * (double)(known + 1));
    *low = figure[beyond - 1];
    *high = figure[known - beyond];
}
