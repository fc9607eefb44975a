/* hot_levels: ranks 1, 2, 2, 4 and the quarters at their borders. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/levels/levels.h"

typedef struct {
    size_t n;
    int64_t count[6], rank[6];
    int8_t class_[6];
} levels;

static void ranks_and_classes(void **unused)
{
    (void)unused;
    static const levels cases[] = {
        {0, {0}, {0}, {0}},
        {1, {5}, {1}, {1}},
        {1, {0}, {1}, {0}},
        {4, {3, 5, 3, 1}, {2, 1, 2, 4}, {2, 1, 2, 3}},
        {4, {0, 0, 7, 0}, {2, 2, 1, 2}, {0, 0, 1, 0}},
        {4, {1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}}, /* equal counts, equal class */
        {3, {0, 0, 0}, {1, 1, 1}, {0, 0, 0}},
        /* of 100: just under a quarter before it, a quarter, half, and one more */
        {5, {24, 26, 25, 25, 0}, {4, 1, 2, 2, 5}, {3, 1, 2, 2, 0}},
        {4, {25, 26, 24, 25}, {2, 1, 4, 2}, {2, 1, 3, 2}},
        {6, {24, 23, 22, 20, 6, 5}, {1, 2, 3, 4, 5, 6}, {1, 1, 2, 3, 3, 3}},
        {5, {25, 24, 23, 22, 6}, {1, 2, 3, 4, 5}, {1, 2, 2, 3, 3}},
        {4, {50, 30, 15, 5}, {1, 2, 3, 4}, {1, 3, 3, 3}},
        {4, {49, 30, 16, 5}, {1, 2, 3, 4}, {1, 2, 3, 3}},
        {3, {4000000000000, 1, 4000000000000}, {1, 3, 1}, {1, 3, 1}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t rank[6];
        int8_t class_[6];
        assert_int_equal(hot_levels(cases[i].count, cases[i].n, rank, class_), HOT_OK);
        for (size_t k = 0; k < cases[i].n; k++) {
            if (rank[k] != cases[i].rank[k] || class_[k] != cases[i].class_[k])
                fail_msg("case %zu, area %zu: rank %d, class %d", i, k, (int)rank[k], class_[k]);
        }
    }
}

static void without_memory_nothing_is_written(void **unused)
{
    (void)unused;
    const int64_t count[] = {1, 2};
    int64_t rank[] = {77, 77};
    int8_t class_[] = {77, 77};
    hot_memory_fail_after(0);
    hot_status status = hot_levels(count, 2, rank, class_);
    hot_memory_fail_after(-1);
    assert_int_equal(status, HOT_MEMORY);
    assert_true(rank[0] == 77 && rank[1] == 77 && class_[0] == 77 && class_[1] == 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_and_classes),
        cmocka_unit_test(without_memory_nothing_is_written),
    };
    return cmocka_run_group_tests_name("levels", tests, NULL, NULL);
}
