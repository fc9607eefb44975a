/* manifest: no path and no clock in it, text from outside made harmless, and a run's name that
 * follows what decides the result and nothing else. */
#include "tests/check.h"

#include <stdbool.h>

#include "layers/write/manifest.h"

/* clang-format off */
static const hot_option table[] = {
    {"title", HOT_OPTION_TEXT, "", NULL, NULL, "", "", false},
    {"areas", HOT_OPTION_SOURCE, "", NULL, NULL, "", "", false},
    {"type", HOT_OPTION_LIST, "", NULL, NULL, "", "", false},
    {"grid", HOT_OPTION_TEXT, "FILE", NULL, NULL, "", "", false},
    {"show-places", HOT_OPTION_FLAG, NULL, NULL, NULL, "", "", false},
    {"threads", HOT_OPTION_COUNT, "", "1", NULL, "", "", true},
};
/* clang-format on */

static hot_input input = {.name = "a.csv", .read = 3, .accepted = 2};
static uint8_t covered[] = {1, 0, 1};
static const hot_result nothing;

typedef struct {
    hot_settings settings;
    hot_study study;
} run;

static void begin(run *r)
{
    *r = (run){.study = {.epsg = 27700, .bandwidth = 200, .bounding = SIZE_MAX}};
    assert_int_equal(hot_settings_declare(&r->settings, table, COUNT(table)), HOT_OK);
    r->study.settings = &r->settings;
    r->study.loaded = (hot_loaded){
        .n_inputs = 1, .inputs = &input, .read = 3, .accepted = 2, .rejected = 1, .accuracy = NAN};
    r->study.loaded.rejects[HOT_BAD_DATE] = 1;
    r->study.coverage = (hot_coverage){.first = 2025 * 12, .n = 3, .covered = covered};
}

static void set(run *r, const char *name, const char *value)
{
    hot_error error = {{0}};
    if (hot_settings_set(&r->settings, name, value, &error) != HOT_OK) fail_msg("%s", error.text);
}

/** The text; the run is over. */
static char *end(run *r, char *run_id)
{
    char *text = NULL;
    hot_error error = {{0}};
    assert_int_equal(hot_manifest_format(&r->study, &nothing, &text, run_id, &error), HOT_OK);
    assert_int_equal(strlen(run_id), 12);
    assert_int_equal(strspn(run_id, "0123456789abcdef"), 12);
    assert_non_null(strstr(text, run_id));
    hot_settings_free(&r->settings);
    return text;
}

static void holds(const char *text, const char *words)
{
    if (!strstr(text, words)) fail_msg("%s\ndoes not hold %s", text, words);
}

static void what_it_says(void **unused)
{
    (void)unused;
    run r;
    char run_id[16];
    begin(&r);
    set(&r, "title", "\"<b>\n");
    set(&r, "areas", "ward=/home of somebody/wards.gpkg:wards");
    set(&r, "areas", "beat=/home of somebody/beats.gpkg");
    set(&r, "grid", "/home of somebody/grid.tif");
    set(&r, "type", "a");
    set(&r, "type", "b=/c/d");
    set(&r, "threads", "64");
    input.name = "\xff/caf\xc3\xa9.csv";
    char *text = end(&r, run_id);
    input.name = "a.csv";
    holds(text, "\"name\": \"?/caf??.csv\"");
    holds(text, "\"read\": 3");
    holds(text, "\"bad_date\": 1");
    holds(text, "\"months\": [\n      \"2025-01\",\n      \"2025-03\"\n    ]");
    holds(text, "\"gaps\": [\n      \"2025-02\"\n    ]");
    holds(text, "\"title\": \"\\\"<b>\\n\"");
    holds(text, "\"ward=wards.gpkg:wards\",\n      \"beat=beats.gpkg\"");
    holds(text, "\"grid\": \"grid.tif\"");
    holds(text, "\"a\",\n      \"b=/c/d\""); /* a type is no path */
    holds(text, "\"show-places\": false");
    holds(text, "\"bandwidth\": \"200m\"");
    holds(text, "\"name\": \"EPSG:27700\"");
    holds(text, "\"accuracy_m\": null");
    assert_null(strstr(text, "somebody"));
    assert_null(strstr(text, "threads"));
    hot_free(text);
}

static void name_of(const char *option, const char *value, char *run_id)
{
    run r;
    begin(&r);
    if (option) set(&r, option, value);
    hot_free(end(&r, run_id));
}

static void what_a_run_is_called(void **unused)
{
    (void)unused;
    char plain[16], other[16];
    name_of(NULL, NULL, plain);
    name_of(NULL, NULL, other);
    assert_string_equal(plain, other);
    name_of("threads", "7", other);
    assert_string_equal(plain, other);
    input.name = "b.csv";
    name_of(NULL, NULL, other);
    input.name = "a.csv";
    assert_string_equal(plain, other);
    name_of("title", "x", other);
    assert_string_not_equal(plain, other);
    name_of("show-places", "", other);
    assert_string_not_equal(plain, other);
    covered[1] = 1;
    name_of(NULL, NULL, other);
    covered[1] = 0;
    assert_string_not_equal(plain, other);
}

static void the_input_alone(void **unused)
{
    (void)unused;
    run r;
    char *text = NULL;
    hot_error error = {{0}};
    begin(&r);
    assert_int_equal(hot_manifest_format_input(&r.study, &text, &error), HOT_OK);
    holds(text, "\"inputs\"");
    assert_null(strstr(text, "\"options\""));
    assert_null(strstr(text, "run_id"));
    hot_free(text);
    hot_settings_free(&r.settings);
}

static void without_memory(void **unused)
{
    (void)unused;
    run r;
    long n = 0;
    begin(&r);
    for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
        char *text = NULL, run_id[16];
        hot_error error = {{0}};
        hot_memory_fail_after(n);
        status = hot_manifest_format(&r.study, &nothing, &text, run_id, &error);
        hot_memory_fail_after(-1);
        if (status != HOT_OK) assert_null(text);
        hot_free(text);
    }
    assert_in_range(n, 2, 100);
    hot_settings_free(&r.settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_says),
        cmocka_unit_test(what_a_run_is_called),
        cmocka_unit_test(the_input_alone),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
