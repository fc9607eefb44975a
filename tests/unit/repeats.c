/* repeats and places: which incidents are of one place, and which places come again. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/repeats/places.h"
#include "engine/repeats/repeats.h"

enum { N = 10 };

/** Five points by x, then y; keys 1 "B" and 2 "A". */
static const double x[] = {100, 100.004, 100.02, 200, 300}, y[] = {5, 5, 5, 5, 5};
static const char *const word[] = {"", "B", "A"};
static const uint32_t point[N] = {4, 0, 1, 2, 3, 3, 0, 4, 2, 3};
static const uint32_t key[N] = {1, 0, 0, 0, 2, 1, 2, 0, 0, 0};

static hot_places found(double tolerance, uint32_t *place)
{
    hot_places places = {0};
    assert_int_equal(hot_places_find(point, key, N, 2, word, x, y, tolerance, place, &places),
                     HOT_OK);
    return places;
}

static void places_by_key_and_by_coordinates(void **unused)
{
    (void)unused;
    /* point 0 (with 1, which rounds to it), point 0 with key A, 2, 3, 3 with key B, 4 */
    static const uint32_t of[N] = {4, 0, 0, 2, 1, 4, 1, 5, 2, 3};
    static const uint32_t points[] = {0, 0, 2, 3, 3, 4}, keys[] = {0, 2, 0, 0, 1, 0};
    uint32_t place[N];
    hot_places p = found(0, place);
    assert_int_equal(p.n, COUNT(points));
    assert_memory_equal(p.point, points, sizeof points);
    assert_memory_equal(p.key, keys, sizeof keys);
    assert_memory_equal(place, of, sizeof of);
    hot_places_free(&p);
    hot_places_free(&p);
    p = found(0.05, place);
    assert_int_equal(p.n, 5);
    assert_int_equal(place[3], 0);
    hot_places_free(&p);
    p = found(1000, place);
    assert_int_equal(p.n, 3); /* the keys, and the rest in one square */
    hot_places_free(&p);
}

/** One point with several keys: the order is that of the keys' texts, not of their numbers. */
static void keys_at_one_point(void **unused)
{
    (void)unused;
    static const uint32_t same[] = {3, 3, 3}, keys[] = {1, 2, 0};
    uint32_t place[3];
    hot_places p = {0};
    assert_int_equal(hot_places_find(same, keys, 3, 2, word, x, y, 0, place, &p), HOT_OK);
    assert_int_equal(p.n, 3);
    assert_true(place[0] == 2 && place[1] == 1 && place[2] == 0);
    hot_places_free(&p);
}

/** Every rotation and the reverse of the rows gives the same places. */
static void whatever_the_order_of_the_rows(void **unused)
{
    (void)unused;
    uint32_t whole[N], place[N], points[N], keys[N];
    hot_places expected = found(0, whole);
    for (size_t turn = 0; turn < 2 * N; turn++) {
        size_t from[N];
        for (size_t i = 0; i < N; i++) {
            from[i] = turn < N ? (i + turn) % N : (3 * N - 1 - i - turn) % N;
            points[i] = point[from[i]];
            keys[i] = key[from[i]];
        }
        hot_places p = {0};
        assert_int_equal(hot_places_find(points, keys, N, 2, word, x, y, 0, place, &p), HOT_OK);
        assert_int_equal(p.n, expected.n);
        assert_memory_equal(p.point, expected.point, p.n * sizeof *p.point);
        assert_memory_equal(p.key, expected.key, p.n * sizeof *p.key);
        for (size_t i = 0; i < N; i++) assert_int_equal(place[i], whole[from[i]]);
        hot_places_free(&p);
    }
    hot_places_free(&expected);
}

/* More points than a block holds, in columns of the grid that go on from block to block. */
enum { MANY = 100000 };

/** Points by x, then y: 100 to each x, rows of 1 m by 1 m. */
static void check_many(double tolerance, int threads)
{
    size_t side = (size_t)tolerance, across = (MANY / 100 + side - 1) / side,
           up = (100 + side - 1) / side;
    double *east = malloc(MANY * sizeof *east), *north = malloc(MANY * sizeof *north);
    uint32_t *each = malloc(MANY * sizeof *each), *place = malloc(MANY * sizeof *place);
    uint32_t *none = calloc(MANY, sizeof *none);
    hot_places p = {0};
    assert_true(east && north && each && place && none);
    for (uint32_t i = 0; i < MANY; i++) {
        each[i] = i;
        /* halves are rounded up, so that a square begins half a tolerance before a multiple */
        east[i] = i / 100 + 0.5 + tolerance / 2;
        north[i] = i % 100 + 0.5 + tolerance / 2;
    }
    assert_int_equal(
        hot_places_find(each, none, MANY, threads, word, east, north, tolerance, place, &p),
        HOT_OK);
    assert_int_equal(p.n, across * up);
    for (uint32_t i = 0; i < MANY; i++) {
        uint32_t lowest = (uint32_t)(i / 100 / side * side * 100 + i % 100 / side * side);
        assert_int_equal(p.point[place[i]], lowest);
    }
    for (size_t k = 1; k < p.n; k++) assert_true(p.point[k - 1] < p.point[k]);
    hot_places_free(&p);
    free(east);
    free(north);
    free(each);
    free(place);
    free(none);
}

static void many_points_on_any_number_of_threads(void **unused)
{
    (void)unused;
    for (int threads = 1; threads <= 7; threads += 3) {
        check_many(1, threads);
        check_many(10, threads);
        check_many(5000, threads);
    }
}

static void no_incidents_and_a_negative_tolerance(void **unused)
{
    (void)unused;
    uint32_t place[N] = {77};
    hot_places p = {0};
    assert_int_equal(hot_places_find(point, key, 0, 2, word, x, y, 0, place, &p), HOT_OK);
    assert_int_equal(p.n, 0);
    hot_places_free(&p);
    assert_int_equal(hot_places_find(point, key, N, 2, word, x, y, -1, place, &p), HOT_DOMAIN);
    assert_int_equal(hot_places_find(point, key, N, 2, word, x, y, NAN, place, &p), HOT_DOMAIN);
    assert_true(p.n == 0 && !p.point && place[0] == 77);
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    long n = 0;
    for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
        uint32_t place[N] = {77};
        hot_places p = {0};
        hot_memory_fail_after(n);
        status = hot_places_find(point, key, N, 2, word, x, y, 0, place, &p);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
        if (status == HOT_MEMORY) assert_true(p.n == 0 && !p.point && !p.key && place[0] == 77);
        hot_places_free(&p);
    }
    assert_int_equal(n, 7);
    uint32_t count[] = {2, 3}, order[] = {77, 77}, rank[] = {77, 77};
    size_t repeats = 77;
    hot_memory_fail_after(0);
    hot_status status = hot_repeats_rank(count, 2, order, rank, &repeats);
    hot_memory_fail_after(-1);
    assert_int_equal(status, HOT_MEMORY);
    assert_true(order[0] == 77 && order[1] == 77 && rank[0] == 77 && rank[1] == 77);
    assert_int_equal(repeats, 77);
}

static void counts_first_and_last(void **unused)
{
    (void)unused;
    static const uint32_t place[] = {2, 0, 2, 2};
    static const int64_t from[] = {50, -7, 20, 90};
    static const int32_t row[] = {0, 1, 0, 0}, none[] = {-1, 1};
    uint32_t count[3] = {7, 7, 7};
    hot_repeats_count(place, COUNT(place), 3, count);
    assert_true(count[0] == 1 && count[1] == 0 && count[2] == 3);
    hot_repeats_span span[] = {{7, 7}, {7, 7}, {7, 7}};
    hot_repeats_spans(row, from, COUNT(row), 2, span);
    assert_true(span[0].first == 20 && span[0].last == 90);
    assert_true(span[1].first == -7 && span[1].last == -7);
    assert_true(span[2].first == 7 && span[2].last == 7);
    hot_repeats_spans(none, from, COUNT(none), 2, span);
    assert_true(span[0].first == INT64_MAX && span[0].last == INT64_MIN);
    assert_true(span[1].first == -7 && span[1].last == -7);
}

static void ranks(void **unused)
{
    (void)unused;
    static const uint32_t count[] = {1, 3, 2, 5, 3, 0, 2};
    static const uint32_t expected[] = {3, 1, 4, 2, 6}, ranked[] = {1, 2, 2, 4, 4};
    uint32_t order[COUNT(count)], rank[COUNT(count)];
    size_t n = 77;
    assert_int_equal(hot_repeats_rank(count, COUNT(count), order, rank, &n), HOT_OK);
    assert_int_equal(n, COUNT(expected));
    assert_memory_equal(order, expected, sizeof expected);
    assert_memory_equal(rank, ranked, sizeof ranked);
    assert_int_equal(hot_repeats_rank(count, 1, order, rank, &n), HOT_OK);
    assert_int_equal(n, 0);
    assert_int_equal(hot_repeats_rank(count, 0, order, rank, &n), HOT_OK);
    assert_int_equal(n, 0);
}

static void classes_and_table(void **unused)
{
    (void)unused;
    static const int class_[] = {0, 0, 1, 2, 2, 3, 3, 3, 3, 3, 4, 4};
    for (uint32_t k = 0; k < COUNT(class_); k++) assert_int_equal(hot_repeats_class(k), class_[k]);
    assert_int_equal(hot_repeats_class(UINT32_MAX), 4);
    static const uint32_t count[] = {0, 1, 1, 2, 3, 4, 5, 6, 100};
    static const size_t places[] = {2, 1, 1, 1, 3}, incidents[] = {2, 2, 3, 4, 111};
    hot_repeats_table t = hot_repeats_tabulate(count, COUNT(count));
    assert_memory_equal(t.places, places, sizeof places);
    assert_memory_equal(t.incidents, incidents, sizeof incidents);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_by_key_and_by_coordinates),
        cmocka_unit_test(keys_at_one_point),
        cmocka_unit_test(whatever_the_order_of_the_rows),
        cmocka_unit_test(many_points_on_any_number_of_threads),
        cmocka_unit_test(no_incidents_and_a_negative_tolerance),
        cmocka_unit_test(every_request_may_fail),
        cmocka_unit_test(counts_first_and_last),
        cmocka_unit_test(ranks),
        cmocka_unit_test(classes_and_table),
    };
    return cmocka_run_group_tests_name("repeats", tests, NULL, NULL);
}
