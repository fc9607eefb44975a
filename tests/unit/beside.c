/* Pieces made side by side: each once, and the failure told is the first in their order. */
#include <omp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

#include "tests/check.h"
#include "tools/beside.h"

enum { PIECES = 50, KINDS = 3 };

typedef struct {
    atomic_int made[PIECES];
    size_t fails_at, fails_too; /* PIECES = never */
    atomic_bool later_failed;   /* `fails_at` waits for it where there are two threads */
} work;

static hot_status make(void *self, size_t piece, hot_error *error)
{
    work *w = self;
    atomic_fetch_add(&w->made[piece], 1);
    if (piece == w->fails_at) {
        bool both = w->fails_too < PIECES && omp_get_num_threads() > 1;
        while (both && !atomic_load(&w->later_failed)) {
        }
        return hot_fail(error, HOT_INPUT, "The first failed.");
    }
    if (piece != w->fails_too) return HOT_OK;
    atomic_store(&w->later_failed, true);
    return hot_fail(error, HOT_SYSTEM, "A later one failed.");
}

static void each_piece_of_each_kind_is_made_once(void **state)
{
    (void)state;
    for (int threads = 1; threads < 8; threads++) {
        work w[KINDS] = {{.fails_at = PIECES, .fails_too = PIECES},
                         {.fails_at = PIECES, .fails_too = PIECES},
                         {.fails_at = PIECES, .fails_too = PIECES}};
        const hot_pieces kinds[KINDS] = {{make, &w[0], PIECES}, {make, &w[1], 0}, {make, &w[2], 7}};
        hot_error error = {{0}};
        assert_int_equal(hot_beside(threads, kinds, KINDS, &error), HOT_OK);
        for (size_t k = 0; k < PIECES; k++) {
            assert_int_equal(w[0].made[k], 1);
            assert_int_equal(w[1].made[k], 0);
            assert_int_equal(w[2].made[k], k < 7);
        }
    }
}

static void no_pieces_are_no_work(void **state)
{
    (void)state;
    hot_error error = {{0}};
    assert_int_equal(hot_beside(2, &(hot_pieces){make, NULL, 0}, 1, &error), HOT_OK);
    assert_int_equal(hot_beside(2, NULL, 0, &error), HOT_OK);
}

static void the_first_failure_in_order_is_told(void **state)
{
    (void)state;
    for (int threads = 1; threads < 8; threads++) {
        work w = {.fails_at = 10, .fails_too = 11};
        hot_error error = {{0}};
        assert_int_equal(hot_beside(threads, &(hot_pieces){make, &w, PIECES}, 1, &error),
                         HOT_INPUT);
        assert_string_equal(error.text, "The first failed.");
    }
}

static void after_a_failure_none_is_begun(void **state)
{
    (void)state;
    work w[2] = {{.fails_at = 3, .fails_too = PIECES}, {.fails_at = PIECES, .fails_too = PIECES}};
    const hot_pieces kinds[] = {{make, &w[0], PIECES}, {make, &w[1], PIECES}};
    hot_error error = {{0}};
    assert_int_equal(hot_beside(1, kinds, 2, &error), HOT_INPUT);
    for (size_t k = 0; k < PIECES; k++) {
        assert_int_equal(w[0].made[k], k <= 3);
        assert_int_equal(w[1].made[k], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_piece_of_each_kind_is_made_once),
        cmocka_unit_test(no_pieces_are_no_work),
        cmocka_unit_test(the_first_failure_in_order_is_told),
        cmocka_unit_test(after_a_failure_none_is_begun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
