#define _POSIX_C_SOURCE 200809L

#include "engine/base/number.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline void trim(const char **at, size_t *length)
{
    if (*length && (unsigned char)**at > ' ' && (unsigned char)(*at)[*length - 1] > ' ') return;
    while (*length && is_blank(**at)) ++*at, --*length;
    while (*length && is_blank((*at)[*length - 1])) --*length;
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** What was read of a number: digits * 10^exponent. */
typedef struct {
    uint64_t digits;
    int exponent;
    bool negative, exact; /* exact: no digit was left out */
} decimal;

/** Digits with at most one point; false without a digit. */
static bool read_digits(const char **at, const char *end, decimal *d)
{
    int kept = 0;
    bool any = false, point = false;
    for (; *at < end; ++*at) {
        char c = **at;
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (!is_digit(c)) break;
        any = true;
        if (kept == 0 && c == '0') {
            if (point) d->exponent--;
            continue;
        }
        if (kept < 19) {
            d->digits = d->digits * 10 + (uint64_t)(c - '0');
            kept++;
            if (point) d->exponent--;
        } else {
            d->exact = d->exact && c == '0';
            if (!point) d->exponent++;
        }
    }
    return any;
}

static bool read_exponent(const char **at, const char *end, decimal *d)
{
    if (*at == end || (**at != 'e' && **at != 'E')) return true;
    ++*at;
    bool negative = *at < end && **at == '-';
    if (*at < end && (**at == '-' || **at == '+')) ++*at;
    if (*at == end) return false;
    int value = 0;
    for (; *at < end && is_digit(**at); ++*at)
        if (value < 100000) value = value * 10 + (**at - '0');
    d->exponent += negative ? -value : value;
    return true;
}

/** The C library's reading, for what the fast path cannot hold. */
static bool parse_slowly(const char *at, size_t length, double *value)
{
    char text[401]; /* of no more than 400 characters */
    memcpy(text, at, length);
    text[length] = 0;
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (c == (locale_t)0) return false;
    locale_t before = uselocale(c);
    double v = strtod(text, NULL);
    uselocale(before);
    freelocale(c);
    if (!isfinite(v)) return false;
    *value = v;
    return true;
}

__extension__ typedef unsigned __int128 wide;

/** digits / 10^places, rounded to the nearest, ties to even: a division of 128 bits by 64 leaves at
 *  least 62 bits of the quotient and says whether there is a rest. places <= 19, digits > 0. */
static __attribute__((noinline)) double divided(uint64_t digits, int places)
{
    uint64_t ten = 1;
    for (int k = 0; k < places; k++) ten *= 10;
    int up = __builtin_clzll(digits) + 63;
    wide dividend = (wide)digits << up, quotient = dividend / ten;
    uint64_t high = (uint64_t)(quotient >> 64);
    int bits = high ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll((uint64_t)quotient);
    int down = bits - 53;
    wide rest = quotient & (((wide)1 << down) - 1), half = (wide)1 << (down - 1);
    uint64_t kept = (uint64_t)(quotient >> down);
    bool beyond = rest > half || (rest == half && (quotient * ten != dividend || (kept & 1)));
    return ldexp((double)(kept + beyond), down - up);
}

/* Below both, one multiplication or division is exactly rounded. */
static const uint64_t EXACT = (uint64_t)1 << 53;
static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                              1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                              1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/** What digits and exponent stand for; false where they are beyond the exact ways. */
static bool value_of(const decimal *d, double *value)
{
    double v;
    if (!d->exact) return false;
    if (d->digits <= EXACT && d->exponent >= -22 && d->exponent <= 22) {
        v = (double)d->digits;
        v = d->exponent < 0 ? v / tens[-d->exponent] : v * tens[d->exponent];
    } else if (d->exponent >= -19 && d->exponent <= 0) {
        v = divided(d->digits, -d->exponent);
    } else {
        return false;
    }
    *value = d->negative ? -v : v;
    return true;
}

/** Digits alone, behind those of *value; where they end. Right for at most 19 in all. */
static inline const char *read_run(const char *at, const char *end, uint64_t *value)
{
    uint64_t v = *value;
    for (; at < end; at++) {
        uint32_t digit = (uint32_t)(unsigned char)*at - '0';
        if (digit > 9) break;
        v = v * 10 + digit;
    }
    *value = v;
    return at;
}

/** Digits, a point, digits, and no more: how coordinates are written. */
static inline bool read_plain(const char *at, const char *end, decimal *d)
{
    uint64_t v = 0;
    const char *point = read_run(at, end, &v), *last = point;
    if (point < end && *point == '.') last = read_run(point + 1, end, &v);
    ptrdiff_t places = last > point ? last - point - 1 : 0, digits = point - at + places;
    d->digits = v;
    d->exponent = -(int)places;
    return last == end && digits >= 1 && digits <= 19;
}

/* Eight digits at once, as Lemire (2021), "Number parsing at a gigabyte per second", Software:
 * Practice and Experience 51, does it: a byte of the word is a character, the first the lowest. */

static inline uint64_t eight_bytes(const char *at)
{
    uint64_t v;
    memcpy(&v, at, sizeof v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    return v;
}

#define EACH_BYTE(c) (0x0101010101010101u * (c))

static inline bool are_digits(uint64_t v)
{
    uint64_t high = v & EACH_BYTE(0xf0), raised = (v + EACH_BYTE(6)) & EACH_BYTE(0xf0);
    return (high | raised >> 4) == EACH_BYTE(0x33);
}

static inline uint64_t value_of_digits(uint64_t v)
{
    v = (v & EACH_BYTE(15)) * (10 * 256 + 1) >> 8; /* of two digits each */
    v = (v & 0x00ff00ff00ff00ffu) * (100 * 65536 + 1) >> 16;
    return (v & 0x0000ffff0000ffffu) * ((uint64_t)10000 << 32 | 1) >> 32;
}

/** Where the first point among eight characters stands; 8 = there is none. */
static inline int point_in(uint64_t v)
{
    uint64_t other = v ^ EACH_BYTE('.');
    uint64_t zero = (other - EACH_BYTE(1)) & ~other & EACH_BYTE(0x80);
    return zero ? __builtin_ctzll(zero) / 8 : 8;
}

/** As read_plain, where the point is among the last eight characters or there is none; false
 *  elsewhere. */
static inline bool read_eight(const char *at, const char *end, decimal *d)
{
    if (end - at < 8 || end - at > 19) return false;
    uint64_t last = eight_bytes(end - 8), before = 0;
    const char *rest = end - 8;
    int point = point_in(last);
    if (point < 8) { /* close the gap with the character before, or none */
        uint64_t first = rest > at ? (uint64_t)(unsigned char)*--rest : '0';
        uint64_t below = ((uint64_t)1 << (8 * point)) - 1, gap = below << 8 | 0xff;
        last = (last & ~gap) | (last & below) << 8 | first;
    }
    if (!are_digits(last)) return false;
    if (rest > at && read_run(at, rest, &before) != rest) return false;
    d->digits = before * 100000000 + value_of_digits(last);
    d->exponent = point < 8 ? point - 7 : 0;
    return true;
}

/** With an exponent, with more digits than a word holds, or no number. */
static __attribute__((noinline)) bool parse_any(const char *at, size_t length, double *value)
{
    const char *p = at, *end = at + length;
    decimal d = {.exact = true};
    if (p < end && (*p == '-' || *p == '+')) d.negative = *p++ == '-';
    if (!read_digits(&p, end, &d) || !read_exponent(&p, end, &d) || p != end) return false;
    return value_of(&d, value) || parse_slowly(at, length, value);
}

bool hot_number_parse(const char *at, size_t length, double *value)
{
    trim(&at, &length);
    if (length > 400) return false;
    const char *p = at, *end = at + length;
    decimal d = {.exact = true};
    if (p < end && (*p == '-' || *p == '+')) d.negative = *p++ == '-';
    if (read_eight(p, end, &d) && d.digits <= EXACT) {
        double v = (double)d.digits / tens[-d.exponent];
        *value = d.negative ? -v : v;
        return true;
    }
    if (read_plain(p, end, &d) && value_of(&d, value)) return true;
    return parse_any(at, length, value);
}

bool hot_integer_parse(const char *at, size_t length, int64_t *value)
{
    trim(&at, &length);
    const char *p = at, *end = at + length;
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    if (p == end || end - p > 18) return false;
    int64_t v = 0;
    for (; p < end; p++) {
        if (!is_digit(*p)) return false;
        v = v * 10 + (*p - '0');
    }
    *value = negative ? -v : v;
    return true;
}

/** Write a point where the locale has put something else, of one byte or more. */
static int with_point(char *text, int n)
{
    int to = 0;
    bool other = false;
    for (int i = 0; i < n; i++) {
        bool known = is_digit(text[i]) || strchr("+-.einf", text[i]);
        if (known)
            text[to++] = text[i];
        else if (!other)
            text[to++] = '.';
        other = !known;
    }
    text[to] = 0;
    return to;
}

/** A whole number of `scale`ths as text, the last `places` digits behind the point. */
static size_t write_scaled(uint64_t scaled, int places, bool negative, char *text)
{
    char digit[24];
    size_t n = 0, length = 0;
    for (; scaled || (int)n <= places; scaled /= 10) digit[n++] = (char)('0' + scaled % 10);
    if (negative) text[length++] = '-';
    while (n) {
        text[length++] = digit[--n];
        if ((int)n == places && n) text[length++] = '.';
    }
    text[length] = 0;
    return length;
}

/** `value` times 10^places as a whole number, rounded as printf rounds; false where that is not
 *  certain: a long double's product errs by less than the margin kept from the halves. */
static bool scale_up(double value, int places, uint64_t *scaled)
{
    static const long double ten[] = {1e0L, 1e1L,  1e2L,  1e3L,  1e4L,  1e5L,  1e6L,  1e7L, 1e8L,
                                      1e9L, 1e10L, 1e11L, 1e12L, 1e13L, 1e14L, 1e15L, 1e16L};
    if (LDBL_MANT_DIG < 64 || places < 0 || places > 16) return false;
    long double product = (long double)fabs(value) * ten[places];
    if (!(product < 1e17L)) return false;
    *scaled = (uint64_t)product;
    long double rest = product - (long double)*scaled;
    if (rest > 0.48L && rest < 0.52L) return false;
    *scaled += rest > 0.5L;
    return true;
}

size_t hot_number_fixed(double value, int places, char *text)
{
    uint64_t scaled;
    if (isfinite(value) && scale_up(value, places, &scaled))
        return write_scaled(scaled, places, signbit(value) != 0, text);
    return (size_t)with_point(text, snprintf(text, 32, "%.*f", places, value));
}

/** As "%.*g" writes it, for numbers of 1 to 999,999,999; 0 = it is to be asked. */
static size_t format_shortly(double value, int digits, char *text)
{
    uint64_t scaled, limit = 1;
    double size = fabs(value);
    int before = 1;
    if (!(size >= 1 && size < 1e9)) return 0;
    for (uint64_t ten = 10; size >= (double)ten; ten *= 10) before++;
    int places = digits - before;
    for (int k = 0; k < digits; k++) limit *= 10;
    if (!scale_up(value, places, &scaled) || scaled >= limit) return 0; /* one digit more */
    for (; places && scaled % 10 == 0; places--) scaled /= 10;
    return write_scaled(scaled, places, value < 0, text);
}

size_t hot_number_format(double value, char *text)
{
    if (isnan(value)) return *text = 0, 0;
    for (int digits = 15; digits <= 17; digits++) {
        double back;
        size_t n = format_shortly(value, digits, text);
        if (n == 0) n = (size_t)with_point(text, snprintf(text, 32, "%.*g", digits, value));
        if (digits == 17 || (hot_number_parse(text, n, &back) && back == value)) return n;
    }
    return 0;
}
