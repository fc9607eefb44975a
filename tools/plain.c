#include "tools/plain.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "engine/incidents/csv.h"

/** Bytes of the UTF-8 character at `at`, and the character; 0 where there is none. The terminating
 *  zero continues no character, so that nothing beyond it is read. */
static size_t character_at(const unsigned char *at, uint32_t *c)
{
    size_t n = *at < 0x80 ? 1 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4;
    if (!hot_utf8_is((const char *)at, n)) return 0;
    *c = n == 1 ? *at : *at & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) *c = *c << 6 | (at[i] & 0x3Fu);
    return n;
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
    uint32_t c = 0;
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
