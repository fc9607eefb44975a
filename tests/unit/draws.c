/* Seeded draws, against Random123's own known answers. */
#include "tests/check.h"

#include "engine/chance/draws.h"

/* kat_vectors of Random123 1.14, philox4x32 10. */
static void as_published(void **unused)
{
    (void)unused;
    static const uint32_t zeros[] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    static const uint32_t ones[] = {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
    static const uint32_t pi[] = {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
    hot_draws a = hot_draws_of(0, 0), b = hot_draws_of(UINT64_MAX, UINT64_MAX);
    hot_draws c = hot_draws_of(0x299f31d0a4093822, 0x0370734413198a2e);
    b.block = UINT64_MAX;
    c.block = 0x85a308d3243f6a88;
    for (int k = 0; k < 4; k++) {
        assert_int_equal(hot_draws_word(&a), zeros[k]);
        assert_int_equal(hot_draws_word(&b), ones[k]);
        assert_int_equal(hot_draws_word(&c), pi[k]);
    }
}

static void every_number_is_as_likely(void **unused)
{
    (void)unused;
    static const uint32_t bound[] = {1, 2, 3, 7, 10, 0xC0000000};
    for (size_t b = 0; b < COUNT(bound); b++) {
        enum { N = 20000, PARTS = 6 };
        hot_draws d = hot_draws_of(7, b);
        double part[PARTS] = {0}, expected[PARTS] = {0}, chi2 = 0;
        uint32_t parts = bound[b] < PARTS ? bound[b] : PARTS;
        for (uint32_t k = 0; k < N; k++) {
            uint32_t drawn = hot_draws_below(&d, bound[b]);
            assert_true(drawn < bound[b]);
            part[(uint64_t)drawn * parts / bound[b]]++;
        }
        for (uint32_t k = 0; k < parts; k++) {
            uint64_t from = ((uint64_t)k * bound[b] + parts - 1) / parts;
            uint64_t to = ((uint64_t)(k + 1) * bound[b] + parts - 1) / parts;
            expected[k] = N * (double)(to - from) / bound[b];
            chi2 += (part[k] - expected[k]) * (part[k] - expected[k]) / expected[k];
        }
        assert_true(chi2 < 20.6); /* 99.9 % of five degrees of freedom */
    }
}

static void streams_are_their_own(void **unused)
{
    (void)unused;
    hot_draws a = hot_draws_of(1, 1), again = hot_draws_of(1, 1), other = hot_draws_of(1, 2);
    hot_draws seed = hot_draws_of(2, 1);
    int same = 0;
    for (int k = 0; k < 1000; k++) {
        uint32_t drawn = hot_draws_word(&a);
        assert_int_equal(hot_draws_word(&again), drawn);
        same += (hot_draws_word(&other) == drawn) + (hot_draws_word(&seed) == drawn);
    }
    assert_true(same == 0);
}

static void many_at_once_are_the_same(void **unused)
{
    (void)unused;
    uint32_t word[7];
    hot_draws a = hot_draws_of(3, 4), b = a;
    for (size_t n = 0; n < COUNT(word); n++) { /* from any place in a block */
        hot_draws_fill(&a, word, n);
        for (size_t k = 0; k < n; k++) assert_int_equal(word[k], hot_draws_word(&b));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_published),
        cmocka_unit_test(every_number_is_as_likely),
        cmocka_unit_test(streams_are_their_own),
        cmocka_unit_test(many_at_once_are_the_same),
    };
    return cmocka_run_group_tests_name("draws", tests, NULL, NULL);
}
