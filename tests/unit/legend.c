/** @file legend.c
 *  Every style of the program can be read, says what the contract says, and broken ones are
 *  refused with a sentence.
 */
#include "styles/legend.h"

#include "engine/base/memory.h"
#include "styles/qml.h"
#include "tests/check.h"

static hot_legend read_style(const char *name)
{
    size_t length;
    hot_legend legend = {0};
    hot_error error = {{0}};
    const char *qml = hot_style_bytes(name, &length);
    assert_non_null(qml);
    assert_int_equal(length, strlen(qml));
    hot_status status = hot_legend_read(qml, length, &legend, &error);
    if (status != HOT_OK) print_error("%s: %s\n", name, error.text);
    assert_int_equal(status, HOT_OK);
    assert_true(legend.n > 0);
    return legend;
}

static void every_style_is_read(void **state)
{
    (void)state;
    static const char *const names[] = {
        "areas",       "density",  "repeats",       "incidents",     "surface",
        "change",      "context",  "context_roads", "context_water", "context_parks",
        "trend_cells", "hotspots", "gistar",        "gistar_grid",   "clusters"};
    for (size_t i = 0; i < COUNT(names); i++) {
        hot_legend legend = read_style(names[i]);
        hot_legend_free(&legend);
        hot_legend_free(&legend);
    }
    assert_null(hot_style_bytes("no such style", NULL));
}

static void labels_hold(const char *style, int first, const char *const *labels, size_t n)
{
    hot_legend legend = read_style(style);
    assert_int_equal(legend.n, n);
    for (size_t i = 0; i < n; i++) {
        const hot_legend_entry *e = hot_legend_class(&legend, first + (double)i);
        assert_non_null(e);
        assert_string_equal(e->label, labels[i]);
    }
    hot_legend_free(&legend);
}

static void classes_have_the_contract_s_names(void **state)
{
    (void)state;
    static const char *const density[] = {"under 5",   "5 to 10",    "10 to 20",   "20 to 50",
                                          "50 to 100", "100 to 200", "200 to 500", "500 and more"};
    static const char *const repeats[] = {"two incidents", "three to four", "five to nine",
                                          "ten and more"};
    static const char *const change[] = {"Fewer than usual variation explains",
                                         "Within usual variation",
                                         "More than usual variation explains"};
    static const char *const gistar[] = {
        "Far fewer than chance gives",     "Fewer than chance gives",
        "Perhaps fewer than chance gives", "No more than chance",
        "Perhaps more than chance gives",  "More than chance gives",
        "Far more than chance gives"};
    labels_hold("gistar", -3, gistar, COUNT(gistar));
    labels_hold("density", 0, density, COUNT(density));
    labels_hold("repeats", 1, repeats, COUNT(repeats));
    labels_hold("change", -1, change, COUNT(change));
    hot_legend areas = read_style("areas");
    for (int class_ = 0; class_ < 4; class_++) assert_non_null(hot_legend_class(&areas, class_));
    hot_legend_free(&areas);
}

/** The raster and the bands are one picture. */
static void surface_agrees_with_density(void **state)
{
    (void)state;
    static const double limits[] = {5, 10, 20, 50, 100, 200, 500, INFINITY};
    hot_legend surface = read_style("surface"), density = read_style("density");
    assert_int_equal(surface.n, COUNT(limits));
    assert_int_equal(density.n, surface.n);
    for (size_t i = 0; i < surface.n; i++) {
        hot_colour a = surface.entry[i].fill, b = hot_legend_class(&density, (double)i)->fill;
        assert_true(surface.entry[i].value == limits[i]);
        assert_int_equal(a.alpha, b.alpha);
        assert_memory_equal(&a, &b, 3);
    }
    assert_int_equal(surface.entry[0].fill.alpha, 0);
    hot_legend_free(&surface);
    hot_legend_free(&density);
}

#define SYMBOL(name, layer) "<symbol type='fill' name='" name "' alpha='0.5'>" layer "</symbol>"
#define LAYER(inside)       "<layer class='SimpleFill'>" inside "</layer>"
#define STYLE(categories, symbols)                                                                 \
    "<qgis><renderer-v2><categories>" categories "</categories><symbols>" symbols                  \
    "</symbols></renderer-v2></qgis>"
#define ONE "<category value='1' label='one' symbol='0'/>"

static void looks_are_taken(void **state)
{
    (void)state;
    static const char qml[] =
        STYLE(ONE, SYMBOL("0", LAYER("<prop k='color' v='10,20,30,200'/>"
                                     "<prop k='outline_color' v='1,2,3,255,rgb:0,0,0,1'/>"
                                     "<prop k='outline_width' v='0.4'/>")
                                   LAYER("<prop k='color' v='9,9,9,9'/>")));
    hot_legend legend = {0};
    assert_int_equal(hot_legend_read(qml, sizeof qml - 1, &legend, NULL), HOT_OK);
    const hot_legend_entry *e = hot_legend_class(&legend, 1);
    assert_non_null(e);
    assert_int_equal(e->fill.red, 10);
    assert_int_equal(e->fill.alpha, 100);
    assert_int_equal(e->outline.blue, 3);
    check_near(e->outline_mm, 0.4, 1e-12);
    hot_legend_free(&legend);
}

static void other_values_are_no_class(void **state)
{
    (void)state;
    static const char qml[] =
        STYLE(ONE "<category value='' label='Not judged' symbol='0'/>", SYMBOL("0", LAYER("")));
    hot_legend legend = {0};
    assert_int_equal(hot_legend_read(qml, sizeof qml - 1, &legend, NULL), HOT_OK);
    assert_int_equal(legend.n, 1);
    hot_legend_free(&legend);
}

static void broken_styles_are_refused(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "",
        "no XML at all",
        "<qgis><renderer-v2>",
        "<qgis></renderer-v2></qgis>",
        "<html><category value='1' symbol='0'/></html>",
        "<qgis/>",
        "<qgis>&unknown;</qgis>",
        "<qgis>\xFF\xFE</qgis>",
        STYLE(ONE, ""),
        STYLE(ONE ONE, SYMBOL("0", "")),
        STYLE("<category value='high' symbol='0'/>", SYMBOL("0", "")),
        STYLE(ONE, SYMBOL("0", LAYER("<prop k='color' v='10,20'/>"))),
        STYLE(ONE, SYMBOL("0", LAYER("<prop k='color' v='10,20,300,1'/>"))),
        STYLE(ONE, SYMBOL("0", LAYER("<Option name='size' value='-1'/>"))),
    };
    for (size_t i = 0; i < COUNT(broken); i++) {
        hot_legend legend = {0};
        hot_error error = {{0}};
        assert_int_equal(hot_legend_read(broken[i], strlen(broken[i]), &legend, &error), HOT_INPUT);
        assert_true(strlen(error.text) > 20);
        assert_int_equal(legend.n, 0);
    }
}

static void memory_may_fail_anywhere(void **state)
{
    (void)state;
    static const char qml[] = STYLE(ONE, SYMBOL("0", LAYER("")));
    hot_status status = HOT_MEMORY;
    for (long n = 0; status != HOT_OK && n < 50; n++) {
        hot_legend legend = {0};
        hot_memory_fail_after(n);
        status = hot_legend_read(qml, sizeof qml - 1, &legend, NULL);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
        hot_legend_free(&legend);
    }
    assert_int_equal(status, HOT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_style_is_read),
        cmocka_unit_test(classes_have_the_contract_s_names),
        cmocka_unit_test(surface_agrees_with_density),
        cmocka_unit_test(looks_are_taken),
        cmocka_unit_test(other_values_are_no_class),
        cmocka_unit_test(broken_styles_are_refused),
        cmocka_unit_test(memory_may_fail_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
