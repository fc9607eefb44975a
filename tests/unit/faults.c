/* faults: every call to the system that the publisher makes, failed once; and the moments between
 * two calls in which another program can step in. The linker puts the calls of the whole program
 * through here (--wrap in CMakeLists.txt). */
#define _GNU_SOURCE

#include "tests/trial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/file.h>
#include <time.h>

#include "layers/write/publish.h"
#include "tests/seam.h"

/* ---- the calls ---- */

WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), -1)
WRAP(char *, mkdtemp, (char *pattern), (pattern), NULL)
WRAP(int, rename, (const char *a, const char *b), (a, b), -1)
WRAP(int, renameat2, (int a, const char *from, int b, const char *to, unsigned flags),
     (a, from, b, to, flags), -1)
WRAP(int, rmdir, (const char *path), (path), -1)
WRAP(int, unlink, (const char *path), (path), -1)
WRAP(int, fchmod, (int file, mode_t mode), (file, mode), -1)
WRAP(int, flock, (int file, int operation), (file, operation), -1)
WRAP(ssize_t, write, (int file, const void *bytes, size_t n), (file, bytes, n), -1)
WRAP(DIR *, opendir, (const char *path), (path), NULL)
WRAP(struct dirent *, readdir, (DIR * folder), (folder), NULL)
WRAP(int, nanosleep, (const struct timespec *time, struct timespec *left), (time, left), -1)

/** The disk itself is not waited for. */
int __wrap_fsync(int file);
int __wrap_fsync(int file)
{
    (void)file;
    return fails("fsync") ? -1 : 0;
}

/** A close that fails has closed. */
int __real_close(int file);
int __wrap_close(int file);
int __wrap_close(int file)
{
    int closed = __real_close(file);
    return fails("close") ? -1 : closed;
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    int mode = flags & O_CREAT ? va_arg(rest, int) : 0;
    va_end(rest);
    return fails("open") ? -1 : __real_open(path, flags, mode);
}

/** What an open becomes in a build with _FORTIFY_SOURCE. */
int __wrap___open_2(const char *path, int flags);
int __wrap___open_2(const char *path, int flags)
{
    return __wrap_open(path, flags);
}

/* ---- a run, in short ---- */

static bool is_whole(const char *folder, const char *which)
{
    char path[600], text[64] = "", expected[64];
    snprintf(path, sizeof path, "%s/maps/a.png", folder);
    if (!is_there(path) || entries(folder) != 3) return false;
    snprintf(path, sizeof path, "%s/run.json", folder);
    snprintf(expected, sizeof expected, "{\"hotbeat\": \"%s\"}", which);
    FILE *f = fopen(path, "r");
    if (!f) return false;
    text[fread(text, 1, sizeof text - 1, f)] = 0;
    fclose(f);
    return strcmp(text, expected) == 0;
}

/** Publish over whatever is there, abandoning where that fails. */
static hot_status run(const char *which, hot_error *error)
{
    hot_publication p = {0};
    char text[64];
    *error = (hot_error){{0}};
    snprintf(text, sizeof text, "{\"hotbeat\": \"%s\"}", which);
    hot_status status = hot_publish_begin("out", "run", true, &p, error);
    if (status == HOT_OK) status = hot_publish_file(&p, "run.json", text, strlen(text), error);
    if (status == HOT_OK) status = hot_publish_file(&p, "maps/a.png", "abc", 3, error);
    if (status == HOT_OK) status = hot_publish_end(&p, error);
    hot_publish_abandon(&p);
    return status;
}

static void run_well(const char *which)
{
    hot_error error;
    plan_nothing();
    if (run(which, &error) != HOT_OK) fail_msg("%s", error.text);
    assert_true(is_whole("out", which));
    assert_int_equal(entries("."), 1);
}

/** A run that fails with a sentence that says `words`. */
static void run_badly(const char *words)
{
    hot_error error;
    hot_status status = run("two", &error);
    plan_nothing();
    assert_int_equal(status, HOT_SYSTEM);
    if (!strstr(error.text, words)) fail_msg("\"%s\" does not say \"%s\"", error.text, words);
}

/* ---- each call, each time ---- */

static const char *const calls[] = {"mkdir",   "mkdtemp", "rename", "renameat2", "rmdir",
                                    "unlink",  "fsync",   "fchmod", "flock",     "write",
                                    "opendir", "readdir", "close",  "open"};

/** The old results or the new ones, a reason, and nothing left by the run after it. */
static void judge(const char *call, int n, hot_status status, const hot_error *error)
{
    bool new_there = is_whole("out", "two");
    if (!new_there && !is_whole("out", "one")) fail_msg("%s %d: neither is whole", call, n);
    if (status == HOT_OK && !new_there) fail_msg("%s %d: no failure, and the old results", call, n);
    if (status != HOT_OK && !*error->text) fail_msg("%s %d: no reason", call, n);
    if (status != HOT_OK && new_there != !!strstr(error->text, "are in place"))
        fail_msg("%s %d: %s", call, n, error->text);
}

/** @return how many faults happened */
static int fail_each(const char *call, int error_number, fault always)
{
    int n = 0;
    for (;; n++) {
        hot_error error;
        run_well("one");
        plan_faults((fault){.call = call, .skip = n, .times = 1, .error = error_number}, always);
        hot_status status = run("two", &error);
        bool enough = plan[0].times == 1;
        plan_nothing();
        judge(call, n, status, &error);
        if (enough) return n;
    }
}

static void every_call_once(void **unused)
{
    (void)unused;
    for (size_t k = 0; k < COUNT(calls); k++)
        assert_in_range(fail_each(calls[k], EIO, (fault){0}), 1, 200);
    run_well("three");
}

/** As on a file system that cannot exchange two names, and on one without locks. */
static void every_call_once_elsewhere(void **unused)
{
    (void)unused;
    fault no_exchange = {.call = "renameat2", .times = 1000, .error = EINVAL};
    fault no_locks = {.call = "flock", .times = 1000, .error = ENOLCK};
    for (size_t k = 0; k < COUNT(calls); k++) {
        if (strcmp(calls[k], "renameat2") != 0) fail_each(calls[k], ENOSPC, no_exchange);
        if (strcmp(calls[k], "flock") != 0) fail_each(calls[k], EDQUOT, no_locks);
    }
}

static void an_interrupted_write_goes_on(void **unused)
{
    (void)unused;
    hot_error error;
    plan_faults((fault){.call = "write", .times = 3, .error = EINTR}, (fault){0});
    assert_int_equal(run("one", &error), HOT_OK);
    assert_int_equal(happened, 3);
    assert_true(is_whole("out", "one"));
}

/* ---- sentences of what seldom happens ---- */

static void what_is_said(void **unused)
{
    (void)unused;
    fault none = {0};
    run_well("one");
    plan_faults((fault){.call = "fsync", .times = 1, .error = ENOSPC}, none);
    run_badly("cannot be flushed to the disk: No space left on device");
    plan_faults((fault){.call = "renameat2", .times = 1, .error = EACCES}, none);
    run_badly("out: cannot be put in place: Permission denied");
    plan_faults((fault){.call = "rename", .times = 1, .error = EROFS}, none);
    run_badly("out: cannot be put in place: Read-only file system");
    plan_faults((fault){.call = "mkdtemp", .times = 1, .error = EACCES}, none);
    run_badly("out: the folder above it cannot be written to: Permission denied");
    assert_true(is_whole("out", "one"));
    plan_faults((fault){.call = "unlink", .times = 1, .error = EPERM}, none);
    run_badly("out: the new results are in place, but");
    assert_true(is_whole("out", "two"));
    run_well("three");
}

/** Without an exchange, and neither way: the old results are still there, and it is said where. */
static void neither_in_nor_back(void **unused)
{
    (void)unused;
    hot_publication p = {0};
    hot_error error = {{0}};
    char aside[512];
    run_well("one");
    assert_int_equal(hot_publish_begin("out", "run", true, &p, &error), HOT_OK);
    assert_int_equal(hot_publish_file(&p, "run.json", "{\"hotbeat\": \"", 13, &error), HOT_OK);
    snprintf(aside, sizeof aside, "%s.old", p.temporary.path);
    plan_faults((fault){.call = "renameat2", .times = 1, .error = EINVAL},
                (fault){.call = "rename", .skip = 2, .times = 2, .error = EIO});
    assert_int_equal(hot_publish_end(&p, &error), HOT_SYSTEM);
    assert_int_equal(happened, 3);
    plan_nothing();
    assert_non_null(strstr(error.text, "are now"));
    assert_non_null(strstr(error.text, aside));
    hot_publish_abandon(&p);
    assert_true(is_whole(aside, "one"));
    assert_false(is_there("out"));
    /* The next run puts them back before it begins. */
    assert_int_equal(hot_publish_begin("out", "run", false, &p, &error), HOT_SYSTEM);
    assert_true(is_whole("out", "one"));
    assert_int_equal(entries("."), 1);
}

/* ---- another program, in between ---- */

static void open_it(void)
{
    make_file("out/hotbeat.gpkg-wal", "changes");
}

/** Another run's results come in place of the old ones. */
static void replace_it(void)
{
    static int n;
    char gone[32];
    snprintf(gone, sizeof gone, "gone%d", n++);
    plan[1].call = NULL; /* this rename is not the publisher's */
    assert_int_equal(rename("out", gone), 0);
    mark("out", "another run's");
}

static void take_it_away(void)
{
    assert_int_equal(rename("out", "gone"), 0);
}

static void opened_in_the_last_moment(void **unused)
{
    (void)unused;
    run_well("one");
    plan_faults((fault){.call = "renameat2", .times = 1, .meanwhile = open_it}, (fault){0});
    run_badly("is open in another program");
    check_text("out/hotbeat.gpkg-wal", "changes");
    check_mark("out", "one");
    assert_int_equal(entries("."), 1);
}

/** What came out cannot go back: it is kept, under a name that no run clears away. */
static void opened_and_kept(void **unused)
{
    (void)unused;
    hot_publication p = {0};
    hot_error error = {{0}};
    char kept[512], path[600];
    run_well("one");
    assert_int_equal(hot_publish_begin("out", "run", true, &p, &error), HOT_OK);
    assert_int_equal(hot_publish_file(&p, "run.json", "{\"hotbeat\": \"two\"}", 18, &error),
                     HOT_OK);
    assert_int_equal(hot_publish_file(&p, "maps/a.png", "abc", 3, &error), HOT_OK);
    snprintf(kept, sizeof kept, "%s.kept", p.temporary.path);
    plan_faults((fault){.call = "renameat2", .times = 1, .meanwhile = open_it},
                (fault){.call = "renameat2", .skip = 1, .times = 1, .error = EIO});
    assert_int_equal(hot_publish_end(&p, &error), HOT_SYSTEM);
    plan_nothing();
    assert_non_null(strstr(error.text, "was changed by another program"));
    assert_non_null(strstr(error.text, kept));
    hot_publish_abandon(&p);
    assert_true(is_whole("out", "two"));
    check_mark(kept, "one");
    snprintf(path, sizeof path, "%s/hotbeat.gpkg-wal", kept);
    check_text(path, "changes");
    hot_error again;
    assert_int_equal(run("three", &again), HOT_OK);
    check_mark(kept, "one");
}

static void it_comes_and_goes(void **unused)
{
    (void)unused;
    run_well("one");
    plan_faults((fault){.call = "flock", .skip = 1, .times = 1000, .meanwhile = replace_it},
                (fault){0});
    run_badly("out: cannot be put in place: it comes and goes");
    check_mark("out", "another run's");
    check_mark("gone0", "one");
}

static void gone_meanwhile(void **unused)
{
    (void)unused;
    hot_error error;
    run_well("one");
    plan_faults((fault){.call = "flock", .skip = 1, .times = 1, .meanwhile = take_it_away},
                (fault){0});
    assert_int_equal(run("two", &error), HOT_OK);
    assert_true(is_whole("out", "two"));
    assert_true(is_whole("gone", "one"));
}

/** Another run that holds the old results is waited for, in steps, and not for ever. */
static void held_by_another(void **unused)
{
    (void)unused;
    run_well("one");
    int lock = open("out", O_RDONLY | O_DIRECTORY);
    assert_int_equal(flock(lock, LOCK_EX | LOCK_NB), 0);
    plan_faults((fault){.call = "nanosleep", .times = 1000, .error = EINTR}, (fault){0});
    run_badly("another run of hotbeat is writing there");
    assert_int_equal(happened, 500);
    assert_int_equal(close(lock), 0);
    assert_true(is_whole("out", "one"));
    run_well("two");
}

/** A temporary that others take away as soon as it is made. */
static void nothing_can_be_made(void **unused)
{
    (void)unused;
    plan_faults((fault){.call = "flock", .times = 1000, .error = EWOULDBLOCK}, (fault){0});
    run_badly("is removed at once");
    assert_int_equal(happened, 100);
}

/** A folder that cannot be listed is not taken for an empty one, which may be replaced. */
static void what_cannot_be_listed_is_not_empty(void **unused)
{
    (void)unused;
    make_folder("out");
    make_file("out/thesis.txt", "mine");
    for (int n = 0; n < 6; n++) {
        plan_faults((fault){.call = "readdir", .skip = n, .times = 1000, .error = EIO}, (fault){0});
        run_badly("out: holds something");
        plan_faults((fault){.call = "opendir", .skip = n, .times = 1000, .error = EIO}, (fault){0});
        run_badly("out: holds something");
    }
    check_text("out/thesis.txt", "mine");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
        TEST(every_call_once),
        TEST(every_call_once_elsewhere),
        TEST(an_interrupted_write_goes_on),
        TEST(what_is_said),
        TEST(neither_in_nor_back),
        TEST(opened_in_the_last_moment),
        TEST(opened_and_kept),
        TEST(it_comes_and_goes),
        TEST(gone_meanwhile),
        TEST(held_by_another),
        TEST(nothing_can_be_made),
        TEST(what_cannot_be_listed_is_not_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
