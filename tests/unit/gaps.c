/* Months without data, in words. */
#include "tests/check.h"

#include "layers/gaps.h"

enum { JANUARY_2024 = 2024 * 12 };

static void says(const uint8_t *covered, size_t n, int32_t first, int32_t last, size_t missing,
                 const char *words)
{
    char text[HOT_GAPS_ROOM];
    uint8_t months[64];
    memcpy(months, covered, n);
    hot_coverage c = {JANUARY_2024, n, months};
    assert_int_equal(hot_gaps(&c, JANUARY_2024 + first, JANUARY_2024 + last, text), missing);
    assert_string_equal(text, words);
}

static void gaps_in_words(void **unused)
{
    (void)unused;
    static const uint8_t c[16] = {1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};
    says(c, 16, 0, 1, 0, "");
    says(c, 16, 2, 2, 1, "March 2024");
    says(c, 16, 0, 9, 4, "March 2024 and May to July 2024");
    says(c, 16, 5, 13, 5, "June to July 2024 and November 2024 to January 2025");
    says(c, 16, 0, 15, 8,
         "March 2024, May to July 2024, November 2024 to January 2025 and March 2025");
}

static void beyond_the_ends(void **unused)
{
    (void)unused;
    static const uint8_t c[2] = {1, 1};
    says(c, 2, -2, 3, 4, "November to December 2023 and March to April 2024");
    says(c, 2, 5, 6, 2, "June to July 2024");
    says(c, 0, 0, 0, 1, "January 2024"); /* nothing is covered at all */
}

static void no_more_than_six_are_named(void **unused)
{
    (void)unused;
    static const uint8_t c[16] = {1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0};
    says(c, 16, 0, 12, 6,
         "February 2024, April 2024, June 2024, August 2024, October 2024 and December 2024");
    says(c, 16, 0, 15, 8,
         "February 2024, April 2024, June 2024, August 2024, October 2024, December 2024 and more");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_in_words),
        cmocka_unit_test(beyond_the_ends),
        cmocka_unit_test(no_more_than_six_are_named),
    };
    return cmocka_run_group_tests_name("gaps", tests, NULL, NULL);
}
