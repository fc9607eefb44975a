/* The kinds of anti-social behaviour, and the files of a person's own that say what codes mean and
 * what types weigh. */
#include "tests/check.h"

#include <stdbool.h>
#include <unistd.h>

#include "engine/incidents/kinds.h"
#include "layers/read/map_types.h"
#include "layers/read/weights.h"
#include "layers/tally.h"

static void kinds_by_name(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        hot_kind kind;
    } cases[] = {{"personal", HOT_PERSONAL},
                 {"Nuisance", HOT_NUISANCE},
                 {"ENVIRONMENTAL", HOT_ENVIRONMENTAL},
                 {"not ASB", HOT_NOT_ASB},
                 {"Not-ASB", HOT_NOT_ASB},
                 {"void", HOT_VOID},
                 {"duplicate log", HOT_DUPLICATE_LOG},
                 {"Duplicate", HOT_DUPLICATE_LOG}};
    for (size_t k = 0; k < COUNT(cases); k++) {
        hot_kind kind = HOT_UNMAPPED;
        assert_true(hot_kind_parse(cases[k].text, strlen(cases[k].text), &kind));
        assert_int_equal(kind, cases[k].kind);
    }
    static const char *const none[] = {"", "asb", "personal nuisance", "not mapped"};
    for (size_t k = 0; k < COUNT(none); k++) {
        hot_kind kind = HOT_KINDS;
        assert_false(hot_kind_parse(none[k], strlen(none[k]), &kind));
        assert_int_equal(kind, HOT_KINDS);
    }
    for (int k = HOT_PERSONAL; k < HOT_KINDS; k++) {
        hot_kind kind;
        const char *name = hot_kind_name((hot_kind)k);
        assert_true(hot_kind_parse(name, strlen(name), &kind) && (int)kind == k);
        assert_int_equal(hot_kind_is_out((hot_kind)k), k >= HOT_NOT_ASB);
    }
}

static void what_is_asb(void **unused)
{
    (void)unused;
    static const char *const asb[] = {"Anti-social behaviour", "ANTISOCIAL BEHAVIOR",
                                      "anti social",           "ASB",
                                      "ASB - Personal",        "Youth asb"};
    static const char *const other[] = {"", "Burglary", "Asbestos", "Fasb", "as b"};
    for (size_t k = 0; k < COUNT(asb); k++)
        if (!hot_type_is_asb(asb[k])) fail_msg("%s", asb[k]);
    for (size_t k = 0; k < COUNT(other); k++)
        if (hot_type_is_asb(other[k])) fail_msg("%s", other[k]);
}

/* ---- files ---- */

static char path[64];

static void write_file(const char *text, const char *ending)
{
    snprintf(path, sizeof path, "/tmp/hotbeat-kinds-%ld%s", (long)getpid(), ending);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void map_refused(const char *text, const char *words)
{
    hot_type_map map = {0};
    hot_error error = {{0}};
    write_file(text, ".csv");
    assert_int_equal(hot_type_map_read(path, &map, &error), HOT_INPUT);
    if (!strstr(error.text, words)) fail_msg("%s does not say %s", error.text, words);
    assert_null(map.line);
    remove(path);
}

static void maps_that_are_refused(void **unused)
{
    (void)unused;
    map_refused("opening,closing,kind\nA,,personal\nB,,rowdy\n", "line 3: the kind \"rowdy\"");
    map_refused("opening,closing,kind\n,,void\n", "line 2: has no code");
    map_refused("opening,closing\nA,B\n", "no column \"kind\"");
    map_refused("opening,kind\n", "has no line");
    map_refused("opening,kind\nA,void,x\n", "line 2");
}

static void closing_counts_before_opening(void **unused)
{
    (void)unused;
    hot_type_map m = {0};
    hot_error error = {{0}};
    write_file("opening,closing,kind\n"
               "N*,,nuisance\n"
               "N1,,personal\n" /* the first that fits counts */
               ",VOID,void\n"
               "E1, Rubbish ,environmental\n"
               ",Rubbish,not ASB\n",
               ".csv");
    assert_int_equal(hot_type_map_read(path, &m, &error), HOT_OK);
    assert_int_equal(hot_type_map_kind(&m, "n1", ""), HOT_NUISANCE);
    assert_int_equal(hot_type_map_kind(&m, "N1", "void"), HOT_VOID);
    assert_int_equal(hot_type_map_kind(&m, "E1", "rubbish"), HOT_ENVIRONMENTAL);
    assert_int_equal(hot_type_map_kind(&m, "E2", "rubbish"), HOT_NOT_ASB);
    assert_int_equal(hot_type_map_kind(&m, "N9", "who knows"), HOT_NUISANCE);
    assert_int_equal(hot_type_map_kind(&m, "E1", ""), HOT_UNMAPPED);
    assert_int_equal(hot_type_map_kind(&m, "", ""), HOT_UNMAPPED);
    hot_type_map_free(&m);
    hot_type_map_free(&m);
    write_file("code,kind\nA,personal\nB,void\n", ".csv"); /* as closed, else as opened */
    assert_int_equal(hot_type_map_read(path, &m, &error), HOT_OK);
    assert_int_equal(hot_type_map_kind(&m, "A", "B"), HOT_VOID);
    assert_int_equal(hot_type_map_kind(&m, "B", "A"), HOT_PERSONAL);
    assert_int_equal(hot_type_map_kind(&m, "A", "C"), HOT_PERSONAL);
    hot_type_map_free(&m);
    remove(path);
}

static void weights_refused(const char *text, const char *ending, const char *words)
{
    hot_weights w = {0};
    hot_error error = {{0}};
    write_file(text, ending);
    assert_int_equal(hot_weights_read(path, &w, &error), HOT_INPUT);
    if (!strstr(error.text, words)) fail_msg("%s does not say %s", error.text, words);
    assert_null(w.one);
    remove(path);
}

static void weights_that_are_refused(void **unused)
{
    (void)unused;
    weights_refused("type,weight\nA,1\nB,-2\n", ".csv", "line 3: the weight of \"B\"");
    weights_refused("type,weight\nA,NaN\n", ".csv", "line 2: the weight of \"A\"");
    weights_refused("type,weight\nA,inf\n", ".csv", "line 2: the weight of \"A\"");
    weights_refused("type,weight\nA,\n", ".csv", "line 2: the weight of \"A\"");
    weights_refused("type,weight\nA,1\na,2\n", ".csv", "line 3: the type \"a\" comes twice");
    weights_refused("type,weight\n,2\n", ".csv", "line 2: has no type");
    weights_refused("type\nA\n", ".csv", "no column \"weight\"");
    weights_refused("type,weight\n", ".csv", "has no line");
    weights_refused("{\"A\": -1}", ".json", "the weight of \"A\"");
    weights_refused("{\"A\": \"1\"}", ".json", "the weight of \"A\"");
    weights_refused("[{\"type\": \"A\", \"weight\": 1}, {\"weight\": 1}]", ".json",
                    "entry 2: has no type");
    weights_refused("{\"A\":\n NaN}", ".json", "line 2");
    weights_refused("{}", ".json", "holds no weight");
    weights_refused("3", ".json", "");
}

static void weights_of_types(void **unused)
{
    (void)unused;
    static const char *const file[][2] = {
        {"type,weight\nAnti*,2.5\nAnti-social driving,4\nTheft,0\n", ".csv"},
        {"{\"Anti*\": 2.5, \"Anti-social driving\": 4, \"Theft\": 0}", ".json"},
        {"[{\"type\":\"Anti*\",\"weight\":2.5},{\"type\":\"Anti-social driving\",\"weight\":4},"
         "{\"type\":\"Theft\",\"weight\":0}]",
         ".json"}};
    for (size_t k = 0; k < COUNT(file); k++) {
        hot_weights w = {0};
        hot_error error = {{0}};
        write_file(file[k][0], file[k][1]);
        assert_int_equal(hot_weights_read(path, &w, &error), HOT_OK);
        check_near(hot_weights_of(&w, "anti-social behaviour"), 2.5, 0);
        check_near(hot_weights_of(&w, "Anti-Social Driving"), 4, 0); /* its own before a pattern */
        check_near(hot_weights_of(&w, "Theft"), 0, 0);
        assert_true(isnan(hot_weights_of(&w, "Thefts")) && isnan(hot_weights_of(&w, "")));
        hot_weights_free(&w);
        hot_weights_free(&w);
        remove(path);
    }
}

static void tallies_in_words(void **unused)
{
    (void)unused;
    hot_tally t = {0};
    char text[400];
    static const char *const name[] = {"e", "d", "", "c", "b", "a", "f"};
    for (size_t k = 0; k < COUNT(name); k++)
        assert_int_equal(hot_tally_add(&t, name[k], k == 2 ? 9 : 1 + k % 2), HOT_OK);
    hot_tally_order(&t);
    hot_tally_say(&t, text, sizeof text);
    assert_string_equal(text, "no type, a, c, d, b and 2 more");
    assert_int_equal(hot_tally_rows(&t), 9 + 1 + 2 + 2 + 1 + 2 + 1);
    hot_tally_free(&t);
    hot_tally_say(&t, text, sizeof text);
    assert_string_equal(text, "");
}

static void without_memory(void **unused)
{
    (void)unused;
    hot_type_map m = {0};
    hot_weights w = {0};
    hot_error error = {{0}};
    write_file("code,kind\nA,personal\n", ".csv");
    hot_status status = HOT_MEMORY;
    for (long n = 0; status != HOT_OK; n++) {
        hot_memory_fail_after(n);
        status = hot_type_map_read(path, &m, &error);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || (status == HOT_MEMORY && !m.line));
    }
    hot_type_map_free(&m);
    remove(path);
    write_file("type,weight\nA,1\n", ".csv");
    status = HOT_MEMORY;
    for (long n = 0; status != HOT_OK; n++) {
        hot_memory_fail_after(n);
        status = hot_weights_read(path, &w, &error);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || (status == HOT_MEMORY && !w.one));
    }
    hot_weights_free(&w);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_by_name),
        cmocka_unit_test(what_is_asb),
        cmocka_unit_test(maps_that_are_refused),
        cmocka_unit_test(closing_counts_before_opening),
        cmocka_unit_test(weights_that_are_refused),
        cmocka_unit_test(weights_of_types),
        cmocka_unit_test(tallies_in_words),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests_name("kinds", tests, NULL, NULL);
}
