/* verify: a GeoPackage that was written whole is taken, and any damage to it is refused. */
#define _GNU_SOURCE

#include "tests/trial.h"

#include <sqlite3.h>

#include "layers/read/environment.h"
#include "layers/write/gpkg.h"
#include "layers/write/verify.h"

enum { ROWS = 400, PAGE = 4096 };

static const hot_column columns[] = {
    {"code", HOT_TEXT, "Code", "", "The code."},
    {"n", HOT_INTEGER, "Count", "incidents", "How many."},
};
static const hot_declaration places = {.name = "repeats",
                                       .geometry = HOT_POINT,
                                       .title = "Places",
                                       .about = "",
                                       .citation = "",
                                       .columns = columns,
                                       .n_columns = 2};
static const hot_declaration rows = {.name = "notes",
                                     .geometry = HOT_NO_GEOMETRY,
                                     .title = "Notes",
                                     .about = "",
                                     .citation = "",
                                     .columns = columns,
                                     .n_columns = 2};

static void fill(hot_result *r, const hot_declaration *declared)
{
    hot_layer *l = hot_result_add(r);
    assert_non_null(l);
    assert_int_equal(hot_layer_new(declared, NULL, NULL, ROWS, l), HOT_OK);
    for (size_t row = 0; row < ROWS; row++) {
        char code[32];
        snprintf(code, sizeof code, "number %zu", row);
        assert_int_equal(hot_layer_set_text(l, "code", row, code), HOT_OK);
        hot_layer_set_integer(l, "n", row, (int64_t)row);
        if (l->x) l->x[row] = 400000 + (double)row;
        if (l->y) l->y[row] = 250000;
    }
}

/** Written to a.gpkg, and found whole. */
static hot_result written(void)
{
    hot_result r = {.epsg = 27700};
    hot_gpkg_rules rules = {"2025-03-31", NULL, NULL};
    hot_error error = {{0}};
    hot_environment_clear();
    fill(&r, &places);
    fill(&r, &rows);
    if (hot_gpkg_write("a.gpkg", &r, &rules, &error) != HOT_OK) fail_msg("%s", error.text);
    if (hot_verify_gpkg("a.gpkg", &r, &error) != HOT_OK) fail_msg("%s", error.text);
    return r;
}

static void refuse(const char *path, const hot_result *r, const char *words)
{
    hot_error error = {{0}};
    assert_int_equal(hot_verify_gpkg(path, r, &error), HOT_SYSTEM);
    assert_non_null(strstr(error.text, "was not written whole ("));
    if (!strstr(error.text, words)) fail_msg("\"%s\" does not say \"%s\"", error.text, words);
}

static void change(const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open("a.gpkg", &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void a_row_or_a_layer_is_missing(void **unused)
{
    (void)unused;
    hot_result r = written();
    change("delete from notes where n = 7");
    refuse("a.gpkg", &r, "a.gpkg: was not written whole (notes)");
    change("insert into notes (code, n) values ('number 7', 7)");
    hot_error error = {{0}};
    assert_int_equal(hot_verify_gpkg("a.gpkg", &r, &error), HOT_OK);
    r.layers[0].n--; /* one row too many */
    refuse("a.gpkg", &r, "(repeats)");
    r.layers[0].n++;
    change("drop table notes");
    refuse("a.gpkg", &r, "(notes)");
    hot_result_free(&r);
}

static long size_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return (long)st.st_size;
}

static void make_bytes(const char *bytes, long n)
{
    FILE *f = fopen("a.gpkg", "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, (size_t)n, f), n);
    assert_int_equal(fclose(f), 0);
}

/** A page that the disk did not take: zeros in its place. */
static void any_page_is_missing(void **unused)
{
    (void)unused;
    hot_result r = written();
    hot_error error;
    char kept[PAGE];
    long size = size_of("a.gpkg");
    char *bytes = hot_new(1, (size_t)size);
    FILE *f = fopen("a.gpkg", "rb");
    assert_int_equal(fread(bytes, 1, (size_t)size, f), size);
    fclose(f);
    assert_in_range(size, 20 * PAGE, 500 * PAGE);
    for (long at = 0; at < size; at += PAGE) {
        memcpy(kept, bytes + at, PAGE);
        memset(bytes + at, 0, PAGE);
        make_bytes(bytes, size);
        if (hot_verify_gpkg("a.gpkg", &r, &error) == HOT_OK) fail_msg("byte %ld is not missed", at);
        memcpy(bytes + at, kept, PAGE);
    }
    make_bytes(bytes, size);
    assert_int_equal(hot_verify_gpkg("a.gpkg", &r, &error), HOT_OK);
    hot_free(bytes);
    hot_result_free(&r);
}

static void cut_or_gone(void **unused)
{
    (void)unused;
    hot_result r = written();
    for (long size = size_of("a.gpkg") - PAGE; size > 0; size -= 7 * PAGE) {
        assert_int_equal(truncate("a.gpkg", size), 0);
        refuse("a.gpkg", &r, "");
    }
    assert_int_equal(truncate("a.gpkg", 0), 0); /* an empty database, to SQLite */
    refuse("a.gpkg", &r, "(repeats)");
    refuse("none.gpkg", &r, "it cannot be opened");
    make_folder("folder.gpkg");
    refuse("folder.gpkg", &r, "folder.gpkg");
    make_file("text.gpkg", "This is a text, and no GeoPackage, and long enough for a header: "
                           "one hundred bytes and more are wanted here.");
    refuse("text.gpkg", &r, "it cannot be read");
    hot_result_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
        TEST(a_row_or_a_layer_is_missing),
        TEST(any_page_is_missing),
        TEST(cut_or_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
