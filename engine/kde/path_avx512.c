/* The path of server processors: eight doubles in a register, and doubles to 64-bit integers in
 * one instruction. */
#include "engine/kde/tile.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "engine/kde/lanes.h"
#include "engine/kde/scatter.h"
#include "engine/kde/sweep.h"

#define PATH __attribute__((target("avx512f,avx512dq")))

typedef double floats __attribute__((vector_size(64), may_alias));
typedef uint64_t wholes __attribute__((vector_size(64), may_alias));

PATH INLINE void roots(const vec *value, vec *out)
{
    __m512d positive = _mm512_max_pd((__m512d)*value, _mm512_setzero_pd());
    *out = (vec)_mm512_sqrt_pd(positive);
}

PATH INLINE void columns_of(const vec *value, int32_t most, int32_t *out)
{
    __m512d positive = _mm512_max_pd((__m512d)*value, _mm512_setzero_pd());
    __m512d within = _mm512_min_pd(positive, _mm512_set1_pd(most));
    _mm256_storeu_si256((__m256i *)(void *)out, _mm512_cvttpd_epi32(within));
}

PATH INLINE void round_off(const floats *value, wholes *whole)
{
    *whole = (wholes)_mm512_cvtpd_epi64((__m512d)*value);
}

PATH INLINE void floats_of(const fixed *whole, vec *value)
{
    *value = (vec)_mm512_cvtepi64_pd((__m512i)*whole);
}

#include "engine/kde/scatter.inc"
#include "engine/kde/sweep.inc"

const hot_tile_code hot_tile_avx512 =
#include "engine/kde/table.inc"
    ;
#endif
