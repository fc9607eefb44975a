#include "layers/write/verify.h"

#include <math.h>
#include <string.h>

#include <sqlite3.h>

#include "engine/base/memory.h"
#include "layers/read/file.h"
#include "layers/write/surface.h"

static hot_status wrong(const char *path, const char *what, hot_error *error)
{
    return hot_fail(error, HOT_SYSTEM,
                    "%s: was not written whole (%s); the disk may be full or failing.",
                    hot_base_name(path), what);
}

/* ---- GeoPackage ---- */

/** The first value of the first row, as text (cut) and as a number; false where there is none. */
static bool ask(sqlite3 *db, const char *sql, char *text, size_t room, sqlite3_int64 *number)
{
    sqlite3_stmt *statement = NULL;
    bool told = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_ROW;
    if (told) {
        const char *value = (const char *)sqlite3_column_text(statement, 0);
        sqlite3_snprintf((int)room, text, "%s", value ? value : "");
        *number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return told;
}

static bool has_rows(sqlite3 *db, const hot_layer *l)
{
    char text[32];
    sqlite3_int64 n = -1;
    char *sql = sqlite3_mprintf("select count(*) from \"%w\"", l->name);
    bool told = sql && ask(db, sql, text, sizeof text, &n);
    sqlite3_free(sql);
    return told && n == (sqlite3_int64)l->n;
}

static hot_status check(sqlite3 *db, const char *path, const hot_result *result, hot_error *error)
{
    char text[256] = "it cannot be read";
    sqlite3_int64 unused;
    if (!ask(db, "pragma quick_check(1)", text, sizeof text, &unused) || strcmp(text, "ok") != 0)
        return wrong(path, text, error);
    for (size_t k = 0; k < result->n; k++)
        if (!has_rows(db, &result->layers[k])) return wrong(path, result->layers[k].name, error);
    return HOT_OK;
}

hot_status hot_verify_gpkg(const char *path, const hot_result *result, hot_error *error)
{
    sqlite3 *db = NULL;
    int opened = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    hot_status status = opened == SQLITE_OK ? check(db, path, result, error)
                                            : wrong(path, "it cannot be opened", error);
    sqlite3_close(db);
    return status;
}

/* ---- surface ---- */

static bool is_same(const hot_surface *a, const hot_surface *b)
{
    const hot_frame *f = &a->frame, *g = &b->frame;
    if (f->west != g->west || f->north != g->north || f->cell != g->cell || f->cols != g->cols ||
        f->rows != g->rows)
        return false;
    for (int64_t k = 0; k < hot_frame_size(f); k++)
        if (a->value[k] != b->value[k] && !(isnan(a->value[k]) && isnan(b->value[k]))) return false;
    return true;
}

hot_status hot_verify_surface(const char *path, const hot_surface *surface, hot_error *error)
{
    hot_surface back = {0};
    hot_error why = {{0}};
    int epsg;
    hot_status status = hot_surface_read(path, &back, &epsg, &why);
    if (status == HOT_MEMORY) return status;
    bool same = status == HOT_OK && is_same(surface, &back);
    hot_surface_free(&back);
    return same ? HOT_OK : wrong(path, "it reads back otherwise", error);
}
