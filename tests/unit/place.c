#define _DEFAULT_SOURCE

/* hot_place, hot_crs: coordinate systems, operations, and what is said of them. */
#include "tests/check.h"

#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <omp.h>

#include "engine/base/number.h"
#include "layers/read/fits.h"
#include "layers/read/place.h"
#include "layers/read/vector.h"

static const hot_place_rules plain = {.grid = NULL};

/** The OSTN15 grid of the shared data, or NULL. */
static const char *grid(void)
{
    static char path[600];
    const char *data = getenv("HOTBEAT_DATA");
    snprintf(path, sizeof path, "%s/geodesy/uk_os_OSTN15_NTv2_OSGBtoETRS.tif", data ? data : "");
    return access(path, R_OK) == 0 ? path : NULL;
}

static hot_place *place_between(int from, int to, const hot_place_rules *rules)
{
    hot_place *p = NULL;
    hot_error error = {{0}};
    if (hot_place_new(from, to, rules, &p, &error) != HOT_OK) fail_msg("%s", error.text);
    return p;
}

static void refused(int from, int to, const hot_place_rules *rules, hot_status status,
                    const char *words)
{
    hot_place *p = NULL;
    hot_error error = {{0}};
    assert_int_equal(hot_place_new(from, to, rules, &p, &error), status);
    assert_null(p);
    if (!strstr(error.text, words)) fail_msg("\"%s\" does not say \"%s\"", error.text, words);
}

static void codes_are_epsg_and_digits(void **unused)
{
    (void)unused;
    assert_int_equal(hot_epsg_parse("EPSG:27700"), 27700);
    assert_int_equal(hot_epsg_parse("Epsg:4326"), 4326);
    static const char *const no[] = {"27700",   "EPSG:",   "EPSG:0",       "EPSG:-1",
                                     "EPSG: 1", "EPSG:1x", "EPSG:1000000", "",
                                     "PROJ:1",  "EPSG:+1", "http://a",     "EPSG:27700 "};
    for (size_t k = 0; k < sizeof no / sizeof *no; k++) assert_int_equal(hot_epsg_parse(no[k]), 0);
}

/** Published: OS, "A guide to coordinate systems in Great Britain", annexe C. */
static void os_worked_example(void **unused)
{
    (void)unused;
    double lon = 1 + 42 / 60.0 + 57.8663 / 3600, lat = 52 + 39 / 60.0 + 28.8282 / 3600;
    for (int with = 0; with < 2; with++) {
        hot_place_rules rules = {.grid = with ? grid() : NULL, .require = with};
        if (with && !grid()) continue;
        double x = lon, y = lat;
        hot_place *p = place_between(4326, 27700, &rules);
        hot_place_points(p, &x, &y, 1);
        hot_place_report r = hot_place_told(p);
        check_near(x, 651409.804, with ? 0.005 : 4.2);
        check_near(y, 313177.450, with ? 0.005 : 4.2);
        check_near(r.accuracy, with ? 1 : 2, 0);
        assert_int_equal(r.coarse, !with);
        if (with)
            assert_string_equal(r.grid, "uk_os_OSTN15_NTv2_OSGBtoETRS.tif");
        else
            assert_string_equal(r.wanted, "uk_os_OSTN15_NTv2_OSGBtoETRS.tif");
        hot_place_free(p);
    }
}

static double field_number(const hot_vector *v, size_t i, const char *name)
{
    int k = hot_vector_field(v, name);
    double n = NAN;
    if (k >= 0) {
        const char *text = v->value[i * v->n_fields + (size_t)k];
        if (text) assert_true(hot_number_parse(text, strlen(text), &n));
    }
    return n;
}

/** The farthest that the ONS's centroids of a file come out from where it says, m. */
static double farthest(const char *path, hot_place *p, size_t *n)
{
    hot_vector v = {0};
    hot_error error = {{0}};
    double far = 0;
    if (hot_vector_read(path, NULL, &v, &error) != HOT_OK) fail_msg("%s", error.text);
    for (size_t i = 0; i < v.n; i++) {
        double x = field_number(&v, i, "LONG"), y = field_number(&v, i, "LAT");
        double e = field_number(&v, i, "BNG_E"), north = field_number(&v, i, "BNG_N");
        if (!isfinite(x + y + e + north)) continue;
        hot_place_points(p, &x, &y, 1);
        far = fmax(far, hypot(x - e, y - north));
        ++*n;
    }
    hot_vector_free(&v);
    return far;
}

static void ward_centroids(void **unused)
{
    (void)unused;
    char pattern[600];
    glob_t files;
    if (!grid()) skip();
    snprintf(pattern, sizeof pattern, "%s/boundaries/wards_2025/*.geojson", getenv("HOTBEAT_DATA"));
    assert_int_equal(glob(pattern, 0, NULL, &files), 0);
    for (int with = 0; with < 2; with++) {
        hot_place_rules rules = {.grid = with ? grid() : NULL};
        hot_place *p = place_between(4326, 27700, &rules);
        double far = 0;
        size_t n = 0;
        for (size_t k = 0; k < files.gl_pathc; k++)
            far = fmax(far, farthest(files.gl_pathv[k], p, &n));
        printf("%zu ward centroids %s the grid: at most %.2f m off\n", n, with ? "with" : "without",
               far);
        assert_true(n >= 238);
        assert_true(far < (with ? 0.75 : 3.0));
        hot_place_free(p);
    }
    globfree(&files);
}

/** Where PROJ's own program (cs2cs) puts them; with the axes as each system has them. */
static void axes_are_east_before_north_everywhere(void **unused)
{
    (void)unused;
    static const struct {
        int from, to;
        double x, y, east, north, within, accuracy;
    } c[] = {
        {4326, 32610, -123.1, 49.25, 492722.43, 5455252.51, 0.02, 0},
        {4326, 26971, -87.6, 41.8, 360945.77, 570148.87, 0.02, 4},
        {4326, 32136, -90, 35.1, 235382.76, 92514.98, 0.02, 4},
        {4326, 3857, -2, 52, -222638.98, 6800125.45, 0.02, 0},
        {4326, 2193, 174.78, -41.29, 1749045.803, 5427521.383, 0.01, 1}, /* its axes: north, east */
        {4258, 32630, -2, 52, 568649.705, 5761510.317, 0.01, 0},
        {32610, 4326, 492722.43, 5455252.51, -123.1, 49.25, 1e-6, 0},
    };
    for (size_t k = 0; k < sizeof c / sizeof *c; k++) {
        double x = c[k].x, y = c[k].y;
        hot_place *p = place_between(c[k].from, c[k].to, &plain);
        hot_place_points(p, &x, &y, 1);
        hot_place_report r = hot_place_told(p);
        check_near(x, c[k].east, c[k].within);
        check_near(y, c[k].north, c[k].within);
        if (k < 5) check_near(r.accuracy, c[k].accuracy, 0);
        assert_null(strstr(r.operation, "allpark"));
        hot_place_free(p);
    }
}

static void one_and_the_same_system_is_left_alone(void **unused)
{
    (void)unused;
    double x = 400000.125, y = 250000.25;
    hot_place *p = place_between(27700, 27700, &plain);
    hot_place_points(p, &x, &y, 1);
    assert_true(x == 400000.125 && y == 250000.25);
    assert_string_equal(hot_place_told(p).operation, "none");
    check_near(hot_place_told(p).accuracy, 0, 0);
    hot_place_free(p);
}

/** Never a number that is nonsense: Paris, the Gulf of Guinea, axes swapped, no number. */
static void far_away_is_nowhere(void **unused)
{
    (void)unused;
    static const double at[][2] = {{2.35, 48.85}, {0, 0},         {52, -2},        {-87.6, 41.8},
                                   {NAN, 52},     {INFINITY, 52}, {400000, 250000}};
    for (int with = 0; with < 2; with++) {
        hot_place_rules rules = {.grid = with ? grid() : NULL};
        hot_place *p = place_between(4326, 27700, &rules);
        for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
            double x = at[k][0], y = at[k][1];
            hot_place_points(p, &x, &y, 1);
            assert_true(isnan(x) && isnan(y));
        }
        assert_string_equal(hot_place_told(p).operation, "none");
        hot_place_free(p);
    }
}

/** Ireland lies off the mapping that OSTN15 was made for, but not off the sheet: a number there is
 *  within metres of the one that the Helmert transformation gives. */
static void ireland_is_near_enough(void **unused)
{
    (void)unused;
    static const double at[][2] = {{-6.26, 53.35}, {-8.47, 51.9}, {-5.93, 54.6}, {-8.9, 51.7}};
    if (!grid()) skip();
    hot_place_rules rules = {.grid = grid()};
    hot_place *fine = place_between(4326, 27700, &rules),
              *helmert = place_between(4326, 27700, &plain);
    for (size_t k = 0; k < 4; k++) {
        double x = at[k][0], y = at[k][1], hx = x, hy = y;
        hot_place_points(fine, &x, &y, 1);
        hot_place_points(helmert, &hx, &hy, 1);
        check_near(x, hx, 5);
        check_near(y, hy, 5);
    }
    hot_place_free(fine);
    hot_place_free(helmert);
}

/** One point beyond the grid: the accuracy said is the worse one, the operation the usual one. */
static void the_report_says_what_was_used(void **unused)
{
    (void)unused;
    double x[] = {-2, -1.9, -9.3}, y[] = {52, 52, 52};
    if (!grid()) skip();
    hot_place_rules rules = {.grid = grid()}, strict = {.grid = grid(), .require = true};
    hot_place *p = place_between(4326, 27700, &rules);
    hot_place_points(p, x, y, 3);
    hot_place_report r = hot_place_told(p);
    assert_int_equal(r.fallen_back, 1);
    assert_int_equal(r.operations, 2);
    check_near(r.accuracy, 2, 0);
    assert_string_equal(r.grid, "uk_os_OSTN15_NTv2_OSGBtoETRS.tif");
    hot_place_free(p);
    double sx = -9.3, sy = 52; /* and with --require-ostn15 it has no place */
    p = place_between(4326, 27700, &strict);
    hot_place_points(p, &sx, &sy, 1);
    assert_true(isnan(sx));
    hot_place_free(p);
}

/** A place that is freed serves again, as if it were new; another pair of systems is another place.
 */
static void idle_places_serve_again(void **unused)
{
    (void)unused;
    hot_idle_places idle = {0};
    hot_place_rules rules = {.grid = grid(), .idle = &idle};
    double x[] = {-2, -9.3, -2}, y[] = {52, 52, 52};
    hot_place *first = place_between(4326, 27700, &rules);
    hot_place_points(first, x, y, 2);
    hot_place_free(first);
    assert_int_equal(idle.n, 1);
    hot_place *other = place_between(4326, 32630, &rules);
    assert_ptr_not_equal(other, first);
    hot_place *again = place_between(4326, 27700, &rules);
    assert_ptr_equal(again, first);
    assert_int_equal(idle.n, 0);
    assert_string_equal(hot_place_told(again).operation, "none");
    hot_place_points(again, x + 2, y + 2, 1);
    assert_true(x[2] == x[0] && y[2] == y[0]);
    assert_int_equal(hot_place_told(again).operations, 1);
    assert_int_equal(hot_place_told(again).fallen_back, 0);
    hot_place_free(again);
    hot_place_free(other);
    assert_int_equal(idle.n, 2);
    hot_idle_places_free(&idle);
    assert_int_equal(idle.n, 0);
}

static void copy_file(const char *from, const char *to, long bytes)
{
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    for (int c; bytes-- && (c = getc(in)) != EOF;) putc(c, out);
    fclose(in);
    fclose(out);
}

static void a_grid_in_another_folder_and_case(void **unused)
{
    (void)unused;
    char folder[] = "gridXXXXXX", path[100];
    double x = -2, y = 52;
    if (!grid()) skip();
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/UK_OS_ostn15_ntv2_osgbtoetrs.TIF", folder);
    copy_file(grid(), path, -1);
    hot_place_rules rules = {.grid = path, .require = true};
    hot_place *p = place_between(4326, 27700, &rules);
    hot_place_points(p, &x, &y, 1);
    check_near(x, 400096.28, 0.01);
    hot_place_free(p);
    unlink(path);

    snprintf(path, sizeof path, "%s/mine.tif", folder); /* renamed: said, not passed over */
    copy_file(grid(), path, 100);
    refused(4326, 27700, &rules, HOT_INPUT, "uk_os_OSTN15_NTv2_OSGBtoETRS.tif");
    unlink(path);
    snprintf(path, sizeof path, "%s/uk_os_OSTN15_NTv2_OSGBtoETRS.tif", folder); /* cut */
    static const long cut[] = {20000, 700000, 2500000};
    for (size_t k = 0; k < 3; k++) {
        copy_file(grid(), path, cut[k]);
        refused(4326, 27700, &rules, HOT_INPUT, "damaged");
    }
    unlink(path);
    refused(4326, 27700, &rules, HOT_INPUT, "No such file");
    rmdir(folder);
}

static void what_cannot_be_is_said(void **unused)
{
    (void)unused;
    hot_place_rules strict = {.require = true};
    refused(4326, 999999, &plain, HOT_INPUT, "EPSG:999999");
    refused(999998, 27700, &plain, HOT_INPUT, "EPSG:999998");
    refused(4326, 27700, &strict, HOT_SYSTEM, "--grid");
    refused(4326, 26971, &strict, HOT_SYSTEM, "leave --require-ostn15 out");
    hot_place *p = place_between(4326, 32610, &strict); /* good without any grid */
    hot_place_free(p);
}

static void systems_are_known(void **unused)
{
    (void)unused;
    hot_crs crs;
    hot_error error = {{0}};
    assert_int_equal(hot_crs_of(27700, &crs, &error), HOT_OK);
    assert_true(crs.projected && crs.metric);
    check_near(crs.metres.west, -100000, 60000);
    check_near(crs.metres.north, 1250000, 60000);
    assert_int_equal(hot_crs_of(4326, &crs, &error), HOT_OK);
    assert_true(!crs.projected && !crs.metric);
    assert_int_equal(hot_crs_of(2274, &crs, &error), HOT_OK); /* US feet */
    assert_true(crs.projected && !crs.metric);
    assert_int_equal(hot_crs_of(3857, &crs, &error), HOT_OK); /* no metres on the ground */
    assert_true(crs.projected && !crs.metric);
    assert_int_equal(hot_crs_of(26971, &crs, &error), HOT_OK);
    assert_true(crs.metric);
    assert_int_equal(hot_crs_of(999999, &crs, &error), HOT_INPUT);
}

static void contradictions_are_named(void **unused)
{
    (void)unused;
    static const struct {
        int epsg, to;
        hot_box box;
        const char *words; /* NULL = it fits */
    } c[] = {
        {4326, 27700, {-2.4, 51, -1.5, 51.7}, NULL},
        {4326, 27700, {374505, 116177, 435920, 200502}, ",crs=EPSG:27700"},
        {4326, 27700, {51, -2.4, 51.7, -1.5}, "latitude before longitude"},
        {4326, 32610, {49.2, -123.2, 49.3, -123}, "latitude before longitude"},
        {4326, 27700, {-123.2, 49.2, -123, 49.3}, "--crs"},
        {27700, 27700, {374505, 116177, 435920, 200502}, NULL},
        {27700, 27700, {-2.4, 51, -1.5, 51.7}, ",crs=EPSG:4326"},
        {27700, 27700, {484000, 5450000, 500000, 5460000}, "far outside it"},
        {32610, 32610, {484000, 5450000, 500000, 5460000}, NULL},
    };
    for (size_t k = 0; k < sizeof c / sizeof *c; k++) {
        hot_error error = {{0}};
        hot_status status = hot_crs_fits("f.gpkg", c[k].epsg, c[k].to, &c[k].box, &error);
        assert_int_equal(status, c[k].words ? HOT_INPUT : HOT_OK);
        if (c[k].words && !strstr(error.text, c[k].words)) fail_msg("%s", error.text);
    }
}

/** A place of its own for each thread: all come to the same. */
static void threads_have_places_of_their_own(void **unused)
{
    (void)unused;
    enum { THREADS = 4, POINTS = 2000 };
    static double x[THREADS][POINTS], y[THREADS][POINTS];
    int failed = 0;
#pragma omp parallel for num_threads(THREADS)
    for (int t = 0; t < THREADS; t++) {
        hot_place *p;
        hot_error error = {{0}};
        for (int i = 0; i < POINTS; i++) x[t][i] = -5 + i * 0.003, y[t][i] = 50 + i * 0.003;
        if (hot_place_new(4326, 27700, &plain, &p, &error) != HOT_OK) {
#pragma omp atomic
            failed++;
            continue;
        }
        for (int i = 0; i < POINTS; i++) hot_place_points(p, &x[t][i], &y[t][i], 1);
        hot_place_free(p);
    }
    assert_int_equal(failed, 0);
    for (int t = 1; t < THREADS; t++) {
        assert_memory_equal(x[0], x[t], sizeof x[0]);
        assert_memory_equal(y[0], y[t], sizeof y[0]);
    }
}

/** Many points by several threads: the same coordinates, and the same is said of them. */
static void any_number_of_threads(void **unused)
{
    (void)unused;
    enum { MANY = 33001, TURNS = 4 };
    static const int threads[TURNS] = {1, 2, 3, 7};
    static double x[TURNS][MANY], y[TURNS][MANY];
    hot_place_report report[TURNS];
    hot_place *place[TURNS];
    for (int t = 0; t < TURNS; t++) {
        hot_place_rules rules = {.grid = grid(), .threads = threads[t]};
        place[t] = place_between(4326, 27700, &rules);
        for (int i = 0; i < MANY; i++) { /* a few beyond the grid, which takes long; some nowhere */
            x[t][i] = i % 3000 == 1 ? -9.3 : -5 + (i * 7919 % MANY) * (6.0 / MANY);
            y[t][i] = i % 1000 ? 50.5 + (i % 997) * 0.003 : NAN;
        }
        hot_place_points(place[t], x[t], y[t], MANY);
        report[t] = hot_place_told(place[t]);
        assert_memory_equal(x[t], x[0], sizeof x[0]);
        assert_memory_equal(y[t], y[0], sizeof y[0]);
        assert_string_equal(report[t].operation, report[0].operation);
        check_near(report[t].accuracy, report[0].accuracy, 0);
        assert_int_equal(report[t].fallen_back, report[0].fallen_back);
        assert_int_equal(report[t].operations, report[0].operations);
    }
    if (grid()) assert_int_equal(report[0].fallen_back, 11);
    for (int t = 0; t < TURNS; t++) hot_place_free(place[t]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads),
        cmocka_unit_test(codes_are_epsg_and_digits),
        cmocka_unit_test(os_worked_example),
        cmocka_unit_test(ward_centroids),
        cmocka_unit_test(axes_are_east_before_north_everywhere),
        cmocka_unit_test(one_and_the_same_system_is_left_alone),
        cmocka_unit_test(far_away_is_nowhere),
        cmocka_unit_test(ireland_is_near_enough),
        cmocka_unit_test(the_report_says_what_was_used),
        cmocka_unit_test(idle_places_serve_again),
        cmocka_unit_test(a_grid_in_another_folder_and_case),
        cmocka_unit_test(what_cannot_be_is_said),
        cmocka_unit_test(systems_are_known),
        cmocka_unit_test(contradictions_are_named),
        cmocka_unit_test(threads_have_places_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
