/** @file trial.h
 *  A folder to try things in: every test begins in it, empty, and it goes with all that is left.
 *  The file that includes this defines _GNU_SOURCE first.
 */
#ifndef HOT_TESTS_TRIAL_H
#define HOT_TESTS_TRIAL_H

#include "tests/check.h"

#include <dirent.h>
#include <ftw.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "layers/write/contents.h"

static inline int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st, (void)kind, (void)where;
    return remove(path);
}

static inline int enter(void **state)
{
    const char *scratch = getenv("HOTBEAT_SCRATCH");
    char folder[512];
    snprintf(folder, sizeof folder, "%s/trial-XXXXXX", scratch ? scratch : ".");
    if (!mkdtemp(folder) || chdir(folder) != 0) return 1;
    *state = get_current_dir_name();
    umask(077);
    return *state ? 0 : 1;
}

static inline int leave(void **state)
{
    if (chdir("..") != 0) return 1;
    int removed = nftw(*state, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    free(*state);
    return removed;
}

static inline void make_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static inline void make_folder(const char *path)
{
    assert_int_equal(mkdir(path, 0700), 0);
}

static inline bool is_there(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

static inline int entries(const char *folder)
{
    DIR *dir = opendir(folder);
    int n = 0;
    assert_non_null(dir);
    while (readdir(dir)) n++;
    closedir(dir);
    return n - 2;
}

static inline void check_text(const char *path, const char *text)
{
    char bytes[256] = "";
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    bytes[fread(bytes, 1, sizeof bytes - 1, f)] = 0;
    fclose(f);
    assert_string_equal(bytes, text);
}

static inline void list(const char *folder, const char *kind, const char *names)
{
    char path[600], text[512];
    snprintf(path, sizeof path, "%s/" HOT_CONTENTS, folder);
    snprintf(text, sizeof text,
             "Made by hotbeat %s. --overwrite replaces these files, and refuses where there are "
             "others:\n%s",
             kind, names);
    make_file(path, text);
}

/** What marks a folder as a result, and says which one it is. */
static inline void mark(const char *folder, const char *which)
{
    char path[600], text[64];
    if (!is_there(folder)) make_folder(folder);
    snprintf(path, sizeof path, "%s/run.json", folder);
    snprintf(text, sizeof text, "{\"hotbeat\": \"%s\"}", which);
    make_file(path, text);
    list(folder, "run", "run.json\nmaps/a.png\nhotbeat.gpkg\n");
}

static inline void check_mark(const char *folder, const char *which)
{
    char path[600], text[64];
    snprintf(path, sizeof path, "%s/run.json", folder);
    snprintf(text, sizeof text, "{\"hotbeat\": \"%s\"}", which);
    check_text(path, text);
}

#endif
