/** @file text.h
 *  Words on the page: wrapped, never wider than their room, harmless whatever they hold.
 *  For styles/draw only.
 */
#ifndef HOT_STYLES_DRAW_TEXT_H
#define HOT_STYLES_DRAW_TEXT_H

#include "styles/draw/canvas.h"

/** How a text is set. */
typedef struct {
    double pt; /**< size in points */
    bool bold;
    hot_ink ink;
    double width; /**< px; longer text wraps; 0 = as wide as it is */
    int lines;    /**< most lines, then an ellipsis; 0 = 1 */
    PangoAlignment align;
    double halo;  /**< px of white around the letters; 0 = none */
    double angle; /**< radians, clockwise, about the text's middle */
} hot_setting;

/** A copy that is safe to draw: valid UTF-8 (broken bytes become U+FFFD), control characters and
 *  line ends become blanks, direction overrides are left out, at most `most` characters.
 *  NULL without memory. Free with hot_free. */
char *hot_clean(const char *text, size_t most);

/** Width and height in pixels that the text will take. */
void hot_text_measure(const hot_canvas *canvas, const hot_setting *setting, const char *text,
                      double *width, double *height);

/** Draw the text with its top-left corner at (x, y). `text` may hold anything; NULL draws nothing.
 *  @return its height in pixels */
double hot_text_draw(const hot_canvas *canvas, const hot_setting *setting, double x, double y,
                     const char *text);

#endif
