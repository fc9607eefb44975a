#include "layers/read/archive.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "engine/base/memory.h"
#include "layers/read/file.h"
#include "layers/read/zip.h"

static bool ends(const char *text, const char *with)
{
    size_t n = strlen(text), m = strlen(with);
    return n > m && strcasecmp(text + n - m, with) == 0;
}

/** Geodata, and not a Mac's shadow of it, nor a path that leads out of the archive. */
static bool is_wanted(const char *name)
{
    hot_kind kind = hot_kind_of_name(name);
    return (kind == HOT_GPKG || kind == HOT_GEOJSON || kind == HOT_SHAPEFILE) && *name != '/' &&
           !strstr(name, "..") && strncmp(name, "__MACOSX/", 9) != 0 &&
           hot_base_name(name)[0] != '.';
}

/** Files that a reader opens when it reads geodata. */
static bool is_read(const char *name)
{
    return is_wanted(name) || ends(name, ".dbf") || ends(name, ".shx");
}

static hot_status take_member(const char *file, const hot_member *m, hot_archive *a,
                              hot_error *error)
{
    if (!is_read(m->name)) return HOT_OK;
    if (m->locked)
        return hot_fail(error, HOT_INPUT, "%s: is encrypted; unpack it and give the file in it.",
                        file);
    a->unpacked += m->size;
    if (a->unpacked > hot_archive_unpacked)
        return hot_fail(error, HOT_INPUT,
                        "%s: unpacks to more than %llu MiB; unpack it and give the file in it.",
                        file, (unsigned long long)(hot_archive_unpacked >> 20));
    if (!is_wanted(m->name)) return HOT_OK;
    if (!hot_grow(&a->member, &a->room, a->n + 1, sizeof *a->member)) return HOT_MEMORY;
    a->member[a->n] = hot_text(m->name, strlen(m->name));
    return a->member[a->n] ? (a->n++, HOT_OK) : HOT_MEMORY;
}

static hot_status take_members(const char *file, const hot_zip *zip, hot_archive *a,
                               hot_error *error)
{
    if (zip->n > HOT_ARCHIVE_FILES)
        return hot_fail(error, HOT_INPUT,
                        "%s: holds more than %d files; unpack it and give the one that is meant.",
                        file, HOT_ARCHIVE_FILES);
    for (size_t k = 0; k < zip->n; k++) HOT_TRY(take_member(file, &zip->member[k], a, error));
    if (a->n) return HOT_OK;
    return hot_fail(error, HOT_INPUT, "%s: holds no Shapefile, GeoPackage or GeoJSON file.", file);
}

/** A .json beside real geodata is about it. */
static void drop_json(hot_archive *a)
{
    size_t others = 0, n = 0;
    for (size_t k = 0; k < a->n; k++) others += !ends(a->member[k], ".json");
    if (others == 0) return;
    for (size_t k = 0; k < a->n; k++) {
        if (ends(a->member[k], ".json"))
            hot_free(a->member[k]);
        else
            a->member[n++] = a->member[k];
    }
    a->n = n;
}

hot_status hot_archive_read(const char *path, hot_archive *archive, hot_error *error)
{
    hot_zip zip = {0};
    hot_archive a = {0};
    HOT_TRY(hot_zip_list(path, &zip, error));
    hot_status status = take_members(hot_base_name(path), &zip, &a, error);
    hot_zip_free(&zip);
    if (status == HOT_OK) drop_json(&a);
    if (status == HOT_OK)
        *archive = a;
    else
        hot_archive_free(&a);
    return status;
}

void hot_archive_free(hot_archive *a)
{
    for (size_t k = 0; k < a->n; k++) hot_free(a->member[k]);
    hot_free(a->member);
    *a = (hot_archive){0};
}

void hot_archive_stem(const char *member, char *stem, size_t room)
{
    const char *base = hot_base_name(member), *dot = strrchr(base, '.');
    snprintf(stem, room, "%.*s", dot ? (int)(dot - base) : (int)strlen(base), base);
}
