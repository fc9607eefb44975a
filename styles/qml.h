/** @file qml.h
 *  The QGIS styles of styles/qml/, as bytes inside the program, so that it needs no data folder.
 *  The definition is written by styles/embed.cmake when the program is built.
 */
#ifndef HOT_STYLES_QML_H
#define HOT_STYLES_QML_H

#include <stddef.h>

/** The style styles/qml/<name>.qml: UTF-8, zero-terminated; NULL when there is none of that name.
 *  @param length  out, bytes without the zero; may be NULL; 0 when there is none */
const char *hot_style_bytes(const char *name, size_t *length);

#endif
