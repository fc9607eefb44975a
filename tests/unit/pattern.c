/* Dates in another order or by a pattern: read as they say, or not at all. */
#include "tests/check.h"

#include <stdbool.h>

#include "engine/incidents/clock.h"

typedef struct {
    const char *format, *text, *iso; /* iso "" = refused */
} reading;

static const reading readings[] = {
    {"DMY", "01/02/2025", "2025-02-01"},
    {"MDY", "01/02/2025", "2025-01-02"},
    {"MDY", "1/31/2025 9:05", "2025-01-31T09:05"},
    {"MDY", "31/01/2025", ""},
    {"MDY", "2025-01-31", "2025-01-31"},
    {"DMY", "01/31/2025", ""},
    {"YMD", "2025/01/31 22:15", "2025-01-31T22:15"},
    {"YMD", "01/02/2025", ""},
    {"%d/%m/%Y %H:%M", "31/01/2025 22:15", "2025-01-31T22:15"},
    {"%d/%m/%Y %H:%M", "  31/01/2025   22:15\t", "2025-01-31T22:15"},
    {"%d/%m/%Y %H:%M", "31/01/2025", ""},
    {"%d/%m/%Y %H:%M", "31/01/2025 22:15:00", ""},
    {"%d/%m/%Y", "2025-01-31", ""}, /* the pattern alone */
    {"%Y%m%d", "20250131", "2025-01-31"},
    {"%Y%m%d%H%M%S", "20250131221509", "2025-01-31T22:15:09"},
    {"%d-%b-%y", "31-JAN-25", "2025-01-31"},
    {"%d %B %Y", "5 september 2025", "2025-09-05"},
    {"%d %b %Y", "5 Sept 2025", ""},
    {"%d.%m.%y", "31.12.68", "2068-12-31"},
    {"%d.%m.%y", "31.12.69", "1969-12-31"},
    {"%m/%d/%Y %I:%M:%S %p", "01/31/2025 12:00:00 AM", "2025-01-31T00:00:00"},
    {"%m/%d/%Y %I:%M:%S %p", "01/31/2025 12:30:00 PM", "2025-01-31T12:30:00"},
    {"%m/%d/%Y %I:%M %p", "01/31/2025 11:59 pm", "2025-01-31T23:59"},
    {"%m/%d/%Y %I:%M %p", "01/31/2025 13:00 PM", ""},
    {"%m/%d/%Y %I:%M %p", "01/31/2025 0:30 AM", ""},
    {"%Y-%m", "2025-06", "2025-06"},
    {"%F %T", "2025-01-31 22:15:09", "2025-01-31T22:15:09"},
    {"%F %T", "2025-01-31 22:15:09.25", "2025-01-31T22:15:09"},
    {"%FT%R", "2025-01-31T22:15", "2025-01-31T22:15"},
    {"%FT%T%z", "2025-07-31T22:15:09Z", "2025-07-31T23:15:09"}, /* London, summer */
    {"%FT%T%z", "2025-07-31T22:15:09+02:00", "2025-07-31T21:15:09"},
    {"%FT%T%z", "2025-07-31T22:15:09", ""},
    {"%FT%T%z", "2025-07-31T22:15:09Z!", ""},
    {"100%% %d/%m/%Y", "100% 31/01/2025", "2025-01-31"},
    {"on %e %b %Y", "on 9 Jun 2025", "2025-06-09"},
    {"%d/%m/%Y", "30/02/2025", ""},
    {"%d/%m/%Y", "29/02/2024", "2024-02-29"},
    {"%d/%m/%Y", "", ""},
    {"%d/%m/%Y %H", "31/01/2025 24", ""},
    {"%d/%m/%Y %H:%M", "31/01/2025 23:60", ""},
    {"%d/%m/%Y", "31/01/1899", ""},
};

static void as_the_format_says(void **unused)
{
    (void)unused;
    static int64_t at[] = {0, 0};
    static int32_t offset[] = {3600, 0};
    const hot_zone london = {2, at, offset, 0};
    at[0] = hot_days(2025, 3, 30) * 86400 + 3600;
    at[1] = hot_days(2025, 10, 26) * 86400 + 3600;
    for (size_t i = 0; i < COUNT(readings); i++) {
        const reading *r = &readings[i];
        hot_date_format format;
        hot_moment m = {-77, HOT_SECOND};
        char iso[32] = "";
        assert_true(hot_date_format_parse(r->format, &format));
        if (hot_moment_parse_as(r->text, strlen(r->text), format, &london, &m))
            hot_moment_format(m, iso);
        else
            assert_int_equal(m.second, -77);
        if (strcmp(iso, r->iso) != 0)
            fail_msg("\"%s\" as %s is \"%s\", not \"%s\"", r->text, r->format, iso, r->iso);
    }
}

static void formats_that_are_none(void **unused)
{
    (void)unused;
    static const char *const none[] = {
        "",
        "dmy",
        "DYM",
        "%d/%m",
        "%Y",
        "%d/%Y",
        "%Y-%m-%d %M",
        "%Y %m %H",
        "%Y-%m-%d %I",
        "%Y-%m-%d %H %p",
        "%Y-%y-%m",
        "%Y-%m-%d %q",
        "%Y-%m-%",
        "%Y-%m-%dT%H:%M%z:%S",
        "%F %T %z x",
        "%F %F",
        "%F %H:%I %p",
        "31/01/2025",
        "%Y-%m-%z",
        "%S%S%S%S%S%S%S%S%S%S%S%S%S%S%S%S%S",
    };
    for (size_t i = 0; i < COUNT(none); i++) {
        hot_date_format format = {HOT_YEAR_FIRST, "before"};
        if (hot_date_format_parse(none[i], &format)) fail_msg("\"%s\" was taken", none[i]);
        assert_string_equal(format.pattern, "before");
    }
}

/** A month's or day's name, whatever stands before and after: no byte beyond the text is read. */
static void the_length_holds(void **unused)
{
    (void)unused;
    hot_date_format format;
    hot_moment m;
    const char *text = "5 June 2025";
    assert_true(hot_date_format_parse("%d %B %Y", &format));
    for (size_t n = 0; n <= strlen(text); n++) {
        char *exact = malloc(n ? n : 1);
        memcpy(exact, text, n);
        assert_int_equal(hot_moment_parse_as(exact, n, format, NULL, &m), n == strlen(text));
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_the_format_says),
        cmocka_unit_test(formats_that_are_none),
        cmocka_unit_test(the_length_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
