/* hot_areas_read, hot_areas_read_population, the limits of hot_vector_read: small files, made here.
 */
#define _DEFAULT_SOURCE

#include "tests/check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "layers/read/area_fields.h"
#include "layers/read/areas.h"
#include "layers/read/environment.h"
#include "layers/read/vector.h"

static const hot_place_rules plain = {.grid = NULL};
static char folder[64];

static const char *path_of(const char *name)
{
    static char path[4][200];
    static int at;
    char *p = path[at++ % 4];
    snprintf(p, 200, "%s/%s", folder, name);
    return p;
}

static const char *write_file(const char *name, const char *text)
{
    const char *path = path_of(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
    return path;
}

#define CRS "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::27700\"}},"

/** A square kilometre, the k-th to the east. */
static const char *square(int k)
{
    static char text[4][300];
    char *t = text[k % 4];
    int w = 400000 + 1000 * k, e = w + 1000;
    snprintf(t, 300,
             "{\"type\":\"Polygon\",\"coordinates\":[[[%d,250000],[%d,250000],[%d,251000],"
             "[%d,251000],[%d,250000]]]}",
             w, e, e, w, w);
    return t;
}

/** A collection of up to three features with these properties and geometries. */
static const char *collection(const char *name, const char *const *properties,
                              const char *const *geometry, size_t n)
{
    char text[4000] = "{\"type\":\"FeatureCollection\"," CRS "\"features\":[";
    for (size_t k = 0; k < n; k++) {
        size_t at = strlen(text);
        snprintf(text + at, sizeof text - at,
                 "%s{\"type\":\"Feature\",\"properties\":{%s},"
                 "\"geometry\":%s}",
                 k ? "," : "", properties[k], geometry[k]);
    }
    strcat(text, "]}");
    return write_file(name, text);
}

static hot_status read_areas(const char *path, const char *more, hot_areas *a, hot_error *error)
{
    char text[400];
    hot_source_spec spec = {0};
    snprintf(text, sizeof text, "ward=%s%s", path, more);
    hot_status status = hot_source_parse("--areas", text, &spec, error);
    if (status == HOT_OK) status = hot_areas_read(&spec, 27700, &plain, a, error);
    hot_source_free(&spec);
    return status;
}

static void takes(const char *path, const char *more, hot_areas *a)
{
    hot_error error = {{0}};
    if (read_areas(path, more, a, &error) != HOT_OK) fail_msg("%s", error.text);
}

static void refuses(const char *path, const char *more, const char *words)
{
    hot_areas a = {0};
    hot_error error = {{0}};
    assert_int_equal(read_areas(path, more, &a, &error), HOT_INPUT);
    assert_int_equal(a.n, 0);
    if (!strstr(error.text, words)) fail_msg("\"%s\" does not say \"%s\"", error.text, words);
}

static void a_named_system_is_read_right(void **unused)
{
    (void)unused;
    const char *p[] = {"\"code\":\"A\",\"name\":\"Ay\"", "\"code\":\"B\",\"name\":\"Bee\""};
    const char *g[] = {square(0), square(1)};
    hot_areas a = {0};
    takes(collection("w.geojson", p, g, 2), "", &a);
    assert_int_equal(a.n, 2);
    assert_int_equal(a.source_epsg, 27700);
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): takes() has ended the test otherwise
    assert_string_equal(a.code[1], "B");
    assert_string_equal(a.label[1], "Bee");
    check_near(hot_shapes_area(&a.shapes, 0), 1e6, 1e-6);
    assert_true(a.coverage.judged && a.coverage.pairs == 0);
    hot_areas_free(&a);
    hot_areas_free(&a);
}

static void one_code_and_one_name_are_parts_of_one(void **unused)
{
    (void)unused;
    const char *p[] = {"\"code\":\"A\",\"name\":\"Ay\"", "\"code\":\"A\",\"name\":\"Ay\"",
                       "\"code\":\"A\",\"name\":\"Bee\""};
    const char *g[] = {square(0), square(2), square(3)};
    hot_areas a = {0};
    takes(collection("parts.geojson", p, g, 2), "", &a);
    assert_int_equal(a.n, 1);
    assert_int_equal(a.shapes.n_parts, 2);
    assert_int_equal(a.n_repairs, 0);
    hot_areas_free(&a);
    g[1] = square(0); /* the same twice is one, and listed */
    takes(collection("twice.geojson", p, g, 2), "", &a);
    assert_int_equal(a.n_repairs, 1);
    check_near(a.repairs[0].repair.area_before, 2e6, 1e-6);
    check_near(a.repairs[0].repair.area_after, 1e6, 1e-6);
    hot_areas_free(&a);
    refuses(collection("names.geojson", p, g, 3), "", "different names");
}

static void features_without_a_polygon_are_named(void **unused)
{
    (void)unused;
    const char *p[] = {"\"code\":\"A\"", "\"code\":\"B7\""};
    static const struct {
        const char *geometry, *words;
    } c[] = {{"null", "B7 has no polygon (its geometry is empty)"},
             {"{\"type\":\"Polygon\",\"coordinates\":[]}", "empty"},
             {"{\"type\":\"MultiPolygon\",\"coordinates\":[]}", "empty"},
             {"{\"type\":\"Point\",\"coordinates\":[400000,250000]}", "it is a point"},
             {"{\"type\":\"LineString\",\"coordinates\":[[400000,250000],[1,250001]]}", "a line"}};
    for (size_t k = 0; k < COUNT(c); k++) {
        const char *g[] = {square(0), c[k].geometry};
        refuses(collection("none.geojson", p, g, 2), "", c[k].words);
    }
    const char *no_code[] = {"\"code\":\"A\"", "\"code\":null"};
    const char *g[] = {square(0), square(1)};
    refuses(collection("nocode.geojson", no_code, g, 2), ",code=code", "feature 2 has no code");
    refuses(collection("nothing.geojson", p, g, 0), "", "holds no area");
}

static void shapes_of_all_kinds(void **unused)
{
    (void)unused;
    const char *p[] = {"\"code\":\"A\"", "\"code\":\"B\"", "\"code\":\"C\""};
    const char *g[] = {
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0,5],[1000,0,6],[1000,1000,7],[0,1000,8],"
        "[0,0,5]]],[[[2000,0],[3000,0],[3000,1000],[2000,0]]]]}",
        "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":["
        "5000,"
        "5]},{\"type\":\"Polygon\",\"coordinates\":[[[5000,0],[6000,0],[6000,1000],[5000,0]]]}]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[7000,0],[9000,0],[9000,2000],[7000,2000],[7000,0]"
        "],"
        "[[7500,500],[8500,500],[8500,1500],[7500,1500],[7500,500]]]}"};
    hot_areas a = {0};
    takes(collection("kinds.geojson", p, g, 3), "", &a);
    check_near(hot_shapes_area(&a.shapes, 0), 1.5e6, 1e-3);
    check_near(hot_shapes_area(&a.shapes, 1), 0.5e6, 1e-3);
    check_near(hot_shapes_area(&a.shapes, 2), 3e6, 1e-3);
    assert_int_equal(a.coverage.gaps, 1); /* the hole */
    hot_areas_free(&a);
}

static void a_system_that_is_not_said_or_wrong(void **unused)
{
    (void)unused;
    const char *metres = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
                         "\"properties\":{\"code\":"
                         "\"A\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[400000,"
                         "250000],[401000,250000],"
                         "[401000,251000],[400000,250000]]]}}]}";
    const char *swapped =
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{"
        "\"code\":"
        "\"A\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[52,-2],[52.1,-2],[52.1,-1.9],"
        "[52,-2]]]}}]}";
    hot_areas a = {0};
    char path[200];
    snprintf(path, sizeof path, "%s", write_file("metres.geojson", metres));
    refuses(path, "", ",crs=EPSG:27700");
    takes(path, ",crs=EPSG:27700", &a);
    assert_int_equal(a.source_epsg, 27700);
    hot_areas_free(&a);
    refuses(path, ",crs=EPSG:32610", "a vertex lies outside");
    refuses(write_file("swapped.geojson", swapped), "", "latitude before longitude");
}

/* ---- fields ---- */

static void fields_are_found(void **unused)
{
    (void)unused;
    static const struct {
        const char *properties[2], *code, *label;
    } c[] = {
        {{"\"LAD24CD\":\"L\",\"WD24CD\":\"A\",\"WD24NM\":\"x\"",
          "\"LAD24CD\":\"L\",\"WD24CD\":\"B\","
          "\"WD24NM\":\"y\""},
         "WD24CD",
         "WD24NM"}, /* the one whose values differ */
        {{"\"ward22_name\":\"x\",\"ward22_code\":\"A\"",
          "\"ward22_name\":\"y\",\"ward22_code\":\"B\""},
         "ward22_code",
         "ward22_name"},
        {{"\"mapid\":\"A\",\"name\":\"x\"", "\"mapid\":\"B\",\"name\":\"y\""}, "mapid", "name"},
        {{"\"dist_label\":\"x\",\"dist_num\":\"1\"", "\"dist_label\":\"y\",\"dist_num\":\"2\""},
         "dist_num",
         "dist_label"},
        {{"\"name\":\"x\"", "\"name\":\"y\""}, "name", "name"},
        {{"\"code\":\"A\",\"name\":\"x\"", "\"code\":\"B\",\"name\":null"}, "code", NULL},
    };
    const char *g[] = {square(0), square(1)};
    for (size_t k = 0; k < COUNT(c); k++) {
        hot_areas a = {0};
        takes(collection("fields.geojson", c[k].properties, g, 2), "", &a);
        assert_string_equal(a.code_field, c[k].code);
        if (c[k].label)
            assert_string_equal(a.label_field, c[k].label);
        else
            assert_null(a.label_field);
        hot_areas_free(&a);
    }
    assert_true(hot_is_ons_code("WD25CD") && hot_is_ons_code("ltla24_code"));
    assert_false(hot_is_ons_code("CD") || hot_is_ons_code("WD25CDO") || hot_is_ons_code("W25CD"));
}

/* ---- population ---- */

static hot_status people(const char *rows, hot_areas *a, size_t *unmatched, hot_error *error)
{
    char text[600];
    hot_source_spec spec = {0};
    snprintf(text, sizeof text, "code,people\n%s", rows);
    const char *path = write_file("people.csv", text);
    snprintf(text, sizeof text, "ward=%s", path);
    assert_int_equal(hot_source_parse("--population", text, &spec, error), HOT_OK);
    hot_status status = hot_areas_read_population(a, &spec, unmatched, error);
    hot_source_free(&spec);
    return status;
}

static void population_has_an_answer_for_everything(void **unused)
{
    (void)unused;
    const char *p[] = {"\"code\":\"A\"", "\"code\":\"B\""}, *g[] = {square(0), square(1)};
    static const struct {
        const char *rows;
        double a; /* NaN = not known */
        size_t unmatched;
        const char *words; /* refused */
    } c[] = {
        {"A,1234\n", 1234, 0, NULL},
        {"A,0\n", 0, 0, NULL},
        {"A,12.5\n", 12.5, 0, NULL},
        {"A,\"1,234\"\n", 1234, 0, NULL},
        {"A,\"1,234,567\"\n", 1234567, 0, NULL},
        {"A,\nB,1\n", NAN, 0, NULL},
        {"A,*\n", NAN, 0, NULL},
        {"A,c\n", NAN, 0, NULL},
        {"A,[c]\n", NAN, 0, NULL},
        {"A, .. \n", NAN, 0, NULL},
        {"A,-\n", NAN, 0, NULL},
        {"B,1\n", NAN, 0, NULL},
        {"A,7\nX,1\nY,2\n", 7, 2, NULL},
        {"A,-3\n", 0, 0, "line 2"},
        {"A,about 20\n", 0, 0, "about 20"},
        {"A,\"12,34\"\n", 0, 0, "is not a number"},
        {"A,\"1,2345\"\n", 0, 0, "is not a number"},
        {"A,\"-1,234\"\n", 0, 0, "is not a number"},
        {"A,nan\n", 0, 0, "is not a number"},
        {"A,inf\n", 0, 0, "is not a number"},
        {"A,1\nA,1\n", 0, 0, "comes twice"},
        {"A,*\nA,1\n", 0, 0, "comes twice"},
        {"X,1\n", 0, 0, "none of its codes"},
        {"A,1,2\n", 0, 0, "line 2"},
    };
    char path[200];
    snprintf(path, sizeof path, "%s", collection("w.geojson", p, g, 2));
    for (size_t k = 0; k < COUNT(c); k++) {
        hot_areas a = {0};
        size_t unmatched = 99;
        hot_error error = {{0}};
        takes(path, "", &a);
        hot_status status = people(c[k].rows, &a, &unmatched, &error);
        assert_int_equal(status, c[k].words ? HOT_INPUT : HOT_OK);
        assert_int_equal(a.has_population, !c[k].words);
        if (c[k].words && !strstr(error.text, c[k].words)) fail_msg("%s", error.text);
        if (!c[k].words && isnan(c[k].a))
            assert_true(isnan(a.population[0]));
        else if (!c[k].words)
            check_near(a.population[0], c[k].a, 0);
        if (!c[k].words) assert_int_equal(unmatched, c[k].unmatched);
        hot_areas_free(&a);
    }
}

/* ---- limits ---- */

/** Each limit: exactly so much is read, one less refuses it and says so. */
static void limits_hold_on_both_sides(void **unused)
{
    (void)unused;
    const char *p[] = {"\"code\":\"A\",\"t\":\"12345\"", "\"code\":\"B\",\"t\":\"1\"",
                       "\"code\":\"C\",\"t\":null"};
    const char *g[] = {square(0), square(1), square(2)};
    const char *path = collection("limits.geojson", p, g, 3);
    const hot_vector_limits fits = {3, 15, 5, 9}; /* 3 codes of 1 and texts of 5 and 1 */
    hot_vector v = {0};
    hot_error error = {{0}};
    assert_int_equal(hot_vector_read_within(path, NULL, &fits, &v, &error), HOT_OK);
    assert_int_equal(v.n, 3);
    assert_int_equal(v.polygons.n_points, 15);
    hot_vector_free(&v);
    static const struct {
        hot_vector_limits limits;
        const char *words;
    } c[] = {{{2, 15, 5, 9}, "more than 2 features"},
             {{3, 14, 5, 9}, "more than 14 vertices"},
             {{3, 15, 4, 9}, "more than 4 bytes in the field t"},
             {{3, 15, 5, 8}, "more than 8 bytes in its fields"}};
    for (size_t k = 0; k < COUNT(c); k++) {
        assert_int_equal(hot_vector_read_within(path, NULL, &c[k].limits, &v, &error), HOT_INPUT);
        if (!strstr(error.text, c[k].words)) fail_msg("%s", error.text);
        assert_int_equal(v.n, 0);
    }
}

static void cut_files_are_refused(void **unused)
{
    (void)unused;
    const char *p[] = {"\"code\":\"A\"", "\"code\":\"B\""}, *g[] = {square(0), square(1)};
    char text[4000];
    FILE *f = fopen(collection("whole.geojson", p, g, 2), "rb");
    assert_non_null(f);
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    for (size_t cut = 1; cut < n; cut += 7) {
        hot_areas a = {0};
        hot_error error = {{0}};
        char part[4000];
        snprintf(part, sizeof part, "%.*s", (int)(n - cut), text);
        hot_status status = read_areas(write_file("cut.geojson", part), "", &a, &error);
        if (status == HOT_OK) fail_msg("cut by %zu of %zu it was read, %zu areas", cut, n, a.n);
    }
}

static void settings_from_outside_are_cleared(void **unused)
{
    (void)unused;
    static const char *const gone[] = {"GDAL_DATA",      "OGR_GEOJSON_MAX_OBJ_SIZE",
                                       "CPL_DEBUG",      "OSR_DEFAULT_AXIS_MAPPING_STRATEGY",
                                       "SHAPE_ENCODING", "PROJ_NETWORK",
                                       "GPKG_X",         "VSI_CACHE"};
    static const char *const stays[] = {"PROJ_DATA", "HOME", "TZ", "MY_GDAL_X"};
    for (size_t k = 0; k < COUNT(gone); k++) setenv(gone[k], "1", 1);
    for (size_t k = 0; k < COUNT(stays); k++) setenv(stays[k], "/x", 0);
    hot_environment_clear();
    for (size_t k = 0; k < COUNT(gone); k++) assert_null(getenv(gone[k]));
    for (size_t k = 0; k < COUNT(stays); k++) assert_non_null(getenv(stays[k]));
    unsetenv("PROJ_DATA");
}

static int begin(void **unused)
{
    (void)unused;
    snprintf(folder, sizeof folder, "areasXXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int finish(void **unused)
{
    (void)unused;
    static const char *const made[] = {"w",      "parts",   "twice", "names",  "none",
                                       "nocode", "nothing", "kinds", "metres", "swapped",
                                       "fields", "limits",  "whole", "cut"};
    for (size_t k = 0; k < COUNT(made); k++) {
        char name[40];
        snprintf(name, sizeof name, "%s.geojson", made[k]);
        unlink(path_of(name));
    }
    unlink(path_of("people.csv"));
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_from_outside_are_cleared),
        cmocka_unit_test(a_named_system_is_read_right),
        cmocka_unit_test(one_code_and_one_name_are_parts_of_one),
        cmocka_unit_test(features_without_a_polygon_are_named),
        cmocka_unit_test(shapes_of_all_kinds),
        cmocka_unit_test(a_system_that_is_not_said_or_wrong),
        cmocka_unit_test(fields_are_found),
        cmocka_unit_test(population_has_an_answer_for_everything),
        cmocka_unit_test(limits_hold_on_both_sides),
        cmocka_unit_test(cut_files_are_refused),
    };
    return cmocka_run_group_tests(tests, begin, finish);
}
