#define _DEFAULT_SOURCE /* flock, mkdtemp */

#include "layers/write/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "engine/base/memory.h"
#include "layers/write/folder.h"

/** mkdtemp's letters, and what the old results have after them. */
enum { LETTERS = 6, NAME_PART = 200 };
static const char aside[] = ".old";

/** ".NAME.hotbeat-": how every temporary of this target begins. Long names are cut, so that the
 *  whole fits into a file's name. */
static void name_beginning(const char *target, char *beginning, size_t room)
{
    const char *slash = strrchr(target, '/');
    snprintf(beginning, room, ".%.*s.hotbeat-", NAME_PART, slash ? slash + 1 : target);
}

/* ---- locks ---- */

typedef enum { HELD, BUSY, GONE, NO_LOCKS, NOT_MADE } hold;

static bool is_still(const char *path, int handle)
{
    struct stat there, here;
    return lstat(path, &there) == 0 && fstat(handle, &here) == 0 && there.st_dev == here.st_dev &&
           there.st_ino == here.st_ino;
}

/** Try to lock the folder of that name. Whoever has locked a folder looks again whether it is still
 *  the one of that name: another may have removed or replaced it in between. */
static hold try_to_hold(const char *path, int *lock)
{
    int handle = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    *lock = -1;
    if (handle < 0) return errno == ENOENT || errno == ENOTDIR || errno == ELOOP ? GONE : NO_LOCKS;
    int locked = flock(handle, LOCK_EX | LOCK_NB);
    hold result = locked == 0 ? HELD : errno == EWOULDBLOCK || errno == EINTR ? BUSY : NO_LOCKS;
    if (result == HELD && !is_still(path, handle)) result = GONE;
    if (result == HELD)
        *lock = handle;
    else
        close(handle);
    return result;
}

static void wait_a_little(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
}

hot_status hot_temporary_hold(const char *folder, int *lock, hot_error *error)
{
    enum { TRIES = 500 };
    hold held = BUSY;
    for (int k = 0; k < TRIES && held == BUSY; k++) {
        held = try_to_hold(folder, lock);
        if (held == BUSY) wait_a_little();
    }
    if (held == GONE) return HOT_STOPPED;
    if (held != BUSY) return HOT_OK;
    return hot_fail(error, HOT_SYSTEM,
                    "%s: another run of hotbeat is writing there; wait for it and run again.",
                    folder);
}

/* ---- making ---- */

/** Another run's sweep may take the new folder for a stale one in the instant before it is locked;
 *  then (BUSY, GONE) it is made again. */
static hold make_one(const char *pattern, hot_temporary *t)
{
    memcpy(t->path, pattern, strlen(pattern) + 1);
    return mkdtemp(t->path) ? try_to_hold(t->path, &t->lock) : NOT_MADE;
}

static hot_status make(const char *pattern, const char *target, hot_temporary *t, hot_error *error)
{
    enum { TRIES = 100 };
    hold held = BUSY;
    for (int k = 0; k < TRIES && (held == BUSY || held == GONE); k++) held = make_one(pattern, t);
    if (held == HELD || held == NO_LOCKS) return HOT_OK;
    return hot_fail(error, HOT_SYSTEM, "%s: the folder above it cannot be written to: %s.", target,
                    held == NOT_MADE ? strerror(errno) : "what is made there is removed at once");
}

hot_status hot_temporary_new(const char *target, hot_temporary *temporary, hot_error *error)
{
    char beginning[NAME_PART + 32], name[sizeof beginning + LETTERS];
    name_beginning(target, beginning, sizeof beginning);
    snprintf(name, sizeof name, "%sXXXXXX", beginning);
    char *folder = hot_folder_above(target),
         *pattern = folder ? hot_folder_path(folder, name) : NULL;
    hot_temporary t = {pattern ? hot_text(pattern, strlen(pattern)) : NULL, -1};
    hot_status status = t.path ? make(pattern, target, &t, error) : HOT_MEMORY;
    hot_free(folder);
    hot_free(pattern);
    if (status == HOT_OK)
        *temporary = t;
    else
        hot_free(t.path);
    return status;
}

void hot_temporary_free(hot_temporary *t)
{
    if (t->path && t->lock >= 0) close(t->lock);
    hot_free(t->path);
    *t = (hot_temporary){0};
}

char *hot_temporary_aside(const hot_temporary *t)
{
    size_t n = strlen(t->path);
    char *path = hot_new_raw(n + sizeof aside, 1);
    if (path) snprintf(path, n + sizeof aside, "%s%s", t->path, aside);
    return path;
}

/* ---- sweeping ---- */

/** Is it the name of a temporary that begins so? */
static bool is_name(const char *name, const char *beginning, bool *is_aside)
{
    size_t n = strlen(beginning);
    if (strncmp(name, beginning, n) != 0) return false;
    for (int k = 0; k < LETTERS; k++) {
        char c = name[n + (size_t)k];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter) return false;
    }
    const char *rest = name + n + LETTERS;
    *is_aside = strcmp(rest, aside) == 0;
    return !*rest || *is_aside;
}

static bool is_mine(int handle)
{
    struct stat st;
    return fstat(handle, &st) == 0 && st.st_uid == geteuid();
}

/** Put results that were set aside back: done only where nothing stands, or an empty folder.
 *  @return may what is left be removed? */
static bool is_spare(const char *path, bool is_aside, const char *target)
{
    if (!is_aside) return true;
    return rename(path, target) != 0 && (errno == ENOTEMPTY || errno == EEXIST);
}

static void clear_one(const char *path, bool is_aside, const char *target)
{
    int lock;
    if (try_to_hold(path, &lock) != HELD) return;
    if (is_mine(lock) && is_spare(path, is_aside, target)) {
        hot_status gone = hot_folder_remove(path, NULL);
        (void)gone; /* it stays for the next time */
    }
    close(lock);
}

void hot_temporary_sweep(const char *target)
{
    char beginning[NAME_PART + 32];
    name_beginning(target, beginning, sizeof beginning);
    char *folder = hot_folder_above(target);
    DIR *dir = folder ? opendir(folder) : NULL;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        bool is_aside;
        if (!is_name(e->d_name, beginning, &is_aside)) continue;
        char *path = hot_folder_path(folder, e->d_name);
        if (path) clear_one(path, is_aside, target);
        hot_free(path);
    }
    if (dir) closedir(dir);
    hot_free(folder);
}
