#include "engine/bandwidth/top.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "engine/base/memory.h"

enum { DIGITS = 1 << 16 };

/** The cells of a surface: how many are 0, and the bits of the others, which stand in the order of
 *  their values. */
typedef struct {
    uint64_t *bits;
    size_t n, room;
    int64_t zeros;
} values;

static hot_status gather(const double *density, size_t n, values *v)
{
    for (size_t i = 0; i < n; i++) {
        if (!(density[i] > 0)) {
            v->zeros += density[i] == 0;
            continue;
        }
        if (v->n == v->room && !hot_grow(&v->bits, &v->room, v->n + 1, sizeof *v->bits))
            return HOT_MEMORY;
        memcpy(&v->bits[v->n++], &density[i], sizeof *v->bits);
    }
    return HOT_OK;
}

/** Count the values whose bits above `shift + 16` are `prefix`, by their next 16. */
static void count_digits(const values *v, uint64_t prefix, int shift, int64_t *count)
{
    memset(count, 0, DIGITS * sizeof *count);
    for (size_t i = 0; i < v->n; i++) {
        bool fits = shift == 48 || v->bits[i] >> (shift + 16) == prefix;
        count[v->bits[i] >> shift & (DIGITS - 1)] += fits;
    }
}

/** Digit by digit from the highest; 1 <= cells <= values. */
static hot_top select_among(const values *v, int64_t cells)
{
    int64_t count[DIGITS];
    hot_top top = {0, 0, 0};
    uint64_t prefix = 0;
    for (int shift = 48; shift >= 0; shift -= 16) {
        int digit = DIGITS - 1;
        count_digits(v, prefix, shift, count);
        while (top.above + count[digit] < cells) top.above += count[digit--];
        top.level = count[digit];
        prefix = prefix << 16 | (uint64_t)digit;
    }
    memcpy(&top.value, &prefix, sizeof top.value);
    return top;
}

hot_status hot_top_of(const double *density, size_t n, int64_t cells, hot_top *top)
{
    values v = {0};
    hot_status status = gather(density, n, &v);
    int64_t positive = (int64_t)v.n;
    if (status == HOT_OK && positive + v.zeros == 0)
        *top = (hot_top){INFINITY, 0, 0};
    else if (status == HOT_OK && cells > positive && v.zeros)
        *top = (hot_top){0, positive, v.zeros};
    else if (status == HOT_OK)
        *top = select_among(&v, cells < positive ? cells : positive);
    hot_free(v.bits);
    return status;
}
