/* surface: what is written is read back to the bit, and what is no surface is refused by name. */
#define _GNU_SOURCE

#include "tests/trial.h"

#include "layers/read/environment.h"
#include "layers/write/surface.h"

enum { COLS = 300, ROWS = 270, EPSG = 27700 };

static float value[COLS * ROWS];

/** Larger than a tile, so that the file has overviews; a corner outside; values of every size. */
static hot_surface made(void)
{
    hot_surface s = {.frame = {399987.5, 160012.5, 12.5, COLS, ROWS}, .value = value};
    for (int k = 0; k < COLS * ROWS; k++)
        value[k] = k % COLS + k / COLS < 90 ? (float)NAN : (float)(k % 977) * 1.3e-3f;
    value[COLS * ROWS - 1] = 3.4e38f;
    value[COLS * ROWS - 2] = 1e-45f;
    hot_environment_clear();
    return s;
}

static void there_and_back(void **unused)
{
    (void)unused;
    hot_surface s = made(), back = {0};
    hot_error error = {{0}};
    int epsg = 0;
    assert_int_equal(hot_surface_write("a.tif", &s, EPSG, "about", "2025-01-31", &error), HOT_OK);
    assert_int_equal(hot_surface_read("a.tif", &back, &epsg, &error), HOT_OK);
    assert_int_equal(epsg, EPSG);
    assert_memory_equal(&back.frame, &s.frame, sizeof s.frame);
    for (int k = 0; k < COLS * ROWS; k++)
        if (isnan(value[k]))
            assert_true(isnan(back.value[k]));
        else
            assert_memory_equal(&back.value[k], &value[k], sizeof *value);
    hot_surface_free(&back);
    hot_surface_free(&back);
    assert_null(back.value);
}

static size_t bytes_of(const char *path, char *into, size_t room)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(into, 1, room, f);
    assert_int_equal(fclose(f), 0);
    return n;
}

static void the_same_bytes(void **unused)
{
    (void)unused;
    enum { ROOM = 1 << 20 };
    static char a[ROOM], b[ROOM];
    hot_surface s = made();
    hot_error error = {{0}};
    assert_int_equal(hot_surface_write("a.tif", &s, EPSG, "about", "2025-01-31", &error), HOT_OK);
    assert_int_equal(hot_surface_write("b.tif", &s, EPSG, "about", "2025-01-31", &error), HOT_OK);
    size_t n = bytes_of("a.tif", a, ROOM);
    assert_in_range(n, 1000, ROOM - 1);
    assert_int_equal(bytes_of("b.tif", b, ROOM), n);
    assert_memory_equal(a, b, n);
    assert_non_null(memmem(a, n, "2025:01:31", 10));
    assert_non_null(memmem(a, n, "incidents per km2 in the period", 31));
}

static void what_cannot_be_written(void **unused)
{
    (void)unused;
    hot_surface s = made();
    hot_error error = {{0}};
    assert_int_equal(hot_surface_write("none/a.tif", &s, EPSG, "", "2025-01-31", &error),
                     HOT_SYSTEM);
    assert_non_null(strstr(error.text, "a.tif: cannot be written: "));
    assert_null(strstr(error.text, "none/a.tif: cannot"));
}

static void what_is_no_surface(void **unused)
{
    (void)unused;
    hot_surface s = made(), back = {.value = value};
    hot_error error = {{0}};
    int epsg = 77;
    make_file("text.tif", "This is no picture.");
    make_folder("folder.tif");
    assert_int_equal(hot_surface_write("cut.tif", &s, EPSG, "", "2025-01-31", &error), HOT_OK);
    assert_int_equal(truncate("cut.tif", 900), 0);
    static const char *const paths[] = {"none.tif", "text.tif", "folder.tif", "cut.tif"};
    for (size_t k = 0; k < COUNT(paths); k++) {
        assert_int_equal(hot_surface_read(paths[k], &back, &epsg, &error), HOT_INPUT);
        assert_non_null(strstr(error.text, paths[k]));
        assert_non_null(strstr(error.text, ": is no density surface of hotbeat"));
        assert_ptr_equal(back.value, value); /* untouched */
        assert_int_equal(epsg, 77);
    }
}

static void without_memory(void **unused)
{
    (void)unused;
    hot_surface s = made(), back = {0};
    hot_error error = {{0}};
    int epsg;
    assert_int_equal(hot_surface_write("a.tif", &s, EPSG, "", "2025-01-31", &error), HOT_OK);
    hot_memory_fail_after(0);
    hot_status status = hot_surface_read("a.tif", &back, &epsg, &error);
    hot_memory_fail_after(-1);
    assert_int_equal(status, HOT_MEMORY);
    assert_null(back.value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
        TEST(there_and_back),     TEST(the_same_bytes), TEST(what_cannot_be_written),
        TEST(what_is_no_surface), TEST(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
