/* btree: what is laid out past SQLite, SQLite reads as if it had written it. */
#define _GNU_SOURCE

#include "tests/trial.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sqlite3.h>
#include <unistd.h>

#include "engine/base/memory.h"
#include "layers/write/btree.h"

static void run(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", sql, why);
}

static sqlite3_int64 number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    sqlite3_int64 value = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return value;
}

/** A file with an empty table `t`; its root page. */
static uint32_t make(const char *columns)
{
    sqlite3 *db;
    char sql[200];
    remove("a.db");
    assert_int_equal(sqlite3_open("a.db", &db), SQLITE_OK);
    snprintf(sql, sizeof sql, "create table t (k integer primary key, %s); create table u (x)",
             columns);
    run(db, sql);
    uint32_t root = (uint32_t)number(db, "select rootpage from sqlite_master where name = 't'");
    sqlite3_close(db);
    return root;
}

static sqlite3 *look(void)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open("a.db", &db), SQLITE_OK);
    return db;
}

static void sound(sqlite3 *db)
{
    assert_int_equal(number(db, "select count(*) from pragma_integrity_check "
                                "where integrity_check <> 'ok'"),
                     0);
}

/** Rows 1..n, each with one text of `length` bytes and one more for each row, up to `most`. */
static hot_status fill(uint32_t root, size_t n, size_t length, size_t most)
{
    static char text[2 << 20];
    hot_sqlite file;
    hot_btree table;
    hot_tuple row = {0};
    memset(text, 'x', sizeof text);
    HOT_TRY(hot_sqlite_open("a.db", &file));
    hot_btree_begin(&table, &file, root);
    hot_status status = HOT_OK;
    for (size_t k = 1; k <= n && status == HOT_OK; k++) {
        size_t bytes = length + k < most ? length + k : most;
        text[0] = (char)('a' + k % 26);
        hot_tuple_clear(&row);
        status = hot_tuple_null(&row);
        if (status == HOT_OK) status = hot_tuple_text(&row, text, bytes);
        if (status == HOT_OK) status = hot_btree_add(&table, k, &row);
    }
    hot_tuple_free(&row);
    return hot_sqlite_close(&file, hot_btree_end(&table, status));
}

/** None, one, a leaf, an inner page, two levels of them; rows that need pages of their own. */
static void rows_of_every_size(void **unused)
{
    (void)unused;
    static const struct {
        size_t n, length, most;
    } cases[] = {{0, 0, 0},          {1, 0, 1},         {40, 10, 60},     {3000, 10, 100},
                 {30000, 90, 100},   {100, 4000, 5000}, {60, 8100, 9000}, {3, 1 << 20, 2 << 20},
                 {1, 500000, 500001}};
    for (size_t c = 0; c < COUNT(cases); c++) {
        char sql[200];
        uint32_t root = make("v text");
        assert_int_equal(fill(root, cases[c].n, cases[c].length, cases[c].most), HOT_OK);
        sqlite3 *db = look();
        sound(db);
        assert_int_equal(number(db, "select count(*) from t"), cases[c].n);
        snprintf(sql, sizeof sql,
                 "select count(*) from t where length(v) <> min(%zu + k, %zu) or "
                 "substr(v, 1, 1) <> char(97 + k %% 26) or trim(substr(v, 2), 'x') <> ''",
                 cases[c].length, cases[c].most);
        assert_int_equal(number(db, sql), 0);
        run(db, "delete from t where k % 3 = 0; insert into t (v) values ('more')");
        sound(db);
        sqlite3_close(db);
    }
}

static const int64_t whole[] = {0,
                                1,
                                2,
                                -1,
                                127,
                                128,
                                -128,
                                -129,
                                32767,
                                32768,
                                -32768,
                                -32769,
                                8388607,
                                8388608,
                                -8388608,
                                -8388609,
                                2147483647,
                                2147483648,
                                -2147483648,
                                -2147483649,
                                1LL << 46,
                                (1LL << 47) - 1,
                                1LL << 47,
                                -(1LL << 47),
                                -(1LL << 47) - 1,
                                INT64_MAX,
                                INT64_MIN};
static const double real[] = {0,
                              1,
                              -1,
                              0.1,
                              -2.5,
                              1e300,
                              140737488355327.0,
                              NAN,
                              1e15,
                              -1e15,
                              140737488355328.0,
                              5e-324,
                              -140737488355328.0};

static hot_status add_numbers(hot_btree *t, hot_tuple *row, size_t k)
{
    hot_tuple_clear(row);
    HOT_TRY(hot_tuple_null(row));
    HOT_TRY(hot_tuple_integer(row, whole[k % COUNT(whole)]));
    HOT_TRY(hot_tuple_real(row, real[k % COUNT(real)]));
    HOT_TRY(hot_tuple_blob(row, "\0\1\2", k % 4));
    return hot_btree_add(t, k + 1, row);
}

/** The same values through SQLite into the other file give the same bytes of each row. */
static void numbers_as_sqlite_keeps_them(void **unused)
{
    (void)unused;
    uint32_t root = make("i integer, r real, b blob");
    hot_sqlite file;
    hot_btree table;
    hot_tuple row = {0};
    size_t n = COUNT(whole) * COUNT(real);
    assert_int_equal(hot_sqlite_open("a.db", &file), HOT_OK);
    hot_btree_begin(&table, &file, root);
    for (size_t k = 0; k < n; k++) assert_int_equal(add_numbers(&table, &row, k), HOT_OK);
    assert_int_equal(hot_sqlite_close(&file, hot_btree_end(&table, HOT_OK)), HOT_OK);
    hot_tuple_free(&row);
    sqlite3 *db = look();
    sound(db);
    run(db, "create table s (k integer primary key, i integer, r real, b blob)");
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(db, "insert into s values (?, ?, ?, ?)", -1, &s, NULL), 0);
    for (size_t k = 0; k < n; k++) {
        sqlite3_bind_int64(s, 1, (sqlite3_int64)k + 1);
        sqlite3_bind_int64(s, 2, whole[k % COUNT(whole)]);
        sqlite3_bind_double(s, 3, real[k % COUNT(real)]);
        sqlite3_bind_blob(s, 4, "\0\1\2", (int)(k % 4), SQLITE_STATIC);
        assert_int_equal(sqlite3_step(s), SQLITE_DONE);
        sqlite3_reset(s);
    }
    sqlite3_finalize(s);
    assert_int_equal(number(db, "select count(*) from s join t using (k) where s.i is t.i and s.r "
                                "is t.r and s.b is t.b and typeof(s.i) = typeof(t.i) and "
                                "typeof(s.r) = typeof(t.r) and typeof(s.b) = typeof(t.b)"),
                     n);
    /* As many bytes: nothing is kept wider than need be. */
    if (number(db, "select count(*) from pragma_compile_options where compile_options = "
                   "'ENABLE_DBSTAT_VTAB'"))
        assert_int_equal(number(db, "select sum(iif(name = 's', payload, -payload)) from dbstat "
                                    "where name in ('s', 't') and pagetype = 'leaf'"),
                         0);
    sqlite3_close(db);
}

/** A file that grows over its first GiB: the page of SQLite's locks holds nothing. */
static void the_page_of_locks_is_left_out(void **unused)
{
    (void)unused;
    enum { PAGE = 4096, LOCKS = (1 << 30) / PAGE + 1 };
    for (uint32_t before = LOCKS - 4; before <= LOCKS; before++) {
        uint32_t root = make("v text");
        unsigned char bytes[PAGE], count[4] = {0, (unsigned char)(before >> 16),
                                               (unsigned char)(before >> 8), (unsigned char)before};
        int handle = open("a.db", O_RDWR | O_CLOEXEC);
        assert_true(handle >= 0);
        assert_int_equal(ftruncate(handle, (off_t)before * PAGE), 0);
        assert_int_equal(pwrite(handle, count, 4, 28), 4);
        assert_int_equal(fill(root, 9, 6000, 20000), HOT_OK);
        assert_int_equal(pread(handle, bytes, PAGE, (off_t)(LOCKS - 1) * PAGE), PAGE);
        for (int k = 0; k < PAGE; k++) assert_int_equal(bytes[k], 0);
        close(handle);
        sqlite3 *db = look();
        assert_int_equal(number(db, "select sum(length(v) = 6000 + k and trim(substr(v, 2), 'x') = "
                                    "'') from t"),
                         9);
        sqlite3_close(db);
    }
}

static void without_memory(void **unused)
{
    (void)unused;
    hot_status status = HOT_MEMORY;
    long k = 0;
    for (; status != HOT_OK; k++) {
        uint32_t root = make("v text");
        hot_memory_fail_after(k);
        status = fill(root, 2000, 100, 200);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
    }
    assert_true(k > 5);
}

static void put_byte(off_t at, unsigned char byte)
{
    int handle = open("a.db", O_WRONLY | O_CLOEXEC);
    assert_int_equal(pwrite(handle, &byte, 1, at), 1);
    close(handle);
}

/** Another size of page, bytes set aside, a page map, fewer pages than said; no file at all. */
static void other_files_are_refused(void **unused)
{
    (void)unused;
    static const off_t at[] = {16, 20, 55, 31};
    hot_sqlite file;
    for (size_t k = 0; k < COUNT(at); k++) {
        make("v text");
        assert_int_equal(hot_sqlite_open("a.db", &file), HOT_OK);
        assert_int_equal(hot_sqlite_close(&file, HOT_OK), HOT_OK);
        put_byte(at[k], 9);
        assert_int_equal(hot_sqlite_open("a.db", &file), HOT_SYSTEM);
        assert_int_equal(errno, 0);
    }
    assert_int_equal(truncate("a.db", 50), 0);
    assert_int_equal(hot_sqlite_open("a.db", &file), HOT_SYSTEM);
    assert_int_equal(errno, 0);
    assert_int_equal(hot_sqlite_open("none.db", &file), HOT_SYSTEM);
    assert_int_equal(errno, ENOENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_of_every_size, enter, leave),
        cmocka_unit_test_setup_teardown(numbers_as_sqlite_keeps_them, enter, leave),
        cmocka_unit_test_setup_teardown(the_page_of_locks_is_left_out, enter, leave),
        cmocka_unit_test_setup_teardown(without_memory, enter, leave),
        cmocka_unit_test_setup_teardown(other_files_are_refused, enter, leave),
    };
    return cmocka_run_group_tests_name("btree", tests, NULL, NULL);
}
