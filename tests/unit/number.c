/* number: correctly rounded, whatever the locale, and nothing that is not a decimal number. */
#include "tests/check.h"

#include <float.h>
#include <locale.h>
#include <stdbool.h>

#include "engine/base/number.h"

static void numbers_and_others(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        bool is;
        double value;
    } cases[] = {
        {"0", true, 0},
        {"-1.993029", true, -1.993029},
        {"+5", true, 5},
        {".5", true, 0.5},
        {"5.", true, 5},
        {" \t51.5 ", true, 51.5},
        {"00012", true, 12},
        {"0.000", true, 0},
        {"1e3", true, 1000},
        {"1E-3", true, 1e-3},
        {"1e+2", true, 100},
        {"0e999999999", true, 0},
        {"1e-999999999", true, 0},
        {"9007199254740993", true, 9007199254740992.0},
        {"9007199254740995", true, 9007199254740996.0},
        {"1.7976931348623157e308", true, DBL_MAX},
        {"2.2250738585072014e-308", true, DBL_MIN},
        {"4.9406564584124654e-324", true, 4.9406564584124654e-324},
        {"123456789012345678901234567890", true, 123456789012345678901234567890.0},
        {"100000000000000000000000000000000000000", true, 1e38},
        {"1.7976931348623159e308", false, 0},
        {"1e400", false, 0},
        {"1e99999999999999999999", false, 0},
        {"", false, 0},
        {" ", false, 0},
        {".", false, 0},
        {"-", false, 0},
        {"+-1", false, 0},
        {"--1", false, 0},
        {"1.2.3", false, 0},
        {"1,5", false, 0},
        {"1 5", false, 0},
        {"1e", false, 0},
        {"1e+", false, 0},
        {"e5", false, 0},
        {".e5", false, 0},
        {"1e5.0", false, 0},
        {"1ex", false, 0},
        {"nan", false, 0},
        {"NaN", false, 0},
        {"inf", false, 0},
        {"-infinity", false, 0},
        {"0x10", false, 0},
        {"1f", false, 0},
        {"1\n", false, 0},
        {"\xef\xbc\x91", false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        double value = -77;
        bool is = hot_number_parse(cases[i].text, strlen(cases[i].text), &value);
        if (is != cases[i].is) fail_msg("\"%s\"", cases[i].text);
        check_near(value, is ? cases[i].value : -77, 0);
    }
    double zero = 1;
    assert_true(hot_number_parse("-0", 2, &zero));
    assert_true(zero == 0 && signbit(zero));
    assert_false(hot_number_parse("1\0", 2, &zero));
    assert_true(hot_number_parse("12345", 2, &zero));
    check_near(zero, 12, 0);
}

static void up_to_400_characters(void **unused)
{
    (void)unused;
    char text[500];
    for (size_t n = 399; n <= 401; n++) {
        double small = -77, large = -77;
        memset(text, '0', n);
        text[n - 1] = '7';
        assert_int_equal(hot_number_parse(text, n, &small), n <= 400);
        check_near(small, n <= 400 ? 7 : -77, 0);
        memset(text, '3', n);
        text[1] = '.';
        assert_int_equal(hot_number_parse(text, n, &large), n <= 400);
        check_near(large, n <= 400 ? 10.0 / 3 : -77, 4e-16);
    }
}

static uint64_t state = 20250731;
static uint32_t draw(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % below);
}

/** A decimal number of 1 to 25 digits, often near where rounding is hard. */
static size_t any_number(char *text)
{
    size_t n = 0, digits = 1 + draw(25), point = draw(30);
    if (draw(2)) text[n++] = '-';
    for (size_t k = 0; k < digits; k++) {
        if (k == point) text[n++] = '.';
        text[n++] = (char)('0' + (draw(4) ? draw(10) : 9 * draw(2)));
    }
    if (draw(2)) n += (size_t)sprintf(text + n, "e%d", (int)draw(draw(2) ? 640 : 50) - 320);
    text[n] = 0;
    return n;
}

static bool is_plain(const char *text)
{
    size_t digits = strspn(text, "0123456789"), more = 0;
    if (text[digits] == '.') more = 1 + strspn(text + digits + 1, "0123456789");
    return text[digits + more] == 0 && (digits || more > 1);
}

/** Digits are read eight at a time: a point, and any other byte, is seen wherever it stands. */
static void every_byte_counts(void **unused)
{
    (void)unused;
    static const char other[] = "./:\x01\x10\x7f\x80\xaf\xb0\xba\xfa\xff";
    char text[32];
    for (size_t n = 1; n <= 22; n++) {
        for (size_t at = 0; at < n * n * COUNT(other); at++) {
            for (size_t k = 0; k < n; k++) text[k] = (char)('0' + draw(10));
            text[n] = 0;
            size_t point = at % n, place = at / n % n;
            text[point] = '.';
            if (other[at / n / n]) text[place] = other[at / n / n];
            double value = -77;
            if (hot_number_parse(text, n, &value) != is_plain(text)) fail_msg("\"%s\"", text);
            check_near(value, is_plain(text) ? strtod(text, NULL) : -77, 0);
        }
    }
}

static void rounded_as_the_c_library_does(void **unused)
{
    (void)unused;
    for (int k = 0; k < 200000; k++) {
        char text[64];
        size_t n = any_number(text);
        double value = -77, expected = strtod(text, NULL);
        bool is = hot_number_parse(text, n, &value);
        assert_int_equal(is, isfinite(expected));
        if (is && memcmp(&value, &expected, sizeof value) != 0)
            fail_msg("%s is %.17g, not %.17g", text, value, expected);
    }
}

/** Coordinates and others in each way of writing: what printf writes. */
static void written_as_printf_does(void **unused)
{
    (void)unused;
    static const double odd[] = {0,     -0.0,  0.005, 0.015,  0.125,  0.375,  -0.125,
                                 0.994, 0.995, 0.996, 99.995, -0.001, 1e-300, 386152.27};
    for (int k = 0; k < 200000; k++) {
        char text[40], expected[40];
        double value = ((double)draw(2000000000) - 1e9) / (1 + draw(1000)) + draw(1000) * 0.125;
        if (k % 5 == 0) value = (double)draw(100000000) / 100; /* as coordinates are rounded */
        if (k % 7 == 0) value = (double)draw(1000000) + 0.5 + 0.005 * (double)draw(3);
        int places = (int)draw(10);
        if (k < (int)COUNT(odd)) value = odd[k], places = 2;
        snprintf(expected, sizeof expected, "%.*f", places, value);
        assert_int_equal(hot_number_fixed(value, places, text), strlen(expected));
        assert_string_equal(text, expected);
        for (int digits = 15; digits <= 17; digits++) {
            snprintf(expected, sizeof expected, "%.*g", digits, value);
            if (strtod(expected, NULL) == value) break;
        }
        assert_int_equal(hot_number_format(value, text), strlen(expected));
        assert_string_equal(text, expected);
    }
}

/** Exactly between two doubles: to the even one, from either side too. */
static void ties_to_even(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"9007199254740993.0", 9007199254740992.0},
        {"9007199254740993.1", 9007199254740994.0},
        {"9007199254740992.9", 9007199254740992.0},
        {"9007199254740995.0", 9007199254740996.0},
        {"4503599627370496.5", 4503599627370496.0},
        {"4503599627370497.5", 4503599627370498.0},
        {"18014398509481983", 18014398509481984.0},
        {"9999999999999999999", 1e19},
        {"0.9999999999999999999", 1.0},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        double read = 0;
        assert_true(hot_number_parse(cases[k].text, strlen(cases[k].text), &read));
        check_near(read, cases[k].value, 0);
    }
}

static void whole_numbers(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        bool is;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {" 12\t", true, 12},
        {"-7", true, -7},
        {"+7", true, 7},
        {"007", true, 7},
        {"999999999999999999", true, 999999999999999999},
        {"-999999999999999999", true, -999999999999999999},
        {"1000000000000000000", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"1.0", false, 0},
        {"1e3", false, 0},
        {"0x1", false, 0},
        {"1 2", false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t value = -77;
        bool is = hot_integer_parse(cases[i].text, strlen(cases[i].text), &value);
        assert_int_equal(is, cases[i].is);
        assert_int_equal(value, is ? cases[i].value : -77);
    }
}

static void written_and_read_back(void **unused)
{
    (void)unused;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.1, "0.1"},
        {-1.993029, "-1.993029"},
        {430123, "430123"},
        {1e22, "1e+22"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {NAN, ""},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
    };
    char text[32];
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(hot_number_format(cases[i].value, text), strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
    for (int k = 0; k < 100000; k++) {
        uint64_t bits =
            (uint64_t)draw(1u << 31) << 33 ^ (uint64_t)draw(1u << 31) << 10 ^ draw(2048);
        double value, back = -77;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        size_t n = hot_number_format(value, text);
        assert_true(n == strlen(text) && hot_number_parse(text, n, &back));
        assert_memory_equal(&back, &value, sizeof value);
    }
}

/** Where a locale with a decimal comma is installed, nothing changes under it. */
static void whatever_the_locale(void **unused)
{
    (void)unused;
    static const char *const comma[] = {"de_DE.UTF-8", "de_DE.utf8",  "de_DE",
                                        "fr_FR.UTF-8", "nl_NL.UTF-8", "es_ES.UTF-8"};
    bool any = false;
    for (size_t k = 0; k < COUNT(comma) && !any; k++) any = setlocale(LC_ALL, comma[k]) != NULL;
    if (!any) {
        print_message("skipped: no locale with a decimal comma is installed\n");
        return;
    }
    char text[32];
    double fast = 0, slow = 0;
    bool read = hot_number_parse("51.518275", 9, &fast) &&
                hot_number_parse("51.5182750000000000000001", 25, &slow);
    size_t n = hot_number_format(51.518275, text);
    const char *point = localeconv()->decimal_point;
    bool is_comma = strcmp(point, ",") == 0;
    setlocale(LC_ALL, "C");
    assert_true(read && is_comma);
    check_near(fast, 51.518275, 0);
    check_near(slow, 51.518275, 0);
    assert_int_equal(n, 9);
    assert_string_equal(text, "51.518275");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_others),     cmocka_unit_test(up_to_400_characters),
        cmocka_unit_test(every_byte_counts),      cmocka_unit_test(rounded_as_the_c_library_does),
        cmocka_unit_test(written_as_printf_does), cmocka_unit_test(ties_to_even),
        cmocka_unit_test(whole_numbers),          cmocka_unit_test(written_and_read_back),
        cmocka_unit_test(whatever_the_locale),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
