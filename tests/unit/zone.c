/* zone: the machine's own time zones, by name alone; no way out of their folder. */
#include "tests/check.h"

#include <stdbool.h>

#include "engine/base/memory.h"
#include "layers/read/zone.h"

static void london(void **unused)
{
    (void)unused;
    hot_zone zone = {0};
    hot_error error = {{0}};
    assert_int_equal(hot_zone_read("Europe/London", &zone, &error), HOT_OK);
    assert_in_range(zone.n, 200, 300); /* every change of the clocks from 1847 to 2037 */
    assert_int_equal(zone.offset_before, -75);
    int seen = 0;
    for (size_t k = 0; k < zone.n; k++) {
        if (k) assert_true(zone.at[k - 1] < zone.at[k]);
        if (zone.at[k] == 1743296400) { /* 30 March 2025, 01:00 UTC */
            assert_int_equal(zone.offset[k], 3600);
            seen++;
        }
        if (zone.at[k] == 1761440400) { /* 26 October 2025, 01:00 UTC */
            assert_int_equal(zone.offset[k], 0);
            seen++;
        }
        if (zone.at[k] == -37242000) assert_int_equal(zone.offset[k], 3600); /* 1968: all year */
    }
    assert_int_equal(seen, 2);
    hot_zone_free(&zone);
}

static void a_zone_without_changes(void **unused)
{
    (void)unused;
    hot_zone zone = {0};
    hot_error error = {{0}};
    assert_int_equal(hot_zone_read("UTC", &zone, &error), HOT_OK);
    assert_int_equal(zone.n, 0);
    assert_int_equal(zone.offset_before, 0);
    hot_zone_free(&zone);
}

static void what_is_no_zone(void **unused)
{
    (void)unused;
    static const char *const names[] = {"",
                                        "Nowhere/Land",
                                        "/etc/passwd",
                                        "../../../etc/passwd",
                                        "Europe/../../zoneinfo/UTC",
                                        ".hidden",
                                        "Europe/Lon don",
                                        "Europe/London\n",
                                        "%s%n",
                                        "UTC\xff",
                                        "tzdata.zi"};
    char long_name[200];
    memset(long_name, 'a', sizeof long_name);
    long_name[sizeof long_name - 1] = 0;
    for (size_t k = 0; k <= COUNT(names); k++) {
        hot_zone zone = {.offset_before = 77};
        hot_error error = {{0}};
        const char *name = k < COUNT(names) ? names[k] : long_name;
        assert_int_equal(hot_zone_read(name, &zone, &error), HOT_USAGE);
        assert_non_null(strstr(error.text, "no such time zone is installed"));
        assert_int_equal(zone.offset_before, 77);
    }
    hot_zone zone = {0};
    hot_error error = {{0}};
    assert_int_equal(hot_zone_read("Europe", &zone, &error), HOT_USAGE); /* a folder */
    assert_string_equal(error.text, "--zone Europe: the zone's file cannot be read.");
}

static void without_memory(void **unused)
{
    (void)unused;
    long n = 0;
    for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
        hot_zone zone = {0};
        hot_error error = {{0}};
        hot_memory_fail_after(n);
        status = hot_zone_read("Europe/London", &zone, &error);
        hot_memory_fail_after(-1);
        if (status != HOT_OK) assert_int_equal(status, HOT_MEMORY);
        hot_zone_free(&zone);
    }
    assert_int_equal(n, 4); /* the file's bytes and two arrays */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(london),
        cmocka_unit_test(a_zone_without_changes),
        cmocka_unit_test(what_is_no_zone),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
