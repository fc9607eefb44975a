/* Counts and shares as a person says them. */
#include "tests/check.h"

#include "layers/catalogue/phrases.h"

static void counts(void **unused)
{
    (void)unused;
    char text[HOT_PHRASE];
    assert_string_equal(hot_phrase_count(0, text), "0");
    assert_string_equal(hot_phrase_count(999, text), "999");
    assert_string_equal(hot_phrase_count(9898, text), "9,898");
    assert_string_equal(hot_phrase_count(1234567, text), "1,234,567");
    assert_string_equal(hot_phrase_count(UINT64_MAX, text), "18,446,744,073,709,551,615");
}

static void shares(void **unused)
{
    (void)unused;
    static const struct {
        double share;
        int places;
        const char *said;
    } c[] = {{0, 0, "0"},
             {0, 1, "0.0"},
             {0.0004, 1, "under 0.1"},
             {0.004, 0, "under 1"},
             {0.059, 1, "5.9"},
             {52 / 82.0, 0, "63"},
             {0.10, 1, "10.0"},
             {0.994, 0, "99"},
             {0.996, 0, "over 99"},
             {0.9996, 1, "over 99.9"},
             {1, 0, "100"},
             {1, 1, "100.0"}};
    char text[HOT_PHRASE];
    for (size_t k = 0; k < COUNT(c); k++)
        assert_string_equal(hot_phrase_percent(c[k].share, c[k].places, text), c[k].said);
    assert_true(hot_phrase_places(0.0994) == 1 && hot_phrase_places(0.0996) == 0);
}

static void several(void **unused)
{
    (void)unused;
    static const char *const c[][2] = {
        {"ward", "wards"},     {"local_authority", "local authorities"},
        {"survey", "surveys"}, {"beats", "beats"},
        {"y", "ys"},           {"", "s"}};
    char text[32], little[4];
    for (size_t k = 0; k < COUNT(c); k++) {
        hot_phrase_several(c[k][0], text, sizeof text);
        assert_string_equal(text, c[k][1]);
    }
    hot_phrase_several("ward", little, sizeof little);
    assert_string_equal(little, "war");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(shares),
        cmocka_unit_test(several),
    };
    return cmocka_run_group_tests_name("phrases", tests, NULL, NULL);
}
