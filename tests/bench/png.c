/* How long do the pictures take?
 *
 * Prints a table; never fails. 4096 x 4096 pixels of a heat map in nine classes, 400 spots of many
 * sizes on a background that has none: as maps/heat.png is written, with a palette, and in full
 * colour as every page is. Medians of nine; the copy says how fast the machine is. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "styles/draw/png.h"
#include "tests/bench/draws.h"

enum { SIDE = 4096, SPOTS = 400, CLASSES = 9, RUNS = 9, PIXELS = SIDE * SIDE, DPI = 150 };

static void *room(size_t bytes)
{
    void *block = malloc(bytes);
    if (!block) abort();
    return block;
}

/** Add a quartic spot. */
static void spot_add(float *heat, double x, double y, double radius, double height)
{
    for (int row = (int)fmax(0, y - radius); row < fmin(SIDE, y + radius); row++)
        for (int col = (int)fmax(0, x - radius); col < fmin(SIDE, x + radius); col++) {
            double dx = (col - x) / radius, dy = (row - y) / radius, rest = 1 - dx * dx - dy * dy;
            if (rest > 0) heat[(size_t)row * SIDE + (size_t)col] += (float)(height * rest * rest);
        }
}

static uint8_t *classes_new(void)
{
    float *heat = room(PIXELS * sizeof *heat);
    uint8_t *classes = room(PIXELS);
    memset(heat, 0, PIXELS * sizeof *heat);
    for (int i = 0; i < SPOTS; i++) {
        double x = SIDE * bench_uniform(), y = SIDE * bench_uniform();
        double radius = 20 + 380 * bench_uniform() * bench_uniform();
        spot_add(heat, x, y, radius, 10 * bench_uniform());
    }
    for (size_t i = 0; i < PIXELS; i++)
        classes[i] = (uint8_t)(heat[i] < CLASSES - 1 ? ceilf(heat[i]) : CLASSES - 1);
    free(heat);
    return classes;
}

static uint32_t *picture_of(const uint8_t *classes)
{
    static const uint32_t colour[CLASSES] = {0xffffff, 0xffffcc, 0xffeda0, 0xfed976, 0xfeb24c,
                                             0xfd8d3c, 0xfc4e2a, 0xe31a1c, 0xb10026};
    uint32_t *picture = room(PIXELS * sizeof *picture);
    for (size_t i = 0; i < PIXELS; i++) picture[i] = colour[classes[i]];
    return picture;
}

static hot_status write_classes(const void *classes, hot_bytes *png)
{
    static const uint8_t rgba[CLASSES * 4] = {0};
    return hot_png_classes(classes, SIDE, SIDE, rgba, CLASSES, NULL, png, NULL);
}

static hot_status write_page(const void *picture, hot_bytes *png)
{
    return hot_png_page(picture, SIDE, SIDE, SIDE * sizeof(uint32_t), DPI, NULL, png, NULL);
}

static double time_of(hot_status (*write)(const void *, hot_bytes *), const void *picture,
                      size_t *bytes)
{
    double took[RUNS];
    for (int run = 0; run < RUNS; run++) {
        hot_bytes png = {0};
        double start = bench_now();
        if (write(picture, &png) != HOT_OK) abort();
        took[run] = bench_now() - start;
        *bytes = png.length;
        hot_bytes_free(&png);
    }
    return bench_median(took, RUNS);
}

static double copy_time(const uint32_t *picture)
{
    uint32_t *to = room(PIXELS * sizeof *to);
    double took[RUNS];
    for (int run = 0; run < RUNS; run++) {
        double start = bench_now();
        memcpy(to, picture, PIXELS * sizeof *to);
        took[run] = bench_now() - start;
    }
    size_t middle = PIXELS / 2;
    double read = to[middle]; /* else no copy would be made */
    free(to);
    return 0 * read + bench_median(took, RUNS);
}

int main(void)
{
    uint8_t *classes = classes_new();
    uint32_t *picture = picture_of(classes);
    size_t bytes = 0;
    printf("%d x %d pixels, %d classes; seconds, median of %d\n", SIDE, SIDE, CLASSES, RUNS);
    printf("copy of the pixels      %8.4f\n", copy_time(picture));
    double took = time_of(write_classes, classes, &bytes);
    printf("classes, a palette      %8.4f  %9zu bytes\n", took, bytes);
    took = time_of(write_page, picture, &bytes);
    printf("page in full colour     %8.4f  %9zu bytes\n", took, bytes);
    free(classes);
    free(picture);
    return 0;
}
