#include "layers/write/describe.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/bytes.h"
#include "layers/write/inert.h"
#include "layers/write/record.h"

/** Statements on their way out. */
typedef struct {
    const char *date;
    hot_status (*run)(void *self, const char *sql);
    void *self;
    hot_bytes sql; /* the statement in the making */
} telling;

/* ---- a statement ---- */

static hot_status put(telling *t, const char *sql)
{
    return hot_bytes_add_text(&t->sql, sql);
}

/** One more value of a row: a text, or NULL. */
static hot_status put_text(telling *t, const char *text)
{
    HOT_TRY(put(t, ", "));
    return hot_inert_sql(&t->sql, text);
}

/** Hand the statement over and begin another one. */
static hot_status end(telling *t)
{
    HOT_TRY(hot_bytes_add(&t->sql, "", 1));
    hot_status status = t->run(t->self, (const char *)t->sql.data);
    t->sql.length = 0;
    return status;
}

static hot_status tell(telling *t, const char *sql)
{
    HOT_TRY(put(t, sql));
    return end(t);
}

/* ---- the tables ---- */

#define EXTENSION(table, name)                                                                     \
    "INSERT INTO gpkg_extensions VALUES ('" table "', NULL, 'gpkg_" name                           \
    "', 'http://www.geopackage.org/spec121/#extension_" name "', 'read-write')"

/** As GeoPackage 1.3 gives them, and GDAL writes them. */
static const char *const tables[] = {
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, "
    "extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, "
    "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))",
    "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, "
    "name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT, "
    "CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), "
    "CONSTRAINT gdc_tn UNIQUE (table_name, name))",
    "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, "
    "constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, "
    "max NUMERIC, max_is_inclusive BOOLEAN, description TEXT, "
    "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))",
    "CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, "
    "md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, "
    "mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '')",
    "CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, "
    "column_name TEXT, row_id_value INTEGER, "
    "timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), "
    "md_file_id INTEGER NOT NULL, md_parent_id INTEGER, "
    "CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id), "
    "CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))",
    EXTENSION("gpkg_data_columns", "schema"),
    EXTENSION("gpkg_data_column_constraints", "schema"),
    EXTENSION("gpkg_metadata", "metadata"),
    EXTENSION("gpkg_metadata_reference", "metadata"),
};

/* ---- the values a column may take ---- */

/** One value of the enumeration `name`. */
static hot_status tell_code(telling *t, const char *name, const hot_code *code)
{
    HOT_TRY(put(t, "INSERT INTO gpkg_data_column_constraints VALUES ("));
    HOT_TRY(hot_inert_sql(&t->sql, name));
    HOT_TRY(put_text(t, "enum"));
    HOT_TRY(put_text(t, code->value));
    HOT_TRY(put(t, ", NULL, NULL, NULL, NULL"));
    HOT_TRY(put_text(t, code->label));
    HOT_TRY(put(t, ")"));
    return end(t);
}

/* ---- columns ---- */

/** What the column means, and its unit. */
static hot_status put_meaning(telling *t, const hot_column *c)
{
    hot_bytes text = {0};
    bool unit = c->unit && *c->unit;
    hot_status status = hot_bytes_add_text(&text, c->about);
    if (unit && status == HOT_OK)
        status = hot_bytes_add_text(&text, *c->about ? " Unit: " : "Unit: ");
    if (unit && status == HOT_OK) status = hot_bytes_add_text(&text, c->unit);
    if (unit && status == HOT_OK) status = hot_bytes_add_text(&text, ".");
    if (status == HOT_OK) status = hot_bytes_add(&text, "", 1);
    if (status == HOT_OK) status = put_text(t, (const char *)text.data);
    hot_bytes_free(&text);
    return status;
}

static hot_status tell_column(telling *t, const hot_layer *l, const hot_column *c)
{
    char codes[128]; /* the enumeration's name; no layer's name holds a stop: "ward.class" */
    const hot_coding *coding = hot_coding_of(l->declared, c->name);
    snprintf(codes, sizeof codes, "%.60s.%.60s", l->name, c->name);
    for (size_t k = 0; coding && k < coding->n; k++)
        HOT_TRY(tell_code(t, codes, &coding->codes[k]));
    HOT_TRY(put(t, "INSERT INTO gpkg_data_columns VALUES ("));
    HOT_TRY(hot_inert_sql(&t->sql, l->name));
    HOT_TRY(put_text(t, c->name));
    HOT_TRY(put_text(t, c->alias)); /* name: what GDAL 3.7 and later show */
    HOT_TRY(put_text(t, c->alias));
    HOT_TRY(put_meaning(t, c));
    HOT_TRY(put_text(t, NULL));
    HOT_TRY(put_text(t, coding ? codes : NULL));
    HOT_TRY(put(t, ")"));
    return end(t);
}

/* ---- where it comes from ---- */

/** One record, of a layer or (layer = NULL) of the whole file. Numbers follow the order. */
static hot_status tell_record(telling *t, const char *layer, const char *standard, const char *mime,
                              const char *record)
{
    HOT_TRY(put(t, "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
                   "VALUES ('dataset'"));
    HOT_TRY(put_text(t, standard));
    HOT_TRY(put_text(t, mime));
    HOT_TRY(put_text(t, record));
    HOT_TRY(put(t, ")"));
    HOT_TRY(end(t));
    char time[32];
    snprintf(time, sizeof time, "%.10sT00:00:00.000Z", t->date);
    HOT_TRY(put(t, "INSERT INTO gpkg_metadata_reference SELECT "));
    HOT_TRY(hot_inert_sql(&t->sql, layer ? "table" : "geopackage"));
    HOT_TRY(put_text(t, layer));
    HOT_TRY(put(t, ", NULL, NULL"));
    HOT_TRY(put_text(t, time));
    HOT_TRY(put(t, ", max(id), NULL FROM gpkg_metadata"));
    return end(t);
}

static hot_status tell_layer(telling *t, const hot_result *result, const hot_layer *l)
{
    hot_bytes record = {0};
    for (size_t k = 0; k < l->n_columns; k++) HOT_TRY(tell_column(t, l, &l->values[k].column));
    hot_status status = hot_record_format(result, l, &record);
    if (status == HOT_OK) status = hot_bytes_add(&record, "", 1);
    if (status == HOT_OK)
        status =
            tell_record(t, l->name, HOT_RECORD_STANDARD, "text/xml", (const char *)record.data);
    hot_bytes_free(&record);
    return status;
}

static hot_status tell_all(telling *t, const hot_result *result)
{
    const char *manifest = hot_result_word(result, "manifest");
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) HOT_TRY(tell(t, tables[k]));
    for (size_t k = 0; k < result->n; k++) HOT_TRY(tell_layer(t, result, &result->layers[k]));
    if (!manifest) return HOT_OK;
    return tell_record(t, NULL, HOT_MANIFEST_STANDARD, "application/json", manifest);
}

hot_status hot_describe(const hot_result *result, const char *date,
                        hot_status (*run)(void *self, const char *sql), void *self)
{
    telling t = {.date = date, .run = run, .self = self};
    hot_status status = tell_all(&t, result);
    hot_bytes_free(&t.sql);
    return status;
}
