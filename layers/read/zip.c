#define _POSIX_C_SOURCE 200809L

#include "layers/read/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "layers/read/file.h"

enum {
    END = 22,     /* bytes of the end record without its comment */
    ENTRY = 46,   /* of a directory entry without its name */
    TAIL = 65557, /* the end record and the longest comment */
    DIRECTORY = 64 << 20,
};

/** An archive whose list is being read. */
typedef struct {
    const char *name;
    int file;
    uint64_t size, directory, directory_size;
    size_t n;
} archive;

static uint32_t le16(const unsigned char *p)
{
    return (uint32_t)(p[0] | p[1] << 8);
}

static uint32_t le32(const unsigned char *p)
{
    return le16(p) | le16(p + 2) << 16;
}

bool hot_zip_is(const unsigned char *at, size_t length)
{
    return length >= 4 && at[0] == 'P' && at[1] == 'K' &&
           ((at[2] == 3 && at[3] == 4) || (at[2] == 5 && at[3] == 6));
}

static hot_status damaged(const archive *a, hot_error *error)
{
    return hot_fail(error, HOT_INPUT, "%s: the zip archive is cut or damaged; fetch it again.",
                    a->name);
}

static hot_status read_at(const archive *a, uint64_t offset, unsigned char *into, size_t n,
                          hot_error *error)
{
    for (size_t done = 0; done < n;) {
        ssize_t more = pread(a->file, into + done, n - done, (off_t)(offset + done));
        if (more < 0 && errno == EINTR) continue;
        if (more < 0)
            return hot_fail(error, HOT_INPUT, "%s: cannot be read: %s.", a->name, strerror(errno));
        if (more == 0) return damaged(a, error);
        done += (size_t)more;
    }
    return HOT_OK;
}

/** Take the end record at `p`, if that is what it is and it fits the file. */
static bool take_end(archive *a, const unsigned char *p, uint64_t at)
{
    if (memcmp(p, "PK\5\6", 4) != 0 || at + END + le16(p + 20) != a->size) return false;
    if (le16(p + 4) || le16(p + 6) || le16(p + 8) != le16(p + 10)) return false; /* in parts */
    a->n = le16(p + 10);
    a->directory_size = le32(p + 12);
    a->directory = le32(p + 16);
    return true;
}

static hot_status find_end(archive *a, hot_error *error)
{
    size_t n = a->size < TAIL ? (size_t)a->size : TAIL;
    unsigned char *tail = hot_new_raw(n, 1);
    if (!tail) return HOT_MEMORY;
    hot_status status = read_at(a, a->size - n, tail, n, error);
    bool found = false;
    for (size_t k = n; status == HOT_OK && k-- > 0 && !found;)
        if (n - k >= END) found = take_end(a, tail + k, a->size - n + k);
    hot_free(tail);
    if (status == HOT_OK && !found) status = damaged(a, error);
    return status;
}

static hot_status check_end(const archive *a, hot_error *error)
{
    if (a->n == 0xffff || a->directory == 0xffffffff || a->directory_size == 0xffffffff)
        return hot_fail(error, HOT_INPUT,
                        "%s: is a zip archive of the large kind (zip64), which is not read; unpack "
                        "it and give the CSV files.",
                        a->name);
    bool fits = a->directory + a->directory_size <= a->size && a->directory_size <= DIRECTORY &&
                a->n * ENTRY <= a->directory_size;
    return fits ? HOT_OK : damaged(a, error);
}

/** One entry at `p`; *length = its bytes. */
static hot_status take_entry(const archive *a, const unsigned char *p, size_t left, hot_zip *zip,
                             size_t *length, hot_error *error)
{
    if (left < ENTRY || memcmp(p, "PK\1\2", 4) != 0) return damaged(a, error);
    size_t name = le16(p + 28);
    *length = ENTRY + name + le16(p + 30) + le16(p + 32);
    if (*length > left || memchr(p + ENTRY, 0, name)) return damaged(a, error);
    hot_member *m = &zip->member[zip->n];
    *m = (hot_member){.name = hot_arena_text(&zip->arena, (const char *)p + ENTRY, name),
                      .header = le32(p + 42),
                      .packed = le32(p + 20),
                      .size = le32(p + 24),
                      .crc = le32(p + 16),
                      .method = (uint16_t)le16(p + 10),
                      .locked = le16(p + 8) & 1};
    if (!m->name) return HOT_MEMORY;
    if (m->header == 0xffffffff || m->packed == 0xffffffff || m->size == 0xffffffff)
        return hot_fail(error, HOT_INPUT,
                        "%s: holds a member of the large kind (zip64), which is not read; unpack "
                        "it and give the CSV files.",
                        a->name);
    zip->n++;
    return HOT_OK;
}

static hot_status take_entries(const archive *a, const unsigned char *directory, hot_zip *zip,
                               hot_error *error)
{
    size_t at = 0, length = 0;
    uint64_t packed = 0;
    for (size_t k = 0; k < a->n; k++) {
        HOT_TRY(take_entry(a, directory + at, (size_t)a->directory_size - at, zip, &length, error));
        packed += zip->member[k].packed;
        at += length;
    }
    /* Members that share their bytes with others are how a small file claims to be a huge one;
       those beyond the number that it says would be left out in silence. */
    bool whole = packed <= a->directory && at == a->directory_size;
    return whole ? HOT_OK : damaged(a, error);
}

static hot_status read_directory(archive *a, hot_zip *zip, hot_error *error)
{
    HOT_TRY(find_end(a, error));
    HOT_TRY(check_end(a, error));
    unsigned char *directory = hot_new_raw((size_t)a->directory_size, 1);
    zip->member = hot_new(a->n, sizeof *zip->member);
    hot_status status = directory && zip->member ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK)
        status = read_at(a, a->directory, directory, (size_t)a->directory_size, error);
    if (status == HOT_OK) status = take_entries(a, directory, zip, error);
    hot_free(directory);
    return status;
}

hot_status hot_zip_list(const char *path, hot_zip *zip, hot_error *error)
{
    archive a = {.name = hot_base_name(path)};
    struct stat found;
    hot_zip z = {0};
    a.file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (a.file < 0)
        return hot_fail(error, HOT_INPUT, "%s: cannot be opened: %s.", a.name, strerror(errno));
    bool sized = fstat(a.file, &found) == 0 && found.st_size >= 0;
    a.size = sized ? (uint64_t)found.st_size : 0;
    hot_status status = read_directory(&a, &z, error);
    close(a.file);
    if (status == HOT_OK)
        *zip = z;
    else
        hot_zip_free(&z);
    return status;
}

void hot_zip_free(hot_zip *z)
{
    hot_free(z->member);
    hot_arena_free(&z->arena);
    *z = (hot_zip){0};
}
