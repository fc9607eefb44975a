#include "engine/incidents/marks.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { WORD = 64, GROUP = 8 }; /* bytes taken at once, marks written at once */

/** What was found in one word of bytes: a bit each. */
typedef struct {
    uint64_t mark, line;
} bits;

#define INLINE static inline __attribute__((always_inline))

/** Write the lowest mark and take it out; behind the last one, something in the slack. */
INLINE void keep_one(uint32_t *to, uint32_t base, uint64_t *mark)
{
    *to = base + (uint32_t)__builtin_ctzll(*mark | (uint64_t)1 << 63);
    *mark &= *mark - 1;
}

/** Write which marks of a word are line ends. A word mostly has one or none: the first is written
 *  in any case, as a branch for it would be guessed wrong. */
INLINE void keep_lines(hot_marks *m, bits found)
{
    uint64_t line = found.line, before = found.mark & ((line & -line) - 1);
    m->line[m->lines] = (uint32_t)(m->n + (size_t)__builtin_popcountll(before));
    m->lines += line != 0;
    for (line &= line - 1; line; line &= line - 1) {
        before = found.mark & ((line & -line) - 1);
        m->line[m->lines++] = (uint32_t)(m->n + (size_t)__builtin_popcountll(before));
    }
}

/** Write the marks of a word that stands at `base`: eight at a time, as a word mostly has fewer and
 *  a branch for each would be guessed wrong. */
INLINE void keep(hot_marks *m, size_t base, bits found)
{
    keep_lines(m, found);
    uint32_t *to = m->at + m->n, at = (uint32_t)base;
    m->n += (size_t)__builtin_popcountll(found.mark);
    uint64_t mark = found.mark;
    do {
        keep_one(to, at, &mark);
        keep_one(to + 1, at, &mark);
        keep_one(to + 2, at, &mark);
        keep_one(to + 3, at, &mark);
        keep_one(to + 4, at, &mark);
        keep_one(to + 5, at, &mark);
        keep_one(to + 6, at, &mark);
        keep_one(to + 7, at, &mark);
        to += GROUP;
    } while (mark);
}

/** Byte by byte: the last word of a block, and processors without vectors. */
static void find_bytes(hot_marks *m, const char *text, size_t from, size_t to, hot_marks_wanted w)
{
    while (from < to) {
        bits found = {0};
        size_t n = to - from < WORD ? to - from : WORD;
        for (size_t k = 0; k < n; k++) {
            unsigned char c = (unsigned char)text[from + k];
            uint64_t bit = (uint64_t)1 << k;
            bool line = c == (unsigned char)w.line_end || c == (unsigned char)w.other_end;
            if (line) found.line |= bit;
            if (line || c == '"' || c == (unsigned char)w.separator) found.mark |= bit;
            if (c == '"') m->quoted = true;
            if (c == 0 || c >= 0x80) m->plain = false;
        }
        keep(m, from, found);
        from += n;
    }
}

#if defined(__x86_64__)
/** Every x86-64 processor: 16 bytes in a register. Returns where it stopped. */
static size_t find_sse2(hot_marks *m, const char *text, size_t length, hot_marks_wanted w)
{
    const __m128i separator = _mm_set1_epi8(w.separator), line_end = _mm_set1_epi8(w.line_end),
                  other_end = _mm_set1_epi8(w.other_end), quote = _mm_set1_epi8('"'),
                  zero = _mm_setzero_si128();
    __m128i quotes = zero, odd = zero; /* of all words */
    size_t at = 0;
    for (; at + WORD <= length; at += WORD) {
        bits found = {0};
        for (int k = 0; k < 4; k++) {
            __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 16 * k));
            __m128i line = _mm_or_si128(_mm_cmpeq_epi8(v, line_end), _mm_cmpeq_epi8(v, other_end));
            __m128i quoted = _mm_cmpeq_epi8(v, quote);
            __m128i mark = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, separator), line), quoted);
            quotes = _mm_or_si128(quotes, quoted);
            odd = _mm_or_si128(odd, _mm_or_si128(v, _mm_cmpeq_epi8(v, zero)));
            found.line |= (uint64_t)(uint32_t)_mm_movemask_epi8(line) << (16 * k);
            found.mark |= (uint64_t)(uint32_t)_mm_movemask_epi8(mark) << (16 * k);
        }
        keep(m, at, found);
    }
    m->quoted = _mm_movemask_epi8(quotes) != 0;
    m->plain = _mm_movemask_epi8(odd) == 0;
    return at;
}

#define WIDE __attribute__((target("avx2,bmi,popcnt")))

/** What 32 bytes have. */
typedef struct {
    __m256i mark, line, quote;
} half;

WIDE INLINE half half_of(__m256i v, hot_marks_wanted w)
{
    half h = {.quote = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('"')),
              .line = _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(w.line_end)),
                                      _mm256_cmpeq_epi8(v, _mm256_set1_epi8(w.other_end)))};
    h.mark = _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(w.separator)),
                             _mm256_or_si256(h.line, h.quote));
    return h;
}

WIDE INLINE uint64_t bits_of(__m256i low, __m256i high)
{
    uint32_t first = (uint32_t)_mm256_movemask_epi8(low);
    uint32_t second = (uint32_t)_mm256_movemask_epi8(high);
    return first | (uint64_t)second << 32;
}

/** Most processors of the last ten years: 32 bytes in a register. */
WIDE static size_t find_avx2(hot_marks *m, const char *text, size_t length, hot_marks_wanted w)
{
    const __m256i zero = _mm256_setzero_si256();
    __m256i quotes = zero, any = zero, least = _mm256_set1_epi8('"'); /* of all words */
    hot_marks own = *m;
    size_t at = 0;
    for (; at + WORD <= length; at += WORD) {
        const __m256i *word = (const __m256i *)(const void *)(text + at);
        __m256i v = _mm256_loadu_si256(word), u = _mm256_loadu_si256(word + 1);
        half low = half_of(v, w), high = half_of(u, w);
        quotes = _mm256_or_si256(quotes, _mm256_or_si256(low.quote, high.quote));
        any = _mm256_or_si256(any, _mm256_or_si256(v, u));
        least = _mm256_min_epu8(least, _mm256_min_epu8(v, u));
        keep(&own, at, (bits){bits_of(low.mark, high.mark), bits_of(low.line, high.line)});
    }
    own.quoted = _mm256_movemask_epi8(quotes) != 0;
    own.plain = _mm256_movemask_epi8(_mm256_or_si256(any, _mm256_cmpeq_epi8(least, zero))) == 0;
    *m = own;
    return at;
}
#endif

bool hot_marks_knows(hot_marks_way way)
{
#if defined(__x86_64__)
    bool words = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    return way != HOT_MARKS_AVX2 || (words && __builtin_cpu_supports("avx2"));
#else
    return way == HOT_MARKS_BYTES;
#endif
}

hot_marks_way hot_marks_best(void)
{
    hot_marks_way way = HOT_MARKS_AVX2;
    while (!hot_marks_knows(way)) way--;
    return way;
}

void hot_marks_find(hot_marks *m, const char *text, size_t length, hot_marks_wanted w,
                    hot_marks_way way)
{
    size_t at = 0;
    m->n = m->lines = 0;
    m->quoted = false;
    m->plain = true;
#if defined(__x86_64__)
    if (way == HOT_MARKS_AVX2) at = find_avx2(m, text, length, w);
    if (way == HOT_MARKS_SSE2) at = find_sse2(m, text, length, w);
#else
    (void)way;
#endif
    find_bytes(m, text, at, length, w);
}

/* ---- the texts between marks ---- */

#if defined(__x86_64__) && defined(__LP64__)
/** Four texts at once. */
static void between_sse2(const uint32_t *at, const char *text, size_t n, hot_slice *slice)
{
    const __m128i zero = _mm_setzero_si128(), less = _mm_set1_epi32(-1);
    const __m128i behind = _mm_set1_epi64x((long long)(intptr_t)text + 1);
    for (size_t k = 0; k < n; k += 4) {
        __m128i from = _mm_loadu_si128((const __m128i *)(const void *)(at + k));
        __m128i to = _mm_loadu_si128((const __m128i *)(const void *)(at + k + 1));
        __m128i length = _mm_add_epi32(_mm_sub_epi32(to, from), less);
        __m128i start = _mm_add_epi64(_mm_unpacklo_epi32(from, zero), behind);
        __m128i bytes = _mm_unpacklo_epi32(length, zero);
        __m128i *into = (__m128i *)(void *)(slice + k);
        _mm_storeu_si128(into, _mm_unpacklo_epi64(start, bytes));
        _mm_storeu_si128(into + 1, _mm_unpackhi_epi64(start, bytes));
        start = _mm_add_epi64(_mm_unpackhi_epi32(from, zero), behind);
        bytes = _mm_unpackhi_epi32(length, zero);
        _mm_storeu_si128(into + 2, _mm_unpacklo_epi64(start, bytes));
        _mm_storeu_si128(into + 3, _mm_unpackhi_epi64(start, bytes));
    }
}
#endif

void hot_marks_between(const hot_marks *m, const char *text, size_t first, size_t n,
                       hot_slice *slice, hot_marks_way way)
{
    const uint32_t *at = m->at + first;
#if defined(__x86_64__) && defined(__LP64__)
    if (way != HOT_MARKS_BYTES) {
        between_sse2(at, text, n, slice);
        return;
    }
#else
    (void)way;
#endif
    for (size_t k = 0; k < n; k++)
        slice[k] = (hot_slice){text + at[k] + 1, (size_t)(at[k + 1] - at[k] - 1)};
}
