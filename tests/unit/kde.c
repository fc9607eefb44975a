/* The density against the published kernels, against brute force in long double, and against
 * itself: any order, any number of threads, any path. */
#include "tests/check.h"

#include "engine/base/memory.h"
#include "engine/kde/path.h"

enum { KERNELS = HOT_GAUSSIAN + 1 };

static uint64_t state;

/* splitmix64: Steele, Lea & Flood (2014), OOPSLA. */
static uint64_t draw(void)
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static double uniform(void)
{
    return (double)(draw() >> 11) * 0x1p-53;
}

/* Points of one test, and where they are looked at. */
typedef struct {
    hot_frame frame;
    double *x, *y, *weight;
    size_t n;
    hot_kernel kernel;
    double bandwidth;
} scene;

static void *room(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size);
    assert_non_null(block);
    return block;
}

static size_t cells_of(const scene *s)
{
    return (size_t)hot_frame_size(&s->frame);
}

static scene scene_new(int32_t cols, int32_t rows, double cell, size_t n)
{
    scene s = {{430000, 570000, cell, cols, rows}, NULL, NULL, NULL, n, HOT_QUARTIC, 10 * cell};
    s.x = room(n, sizeof *s.x);
    s.y = room(n, sizeof *s.y);
    s.weight = room(n, sizeof *s.weight);
    for (size_t i = 0; i < n; i++) s.weight[i] = 1;
    return s;
}

static void scene_free(scene *s)
{
    free(s->x);
    free(s->y);
    free(s->weight);
}

/* Anywhere in the frame, or `beyond` cells outside it. */
static void scatter(scene *s, size_t from, size_t to, double beyond)
{
    const hot_frame *f = &s->frame;
    for (size_t i = from; i < to; i++) {
        s->x[i] = f->west + f->cell * (uniform() * (f->cols + 2 * beyond) - beyond);
        s->y[i] = f->north - f->cell * (uniform() * (f->rows + 2 * beyond) - beyond);
    }
}

static double *density_along(const scene *s, hot_path path, hot_way way, int threads)
{
    double *density = room(cells_of(s), sizeof *density);
    assert_int_equal(hot_kde_along(path, way, &s->frame, s->x, s->y, s->weight, s->n, s->kernel,
                                   s->bandwidth, NULL, threads, density),
                     HOT_OK);
    return density;
}

static double *density_of(const scene *s)
{
    return density_along(s, HOT_PATH_BEST, HOT_WAY_BEST, 2);
}

static void check_same(double *a, double *b, size_t count)
{
    assert_memory_equal(a, b, count * sizeof *a);
    free(b);
}

/* Brute force */

static long double value(hot_kernel kernel, long double d, long double h)
{
    long double pi = 3.14159265358979323846264338327950288L, plane = pi * h * h, u = d / h;
    long double rest = 1 - u * u;
    switch (kernel) {
    case HOT_UNIFORM:
        return u <= 1 ? 1 / plane : 0;
    case HOT_TRIANGULAR:
        return u < 1 ? 3 * (1 - u) / plane : 0;
    case HOT_EPANECHNIKOV:
        return u < 1 ? 2 * rest / plane : 0;
    case HOT_QUARTIC:
        return u < 1 ? 3 * rest * rest / plane : 0;
    case HOT_TRIWEIGHT:
        return u < 1 ? 4 * rest * rest * rest / plane : 0;
    default:
        return u < 4 ? expl(-u * u / 2) / (2 * plane * (1 - expl(-8))) : 0;
    }
}

static long double truth_at(const scene *s, int32_t row, int32_t col)
{
    const hot_frame *f = &s->frame;
    long double px = f->west + (col + 0.5L) * f->cell, py = f->north - (row + 0.5L) * f->cell;
    long double sum = 0;
    for (size_t i = 0; i < s->n; i++) {
        long double dx = s->x[i] - px, dy = s->y[i] - py;
        sum += s->weight[i] * value(s->kernel, sqrtl(dx * dx + dy * dy), s->bandwidth);
    }
    return 1e6L * sum;
}

/* Every cell of a small frame, or so many drawn from a large one. */
static void check_truth(const scene *s, double *density)
{
    size_t cells = cells_of(s), some = 120000 / (s->n + 100) + 20;
    double most = 0;
    for (size_t i = 0; i < cells; i++) most = density[i] > most ? density[i] : most;
    for (size_t k = 0; k < (some < cells ? some : cells); k++) {
        size_t i = some < cells ? (size_t)(draw() % cells) : k;
        long double truth =
            truth_at(s, (int32_t)(i / (size_t)s->frame.cols), (int32_t)(i % (size_t)s->frame.cols));
        assert_true(density[i] >= 0);
        if (truth == 0)
            assert_true(density[i] == 0);
        else if (truth > 1e-6L * most)
            check_relative(density[i], (double)truth, 1e-9);
    }
    free(density);
}

static void check_kernels(scene *s, double b)
{
    for (int k = 0; k < KERNELS; k++) {
        s->kernel = (hot_kernel)k;
        s->bandwidth = b * s->frame.cell / (k == HOT_GAUSSIAN ? HOT_GAUSSIAN_CUT : 1);
        check_truth(s, density_of(s));
    }
}

/* Kernels */

static void kernel_values_are_those_published(void **unused)
{
    (void)unused;
    /* Silverman (1986) ch. 4 and Wand & Jones (1995) p. 175 at h = 200 m, per km2. */
    static const double at_0[KERNELS] = {7.957747,  23.873241, 15.915494,
                                         23.873241, 31.830989, 3.978874};
    static const double at_half[KERNELS] = {7.957747,  11.936621, 11.936621,
                                            13.428698, 13.428698, 3.511344};
    double within = 1 - exp(-8);
    for (int k = 0; k < KERNELS; k++) {
        double cut = k == HOT_GAUSSIAN ? within : 1;
        check_near(1e6 * hot_kernel_value((hot_kernel)k, 0, 200) * cut, at_0[k], 6e-7);
        check_near(1e6 * hot_kernel_value((hot_kernel)k, 100, 200) * cut, at_half[k], 6e-7);
    }
}

static void only_the_uniform_kernel_counts_at_its_end(void **unused)
{
    (void)unused;
    for (int k = 0; k < KERNELS; k++) {
        double end = hot_kernel_support((hot_kernel)k, 250);
        assert_true((hot_kernel_value((hot_kernel)k, end, 250) > 0) == (k == HOT_UNIFORM));
        assert_true(hot_kernel_value((hot_kernel)k, nextafter(end, 0), 250) > 0);
        assert_true(hot_kernel_value((hot_kernel)k, 1.001 * end, 250) == 0);
    }
}

static void kernels_are_found_by_name(void **unused)
{
    (void)unused;
    hot_kernel kernel = HOT_UNIFORM;
    for (int k = 0; k < KERNELS; k++) {
        assert_true(hot_kernel_parse(hot_kernel_name((hot_kernel)k), &kernel));
        assert_int_equal(kernel, k);
    }
    assert_true(hot_kernel_parse("TRIweight", &kernel));
    assert_int_equal(kernel, HOT_TRIWEIGHT);
    assert_false(hot_kernel_parse("quart", &kernel));
    assert_false(hot_kernel_parse("quartics", &kernel));
    assert_false(hot_kernel_parse("", &kernel));
    assert_false(hot_kernel_parse(NULL, &kernel));
    assert_int_equal(kernel, HOT_TRIWEIGHT);
    assert_null(hot_kernel_name((hot_kernel)KERNELS));
}

static void mass_is_one(void **unused)
{
    (void)unused;
    static const double off[KERNELS] = {5e-2, 5e-3, 8e-3, 1e-3, 1e-3, 1e-3};
    for (int k = 0; k < KERNELS; k++) {
        scene s = scene_new(60, 60, 50, 1);
        s.kernel = (hot_kernel)k, s.bandwidth = 250;
        s.x[0] = 431512.3, s.y[0] = 568487.9;
        double *density = density_of(&s), mass = 0;
        for (size_t i = 0; i < cells_of(&s); i++) mass += density[i] * 50 * 50 / 1e6;
        check_near(mass, 1, off[k]);
        free(density);
        scene_free(&s);
    }
}

/* Truth */

static void random_scenes_agree_with_brute_force(void **unused)
{
    (void)unused;
    static const double b[] = {0.3, 1, 3, 4.5, 10, 30, 100, 300};
    for (size_t i = 0; i < COUNT(b); i++) {
        state = i;
        scene s = scene_new(83, 61, 31.25, 300);
        scatter(&s, 0, s.n, b[i]);
        for (size_t k = 0; k < s.n; k += 3) s.weight[k] = uniform() * 5, s.weight[k / 2] = 0;
        check_kernels(&s, b[i]);
        scene_free(&s);
    }
}

static void wide_frames_of_many_tiles_agree_with_brute_force(void **unused)
{
    (void)unused;
    state = 1;
    scene s = scene_new(700, 40, 25, 900);
    scatter(&s, 0, s.n, 30);
    check_kernels(&s, 12);
    check_kernels(&s, 3);
    scene_free(&s);
}

/* 20,000 on one spot, one incident near it and one beyond its reach, at every distance of tiles. */
static void one_incident_beside_a_heap_keeps_its_digits(void **unused)
{
    (void)unused;
    static const double b[] = {3, 4.5, 10, 30, 100};
    for (size_t i = 0; i < COUNT(b); i++) {
        state = 77 + i;
        scene s = scene_new(400, 48, 50, 12);
        s.frame.west = 500000, s.frame.north = 5e6;
        scatter(&s, 0, s.n, 0);
        s.weight[0] = 20000;
        check_kernels(&s, b[i]);
        scene_free(&s);
    }
}

static void clusters_agree_with_brute_force(void **unused)
{
    (void)unused;
    state = 5;
    scene s = scene_new(200, 60, 50, 4000);
    scatter(&s, 0, s.n, 2);
    for (size_t i = 50; i < s.n; i++) {
        s.x[i] = 432000 + 20 * (uniform() + uniform());
        s.y[i] = 568000 + 20 * (uniform() + uniform());
    }
    check_kernels(&s, 30);
    scene_free(&s);
}

/* Distances of exactly h: 3-4-5 triangles on cell centres, corners and edges. */
static void centres_exactly_at_the_end_follow_the_bounds(void **unused)
{
    (void)unused;
    for (int b = 5; b <= 20; b += 5) {
        scene s = scene_new(64, 64, 50, 3);
        const double offset[3] = {25, 0, 50};
        for (size_t i = 0; i < COUNT(offset); i++) {
            s.x[i] = 431600 + offset[i];
            s.y[i] = 568400 + offset[i];
        }
        check_kernels(&s, b);
        scene_free(&s);
    }
}

static void points_in_one_place_add_their_weights(void **unused)
{
    (void)unused;
    scene s = scene_new(40, 40, 20, 1000), one = scene_new(40, 40, 20, 1);
    for (size_t i = 0; i < s.n; i++) s.x[i] = 430401, s.y[i] = 569603;
    one.x[0] = 430401, one.y[0] = 569603, one.weight[0] = 1000;
    for (int k = 0; k < KERNELS; k++) {
        s.kernel = one.kernel = (hot_kernel)k;
        double *density = density_of(&s);
        check_same(density, density_of(&one), cells_of(&s));
        free(density);
    }
    scene_free(&s);
    scene_free(&one);
}

static void nothing_gives_zeros(void **unused)
{
    (void)unused;
    scene s = scene_new(9, 7, 20, 2);
    s.x[0] = 1e300, s.y[1] = -1e300, s.x[1] = 430050;
    for (int k = 0; k < KERNELS; k++)
        for (s.n = 0; s.n < 3; s.n++) {
            s.kernel = (hot_kernel)k;
            double *density = density_of(&s);
            for (size_t i = 0; i < cells_of(&s); i++) assert_true(density[i] == 0);
            free(density);
        }
    scene_free(&s);
}

static void outside_the_study_area_is_nan(void **unused)
{
    (void)unused;
    static const uint8_t inside[6] = {1, 0, 1, 1, 1, 0};
    static const hot_frame frame = {0, 20, 10, 3, 2};
    double x = 15, y = 10, density[6];
    for (hot_way way = HOT_WAY_SWEEP; way <= HOT_WAY_SCATTER; way++) {
        assert_int_equal(hot_kde_along(HOT_PATH_BEST, way, &frame, &x, &y, NULL, 1, HOT_QUARTIC, 50,
                                       inside, 1, density),
                         HOT_OK);
        for (int i = 0; i < 6; i++) assert_true(inside[i] ? density[i] > 0 : isnan(density[i]));
    }
}

/* Sameness */

static scene town(void)
{
    state = 11;
    scene s = scene_new(300, 90, 25, 3000);
    scatter(&s, 0, s.n, 20);
    for (size_t i = 0; i < s.n; i++) {
        if (i % 3) s.x[i] = s.x[i / 7], s.y[i] = s.y[i / 7];
        s.weight[i] = i % 5 ? 1 + (double)(i % 4) : uniform();
    }
    return s;
}

static void shuffle(scene *s)
{
    for (size_t i = s->n - 1; i > 0; i--) {
        size_t j = (size_t)(draw() % (i + 1));
        double x = s->x[i], y = s->y[i], w = s->weight[i];
        s->x[i] = s->x[j], s->y[i] = s->y[j], s->weight[i] = s->weight[j];
        s->x[j] = x, s->y[j] = y, s->weight[j] = w;
    }
}

static void order_threads_and_paths_change_no_byte(void **unused)
{
    (void)unused;
    static const int threads[] = {2, 3, 7};
    scene s = town();
    for (int k = 0; k < KERNELS; k++)
        for (int b = 4; b < 20; b += 11) {
            s.kernel = (hot_kernel)k, s.bandwidth = b * 25.0 / (k == HOT_GAUSSIAN ? 4 : 1);
            double *density = density_along(&s, HOT_PATH_SCALAR, HOT_WAY_BEST, 1);
            for (size_t i = 0; i < COUNT(threads); i++) {
                shuffle(&s);
                check_same(density, density_along(&s, HOT_PATH_SCALAR, HOT_WAY_BEST, threads[i]),
                           cells_of(&s));
            }
            for (hot_path path = HOT_PATH_AVX2; path <= HOT_PATH_AVX512; path++)
                if (hot_path_has(path))
                    check_same(density, density_along(&s, path, HOT_WAY_BEST, 2), cells_of(&s));
            free(density);
        }
    scene_free(&s);
}

static void both_ways_agree(void **unused)
{
    (void)unused;
    scene s = town();
    static const hot_kernel swept[] = {HOT_UNIFORM, HOT_EPANECHNIKOV, HOT_QUARTIC, HOT_TRIWEIGHT};
    for (size_t k = 0; k < COUNT(swept); k++) {
        s.kernel = swept[k], s.bandwidth = 15 * 25;
        double *sweep = density_along(&s, HOT_PATH_BEST, HOT_WAY_SWEEP, 2);
        double *added = density_along(&s, HOT_PATH_BEST, HOT_WAY_SCATTER, 2);
        for (size_t i = 0; i < cells_of(&s); i++) {
            if (added[i] > 1e-3) check_relative(sweep[i], added[i], 1e-9);
            assert_true((sweep[i] == 0) == (added[i] == 0));
        }
        free(sweep);
        free(added);
    }
    scene_free(&s);
}

static void a_shift_by_whole_cells_moves_the_picture(void **unused)
{
    (void)unused;
    scene s = town();
    for (size_t i = 0; i < s.n; i++) {
        s.x[i] = round(64 * s.x[i]) / 64;
        s.y[i] = round(64 * s.y[i]) / 64;
    }
    double *here = density_of(&s);
    for (size_t i = 0; i < s.n; i++) s.x[i] += 25 * 8000, s.y[i] += 25 * 160000;
    s.frame.west += 25 * 8000, s.frame.north += 25 * 160000;
    check_same(here, density_of(&s), cells_of(&s));
    free(here);
    scene_free(&s);
}

static void weight_two_is_the_point_twice(void **unused)
{
    (void)unused;
    scene s = town();
    for (size_t i = 0; i < s.n; i++) s.weight[i] = 2;
    double *twice = density_of(&s);
    scene pair = scene_new(300, 90, 25, 2 * s.n);
    for (size_t i = 0; i < pair.n; i++) pair.x[i] = s.x[i / 2], pair.y[i] = s.y[i / 2];
    pair.bandwidth = s.bandwidth;
    check_same(twice, density_of(&pair), cells_of(&s));
    free(twice);
    scene_free(&s);
    scene_free(&pair);
}

/* Failure */

static hot_status status_of(const scene *s, int threads)
{
    double untouched = -7, *density = room(cells_of(s), sizeof *density);
    for (size_t i = 0; i < cells_of(s); i++) density[i] = untouched;
    hot_status status = hot_kde(&s->frame, s->x, s->y, s->weight, s->n, s->kernel, s->bandwidth,
                                NULL, threads, density);
    for (size_t i = 0; i < cells_of(s) && status; i++) assert_true(density[i] == untouched);
    free(density);
    return status;
}

static void arguments_out_of_range_are_refused(void **unused)
{
    (void)unused;
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    scene s = scene_new(5, 5, 10, 3);
    assert_int_equal(status_of(&s, 1), HOT_OK);
    for (size_t i = 0; i < COUNT(bad); i++)
        for (int which = 0; which < 4; which++) {
            double *at = (double *[]){&s.x[1], &s.y[2], &s.weight[0], &s.bandwidth}[which];
            double kept = *at;
            *at = bad[i];
            assert_int_equal(status_of(&s, 2), HOT_DOMAIN);
            *at = kept;
        }
    s.weight[1] = -1;
    assert_int_equal(status_of(&s, 1), HOT_DOMAIN);
    s.weight[1] = 0, s.bandwidth = 0;
    assert_int_equal(status_of(&s, 1), HOT_DOMAIN);
    s.bandwidth = 10, s.kernel = (hot_kernel)KERNELS;
    assert_int_equal(status_of(&s, 1), HOT_DOMAIN);
    scene_free(&s);
}

static void every_allocation_may_fail(void **unused)
{
    (void)unused;
    scene s = town();
    s.n = 100;
    for (int b = 3; b < 20; b += 10) {
        long k = 0;
        hot_status status = HOT_MEMORY;
        s.bandwidth = 25 * b;
        for (; status == HOT_MEMORY && k < 100; k++) {
            hot_memory_fail_after(k);
            status = status_of(&s, 2);
            hot_memory_fail_after(-1);
        }
        assert_int_equal(status, HOT_OK);
        assert_true(k > 6);
    }
    scene_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernel_values_are_those_published),
        cmocka_unit_test(only_the_uniform_kernel_counts_at_its_end),
        cmocka_unit_test(kernels_are_found_by_name),
        cmocka_unit_test(mass_is_one),
        cmocka_unit_test(random_scenes_agree_with_brute_force),
        cmocka_unit_test(wide_frames_of_many_tiles_agree_with_brute_force),
        cmocka_unit_test(one_incident_beside_a_heap_keeps_its_digits),
        cmocka_unit_test(clusters_agree_with_brute_force),
        cmocka_unit_test(centres_exactly_at_the_end_follow_the_bounds),
        cmocka_unit_test(points_in_one_place_add_their_weights),
        cmocka_unit_test(nothing_gives_zeros),
        cmocka_unit_test(outside_the_study_area_is_nan),
        cmocka_unit_test(order_threads_and_paths_change_no_byte),
        cmocka_unit_test(both_ways_agree),
        cmocka_unit_test(a_shift_by_whole_cells_moves_the_picture),
        cmocka_unit_test(weight_two_is_the_point_twice),
        cmocka_unit_test(arguments_out_of_range_are_refused),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
