#include <string.h>

#include "engine/incidents/csv.h"

/** Bytes of the sequence that begins at p, or 0 where it is not one. Unicode 15, table 3-7. */
static size_t sequence_length(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80) return 1;
    size_t n = p[0] >= 0xc2 && p[0] <= 0xdf ? 2 : (p[0] & 0xf0) == 0xe0 ? 3 : 0;
    if (p[0] >= 0xf0 && p[0] <= 0xf4) n = 4;
    if (n == 0 || n > left) return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xc0) != 0x80) return 0;
    if (p[0] == 0xe0 && p[1] < 0xa0) return 0;
    if (p[0] == 0xed && p[1] > 0x9f) return 0;
    if (p[0] == 0xf0 && p[1] < 0x90) return 0;
    if (p[0] == 0xf4 && p[1] > 0x8f) return 0;
    return n;
}

/** Whether the next eight bytes are ASCII: text mostly is. */
static bool eight_ascii(const unsigned char *p, const unsigned char *end)
{
    uint64_t v;
    if (end - p < (ptrdiff_t)sizeof v) return false;
    memcpy(&v, p, sizeof v);
    return (v & 0x8080808080808080u) == 0;
}

bool hot_utf8_is(const char *at, size_t length)
{
    const unsigned char *p = (const unsigned char *)at, *end = p + length;
    while (p < end) {
        if (eight_ascii(p, end)) {
            p += 8;
            continue;
        }
        size_t n = sequence_length(p, (size_t)(end - p));
        if (n == 0) return false;
        p += n;
    }
    return true;
}

int hot_utf8_cut(const char *at, size_t length, size_t most)
{
    if (length <= most) return (int)length;
    while (most && ((unsigned char)at[most] & 0xc0) == 0x80) most--;
    return (int)most;
}
