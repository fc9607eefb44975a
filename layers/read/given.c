#define _POSIX_C_SOURCE 200809L

#include "layers/read/given.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/incidents/csv.h"
#include "layers/read/file.h"

static bool ends(const char *text, size_t n, const char *with)
{
    size_t m = strlen(with);
    return n >= m && strncasecmp(text + n - m, with, m) == 0;
}

static bool is_csv(const char *name)
{
    size_t n = strlen(name);
    return ends(name, n, ".csv") || ends(name, n, ".tsv");
}

/** What data.police.uk publishes beside the incidents. */
static bool is_other_police_file(const char *name)
{
    size_t n = strlen(name);
    if (ends(name, n, ".gz")) n -= 3;
    return ends(name, n, "-outcomes.csv") || ends(name, n, "-stop-and-search.csv");
}

/** Where a vector file's name ends in a path of FILE or FILE:LAYER; 0 = it is none. */
static size_t vector_length(const char *path)
{
    static const char *const ending[] = {".gpkg", ".geojson", ".json", ".shp", ".kml"};
    const char *base = hot_base_name(path), *colon = strchr(base, ':');
    size_t whole = strlen(path), to_colon = colon ? (size_t)(colon - path) : whole;
    for (size_t k = 0; k < sizeof ending / sizeof *ending; k++) {
        if (ends(path, whole, ending[k])) return whole;
        if (colon && colon[1] && ends(path, to_colon, ending[k])) return to_colon;
    }
    return 0;
}

/** A name as it may be written anywhere: no control characters, and UTF-8. */
static const char *printable(hot_given *g, const char *name)
{
    char *copy = hot_arena_text(&g->arena, name, strlen(name));
    if (!copy) return NULL;
    bool utf8 = hot_utf8_is(copy, strlen(copy));
    for (char *c = copy; *c; c++) {
        unsigned char u = (unsigned char)*c;
        if (u < 32 || u == 127 || (u >= 128 && !utf8)) *c = '?';
    }
    return copy;
}

static hot_status add(hot_given *g, hot_given_one one, const char *name, hot_error *error)
{
    if (g->n == UINT16_MAX)
        return hot_fail(error, HOT_USAGE, "More than %d incident files were given.", UINT16_MAX);
    one.name = printable(g, name);
    if (!one.name || !hot_grow(&g->one, &g->room, g->n + 1, sizeof *g->one)) return HOT_MEMORY;
    g->one[g->n++] = one;
    return HOT_OK;
}

static hot_status skip(hot_given *g, const char *name)
{
    const char *kept = printable(g, name);
    if (!kept || !hot_grow(&g->skipped, &g->room_skipped, g->n_skipped + 1, sizeof *g->skipped))
        return HOT_MEMORY;
    g->skipped[g->n_skipped++] = kept;
    return HOT_OK;
}

/* ---- archives ---- */

/** The last part of a member's name; a folder's with its slash. */
static const char *member_base(const char *name)
{
    const char *base = name;
    for (const char *c = name; *c; c++)
        if ((*c == '/' || *c == '\\') && c[1]) base = c + 1;
    return base;
}

static bool is_incidents(const hot_member *m)
{
    const char *base = member_base(m->name);
    return is_csv(base) && *base != '.' && !is_other_police_file(base);
}

typedef struct {
    size_t incidents, vectors;
    bool workbook, document;
} contents;

static contents look_through(const hot_zip *zip)
{
    contents c = {0};
    for (size_t k = 0; k < zip->n; k++) {
        const char *name = zip->member[k].name;
        c.incidents += is_incidents(&zip->member[k]);
        c.vectors += vector_length(name) != 0;
        c.workbook = c.workbook || strncmp(name, "xl/", 3) == 0;
        c.document =
            c.document || strcmp(name, "mimetype") == 0 || strcmp(name, "[Content_Types].xml") == 0;
    }
    return c;
}

static hot_status no_incidents(const char *name, const hot_zip *zip, contents c, hot_error *error)
{
    if (c.workbook)
        return hot_fail(error, HOT_INPUT,
                        "%s: is an Excel workbook (.xlsx), not CSV; save the sheet as CSV (UTF-8) "
                        "and give that.",
                        name);
    if (c.document)
        return hot_fail(error, HOT_INPUT,
                        "%s: is a workbook or document (such as .ods), not CSV; save the sheet as "
                        "CSV (UTF-8) and give that.",
                        name);
    return hot_fail(
        error, HOT_INPUT,
        "%s: holds no CSV file of incidents (nor geodata of points); it holds %zu other "
        "file%s%s%.80s; expected files such as 2025-01-wiltshire-street.csv.",
        name, zip->n, zip->n == 1 ? "" : "s", zip->n ? ", such as " : "",
        zip->n ? member_base(zip->member[0].name) : "");
}

static hot_status add_members(hot_given *g, const char *path, const hot_zip *zip, hot_error *error)
{
    for (size_t k = 0; k < zip->n; k++) {
        hot_given_one one = {.kind = HOT_GIVEN_MEMBER, .path = path, .member = zip->member[k]};
        const char *name = one.member.name;
        if (!is_incidents(&one.member)) {
            HOT_TRY(skip(g, member_base(name)));
            continue;
        }
        one.member.name = hot_arena_text(&g->arena, member_base(name), strlen(member_base(name)));
        if (!one.member.name) return HOT_MEMORY;
        HOT_TRY(add(g, one, one.member.name, error));
    }
    return HOT_OK;
}

static hot_status add_archive(hot_given *g, const char *path, hot_error *error)
{
    hot_zip zip = {0};
    const char *name = hot_base_name(path);
    HOT_TRY(hot_zip_list(path, &zip, error));
    contents c = look_through(&zip);
    hot_status status;
    if (c.incidents && !c.workbook) {
        status = add_members(g, path, &zip, error);
    } else if (c.vectors && ends(name, strlen(name), ".zip")) {
        status = add(g, (hot_given_one){.kind = HOT_GIVEN_POINTS, .path = path}, name, error);
    } else {
        status = no_incidents(name, &zip, c, error);
    }
    hot_zip_free(&zip);
    return status;
}

/** Whether a file begins as a zip archive does; one that cannot be read is left to its reader. */
static bool is_archive(const char *path)
{
    unsigned char first[4];
    struct stat found;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) return false;
    bool archive = fstat(file, &found) == 0 && S_ISREG(found.st_mode) &&
                   read(file, first, sizeof first) == sizeof first && hot_zip_is(first, 4);
    close(file);
    return archive;
}

/* ---- all of them ---- */

static hot_status add_points(hot_given *g, const char *path, size_t length, hot_error *error)
{
    hot_given_one one = {.kind = HOT_GIVEN_POINTS, .path = path};
    if (path[length]) {
        one.path = hot_arena_text(&g->arena, path, length);
        one.layer = path + length + 1;
        if (!one.path) return HOT_MEMORY;
    }
    return add(g, one, hot_base_name(one.path), error);
}

static hot_status add_path(hot_given *g, const char *path, hot_error *error)
{
    size_t vector = vector_length(path);
    const char *name = hot_base_name(path);
    if (vector) return add_points(g, path, vector, error);
    if (is_other_police_file(name)) return skip(g, name);
    if (is_archive(path)) return add_archive(g, path, error);
    return add(g, (hot_given_one){.kind = HOT_GIVEN_TEXT, .path = path}, name, error);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static hot_status find(const char *const *paths, size_t n, hot_given *g, hot_error *error)
{
    for (size_t k = 0; k < n; k++) {
        size_t before = g->n;
        HOT_TRY(add_path(g, paths[k], error));
        for (size_t i = before; i < g->n; i++) g->one[i].from = k;
    }
    if (g->n_skipped) qsort(g->skipped, g->n_skipped, sizeof *g->skipped, by_name);
    if (g->n || n == 0) return HOT_OK;
    return hot_fail(
        error, HOT_INPUT,
        "%s: holds outcomes or stops and searches, not incidents, and no other file was "
        "given; expected files such as 2025-01-wiltshire-street.csv.",
        g->skipped[0]);
}

hot_status hot_given_find(const char *const *paths, size_t n, hot_given *given, hot_error *error)
{
    hot_given g = {0};
    hot_status status = find(paths, n, &g, error);
    if (status == HOT_OK)
        *given = g;
    else
        hot_given_free(&g);
    return status;
}

void hot_given_free(hot_given *g)
{
    hot_free(g->one);
    hot_free(g->skipped);
    hot_arena_free(&g->arena);
    *g = (hot_given){0};
}
