/* Points round polygons: hand-made, and against the distance to every edge. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/space/surroundings.h"

static void ring(hot_shapes *s, double west, double south, double side)
{
    const double at[][2] = {
        {0, 0}, {side, 0}, {side, side}, {0, side}, {0, 0},
    };
    for (size_t i = 0; i < COUNT(at); i++)
        assert_int_equal(hot_shapes_add(s, west + at[i][0], south + at[i][1]), HOT_OK);
    assert_int_equal(hot_shapes_end_ring(s), HOT_OK);
}

static void square(hot_shapes *s, double west, double south, double side)
{
    ring(s, west, south, side);
    assert_int_equal(hot_shapes_end_part(s), HOT_OK);
}

static bool has(const hot_surroundings *r, size_t f, uint32_t point)
{
    for (size_t k = r->start[f]; k < r->start[f + 1]; k++)
        if (r->point[k] == point) return true;
    return false;
}

/** A square of 100 m; one of two parts; none at all. */
static void make(hot_shapes *s)
{
    square(s, 0, 0, 100);
    assert_int_equal(hot_shapes_end(s), HOT_OK);
    square(s, 150, 0, 100);
    square(s, 1000, 1000, 10);
    assert_int_equal(hot_shapes_end(s), HOT_OK);
    assert_int_equal(hot_shapes_end(s), HOT_OK);
}

static void squares(void **unused)
{
    (void)unused;
    static const struct {
        double x, y;
        uint8_t asked, round[3];
    } c[] = {
        {125, 50, 1, {1, 1, 0}},                                    /* between the two */
        {-50, 50, 1, {1, 0, 0}},    {-50.001, 50, 1, {0, 0, 0}},    /* the distance counts */
        {-30, -40, 1, {1, 0, 0}},   {-30.01, -40.01, 1, {0, 0, 0}}, /* round a corner */
        {-40, -40, 1, {0, 0, 0}},                                   /* in the box, not round it */
        {1005, 1040, 1, {0, 1, 0}},                                 /* round the second part */
        {125, 50, 0, {0, 0, 0}},                                    /* not asked */
        {500, 500, 1, {0, 0, 0}},
    };
    double x[COUNT(c)], y[COUNT(c)];
    uint8_t asked[COUNT(c)];
    hot_shapes s = {0};
    hot_surroundings r = {0};
    make(&s);
    for (size_t k = 0; k < COUNT(c); k++) x[k] = c[k].x, y[k] = c[k].y, asked[k] = c[k].asked;
    assert_int_equal(hot_surroundings_new(&s, x, y, asked, COUNT(c), 50, &r), HOT_OK);
    for (size_t k = 0; k < COUNT(c); k++)
        for (size_t f = 0; f < 3; f++)
            if (has(&r, f, (uint32_t)k) != c[k].round[f])
                fail_msg("%g, %g round %zu: %d", x[k], y[k], f, !c[k].round[f]);
    hot_surroundings_free(&r);
    hot_surroundings_free(&r);
    hot_shapes_free(&s);
}

static void nothing_to_ask(void **unused)
{
    (void)unused;
    hot_shapes s = {0}, none = {0};
    hot_surroundings r = {0};
    double at = 1;
    uint8_t asked = 1;
    make(&s);
    assert_int_equal(hot_surroundings_new(&s, NULL, NULL, NULL, 0, 50, &r), HOT_OK);
    assert_int_equal(r.start[3], 0);
    hot_surroundings_free(&r);
    assert_int_equal(hot_surroundings_new(&none, &at, &at, &asked, 1, 50, &r), HOT_OK);
    assert_int_equal(r.start[0], 0);
    hot_surroundings_free(&r);
    hot_shapes_free(&s);
}

/** The distance of a point to a square's edge, from its definition. */
static double off(double x, double y, double west, double south, double side)
{
    double dx = fmax(fmax(west - x, x - west - side), 0);
    double dy = fmax(fmax(south - y, y - south - side), 0);
    double in = fmin(fmin(x - west, west + side - x), fmin(y - south, south + side - y));
    return in > 0 ? in : sqrt(dx * dx + dy * dy);
}

static void against_every_pair(void **unused)
{
    (void)unused;
    enum { POINTS = 4000, SQUARES = 30 };
    static double x[POINTS], y[POINTS], w[SQUARES], n[SQUARES];
    static uint8_t asked[POINTS];
    uint64_t seed = 7;
    hot_shapes s = {0};
    hot_surroundings r = {0};
    size_t pairs = 0;
    for (size_t k = 0; k < 2 * (POINTS + SQUARES); k++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        double v = (double)(seed >> 40) / (double)(1 << 24) * 3000;
        if (k < 2 * POINTS)
            (k % 2 ? y : x)[k / 2] = v;
        else
            (k % 2 ? n : w)[k / 2 - POINTS] = v;
    }
    for (size_t k = 0; k < POINTS; k++) asked[k] = k % 7 != 0;
    for (size_t f = 0; f < SQUARES; f++) {
        square(&s, w[f], n[f], 60);
        assert_int_equal(hot_shapes_end(&s), HOT_OK);
    }
    assert_int_equal(hot_surroundings_new(&s, x, y, asked, POINTS, 80, &r), HOT_OK);
    for (size_t f = 0; f < SQUARES; f++)
        for (uint32_t k = 0; k < POINTS; k++) {
            bool round = asked[k] && off(x[k], y[k], w[f], n[f], 60) <= 80;
            if (has(&r, f, k) != round) fail_msg("point %u round %zu: %d", k, f, !round);
            pairs += round;
        }
    assert_int_equal(pairs, r.start[SQUARES]);
    assert_true(pairs > 100);
    hot_surroundings_free(&r);
    hot_shapes_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(squares),
        cmocka_unit_test(nothing_to_ask),
        cmocka_unit_test(against_every_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
