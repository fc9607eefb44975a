#include "engine/incidents/marks.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { WORD = 64 }; /* bytes taken at once */

/** What was found in one word of bytes: a bit each. */
typedef struct {
    uint64_t mark, line, quote, odd; /* odd: no ASCII, or zero */
} bits;

#define INLINE static inline __attribute__((always_inline))

/** Write the lowest mark and take it out; behind the last one, something in the slack. */
INLINE void keep_one(uint32_t *to, uint32_t base, uint64_t *mark)
{
    *to = base + (uint32_t)__builtin_ctzll(*mark | (uint64_t)1 << 63);
    *mark &= *mark - 1;
}

/** Write the marks of a word that stands at `base`: eight at a time, as a word mostly has fewer and
 *  a branch for each would be guessed wrong. */
INLINE void keep(hot_marks *m, size_t base, bits found)
{
    for (uint64_t line = found.line; line; line &= line - 1) {
        uint64_t before = found.mark & ((line & -line) - 1);
        m->line[m->lines++] = (uint32_t)(m->n + (size_t)__builtin_popcountll(before));
    }
    uint32_t *to = m->at + m->n, at = (uint32_t)base;
    m->n += (size_t)__builtin_popcountll(found.mark);
    m->quoted = m->quoted || found.quote;
    m->plain = m->plain && !found.odd;
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
        to += HOT_MARKS_SLACK;
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
            if (c == (unsigned char)w.line_end || c == (unsigned char)w.other_end)
                found.line |= bit;
            if (c == '"') found.quote |= bit;
            if (c == (unsigned char)w.separator) found.mark |= bit;
            if (c == 0 || c >= 0x80) found.odd |= bit;
        }
        found.mark |= found.line | found.quote;
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
    size_t at = 0;
    for (; at + WORD <= length; at += WORD) {
        bits found = {0};
        for (int k = 0; k < 4; k++) {
            __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 16 * k));
            __m128i odd = _mm_or_si128(v, _mm_cmpeq_epi8(v, zero));
            __m128i end = _mm_or_si128(_mm_cmpeq_epi8(v, line_end), _mm_cmpeq_epi8(v, other_end));
            uint64_t line = (uint32_t)_mm_movemask_epi8(end);
            uint64_t quotes = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, quote));
            uint64_t marks = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, separator));
            found.line |= line << (16 * k);
            found.quote |= quotes << (16 * k);
            found.mark |= (marks | line | quotes) << (16 * k);
            found.odd |= (uint64_t)(uint32_t)_mm_movemask_epi8(odd) << (16 * k);
        }
        keep(m, at, found);
    }
    return at;
}

#define WIDE __attribute__((target("avx2,bmi,popcnt")))

WIDE INLINE uint64_t equal_to(__m256i low, __m256i high, __m256i what)
{
    uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, what));
    uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, what));
    return first | (uint64_t)second << 32;
}

/** Most processors of the last ten years: 32 bytes in a register. */
WIDE static size_t find_avx2(hot_marks *m, const char *text, size_t length, hot_marks_wanted w)
{
    const __m256i separator = _mm256_set1_epi8(w.separator),
                  line_end = _mm256_set1_epi8(w.line_end),
                  other_end = _mm256_set1_epi8(w.other_end), quote = _mm256_set1_epi8('"'),
                  zero = _mm256_setzero_si256();
    size_t at = 0;
    for (; at + WORD <= length; at += WORD) {
        const __m256i *word = (const __m256i *)(const void *)(text + at);
        __m256i low = _mm256_loadu_si256(word), high = _mm256_loadu_si256(word + 1);
        bits found = {.line = equal_to(low, high, line_end) | equal_to(low, high, other_end),
                      .quote = equal_to(low, high, quote)};
        found.mark = equal_to(low, high, separator) | found.line | found.quote;
        __m256i least = _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), zero);
        found.odd =
            (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(low, high), least));
        keep(m, at, found);
    }
    return at;
}
#endif

void hot_marks_find(hot_marks *m, const char *text, size_t length, hot_marks_wanted w)
{
    size_t at = 0;
    m->n = m->lines = 0;
    m->quoted = false;
    m->plain = true;
#if defined(__x86_64__)
    bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                __builtin_cpu_supports("popcnt");
    at = wide ? find_avx2(m, text, length, w) : find_sse2(m, text, length, w);
#endif
    find_bytes(m, text, at, length, w);
}
