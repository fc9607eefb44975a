#include "layers/write/bulk.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "engine/incidents/csv.h"
#include "layers/write/btree.h"
#include "layers/write/inert.h"
#include "layers/write/rtree.h"

enum {
    FEWEST = 4096, /* rows; below them GDAL is as fast as anybody notices */
    POINT_BYTES = 29
};

bool hot_bulk_suits(const hot_layer *l)
{
    if (l->declared->geometry != HOT_POINT || l->n < FEWEST || l->n >= UINT32_MAX) return false;
    for (size_t i = 0; i < l->n; i++)
        if (!isfinite(l->x[i]) || !isfinite(l->y[i])) return false;
    return true;
}

/* ---- what the file says of the layer, and where its tables stand ---- */

/** The layer in its file. */
typedef struct {
    uint32_t srs;                       /* as in gpkg_geometry_columns */
    uint32_t rows, node, rowid, parent; /* root pages: of the table, of its index */
} seat;

static hot_status complain(const hot_bulk *to, sqlite3 *db)
{
    if (sqlite3_errcode(db) == SQLITE_NOMEM) return HOT_MEMORY;
    snprintf(to->complaint, to->room, "%s", sqlite3_errmsg(db));
    return HOT_SYSTEM;
}

/** The number that a query gives for a name. */
static hot_status ask(const hot_bulk *to, sqlite3 *db, const char *sql, const char *name,
                      uint32_t *number)
{
    sqlite3_stmt *s = NULL;
    bool told = sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
                sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC) == SQLITE_OK &&
                sqlite3_step(s) == SQLITE_ROW;
    if (told) *number = (uint32_t)sqlite3_column_int64(s, 0);
    hot_status status = told ? HOT_OK : complain(to, db);
    sqlite3_finalize(s);
    return status;
}

static hot_status ask_root(const hot_bulk *to, sqlite3 *db, const char *before, const char *layer,
                           const char *after, uint32_t *root)
{
    char name[160];
    sqlite3_snprintf(sizeof name, name, "%s%s%s", before, layer, after);
    return ask(to, db, "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?1",
               name, root);
}

static hot_status find_seat(const hot_bulk *to, sqlite3 *db, const char *layer, seat *s)
{
    HOT_TRY(ask(to, db, "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?1", layer,
                &s->srs));
    HOT_TRY(ask_root(to, db, "", layer, "", &s->rows));
    HOT_TRY(ask_root(to, db, "rtree_", layer, "_geom_node", &s->node));
    HOT_TRY(ask_root(to, db, "rtree_", layer, "_geom_rowid", &s->rowid));
    return ask_root(to, db, "rtree_", layer, "_geom_parent", &s->parent);
}

static void bounds_of(const double *value, size_t n, double *least, double *most)
{
    *least = *most = value[0];
    for (size_t i = 1; i < n; i++) {
        if (value[i] < *least) *least = value[i];
        if (value[i] > *most) *most = value[i];
    }
}

static hot_status run(const hot_bulk *to, sqlite3 *db, char *sql)
{
    if (!sql) return HOT_MEMORY;
    int done = sqlite3_exec(db, sql, NULL, NULL, NULL);
    hot_status status = done == SQLITE_OK ? HOT_OK : complain(to, db);
    sqlite3_free(sql);
    return status;
}

/** Bounds with the digits that GDAL gives them, how many rows there are, and the last fid used. */
static hot_status set_contents(const hot_bulk *to, sqlite3 *db, const hot_layer *l)
{
    double west, east, south, north;
    sqlite3_int64 n = (sqlite3_int64)l->n;
    bounds_of(l->x, l->n, &west, &east);
    bounds_of(l->y, l->n, &south, &north);
    return run(to, db,
               sqlite3_mprintf("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN;"
                               "UPDATE gpkg_contents SET min_x = %.18g, min_y = %.18g, "
                               "max_x = %.18g, max_y = %.18g WHERE table_name = '%q';"
                               "UPDATE gpkg_ogr_contents SET feature_count = %lld "
                               "WHERE table_name = '%q';"
                               "DELETE FROM sqlite_sequence WHERE name = '%q';"
                               "INSERT INTO sqlite_sequence VALUES ('%q', %lld); COMMIT",
                               west, south, east, north, l->name, n, l->name, l->name, l->name, n));
}

static hot_status announce(const hot_bulk *to, const hot_layer *l, seat *s)
{
    sqlite3 *db = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    hot_status status =
        sqlite3_open_v2(to->path, &db, flags, NULL) == SQLITE_OK ? HOT_OK : complain(to, db);
    if (status == HOT_OK) status = set_contents(to, db, l);
    if (status == HOT_OK) status = find_seat(to, db, l->name, s);
    if (sqlite3_close(db) != SQLITE_OK && status == HOT_OK) status = complain(to, db);
    return status;
}

/* ---- the layer's rows ---- */

/** A text that was looked at last: most columns repeat themselves from row to row (a month). */
typedef struct {
    const char *text;
    size_t length;
    bool is_utf8;
} known_text;

typedef struct {
    const hot_bulk *to;
    const hot_layer *layer;
    uint32_t srs;
    known_text *known; /* [n_columns] */
    hot_tuple record;
} rows;

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
static hot_status add_point(hot_tuple *r, uint32_t srs, double x, double y)
{
    unsigned char bytes[POINT_BYTES] = {'G', 'P', 0, 1}, *at = put(bytes + 4, srs, 4);
    at = put(at, 1, 1); /* little-endian */
    at = put(at, 1, 4); /* a point */
    at = put_number(at, x);
    put_number(at, y);
    return hot_tuple_blob(r, bytes, sizeof bytes);
}

/** A GeoPackage holds UTF-8; a file's name, for one, may be anything. */
static hot_status add_inert(hot_tuple *r, const char *text)
{
    hot_bytes whole = {0};
    hot_status status = hot_inert_utf8(&whole, text);
    if (status == HOT_OK) status = hot_tuple_text(r, whole.data, whole.length);
    hot_bytes_free(&whole);
    return status;
}

static hot_status add_text(hot_tuple *r, const char *text, known_text *known)
{
    if (!text) return hot_tuple_null(r);
    if (text != known->text) {
        size_t length = strlen(text);
        *known = (known_text){text, length, hot_utf8_is(text, length)};
    }
    return known->is_utf8 ? hot_tuple_text(r, text, known->length) : add_inert(r, text);
}

static hot_status add_value(hot_tuple *r, const hot_values *v, size_t row, known_text *known)
{
    switch (v->column.type) {
    case HOT_INTEGER:
        return v->missing && v->missing[row] ? hot_tuple_null(r)
                                             : hot_tuple_integer(r, v->integer[row]);
    case HOT_REAL:
        return hot_tuple_real(r, v->real[row]);
    case HOT_TEXT:
        break;
    }
    return add_text(r, v->text[row], known);
}

/** fid, which is the key, then geom and the columns. */
static hot_status add_row(rows *from, size_t row, hot_btree *table)
{
    const hot_layer *l = from->layer;
    hot_tuple *r = &from->record;
    hot_tuple_clear(r);
    HOT_TRY(hot_tuple_null(r));
    HOT_TRY(add_point(r, from->srs, l->x[row], l->y[row]));
    for (size_t k = 0; k < l->n_columns; k++)
        HOT_TRY(add_value(r, &l->values[k], row, &from->known[k]));
    return hot_btree_add(table, row + 1, r);
}

static hot_status add_rows(rows *from, hot_btree *table)
{
    size_t n = from->layer->n;
    for (size_t row = 0; row < n; row++) {
        if (row % 4096 == 0)
            HOT_TRY(hot_progress_step(from->to->progress, "Writing the GeoPackage",
                                      (double)row / (double)n));
        HOT_TRY(add_row(from, row, table));
    }
    return HOT_OK;
}

static hot_status write_rows(const hot_bulk *to, const hot_layer *l, const seat *s,
                             hot_sqlite *file)
{
    hot_btree table;
    rows from = {.to = to, .layer = l, .srs = s->srs};
    from.known = hot_new(l->n_columns, sizeof *from.known);
    hot_btree_begin(&table, file, s->rows);
    hot_status status = from.known ? add_rows(&from, &table) : HOT_MEMORY;
    status = hot_btree_end(&table, status);
    hot_tuple_free(&from.record);
    hot_free(from.known);
    return status;
}

/* ---- the index ---- */

/** One of the index's tables: a key, and a value of each. */
typedef struct {
    uint32_t root, first, n; /* keys from `first` on */
    hot_status (*add)(hot_tuple *record, const hot_rtree *tree, uint32_t key);
} index_table;

static hot_status add_node(hot_tuple *r, const hot_rtree *tree, uint32_t number)
{
    unsigned char node[HOT_RTREE_BYTES];
    hot_rtree_node(tree, number, node);
    return hot_tuple_blob(r, node, sizeof node);
}

static hot_status add_leaf(hot_tuple *r, const hot_rtree *tree, uint32_t fid)
{
    return hot_tuple_integer(r, tree->leaf[fid - 1]);
}

static hot_status add_parent(hot_tuple *r, const hot_rtree *tree, uint32_t number)
{
    return hot_tuple_integer(r, hot_rtree_parent(tree, number));
}

static hot_status write_table(const index_table *of, const hot_rtree *tree, hot_sqlite *file)
{
    hot_btree table;
    hot_tuple record = {0};
    hot_status status = HOT_OK;
    hot_btree_begin(&table, file, of->root);
    for (uint32_t k = 0; k < of->n && status == HOT_OK; k++) {
        uint32_t key = of->first + k;
        hot_tuple_clear(&record);
        status = hot_tuple_null(&record);
        if (status == HOT_OK) status = of->add(&record, tree, key);
        if (status == HOT_OK) status = hot_btree_add(&table, key, &record);
    }
    status = hot_btree_end(&table, status);
    hot_tuple_free(&record);
    return status;
}

/** Every node but the root, which is number 1, has a parent. */
static hot_status write_index(const hot_bulk *to, const hot_layer *l, const seat *s,
                              hot_sqlite *file)
{
    hot_rtree tree;
    HOT_TRY(hot_progress_step(to->progress, "Indexing the GeoPackage", 0));
    HOT_TRY(hot_rtree_pack(l->x, l->y, (uint32_t)l->n, &tree));
    const index_table tables[] = {{s->node, 1, tree.nodes, add_node},
                                  {s->rowid, 1, tree.n, add_leaf},
                                  {s->parent, 2, tree.nodes - 1, add_parent}};
    hot_status status = HOT_OK;
    for (size_t k = 0; k < sizeof tables / sizeof *tables && status == HOT_OK; k++)
        status = write_table(&tables[k], &tree, file);
    hot_rtree_free(&tree);
    return status;
}

/* ---- the file ---- */

static hot_status fill(const hot_bulk *to, const hot_layer *l, const seat *s)
{
    hot_sqlite file;
    hot_status status = hot_sqlite_open(to->path, &file);
    if (status == HOT_OK) {
        status = write_rows(to, l, s, &file);
        if (status == HOT_OK) status = write_index(to, l, s, &file);
        status = hot_sqlite_close(&file, status);
    }
    if (status == HOT_SYSTEM)
        snprintf(to->complaint, to->room, "%s",
                 errno ? strerror(errno) : "it is not as GDAL was asked to make it");
    return status;
}

hot_status hot_bulk_write(const hot_bulk *to, const hot_layer *layer)
{
    seat s = {0};
    HOT_TRY(announce(to, layer, &s));
    return fill(to, layer, &s);
}
