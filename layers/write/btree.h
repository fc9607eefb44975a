/** @file btree.h
 *  Tables of an SQLite file filled whole, past SQLite.
 *
 *  SQLite inserts row by row: for a million rows that is most of the time that a file takes. Where
 * a table is empty and its rows come in the order of their keys, its pages can be laid out one
 * after the other, full, and need never be looked at again. Nobody may have the file open
 * meanwhile.
 *
 *  Source  SQLite's "Database File Format", 1.3 (header), 1.6 (b-tree pages), 2.1 (records)
 */
#ifndef HOT_LAYERS_WRITE_BTREE_H
#define HOT_LAYERS_WRITE_BTREE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

enum { HOT_SQLITE_PAGE = 4096 /**< bytes of the file's pages */ };

/** A file to whose end pages are added. */
typedef struct {
    int handle;
    uint32_t pages;       /**< so far, those that wait included */
    unsigned char *chunk; /**< pages that wait to be written, the last of the file */
    size_t waiting;
} hot_sqlite;

/** Open a file that is there.
 *  @return HOT_OK; HOT_MEMORY; HOT_SYSTEM with errno set, which is 0 where the file is not as
 *  expected: pages of 4096 bytes, none of them set aside. *file then holds nothing */
HOT_MUST_USE hot_status hot_sqlite_open(const char *path, hot_sqlite *file);

/** Write what waits, and how many pages there are, where `status` is HOT_OK; close it in any case.
 *  @return `status`, or HOT_SYSTEM with errno set */
HOT_MUST_USE hot_status hot_sqlite_close(hot_sqlite *file, hot_status status);

/** The values of one row, in the order of the table's columns. `= {0}` is empty. */
typedef struct {
    unsigned char *type, *body;
    size_t types, type_room, length, room;
} hot_tuple;

void hot_tuple_clear(hot_tuple *record);
void hot_tuple_free(hot_tuple *record);
/** The key of a table, its INTEGER PRIMARY KEY, is given as NULL. */
HOT_MUST_USE hot_status hot_tuple_null(hot_tuple *record);
HOT_MUST_USE hot_status hot_tuple_integer(hot_tuple *record, int64_t value);
/** NaN is NULL. As in a column of type REAL: a whole number is kept as one. */
HOT_MUST_USE hot_status hot_tuple_real(hot_tuple *record, double value);
HOT_MUST_USE hot_status hot_tuple_text(hot_tuple *record, const void *utf8, size_t length);
HOT_MUST_USE hot_status hot_tuple_blob(hot_tuple *record, const void *bytes, size_t length);

typedef struct {
    uint64_t key; /* the greatest below it */
    uint32_t page;
} hot_btree_child;

/** A table on its way. */
typedef struct {
    hot_sqlite *file;
    uint32_t root;
    hot_btree_child *child; /**< [n] leaves that are full */
    size_t n, room;
    unsigned char leaf[HOT_SQLITE_PAGE]; /**< the one being filled */
    size_t cells, start;
    uint64_t key; /**< of its last row */
} hot_btree;

/** @param root  number of the table's root page; what it holds is replaced */
void hot_btree_begin(hot_btree *table, hot_sqlite *file, uint32_t root);
/** @param key  greater than all before it
 *  @return HOT_OK; HOT_MEMORY; HOT_SYSTEM with errno set */
HOT_MUST_USE hot_status hot_btree_add(hot_btree *table, uint64_t key, const hot_tuple *record);
/** Lay out what stands above the leaves, where `status` is HOT_OK; free the table in any case.
 *  @return `status`, or what failed */
HOT_MUST_USE hot_status hot_btree_end(hot_btree *table, hot_status status);

#endif
