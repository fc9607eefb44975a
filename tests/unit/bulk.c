/* bulk: what a large layer holds is what GDAL writes of a small one, and failing it says so. */
#define _GNU_SOURCE

#include "tests/trial.h"

#include <sqlite3.h>

#include "layers/read/environment.h"
#include "layers/write/gpkg.h"

enum { FEW = 4000, MANY = 4100 };

static const hot_column columns[] = {
    {"name", HOT_TEXT, "Name", "", "Any text."},    {"again", HOT_TEXT, "Again", "", "As before."},
    {"n", HOT_INTEGER, "n", "", "A whole number."}, {"share", HOT_REAL, "Share", "", "A number."},
    {"same", HOT_REAL, "Same", "", "Always one."},
};
static const hot_declaration few = {.name = "few",
                                    .geometry = HOT_POINT,
                                    .title = "Few",
                                    .about = "",
                                    .citation = "",
                                    .columns = columns,
                                    .n_columns = COUNT(columns)};
static const hot_declaration many = {.name = "many",
                                     .geometry = HOT_POINT,
                                     .title = "Many",
                                     .about = "",
                                     .citation = "",
                                     .columns = columns,
                                     .n_columns = COUNT(columns)};

/** Texts of every kind, each several times running; what is missing among them. */
static const char *const text[] = {
    "", "plain", NULL, "it's \"quoted\"", "Llan\xc3\xa2", "\xff bad \xc3"};

static void fill(hot_result *r, const hot_declaration *declared, size_t n)
{
    hot_layer *l = hot_result_add(r);
    assert_non_null(l);
    assert_int_equal(hot_layer_new(declared, NULL, NULL, n, l), HOT_OK);
    for (size_t i = 0; i < n; i++) {
        l->x[i] = 400000.37 + (double)(i * 7919 % 1000);
        l->y[i] = -250000.11 + (double)(i * 104729 % 1000);
        l->values[0].text[i] = text[i * 31 % COUNT(text)];
        l->values[1].text[i] = text[i / 500 % COUNT(text)];
        if (i % 5) hot_layer_set_integer(l, "n", i, (int64_t)i * (i % 2 ? -1000003 : 1048576));
        if (i % 7) hot_layer_set_real(l, "share", i, i % 3 ? (double)i / 7 : -0.0);
        hot_layer_set_real(l, "same", i, 1);
    }
}

static hot_status write_with(const hot_result *r, const hot_progress *progress, hot_error *error)
{
    hot_gpkg_rules rules = {"2025-03-31", NULL, progress};
    remove("a.gpkg");
    return hot_gpkg_write("a.gpkg", r, &rules, error);
}

static void expect(sqlite3 *db, const char *sql, sqlite3_int64 expected)
{
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    if (sqlite3_column_int64(s, 0) != expected)
        fail_msg("%s: %lld", sql, sqlite3_column_int64(s, 0));
    sqlite3_finalize(s);
}

static hot_result both(void)
{
    hot_result r = {.epsg = 27700};
    hot_environment_clear();
    fill(&r, &few, FEW);
    fill(&r, &many, MANY);
    return r;
}

static void as_gdal_writes_it(void **unused)
{
    (void)unused;
    sqlite3 *db;
    hot_error error = {{0}};
    hot_result r = both();
    if (write_with(&r, NULL, &error) != HOT_OK) fail_msg("%s", error.text);
    assert_int_equal(sqlite3_open("a.gpkg", &db), SQLITE_OK);
    expect(db, "select count(*) from many", MANY);
    expect(db, "select count(*) from (select * from few except select * from many)", 0);
    expect(db,
           "select count(*) from few join many using (fid) where typeof(few.name) != "
           "typeof(many.name) or typeof(few.n) != typeof(many.n) or typeof(few.share) != "
           "typeof(many.share) or typeof(few.geom) != typeof(many.geom)",
           0);
    expect(db,
           "select count(*) from (select * from rtree_few_geom except select * from "
           "rtree_many_geom)",
           0);
    expect(db, "select rtreecheck('rtree_many_geom') = 'ok'", 1);
    /* GDAL grew the one, we packed the other. */
    expect(db, "select count(*) from rtree_many_geom_node", 81 + 2 + 1);
    sqlite3_close(db);
    hot_result_free(&r);
}

/** Each of the first requests for memory, and some of those after. */
static void without_memory(void **unused)
{
    (void)unused;
    hot_result r = {.epsg = 27700};
    hot_status status = HOT_MEMORY;
    long k = 0;
    hot_environment_clear();
    fill(&r, &many, MANY);
    for (; k < 20000 && status != HOT_OK; k += k < 30 ? 1 : 61) {
        hot_error error = {{0}};
        hot_memory_fail_after(k);
        status = write_with(&r, NULL, &error);
        hot_memory_fail_after(-1);
        if (status != HOT_OK) assert_int_equal(status, HOT_MEMORY);
    }
    assert_int_equal(status, HOT_OK);
    assert_true(k > 10);
    hot_result_free(&r);
}

static bool stop(void *self, const char *what, double share)
{
    int *left = self;
    (void)what;
    (void)share;
    return (*left)-- > 0;
}

/** It is asked before a large layer's rows, among them, and before its index. */
static void told_to_stop(void **unused)
{
    (void)unused;
    hot_result r = both();
    for (int k = 0; k < 4; k++) {
        int left = k;
        hot_error error = {{0}};
        hot_progress progress = {stop, &left};
        assert_int_equal(write_with(&r, &progress, &error), HOT_STOPPED);
    }
    hot_result_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(as_gdal_writes_it, enter, leave),
        cmocka_unit_test_setup_teardown(without_memory, enter, leave),
        cmocka_unit_test_setup_teardown(told_to_stop, enter, leave),
    };
    return cmocka_run_group_tests_name("bulk", tests, NULL, NULL);
}
