#define _GNU_SOURCE /* renameat2 */

#include "layers/write/publish.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/memory.h"

/** "a" and "b" as a/b, owned by the caller. */
static char *joined(const char *a, const char *b)
{
    size_t n = strlen(a) + strlen(b) + 2;
    char *path = hot_new_raw(n, 1);
    if (path) snprintf(path, n, "%s/%s", a, b);
    return path;
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) return hot_text(".", 1);
    return slash == path ? hot_text("/", 1) : hot_text(path, (size_t)(slash - path));
}

static hot_status failed(const char *what, const char *path, hot_error *error)
{
    return hot_fail(error, HOT_SYSTEM, "%s: cannot be %s: %s.", path, what, strerror(errno));
}

/* ---- walking a folder ---- */

/** Visit every entry below a folder, its own folders after what they hold. */
static hot_status walk(const char *folder, hot_status (*visit)(const char *path, bool is_folder,
                                                               hot_error *error),
                       hot_error *error)
{
    DIR *dir = opendir(folder);
    if (!dir) return failed("read", folder, error);
    hot_status status = HOT_OK;
    for (struct dirent *e; status == HOT_OK && (e = readdir(dir));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        char *path = joined(folder, e->d_name);
        struct stat st;
        if (!path) status = HOT_MEMORY;
        else if (lstat(path, &st) != 0) status = failed("read", path, error);
        else if (S_ISDIR(st.st_mode)) status = walk(path, visit, error);
        else status = visit(path, false, error);
        hot_free(path);
    }
    closedir(dir);
    return status == HOT_OK ? visit(folder, true, error) : status;
}

static hot_status remove_one(const char *path, bool is_folder, hot_error *error)
{
    int removed = is_folder ? rmdir(path) : unlink(path);
    return removed == 0 ? HOT_OK : failed("removed", path, error);
}

static hot_status flush_one(const char *path, bool is_folder, hot_error *error)
{
    int handle = open(path, (is_folder ? O_RDONLY | O_DIRECTORY : O_RDONLY) | O_CLOEXEC);
    if (handle < 0) return failed("opened", path, error);
    if (!is_folder) fchmod(handle, 0600);
    int flushed = fsync(handle);
    if (close(handle) != 0 || flushed != 0) return failed("flushed to the disk", path, error);
    return HOT_OK;
}

/* ---- beginning ---- */

static bool exists(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

static bool is_folder(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_empty_folder(const char *path)
{
    DIR *dir = opendir(path);
    if (!dir) return false;
    size_t entries = 0;
    while (entries <= 2 && readdir(dir)) entries++;
    closedir(dir);
    return entries <= 2;
}

/** A file in a folder that is there and not empty. */
static bool holds(const char *folder, const char *name)
{
    char *path = joined(folder, name);
    struct stat st;
    bool there = path && lstat(path, &st) == 0 && st.st_size > 0;
    hot_free(path);
    return there;
}

/** What hotbeat leaves in every folder it makes. */
static bool is_ours(const char *folder)
{
    static const char *const left[] = {"run.json", "hotbeat.gpkg", "town.gpkg", "map.json"};
    for (size_t k = 0; k < sizeof left / sizeof *left; k++)
        if (holds(folder, left[k])) return true;
    return false;
}

static hot_status may_replace(const char *target, bool overwrite, hot_error *error)
{
    if (!exists(target)) return HOT_OK;
    if (!is_folder(target))
        return hot_fail(error, HOT_SYSTEM, "%s: is a file; --out names a folder.", target);
    if (is_empty_folder(target)) return HOT_OK;
    if (!overwrite)
        return hot_fail(error, HOT_SYSTEM,
                        "%s: is there already; choose another --out or say --overwrite.", target);
    if (!is_ours(target))
        return hot_fail(error, HOT_SYSTEM,
                        "%s: holds something that is no output of hotbeat; it is left alone, choose "
                        "another --out.",
                        target);
    if (holds(target, "hotbeat.gpkg-wal") || holds(target, "hotbeat.gpkg-journal"))
        return hot_fail(error, HOT_SYSTEM,
                        "%s/hotbeat.gpkg: is open in another program (QGIS?); close it there and "
                        "run again.",
                        target);
    return HOT_OK;
}

/** Folders above the target that are not there yet. */
static hot_status make_parents(const char *target, hot_error *error)
{
    char *path = hot_text(target, strlen(target));
    if (!path) return HOT_MEMORY;
    hot_status status = HOT_OK;
    for (char *c = path + 1; *c && status == HOT_OK; c++) {
        if (*c != '/') continue;
        *c = 0;
        if (mkdir(path, 0700) != 0 && errno != EEXIST) status = failed("made", path, error);
        *c = '/';
    }
    hot_free(path);
    return status;
}

static char *without_end_slashes(const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') n--;
    return hot_text(path, n);
}

static hot_status make_temporary(hot_publication *p, hot_error *error)
{
    char *folder = folder_of(p->target);
    p->temporary = folder ? joined(folder, ".hotbeat-XXXXXX") : NULL;
    hot_free(folder);
    if (!p->temporary) return HOT_MEMORY;
    if (mkdtemp(p->temporary)) return HOT_OK;
    int why = errno;
    hot_free(p->temporary);
    p->temporary = NULL;
    errno = why;
    return failed("made", p->target, error);
}

hot_status hot_publish_begin(const char *target, bool overwrite, hot_publication *publication,
                             hot_error *error)
{
    hot_publication p = {.target = without_end_slashes(target), .overwrite = overwrite};
    if (!p.target) return HOT_MEMORY;
    hot_status status = may_replace(p.target, overwrite, error);
    if (status == HOT_OK) status = make_parents(p.target, error);
    if (status == HOT_OK) status = make_temporary(&p, error);
    if (status == HOT_OK) *publication = p;
    else hot_publish_abandon(&p);
    return status;
}

/* ---- files ---- */

hot_status hot_publish_path(const hot_publication *p, const char *name, char **path,
                            hot_error *error)
{
    char *own = joined(p->temporary, name);
    if (!own) return HOT_MEMORY;
    char *folder = folder_of(own);
    bool made = folder && (mkdir(folder, 0700) == 0 || errno == EEXIST);
    hot_status status = made ? HOT_OK : folder ? failed("made", name, error) : HOT_MEMORY;
    hot_free(folder);
    if (status == HOT_OK) *path = own;
    else hot_free(own);
    return status;
}

static hot_status write_all(int handle, const char *name, const unsigned char *at, size_t left,
                            hot_error *error)
{
    while (left) {
        ssize_t n = write(handle, at, left);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return failed("written", name, error);
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
    hot_status status = handle < 0 ? failed("written", name, error)
                                   : write_all(handle, name, bytes, length, error);
    if (handle >= 0 && close(handle) != 0 && status == HOT_OK)
        status = failed("written", name, error);
    hot_free(path);
    return status;
}

/* ---- ending ---- */

static hot_status flush_parent(const char *target, hot_error *error)
{
    char *folder = folder_of(target);
    if (!folder) return HOT_MEMORY;
    hot_status status = flush_one(folder, true, error);
    hot_free(folder);
    return status;
}

/** Put the new folder in the old one's place in one step; the old one is then under the temporary
 *  name, and goes. */
static hot_status swap_in(hot_publication *p, hot_error *error)
{
    bool there = exists(p->target);
    unsigned how = there ? RENAME_EXCHANGE : RENAME_NOREPLACE;
    if (there) HOT_TRY(may_replace(p->target, p->overwrite, error));
    if (renameat2(AT_FDCWD, p->temporary, AT_FDCWD, p->target, how) != 0)
        return failed("put in place", p->target, error);
    HOT_TRY(flush_parent(p->target, error));
    return there ? walk(p->temporary, remove_one, error) : HOT_OK;
}

hot_status hot_publish_end(hot_publication *p, hot_error *error)
{
    HOT_TRY(walk(p->temporary, flush_one, error));
    HOT_TRY(swap_in(p, error));
    hot_free(p->target);
    hot_free(p->temporary);
    *p = (hot_publication){0};
    return HOT_OK;
}

void hot_publish_abandon(hot_publication *p)
{
    if (p->temporary) {
        hot_status gone = walk(p->temporary, remove_one, NULL);
        (void)gone; /* what cannot be removed is left: the failure that led here is what counts */
    }
    hot_free(p->target);
    hot_free(p->temporary);
    *p = (hot_publication){0};
}
