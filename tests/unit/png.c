/** @file png.c
 *  Pictures that are decoded again: pixels, size, words, and that nothing depends on the clock.
 */
#include "styles/draw/png.h"

#include <png.h>

#include "engine/base/memory.h"
#include "tests/check.h"

static unsigned char *decoded(const hot_bytes *png, png_uint_32 format, unsigned *width,
                              unsigned *height)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(&image, png->data, png->length));
    image.format = format;
    unsigned char *pixels = malloc(PNG_IMAGE_SIZE(image));
    assert_non_null(pixels);
    assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
    *width = image.width;
    *height = image.height;
    return pixels;
}

static bool has_chunk(const hot_bytes *png, const char *name)
{
    for (size_t i = 0; i + 4 <= png->length; i++)
        if (memcmp(png->data + i, name, 4) == 0) return true;
    return false;
}

static void page_pixels_come_back(void **state)
{
    (void)state;
    uint32_t pixels[3][4] = {{0xFF0000, 0x00FF00, 0x0000FF, 0}, {0x123456}, {0xFFFFFFFF}};
    hot_bytes png = {0};
    unsigned width, height;
    assert_int_equal(
        hot_png_page((const unsigned char *)pixels, 3, 3, sizeof pixels[0], 150, NULL, &png, NULL),
        HOT_OK);
    unsigned char *rgb = decoded(&png, PNG_FORMAT_RGB, &width, &height);
    static const unsigned char expected[] = {255,  0,    0,    0, 255, 0, 0, 0, 255,
                                             0x12, 0x34, 0x56, 0, 0,   0, 0, 0, 0,
                                             255,  255,  255,  0, 0,   0, 0, 0, 0};
    assert_int_equal(width, 3);
    assert_int_equal(height, 3);
    assert_memory_equal(rgb, expected, sizeof expected);
    free(rgb);
    hot_bytes_free(&png);
}

static void words_and_no_clock(void **state)
{
    (void)state;
    uint32_t pixel = 0;
    hot_bytes one = {0}, two = {0};
    hot_png_words words = {.title = "Llanfair\xE2\x80\x93 ward", .copyright = "\xC2\xA9 Crown"};
    for (int i = 0; i < 2; i++)
        assert_int_equal(hot_png_page((const unsigned char *)&pixel, 1, 1, 4, 150, &words,
                                      i ? &two : &one, NULL),
                         HOT_OK);
    assert_int_equal(one.length, two.length);
    assert_memory_equal(one.data, two.data, one.length);
    assert_true(has_chunk(&one, "iTXt") && has_chunk(&one, "pHYs") && has_chunk(&one, "sRGB"));
    assert_false(has_chunk(&one, "tIME"));
    hot_bytes_free(&one);
    hot_bytes_free(&two);
}

static void classes_have_the_palette(void **state)
{
    (void)state;
    static const uint8_t classes[] = {0, 1, 2, 2};
    static const uint8_t rgba[] = {255, 255, 255, 0, 10, 20, 30, 255, 200, 100, 50, 128};
    hot_bytes png = {0};
    unsigned width, height;
    assert_int_equal(hot_png_classes(classes, 2, 2, rgba, 3, NULL, &png, NULL), HOT_OK);
    unsigned char *out = decoded(&png, PNG_FORMAT_RGBA, &width, &height);
    assert_memory_equal(out,
                        ((unsigned char[]){255, 255, 255, 0, 10, 20, 30, 255, 200, 100, 50, 128,
                                           200, 100, 50, 128}),
                        16);
    free(out);
    hot_bytes_free(&png);
}

/* 16 classes lie two to a byte, 17 do not; widths odd and even. */
static void classes_come_back_from_either_depth(void **state)
{
    (void)state;
    uint8_t classes[2 * 7], rgba[17 * 4];
    for (size_t i = 0; i < sizeof rgba; i++) rgba[i] = (uint8_t)(i % 4 == 3 ? 255 : 7 * i);
    for (int n = 15; n <= 17; n++)
        for (int wide = 5; wide <= 7; wide++) {
            hot_bytes png = {0};
            unsigned width, height;
            for (int i = 0; i < 2 * wide; i++) classes[i] = (uint8_t)((i * 5 + n - 1) % n);
            assert_int_equal(hot_png_classes(classes, wide, 2, rgba, n, NULL, &png, NULL), HOT_OK);
            unsigned char *out = decoded(&png, PNG_FORMAT_RGBA, &width, &height);
            assert_int_equal(width, wide);
            assert_int_equal(height, 2);
            for (int i = 0; i < 2 * wide; i++)
                assert_memory_equal(out + 4 * i, rgba + 4 * classes[i], 4);
            free(out);
            hot_bytes_free(&png);
        }
}

static void refusals_leave_the_bytes(void **state)
{
    (void)state;
    static const uint8_t classes[] = {3}, rgba[8] = {0};
    uint32_t pixel = 0;
    hot_error error = {{0}};
    hot_bytes png = {0};
    assert_int_equal(hot_bytes_add_text(&png, "kept"), HOT_OK);
    assert_int_equal(hot_png_classes(classes, 1, 1, rgba, 2, NULL, &png, &error), HOT_DOMAIN);
    assert_true(strlen(error.text) > 10);
    assert_int_equal(hot_png_page((const unsigned char *)&pixel, 0, 1, 4, 150, NULL, &png, &error),
                     HOT_DOMAIN);
    assert_int_equal(
        hot_png_page((const unsigned char *)&pixel, 1 << 20, 1 << 20, 4, 150, NULL, &png, &error),
        HOT_DOMAIN);
    assert_int_equal(png.length, 4);
    hot_bytes_free(&png);
}

static void memory_may_fail_anywhere(void **state)
{
    (void)state;
    uint32_t pixel = 0;
    hot_png_words words = {.title = "a"};
    hot_status status = HOT_MEMORY;
    for (long n = 0; status != HOT_OK && n < 200; n++) {
        hot_bytes png = {0};
        hot_memory_fail_after(n);
        status = hot_png_page((const unsigned char *)&pixel, 1, 1, 4, 150, &words, &png, NULL);
        hot_memory_fail_after(-1);
        if (status != HOT_OK) assert_int_equal(png.length, 0);
        hot_bytes_free(&png);
    }
    assert_int_equal(status, HOT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_pixels_come_back),
        cmocka_unit_test(words_and_no_clock),
        cmocka_unit_test(classes_have_the_palette),
        cmocka_unit_test(refusals_leave_the_bytes),
        cmocka_unit_test(classes_come_back_from_either_depth),
        cmocka_unit_test(memory_may_fail_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
