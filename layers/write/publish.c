#define _GNU_SOURCE /* renameat2 */

#include "layers/write/publish.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/memory.h"
#include "layers/write/contents.h"
#include "layers/write/folder.h"

/* ---- what is there already ---- */

/** One that cannot be listed to its end is not taken for empty. */
static bool is_empty_folder(const char *path)
{
    DIR *dir = opendir(path);
    if (!dir) return false;
    size_t entries = 0;
    errno = 0;
    while (entries <= 2 && readdir(dir)) entries++;
    bool whole = errno == 0;
    closedir(dir);
    return whole && entries <= 2;
}

/** A file in a folder that is there and not empty. */
static bool holds(const char *folder, const char *name)
{
    char *path = hot_folder_path(folder, name);
    struct stat st;
    bool there = path && lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
    hot_free(path);
    return there;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n > m && strcmp(name + n - m, ending) == 0;
}

/** A GeoPackage of the folder that another program has changes in: SQLite's log or journal stands
 *  beside it and holds something. @param name  out, [256], of the log */
static bool is_in_use(const char *folder, char *name)
{
    DIR *dir = opendir(folder);
    bool found = false;
    for (struct dirent *e; dir && !found && (e = readdir(dir));) {
        bool log = ends_with(e->d_name, ".gpkg-wal") || ends_with(e->d_name, ".gpkg-journal");
        found = log && holds(folder, e->d_name);
        if (found)
            snprintf(name, 256, "%.*s", (int)(strrchr(e->d_name, '-') - e->d_name), e->d_name);
    }
    if (dir) closedir(dir);
    return found;
}

/** Results that may be replaced. `found` is where they stand now. */
static hot_status may_go(const hot_publication *p, const char *found, hot_error *error)
{
    char name[256];
    if (is_empty_folder(found)) return HOT_OK;
    if (is_in_use(found, name))
        return hot_fail(error, HOT_SYSTEM,
                        "%s/%s: is open in another program (QGIS?); close it there and run again.",
                        p->target, name);
    return hot_contents_check(found, p->kind, p->target, error);
}

static hot_status refuse_unasked(const char *target, hot_error *error)
{
    return hot_fail(error, HOT_SYSTEM,
                    "%s: is there already; choose another --out or say --overwrite.", target);
}

/** A folder that something is mounted on cannot be swapped. */
static bool is_mounted(const char *target)
{
    char *above = hot_folder_above(target);
    struct stat there, outside;
    bool mounted = above && lstat(target, &there) == 0 && stat(above, &outside) == 0 &&
                   (there.st_dev != outside.st_dev || there.st_ino == outside.st_ino);
    hot_free(above);
    return mounted;
}

static hot_status may_replace(const hot_publication *p, hot_error *error)
{
    const char *target = p->target;
    struct stat st;
    if (lstat(target, &st) != 0) return HOT_OK; /* what is wrong with the way there, making tells */
    if (S_ISLNK(st.st_mode))
        return hot_fail(error, HOT_SYSTEM, "%s: is a link; name the folder itself.", target);
    if (!S_ISDIR(st.st_mode))
        return hot_fail(error, HOT_SYSTEM, "%s: is a file; --out names a folder.", target);
    if (is_mounted(target))
        return hot_fail(
            error, HOT_SYSTEM,
            "%s: is where a disk is mounted, which cannot be swapped; name a folder in it.",
            target);
    if (is_empty_folder(target)) return HOT_OK;
    return p->overwrite ? may_go(p, target, error) : refuse_unasked(target, error);
}

/* ---- beginning ---- */

/** Folders above the target that are not there yet; each is flushed into the one above it. */
static hot_status make_parents(hot_publication *p, hot_error *error)
{
    char *path = hot_text(p->target, strlen(p->target)), *above = NULL;
    if (!path) return HOT_MEMORY;
    hot_status status = HOT_OK;
    for (char *c = path + 1; *c && status == HOT_OK; c++) {
        if (*c != '/') continue;
        *c = 0;
        bool made = mkdir(path, 0700) == 0;
        if (!made && errno != EEXIST) status = hot_folder_failed("made", path, error);
        if (made) {
            p->parents++;
            above = hot_folder_above(path);
            status = above ? hot_folder_flush_names(above, error) : HOT_MEMORY;
            hot_free(above);
        }
        *c = '/';
    }
    hot_free(path);
    return status;
}

/** Those of them that are still empty. */
static void remove_parents(const hot_publication *p)
{
    char *path = p->parents ? hot_folder_above(p->target) : NULL;
    for (size_t k = 0; k < p->parents && path && rmdir(path) == 0; k++) {
        char *above = hot_folder_above(path);
        hot_free(path);
        path = above;
    }
    hot_free(path);
}

static char *without_end_slashes(const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') n--;
    return hot_text(path, n);
}

/** "." and ".." are folders without a name that could be given to another. */
static hot_status check_name(const char *target, hot_error *error)
{
    const char *slash = strrchr(target, '/'), *name = slash ? slash + 1 : target;
    if (*name && strcmp(name, ".") != 0 && strcmp(name, "..") != 0) return HOT_OK;
    return hot_fail(error, HOT_USAGE, "%s: say the name of a folder, which is made new.", target);
}

hot_status hot_publish_begin(const char *target, const char *kind, bool overwrite,
                             hot_publication *publication, hot_error *error)
{
    hot_publication p = {
        .target = without_end_slashes(target), .kind = kind, .overwrite = overwrite};
    if (!p.target) return HOT_MEMORY;
    hot_status status = check_name(p.target, error);
    if (status == HOT_OK) hot_temporary_sweep(p.target);
    if (status == HOT_OK) status = may_replace(&p, error);
    if (status == HOT_OK) status = make_parents(&p, error);
    if (status == HOT_OK) status = hot_temporary_new(p.target, &p.temporary, error);
    if (status == HOT_OK)
        *publication = p;
    else
        hot_publish_abandon(&p);
    return status;
}

static hot_status count_file(void *self, const char *path, bool is_folder, hot_error *error)
{
    (void)path;
    (void)error;
    *(size_t *)self += is_folder ? 0 : 1;
    return HOT_OK;
}

hot_status hot_publish_look(const char *target, const char *kind, bool overwrite, size_t *files,
                            hot_error *error)
{
    hot_publication p = {
        .target = without_end_slashes(target), .kind = kind, .overwrite = overwrite};
    *files = 0;
    if (!p.target) return HOT_MEMORY;
    hot_status status = check_name(p.target, error);
    if (status == HOT_OK) status = may_replace(&p, error);
    if (status == HOT_OK && hot_folder_is(p.target))
        status = hot_folder_walk(p.target, count_file, files, error);
    hot_free(p.target);
    return status;
}

/* ---- files ---- */

hot_status hot_publish_path(const hot_publication *p, const char *name, char **path,
                            hot_error *error)
{
    char *own = hot_folder_path(p->temporary.path, name);
    if (!own) return HOT_MEMORY;
    char *folder = hot_folder_above(own);
    bool made = folder && (mkdir(folder, 0700) == 0 || errno == EEXIST);
    hot_status status = made     ? HOT_OK
                        : folder ? hot_folder_failed("made", name, error)
                                 : HOT_MEMORY;
    hot_free(folder);
    if (status == HOT_OK)
        *path = own;
    else
        hot_free(own);
    return status;
}

static hot_status write_all(int handle, const char *name, const unsigned char *at, size_t left,
                            hot_error *error)
{
    while (left) {
        ssize_t n = write(handle, at, left);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return hot_folder_failed("written", name, error);
        at += n;
        left -= (size_t)n;
    }
    return HOT_OK;
}

hot_status hot_publish_file(const hot_publication *p, const char *name, const void *bytes,
                            size_t length, hot_error *error)
{
    char *path;
    HOT_TRY(hot_publish_path(p, name, &path, error));
    int handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    hot_status status = handle < 0 ? hot_folder_failed("written", name, error)
                                   : write_all(handle, name, bytes, length, error);
    if (handle >= 0 && close(handle) != 0 && status == HOT_OK)
        status = hot_folder_failed("written", name, error);
    hot_free(path);
    return status;
}

/* ---- ending ---- */

/** The old results on their way out; `lock` is held on them from before the swap. */
typedef struct {
    char *path; /* where they stand after the swap; NULL = there were none */
    int lock;
} outgoing;

/** Old results out of the way, new ones in; back again if that fails. */
static hot_status swap_in_two_steps(const hot_publication *p, outgoing *old, hot_error *error)
{
    char *aside = hot_temporary_aside(&p->temporary);
    if (!aside) return HOT_MEMORY;
    hot_status status = HOT_OK;
    if (rename(p->target, aside) != 0) {
        status = hot_folder_failed("put in place", p->target, error);
    } else if (rename(p->temporary.path, p->target) != 0) {
        status = hot_folder_failed("put in place", p->target, error);
        if (rename(aside, p->target) != 0)
            status = hot_fail(error, HOT_SYSTEM,
                              "%s: cannot be put in place; the results that were there are now %s.",
                              p->target, aside);
    }
    if (status == HOT_OK)
        old->path = aside;
    else
        hot_free(aside);
    return status;
}

/** What came out must not be removed and cannot go back: it gets a name that no run takes for a
 *  temporary of its own. */
static void keep_apart(hot_publication *p, hot_error *error)
{
    size_t n = strlen(p->temporary.path) + sizeof ".kept";
    char *kept = hot_new_raw(n, 1);
    if (kept) snprintf(kept, n, "%s.kept", p->temporary.path);
    if (kept && rename(p->temporary.path, kept) == 0)
        hot_fail(error, HOT_SYSTEM,
                 "%s: was changed by another program while the new results were put in place; what "
                 "was there is now %s.",
                 p->target, kept);
    hot_free(kept);
    hot_temporary_free(&p->temporary);
}

/** What came out is looked at again: another program may have opened it, or put something else in
 *  its place, since it was last looked at. Then it goes back. */
static hot_status swap_in_one_step(hot_publication *p, outgoing *old, hot_error *error)
{
    const char *from = p->temporary.path;
    if (renameat2(AT_FDCWD, from, AT_FDCWD, p->target, RENAME_EXCHANGE) != 0) {
        bool unknown = errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP;
        return unknown ? swap_in_two_steps(p, old, error)
                       : hot_folder_failed("put in place", p->target, error);
    }
    hot_status status = may_go(p, from, error);
    if (status == HOT_OK) {
        old->path = hot_text(from, strlen(from));
        return old->path ? HOT_OK : HOT_MEMORY;
    }
    if (renameat2(AT_FDCWD, from, AT_FDCWD, p->target, RENAME_EXCHANGE) != 0) keep_apart(p, error);
    return status;
}

/** One try. HOT_STOPPED without a sentence: what was there has gone or come meanwhile; try again.
 */
static hot_status try_to_swap(hot_publication *p, outgoing *old, hot_error *error)
{
    if (rename(p->temporary.path, p->target) == 0)
        return HOT_OK; /* nothing there, or nothing in it */
    if (errno != ENOTEMPTY && errno != EEXIST && errno != ENOTDIR)
        return hot_folder_failed("put in place", p->target, error);
    HOT_TRY(may_replace(p, error));
    HOT_TRY(hot_temporary_hold(p->target, &old->lock, error));
    return swap_in_one_step(p, old, error);
}

static hot_status swap_in(hot_publication *p, outgoing *old, hot_error *error)
{
    enum { TRIES = 100 };
    hot_status status = HOT_STOPPED;
    for (int k = 0; k < TRIES && status == HOT_STOPPED; k++) status = try_to_swap(p, old, error);
    if (status != HOT_STOPPED) return status;
    return hot_fail(error, HOT_SYSTEM, "%s: cannot be put in place: it comes and goes.", p->target);
}

/** Everything after the swap: the new results are in place whatever comes. */
static hot_status settle(const hot_publication *p, const outgoing *old, hot_error *error)
{
    hot_error why = {{0}};
    char *above = hot_folder_above(p->target);
    hot_status status = above ? hot_folder_flush_names(above, &why) : HOT_MEMORY;
    hot_free(above);
    if (status == HOT_OK && old->path) status = hot_folder_remove(old->path, &why);
    if (status == HOT_OK || status == HOT_MEMORY) return status;
    return hot_fail(error, status, "%s: the new results are in place, but %s", p->target, why.text);
}

static hot_status list_contents(const hot_publication *p, hot_error *error)
{
    hot_bytes list = {0};
    hot_status status = hot_contents_format(p->temporary.path, p->kind, &list, error);
    if (status == HOT_OK) status = hot_publish_file(p, HOT_CONTENTS, list.data, list.length, error);
    hot_bytes_free(&list);
    return status;
}

hot_status hot_publish_end(hot_publication *p, hot_error *error)
{
    outgoing old = {NULL, -1};
    HOT_TRY(list_contents(p, error));
    HOT_TRY(hot_folder_flush(p->temporary.path, error));
    hot_status status = swap_in(p, &old, error);
    if (status == HOT_OK) {
        status = settle(p, &old, error);
        p->parents = 0;
    }
    if (old.lock >= 0) close(old.lock);
    hot_free(old.path);
    if (status != HOT_OK) return status;
    hot_temporary_free(&p->temporary);
    hot_free(p->target);
    *p = (hot_publication){0};
    return HOT_OK;
}

void hot_publish_abandon(hot_publication *p)
{
    if (p->temporary.path) {
        hot_status gone = hot_folder_remove(p->temporary.path, NULL);
        (void)gone; /* what cannot be removed is left: the failure that led here is what counts */
    }
    hot_temporary_free(&p->temporary);
    remove_parents(p);
    hot_free(p->target);
    *p = (hot_publication){0};
}
