#define _XOPEN_SOURCE 700

#include "layers/write/contents.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/base/memory.h"
#include "engine/base/words.h"
#include "layers/write/folder.h"

static const char made_by[] = "Made by hotbeat ",
                  rest[] = ". --overwrite replaces these files, and refuses where there are "
                           "others:\n";

/* ---- making the list ---- */

typedef struct {
    size_t skip; /* what comes before a name in its path */
    char **name;
    size_t n, room;
} names;

static hot_status add_name(void *self, const char *path, bool is_folder, hot_error *error)
{
    names *all = self;
    (void)error;
    if (is_folder) return HOT_OK;
    if (!hot_grow(&all->name, &all->room, all->n + 1, sizeof *all->name)) return HOT_MEMORY;
    const char *name = path + all->skip;
    all->name[all->n] = hot_text(name, strlen(name));
    return all->name[all->n++] ? HOT_OK : HOT_MEMORY;
}

static int in_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static hot_status add_line(hot_bytes *bytes, const char *name)
{
    HOT_TRY(hot_bytes_add_text(bytes, name));
    return hot_bytes_add_text(bytes, "\n");
}

static hot_status add_head(hot_bytes *bytes, const char *kind)
{
    HOT_TRY(hot_bytes_add_text(bytes, made_by));
    HOT_TRY(hot_bytes_add_text(bytes, kind));
    return hot_bytes_add_text(bytes, rest);
}

hot_status hot_contents_format(const char *folder, const char *kind, hot_bytes *bytes,
                               hot_error *error)
{
    names all = {.skip = strlen(folder) + 1};
    hot_status status = hot_folder_walk(folder, add_name, &all, error);
    if (status == HOT_OK && all.n) qsort(all.name, all.n, sizeof *all.name, in_order);
    if (status == HOT_OK) status = add_head(bytes, kind);
    for (size_t k = 0; k < all.n && status == HOT_OK; k++) status = add_line(bytes, all.name[k]);
    for (size_t k = 0; k < all.n; k++) hot_free(all.name[k]);
    hot_free(all.name);
    return status;
}

/* ---- reading it ---- */

/** Everything in the list, zero-terminated; nothing where there is none. */
static hot_status read_list(const char *folder, hot_bytes *bytes)
{
    char block[4096], *path = hot_folder_path(folder, HOT_CONTENTS);
    if (!path) return HOT_MEMORY;
    int handle = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    hot_status status = HOT_OK;
    for (ssize_t n; handle >= 0 && status == HOT_OK && (n = read(handle, block, sizeof block)) > 0;)
        status = hot_bytes_add(bytes, block, (size_t)n);
    if (handle >= 0) close(handle);
    hot_free(path);
    return status == HOT_OK ? hot_bytes_add(bytes, "", 1) : status;
}

/** The kind that a list's first line says, and what comes after it; NULL where it is no list. */
static const char *kind_of(const char *text, size_t *length)
{
    if (strncmp(text, made_by, sizeof made_by - 1) != 0) return NULL;
    text += sizeof made_by - 1;
    *length = strcspn(text, ".\n");
    return strncmp(text + *length, rest, sizeof rest - 1) == 0 ? text : NULL;
}

static hot_status take_lines(const char *at, hot_words *known)
{
    uint32_t unused;
    HOT_TRY(hot_words_add(known, HOT_CONTENTS, sizeof HOT_CONTENTS - 1, &unused));
    for (size_t n; *at; at += n + (at[n] == '\n')) {
        n = strcspn(at, "\n");
        HOT_TRY(hot_words_add(known, at, n, &unused));
    }
    return HOT_OK;
}

/* ---- what is not in it ---- */

typedef struct {
    size_t skip;
    const char *target;
    hot_words known;
} search;

static bool is_known(const hot_words *known, const char *name)
{
    static const char *const beside[] = {"", "-wal", "-shm", "-journal", ".aux.xml"};
    size_t n = strlen(name);
    for (size_t k = 0; k < sizeof beside / sizeof *beside; k++) {
        size_t m = strlen(beside[k]);
        bool ends = n > m && strcmp(name + n - m, beside[k]) == 0;
        if (ends && hot_words_find(known, name, n - m) != UINT32_MAX) return true;
    }
    return false;
}

static hot_status refuse_stranger(void *self, const char *path, bool is_folder, hot_error *error)
{
    const search *s = self;
    if (is_folder || is_known(&s->known, path + s->skip)) return HOT_OK;
    return hot_fail(error, HOT_SYSTEM,
                    "%s/%s: is not one of the files that hotbeat made there, and would be lost; "
                    "move it and run again, or choose another folder.",
                    s->target, path + s->skip);
}

static hot_status look_for_strangers(const char *folder, const char *lines, const char *target,
                                     hot_error *error)
{
    search s = {.skip = strlen(folder) + 1, .target = target};
    hot_status status = take_lines(lines, &s.known);
    if (status == HOT_OK) status = hot_folder_walk(folder, refuse_stranger, &s, error);
    hot_words_free(&s.known);
    return status;
}

static hot_status check_list(const char *folder, const char *list, const char *kind,
                             const char *target, hot_error *error)
{
    size_t n = 0;
    const char *found = kind_of(list, &n);
    if (!found)
        return hot_fail(
            error, HOT_SYSTEM,
            "%s: holds something that is no output of hotbeat; it is left alone, choose "
            "another --out.",
            target);
    if (strlen(kind) != n || strncmp(found, kind, n) != 0)
        return hot_fail(error, HOT_SYSTEM,
                        "%s: holds what hotbeat %.*s made, which would be lost; choose another "
                        "folder.",
                        target, n > 20 ? 20 : (int)n, found);
    return look_for_strangers(folder, found + n + sizeof rest - 1, target, error);
}

hot_status hot_contents_check(const char *folder, const char *kind, const char *target,
                              hot_error *error)
{
    hot_bytes list = {0};
    hot_status status = read_list(folder, &list);
    if (status == HOT_OK) status = check_list(folder, (const char *)list.data, kind, target, error);
    hot_bytes_free(&list);
    return status;
}
