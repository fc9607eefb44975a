#define _POSIX_C_SOURCE 200809L /* strnlen */

#include "styles/draw/png.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

#include "engine/base/memory.h"

/** What libpng's callbacks write to and where they leave the reason of a failure. */
typedef struct {
    hot_bytes *out;
    hot_status status;
    char reason[128];
} sink;

static void write_bytes(png_structp png, png_bytep from, size_t length)
{
    sink *to = png_get_io_ptr(png);
    to->status = hot_bytes_add(to->out, from, length);
    if (to->status != HOT_OK) png_error(png, "no memory");
}

static void write_nothing(png_structp png)
{
    (void)png;
}

static void keep_reason(png_structp png, png_const_charp text)
{
    sink *to = png_get_error_ptr(png);
    size_t n = strnlen(text, sizeof to->reason - 1);
    memcpy(to->reason, text, n);
    to->reason[n] = 0;
    if (to->status == HOT_OK) to->status = HOT_SYSTEM;
    png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void *give(png_structp png, size_t size)
{
    (void)png;
    return hot_new_raw(size, 1);
}

static void take_back(png_structp png, void *block)
{
    (void)png;
    hot_free(block);
}

typedef struct {
    png_structp png;
    png_infop info;
} encoder;

static hot_status encoder_new(encoder *e, sink *to)
{
    e->info = NULL;
    e->png = png_create_write_struct_2(PNG_LIBPNG_VER_STRING, to, keep_reason, ignore_warning, NULL,
                                       give, take_back);
    if (!e->png) return HOT_MEMORY;
    png_set_write_fn(e->png, to, write_bytes, write_nothing);
    e->info = png_create_info_struct(e->png);
    if (e->info) return HOT_OK;
    png_destroy_write_struct(&e->png, NULL);
    return HOT_MEMORY;
}

/** One word of the file. libpng's field is not const, though what it points to is only copied. */
static void word_set(const encoder *e, const char *key, const char *text)
{
    char name[32], language[] = "en-GB";
    if (!text || !*text) return;
    size_t n = strlen(key) + 1;
    memcpy(name, key, n);
    png_text word = {.compression = PNG_ITXT_COMPRESSION_NONE, .key = name, .lang = language};
    memcpy(&word.text, &text, sizeof text);
    word.itxt_length = strlen(text);
    png_set_text(e->png, e->info, &word, 1);
}

static void words_set(const encoder *e, const hot_png_words *words)
{
    if (!words) return;
    word_set(e, "Title", words->title);
    word_set(e, "Description", words->description);
    word_set(e, "Software", words->software);
    word_set(e, "Source", words->source);
    word_set(e, "Copyright", words->copyright);
}

static hot_status size_judge(int width, int height, hot_error *error)
{
    if (width >= 1 && height >= 1 && (int64_t)width * height <= HOT_PNG_PIXELS) return HOT_OK;
    return hot_fail(error, HOT_DOMAIN, "A picture of %d by %d pixels cannot be written.", width,
                    height);
}

/** Close the encoder; on failure take the added bytes away and say why. */
static hot_status finish(encoder *e, sink *to, size_t before, hot_error *error)
{
    png_destroy_write_struct(&e->png, &e->info);
    if (to->status == HOT_OK) return HOT_OK;
    to->out->length = before;
    return hot_fail(error, to->status, "The picture could not be encoded: %s.", to->reason);
}

/** Red, green, blue of one row, whatever the machine's byte order. */
static void row_pack(const unsigned char *row, int width, unsigned char *rgb)
{
    for (int i = 0; i < width; i++, row += 4, rgb += 3) {
        uint32_t pixel;
        memcpy(&pixel, row, 4);
        rgb[0] = (unsigned char)(pixel >> 16);
        rgb[1] = (unsigned char)(pixel >> 8);
        rgb[2] = (unsigned char)pixel;
    }
}

/** Level 1 without filters: flat areas of a map deflate best unfiltered, and fastest. */
static void page_begin(const encoder *e, int width, int height, int dpi, const hot_png_words *words)
{
    png_uint_32 per_metre = (png_uint_32)(dpi / 0.0254 + 0.5);
    png_set_IHDR(e->png, e->info, (png_uint_32)width, (png_uint_32)height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(e->png, e->info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_set_pHYs(e->png, e->info, per_metre, per_metre, PNG_RESOLUTION_METER);
    words_set(e, words);
    png_set_compression_level(e->png, 1);
    png_set_compression_buffer_size(e->png, 64 * 1024);
    png_set_filter(e->png, 0, PNG_FILTER_NONE);
    png_write_info(e->png, e->info);
}

hot_status hot_png_page(const unsigned char *pixels, int width, int height, size_t stride, int dpi,
                        const hot_png_words *words, hot_bytes *out, hot_error *error)
{
    HOT_TRY(size_judge(width, height, error));
    if (dpi < 1 || dpi > 4800 || stride / 4 < (size_t)width) return HOT_DOMAIN;
    unsigned char *rgb = hot_new_raw((size_t)width, 3);
    if (!rgb) return hot_fail(error, HOT_MEMORY, "There is no memory for a picture.");
    sink to = {.out = out};
    size_t before = out->length;
    encoder e;
    if (encoder_new(&e, &to) != HOT_OK) {
        hot_free(rgb);
        return hot_fail(error, HOT_MEMORY, "There is no memory for a picture.");
    }
    if (setjmp(png_jmpbuf(e.png)) == 0) {
        page_begin(&e, width, height, dpi, words);
        for (int y = 0; y < height; y++) {
            row_pack(pixels + (size_t)y * stride, width, rgb);
            png_write_row(e.png, rgb);
        }
        png_write_end(e.png, e.info);
    }
    hot_free(rgb);
    return finish(&e, &to, before, error);
}

/** Pack a row of classes, two to a byte where all fit into four bits, which halves what zlib has to
 *  look at. @return the highest class */
static uint8_t row_classes(const uint8_t *classes, size_t width, bool halves, uint8_t *out)
{
    uint8_t top = 0;
    for (size_t i = 0; i < width; i++) top = classes[i] > top ? classes[i] : top;
    if (!halves) {
        memcpy(out, classes, width);
        return top;
    }
    for (size_t i = 0; i < width / 2; i++)
        out[i] = (uint8_t)((uint8_t)(classes[2 * i] << 4) | classes[2 * i + 1]);
    if (width % 2) out[width / 2] = (uint8_t)(classes[width - 1] << 4);
    return top;
}

/** zlib's Z_RLE: classes lie in long runs, which it finds faster and packs smaller. */
enum { RUN_LENGTHS = 3 };

/** Classes that fit into half a byte. */
enum { HALF_BYTE = 16 };

static void classes_begin(const encoder *e, int width, int height, const uint8_t *rgba, int n,
                          const hot_png_words *words)
{
    png_color colour[256];
    png_byte alpha[256];
    for (int i = 0; i < n; i++) {
        colour[i] = (png_color){rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]};
        alpha[i] = rgba[4 * i + 3];
    }
    png_set_IHDR(e->png, e->info, (png_uint_32)width, (png_uint_32)height, n <= HALF_BYTE ? 4 : 8,
                 PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_check_for_invalid_index(e->png, 0); /* row_classes looks */
    png_set_PLTE(e->png, e->info, colour, n);
    png_set_tRNS(e->png, e->info, alpha, n, NULL);
    png_set_sRGB(e->png, e->info, PNG_sRGB_INTENT_PERCEPTUAL);
    words_set(e, words);
    png_set_compression_level(e->png, 1);
    png_set_compression_strategy(e->png, RUN_LENGTHS);
    png_set_compression_buffer_size(e->png, 64 * 1024);
    png_set_filter(e->png, 0, PNG_FILTER_NONE);
    png_write_info(e->png, e->info);
}

static void classes_write(const encoder *e, sink *to, const uint8_t *classes, int width, int height,
                          int n, uint8_t *row)
{
    for (int y = 0; y < height; y++, classes += width) {
        if (row_classes(classes, (size_t)width, n <= HALF_BYTE, row) >= n) {
            to->status = HOT_DOMAIN;
            png_error(e->png, "a pixel has a class that the palette does not have");
        }
        png_write_row(e->png, row);
    }
    png_write_end(e->png, e->info);
}

hot_status hot_png_classes(const uint8_t *classes, int width, int height, const uint8_t *rgba,
                           int n, const hot_png_words *words, hot_bytes *out, hot_error *error)
{
    HOT_TRY(size_judge(width, height, error));
    if (n < 1 || n > 256)
        return hot_fail(error, HOT_DOMAIN, "A palette of %d classes cannot be written.", n);
    sink to = {.out = out};
    size_t before = out->length;
    encoder e;
    uint8_t *row = hot_new_raw((size_t)width, 1);
    if (!row || encoder_new(&e, &to) != HOT_OK) {
        hot_free(row);
        return hot_fail(error, HOT_MEMORY, "There is no memory for a picture.");
    }
    if (setjmp(png_jmpbuf(e.png)) == 0) {
        classes_begin(&e, width, height, rgba, n, words);
        classes_write(&e, &to, classes, width, height, n, row);
    }
    hot_free(row);
    return finish(&e, &to, before, error);
}
