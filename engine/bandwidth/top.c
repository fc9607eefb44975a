#include "engine/bandwidth/top.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { DIGITS = 1 << 16 };

/** Doubles that are not negative stand in the order of their bits. */
static uint64_t bits_of(double value)
{
    uint64_t bits;
    value += 0.0; /* one zero */
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/** Count the cells whose bits above `shift + 16` are `prefix`, by their next 16. */
static void count_digits(const double *density, size_t n, uint64_t prefix, int shift,
                         int64_t *count)
{
    memset(count, 0, DIGITS * sizeof *count);
    for (size_t i = 0; i < n; i++) {
        if (isnan(density[i])) continue;
        uint64_t bits = bits_of(density[i]);
        bool fits = shift == 48 || bits >> (shift + 16) == prefix;
        count[bits >> shift & (DIGITS - 1)] += fits;
    }
}

hot_top hot_top_of(const double *density, size_t n, int64_t cells)
{
    int64_t count[DIGITS];
    hot_top top = {INFINITY, 0, 0};
    uint64_t prefix = 0;
    for (int shift = 48; shift >= 0; shift -= 16) {
        count_digits(density, n, prefix, shift, count);
        int digit = DIGITS - 1;
        if (shift == 48) { /* all where there are fewer: down to the lowest that is there */
            int64_t all = 0;
            for (int k = 0; k < DIGITS; k++) all += count[k];
            if (all == 0) return top;
            cells = cells < all ? cells : all;
        }
        while (top.above + count[digit] < cells) top.above += count[digit--];
        top.level = count[digit];
        prefix = prefix << 16 | (uint64_t)digit;
    }
    memcpy(&top.value, &prefix, sizeof top.value);
    return top;
}
