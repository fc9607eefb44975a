/* publish: the old folder or the new one, nothing that is not ours is touched, nothing is left. */
#define _GNU_SOURCE

#include "tests/trial.h"

#include <fcntl.h>
#include <sys/file.h>

#include "engine/base/memory.h"
#include "layers/write/contents.h"
#include "layers/write/publish.h"
#include "layers/write/surface.h"
#include "layers/write/verify.h"

static void fill(const hot_publication *p, const char *which)
{
    char text[64];
    hot_error error = {{0}};
    snprintf(text, sizeof text, "{\"hotbeat\": \"%s\"}", which);
    assert_int_equal(hot_publish_file(p, "run.json", text, strlen(text), &error), HOT_OK);
    assert_int_equal(hot_publish_file(p, "maps/a.png", "abc", 3, &error), HOT_OK);
}

static void publish(const char *target, bool overwrite, const char *which)
{
    hot_publication p = {0};
    hot_error error = {{0}};
    assert_int_equal(hot_publish_begin(target, "run", overwrite, &p, &error), HOT_OK);
    fill(&p, which);
    assert_int_equal(hot_publish_end(&p, &error), HOT_OK);
    assert_null(p.target);
    assert_null(p.temporary.path);
    hot_publish_abandon(&p);
}

/** Refused with a sentence that says `words`, and nothing made. */
static void refuse(const char *target, bool overwrite, const char *words)
{
    hot_publication p = {0};
    hot_error error = {{0}};
    int before = entries(".");
    assert_int_not_equal(hot_publish_begin(target, "run", overwrite, &p, &error), HOT_OK);
    if (!strstr(error.text, words)) fail_msg("\"%s\" does not say \"%s\"", error.text, words);
    assert_null(p.target);
    assert_int_equal(entries("."), before);
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

/* ---- the ordinary way ---- */

static void a_new_folder(void **unused)
{
    (void)unused;
    publish("a/b/out/", false, "one");
    check_mark("a/b/out", "one");
    check_text("a/b/out/maps/a.png", "abc");
    assert_int_equal(mode_of("a/b/out"), 0700);
    assert_int_equal(mode_of("a/b/out/maps"), 0700);
    assert_int_equal(mode_of("a/b/out/maps/a.png"), 0600);
    assert_int_equal(entries("a/b"), 1);
}

static void over_old_results(void **unused)
{
    (void)unused;
    hot_publication p = {0};
    hot_error error = {{0}};
    assert_int_equal(hot_publish_begin("out", "run", false, &p, &error), HOT_OK);
    fill(&p, "one");
    assert_int_equal(hot_publish_file(&p, "maps/stale.png", "old", 3, &error), HOT_OK);
    assert_int_equal(hot_publish_end(&p, &error), HOT_OK);
    publish("out", true, "two");
    check_mark("out", "two");
    assert_false(is_there("out/maps/stale.png"));
    check_text("out/" HOT_CONTENTS,
               "Made by hotbeat run. --overwrite replaces these files, and refuses where there are "
               "others:\nmaps/a.png\nrun.json\n");
    assert_int_equal(entries("."), 1);
}

static void over_an_empty_folder(void **unused)
{
    (void)unused;
    make_folder("out");
    publish("out", false, "one");
    check_mark("out", "one");
    assert_int_equal(entries("."), 1);
}

static void names_that_are_long(void **unused)
{
    (void)unused;
    char name[256];
    memset(name, 'n', 255);
    name[255] = 0;
    publish(name, false, "one");
    publish(name, true, "two");
    check_mark(name, "two");
    assert_int_equal(entries("."), 1);
}

static void abandoned(void **unused)
{
    (void)unused;
    hot_publication p = {0};
    hot_error error = {{0}};
    make_folder("kept");
    assert_int_equal(hot_publish_begin("kept/a/b/out", "run", false, &p, &error), HOT_OK);
    fill(&p, "one");
    hot_publish_abandon(&p);
    hot_publish_abandon(&p);
    assert_int_equal(entries("kept"), 0);
    assert_int_equal(entries("."), 1);
}

static void no_memory(void **unused)
{
    (void)unused;
    mark("out", "one");
    int tries = 0;
    for (bool done = false; !done; tries++) {
        hot_publication p = {0};
        hot_error error = {{0}};
        hot_memory_fail_after(tries);
        hot_status status = hot_publish_begin("out", "run", true, &p, &error);
        if (status == HOT_OK)
            status = hot_publish_file(&p, "run.json", "\"hotbeat\": \"", 12, &error);
        if (status == HOT_OK) status = hot_publish_end(&p, &error);
        hot_memory_fail_after(-1);
        hot_publish_abandon(&p);
        if (entries("out") != 2 || entries(".") > 2) fail_msg("after %d allocations", tries);
        done = status == HOT_OK;
    }
    assert_in_range(tries, 10, 200);
    hot_publication p = {0};
    hot_error error = {{0}};
    assert_int_equal(hot_publish_begin("out", "run", true, &p, &error), HOT_OK);
    hot_publish_abandon(&p);
    assert_int_equal(entries("."), 1); /* what could not be removed without memory is gone now */
}

/* ---- refusals ---- */

static void what_is_refused(void **unused)
{
    (void)unused;
    make_file("file", "mine");
    mark("result", "one");
    make_folder("foreign");
    make_file("foreign/thesis.txt", "mine");
    make_file("foreign/run.json", "{\"name\": \"another program's\"}");
    assert_int_equal(symlink("result", "link"), 0);
    refuse("file", true, "is a file");
    refuse("file/below", true, "cannot be written to");
    refuse("link", true, "is a link");
    refuse("result", false, "is there already");
    refuse("foreign", true, "no output of hotbeat");
    refuse(".", true, "name of a folder");
    refuse("result/..", true, "name of a folder");
    refuse("/", true, "name of a folder");
    refuse("/proc", true, "mounted");
    check_text("file", "mine");
    check_text("foreign/thesis.txt", "mine");
    check_mark("result", "one");
}

static void a_geopackage_in_use(void **unused)
{
    (void)unused;
    mark("out", "one");
    make_file("out/hotbeat.gpkg", "x");
    make_file("out/hotbeat.gpkg-wal", "");
    publish("out", true, "two"); /* an empty log holds no change */
    make_file("out/other.gpkg-wal", "changes");
    refuse("out", true, "out/other.gpkg: is open in another program");
    assert_int_equal(unlink("out/other.gpkg-wal"), 0);
    make_file("out/town.gpkg-journal", "changes");
    refuse("out", true, "town.gpkg: is open");
}

/** Changed between beginning and end: looked at again, and left as it is. */
static void changed_meanwhile(void **unused)
{
    (void)unused;
    hot_publication p = {0};
    hot_error error = {{0}};
    mark("out", "one");
    assert_int_equal(hot_publish_begin("out", "run", true, &p, &error), HOT_OK);
    fill(&p, "two");
    make_file("out/hotbeat.gpkg-wal", "changes");
    assert_int_equal(hot_publish_end(&p, &error), HOT_SYSTEM);
    hot_publish_abandon(&p);
    check_mark("out", "one");
    check_text("out/hotbeat.gpkg-wal", "changes");
    assert_int_equal(entries("."), 1);

    assert_int_equal(unlink("out/hotbeat.gpkg-wal"), 0);
    assert_int_equal(unlink("out/run.json"), 0);
    assert_int_equal(unlink("out/" HOT_CONTENTS), 0);
    assert_int_equal(hot_publish_begin("out", "run", false, &p, &error), HOT_OK);
    fill(&p, "two");
    mark("out", "another run's");
    assert_int_equal(hot_publish_end(&p, &error), HOT_SYSTEM);
    assert_non_null(strstr(error.text, "is there already"));
    hot_publish_abandon(&p);
    check_mark("out", "another run's");
    assert_int_equal(entries("."), 1);
}

/* ---- what a person added ---- */

static void strangers(void **unused)
{
    static const char *const added[] = {"out/notes.docx",   "out/maps/mine.png", "out/a/b/c",
                                        "out/run.json.bak", "out/run.jsonx-wal", "out/.hotbeat2"};
    (void)unused;
    publish("out", false, "one");
    make_folder("out/a");
    make_folder("out/a/b");
    for (size_t k = 0; k < sizeof added / sizeof *added; k++) {
        make_file(added[k], "mine");
        refuse("out", true, added[k]);
        check_text(added[k], "mine");
        check_mark("out", "one");
        assert_int_equal(unlink(added[k]), 0);
    }
    assert_int_equal(symlink("/nowhere", "out/link"), 0);
    refuse("out", true, "out/link: is not one of the files");
    make_file("out/\nrun.json", "mine"); /* a name cannot pass for a line of the list */
    assert_int_equal(unlink("out/link"), 0);
    refuse("out", true, "is not one of the files");
    assert_int_equal(unlink("out/\nrun.json"), 0);
    publish("out", true, "two"); /* the empty folders are nobody's work */
    check_mark("out", "two");
}

/** Made by looking at a file, or gone: neither is a reason to refuse. */
static void no_strangers(void **unused)
{
    (void)unused;
    mark("out", "one");
    make_file("out/hotbeat.gpkg-shm", "x");
    make_file("out/run.json.aux.xml", "x");
    publish("out", true, "two"); /* the GeoPackage is in the list, and not there */
    check_mark("out", "two");
}

static void another_kind(void **unused)
{
    (void)unused;
    mark("out", "one");
    list("out", "sample", "run.json\n");
    refuse("out", true, "out: holds what hotbeat sample made");
    list("out", "running", "run.json\n");
    refuse("out", true, "what hotbeat running made");
    make_file("out/" HOT_CONTENTS, "Made by hotbeat run");
    refuse("out", true, "no output of hotbeat");
    make_file("out/" HOT_CONTENTS, "");
    refuse("out", true, "no output of hotbeat");
    check_mark("out", "one");
}

/** Put there while the run went on: the folder goes back with it. */
static void a_late_stranger(void **unused)
{
    hot_publication p = {0};
    hot_error error = {{0}};
    (void)unused;
    publish("out", false, "one");
    assert_int_equal(hot_publish_begin("out", "run", true, &p, &error), HOT_OK);
    fill(&p, "two");
    make_file("out/maps/mine.png", "mine");
    assert_int_equal(hot_publish_end(&p, &error), HOT_SYSTEM);
    assert_non_null(strstr(error.text, "out/maps/mine.png: is not one of the files"));
    hot_publish_abandon(&p);
    check_mark("out", "one");
    check_text("out/maps/mine.png", "mine");
    assert_int_equal(entries("."), 1);
}

/* ---- temporaries ---- */

static void stale_ones_are_swept(void **unused)
{
    (void)unused;
    make_folder(".out.hotbeat-abc123");
    make_folder(".out.hotbeat-abc123/maps");
    make_file(".out.hotbeat-abc123/maps/a.png", "half");
    make_folder(".out.hotbeat-ZZZZZZ");
    publish("out", false, "one");
    check_mark("out", "one");
    assert_int_equal(entries("."), 1);
}

static void look_alikes_are_not(void **unused)
{
    (void)unused;
    static const char *const folders[] = {
        ".out.hotbeat-abc12",       ".out.hotbeat-abc1234",
        ".out.hotbeat-abc.12",      ".out.hotbeat-",
        ".other.hotbeat-abc123",    "out.hotbeat-abc123",
        ".out.hotbeat-abc123.kept",
    };
    for (size_t k = 0; k < COUNT(folders); k++) make_folder(folders[k]);
    make_folder("elsewhere");
    make_file("elsewhere/mine", "mine");
    make_file(".out.hotbeat-file00", "mine");
    assert_int_equal(symlink("elsewhere", ".out.hotbeat-link00"), 0);
    publish("out", false, "one");
    for (size_t k = 0; k < COUNT(folders); k++) assert_true(is_there(folders[k]));
    assert_true(is_there(".out.hotbeat-file00"));
    assert_true(is_there(".out.hotbeat-link00"));
    check_text("elsewhere/mine", "mine");
}

static void one_that_is_held_stays(void **unused)
{
    (void)unused;
    make_folder(".out.hotbeat-abc123");
    int lock = open(".out.hotbeat-abc123", O_RDONLY | O_DIRECTORY);
    assert_int_equal(flock(lock, LOCK_EX | LOCK_NB), 0);
    publish("out", false, "one");
    assert_true(is_there(".out.hotbeat-abc123"));
    close(lock);
    publish("out", true, "two");
    assert_int_equal(entries("."), 1);
}

static void two_at_once(void **unused)
{
    (void)unused;
    hot_publication p = {0}, q = {0};
    hot_error error = {{0}};
    assert_int_equal(hot_publish_begin("out", "run", true, &p, &error), HOT_OK);
    assert_int_equal(hot_publish_begin("out", "run", true, &q, &error), HOT_OK);
    assert_int_equal(entries("."), 2);
    fill(&p, "one");
    fill(&q, "two");
    assert_int_equal(hot_publish_end(&p, &error), HOT_OK);
    check_mark("out", "one");
    assert_int_equal(hot_publish_end(&q, &error), HOT_OK);
    check_mark("out", "two");
    assert_int_equal(entries("."), 1);
}

static void set_aside_is_put_back(void **unused)
{
    (void)unused;
    hot_publication p = {0};
    hot_error error = {{0}};
    mark(".out.hotbeat-abc123.old", "one");
    make_folder(".out.hotbeat-abc123");
    refuse("other/../out/.", false, "name of a folder");
    assert_int_equal(hot_publish_begin("out", "run", false, &p, &error), HOT_SYSTEM);
    assert_non_null(strstr(error.text, "is there already"));
    check_mark("out", "one");
    assert_int_equal(entries("."), 1);

    mark(".out.hotbeat-abc123.old", "older");
    publish("out", true, "two");
    check_mark("out", "two");
    assert_int_equal(entries("."), 1);

    mark(".file.hotbeat-abc123.old", "the only one");
    make_file("file", "mine");
    assert_int_equal(hot_publish_begin("file", "run", true, &p, &error), HOT_SYSTEM);
    check_mark(".file.hotbeat-abc123.old", "the only one");
}

/* ---- what was written is looked at again ---- */

static void a_surface_is_read_back(void **unused)
{
    (void)unused;
    enum { SIDE = 40 };
    float value[SIDE * SIDE];
    hot_error error = {{0}};
    hot_surface s = {.frame = {400000, 160000, 50, SIDE, SIDE}, .value = value};
    for (int k = 0; k < SIDE * SIDE; k++) value[k] = k % 7 ? (float)(k % 31) : (float)NAN;
    assert_int_equal(hot_surface_write("a.tif", &s, 27700, "about", "2025-01-01", &error), HOT_OK);
    assert_int_equal(hot_verify_surface("a.tif", &s, &error), HOT_OK);
    value[500] += 1;
    assert_int_equal(hot_verify_surface("a.tif", &s, &error), HOT_SYSTEM);
    assert_non_null(strstr(error.text, "a.tif: was not written whole"));
    value[500] -= 1;
    s.frame.west += 1;
    assert_int_equal(hot_verify_surface("a.tif", &s, &error), HOT_SYSTEM);
    s.frame.west -= 1;
    assert_int_equal(truncate("a.tif", 700), 0);
    assert_int_equal(hot_verify_surface("a.tif", &s, &error), HOT_SYSTEM);
    assert_int_equal(hot_verify_surface("none.tif", &s, &error), HOT_SYSTEM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
        TEST(a_new_folder),
        TEST(over_old_results),
        TEST(over_an_empty_folder),
        TEST(names_that_are_long),
        TEST(abandoned),
        TEST(no_memory),
        TEST(what_is_refused),
        TEST(a_geopackage_in_use),
        TEST(strangers),
        TEST(no_strangers),
        TEST(another_kind),
        TEST(a_late_stranger),
        TEST(changed_meanwhile),
        TEST(stale_ones_are_swept),
        TEST(look_alikes_are_not),
        TEST(one_that_is_held_stays),
        TEST(two_at_once),
        TEST(set_aside_is_put_back),
        TEST(a_surface_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
