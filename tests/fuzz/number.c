/* Numbers of any bytes: what is read is what the C library reads, and is read again from its text. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

static void same(double a, double b)
{
    must(memcmp(&a, &b, sizeof a) == 0);
}

/** A double of the fuzzer's choice is written and read back. */
static void bits_hold(const uint8_t *data, size_t size)
{
    char text[32];
    double value, back = -1;
    if (size < sizeof value) return;
    memcpy(&value, data, sizeof value);
    size_t n = hot_number_format(value, text);
    must(n < sizeof text && text[n] == 0 && strlen(text) == n);
    must(hot_number_parse(text, n, &back) == (isfinite(value) != 0));
    if (isfinite(value)) same(value, back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size ? (const char *)data : "";
    double value = -77;
    int64_t whole = -77;
    bits_hold(data, size);
    bool is_whole = hot_integer_parse(text, size, &whole);
    must(is_whole ? llabs(whole) < 1000000000000000000 : whole == -77);
    if (!hot_number_parse(text, size, &value)) {
        same(value, -77);
        must(!is_whole || size > 400);
        return 0;
    }
    must(isfinite(value));
    if (is_whole) same(value, whole == 0 ? value : (double)whole);
    char *copy = malloc(size + 1), *end;
    if (!copy) return 0;
    memcpy(copy, text, size);
    copy[size] = 0;
    same(value, strtod(copy, &end));
    must(strspn(end, " \t") == (size_t)(copy + size - end));
    free(copy);
    return 0;
}
