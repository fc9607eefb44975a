/* hot_source_parse and hot_path_check: what a person says of a source, and what is no file. */
#include "tests/check.h"

#include "layers/read/areas.h"
#include "layers/read/kind.h"

static void same(const char *is, const char *should)
{
    if (!should)
        assert_null(is);
    else
        assert_string_equal(is, should);
}

static void parts_are_taken_apart(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *name, *path, *layer, *code, *label, *parent;
        int epsg;
    } c[] = {
        {"ward=a.gpkg", "ward", "a.gpkg", NULL, NULL, NULL, NULL, 0},
        {"ward=a.gpkg:w", "ward", "a.gpkg", "w", NULL, NULL, NULL, 0},
        {"ward=a.gpkg:w,code=C", "ward", "a.gpkg", "w", "C", NULL, NULL, 0},
        {"b2_x=d/a.shp,name=N,code=C,parent=P", "b2_x", "d/a.shp", NULL, "C", "N", "P", 0},
        {"ward=a.shp,crs=EPSG:27700", "ward", "a.shp", NULL, NULL, NULL, NULL, 27700},
        {"ward=a.gpkg:w,crs=epsg:4326,code=C", "ward", "a.gpkg", "w", "C", NULL, NULL, 4326},
        {"ward=wards, old.gpkg", "ward", "wards, old.gpkg", NULL, NULL, NULL, NULL, 0},
        {"ward=wards, old.gpkg:a b,code=x y", "ward", "wards, old.gpkg", "a b", "x y", NULL, NULL,
         0},
        {"ward=a=b.gpkg", "ward", "a=b.gpkg", NULL, NULL, NULL, NULL, 0},
        {"ward=x.y:z/a.gpkg", "ward", "x.y:z/a.gpkg", NULL, NULL, NULL, NULL, 0},
        {"ward=p.csv,code=C,people=N", "ward", "p.csv", NULL, "C", "N", NULL, 0},
    };
    for (size_t k = 0; k < COUNT(c); k++) {
        hot_source_spec s = {0};
        hot_error error = {{0}};
        if (hot_source_parse("--areas", c[k].text, &s, &error) != HOT_OK)
            fail_msg("%s", error.text);
        same(s.name, c[k].name);
        same(s.path, c[k].path);
        same(s.layer, c[k].layer);
        same(s.code, c[k].code);
        same(s.label, c[k].label);
        same(s.parent, c[k].parent);
        assert_int_equal(s.epsg, c[k].epsg);
        hot_source_free(&s);
        hot_source_free(&s);
    }
}

static void a_date_or_its_field(void **unused)
{
    (void)unused;
    static const char *const from[] = {"ADOPTED", "2024-04-01"};
    for (size_t k = 0; k < COUNT(from); k++) {
        char text[80];
        hot_source_spec s = {0};
        hot_error error = {{0}};
        snprintf(text, sizeof text, "hotspot=a, b.gpkg:l,from=%s,name=N", from[k]);
        assert_int_equal(hot_source_parse("--hotspots", text, &s, &error), HOT_OK);
        assert_string_equal(s.path, "a, b.gpkg");
        assert_string_equal(s.layer, "l");
        assert_string_equal(s.from, from[k]);
        assert_string_equal(s.label, "N");
        assert_false(s.dated);
        hot_source_free(&s);
    }
}

static void what_makes_no_sense_is_refused(void **unused)
{
    (void)unused;
    static const char *const no[] = {"",
                                     "ward",
                                     "ward=",
                                     "=a.gpkg",
                                     "Ward=a.gpkg",
                                     "1x=a.gpkg",
                                     "a-b=a.gpkg",
                                     "ward=a.gpkg:",
                                     "ward=a.gpkg,code=",
                                     "ward=a.gpkg,code=A,code=B",
                                     "ward=a.gpkg,crs=27700",
                                     "ward=a.gpkg,crs=EPSG:x",
                                     "ward=a.gpkg,crs=EPSG:1,crs=EPSG:2",
                                     "ward=a.gpkg,crs=",
                                     "ward=a.gpkg,code=A,colour=B",
                                     "w2345678901234567890123456789012345678901=a.gpkg"};
    for (size_t k = 0; k < COUNT(no); k++) {
        hot_source_spec s = {0};
        hot_error error = {{0}};
        hot_status status = hot_source_parse("--areas", no[k], &s, &error);
        if (status != HOT_USAGE && status != HOT_INPUT) fail_msg("%s was taken", no[k]);
        assert_null(s.path);
        assert_true(strlen(error.text) > 20);
    }
}

static void what_is_no_file_is_refused_by_name(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *words;
    } no[] = {
        {"/vsizip/a.zip/b.shp", "inside GDAL"},
        {"/VSICURL/x", "inside GDAL"},
        {"/vsistdin/", "inside GDAL"},
        {"http://h/w.gpkg", "network"},
        {"https://h/w.gpkg", "network"},
        {"file:///w.gpkg", "network"},
        {"postgresql://h/db", "network"},
        {"PG:dbname=x", "database"},
        {"GPKG:w.gpkg:wards", "driver"},
        {"gpkg:w.gpkg", "driver"},
        {"CSV:w.csv", "driver"},
        {"WFS:h", "driver"},
        {"MYSQL:x", "driver"},
        {"{\"type\":\"FeatureCollection\"}", "is data"},
        {" <OGRVRTDataSource/>", "is data"},
        {"[1]", "is data"},
    };
    for (size_t k = 0; k < COUNT(no); k++) {
        hot_error error = {{0}};
        assert_int_equal(hot_path_check(no[k].text, &error), HOT_INPUT);
        if (!strstr(error.text, no[k].words)) fail_msg("%s", error.text);
        char text[200];
        hot_source_spec s = {0};
        snprintf(text, sizeof text, "ward=%s", no[k].text);
        assert_int_equal(hot_source_parse("--areas", text, &s, &error), HOT_INPUT);
    }
    static const char *const yes[] = {"w.gpkg",      "./w.gpkg:x",     "/a/vsi/w.shp",
                                      "a b.geojson", "../w.gpkg:PG:x", "w.gpkg"};
    for (size_t k = 0; k < COUNT(yes); k++) assert_int_equal(hot_path_check(yes[k], NULL), HOT_OK);
}

static void kinds_go_by_the_name(void **unused)
{
    (void)unused;
    assert_int_equal(hot_kind_of_name("a.GPKG"), HOT_GPKG);
    assert_int_equal(hot_kind_of_name("a.geojson"), HOT_GEOJSON);
    assert_int_equal(hot_kind_of_name("a.Json"), HOT_GEOJSON);
    assert_int_equal(hot_kind_of_name("a.shp"), HOT_SHAPEFILE);
    assert_int_equal(hot_kind_of_name("a.zip"), HOT_ZIP);
    assert_int_equal(hot_kind_of_name("a.kml"), HOT_KML);
    assert_int_equal(hot_kind_of_name("a.vrt"), HOT_NO_KIND);
    assert_int_equal(hot_kind_of_name(".gpkg"), HOT_NO_KIND);
    assert_int_equal(hot_kind_of_name(""), HOT_NO_KIND);
}

/** Each kind of content under each name: only its own is taken. */
static void content_must_be_what_the_name_says(void **unused)
{
    (void)unused;
    static const struct {
        const char *bytes;
        size_t n;
        hot_kind kind;
    } c[] = {
        {"SQLite format 3", 16, HOT_GPKG},
        {"{\"type\":\"FeatureCollection\"}", 28, HOT_GEOJSON},
        {"\xEF\xBB\xBF \n{}", 7, HOT_GEOJSON},
        {"\0\0\x27\x0a", 4, HOT_SHAPEFILE},
        {"<?xml?><kml>", 12, HOT_KML},
        {"PK\3\4", 4, HOT_ZIP},
        {"<OGRVRTDataSource>", 18, HOT_NO_KIND},
        {"\x1f\x8b\x08", 3, HOT_NO_KIND},
        {"[1,2]", 5, HOT_NO_KIND},
        {"{\"type\":\"Topology\"}", 19, HOT_NO_KIND},
        {"code,name", 9, HOT_NO_KIND},
        {"", 0, HOT_NO_KIND},
    };
    for (size_t k = 0; k < COUNT(c); k++)
        for (int kind = HOT_GPKG; kind < HOT_NO_KIND; kind++) {
            hot_error error = {{0}};
            hot_status status = hot_kind_check("f", (hot_kind)kind, c[k].bytes, c[k].n, &error);
            assert_int_equal(status, (hot_kind)kind == c[k].kind ? HOT_OK : HOT_INPUT);
            assert_true((status == HOT_OK) == (*error.text == 0));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_taken_apart),
        cmocka_unit_test(a_date_or_its_field),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(what_is_no_file_is_refused_by_name),
        cmocka_unit_test(kinds_go_by_the_name),
        cmocka_unit_test(content_must_be_what_the_name_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
