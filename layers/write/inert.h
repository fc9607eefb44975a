/** @file inert.h
 *  Text from data on its way into a file of another language: whole, and nothing but text there.
 *
 *  Every function appends to `bytes`; HOT_MEMORY leaves the beginning of the text behind, and the
 *  file is then not to be written. Cost O(length).
 */
#ifndef HOT_LAYERS_WRITE_INERT_H
#define HOT_LAYERS_WRITE_INERT_H

#include "engine/base/bytes.h"

/** The text, each byte that is not UTF-8 (a file's name may hold some) as U+FFFD. */
HOT_MUST_USE hot_status hot_inert_utf8(hot_bytes *bytes, const char *text);

/** A string literal of SQL; NULL = NULL. */
HOT_MUST_USE hot_status hot_inert_sql(hot_bytes *bytes, const char *text);

/** Content of an XML element, or of an attribute in double quotes. What XML cannot hold (control characters, U+FFFE) is written as
 *  U+FFFD. '<' and '>' become the quotation marks U+2039 and U+203A: QGIS shows its metadata as
 *  HTML without escaping it, so that an escaped '<' would come alive there. */
HOT_MUST_USE hot_status hot_inert_xml(hot_bytes *bytes, const char *text);

#endif
