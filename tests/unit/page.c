/** @file page.c
 *  Map pages of a small made-up country, drawn, decoded and looked at by their pixels.
 *
 *  Two square wards of 2 km side by side, W1 in the west and W2 in the east. The south of W1 is
 *  hot (300 per km2, class 6), everything else is cold.
 */
#include "styles/draw/page.h"

#include <png.h>
#include <pthread.h>

#include "engine/base/memory.h"
#include "styles/draw/sentences.h"
#include "styles/legend.h"
#include "styles/qml.h"
#include "tests/check.h"

enum { WEST = 400000, SOUTH = 200000, SIDE = 2000, CELL = 50, DPI = 75 };

static const hot_column area_columns[] = {
    {"code", HOT_TEXT, "", "", ""},         {"name", HOT_TEXT, "", "", ""},
    {"incidents", HOT_INTEGER, "", "", ""}, {"share", HOT_REAL, "", "", ""},
    {"rank", HOT_INTEGER, "", "", ""},      {"peak_per_km2", HOT_REAL, "", "", ""},
};
static const hot_column word_columns[] = {{"key", HOT_TEXT, "", "", ""},
                                          {"value", HOT_TEXT, "", "", ""}};
static const hot_column repeat_columns[] = {{"class", HOT_INTEGER, "", "", ""}};
static const hot_declaration areas_declared = {.name = "ward",
                                               .title = "",
                                               .about = "",
                                               .geometry = HOT_POLYGON,
                                               .columns = area_columns,
                                               .n_columns = 6};
static const hot_declaration words_declared = {
    .name = "run_metadata", .title = "", .about = "", .columns = word_columns, .n_columns = 2};
static const hot_declaration incidents_declared = {
    .name = "incidents", .title = "", .about = "", .geometry = HOT_POINT};
static const hot_declaration repeats_declared = {.name = "repeats",
                                                 .title = "",
                                                 .about = "",
                                                 .geometry = HOT_POINT,
                                                 .columns = repeat_columns,
                                                 .n_columns = 1};

static hot_layer *layer_add(hot_result *r, const hot_declaration *declared, size_t n)
{
    hot_layer *layer = hot_result_add(r);
    assert_non_null(layer);
    assert_int_equal(hot_layer_new(declared, NULL, NULL, n, layer), HOT_OK);
    return layer;
}

static void square_add(hot_shapes *s, double west, double south, double side)
{
    const double x[] = {west, west + side, west + side, west, west};
    const double y[] = {south, south, south + side, south + side, south};
    for (int i = 0; i < 5; i++) assert_int_equal(hot_shapes_add(s, x[i], y[i]), HOT_OK);
    assert_int_equal(hot_shapes_end_ring(s), HOT_OK);
    assert_int_equal(hot_shapes_end_part(s), HOT_OK);
    assert_int_equal(hot_shapes_end(s), HOT_OK);
}

static void areas_add(hot_result *r, const char *name, int64_t incidents)
{
    hot_layer *areas = layer_add(r, &areas_declared, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(hot_layer_set_text(areas, "code", i, i ? "W2" : "W1"), HOT_OK);
        assert_int_equal(hot_layer_set_text(areas, "name", i, i ? "Eastern" : name), HOT_OK);
        hot_layer_set_integer(areas, "incidents", i, i ? 0 : incidents);
        hot_layer_set_real(areas, "share", i, i ? 0 : 1);
        hot_layer_set_integer(areas, "rank", i, (int64_t)i + 1);
        square_add(&areas->shapes, WEST + (double)i * SIDE, SOUTH, SIDE);
    }
}

/** Incidents on a row of places in the south of W1, three at each. */
static void incidents_add(hot_result *r, size_t n)
{
    hot_layer *points = layer_add(r, &incidents_declared, n);
    for (size_t i = 0; i < n; i++) {
        size_t place = i / 3;
        points->x[i] = WEST + 300 + 50.0 * (double)place;
        points->y[i] = SOUTH + 500;
    }
}

static void surface_add(hot_result *r)
{
    hot_frame f = {WEST - 100, SOUTH + SIDE + 100, CELL, 2 * SIDE / CELL + 4, SIDE / CELL + 4};
    r->surface.frame = f;
    r->surface.value = hot_new_raw((size_t)hot_frame_size(&f), sizeof(float));
    assert_non_null(r->surface.value);
    for (int32_t row = 0; row < f.rows; row++)
        for (int32_t col = 0; col < f.cols; col++) {
            double x = hot_frame_x(&f, col), y = hot_frame_y(&f, row);
            bool inside = x > WEST && x < WEST + 2 * SIDE && y > SOUTH && y < SOUTH + SIDE;
            bool hot = x < WEST + SIDE && y < SOUTH + 1000;
            r->surface.value[row * f.cols + col] = !inside ? NAN : hot ? 300 : 1;
        }
}

static void words_add(hot_result *r, const char *title, const char *show_places)
{
    const char *const words[][2] = {
        {"title", title},
        {"place", "Made-up"},
        {"period", "January 2025"},
        {"mapped", "60 of 61 incidents mapped"},
        {"profile", "internal"},
        {"marking", "OFFICIAL"},
        {"kernel", "quartic"},
        {"bandwidth", "250 m"},
        {"cell", "50 m"},
        {"area_sets", "ward beat"},
        {"snapped", "1"},
        {"fictional", "1"},
        {"warning_1", "A warning."},
        {"show_places", show_places},
    };
    hot_layer *layer = layer_add(r, &words_declared, COUNT(words));
    for (size_t i = 0; i < COUNT(words); i++) {
        assert_int_equal(hot_layer_set_text(layer, "key", i, words[i][0]), HOT_OK);
        assert_int_equal(hot_layer_set_text(layer, "value", i, words[i][1]), HOT_OK);
    }
}

static hot_result country(size_t incidents, const char *name, const char *title)
{
    hot_result r = {.epsg = 27700};
    areas_add(&r, name, (int64_t)incidents);
    incidents_add(&r, incidents);
    surface_add(&r);
    words_add(&r, title, "0");
    return r;
}

/** A page as drawn and as decoded. */
typedef struct {
    hot_bytes png, world, aux;
    unsigned char *rgb;
    int width, height;
    double line[6]; /* of the world file */
} drawn;

static hot_status draw(hot_pen *pen, const hot_page *page, drawn *out)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    hot_error error = {{0}};
    *out = (drawn){0};
    hot_status status = hot_page_draw(pen, page, &out->png, &out->world, &out->aux, &error);
    if (status != HOT_OK) {
        assert_true(strlen(error.text) > 10);
        assert_int_equal(out->png.length + out->world.length + out->aux.length, 0);
        return status;
    }
    assert_true(png_image_begin_read_from_memory(&image, out->png.data, out->png.length));
    image.format = PNG_FORMAT_RGB;
    out->rgb = malloc(PNG_IMAGE_SIZE(image));
    assert_true(png_image_finish_read(&image, NULL, out->rgb, 0, NULL));
    out->width = (int)image.width;
    out->height = (int)image.height;
    assert_int_equal(hot_bytes_add(&out->world, "", 1), HOT_OK);
    char *at = (char *)out->world.data;
    for (int i = 0; i < 6; i++) out->line[i] = strtod(at, &at);
    return status;
}

static void drawn_free(drawn *d)
{
    hot_bytes_free(&d->png);
    hot_bytes_free(&d->world);
    hot_bytes_free(&d->aux);
    free(d->rgb);
}

/** The colour of the pixel that the world file lays on (x, y), as 0xRRGGBB. */
static unsigned colour_at(const drawn *d, double x, double y)
{
    int i = (int)lround((x - d->line[4]) / d->line[0]),
        j = (int)lround((y - d->line[5]) / d->line[3]);
    assert_in_range(i, 0, d->width - 1);
    assert_in_range(j, 0, d->height - 1);
    const unsigned char *p = d->rgb + 3 * ((size_t)j * (size_t)d->width + (size_t)i);
    return (unsigned)(p[0] << 16 | p[1] << 8 | p[2]);
}

static unsigned legend_colour(const char *style, double class_)
{
    size_t length;
    hot_legend legend = {0};
    const char *qml = hot_style_bytes(style, &length);
    assert_int_equal(hot_legend_read(qml, length, &legend, NULL), HOT_OK);
    hot_colour c = hot_legend_class(&legend, class_)->fill;
    hot_legend_free(&legend);
    return (unsigned)(c.red << 16 | c.green << 8 | c.blue);
}

static hot_pen *pen_new(void)
{
    hot_pen *pen = NULL;
    hot_error error = {{0}};
    if (hot_pen_new(&pen, &error) != HOT_OK) print_error("%s\n", error.text);
    assert_non_null(pen);
    return pen;
}

static void heat_has_the_legend_s_colour(void **state)
{
    hot_result r = country(60, "Western", "Noise");
    hot_page page = {.result = &r, .set = "ward", .code = "W1", .dpi = DPI};
    drawn d;
    assert_int_equal(draw(*state, &page, &d), HOT_OK);
    assert_true((d.width == 620 && d.height == 877) || (d.width == 877 && d.height == 620));
    assert_int_equal(colour_at(&d, WEST + 400, SOUTH + 300), legend_colour("density", 6));
    assert_int_equal(colour_at(&d, WEST + 400, SOUTH + 1800), 0xFFFFFF);
    assert_memory_equal(d.aux.data, "<PAMDataset>", 12);
    drawn_free(&d);
    hot_result_free(&r);
}

static void world_file_lies_on_the_boundary(void **state)
{
    hot_result r = country(60, "Western", "Noise");
    hot_page page = {.result = &r, .set = "ward", .code = "W1", .dpi = DPI};
    drawn d;
    assert_int_equal(draw(*state, &page, &d), HOT_OK);
    check_near(d.line[0], -d.line[3], 0);
    check_near(d.line[1], 0, 0);
    /* The west edge of the ward is a dark line on a bright ground, within a pixel. */
    double m = d.line[0], y = SOUTH + 1500;
    unsigned on = colour_at(&d, WEST, y), off = colour_at(&d, WEST + 8 * m, y);
    assert_true((on & 0xFF) < 0x60 && (off & 0xFF) > 0xF0);
    drawn_free(&d);
    hot_result_free(&r);
}

static void outside_is_grey_and_never_hot(void **state)
{
    hot_result r = country(60, "Western", "Noise");
    hot_page page = {.result = &r, .set = "ward", .dpi = DPI};
    drawn d;
    assert_int_equal(draw(*state, &page, &d), HOT_OK);
    unsigned out = colour_at(&d, WEST + 500, SOUTH - 45);
    assert_int_equal(out, 0xECEDEE);
    assert_int_equal(colour_at(&d, WEST + 600, SOUTH + 300), legend_colour("density", 6));
    drawn_free(&d);
    hot_result_free(&r);
}

static void few_incidents_are_points(void **state)
{
    hot_result r = country(9, "Western", "Noise");
    hot_page page = {.result = &r, .set = "ward", .code = "W1", .dpi = DPI};
    drawn d;
    assert_int_equal(draw(*state, &page, &d), HOT_OK);
    assert_int_equal(colour_at(&d, WEST + 1500, SOUTH + 300), 0xFFFFFF);
    unsigned dot = colour_at(&d, WEST + 300, SOUTH + 500);
    assert_true((dot >> 16) > 0xC0 && (dot & 0xFF) < 0x80);
    drawn_free(&d);
    hot_result_free(&r);
}

/** Do two results give the same page of W1? */
static bool same_page(hot_pen *pen, const hot_result *one, const hot_result *other)
{
    drawn d[2];
    for (int i = 0; i < 2; i++) {
        hot_page page = {.result = i ? other : one, .set = "ward", .code = "W1", .dpi = DPI};
        assert_int_equal(draw(pen, &page, &d[i]), HOT_OK);
    }
    bool same = d[0].png.length == d[1].png.length &&
                memcmp(d[0].png.data, d[1].png.data, d[0].png.length) == 0;
    drawn_free(&d[0]);
    drawn_free(&d[1]);
    return same;
}

static void the_densest_spot_is_told_of_heat_alone(void **state)
{
    for (int heat = 0; heat < 2; heat++) {
        hot_result without = country(heat ? 60 : 9, "Western", "Noise"),
                   with = country(heat ? 60 : 9, "Western", "Noise");
        hot_layer_set_real(&with.layers[0], "peak_per_km2", 0, 300);
        assert_int_equal(same_page(*state, &without, &with), !heat);
        hot_result_free(&without);
        hot_result_free(&with);
    }
}

/** Is a note that holds these words on a map of the whole country? */
static bool is_noted(hot_pen *pen, const hot_result *r, bool bounded, const char *words)
{
    hot_page page = {.result = r};
    hot_canvas c = {.pen = pen, .page = &page, .result = r, .row = -1, .show = HOT_SHOW_HEAT};
    c.study = bounded ? &r->layers[0] : NULL;
    c.view = (hot_view){0, 0, 2 * SIDE / 10 - 10, SIDE / 10 - 10, WEST + 50, SOUTH + SIDE - 50, 10};
    hot_sentences said = {0};
    bool found = false;
    assert_int_equal(hot_sentences_show(&c, &said), HOT_OK);
    for (size_t i = 0; i < said.n_notes; i++) found = found || strstr(said.note[i], words);
    hot_sentences_free(&said);
    return found;
}

static void in_a_town_centre_the_rate_is_per_km2(void **state)
{
    for (int unfit = 0; unfit < 2; unfit++) {
        hot_result r = country(60, "Western", "Noise");
        hot_layer *areas = &r.layers[0];
        hot_page page = {.result = &r, .set = "ward", .code = "W1"};
        hot_canvas c = {.pen = *state, .page = &page, .result = &r, .set = areas};
        c.show = HOT_SHOW_POINTS;
        bool noted = false;
        hot_sentences said = {0};
        assert_int_equal(hot_layer_add_column(areas, "denominator_unfit", HOT_INTEGER, "", "", ""),
                         HOT_OK);
        assert_int_equal(hot_layer_add_column(areas, "rate_per_1000", HOT_REAL, "", "", ""),
                         HOT_OK);
        assert_int_equal(hot_layer_add_column(areas, "per_km2", HOT_REAL, "", "", ""), HOT_OK);
        hot_layer_set_integer(areas, "denominator_unfit", 0, unfit);
        hot_layer_set_real(areas, "rate_per_1000", 0, 82.04);
        hot_layer_set_real(areas, "per_km2", 0, 254.06);
        assert_int_equal(hot_sentences_write(&c, &said), HOT_OK);
        assert_int_equal(strstr(said.facts, "82.0 per 1,000 residents") != NULL, !unfit);
        assert_int_equal(strstr(said.facts, "254.1 per km²") != NULL, unfit);
        assert_int_equal(hot_sentences_show(&c, &said), HOT_OK);
        for (size_t k = 0; k < said.n_notes; k++)
            noted = noted || strstr(said.note[k], "No rate per resident");
        assert_int_equal(noted, unfit);
        hot_sentences_free(&said);
        hot_result_free(&r);
    }
}

static void one_colour_all_over_is_said(void **state)
{
    hot_result r = country(60, "Western", "Noise");
    hot_frame f = r.surface.frame;
    assert_false(is_noted(*state, &r, true, "in the highest class"));
    assert_false(is_noted(*state, &r, true, "edge densities are too low")); /* no ground beyond */
    for (int32_t row = 0; row < f.rows; row++)
        for (int32_t col = 0; col < f.cols * 6 / 10; col++)
            if (!isnan(r.surface.value[row * f.cols + col]))
                r.surface.value[row * f.cols + col] = 500;
    assert_true(is_noted(*state, &r, true, "in the highest class"));
    r.surface.value[f.cols * 10 + 10] = NAN;
    assert_true(is_noted(*state, &r, true, "edge densities are too low"));
    assert_false(is_noted(*state, &r, false, "edge densities are too low"));
    for (int64_t k = 0; k < hot_frame_size(&f); k++)
        if (r.surface.value[k] >= 500) r.surface.value[k] = 499;
    assert_false(is_noted(*state, &r, true, "in the highest class"));
    hot_result_free(&r);
}

static void an_area_without_a_name_bears_its_code(void **state)
{
    hot_result nameless = country(60, "", "Noise"), coded = country(60, "W1", "Noise"),
               named = country(60, "Western", "Noise");
    assert_true(same_page(*state, &nameless, &coded));
    assert_false(same_page(*state, &nameless, &named));
    hot_result_free(&nameless);
    hot_result_free(&coded);
    hot_result_free(&named);
}

/** Where the study area reaches beyond the last cell's middle, the colour goes with it. */
static void heat_reaches_the_edge(void **state)
{
    hot_result r = country(60, "Western", "Noise");
    hot_frame f = r.surface.frame;
    for (int32_t row = 0; row < f.rows; row++) /* the cell just inside the west edge has no value */
        r.surface.value[row * f.cols + 2] = NAN;
    hot_page page = {.result = &r, .set = "ward", .dpi = 300};
    drawn d;
    assert_int_equal(draw(*state, &page, &d), HOT_OK);
    assert_int_equal(colour_at(&d, WEST + 35, SOUTH + 300), legend_colour("density", 6));
    assert_int_equal(colour_at(&d, WEST - 45, SOUTH + 300), 0xECEDEE);
    drawn_free(&d);
    hot_result_free(&r);
}

static void an_empty_area_is_quiet(void **state)
{
    hot_result r = country(60, "Western", "Noise");
    hot_page page = {.result = &r, .set = "ward", .code = "W2", .dpi = DPI};
    drawn d;
    assert_int_equal(draw(*state, &page, &d), HOT_OK);
    assert_int_equal(colour_at(&d, WEST + SIDE + 300, SOUTH + 300), 0xFFFFFF);
    drawn_free(&d);
    hot_result_free(&r);
}

typedef struct {
    hot_pen *pen;
    const hot_page *page;
    drawn out;
} job;

static void *work(void *at)
{
    job *j = at;
    draw(j->pen, j->page, &j->out);
    return NULL;
}

static void same_bytes_on_any_thread(void **state)
{
    hot_result r = country(60, "Western", "Noise");
    hot_page page = {.result = &r, .set = "ward", .code = "W1", .dpi = DPI};
    job jobs[3];
    pthread_t threads[2];
    for (int i = 0; i < 3; i++) jobs[i] = (job){.pen = i ? pen_new() : *state, .page = &page};
    for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, work, &jobs[i]);
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    work(&jobs[2]);
    for (int i = 1; i < 3; i++) {
        assert_int_equal(jobs[0].out.png.length, jobs[i].out.png.length);
        assert_memory_equal(jobs[0].out.png.data, jobs[i].out.png.data, jobs[i].out.png.length);
        hot_pen_free(jobs[i].pen);
        drawn_free(&jobs[i].out);
    }
    drawn_free(&jobs[0].out);
    hot_result_free(&r);
}

static void hostile_words_are_harmless(void **state)
{
    static char endless[10001];
    memset(endless, 'W', sizeof endless - 1);
    const char *const names[] = {
        endless,
        "",
        "broken \xC3\x28 \xFF\xFE bytes \xE2\x82",
        "\x1B[31mred\x1B[0m\nnew line\ttab\x7F",
        "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x80\xAE override",
        "<b>markup</b> & %s %n",
        "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81",
    };
    for (size_t i = 0; i < COUNT(names); i++) {
        hot_result r = country(60, names[i], names[i]);
        hot_page page = {.result = &r, .set = "ward", .code = "W1", .dpi = DPI};
        drawn d;
        assert_int_equal(draw(*state, &page, &d), HOT_OK);
        for (int j = 0; j < d.width; j++) { /* nothing runs off the sheet */
            const unsigned char *left = d.rgb + 3 * (size_t)d.width * (size_t)(j % d.height);
            assert_int_equal(left[0] + left[1] + left[2], 3 * 255);
            left += 3 * (size_t)(d.width - 1);
            assert_int_equal(left[0] + left[1] + left[2], 3 * 255);
        }
        drawn_free(&d);
        hot_result_free(&r);
    }
}

static void repeat_places_only_when_asked(void **state)
{
    for (int asked = 0; asked < 2; asked++) {
        hot_result r = {.epsg = 0};
        areas_add(&r, "Western", 60);
        incidents_add(&r, 60);
        words_add(&r, "Noise", asked ? "1" : "0");
        hot_layer *repeats = layer_add(&r, &repeats_declared, 1);
        repeats->x[0] = WEST + 1700;
        repeats->y[0] = SOUTH + 1700;
        hot_layer_set_integer(repeats, "class", 0, 4);
        hot_page page = {.result = &r, .set = "ward", .code = "W1", .dpi = DPI};
        drawn d;
        assert_int_equal(draw(*state, &page, &d), HOT_OK);
        assert_int_equal(colour_at(&d, WEST + 1700, SOUTH + 1700) != 0xFFFFFF, asked);
        assert_int_equal(d.aux.length, 0);
        drawn_free(&d);
        hot_result_free(&r);
    }
}

static void what_cannot_be_drawn_is_refused(void **state)
{
    hot_result r = country(60, "Western", "Noise"), nothing = {0};
    const struct {
        hot_page page;
        hot_status status;
    } cases[] = {
        {{.result = &r, .set = "parish"}, HOT_USAGE},
        {{.result = &r, .set = "ward", .code = "W9"}, HOT_USAGE},
        {{.result = &r, .set = "ward", .dpi = 5000}, HOT_USAGE},
        {{.result = &r, .set = "ward", .width_mm = 20, .height_mm = 200}, HOT_USAGE},
        {{.result = &r, .set = "ward", .width_mm = NAN, .height_mm = 200}, HOT_USAGE},
        {{.result = &r, .set = "ward", .width_mm = 1500, .height_mm = 1500, .dpi = 600}, HOT_USAGE},
        {{.result = &nothing}, HOT_DOMAIN},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        drawn d;
        assert_int_equal(draw(*state, &cases[i].page, &d), cases[i].status);
    }
    hot_result_free(&r);
}

static void bare_results_are_drawn_too(void **state)
{
    hot_result r = {0};
    surface_add(&r);
    const hot_page pages[] = {
        {.result = &r, .dpi = DPI},
        {.result = &r, .dpi = 50, .width_mm = 100, .height_mm = 100},
        {.result = &r, .dpi = 50, .width_mm = 420, .height_mm = 297},
    };
    for (size_t i = 0; i < COUNT(pages); i++) {
        drawn d;
        assert_int_equal(draw(*state, &pages[i], &d), HOT_OK);
        assert_int_equal(colour_at(&d, WEST - 60, SOUTH + 1000), 0xECEDEE);
        drawn_free(&d);
    }
    hot_result_free(&r);
}

static void memory_may_fail_anywhere(void **state)
{
    hot_result r = country(60, "Western", "Noise");
    hot_page page = {.result = &r, .set = "ward", .code = "W1", .dpi = 50};
    hot_status status = HOT_MEMORY;
    for (long n = 0; status != HOT_OK && n < 2000; n += 1 + n / 8) {
        hot_bytes png = {0};
        hot_error error = {{0}};
        hot_memory_fail_after(n);
        status = hot_page_draw(*state, &page, &png, NULL, NULL, &error);
        hot_memory_fail_after(-1);
        if (status != HOT_OK) {
            assert_int_equal(png.length, 0);
            assert_true(error.text[0]);
        }
        hot_bytes_free(&png);
    }
    assert_int_equal(status, HOT_OK);
    hot_result_free(&r);
}

static int open_pen(void **state)
{
    *state = pen_new();
    return 0;
}

static int close_pen(void **state)
{
    hot_pen_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heat_has_the_legend_s_colour),
        cmocka_unit_test(world_file_lies_on_the_boundary),
        cmocka_unit_test(outside_is_grey_and_never_hot),
        cmocka_unit_test(few_incidents_are_points),
        cmocka_unit_test(the_densest_spot_is_told_of_heat_alone),
        cmocka_unit_test(in_a_town_centre_the_rate_is_per_km2),
        cmocka_unit_test(one_colour_all_over_is_said),
        cmocka_unit_test(an_area_without_a_name_bears_its_code),
        cmocka_unit_test(heat_reaches_the_edge),
        cmocka_unit_test(an_empty_area_is_quiet),
        cmocka_unit_test(same_bytes_on_any_thread),
        cmocka_unit_test(hostile_words_are_harmless),
        cmocka_unit_test(repeat_places_only_when_asked),
        cmocka_unit_test(what_cannot_be_drawn_is_refused),
        cmocka_unit_test(bare_results_are_drawn_too),
        cmocka_unit_test(memory_may_fail_anywhere),
    };
    return cmocka_run_group_tests(tests, open_pen, close_pen);
}
