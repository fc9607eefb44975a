/* words: each text once, numbered by first appearance; a hash that is the same everywhere. */
#include "tests/check.h"

#include <time.h>

#include "engine/base/words.h"
#include "tests/colliding.h"

static uint32_t added(hot_words *w, const char *text)
{
    uint32_t number = UINT32_MAX;
    assert_int_equal(hot_words_add(w, text, strlen(text), &number), HOT_OK);
    assert_string_equal(w->text[number], text);
    assert_int_equal(w->length[number], strlen(text));
    return number;
}

static void numbers_follow_first_appearance(void **unused)
{
    (void)unused;
    hot_words w = {0};
    assert_int_equal(hot_words_find(&w, "Drugs", 5), UINT32_MAX);
    assert_int_equal(hot_words_find(&w, "", 0), UINT32_MAX);
    assert_int_equal(added(&w, "Drugs"), 1);
    assert_int_equal(w.n, 2);
    assert_int_equal(added(&w, ""), 0);
    assert_int_equal(added(&w, "drugs"), 2);
    assert_int_equal(added(&w, "Drugs"), 1);
    assert_int_equal(added(&w, "Drug"), 3);
    assert_int_equal(hot_words_find(&w, "drugs", 5), 2);
    assert_int_equal(hot_words_find(&w, "drugs", 4), UINT32_MAX);
    assert_int_equal(hot_words_find(&w, "Drugs", 4), 3);
    assert_int_equal(hot_words_find(&w, "", 0), 0);
    assert_int_equal(w.n, 4);
    hot_words_free(&w);
    hot_words_free(&w);
    assert_int_equal(w.n, 0);
}

/** A zero byte is a byte like another. */
static void bytes_are_bytes(void **unused)
{
    (void)unused;
    hot_words w = {0};
    uint32_t one, other;
    assert_int_equal(hot_words_add(&w, "a\0b", 3, &one), HOT_OK);
    assert_int_equal(hot_words_add(&w, "a\0c", 3, &other), HOT_OK);
    assert_true(one == 1 && other == 2);
    assert_int_equal(hot_words_find(&w, "a", 1), UINT32_MAX);
    hot_words_free(&w);
}

static void many(void **unused)
{
    (void)unused;
    hot_words w = {0};
    char text[16];
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t k = 1; k <= 20000; k++) {
            snprintf(text, sizeof text, "%u", k * 7919u);
            assert_int_equal(added(&w, text), k);
        }
    assert_int_equal(w.n, 20001);
    assert_string_equal(w.text[1], "7919"); /* not moved */
    hot_words_free(&w);
}

static void every_request_may_fail(void **unused)
{
    (void)unused;
    long n = 0;
    for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
        hot_words w = {0};
        uint32_t number = 77;
        char text[16];
        hot_memory_fail_after(n);
        status = HOT_OK;
        for (int k = 0; k < 40 && status == HOT_OK; k++) {
            snprintf(text, sizeof text, "w%d", k);
            size_t before = w.n;
            status = hot_words_add(&w, text, strlen(text), &number);
            assert_true(status == HOT_OK || w.n <= before + (before == 0));
        }
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
        if (w.n) assert_int_equal(added(&w, "w0"), 1); /* still usable */
        hot_words_free(&w);
    }
    assert_in_range(n, 6, 20);
}

static void hashes(void **unused)
{
    (void)unused;
    static const char *const text[] = {"", "a", "b", "ab", "ba", "a ", "1234567", "12345678",
                                       "123456789", "1234567812345678", "1234567812345679"};
    for (size_t i = 0; i < COUNT(text); i++) {
        char moved[40] = "?";
        strcpy(moved + 1, text[i]); /* where it lies does not matter */
        uint64_t own = hot_hash(text[i], strlen(text[i]), 0);
        assert_true(hot_hash(moved + 1, strlen(text[i]), 0) == own);
        assert_true(hot_hash(text[i], strlen(text[i]), 1) != own);
        for (size_t k = 0; k < i; k++)
            assert_true(hot_hash(text[k], strlen(text[k]), 0) != own);
    }
    assert_true(hot_hash("\0", 1, 0) != hot_hash("\0\0", 2, 0));
    assert_true(hot_hash(NULL, 0, 0) == hot_hash("", 0, 0));
}

/** A table of them must not take the square of their number: 40 s where this takes 0.05 s. */
static void hostile_texts_do_not_pile_up(void **unused)
{
    (void)unused;
    enum { TEXTS = 60000 };
    hot_words w = {0};
    uint64_t same = 0;
    uint32_t number;
    clock_t begin = clock();
    for (uint64_t k = 0; k < TEXTS; k++) {
        char text[17];
        colliding_text(k, text);
        if (k == 0) same = hot_hash(text, 16, 0);
        assert_true(hot_hash(text, 16, 0) == same);
        assert_int_equal(hot_words_add(&w, text, 16, &number), HOT_OK);
        assert_int_equal(number, k + 1);
    }
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 5);
    hot_words_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_follow_first_appearance), cmocka_unit_test(bytes_are_bytes),
        cmocka_unit_test(many),   cmocka_unit_test(every_request_may_fail),
        cmocka_unit_test(hashes),
        cmocka_unit_test(hostile_texts_do_not_pile_up),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
