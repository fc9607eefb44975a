/** @file table.h
 *  Tables as CSV (RFC 4180, UTF-8, CRLF), safe to open in a spreadsheet.
 */
#ifndef HOT_LAYERS_WRITE_TABLE_H
#define HOT_LAYERS_WRITE_TABLE_H

#include "engine/base/bytes.h"
#include "layers/layer.h"
#include "layers/read/load.h"

/** A layer's columns as a table, points with their x and y; appended to `bytes`. */
HOT_MUST_USE hot_status hot_table_format(const hot_layer *layer, hot_bytes *bytes);

/** What tables and their columns mean, a line each, for who has the tables alone: its first line,
 *  behind the mark by which spreadsheets know UTF-8, and those of a layer as made. */
HOT_MUST_USE hot_status hot_table_format_about_head(hot_bytes *bytes);
HOT_MUST_USE hot_status hot_table_format_about(const hot_layer *layer, hot_bytes *bytes);

/** Every rejected row: file, line, column, reason; in the order of names and lines. */
HOT_MUST_USE hot_status hot_table_format_rejects(const hot_loaded *loaded, hot_bytes *bytes);

/** Every duplicate: file, line, and the row it repeats. */
HOT_MUST_USE hot_status hot_table_format_duplicates(const hot_loaded *loaded, hot_bytes *bytes);

/** One field: quoted where it must be; a text that a spreadsheet would take for a formula begins
 *  with an apostrophe; bytes that are not UTF-8 become U+FFFD. */
HOT_MUST_USE hot_status hot_table_add_text(hot_bytes *bytes, const char *text);

#endif
