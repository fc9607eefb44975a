/** @file legend.h
 *  What a class looks like and is called, read from the QGIS style itself, so that QGIS, the
 *  printed map and the page agree.
 *
 *  Read are the styles of styles/qml/ and what QGIS 3.22 writes back when a designer saves one:
 *  categorised, rule-based and single symbols of fills, lines and markers, and a discrete or
 *  interpolated raster ramp. Of a symbol, its first symbol layer counts.
 */
#ifndef HOT_STYLES_LEGEND_H
#define HOT_STYLES_LEGEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

typedef struct {
    uint8_t red, green, blue, alpha; /**< not premultiplied; 0 = see-through */
} hot_colour;

/** One line of a legend. */
typedef struct {
    double value;       /**< the class; the upper limit of a raster's class (may be infinite);
                             0, 1, ... in order for rules and a single symbol */
    char *label;        /**< UTF-8, owned; "" for none */
    hot_colour fill;    /**< fill, line or marker colour, the symbol's opacity included */
    hot_colour outline; /**< alpha 0 = none */
    double size_mm;     /**< diameter of a marker, width of a line; 0 for a fill */
    double outline_mm;  /**< width of the outline */
} hot_legend_entry;

/** `= {0}` is the empty value. */
typedef struct {
    size_t n, room;
    hot_legend_entry *entry; /**< [n] in the style's order */
} hot_legend;

/** Read a style.
 *
 *  @param qml     `length` bytes; need not be zero-terminated
 *  @param legend  empty before; untouched on failure
 *  @return HOT_OK; HOT_INPUT when it is no well-formed QGIS style, a colour or number cannot be
 *          read, a class names a symbol that is not there or has a value twice, or there is no
 *          class at all; HOT_MEMORY
 */
HOT_MUST_USE hot_status hot_legend_read(const char *qml, size_t length, hot_legend *legend,
                                        hot_error *error);

/** The line of that class, or NULL. */
const hot_legend_entry *hot_legend_class(const hot_legend *legend, double value);

void hot_legend_free(hot_legend *legend);

#endif
