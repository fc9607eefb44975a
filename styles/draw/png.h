/** @file png.h
 *  Pixels to PNG bytes: the only door to libpng.
 *
 *  The same pixels and words give the same bytes: no time is written. Words are written as UTF-8
 *  (iTXt); the caller keeps personal data out of them.
 */
#ifndef HOT_STYLES_DRAW_PNG_H
#define HOT_STYLES_DRAW_PNG_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/bytes.h"
#include "engine/base/status.h"

/** The words inside the file; each may be NULL = not written. UTF-8. */
typedef struct {
    const char *title, *description, *software, *source, *copyright;
} hot_png_words;

/** The most pixels a picture may have (A0 at 300 dpi has 139 million). */
#define HOT_PNG_PIXELS ((int64_t)160 * 1000 * 1000)

/** Encode an opaque page.
 *
 *  @param pixels  rows of 0x00RRGGBB (the top byte is ignored), as a Cairo RGB24 image holds them
 *  @param stride  bytes from row to row, >= 4 * width
 *  @param dpi     dots per inch, 1 to 4800
 *  @param words   may be NULL
 *  @param png     appended to; after a failure its added bytes are taken away again
 *  @return HOT_OK; HOT_DOMAIN for a size outside 1 .. HOT_PNG_PIXELS; HOT_MEMORY; HOT_SYSTEM
 */
HOT_MUST_USE hot_status hot_png_page(const unsigned char *pixels, int width, int height,
                                     size_t stride, int dpi, const hot_png_words *words,
                                     hot_bytes *png, hot_error *error);

/** Encode a picture of classes: one byte per pixel, a palette with alpha.
 *
 *  @param classes  [width * height], row 0 at the top, every value < n
 *  @param rgba     [n * 4] red, green, blue, alpha of each class; not premultiplied
 *  @param n        1 to 256
 *  @return as hot_png_page; HOT_DOMAIN also when a byte is >= n
 */
HOT_MUST_USE hot_status hot_png_classes(const uint8_t *classes, int width, int height,
                                        const uint8_t *rgba, int n, const hot_png_words *words,
                                        hot_bytes *png, hot_error *error);

#endif
