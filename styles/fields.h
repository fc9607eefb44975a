/** @file fields.h
 *  How QGIS shows a layer: its style, and its columns under the names that people read.
 */
#ifndef HOT_STYLES_FIELDS_H
#define HOT_STYLES_FIELDS_H

#include "engine/base/bytes.h"
#include "layers/layer.h"

/** Append the QML of a layer as made: styles/qml/<its name>.qml, else the one that it is declared
 *  with, and behind it the aliases of all its columns, also those that only this run has, and real
 *  numbers to four places. Of a table, which is not drawn, the columns alone.
 *
 *  Nothing is appended for a layer that is drawn and has no style.
 *  @return HOT_OK; HOT_MEMORY, and *qml is then not to be used */
HOT_MUST_USE hot_status hot_style_of(const hot_layer *layer, hot_bytes *qml);

#endif
