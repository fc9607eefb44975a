/* hot_frame: aligned, half-open, refused when it cannot be. */
#include "tests/check.h"

#include <stdbool.h>

#include "engine/space/frame.h"

static hot_frame fitted(double west, double south, double east, double north, double cell,
                        double margin)
{
    hot_frame f;
    assert_int_equal(hot_frame_fit(west, south, east, north, cell, margin, &f), HOT_OK);
    return f;
}

static void aligned_to_the_cells_multiples(void **unused)
{
    (void)unused;
    hot_frame f = fitted(430123, 440077, 431999.5, 441000.5, 50, 0);
    check_near(f.west, 430100, 0);
    check_near(f.north, 441050, 0);
    check_near(hot_frame_east(&f), 432000, 0);
    check_near(hot_frame_south(&f), 440050, 0);
    assert_int_equal(f.cols, 38);
    assert_int_equal(f.rows, 20);
    assert_int_equal(hot_frame_size(&f), 760);
    check_near(hot_frame_x(&f, 0), 430125, 0);
    check_near(hot_frame_y(&f, 0), 441025, 0);
    check_near(hot_frame_cells(430123, 440077, 431999.5, 441000.5, 50, 0), 760, 0);
}

/** Also west and south of the origin, where rounding towards zero would be wrong. */
static void aligned_below_zero(void **unused)
{
    (void)unused;
    hot_frame f = fitted(-101, -1, -99, 1, 100, 0);
    check_near(f.west, -200, 0);
    check_near(f.north, 100, 0);
    assert_int_equal(f.cols, 2);
    assert_int_equal(f.rows, 2);
}

/** A box whose east and north sides are on the cells' lines needs one more column and row. */
static void holds_the_whole_box(void **unused)
{
    (void)unused;
    hot_frame f = fitted(0, 0, 100, 100, 10, 0);
    assert_int_equal(f.cols, 11);
    assert_int_equal(f.rows, 11);
    assert_int_equal(hot_frame_index(&f, 100, 100), 10);
    assert_int_equal(hot_frame_index(&f, 0, 0), 110);
    f = fitted(5, 5, 5, 5, 10, 0);
    assert_int_equal(hot_frame_size(&f), 1);
}

static void margin_on_every_side(void **unused)
{
    (void)unused;
    hot_frame f = fitted(1000, 2000, 1099, 2099, 100, 250);
    check_near(f.west, 700, 0);
    check_near(hot_frame_east(&f), 1400, 0);
    check_near(hot_frame_south(&f), 1700, 0);
    check_near(f.north, 2400, 0);
}

static void cells_are_half_open(void **unused)
{
    (void)unused;
    static const struct {
        double x, y;
        int64_t index;
    } at[] = {{0, 0, 6},         {10, 0, 7},        {0, 10, 3},         {10, 10, 4},
              {9.999, 9.999, 6}, {29.999, 0, 8},    {30, 0, -1},        {0, 30, -1},
              {0, 29.999, 0},    {-1e-9, 5, -1},    {5, -1e-9, -1},     {NAN, 5, -1},
              {5, NAN, -1},      {INFINITY, 5, -1}, {5, -INFINITY, -1}, {1e300, 1e300, -1}};
    hot_frame f = {.west = 0, .north = 30, .cell = 10, .cols = 3, .rows = 3};
    for (size_t i = 0; i < COUNT(at); i++)
        assert_int_equal(hot_frame_index(&f, at[i].x, at[i].y), at[i].index);
}

/** Also where the cell's side is no binary number. */
static void centres_are_in_their_cells(void **unused)
{
    (void)unused;
    static const double cell[] = {0.1, 0.001, 1.0 / 3, 7, 250};
    for (size_t i = 0; i < COUNT(cell); i++) {
        hot_frame f = fitted(-3 * cell[i], 1e3, 40 * cell[i], 1e3 + 30 * cell[i], cell[i], 0);
        for (int32_t r = 0; r < f.rows; r++)
            for (int32_t c = 0; c < f.cols; c++)
                assert_int_equal(hot_frame_index(&f, hot_frame_x(&f, c), hot_frame_y(&f, r)),
                                 r * f.cols + c);
    }
}

static void refuses(void **unused)
{
    (void)unused;
    static const struct {
        double west, south, east, north, cell, margin;
    } bad[] = {{0, 0, 1, 1, 0, 0},         {0, 0, 1, 1, -1, 0},       {0, 0, 1, 1, NAN, 0},
               {0, 0, 1, 1, 1, -1},        {0, 0, 1, 1, 1, NAN},      {0, 0, 1, 1, 1, INFINITY},
               {1, 0, 0, 1, 1, 0},         {0, 1, 1, 0, 1, 0},        {NAN, 0, 1, 1, 1, 0},
               {0, NAN, 1, 1, 1, 0},       {0, 0, NAN, 1, 1, 0},      {0, 0, 1, NAN, 1, 0},
               {-INFINITY, 0, 1, 1, 1, 0}, {0, 0, 1, INFINITY, 1, 0}, {0, 0, 1e9, 1e9, 1, 0},
               {0, 0, 1e9, 0, 1, 0},       {0, 0, 1, 1, 1e-300, 0}};
    hot_frame f = {.west = 1, .north = 2, .cell = 3, .cols = 4, .rows = 5}, before = f;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(hot_frame_fit(bad[i].west, bad[i].south, bad[i].east, bad[i].north,
                                       bad[i].cell, bad[i].margin, &f),
                         HOT_DOMAIN);
        assert_memory_equal(&f, &before, sizeof f);
    }
}

/** 2^13 x 2^13 cells are the limit; one column more is too many. */
static void the_largest_frame(void **unused)
{
    (void)unused;
    hot_frame f = fitted(0, 0, 8191.5, 8191.5, 1, 0);
    assert_true(hot_frame_size(&f) == HOT_FRAME_CELLS);
    assert_int_equal(hot_frame_fit(0, 0, 8192, 8191.5, 1, 0, &f), HOT_DOMAIN);
    assert_true(hot_frame_cells(0, 0, 8192, 8191.5, 1, 0) == 8193.0 * 8192.0);
    assert_true(isfinite(hot_frame_cells(0, 0, 1e9, 1e9, 1e-9, 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aligned_to_the_cells_multiples),
        cmocka_unit_test(aligned_below_zero),
        cmocka_unit_test(holds_the_whole_box),
        cmocka_unit_test(margin_on_every_side),
        cmocka_unit_test(cells_are_half_open),
        cmocka_unit_test(centres_are_in_their_cells),
        cmocka_unit_test(refuses),
        cmocka_unit_test(the_largest_frame),
    };
    return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
