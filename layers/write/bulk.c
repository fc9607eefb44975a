#include "layers/write/bulk.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "engine/incidents/csv.h"
#include "layers/write/inert.h"
#include "layers/write/rtree.h"

enum {
    FEWEST = 4096, /* rows; below them GDAL is as fast as anybody notices */
    TOGETHER = 32, /* rows a statement: each statement looks up and writes the last fid used */
    POINT_BYTES = 29
};

bool hot_bulk_suits(const hot_layer *l)
{
    if (l->declared->geometry != HOT_POINT || l->n < FEWEST || l->n >= UINT32_MAX) return false;
    for (size_t i = 0; i < l->n; i++)
        if (!isfinite(l->x[i]) || !isfinite(l->y[i])) return false;
    return true;
}

static hot_status complain(const hot_bulk *to)
{
    if (sqlite3_errcode(to->sqlite) == SQLITE_NOMEM) return HOT_MEMORY;
    if (!*to->complaint) snprintf(to->complaint, to->room, "%s", sqlite3_errmsg(to->sqlite));
    return HOT_SYSTEM;
}

/** The number that a query gives, for a layer where one is named. */
static hot_status ask(const hot_bulk *to, const char *sql, const char *layer, int64_t *number)
{
    sqlite3_stmt *s = NULL;
    bool told = sqlite3_prepare_v2(to->sqlite, sql, -1, &s, NULL) == SQLITE_OK &&
                (!layer || sqlite3_bind_text(s, 1, layer, -1, SQLITE_STATIC) == SQLITE_OK) &&
                sqlite3_step(s) == SQLITE_ROW;
    if (told) *number = sqlite3_column_int64(s, 0);
    hot_status status = told ? HOT_OK : complain(to);
    sqlite3_finalize(s);
    return status;
}

/* ---- many rows a statement ---- */

/** Rows on their way into one table. */
typedef struct {
    const hot_bulk *to;
    const char *into; /* INSERT INTO ... VALUES */
    int columns;
    size_t n;
    /** Bind the values of a row from parameter `first` on; `place` is the row's in its statement.
     */
    hot_status (*bind)(void *self, sqlite3_stmt *s, int first, size_t row, size_t place);
    void (*forget)(void *self); /* a new statement has nothing bound; NULL = whatever */
    void *self;
    const char *what; /* for the progress; NULL = not told */
} insertion;

static hot_status prepare(const insertion *in, size_t rows, sqlite3_stmt **s)
{
    sqlite3_str *sql = sqlite3_str_new(in->to->sqlite);
    sqlite3_finalize(*s);
    *s = NULL;
    sqlite3_str_appendall(sql, in->into);
    for (size_t r = 0; r < rows; r++)
        for (int k = 0; k < in->columns; k++)
            sqlite3_str_appendall(sql, k ? ",?" : r ? "),(?" : "(?");
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    if (!text) return HOT_MEMORY;
    int made = sqlite3_prepare_v2(in->to->sqlite, text, -1, s, NULL);
    sqlite3_free(text);
    return made == SQLITE_OK ? HOT_OK : complain(in->to);
}

static hot_status insert_some(const insertion *in, sqlite3_stmt *s, size_t row, size_t rows)
{
    for (size_t k = 0; k < rows; k++)
        HOT_TRY(in->bind(in->self, s, 1 + (int)k * in->columns, row + k, k));
    if (sqlite3_step(s) != SQLITE_DONE || sqlite3_reset(s) != SQLITE_OK) return complain(in->to);
    if (!in->what || row % 4096) return HOT_OK;
    return hot_progress_step(in->to->progress, in->what, (double)row / (double)in->n);
}

static hot_status insert_all(const insertion *in)
{
    sqlite3_stmt *s = NULL;
    hot_status status = HOT_OK;
    size_t prepared = 0;
    for (size_t row = 0, rows; row < in->n && status == HOT_OK; row += rows) {
        rows = in->n - row < TOGETHER ? in->n - row : TOGETHER;
        if (rows != prepared) status = prepare(in, rows, &s);
        if (rows != prepared && in->forget) in->forget(in->self);
        prepared = rows;
        if (status == HOT_OK) status = insert_some(in, s, row, rows);
    }
    sqlite3_finalize(s);
    return status;
}

/* ---- the layer's rows ---- */

/** What stands bound in a place of the statement, as bits: most columns repeat themselves from row
 *  to row (a month, a file), and what is bound already is left alone. */
#define NOTHING UINT64_MAX /* no text's address; a NaN, which is NULL, as nothing bound is */

typedef struct {
    const hot_layer *layer;
    const hot_bulk *to;
    uint32_t srs;
    uint64_t *bound; /* [TOGETHER * n_columns] */
    unsigned char geometry[TOGETHER][POINT_BYTES];
} row_binding;

static void forget_row(void *self)
{
    row_binding *b = self;
    for (size_t k = 0; k < TOGETHER * b->layer->n_columns; k++) b->bound[k] = NOTHING;
}

static unsigned char *put(unsigned char *at, uint64_t value, int bytes)
{
    for (int k = 0; k < bytes; k++) *at++ = (unsigned char)(value >> (8 * k));
    return at;
}

static unsigned char *put_number(unsigned char *at, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return put(at, bits, 8);
}

/** The header of GeoPackage for a point (little-endian, no envelope), then well-known binary. */
static void put_point(unsigned char *at, uint32_t srs, double x, double y)
{
    static const unsigned char magic[4] = {'G', 'P', 0, 1};
    memcpy(at, magic, sizeof magic);
    at = put(at + sizeof magic, srs, 4);
    at = put(at, 1, 1); /* little-endian */
    at = put(at, 1, 4); /* a point */
    at = put_number(at, x);
    put_number(at, y);
}

/** A GeoPackage holds UTF-8; a file's name, for one, may be anything. */
static int bind_inert(sqlite3_stmt *s, int at, const char *text)
{
    hot_bytes whole = {0};
    int bound = SQLITE_NOMEM;
    if (hot_inert_utf8(&whole, text) == HOT_OK)
        bound = sqlite3_bind_text(s, at, whole.length ? (const char *)whole.data : "",
                                  (int)whole.length, SQLITE_TRANSIENT);
    hot_bytes_free(&whole);
    return bound;
}

static int bind_text(sqlite3_stmt *s, int at, const char *text, uint64_t *bound)
{
    uint64_t bits = (uint64_t)(uintptr_t)text;
    if (*bound == bits) return SQLITE_OK;
    *bound = bits;
    if (!text) return sqlite3_bind_null(s, at);
    size_t length = strlen(text);
    if (!hot_utf8_is(text, length)) return bind_inert(s, at, text);
    return sqlite3_bind_text64(s, at, text, length, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_real(sqlite3_stmt *s, int at, double value, uint64_t *bound)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    if (*bound == bits) return SQLITE_OK;
    *bound = bits;
    return sqlite3_bind_double(s, at, value); /* NaN is NULL */
}

static int bind_value(sqlite3_stmt *s, int at, const hot_values *v, size_t row, uint64_t *bound)
{
    switch (v->column.type) {
    case HOT_INTEGER:
        if (v->missing && v->missing[row]) return sqlite3_bind_null(s, at);
        return sqlite3_bind_int64(s, at, v->integer[row]);
    case HOT_REAL:
        return bind_real(s, at, v->real[row], bound);
    case HOT_TEXT:
        break;
    }
    return bind_text(s, at, v->text[row], bound);
}

static hot_status bind_row(void *self, sqlite3_stmt *s, int first, size_t row, size_t place)
{
    row_binding *b = self;
    const hot_layer *l = b->layer;
    uint64_t *bound = b->bound + place * l->n_columns;
    put_point(b->geometry[place], b->srs, l->x[row], l->y[row]);
    int made = sqlite3_bind_blob(s, first, b->geometry[place], POINT_BYTES, SQLITE_STATIC);
    for (size_t k = 0; k < l->n_columns && made == SQLITE_OK; k++)
        made = bind_value(s, first + 1 + (int)k, &l->values[k], row, &bound[k]);
    if (made == SQLITE_NOMEM) return HOT_MEMORY; /* perhaps ours, of which SQLite knows nothing */
    return made == SQLITE_OK ? HOT_OK : complain(b->to);
}

/** INSERT INTO "incidents" ("geom", "incident_id", ...) VALUES */
static char *statement_of(const hot_layer *l)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendf(sql, "INSERT INTO \"%w\" (\"geom\"", l->name);
    for (size_t k = 0; k < l->n_columns; k++)
        sqlite3_str_appendf(sql, ",\"%w\"", l->values[k].column.name);
    sqlite3_str_appendall(sql, ") VALUES ");
    return sqlite3_str_finish(sql);
}

static hot_status insert_rows(const hot_bulk *to, const hot_layer *l)
{
    row_binding b = {.to = to, .layer = l};
    int64_t srs = 0;
    HOT_TRY(
        ask(to, "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?1", l->name, &srs));
    b.srs = (uint32_t)srs;
    char *into = statement_of(l);
    b.bound = hot_new_raw(TOGETHER * l->n_columns, sizeof *b.bound);
    hot_status status = HOT_MEMORY;
    if (into && b.bound)
        status = insert_all(&(insertion){to, into, 1 + (int)l->n_columns, l->n, bind_row,
                                         forget_row, &b, "Writing the GeoPackage"});
    hot_free(b.bound);
    sqlite3_free(into);
    return status;
}

/* ---- the index ---- */

typedef struct {
    const hot_bulk *to;
    const hot_rtree *tree;
    unsigned char node[TOGETHER][HOT_RTREE_BYTES];
} tree_binding;

static hot_status bind_node(void *self, sqlite3_stmt *s, int first, size_t row, size_t place)
{
    tree_binding *b = self;
    hot_rtree_node(b->tree, (uint32_t)row + 1, b->node[place]);
    if (sqlite3_bind_int64(s, first, (sqlite3_int64)row + 1) == SQLITE_OK &&
        sqlite3_bind_blob(s, first + 1, b->node[place], HOT_RTREE_BYTES, SQLITE_STATIC) ==
            SQLITE_OK)
        return HOT_OK;
    return complain(b->to);
}

/** Rows are numbered 1, 2, ... by themselves, which is their fid. */
static hot_status bind_leaf(void *self, sqlite3_stmt *s, int first, size_t row, size_t place)
{
    tree_binding *b = self;
    (void)place;
    return sqlite3_bind_int64(s, first, b->tree->leaf[row]) == SQLITE_OK ? HOT_OK : complain(b->to);
}

/** Of every node but the root, which is number 1. */
static hot_status bind_parent(void *self, sqlite3_stmt *s, int first, size_t row, size_t place)
{
    tree_binding *b = self;
    uint32_t number = (uint32_t)row + 2;
    (void)place;
    if (sqlite3_bind_int64(s, first, number) == SQLITE_OK &&
        sqlite3_bind_int64(s, first + 1, hot_rtree_parent(b->tree, number)) == SQLITE_OK)
        return HOT_OK;
    return complain(b->to);
}

static hot_status insert_tree(const hot_bulk *to, const char *layer, const hot_rtree *tree)
{
    tree_binding b = {.to = to, .tree = tree};
    char into[3][160];
    /* An empty index has its root already. */
    sqlite3_snprintf(160, into[0], "INSERT OR REPLACE INTO \"rtree_%w_geom_node\" VALUES ", layer);
    sqlite3_snprintf(160, into[1], "INSERT INTO \"rtree_%w_geom_rowid\" (nodeno) VALUES ", layer);
    sqlite3_snprintf(160, into[2], "INSERT INTO \"rtree_%w_geom_parent\" VALUES ", layer);
    HOT_TRY(insert_all(&(insertion){to, into[0], 2, tree->nodes, bind_node, NULL, &b, NULL}));
    HOT_TRY(insert_all(&(insertion){to, into[1], 1, tree->n, bind_leaf, NULL, &b, NULL}));
    return insert_all(&(insertion){to, into[2], 2, tree->nodes - 1, bind_parent, NULL, &b, NULL});
}

static hot_status insert_index(const hot_bulk *to, const hot_layer *l)
{
    hot_rtree tree;
    int64_t page = 0;
    HOT_TRY(hot_progress_step(to->progress, "Indexing the GeoPackage", 0));
    HOT_TRY(ask(to, "PRAGMA page_size", NULL, &page));
    if (page != HOT_RTREE_PAGE) {
        snprintf(to->complaint, to->room, "SQLite's pages are of %d bytes, not 4096", (int)page);
        return HOT_SYSTEM;
    }
    HOT_TRY(hot_rtree_pack(l->x, l->y, (uint32_t)l->n, &tree));
    hot_status status = insert_tree(to, l->name, &tree);
    hot_rtree_free(&tree);
    return status;
}

/* ---- what the file says of the layer ---- */

static void bounds_of(const double *value, size_t n, double *least, double *most)
{
    *least = *most = value[0];
    for (size_t i = 1; i < n; i++) {
        if (value[i] < *least) *least = value[i];
        if (value[i] > *most) *most = value[i];
    }
}

static hot_status run(const hot_bulk *to, char *sql)
{
    if (!sql) return HOT_MEMORY;
    int done = sqlite3_exec(to->sqlite, sql, NULL, NULL, NULL);
    hot_status status = done == SQLITE_OK ? HOT_OK : complain(to);
    sqlite3_free(sql);
    return status;
}

/** With the digits that GDAL gives them. */
static hot_status set_contents(const hot_bulk *to, const hot_layer *l)
{
    double west, east, south, north;
    bounds_of(l->x, l->n, &west, &east);
    bounds_of(l->y, l->n, &south, &north);
    HOT_TRY(run(to, sqlite3_mprintf("UPDATE gpkg_contents SET min_x = %.18g, min_y = %.18g, "
                                    "max_x = %.18g, max_y = %.18g WHERE table_name = '%q'",
                                    west, south, east, north, l->name)));
    return run(to, sqlite3_mprintf("UPDATE gpkg_ogr_contents SET feature_count = %lld "
                                   "WHERE table_name = '%q'",
                                   (sqlite3_int64)l->n, l->name));
}

hot_status hot_bulk_write(const hot_bulk *to, const hot_layer *layer)
{
    int on = 1;
    sqlite3_db_config(to->sqlite, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, &on);
    hot_status status = insert_rows(to, layer);
    if (status == HOT_OK) status = insert_index(to, layer);
    if (status == HOT_OK) status = set_contents(to, layer);
    sqlite3_db_config(to->sqlite, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, &on);
    return status;
}
