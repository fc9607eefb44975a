/* hot_incidents: growing, appending, keeping, duplicates, and one point for each location. */
#include "tests/check.h"

#include <time.h>

#include "engine/incidents/incidents.h"
#include "tests/colliding.h"

/** A row by what tells rows apart. */
typedef struct {
    const char *id, *type;
    int64_t from;
    double x, y;
    const char *key;
} row;

static uint32_t word(hot_incidents *t, const char *text)
{
    uint32_t number;
    assert_int_equal(hot_words_add(&t->words, text, strlen(text), &number), HOT_OK);
    return number;
}

static void add(hot_incidents *t, row r)
{
    size_t i;
    assert_int_equal(hot_incidents_add(t, &i), HOT_OK);
#define COLUMN(type, name) t->name[i] = 0;
    HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
    t->x[i] = r.x;
    t->y[i] = r.y;
    t->from[i] = r.from;
    t->type[i] = word(t, r.type);
    t->key[i] = word(t, r.key ? r.key : "");
    t->coordinates[i] = HOT_XY;
    if (!r.id) return;
    t->id_hash[i] = hot_hash(r.id, strlen(r.id), 0) | 1;
    t->id[i] = hot_arena_text(&t->texts, r.id, strlen(r.id));
    assert_non_null(t->id[i]);
}

static void duplicates(void **unused)
{
    (void)unused;
    static const struct {
        row row;
        uint32_t first;
    } cases[] = {
        {{"a", "asb", 10, 1, 2, NULL}, UINT32_MAX},
        {{NULL, "asb", 10, 1, 2, NULL}, UINT32_MAX},
        {{NULL, "asb", 10, 1, 2, NULL}, UINT32_MAX}, /* without an identifier, never */
        {{"a", "asb", 10, 1, 2, NULL}, 0},
        {{"b", "asb", 10, 1, 2, NULL}, UINT32_MAX},
        {{"a", "drugs", 10, 1, 2, NULL}, UINT32_MAX},
        {{"a", "asb", 11, 1, 2, NULL}, UINT32_MAX},
        {{"a", "asb", 10, 1.5, 2, NULL}, UINT32_MAX},
        {{"a", "asb", 10, 1, 2.5, NULL}, UINT32_MAX},
        {{"a", "asb", 10, 1, 2, "KEY"}, UINT32_MAX},
        {{"a", "asb", 10, 1, 2, "KEY"}, 9},
        {{"a", "asb", 10, 1, 2, NULL}, 0},
        {{"c", "asb", 10, 0.0, 2, NULL}, UINT32_MAX},
        {{"c", "asb", 10, -0.0, 2, NULL}, 12},
    };
    hot_incidents t = {0};
    for (size_t i = 0; i < COUNT(cases); i++) add(&t, cases[i].row);
    uint32_t first[COUNT(cases)];
    assert_int_equal(hot_incidents_duplicates(&t, 2, first), HOT_OK);
    for (size_t i = 0; i < COUNT(cases); i++)
        if (first[i] != cases[i].first) fail_msg("row %zu repeats %d", i, (int)first[i]);
    /* the same hash is not the same identifier */
    t.id_hash[4] = t.id_hash[0];
    assert_int_equal(hot_incidents_duplicates(&t, 2, first), HOT_OK);
    assert_int_equal(first[4], UINT32_MAX);
    hot_incidents_free(&t);
    hot_incidents_free(&t);
    assert_int_equal(hot_incidents_duplicates(&t, 2, first), HOT_OK); /* of nothing */
}

static void appending_and_keeping(void **unused)
{
    (void)unused;
    hot_incidents whole = {0}, part = {0};
    add(&whole, (row){"a", "asb", 1, 1, 2, "K"});
    add(&part, (row){"b", "drugs", 2, 3, 4, "K"});
    add(&part, (row){NULL, "asb", 3, 5, 6, NULL});
    assert_int_equal(hot_incidents_take(&whole, &part, 9), HOT_OK);
    assert_int_equal(part.n, 0);
    assert_int_equal(whole.n, 3);
    assert_true(whole.file[1] == 9 && whole.file[2] == 9);
    assert_string_equal(whole.id[1], "b");
    assert_null(whole.id[2]);
    assert_int_equal(whole.type[2], whole.type[0]);
    assert_int_equal(whole.key[1], whole.key[0]);
    assert_string_equal(hot_incidents_word(&whole, whole.type[1]), "drugs");
    assert_string_equal(hot_incidents_word(&whole, whole.key[2]), "");
    assert_string_equal(hot_incidents_word(&whole, UINT32_MAX), "");
    static const uint8_t keep[] = {0, 1, 1}, none[] = {0, 0};
    hot_incidents_keep(&whole, keep);
    assert_int_equal(whole.n, 2);
    check_near(whole.x[0], 3, 0);
    check_near(whole.y[1], 6, 0);
    hot_incidents_keep(&whole, none);
    assert_int_equal(whole.n, 0);
    hot_incidents_free(&whole);
    /* rows without any text, and no rows */
    size_t i;
    assert_int_equal(hot_incidents_add(&part, &i), HOT_OK);
#define COLUMN(type, name) part.name[i] = 0;
    HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
    assert_int_equal(hot_incidents_take(&whole, &part, 1), HOT_OK);
    hot_incidents_free(&part);
    assert_int_equal(hot_incidents_take(&whole, &part, 1), HOT_OK);
    assert_int_equal(whole.n, 1);
    assert_int_equal(whole.type[0], 0);
    hot_incidents_free(&whole);
}

enum { ROWS = 9 };

/** Rows in the order `from`, collapsed and ordered. */
static hot_points points_of(const size_t *from, hot_incidents *t)
{
    static const double x[ROWS] = {3, 1, 3, 1, -0.0, 2, 0.0, 1, 3},
                        y[ROWS] = {1, 5, 1, 4, 7, 2, 7, 5, 0};
    hot_points p = {0};
    for (size_t i = 0; i < ROWS; i++)
        add(t, (row){NULL, "asb", (int64_t)from[i], x[from[i]], y[from[i]], NULL});
    assert_int_equal(hot_points_collapse(t, 2, &p), HOT_OK);
    assert_int_equal(p.n, 6);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(p.x[t->point[i]] == t->x[i] && p.y[t->point[i]] == t->y[i]);
    assert_int_equal(hot_points_order(t, 2, &p), HOT_OK);
    return p;
}

static void points_in_one_order(void **unused)
{
    (void)unused;
    static const double x[] = {0, 1, 1, 2, 3, 3}, y[] = {7, 4, 5, 2, 0, 1};
    static const uint32_t point[ROWS] = {5, 2, 5, 1, 0, 3, 0, 2, 4};
    for (size_t turn = 0; turn < 2 * ROWS; turn++) {
        size_t from[ROWS];
        for (size_t i = 0; i < ROWS; i++)
            from[i] = turn < ROWS ? (i + turn) % ROWS : (3 * ROWS - 1 - i - turn) % ROWS;
        hot_incidents t = {0};
        hot_points p = points_of(from, &t);
        assert_int_equal(p.n, COUNT(x));
        assert_memory_equal(p.x, x, sizeof x);
        assert_memory_equal(p.y, y, sizeof y);
        for (size_t i = 0; i < ROWS; i++) assert_int_equal(t.point[i], point[from[i]]);
        hot_points_free(&p);
        hot_points_free(&p);
        hot_incidents_free(&t);
    }
}

/** Equal numbers of two coordinate systems are two points until they are placed. */
static void points_of_two_systems(void **unused)
{
    (void)unused;
    hot_incidents t = {0};
    hot_points p = {0};
    add(&t, (row){NULL, "asb", 0, 1, 2, NULL});
    add(&t, (row){NULL, "asb", 0, 1, 2, NULL});
    add(&t, (row){NULL, "asb", 0, 9, 9, NULL});
    t.coordinates[1] = HOT_LONLAT;
    assert_int_equal(hot_points_collapse(&t, 2, &p), HOT_OK);
    assert_int_equal(p.n, 3);
    assert_int_equal(p.coordinates[t.point[1]], HOT_LONLAT);
    p.x[2] = NAN; /* could not be placed */
    assert_int_equal(hot_points_order(&t, 2, &p), HOT_OK);
    assert_int_equal(p.n, 1);
    assert_true(t.point[0] == 0 && t.point[1] == 0 && t.point[2] == UINT32_MAX);
    assert_int_equal(p.coordinates[0], HOT_XY);
    assert_int_equal(hot_points_order(&t, 2, &p), HOT_OK); /* again: nothing changes */
    assert_true(t.point[0] == 0 && t.point[2] == UINT32_MAX && p.n == 1);
    hot_points_free(&p);
    hot_incidents_free(&t);
    assert_int_equal(hot_points_collapse(&t, 2, &p), HOT_OK);
    assert_int_equal(hot_points_order(&t, 2, &p), HOT_OK);
    assert_int_equal(p.n, 0);
    hot_points_free(&p);
}

/* More rows than a block and more points than a stretch holds: some come again, far apart. */
enum { PLACES = 100000, MANY = 230000 };

static size_t place_of(size_t i)
{
    return i < PLACES ? i : i * 31 % PLACES;
}

/** Every place has an identifier; 100003 is prime, so that x is another one for each. */
static void add_many(hot_incidents *t)
{
    for (size_t i = 0; i < MANY; i++) {
        size_t place = place_of(i);
        char id[16];
        snprintf(id, sizeof id, "id %zu", place);
        add(t, (row){id, "asb", 0, (double)(place * 7919 % 100003) / 3, (double)(place % 7), NULL});
    }
}

static void check_many(hot_incidents *t, int threads, uint32_t *first)
{
    hot_points p = {0};
    assert_int_equal(hot_incidents_duplicates(t, threads, first), HOT_OK);
    assert_int_equal(hot_points_collapse(t, threads, &p), HOT_OK);
    assert_int_equal(p.n, PLACES);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(first[i], i < PLACES ? UINT32_MAX : place_of(i));
        assert_int_equal(t->point[i], place_of(i));
    }
    assert_int_equal(hot_points_order(t, threads, &p), HOT_OK);
    assert_int_equal(p.n, PLACES);
    for (size_t k = 1; k < PLACES; k++) assert_true(p.x[k - 1] < p.x[k]);
    for (size_t i = 0; i < MANY; i++)
        assert_true(p.x[t->point[i]] == t->x[i] && p.y[t->point[i]] == t->y[i]);
    hot_points_free(&p);
}

static void many_rows_on_any_number_of_threads(void **unused)
{
    (void)unused;
    hot_incidents t = {0};
    uint32_t *first = malloc(MANY * sizeof *first);
    assert_non_null(first);
    add_many(&t);
    for (int threads = 1; threads <= 7; threads += 3) check_many(&t, threads, first);
    free(first);
    hot_incidents_free(&t);
}

/** All that asks for memory, on a few rows; it must free what it took. */
static hot_status all_of_it(hot_incidents *part, hot_incidents *t, hot_points *p)
{
    uint32_t first[17];
    HOT_TRY(hot_incidents_take(t, part, 0));
    HOT_TRY(hot_incidents_duplicates(t, 2, first));
    HOT_TRY(hot_points_collapse(t, 2, p));
    return hot_points_order(t, 2, p);
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    long n = 0;
    for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
        hot_incidents t = {0}, part = {0};
        hot_points p = {0};
        add(&t, (row){"a", "asb", 1, 1, 2, "K"});
        for (int k = 0; k < 16; k++) add(&part, (row){"b", "drugs", k, 1, 2, "L"});
        hot_memory_fail_after(n);
        status = all_of_it(&part, &t, &p);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
        hot_points_free(&p);
        hot_incidents_free(&t);
        hot_incidents_free(&part);
    }
    assert_in_range(n, 30, 50);
}

/** Identifiers that all have one hash: no square of their number. */
static void hostile_identifiers_do_not_pile_up(void **unused)
{
    (void)unused;
    enum { HOSTILE = 60000 };
    hot_incidents t = {0};
    uint32_t *first = malloc(HOSTILE * sizeof *first);
    assert_non_null(first);
    for (uint64_t k = 0; k < HOSTILE; k++) {
        char id[17];
        colliding_text(k, id);
        add(&t, (row){id, "asb", 10, 1, 2, NULL});
        assert_true(t.id_hash[k] == t.id_hash[0]);
    }
    clock_t begin = clock();
    assert_int_equal(hot_incidents_duplicates(&t, 2, first), HOT_OK);
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 5);
    for (size_t i = 0; i < HOSTILE; i++) assert_int_equal(first[i], UINT32_MAX);
    free(first);
    hot_incidents_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(duplicates),
        cmocka_unit_test(appending_and_keeping),
        cmocka_unit_test(points_in_one_order),
        cmocka_unit_test(points_of_two_systems),
        cmocka_unit_test(many_rows_on_any_number_of_threads),
        cmocka_unit_test(every_request_may_fail),
        cmocka_unit_test(hostile_identifiers_do_not_pile_up),
    };
    return cmocka_run_group_tests_name("incidents", tests, NULL, NULL);
}
