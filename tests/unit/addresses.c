/* One address, one place; the same address in another town, another place. */
#include "engine/incidents/addresses.h"

#include "tests/check.h"

/** A row: an address (or another key) at a place. */
typedef struct {
    const char *key;
    int is_address;
    double x, y;
} row;

static const row rows[] = {
    {"1 HIGH STREET", 1, 404010, 254010}, {"1 HIGH STREET", 1, 404060, 254090},
    {"1 HIGH STREET", 1, 404101, 254101}, /* in the square that touches at a corner */
    {"1 HIGH STREET", 1, 408000, 256000}, /* another village */
    {"2 HIGH STREET", 1, 404010, 254010}, {"100012345678", 0, 404010, 254010},
    {"100012345678", 0, 408000, 256000},  /* a UPRN is a UPRN */
    {"", 0, 404010, 254010},
};

static void fill(hot_incidents *t, hot_points *p, const size_t *order)
{
    for (size_t k = 0; k < COUNT(rows); k++) {
        const row *r = &rows[order ? order[k] : k];
        size_t i;
        assert_int_equal(hot_incidents_add(t, &i), HOT_OK);
        assert_int_equal(hot_words_add(&t->words, r->key, strlen(r->key), &t->key[i]), HOT_OK);
        t->key_is_address[i] = (uint8_t)r->is_address;
        t->x[i] = r->x;
        t->y[i] = r->y;
        t->coordinates[i] = HOT_XY;
    }
    assert_int_equal(hot_points_collapse(t, 2, p), HOT_OK);
    assert_int_equal(hot_points_order(t, 2, p), HOT_OK);
}

static void drop(hot_incidents *t, hot_points *p)
{
    hot_incidents_free(t);
    hot_points_free(p);
}

static void addresses_part_by_distance(void **state)
{
    (void)state;
    hot_incidents t = {0};
    hot_points p = {0};
    fill(&t, &p, NULL);
    assert_int_equal(hot_addresses_part(&t, &p), HOT_OK);
    assert_int_equal(t.n, COUNT(rows));
    const char *key[COUNT(rows)];
    for (size_t i = 0; i < COUNT(rows); i++) key[i] = hot_incidents_word(&t, t.key[i]);
    assert_string_equal(key[0], "1 HIGH STREET @ 404000,254000");
    assert_string_equal(key[1], key[0]);
    assert_string_equal(key[2], key[0]);
    assert_string_equal(key[3], "1 HIGH STREET @ 408000,256000");
    assert_string_equal(key[4], "2 HIGH STREET");
    assert_string_equal(key[5], "100012345678");
    assert_string_equal(key[6], "100012345678");
    assert_string_equal(key[7], "");
    drop(&t, &p);
}

static void any_order_gives_the_same_keys(void **state)
{
    (void)state;
    static const size_t order[] = {7, 3, 2, 6, 0, 4, 1, 5};
    hot_incidents t = {0};
    hot_points p = {0};
    fill(&t, &p, order);
    assert_int_equal(hot_addresses_part(&t, &p), HOT_OK);
    assert_string_equal(hot_incidents_word(&t, t.key[4]), "1 HIGH STREET @ 404000,254000");
    assert_string_equal(hot_incidents_word(&t, t.key[2]), "1 HIGH STREET @ 404000,254000");
    assert_string_equal(hot_incidents_word(&t, t.key[1]), "1 HIGH STREET @ 408000,256000");
    drop(&t, &p);
}

static void without_memory_it_says_so(void **state)
{
    (void)state;
    hot_status status = HOT_MEMORY;
    for (long n = 0; status != HOT_OK; n++) {
        assert_true(n < 100);
        hot_incidents t = {0};
        hot_points p = {0};
        fill(&t, &p, NULL);
        hot_memory_fail_after(n);
        status = hot_addresses_part(&t, &p);
        hot_memory_fail_after(-1);
        assert_true(status == HOT_OK || status == HOT_MEMORY);
        drop(&t, &p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_part_by_distance),
        cmocka_unit_test(any_order_gives_the_same_keys),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
