/* Points near the edge of their area: hand-made, and against every edge in turn. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/space/near_edge.h"

static void ring(hot_shapes *s, const double (*at)[2], size_t n)
{
    for (size_t i = 0; i <= n; i++)
        assert_int_equal(hot_shapes_add(s, at[i % n][0], at[i % n][1]), HOT_OK);
    assert_int_equal(hot_shapes_end_ring(s), HOT_OK);
}

static void close_feature(hot_shapes *s)
{
    assert_int_equal(hot_shapes_end_part(s), HOT_OK);
    assert_int_equal(hot_shapes_end(s), HOT_OK);
}

/** Two squares of 1 km side by side, the first with a hole. */
static void make_squares(hot_shapes *s)
{
    static const double west[][2] = {{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}};
    static const double hole[][2] = {{400, 400}, {400, 600}, {600, 600}, {600, 400}};
    static const double east[][2] = {{1000, 0}, {2000, 0}, {2000, 1000}, {1000, 1000}};
    ring(s, west, 4);
    ring(s, hole, 4);
    close_feature(s);
    ring(s, east, 4);
    close_feature(s);
}

static void squares(void **unused)
{
    (void)unused;
    static const struct {
        double x, y;
        int32_t area;
        uint8_t near;
    } c[] = {
        {50, 500, 0, 1},  {50.001, 500, 0, 0}, {0, 0, 0, 1},      {200, 200, 0, 0},
        {350, 500, 0, 1}, {349.9, 500, 0, 0},  {950, 951, 0, 1},  {999, 500, 0, 1},
        {999, 500, 1, 1}, {1060, 500, 1, 0},   {1500, 999, 1, 1}, {999, 500, -1, 0},
        {370, 370, 0, 1}, {364, 364, 0, 0},    {1949, 949, 1, 0},
    };
    double x[COUNT(c)], y[COUNT(c)];
    int32_t area[COUNT(c)];
    uint8_t near[COUNT(c)];
    hot_shapes s = {0};
    make_squares(&s);
    for (size_t k = 0; k < COUNT(c); k++) x[k] = c[k].x, y[k] = c[k].y, area[k] = c[k].area;
    assert_int_equal(hot_near_edge(&s, area, x, y, COUNT(c), 50, near), HOT_OK);
    for (size_t k = 0; k < COUNT(c); k++)
        if (near[k] != c[k].near) fail_msg("%g, %g of %d: %d", x[k], y[k], area[k], near[k]);
    assert_int_equal(hot_near_edge(&s, area, x, y, 0, 50, near), HOT_OK);
    for (size_t k = 0; k < COUNT(c); k++) area[k] = -1;
    assert_int_equal(hot_near_edge(&s, area, x, y, COUNT(c), 50, near), HOT_OK);
    for (size_t k = 0; k < COUNT(c); k++) assert_int_equal(near[k], 0);
    hot_shapes_free(&s);
}

/** The plain sum: every edge of the feature. */
static bool plainly_near(const hot_shapes *s, size_t f, double x, double y, double within)
{
    bool near = false;
    for (size_t r = s->ring[s->part[f]]; r < s->ring[s->part[f + 1]]; r++)
        for (size_t i = s->point[r]; i + 1 < s->point[r + 1]; i++) {
            double dx = s->x[i + 1] - s->x[i], dy = s->y[i + 1] - s->y[i];
            double along = ((x - s->x[i]) * dx + (y - s->y[i]) * dy) / (dx * dx + dy * dy);
            along = along < 0 ? 0 : along > 1 ? 1 : along;
            near = near || hypot(x - s->x[i] - along * dx, y - s->y[i] - along * dy) <= within;
        }
    return near;
}

/** Long slanting edges, far more points than cells, a distance both smaller and larger than they
 *  are apart. */
static void as_the_plain_sum(void **unused)
{
    (void)unused;
    enum { N = 4000 };
    static const double star[][2] = {{0, 0},         {40000, 9000},  {90000, 0}, {70000, 40000},
                                     {90000, 90000}, {40000, 70000}, {0, 90000}, {20000, 45000}};
    static double x[N], y[N];
    static int32_t area[N];
    static uint8_t near[N];
    hot_shapes s = {0};
    ring(&s, star, 8);
    close_feature(&s);
    uint64_t seed = 1;
    for (size_t k = 0; k < N; k++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        x[k] = (double)(seed >> 40) / 16777216.0 * 90000;
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        y[k] = (double)(seed >> 40) / 16777216.0 * 90000;
    }
    const double within[] = {1, 50, 700, 30000};
    for (size_t w = 0; w < COUNT(within); w++) {
        size_t found = 0;
        assert_int_equal(hot_near_edge(&s, area, x, y, N, within[w], near), HOT_OK);
        for (size_t k = 0; k < N; k++) {
            assert_int_equal(near[k], plainly_near(&s, 0, x[k], y[k], within[w]));
            found += near[k];
        }
        assert_true(w == 0 || found > 10);
    }
    hot_shapes_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(squares),
        cmocka_unit_test(as_the_plain_sum),
    };
    return cmocka_run_group_tests_name("near_edge", tests, NULL, NULL);
}
