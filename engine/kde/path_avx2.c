/* The path of most processors of the last ten years: four doubles in a register. */
#include "engine/kde/tile.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "engine/kde/lanes.h"
#include "engine/kde/scatter.h"
#include "engine/kde/sweep.h"

#define PATH __attribute__((target("avx2")))

typedef double floats __attribute__((vector_size(32), may_alias));
typedef uint64_t wholes __attribute__((vector_size(32), may_alias));

PATH INLINE __m256d half_of(const vec *value, int half)
{
    return _mm256_loadu_pd((const double *)value + 4 * half);
}

PATH INLINE void roots(const vec *value, vec *out)
{
    for (int half = 0; half < 2; half++) {
        __m256d positive = _mm256_max_pd(half_of(value, half), _mm256_setzero_pd());
        _mm256_storeu_pd((double *)out + 4 * half, _mm256_sqrt_pd(positive));
    }
}

PATH INLINE void columns_of(const vec *value, int32_t most, int32_t *out)
{
    for (int half = 0; half < 2; half++) {
        __m256d positive = _mm256_max_pd(half_of(value, half), _mm256_setzero_pd());
        __m256d within = _mm256_min_pd(positive, _mm256_set1_pd(most));
        _mm_storeu_si128((__m128i *)(void *)(out + 4 * half), _mm256_cvttpd_epi32(within));
    }
}

#include "engine/kde/narrow.inc"
#include "engine/kde/scatter.inc"
#include "engine/kde/sweep.inc"

const hot_tile_code hot_tile_avx2 =
#include "engine/kde/table.inc"
    ;
#endif
