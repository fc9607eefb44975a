#define _XOPEN_SOURCE 700

#include "layers/write/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/memory.h"

char *hot_folder_path(const char *a, const char *b)
{
    size_t n = strlen(a) + strlen(b) + 2;
    char *path = hot_new_raw(n, 1);
    if (path) snprintf(path, n, "%s/%s", a, b);
    return path;
}

char *hot_folder_above(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) return hot_text(".", 1);
    return slash == path ? hot_text("/", 1) : hot_text(path, (size_t)(slash - path));
}

bool hot_folder_is(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

hot_status hot_folder_failed(const char *what, const char *path, hot_error *error)
{
    return hot_fail(error, HOT_SYSTEM, "%s: cannot be %s: %s.", path, what, strerror(errno));
}

static hot_status walk_entry(const char *folder, const char *name, hot_folder_visitor *visit,
                             void *self, hot_error *error)
{
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) return HOT_OK;
    char *path = hot_folder_path(folder, name);
    if (!path) return HOT_MEMORY;
    hot_status status = hot_folder_is(path) ? hot_folder_walk(path, visit, self, error)
                                            : visit(self, path, false, error);
    hot_free(path);
    return status;
}

hot_status hot_folder_walk(const char *folder, hot_folder_visitor *visit, void *self,
                           hot_error *error)
{
    DIR *dir = opendir(folder);
    if (!dir && errno == ENOENT) return HOT_OK;
    if (!dir) return hot_folder_failed("read", folder, error);
    hot_status status = HOT_OK;
    struct dirent *entry = NULL;
    do {
        errno = 0;
        entry = readdir(dir);
        if (entry)
            status = walk_entry(folder, entry->d_name, visit, self, error);
        else if (errno)
            status = hot_folder_failed("read", folder, error);
    } while (entry && status == HOT_OK);
    closedir(dir);
    return status == HOT_OK ? visit(self, folder, true, error) : status;
}

/* ---- flushing ---- */

static hot_status flush_one(void *self, const char *path, bool is_folder, hot_error *error)
{
    (void)self;
    int handle = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | (is_folder ? O_DIRECTORY : 0));
    if (handle < 0) return hot_folder_failed("opened", path, error);
    /* Made so already, by the program's umask; a file system without modes has none to set. */
    if (!is_folder && fchmod(handle, 0600) != 0) errno = 0;
    hot_status status = HOT_OK;
    if (fsync(handle) != 0 && !(is_folder && errno == EINVAL))
        status = hot_folder_failed("flushed to the disk", path, error);
    if (close(handle) != 0 && status == HOT_OK)
        status = hot_folder_failed("flushed to the disk", path, error);
    return status;
}

hot_status hot_folder_flush(const char *folder, hot_error *error)
{
    return hot_folder_walk(folder, flush_one, NULL, error);
}

hot_status hot_folder_flush_names(const char *folder, hot_error *error)
{
    return flush_one(NULL, folder, true, error);
}

/* ---- removing ---- */

static hot_status remove_one(void *self, const char *path, bool is_folder, hot_error *error)
{
    (void)self;
    int removed = is_folder ? rmdir(path) : unlink(path);
    return removed == 0 || errno == ENOENT ? HOT_OK : hot_folder_failed("removed", path, error);
}

hot_status hot_folder_remove(const char *folder, hot_error *error)
{
    return hot_folder_walk(folder, remove_one, NULL, error);
}
