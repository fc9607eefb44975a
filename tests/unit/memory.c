/* memory: sizes that overflow are refused, the nth request fails, and nothing leaks. */
#include "tests/check.h"

#include "engine/base/memory.h"

/** Under AddressSanitizer a request that is too large shall fail as it does without it. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

/** Not a constant, so that the compiler cannot warn of it. */
static volatile size_t huge = SIZE_MAX / 2;

static void zeroed_and_raw(void **unused)
{
    (void)unused;
    unsigned char *block = hot_new(1000, 3);
    assert_non_null(block);
    for (size_t i = 0; i < 3000; i++) assert_int_equal(block[i], 0);
    hot_free(block);
    block = hot_new_raw(10, 3);
    assert_non_null(block);
    memset(block, 1, 30);
    hot_free(block);
    hot_free(NULL);
}

static void nothing_may_be_freed_too(void **unused)
{
    (void)unused;
    void *blocks[] = {hot_new(0, 8), hot_new(8, 0), hot_new_raw(0, 8), hot_new_raw(8, 0)};
    for (size_t i = 0; i < COUNT(blocks); i++) {
        assert_non_null(blocks[i]);
        hot_free(blocks[i]);
    }
}

static void sizes_that_overflow(void **unused)
{
    (void)unused;
    int *array = NULL;
    size_t room = 0;
    hot_arena arena = {0};
    assert_null(hot_new(huge, 3));
    assert_null(hot_new_raw(huge, 3));
    assert_false(hot_grow(&array, &room, huge, sizeof *array));
    assert_null(array);
    assert_int_equal(room, 0);
    assert_null(hot_text("a", huge * 2 + 1));
    assert_null(hot_arena_text(&arena, "a", huge * 2 + 1));
    assert_null(hot_arena_text(&arena, "a", huge * 2 - 3));
    assert_null(arena.head);
}

static void growing(void **unused)
{
    (void)unused;
    int *array = NULL, moves = 0;
    size_t room = 0;
    assert_true(hot_grow(&array, &room, 0, sizeof *array));
    assert_null(array);
    for (int n = 0; n < 10000; n++) {
        size_t before = room;
        assert_true(hot_grow(&array, &room, (size_t)n + 1, sizeof *array));
        assert_true(room > (size_t)n);
        if (room != before) assert_true(room >= 2 * before);
        moves += room != before;
        array[n] = n;
    }
    for (int n = 0; n < 10000; n++) assert_int_equal(array[n], n);
    assert_in_range(moves, 5, 15);
    hot_memory_fail_after(0);
    int *old = array;
    size_t old_room = room;
    assert_false(hot_grow(&array, &room, room + 1, sizeof *array));
    assert_true(hot_grow(&array, &room, room, sizeof *array)); /* nothing to ask for */
    hot_memory_fail_after(-1);
    assert_ptr_equal(array, old);
    assert_int_equal(room, old_room);
    assert_true(hot_grow(&array, &room, 10 * room, sizeof *array));
    assert_int_equal(room, 10 * old_room);
    hot_free(array);
}

static void the_nth_request_fails(void **unused)
{
    (void)unused;
    hot_memory_fail_after(2);
    void *first = hot_new(1, 1), *second = hot_text("a", 1);
    void *third = hot_new_raw(1, 1), *fourth = hot_new(1, 1);
    hot_memory_fail_after(-5);
    void *fifth = hot_new(1, 1);
    assert_true(first && second && !third && !fourth && fifth);
    hot_free(first);
    hot_free(second);
    hot_free(fifth);
}

static void texts(void **unused)
{
    (void)unused;
    char *copy = hot_text("abc", 2), *none = hot_text(NULL, 0);
    assert_string_equal(copy, "ab");
    assert_string_equal(none, "");
    hot_free(copy);
    hot_free(none);
}

static void texts_of_an_arena(void **unused)
{
    (void)unused;
    hot_arena arena = {0};
    char *kept[2000], want[40];
    for (size_t i = 0; i < COUNT(kept); i++) {
        int n = snprintf(want, sizeof want, "text %zu of an arena", i);
        kept[i] = hot_arena_text(&arena, want, (size_t)n);
        assert_non_null(kept[i]);
    }
    char *large = hot_new(200000, 1);
    assert_non_null(large);
    char *copy = hot_arena_text(&arena, large, 200000); /* larger than a block */
    assert_non_null(copy);
    assert_int_equal(copy[200000], 0);
    hot_free(large);
    hot_memory_fail_after(0);
    assert_null(hot_arena_text(&arena, "no more", 200000));
    hot_memory_fail_after(-1);
    for (size_t i = 0; i < COUNT(kept); i++) {
        snprintf(want, sizeof want, "text %zu of an arena", i);
        assert_string_equal(kept[i], want);
    }
    assert_string_equal(hot_arena_text(&arena, NULL, 0), "");
    hot_arena_free(&arena);
    hot_arena_free(&arena);
    assert_null(arena.head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeroed_and_raw),      cmocka_unit_test(nothing_may_be_freed_too),
        cmocka_unit_test(sizes_that_overflow), cmocka_unit_test(growing),
        cmocka_unit_test(the_nth_request_fails), cmocka_unit_test(texts),
        cmocka_unit_test(texts_of_an_arena),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
