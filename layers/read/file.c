#define _DEFAULT_SOURCE

#include "layers/read/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* clang-format off: sha2.h needs the types of the one before it */
#include <sys/types.h>
#include <sha2.h>
/* clang-format on */
#include <zlib.h>

#include "engine/base/memory.h"

enum { CHUNK = 256 * 1024 };

struct hot_file {
    const char *path;
    int handle;
    struct stat before;
    SHA2_CTX sha;
    uint64_t bytes;
    bool gzip, inflating, ended;
    const char *fault; /* why the file was not read to its end */
    z_stream z;
    unsigned char *chunk; /* of the deflated bytes, or what was read to look at the beginning */
    size_t from, to;
};

const char *hot_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static ptrdiff_t read_some(hot_file *f, void *into, size_t room)
{
    for (;;) {
        ssize_t n = read(f->handle, into, room);
        if (n >= 0) return n;
        if (errno == EINTR) continue;
        f->fault = strerror(errno);
        return -1;
    }
}

static ptrdiff_t fill_chunk(hot_file *f)
{
    ptrdiff_t n = read_some(f, f->chunk, CHUNK);
    f->from = 0;
    f->to = n > 0 ? (size_t)n : 0;
    return n;
}

static ptrdiff_t read_plain(hot_file *f, char *into, size_t room)
{
    if (f->from == f->to) return read_some(f, into, room);
    size_t n = f->to - f->from < room ? f->to - f->from : room;
    memcpy(into, f->chunk + f->from, n);
    f->from += n;
    return (ptrdiff_t)n;
}

static ptrdiff_t damaged(hot_file *f, const char *why)
{
    f->fault = why;
    return -1;
}

/** A gzip file may be several members one after the other; zeros after the last are padding. */
static ptrdiff_t next_member(hot_file *f)
{
    while (f->from < f->to && f->chunk[f->from] == 0) f->from++;
    if (f->from == f->to) {
        ptrdiff_t n = fill_chunk(f);
        if (n <= 0) return n;
        return next_member(f);
    }
    return inflateReset(&f->z) == Z_OK ? 1 : damaged(f, "the gzip data is damaged");
}

static ptrdiff_t read_gzip(hot_file *f, char *into, size_t room)
{
    unsigned limit = room > 1u << 30 ? 1u << 30 : (unsigned)room;
    f->z.next_out = (unsigned char *)into;
    f->z.avail_out = limit;
    while (f->z.avail_out == limit && !f->ended) {
        if (f->from == f->to) {
            ptrdiff_t n = fill_chunk(f);
            if (n < 0) return n;
            if (n == 0) return damaged(f, "the gzip data ends too early; the file was cut");
        }
        f->z.next_in = f->chunk + f->from;
        f->z.avail_in = (unsigned)(f->to - f->from);
        int state = inflate(&f->z, Z_NO_FLUSH);
        f->from = f->to - f->z.avail_in;
        if (state == Z_STREAM_END) {
            ptrdiff_t more = next_member(f);
            if (more < 0) return more;
            f->ended = more == 0;
        } else if (state != Z_OK && state != Z_BUF_ERROR) {
            return damaged(f, "the gzip data is damaged");
        }
    }
    return (ptrdiff_t)(limit - f->z.avail_out);
}

static ptrdiff_t read_and_hash(void *self, char *into, size_t room)
{
    hot_file *f = self;
    if (f->fault) return -1;
    ptrdiff_t n = f->gzip ? read_gzip(f, into, room) : read_plain(f, into, room);
    if (n > 0) {
        SHA256Update(&f->sha, (const unsigned char *)into, (size_t)n);
        f->bytes += (uint64_t)n;
    }
    return n;
}

hot_source hot_file_source(hot_file *file)
{
    return (hot_source){read_and_hash, file};
}

static hot_status look_at_beginning(hot_file *f, hot_error *error)
{
    const char *name = hot_base_name(f->path);
    f->chunk = hot_new_raw(CHUNK, 1);
    if (!f->chunk) return HOT_MEMORY;
    if (fill_chunk(f) < 0)
        return hot_fail(error, HOT_INPUT, "%s: cannot be read: %s.", name, f->fault);
    f->gzip = f->to >= 2 && f->chunk[0] == 0x1f && f->chunk[1] == 0x8b;
    if (f->gzip) {
        f->inflating = inflateInit2(&f->z, 15 + 16) == Z_OK;
        if (!f->inflating) return HOT_MEMORY;
    }
    SHA256Init(&f->sha);
    return HOT_OK;
}

hot_status hot_file_open(const char *path, hot_file **file, hot_error *error)
{
    const char *name = hot_base_name(path);
    hot_file *f = hot_new(1, sizeof *f);
    if (!f) return HOT_MEMORY;
    f->path = path;
    f->handle = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    hot_status status = HOT_OK;
    if (f->handle < 0) {
        status = hot_fail(error, HOT_INPUT, "%s: cannot be opened: %s.", name, strerror(errno));
    } else if (fstat(f->handle, &f->before) != 0 || !S_ISREG(f->before.st_mode)) {
        status = hot_fail(error, HOT_INPUT, "%s: is not a file of data (a folder, pipe or device?).",
                          name);
    } else {
        status = look_at_beginning(f, error);
    }
    if (status == HOT_OK) *file = f;
    else hot_file_close(f);
    return status;
}

static bool has_changed(const hot_file *f)
{
    struct stat now;
    return fstat(f->handle, &now) != 0 || now.st_size != f->before.st_size ||
           now.st_mtim.tv_sec != f->before.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != f->before.st_mtim.tv_nsec;
}

hot_status hot_file_finish(hot_file *f, hot_content *content, hot_error *error)
{
    const char *name = hot_base_name(f->path);
    char rest[4096];
    while (!f->fault && read_and_hash(f, rest, sizeof rest) > 0) continue;
    if (f->fault) return hot_fail(error, HOT_INPUT, "%s: %s.", name, f->fault);
    if (has_changed(f))
        return hot_fail(error, HOT_INPUT,
                        "%s: changed while it was read; run again when nobody writes to it.", name);
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256Final(digest, &f->sha);
    for (size_t i = 0; i < sizeof digest; i++) {
        content->sha256[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        content->sha256[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    content->sha256[64] = 0;
    content->bytes = f->bytes;
    return HOT_OK;
}

void hot_file_close(hot_file *f)
{
    if (!f) return;
    if (f->inflating) inflateEnd(&f->z);
    if (f->handle >= 0) close(f->handle);
    hot_free(f->chunk);
    hot_free(f);
}
