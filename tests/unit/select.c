/* hot_select, coverage and map points: which incidents a run is about. */
#include "tests/check.h"

#include <stdbool.h>

#include "engine/incidents/select.h"

static hot_moment moment_of(const char *text)
{
    hot_moment m;
    if (!hot_moment_parse(text, strlen(text), NULL, &m)) fail_msg("%s", text);
    return m;
}

static void patterns(void **unused)
{
    (void)unused;
    static const struct {
        const char *pattern, *text;
        bool fits;
    } cases[] = {
        {"Drugs", "drugs", true},
        {"Drugs", "Drug", false},
        {"Drugs", "Drugs ", false},
        {"", "", true},
        {"", "a", false},
        {"*", "", true},
        {"**", "anything", true},
        {"anti*", "Anti-social behaviour", true},
        {"*BEHAVIOUR", "Anti-social behaviour", true},
        {"*soc*iour", "Anti-social behaviour", true},
        {"*soc*x", "Anti-social behaviour", false},
        {"a*b*c", "aXbXbc", true},
        {"a*b*c", "aXcXb", false},
        {"*ab", "aab", true},
        {"*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false},
        {"a?", "ab", false},
        {"a*", "*", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (hot_pattern_fits(cases[i].pattern, cases[i].text) != cases[i].fits)
            fail_msg("%s and %s", cases[i].pattern, cases[i].text);
}

static void add(hot_incidents *t, const char *type, const char *from)
{
    size_t i;
    assert_int_equal(hot_incidents_add(t, &i), HOT_OK);
#define COLUMN(type, name) t->name[i] = 0;
    HOT_INCIDENT_COLUMNS(COLUMN)
#undef COLUMN
    hot_moment m = moment_of(from);
    t->from[i] = m.second;
    t->precision[i] = (uint8_t)m.precision;
    assert_int_equal(hot_words_add(&t->words, type, strlen(type), &t->type[i]), HOT_OK);
}

typedef struct {
    const char *type[2], *exclude[2];
    const char *from, *to; /* both ends included; NULL = open */
    const char *selected;  /* of the rows below */
} selecting;

static hot_selection selection_of(const selecting *s)
{
    hot_selection of = {.type = s->type, .exclude = s->exclude, .from = INT64_MIN, .to = INT64_MAX};
    while (of.n_type < 2 && s->type[of.n_type]) of.n_type++;
    while (of.n_exclude < 2 && s->exclude[of.n_exclude]) of.n_exclude++;
    if (s->from) of.from = moment_of(s->from).second;
    if (s->to) of.to = hot_moment_end(moment_of(s->to));
    return of;
}

static void rows_by_type_and_date(void **unused)
{
    (void)unused;
    static const selecting cases[] = {
        {{0}, {0}, NULL, NULL, "111111"},
        {{"asb"}, {0}, NULL, NULL, "110010"},
        {{"asb", "dr*"}, {0}, NULL, NULL, "111110"},
        {{0}, {"asb"}, NULL, NULL, "001101"},
        {{"*"}, {"dr*", "x"}, NULL, NULL, "110011"},
        {{""}, {0}, NULL, NULL, "000001"},
        {{"nothing"}, {0}, NULL, NULL, "000000"},
        {{0}, {0}, "2025-01", "2025-01", "111100"},
        {{0}, {0}, "2025-01-01", "2025-01-30", "011000"}, /* the whole month is not inside */
        {{0}, {0}, "2025-01-02", NULL, "001111"},
        {{0}, {0}, "2025-01-31", "2025-01-31", "000100"},
        {{0}, {0}, NULL, "2025-02-01", "111110"},
        {{0}, {0}, "2025-03", "2025-03", "000000"},
    };
    hot_incidents t = {0};
    add(&t, "ASB", "2025-01");
    add(&t, "asb", "2025-01-01");
    add(&t, "Drugs", "2025-01-30T23:59");
    add(&t, "Drugs", "2025-01-31T23:59:59");
    add(&t, "ASB", "2025-02-01");
    add(&t, "", "2025-02-02T00:00");
    for (size_t i = 0; i < COUNT(cases); i++) {
        hot_selection s = selection_of(&cases[i]);
        uint8_t selected[6];
        assert_int_equal(hot_select(&t, &s, selected), HOT_OK);
        for (size_t k = 0; k < 6; k++)
            if (selected[k] != (cases[i].selected[k] == '1')) fail_msg("case %zu, row %zu", i, k);
    }
    hot_selection all = selection_of(&cases[0]);
    uint8_t selected[6] = {77}, by_kind[6];
    static const uint8_t kind[6] = {0, 1, 2, 3, 4, 5};
    all.kind = kind;
    all.kinds = 1u << 1 | 1u << 5;
    assert_int_equal(hot_select(&t, &all, by_kind), HOT_OK);
    for (size_t k = 0; k < 6; k++) assert_int_equal(by_kind[k], k == 1 || k == 5);
    all.kinds = 0;
    assert_int_equal(hot_select(&t, &all, by_kind), HOT_OK);
    for (size_t k = 0; k < 6; k++) assert_int_equal(by_kind[k], 0);
    all.kind = NULL;
    hot_memory_fail_after(0);
    hot_status status = hot_select(&t, &all, selected);
    hot_memory_fail_after(-1);
    assert_int_equal(status, HOT_MEMORY);
    assert_int_equal(selected[0], 77);
    hot_incidents_free(&t);
    assert_int_equal(hot_select(&t, &all, selected), HOT_OK); /* of nothing */
}

static void rows_without_coordinates(void **unused)
{
    (void)unused;
    hot_intake in = {0};
    uint32_t asb, drugs;
    assert_int_equal(hot_words_add(&in.rows.words, "ASB", 3, &asb), HOT_OK);
    assert_int_equal(hot_words_add(&in.rows.words, "Drugs", 5, &drugs), HOT_OK);
    hot_unlocated rows[] = {{moment_of("2025-01").second, asb, 0, HOT_MONTH},
                            {moment_of("2025-01-05").second, asb, 0, HOT_DAY},
                            {moment_of("2025-01-05").second, drugs, 0, HOT_DAY}};
    in.unlocated = rows;
    in.n_unlocated = COUNT(rows);
    static const selecting type = {{"asb"}, {0}, NULL, NULL, ""};
    static const selecting both = {{"asb"}, {0}, "2025-01-05", "2025-01-31", ""};
    hot_selection by_type = selection_of(&type), by_both = selection_of(&both);
    assert_int_equal(hot_select_unlocated(&in, &by_type), 2);
    assert_int_equal(hot_select_unlocated(&in, &by_both), 1);
    in.unlocated = NULL;
    hot_intake_free(&in);
}

/* ---- coverage ---- */

/** "2025-01:1101": the first month, and each month's mark. */
static void covers(const hot_coverage *c, const char *expected)
{
    char text[64];
    int n =
        snprintf(text, sizeof text, "%04d-%02d:", (int)(c->first / 12), (int)(c->first % 12) + 1);
    for (size_t k = 0; k < c->n; k++) text[n++] = (char)('0' + c->covered[k]);
    text[n] = 0;
    assert_string_equal(c->n ? text : "", expected);
}

static void months(void **unused)
{
    (void)unused;
    assert_int_equal(hot_month_of(0), 1970 * 12);
    assert_int_equal(hot_month_of(-1), 1969 * 12 + 11);
    assert_int_equal(hot_month_of(moment_of("2024-02-29T23:59:59").second), 2024 * 12 + 1);
    hot_coverage c = {0};
    covers(&c, "");
    assert_int_equal(hot_coverage_add(&c, 2025 * 12 + 2), HOT_OK);
    covers(&c, "2025-03:1");
    assert_int_equal(hot_coverage_add(&c, 2025 * 12), HOT_OK);
    covers(&c, "2025-01:101");
    assert_int_equal(hot_coverage_add(&c, 2025 * 12 + 4), HOT_OK);
    assert_int_equal(hot_coverage_add(&c, 2025 * 12 + 2), HOT_OK);
    covers(&c, "2025-01:10101");
    hot_memory_fail_after(0);
    hot_status status = hot_coverage_add(&c, 2030 * 12);
    hot_memory_fail_after(-1);
    assert_int_equal(status, HOT_MEMORY);
    covers(&c, "2025-01:10101");
    hot_coverage_clip(&c, moment_of("2025-01-31").second, moment_of("2025-05-01").second);
    covers(&c, "2025-01:101"); /* April has nothing, May is out */
    hot_coverage_clip(&c, moment_of("2025-02-01").second, INT64_MAX);
    covers(&c, "2025-03:1");
    hot_coverage_clip(&c, INT64_MIN, moment_of("2025-03-01").second);
    covers(&c, "");
    assert_int_equal(hot_coverage_add(&c, 2024 * 12), HOT_OK); /* still of use */
    covers(&c, "2024-01:1");
    hot_coverage_free(&c);
    hot_coverage_free(&c);
    hot_coverage_clip(&c, 0, 1);
    covers(&c, "");
}

static void months_of_rows(void **unused)
{
    (void)unused;
    hot_incidents t = {0};
    hot_coverage c = {0};
    assert_int_equal(hot_coverage_add_rows(&c, &t), HOT_OK);
    covers(&c, "");
    add(&t, "a", "1969-12-31T23:59:59");
    add(&t, "a", "1970-01-01");
    add(&t, "a", "1970-03");
    add(&t, "a", "1970-01-31T23:59:59");
    assert_int_equal(hot_coverage_add_rows(&c, &t), HOT_OK);
    covers(&c, "1969-12:1101");
    hot_coverage_free(&c);
    hot_incidents_free(&t);
}

static void months_of_names(void **unused)
{
    (void)unused;
    static const struct {
        const char *name, *covers;
    } cases[] = {
        {"2025-01-wiltshire-street.csv", "2025-01:1"},
        {"wiltshire-2025-12.csv", "2025-12:1"},
        {"2025-01-31.csv", "2025-01:1"},
        {"x_2025-07", "2025-07:1"},
        {"2025-13.csv", ""},
        {"12025-01.csv", ""},
        {"2025-011.csv", ""},
        {"2025_01.csv", ""},
        {"2025.csv", ""},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        hot_coverage c = {0};
        assert_int_equal(hot_coverage_add_name(&c, cases[i].name), HOT_OK);
        covers(&c, cases[i].covers);
        hot_coverage_free(&c);
    }
}

/* ---- map points ---- */

static void map_points(void **unused)
{
    (void)unused;
    static const struct {
        size_t months, days, points, near;
        bool keyed, snapped;
    } cases[] = {
        {10, 0, 10, 6, false, true},  {10, 0, 10, 5, false, false}, {9, 1, 10, 6, false, true},
        {8, 2, 10, 10, false, false}, {10, 0, 4, 0, false, true},   {10, 0, 5, 0, false, false},
        {10, 0, 4, 0, true, false},   {10, 0, 4, 6, true, true},    {0, 10, 1, 0, false, false},
        {0, 0, 0, 0, false, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        hot_incidents t = {0};
        hot_points p = {.n = cases[i].points};
        for (size_t k = 0; k < cases[i].months; k++) add(&t, "a", "2025-01");
        for (size_t k = 0; k < cases[i].days; k++) add(&t, "a", "2025-01-01");
        if (cases[i].keyed) t.key[0] = 1;
        if (hot_snapped(&t, &p, cases[i].near) != cases[i].snapped) fail_msg("case %zu", i);
        hot_incidents_free(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns),
        cmocka_unit_test(rows_by_type_and_date),
        cmocka_unit_test(rows_without_coordinates),
        cmocka_unit_test(months),
        cmocka_unit_test(months_of_rows),
        cmocka_unit_test(months_of_names),
        cmocka_unit_test(map_points),
    };
    return cmocka_run_group_tests_name("select", tests, NULL, NULL);
}
