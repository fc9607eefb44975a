/* hot_gridref_parse: letters and figures to the centre of a square of the National Grid. */
#include "tests/check.h"

#include "engine/incidents/gridref.h"

typedef struct {
    const char *text;
    double x, y, size; /* of the square's south-west corner */
} known;

/* Squares and figures as the Ordnance Survey's guides write them; the corners follow from the map
   of 100 km squares there. */
static const known cases[] = {
    {"TG 51409 13177", 651409, 313177, 1}, /* the guide's worked example, Caister water tower */
    {"TG5140913177", 651409, 313177, 1},
    {"SU 387 148", 438700, 114800, 100}, /* the Ordnance Survey's head office of old */
    {"SU387148", 438700, 114800, 100},
    {"NN 166 712", 216600, 771200, 100}, /* Ben Nevis */
    {"NN166712", 216600, 771200, 100},
    {"NT2573", 325000, 673000, 1000},
    {"nt 25 73", 325000, 673000, 1000},
    {"SU38", 430000, 180000, 10000},
    {"SU 3 1", 430000, 110000, 10000},
    {"TQ 2999 8042", 529990, 180420, 10}, /* Trafalgar Square */
    {"  TQ30058 80403\t", 530058, 180403, 1},
    {"SV 00 00", 0, 0, 1000}, /* the origin */
    {"SW4625", 146000, 25000, 1000},
    {"TV6097", 560000, 97000, 1000},
    {"SH609543", 260900, 354300, 100}, /* Snowdon */
    {"NY215072", 321500, 507200, 100}, /* Scafell Pike */
    {"SD 0 0", 300000, 400000, 10000},
    {"HU396753", 439600, 1175300, 100}, /* Shetland */
    {"HP613091", 461300, 1209100, 100},
    {"NA 9 9", 90000, 990000, 10000},
    {"TR 99", 690000, 190000, 10000},
    {"HL 99999 99999", 99999, 1299999, 1}, /* the north-west corner of the grid */
    {"JM9999999999", 699999, 1299999, 1},
};

static void squares_of_the_guide(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(cases); i++) {
        double x = -1, y = -1, size = -1;
        bool read = hot_gridref_parse(cases[i].text, strlen(cases[i].text), &x, &y, &size);
        if (!read) print_error("%s\n", cases[i].text);
        assert_true(read);
        check_near(size, cases[i].size, 0);
        check_near(x, cases[i].x + size / 2, 0);
        check_near(y, cases[i].y + size / 2, 0);
    }
}

static void anything_else_is_none(void **unused)
{
    (void)unused;
    static const char *const none[] = {
        "",
        "SU",
        "SU3",
        "SU387",
        "SU 38 7148",
        "SU 3871 48",
        "S 387148",
        "J 338 740",
        "O 15904 34671",
        "SI387148",
        "IS387148",
        "SU387148x",
        "SU 38 71 48",
        "SU38714812345",
        "SU 387148 387148",
        "438700 114800",
        "SU-387-148",
        "TF 1.5 2.5",
        "AA1234",
        "ZZ1234",
        "SU 387,148",
        "XX 12 34",
        "SU38NE",
        "TC1234", /* east of the grid */
        "HA1234", /* north of it */
        ("SU\xc2\xa0"
         "387148"),
    };
    for (size_t i = 0; i < COUNT(none); i++) {
        double x = 1, y = 2, size = 3;
        if (hot_gridref_parse(none[i], strlen(none[i]), &x, &y, &size))
            fail_msg("\"%s\" was read as %g, %g", none[i], x, y);
        assert_true(x == 1 && y == 2 && size == 3);
    }
}

/** Every square of two letters: those of the grid and no other, each another one. */
static void letters_cover_the_grid_once(void **unused)
{
    (void)unused;
    int found[7][13] = {{0}}, outside = 0;
    for (int a = 'A'; a <= 'Z'; a++)
        for (int b = 'A'; b <= 'Z'; b++) {
            char reference[] = {(char)a, (char)b, '0', '0', 0};
            double x, y, size;
            if (!hot_gridref_parse(reference, 4, &x, &y, &size))
                outside++;
            else
                found[(int)(x / 1e5)][(int)(y / 1e5)]++;
        }
    for (int e = 0; e < 7; e++)
        for (int n = 0; n < 13; n++) assert_int_equal(found[e][n], 1);
    assert_int_equal(outside, 26 * 26 - 7 * 13);
}

/** Only the bytes that were given are read. */
static void the_length_holds(void **unused)
{
    (void)unused;
    double x, y, size;
    assert_true(hot_gridref_parse("SU387148999", 8, &x, &y, &size));
    check_near(x, 438750, 0);
    assert_false(hot_gridref_parse("SU387148", 7, &x, &y, &size));
    assert_false(hot_gridref_parse("SU", 1, &x, &y, &size));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(squares_of_the_guide),
        cmocka_unit_test(anything_else_is_none),
        cmocka_unit_test(letters_cover_the_grid_once),
        cmocka_unit_test(the_length_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
