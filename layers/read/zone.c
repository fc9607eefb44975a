#include "layers/read/zone.h"

#include <stdio.h>
#include <string.h>

#include "engine/base/memory.h"

/** A TZif file's numbers are big-endian. */
static int64_t number_at(const unsigned char *p, int bytes)
{
    uint64_t v = p[0] & 0x80 ? ~(uint64_t)0 : 0;
    for (int i = 0; i < bytes; i++) v = v << 8 | p[i];
    return (int64_t)v;
}

/** Counts of a header, in the order of RFC 8536, 3.1. */
typedef struct {
    size_t isut, isstd, leap, time, type, letter;
} counts;

enum { HEADER = 44 };

static bool header_at(const unsigned char *p, const unsigned char *end, counts *c)
{
    if (end - p < HEADER || memcmp(p, "TZif", 4) != 0) return false;
    size_t *into[] = {&c->isut, &c->isstd, &c->leap, &c->time, &c->type, &c->letter};
    for (size_t k = 0; k < 6; k++) *into[k] = (size_t)number_at(p + 20 + 4 * k, 4) & 0xffffff;
    return true;
}

static size_t body_of(const counts *c, size_t time)
{
    return c->time * (time + 1) + c->type * 6 + c->letter + c->leap * (time + 4) + c->isstd +
           c->isut;
}

static hot_status body_read(const unsigned char *p, const counts *c, hot_zone *zone)
{
    const unsigned char *which = p + c->time * 8, *type = which + c->time;
    zone->at = hot_new(c->time, sizeof *zone->at);
    zone->offset = hot_new(c->time, sizeof *zone->offset);
    if (!zone->at || !zone->offset) return HOT_MEMORY;
    zone->offset_before = (int32_t)number_at(type, 4);
    for (size_t i = 0; i < c->time; i++) {
        if (which[i] >= c->type) return HOT_INPUT;
        zone->at[i] = number_at(p + 8 * i, 8);
        zone->offset[i] = (int32_t)number_at(type + 6 * (size_t)which[i], 4);
    }
    zone->n = c->time;
    return HOT_OK;
}

/** The second body of a file of version 2 and later has times of 64 bits. */
static hot_status parse(const unsigned char *p, size_t n, hot_zone *zone)
{
    const unsigned char *end = p + n;
    counts c;
    if (!header_at(p, end, &c) || p[4] < '2') return HOT_INPUT;
    size_t first = HEADER + body_of(&c, 4);
    if (first > n || !header_at(p + first, end, &c)) return HOT_INPUT;
    if (body_of(&c, 8) > n - first - HEADER || c.type == 0) return HOT_INPUT;
    return body_read(p + first + HEADER, &c, zone);
}

/** Europe/London and the like: no way out of the folder. */
static bool is_zone_name(const char *name)
{
    size_t n = strlen(name);
    return n > 0 && n < 100 && name[0] != '/' && name[0] != '.' && !strstr(name, "..") &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-") == n;
}

hot_status hot_zone_read(const char *name, hot_zone *zone, hot_error *error)
{
    char path[160];
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    FILE *file = is_zone_name(name) ? fopen(path, "rb") : NULL;
    if (!file)
        return hot_fail(error, HOT_USAGE,
                        "--zone %s: no such time zone is installed; expected one such as "
                        "Europe/London (package tzdata).",
                        name);
    static const size_t most = 1 << 16;
    unsigned char *bytes = hot_new_raw(most, 1);
    size_t n = bytes ? fread(bytes, 1, most, file) : 0;
    fclose(file);
    hot_zone z = {0};
    hot_status status = bytes ? parse(bytes, n, &z) : HOT_MEMORY;
    hot_free(bytes);
    if (status == HOT_OK) *zone = z;
    else hot_zone_free(&z);
    if (status == HOT_INPUT)
        return hot_fail(error, HOT_USAGE, "--zone %s: the zone's file cannot be read.", name);
    return status;
}
