/* The packed R-tree, as SQLite itself reads it. */
#include "tests/check.h"

#include <sqlite3.h>
#include <stdbool.h>

#include "engine/base/memory.h"
#include "layers/write/rtree.h"

static uint32_t drawn = 7;

static double draw(void)
{
    drawn = drawn * 1664525u + 1013904223u;
    return (double)(drawn >> 8) / (1 << 24);
}

typedef struct {
    uint32_t n;
    double *x, *y;
    sqlite3 *db;
    hot_rtree tree;
} trial;

static void put(sqlite3 *db, const char *sql, sqlite3_int64 one, const void *blob,
                sqlite3_int64 other)
{
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    sqlite3_bind_int64(s, 1, one);
    if (blob)
        sqlite3_bind_blob(s, 2, blob, HOT_RTREE_BYTES, SQLITE_TRANSIENT);
    else
        sqlite3_bind_int64(s, 2, other);
    assert_int_equal(sqlite3_step(s), SQLITE_DONE);
    sqlite3_finalize(s);
}

static sqlite3_int64 ask(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    sqlite3_int64 n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

static void fill(sqlite3 *db, const hot_rtree *t)
{
    unsigned char node[HOT_RTREE_BYTES];
    assert_int_equal(sqlite3_exec(db, "begin", NULL, NULL, NULL), SQLITE_OK);
    for (uint32_t k = 1; k <= t->nodes; k++) {
        hot_rtree_node(t, k, node);
        put(db, "insert or replace into r_node values (?, ?)", k, node, 0);
        if (k > 1) put(db, "insert into r_parent values (?, ?)", k, NULL, hot_rtree_parent(t, k));
    }
    for (uint32_t i = 0; i < t->n; i++)
        put(db, "insert into r_rowid values (?, ?)", i + 1, NULL, t->leaf[i]);
    assert_int_equal(sqlite3_exec(db, "commit", NULL, NULL, NULL), SQLITE_OK);
}

/** Points in a square of 40 km, many of them on the same places; n of them. */
static trial begin(uint32_t n)
{
    trial t = {.n = n, .x = hot_new(n, sizeof *t.x), .y = hot_new(n, sizeof *t.y)};
    for (uint32_t i = 0; i < n; i++) {
        bool again = i && i % 3 == 0;
        t.x[i] = again ? t.x[i / 2] : 400000.1 + 40000 * draw();
        t.y[i] = again ? t.y[i / 2] : -20000 + 40000 * draw();
    }
    assert_int_equal(hot_rtree_pack(t.x, t.y, n, &t.tree), HOT_OK);
    assert_int_equal(sqlite3_open(":memory:", &t.db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(t.db,
                                  "create virtual table r using rtree(id, minx, maxx, miny, maxy);"
                                  "create virtual table grown using rtree(id, minx, maxx, miny, "
                                  "maxy)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    fill(t.db, &t.tree);
    return t;
}

static void end(trial *t)
{
    hot_rtree_free(&t->tree);
    sqlite3_close(t->db);
    hot_free(t->x);
    hot_free(t->y);
}

/** As many as lie in the window by SQLite's rule: a box that is wider than its point by what
 *  single precision rounds off. */
static uint32_t count(const trial *t, double west, double south, double width)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < t->n; i++)
        n += t->x[i] >= west && t->x[i] <= west + width && t->y[i] >= south &&
             t->y[i] <= south + width;
    return n;
}

static uint32_t found(const trial *t, double west, double south, double width)
{
    char sql[300];
    snprintf(sql, sizeof sql,
             "select count(*) from r where maxx >= %.17g and minx <= %.17g and maxy >= %.17g and "
             "miny <= %.17g",
             west, west + width, south, south + width);
    return (uint32_t)ask(t->db, sql);
}

/** Windows whose edges no point comes near: rounding decides nothing. */
static void windows(const trial *t)
{
    for (int k = 0; k < 40; k++) {
        double west = 400000 + 40000 * draw(), south = -20000 + 40000 * draw();
        double width = k % 4 ? 3000 * draw() : 60000;
        bool near = false;
        for (uint32_t i = 0; i < t->n; i++)
            near = near || fabs(t->x[i] - west) < 0.1 || fabs(t->x[i] - west - width) < 0.1 ||
                   fabs(t->y[i] - south) < 0.1 || fabs(t->y[i] - south - width) < 0.1;
        if (!near) assert_int_equal(found(t, west, south, width), count(t, west, south, width));
    }
}

/** Cell by cell what SQLite stores for the same points. */
static void same_as_grown(const trial *t)
{
    sqlite3_stmt *s;
    assert_int_equal(
        sqlite3_prepare_v2(t->db, "insert into grown values (?1, ?2, ?2, ?3, ?3)", -1, &s, NULL),
        SQLITE_OK);
    for (uint32_t i = 0; i < t->n; i++) {
        sqlite3_bind_int64(s, 1, i + 1);
        sqlite3_bind_double(s, 2, t->x[i]);
        sqlite3_bind_double(s, 3, t->y[i]);
        assert_int_equal(sqlite3_step(s), SQLITE_DONE);
        sqlite3_reset(s);
    }
    sqlite3_finalize(s);
    assert_int_equal(ask(t->db, "select count(*) from r"), t->n);
    assert_int_equal(
        ask(t->db, "select count(*) from (select * from r except select * from grown)"), 0);
}

static void packed(uint32_t n, uint32_t nodes, int levels)
{
    trial t = begin(n);
    assert_int_equal(t.tree.nodes, nodes);
    assert_int_equal(t.tree.levels, levels);
    assert_int_equal(ask(t.db, "select rtreecheck('r') = 'ok'"), 1);
    assert_int_equal(ask(t.db, "select count(*) from r_node"), nodes);
    assert_int_equal(ask(t.db, "select min(length(data)) from r_node"), HOT_RTREE_BYTES);
    same_as_grown(&t);
    windows(&t);
    end(&t);
}

static void every_size(void **unused)
{
    (void)unused;
    packed(0, 1, 1);
    packed(1, 1, 1);
    packed(51, 1, 1);
    packed(52, 3, 2);
    packed(2601, 52, 2);
    packed(2602, 52 + 2 + 1, 3);
    packed(20000, 393 + 8 + 1, 3);
}

/** It goes on as any other: rows are added and taken away. */
static void goes_on(void **unused)
{
    (void)unused;
    trial t = begin(3000);
    for (int k = 0; k < 500; k++)
        put(t.db, "insert into r values (?1, 410000.0 + ?1, 410000.0 + ?1, ?2, ?2)", 10000 + k,
            NULL, k);
    assert_int_equal(sqlite3_exec(t.db, "delete from r where id % 3 = 0", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(ask(t.db, "select rtreecheck('r') = 'ok'"), 1);
    assert_int_equal(ask(t.db, "select count(*) from r"), 3000 - 1000 + 500 - 166);
    end(&t);
}

static void all_on_one_place(void **unused)
{
    (void)unused;
    double x[200], y[200];
    hot_rtree t;
    for (int i = 0; i < 200; i++) x[i] = 5, y[i] = -5;
    assert_int_equal(hot_rtree_pack(x, y, 200, &t), HOT_OK);
    for (uint32_t i = 0; i < 200; i++) { /* in their own order */
        assert_int_equal((uint32_t)t.order[i], i);
        assert_int_equal(t.leaf[i], 2 + i / HOT_RTREE_CELLS);
    }
    hot_rtree_free(&t);
}

static void without_memory(void **unused)
{
    (void)unused;
    double x[100] = {0}, y[100] = {0};
    for (long k = 0; k < 4; k++) {
        hot_rtree t = {.n = 7};
        hot_memory_fail_after(k);
        assert_int_equal(hot_rtree_pack(x, y, 100, &t), HOT_MEMORY);
        hot_memory_fail_after(-1);
        assert_int_equal(t.n, 0);
        assert_null(t.order);
        hot_rtree_free(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size),
        cmocka_unit_test(goes_on),
        cmocka_unit_test(all_on_one_place),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests_name("rtree", tests, NULL, NULL);
}
