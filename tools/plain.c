#include "tools/plain.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/** Bytes of the well-formed UTF-8 character at `at`, and the character; 0 where there is none. The
 *  terminating zero ends every broken character, so that nothing beyond it is read. */
static size_t character_at(const unsigned char *at, uint32_t *c)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = *at < 0x80 ? 1 : *at >> 5 == 6 ? 2 : *at >> 4 == 14 ? 3 : *at >> 3 == 30 ? 4 : 0;
    *c = n < 2 ? *at : *at & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if (at[i] >> 6 != 2) return 0;
        *c = *c << 6 | (at[i] & 0x3Fu);
    }
    bool wrong = *c < least[n] || *c > 0x10FFFF || (*c >= 0xD800 && *c <= 0xDFFF);
    return wrong ? 0 : n;
}

/** Controls, separators of lines, and what is invisible or turns the text around it about. */
static bool is_active(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           c >= 0xE0000;
}

/** The character at *at as it is printed, at most 16 bytes; *at moves on. */
static size_t printable(const unsigned char **at, char *text)
{
    uint32_t c;
    size_t n = character_at(*at, &c), used = 0;
    if (n && !is_active(c)) {
        memcpy(text, *at, n);
        *at += n;
        return n;
    }
    for (size_t i = 0; i < (n ? n : 1); i++)
        used += (size_t)snprintf(text + used, 5, "\\x%02x", *(*at)++);
    return used;
}

const char *hot_plain(const char *text, char *room, size_t size)
{
    const unsigned char *at = (const unsigned char *)(text ? text : "");
    size_t used = 0, safe = 0; /* safe = where "..." still fits */
    while (*at) {
        char one[24];
        size_t n = printable(&at, one);
        if (used + n >= size) {
            memcpy(room + safe, "...", 4);
            return room;
        }
        memcpy(room + used, one, n);
        used += n;
        if (used + 4 <= size) safe = used;
    }
    room[used] = 0;
    return room;
}
