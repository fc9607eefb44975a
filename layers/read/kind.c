#define _DEFAULT_SOURCE /* realpath */

#include "layers/read/kind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "engine/base/memory.h"
#include "layers/read/file.h"

enum { HEAD = 4096 };

static hot_status refuse(const char *text, const char *why, hot_error *error)
{
    return hot_fail(error, HOT_INPUT, "%.200s: %s", text, why);
}

/** A word and a colon with no dot or slash before it: GPKG:, PG:, http:. */
static bool names_driver(const char *text)
{
    size_t n = strcspn(text, ":./");
    return n > 0 && text[n] == ':';
}

hot_status hot_path_check(const char *text, hot_error *error)
{
    const char *c = text + strspn(text, " \t\r\n");
    if (strncasecmp(c, "/vsi", 4) == 0)
        return refuse(text,
                      "is a path inside GDAL and not a file; give the file itself, a .zip is "
                      "looked into as it is.",
                      error);
    if (*c == '{' || *c == '[' || *c == '<')
        return refuse(text, "is data and not the name of a file; save it in a file first.", error);
    if (strstr(c, "://"))
        return refuse(text,
                      "is an address; hotbeat never goes to the network: save the file here "
                      "first.",
                      error);
    if (strncasecmp(c, "PG:", 3) == 0)
        return refuse("PG:", "areas are not read from a database yet; export them to a GeoPackage.",
                      error);
    if (names_driver(c))
        return refuse(text,
                      "begins with the name of a driver or service, not of a file; give the "
                      "path of a GeoPackage, GeoJSON file, Shapefile or .zip.",
                      error);
    return HOT_OK;
}

static bool ends(const char *text, const char *with)
{
    size_t n = strlen(text), m = strlen(with);
    return n > m && strcasecmp(text + n - m, with) == 0;
}

hot_kind hot_kind_of_name(const char *name)
{
    static const struct {
        const char *ending;
        hot_kind kind;
    } known[] = {{".gpkg", HOT_GPKG},     {".geojson", HOT_GEOJSON}, {".json", HOT_GEOJSON},
                 {".shp", HOT_SHAPEFILE}, {".kml", HOT_KML},         {".zip", HOT_ZIP}};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (ends(name, known[k].ending)) return known[k].kind;
    return HOT_NO_KIND;
}

/* ---- first bytes ---- */

static bool begins(const void *bytes, size_t n, const char *with, size_t m)
{
    return n >= m && memcmp(bytes, with, m) == 0;
}

/** Past a byte order mark and blanks. */
static const char *text_begin(const char *c, const char *end)
{
    if (end - c >= 3 && memcmp(c, "\xEF\xBB\xBF", 3) == 0) c += 3;
    while (c < end && (*c == ' ' || *c == '\t' || *c == '\r' || *c == '\n')) c++;
    return c;
}

static bool holds(const char *c, const char *end, const char *word)
{
    size_t n = strlen(word);
    for (; (size_t)(end - c) >= n; c++)
        if (memcmp(c, word, n) == 0) return true;
    return false;
}

static const char *looks_like(const char *bytes, size_t n)
{
    const char *end = bytes + n, *c = text_begin(bytes, end);
    if (n == 0) return "is empty";
    if (begins(bytes, n, "SQLite format 3", 16)) return "holds an SQLite database (a GeoPackage?)";
    if (begins(bytes, n, "PK\3\4", 4)) return "holds a zip archive";
    if (begins(bytes, n, "\x1f\x8b", 2)) return "holds gzip data";
    if (begins(bytes, n, "\0\0\x27\x0a", 4)) return "holds a part of a Shapefile";
    if (c < end && *c == '<') return "holds XML (a VRT, KML, GML or web page?)";
    if (c < end && (*c == '{' || *c == '[')) return "holds JSON";
    return "holds something else";
}

static bool is_kind(hot_kind kind, const char *bytes, size_t n)
{
    const char *end = bytes + n, *c = text_begin(bytes, end);
    switch (kind) {
    case HOT_GPKG:
        return begins(bytes, n, "SQLite format 3", 16);
    case HOT_SHAPEFILE:
        return begins(bytes, n, "\0\0\x27\x0a", 4);
    case HOT_KML:
        return c < end && *c == '<' && holds(c, end, "<kml");
    case HOT_ZIP:
        return begins(bytes, n, "PK\3\4", 4);
    case HOT_GEOJSON:
        return c < end && *c == '{';
    default:
        return false;
    }
}

hot_status hot_kind_check(const char *file, hot_kind kind, const void *bytes, size_t n,
                          hot_error *error)
{
    static const char *const called[] = {"a GeoPackage", "a GeoJSON file", "a Shapefile",
                                         "a KML file",   "a .zip archive", "none"};
    const char *at = bytes;
    if (!is_kind(kind, at, n))
        return hot_fail(error, HOT_INPUT,
                        "%s: cannot be read: by its name it is %s, but it %s; give it its right "
                        "name, or the right file.",
                        file, called[kind], looks_like(at, n));
    if (kind == HOT_GEOJSON && holds(at, at + n, "\"Topology\""))
        return hot_fail(error, HOT_INPUT,
                        "%s: is TopoJSON, which is not read; save it as GeoJSON or GeoPackage.",
                        file);
    return HOT_OK;
}

/* ---- the file ---- */

/** The file beside `path` with that ending, in lower or upper case; NULL where there is none. */
static FILE *open_beside(const char *path, const char *const *ending)
{
    size_t stem = strlen(path) - 4;
    char *other = hot_text(path, strlen(path));
    FILE *f = NULL;
    for (int k = 0; k < 2 && other && !f; k++) {
        memcpy(other + stem, ending[k], 4);
        f = fopen(other, "rb");
    }
    hot_free(other);
    return f;
}

/** Shapes by the length of the .shx, 100 bytes and 8 for each; -1 = cannot be known. */
static long shapes_of(FILE *shx)
{
    long bytes = fseek(shx, 0, SEEK_END) == 0 ? ftell(shx) : -1;
    return bytes < 100 ? -1 : (bytes - 100) / 8;
}

/** Rows by the head of the .dbf; -1 = cannot be known. */
static long rows_of(FILE *dbf)
{
    unsigned char head[8];
    if (fread(head, 1, sizeof head, dbf) != sizeof head) return -1;
    return (long)head[4] | (long)head[5] << 8 | (long)head[6] << 16 | (long)head[7] << 24;
}

/** The library reads as many as both have, and says nothing of the others. */
static hot_status check_rows(const char *path, FILE *shx, FILE *dbf, hot_error *error)
{
    long shapes = shapes_of(shx), rows = rows_of(dbf);
    if (shapes == rows || shapes < 0 || rows < 0) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "%s: holds %ld shapes, but the .dbf beside it %ld rows; copy all files of the "
                    "Shapefile anew, they do not belong together.",
                    hot_base_name(path), shapes, rows);
}

static hot_status has_parts(const char *path, hot_error *error)
{
    static const char *const part[][2] = {{".shx", ".SHX"}, {".dbf", ".DBF"}};
    FILE *shx = open_beside(path, part[0]), *dbf = open_beside(path, part[1]);
    hot_status status;
    if (shx && dbf)
        status = check_rows(path, shx, dbf, error);
    else
        status = hot_fail(error, HOT_INPUT,
                          "%s: a Shapefile is several files, and the %s is not beside it; copy "
                          "all of them, or give the .zip.",
                          hot_base_name(path), part[shx != NULL][0]);
    if (shx) fclose(shx);
    if (dbf) fclose(dbf);
    return status;
}

/** Whether a file of that name holds anything. */
static bool is_filled(const char *path)
{
    struct stat it;
    return stat(path, &it) == 0 && it.st_size > 0;
}

/** What a program that is writing keeps beside a GeoPackage: rows that are not in it yet, or that
 *  are to be undone. SQLite would read it too, unlooked at. It lies beside the file itself,
 * wherever a link to it may be. */
static hot_status is_at_rest(const char *path, hot_error *error)
{
    static const char *const ending[] = {"-wal", "-journal"};
    char *real = realpath(path, NULL);
    size_t n = real ? strlen(real) : 0;
    char *beside = real ? hot_new(n + 16, 1) : NULL;
    bool busy[2] = {false, false};
    for (size_t k = 0; beside && k < 2; k++) {
        snprintf(beside, n + 16, "%s%s", real, ending[k]);
        busy[k] = is_filled(beside);
    }
    bool known = beside != NULL;
    hot_free(beside);
    free(real);
    if (!known) return HOT_MEMORY;
    if (!busy[0] && !busy[1]) return HOT_OK;
    const char *file = hot_base_name(path);
    return hot_fail(error, HOT_INPUT,
                    "%s: another program is writing to it, or stopped while it was (there is a "
                    "%s%s beside it); save and close it there, such as in QGIS, then run again.",
                    file, file, ending[busy[0] ? 0 : 1]);
}

static hot_status no_kind(const char *path, hot_error *error)
{
    const char *file = hot_base_name(path);
    if (ends(path, ".shx") || ends(path, ".dbf") || ends(path, ".prj"))
        return hot_fail(error, HOT_INPUT, "%s: is a part of a Shapefile; name the .shp beside it.",
                        file);
    return hot_fail(error, HOT_INPUT,
                    "%s: is of no kind that is read here, which are .gpkg, .geojson, .json, .shp, "
                    ".kml and .zip; save it as a GeoPackage.",
                    file);
}

hot_status hot_kind_find(const char *path, hot_kind *kind, hot_error *error)
{
    char head[HEAD];
    hot_file *file;
    HOT_TRY(hot_path_check(path, error));
    HOT_TRY(hot_file_open(path, &file, error));
    hot_file_close(file);
    *kind = hot_kind_of_name(path);
    if (*kind == HOT_NO_KIND) return no_kind(path, error);
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(head, 1, sizeof head, f) : 0;
    if (f) fclose(f);
    HOT_TRY(hot_kind_check(hot_base_name(path), *kind, head, n, error));
    if (*kind == HOT_GPKG) return is_at_rest(path, error);
    return *kind == HOT_SHAPEFILE ? has_parts(path, error) : HOT_OK;
}
