/* Gi*, its permutations and its classes, against published values, R's spdep and by hand.
 * R 4.2.2, spdep 1.2-7: tests/golden/reference/gistar.R prints the figures. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/chance/draws.h"
#include "engine/gistar/gistar.h"
#include "engine/gistar/permute.h"

enum { MOST = 4096 };

typedef struct {
    hot_gistar_whole whole;
    double window[MOST], z[MOST], p[MOST];
    int32_t cells[MOST];
    int8_t to[MOST];
} scores;

static hot_frame frame_of(int32_t cols, int32_t rows, double cell)
{
    return (hot_frame){.north = rows * cell, .cell = cell, .cols = cols, .rows = rows};
}

static void score(const hot_frame *f, const double *value, const uint8_t *universe, double radius,
                  int threads, scores *s)
{
    hot_gistar_grid grid = {f, value, universe};
    assert_int_equal(hot_gistar(&grid, radius, threads, &s->whole, s->window, s->cells, s->z),
                     HOT_OK);
}

static void permute(const double *own, uint32_t permutations, uint64_t seed, int threads, scores *s)
{
    hot_gistar_chance chance = {permutations, seed, threads};
    assert_int_equal(hot_gistar_permute(own, s->window, s->cells, s->whole.n, &chance, s->p, s->to),
                     HOT_OK);
}

/** Counts as police data has them: most cells empty, a few with very many. */
static void fill(double *value, size_t n, uint64_t seed)
{
    hot_draws d = hot_draws_of(seed, 0);
    for (size_t k = 0; k < n; k++) {
        uint32_t u = hot_draws_below(&d, 1000);
        value[k] = u < 600 ? 0 : u < 980 ? u % 7 : u % 90;
    }
}

/* ---- z ---- */

/* localG(x, nb2listw(include.self(cell2nb(3, 3, "queen")), style = "B")) */
static void as_the_textbook(void **unused)
{
    (void)unused;
    static const double value[] = {0, 0, 0, 0, 5, 1, 0, 2, 8};
    static const double z[] = {-0.494718, -1.152742, -0.260378, -0.905726, NAN,
                               1.317419,  -0.026038, 1.317419,  2.083023};
    scores s;
    hot_frame f = frame_of(3, 3, 250);
    score(&f, value, NULL, 375, 2, &s);
    for (size_t k = 0; k < 9; k++) {
        if (k == 4)
            assert_true(isnan(s.z[k]) && s.cells[k] == 9 && isnan(hot_gistar_p(s.z[k])));
        else
            check_near(s.z[k], z[k], 5e-7);
    }
    check_near(s.whole.mean, 16.0 / 9, 1e-15);
    check_near(hot_gistar_p(1.959963984540054), 0.05, 1e-15);
    check_near(hot_gistar_p(-12), 3.5529642241553e-33, 1e-45);
}

/** The formula of methods as it stands, cell by cell. */
static double plain_z(const hot_frame *f, const double *value, const uint8_t *universe,
                      double radius, int32_t row, int32_t col, double *window, int32_t *cells)
{
    double n = 0, sum = 0, squares = 0;
    *window = 0;
    *cells = 0;
    for (int32_t r = 0; r < f->rows; r++)
        for (int32_t c = 0; c < f->cols; c++) {
            int32_t k = r * f->cols + c;
            if (universe && !universe[k]) continue;
            n++;
            sum += value[k];
            squares += value[k] * value[k];
            if (hypot(r - row, c - col) * f->cell > radius) continue;
            *window += value[k];
            ++*cells;
        }
    double mean = sum / n, sd = sqrt(squares / n - mean * mean), w = *cells;
    return (*window - mean * w) / (sd * sqrt((n * w - w * w) / (n - 1)));
}

static void every_cell_by_the_formula(const hot_frame *f, const double *value,
                                      const uint8_t *universe, double radius)
{
    scores s;
    size_t at = 0;
    score(f, value, universe, radius, 2, &s);
    for (int32_t r = 0; r < f->rows; r++)
        for (int32_t c = 0; c < f->cols; c++) {
            double window;
            int32_t cells;
            if (universe && !universe[r * f->cols + c]) continue;
            double z = plain_z(f, value, universe, radius, r, c, &window, &cells);
            assert_true(s.window[at] == window && s.cells[at] == cells);
            if ((size_t)cells == s.whole.n)
                assert_true(isnan(s.z[at]));
            else
                check_near(s.z[at], z, 1e-11);
            at++;
        }
    assert_int_equal(at, s.whole.n);
}

static void windows_of_every_size(void **unused)
{
    (void)unused;
    static const double radius[] = {0, 0.9, 1, 1.5, 2, 2.9, 5.3, 14, 1000};
    static const int32_t size[][2] = {{1, 1}, {7, 1}, {1, 9}, {2, 2}, {13, 11}, {40, 70}};
    static double value[MOST];
    static uint8_t universe[MOST];
    fill(value, MOST, 3);
    for (size_t k = 0; k < MOST; k++) universe[k] = k % 7 != 2 && k % 53 > 9;
    for (size_t s = 0; s < COUNT(size); s++)
        for (size_t r = 0; r < COUNT(radius); r++) {
            static double inside[MOST];
            hot_frame f = frame_of(size[s][0], size[s][1], 250);
            if (f.rows == 70 && radius[r] > 14) continue;
            every_cell_by_the_formula(&f, value, NULL, radius[r] * 250);
            for (size_t k = 0; k < MOST; k++) inside[k] = universe[k] ? value[k] : 0;
            every_cell_by_the_formula(&f, inside, universe, radius[r] * 250);
        }
}

/* 0.3 over 0.1 is a hair under 3. */
static void a_centre_at_the_radius_is_in_the_window(void **unused)
{
    (void)unused;
    double value[7] = {0, 0, 0, 1};
    scores s;
    hot_frame f = frame_of(7, 1, 0.1);
    score(&f, value, NULL, 0.3, 1, &s);
    assert_int_equal(s.cells[0], 4);
    assert_true(s.window[0] == 1 && s.window[6] == 1);
}

static void nothing_to_tell_apart(void **unused)
{
    (void)unused;
    static double same[100];
    static uint8_t none[100], one[100];
    scores s;
    hot_frame f = frame_of(10, 10, 250);
    for (size_t k = 0; k < 100; k++) same[k] = 0.1;
    score(&f, same, NULL, 375, 2, &s);
    assert_true(s.whole.sd == 0);
    for (size_t k = 0; k < 100; k++) assert_true(isnan(s.z[k]));
    score(&f, none[0] ? same : (double[100]){0}, none, 375, 2, &s);
    assert_true(s.whole.n == 0 && isnan(s.whole.mean) && isnan(s.whole.sd));
    one[55] = 1;
    score(&f, (double[100]){[55] = 7}, one, 375, 2, &s);
    assert_true(s.whole.n == 1 && s.window[0] == 7 && s.cells[0] == 1 && isnan(s.z[0]));
    permute((double[]){7}, 99, 1, 2, &s);
    assert_true(isnan(s.p[0]) && s.to[0] == 0);
}

static void shift_and_scale_change_nothing(void **unused)
{
    (void)unused;
    static double value[900], other[900];
    scores s, t;
    hot_frame f = frame_of(30, 30, 250);
    fill(value, 900, 5);
    score(&f, value, NULL, 800, 1, &s);
    for (size_t k = 0; k < 900; k++) other[k] = 4e6 + 1024 * value[k];
    score(&f, other, NULL, 800, 1, &t);
    for (size_t k = 0; k < 900; k++) check_near(t.z[k], s.z[k], 1e-9);
    permute(value, 99, 1, 1, &s);
    permute(other, 99, 1, 1, &t);
    assert_memory_equal(s.p, t.p, 900 * sizeof *s.p);
}

static void turned_upside_down(void **unused)
{
    (void)unused;
    static double value[900], other[900];
    scores s, t;
    hot_frame f = frame_of(30, 30, 250);
    fill(value, 900, 6);
    score(&f, value, NULL, 800, 1, &s);
    for (size_t k = 0; k < 900; k++) other[k] = value[899 - k];
    score(&f, other, NULL, 800, 1, &t);
    for (size_t k = 0; k < 900; k++) check_near(t.z[k], s.z[899 - k], 1e-12);
}

/* ---- permutations ---- */

/* A row of four, with one or two cells round each: every way to fill them can be counted. */
static void against_every_permutation(void **unused)
{
    (void)unused;
    static const double value[] = {9, 4, 1, 0};
    /* 4 of one of {4, 1, 0}, 10 of two of {9, 1, 0}: a third reaches it. 4 of two of {9, 4, 0}, 1
     * of one of {9, 4, 1}: a third is as little. */
    scores s;
    hot_frame f = frame_of(4, 1, 250);
    score(&f, value, NULL, 250, 1, &s);
    permute(value, 99999, 3, 1, &s);
    for (size_t k = 0; k < 4; k++) check_near(s.p[k], 2.0 / 3, 0.01);
    assert_true(s.to[0] == 1 && s.to[1] == 1 && s.to[2] == -1 && s.to[3] == -1);
    score(&f, value, NULL, 0, 1, &s); /* nothing round any of them */
    permute(value, 99, 3, 1, &s);
    for (size_t k = 0; k < 4; k++) assert_true(s.p[k] == 1 && s.to[k] == 0);
}

/** What is drawn to stand round a cell, one cell at a time: what the shared draws must come to. */
static double plain_p(const double *own, size_t n, size_t i, double around, int32_t cells,
                      uint32_t permutations, uint64_t seed, int32_t most)
{
    uint32_t above = 0, below = 0;
    for (uint32_t k = 0; k < permutations; k++) {
        uint32_t card[400];
        hot_draws d = hot_draws_of(seed, k);
        for (size_t j = 0; j < n; j++) card[j] = (uint32_t)j;
        for (uint32_t j = 0; j <= (uint32_t)most; j++) {
            uint32_t other = j + hot_draws_below(&d, (uint32_t)n - j), kept = card[j];
            card[j] = card[other];
            card[other] = kept;
        }
        double sum = 0;
        int32_t taken = 0;
        for (int32_t j = 0; taken < cells - 1; j++) {
            if (card[j] == i) continue;
            sum += own[card[j]];
            taken++;
        }
        above += sum >= around;
        below += sum <= around;
    }
    uint32_t fewer = above < below ? above : below;
    return fmin(1, 2.0 * (1 + fewer) / (1.0 + permutations));
}

static void a_cell_is_never_held_against_itself(void **unused)
{
    (void)unused;
    static double value[120];
    scores s;
    hot_frame f = frame_of(12, 10, 250);
    fill(value, 120, 8);
    score(&f, value, NULL, 700, 2, &s);
    permute(value, 300, 11, 2, &s);
    int32_t most = 0;
    for (size_t k = 0; k < 120; k++) most = s.cells[k] > most + 1 ? s.cells[k] - 1 : most;
    for (size_t k = 0; k < 120; k++) {
        double p = plain_p(value, 120, k, s.window[k] - value[k], s.cells[k], 300, 11, most);
        assert_true(s.p[k] == p);
    }
}

static void any_number_of_threads(void **unused)
{
    (void)unused;
    static double value[MOST];
    static scores s, t;
    hot_frame f = frame_of(64, 64, 250);
    fill(value, MOST, 9);
    score(&f, value, NULL, 1000, 1, &s);
    permute(value, 999, 4, 1, &s);
    for (int threads = 2; threads <= 5; threads++) {
        score(&f, value, NULL, 1000, threads, &t);
        permute(value, 999, 4, threads, &t);
        assert_memory_equal(s.z, t.z, sizeof s.z);
        assert_memory_equal(s.p, t.p, sizeof s.p);
        assert_memory_equal(s.to, t.to, sizeof s.to);
    }
}

/** How many of the p of independent cells are at or under a level, over many grids. */
static void chance_alone_gives_even_p(void **unused)
{
    (void)unused;
    enum { SIDE = 40, GRIDS = 40 };
    static const double level[] = {0.002, 0.02, 0.05, 0.1, 0.5};
    static double value[SIDE * SIDE];
    static scores s;
    double under[COUNT(level)] = {0};
    hot_frame f = frame_of(SIDE, SIDE, 250);
    for (uint64_t g = 0; g < GRIDS; g++) {
        fill(value, COUNT(value), 1000 + g);
        score(&f, value, NULL, 375, 2, &s);
        permute(value, 999, g, 2, &s);
        for (size_t k = 0; k < COUNT(value); k++)
            for (size_t l = 0; l < COUNT(level); l++) under[l] += s.p[k] <= level[l];
    }
    for (size_t l = 0; l < COUNT(level); l++) {
        double share = under[l] / (GRIDS * SIDE * SIDE);
        print_message("p <= %g: %.4f\n", level[l], share);
        assert_true(share < 1.15 * level[l] + 0.001 && share > 0.5 * level[l]);
    }
}

/* ---- classes ---- */

static void classes(void **unused)
{
    (void)unused;
    static const struct {
        hot_gistar_cell cell;
        int class_;
    } cases[] = {
        {{3, 20, 9, 4, 0.01, 1}, 3},    {{3, 20, 9, 4, 0.0101, 1}, 2},
        {{3, 20, 9, 4, 0.05, 1}, 2},    {{3, 20, 9, 4, 0.051, 1}, 1},
        {{3, 20, 9, 4, 0.1, 1}, 1},     {{3, 20, 9, 4, 0.11, 1}, 0},
        {{0, 20, 9, 4, 0.001, 1}, 0}, /* no incident of its own */
        {{1, 5, 0.1, 4, 0.001, 1}, 3},  {{1, 4, 0.1, 4, 0.001, 1}, 0},
        {{0, 0, 5, -3, 0.001, -1}, -3}, {{0, 1, 5, -3, 0.04, -1}, -2},
        {{0, 0, 9, -3, 0.1, -1}, -1},   {{0, 0, 4.9, -3, 0.001, -1}, 0},
        {{3, 20, 9, -1, 0.001, 1}, 0},  {{0, 2, 9, 1, 0.001, -1}, 0},
        {{3, 20, 9, 4, NAN, 1}, 0},     {{3, 20, 9, 4, 0.001, 0}, 0},
    };
    for (size_t k = 0; k < COUNT(cases); k++)
        assert_int_equal(hot_gistar_class(&cases[k].cell, 0.05), cases[k].class_);
    assert_int_equal(hot_gistar_class(&cases[3].cell, 0.2), 2);
}

/* ---- what cannot be ---- */

static void refused(void **unused)
{
    (void)unused;
    static const double wrong[] = {-1, NAN, INFINITY};
    double value[4] = {1, 2, 3, 4}, window[4], z[4], p[4];
    int32_t cells[4];
    int8_t to[4];
    hot_gistar_whole whole;
    hot_frame f = frame_of(2, 2, 250);
    hot_gistar_grid grid = {.frame = &f, .value = value};
    for (size_t k = 0; k < COUNT(wrong); k++)
        assert_int_equal(hot_gistar(&grid, wrong[k], 1, &whole, window, cells, z), HOT_DOMAIN);
    assert_int_equal(hot_gistar(&grid, 250, 1, &whole, window, cells, z), HOT_OK);
    hot_gistar_chance none = {0, 1, 1}, many = {HOT_GISTAR_PERMUTATIONS + 1, 1, 1};
    assert_int_equal(hot_gistar_permute(value, window, cells, 4, &none, p, to), HOT_DOMAIN);
    assert_int_equal(hot_gistar_permute(value, window, cells, 4, &many, p, to), HOT_DOMAIN);
}

static void without_memory(void **unused)
{
    (void)unused;
    static double value[100];
    scores s;
    hot_frame f = frame_of(10, 10, 250);
    hot_gistar_grid grid = {.frame = &f, .value = value};
    hot_gistar_chance chance = {99, 1, 1};
    static const double radius[] = {375, 1000};
    fill(value, 100, 2);
    for (size_t r = 0; r < 2; r++) {
        long n = 0;
        for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
            hot_memory_fail_after(n);
            status = hot_gistar(&grid, radius[r], 1, &s.whole, s.window, s.cells, s.z);
            hot_memory_fail_after(-1);
            assert_true(status == HOT_OK || status == HOT_MEMORY);
        }
        assert_true(n > 5);
        n = 0;
        for (hot_status status = HOT_MEMORY; status != HOT_OK; n++) {
            hot_memory_fail_after(n);
            status = hot_gistar_permute(value, s.window, s.cells, 100, &chance, s.p, s.to);
            hot_memory_fail_after(-1);
            assert_true(status == HOT_OK || status == HOT_MEMORY);
        }
        assert_true(n > 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_the_textbook),
        cmocka_unit_test(windows_of_every_size),
        cmocka_unit_test(a_centre_at_the_radius_is_in_the_window),
        cmocka_unit_test(nothing_to_tell_apart),
        cmocka_unit_test(shift_and_scale_change_nothing),
        cmocka_unit_test(turned_upside_down),
        cmocka_unit_test(against_every_permutation),
        cmocka_unit_test(a_cell_is_never_held_against_itself),
        cmocka_unit_test(any_number_of_threads),
        cmocka_unit_test(chance_alone_gives_even_p),
        cmocka_unit_test(classes),
        cmocka_unit_test(refused),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests_name("gistar", tests, NULL, NULL);
}
