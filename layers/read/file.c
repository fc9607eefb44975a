#define _DEFAULT_SOURCE

#include "layers/read/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "engine/base/memory.h"
#include "layers/read/content.h"

enum { CHUNK = 256 * 1024, WIDE = 32 * 1024, LOCAL = 30, NAME = 400 };

typedef enum { PLAIN, GZIP, DEFLATED } packing;

struct hot_file {
    char name[NAME]; /* for sentences */
    int handle;
    struct stat before;
    hot_digest *digest;
    uint64_t bytes;
    packing packing;
    bool inflating, ended;
    const char *fault; /* why the file was not read to its end */
    z_stream z;
    uint64_t packed;      /* deflated bytes so far */
    unsigned char *chunk; /* of the deflated bytes, or what was read to look at the beginning */
    size_t from, to;

    const hot_member *member; /* NULL = the whole file */
    uint64_t left;            /* packed bytes of the member that were not read yet */
    uint32_t crc;

    char head[HOT_CONTENT_HEAD]; /* inflated bytes that were looked at */
    size_t head_from, head_to;
    bool utf16;
    hot_utf16 decoder;
    unsigned char *wide; /* UTF-16 to be decoded */
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

/** Bytes of the file, or of the member and no further. */
static ptrdiff_t read_packed(hot_file *f, void *into, size_t room)
{
    if (f->member && f->left < room) room = (size_t)f->left;
    if (room == 0) return 0;
    ptrdiff_t n = read_some(f, into, room);
    if (f->member && n > 0) f->left -= (uint64_t)n;
    return n;
}

static ptrdiff_t fill_chunk(hot_file *f)
{
    ptrdiff_t n = read_packed(f, f->chunk, CHUNK);
    f->from = 0;
    f->to = n > 0 ? (size_t)n : 0;
    f->packed += f->to;
    return n;
}

static ptrdiff_t read_plain(hot_file *f, char *into, size_t room)
{
    if (f->from == f->to) return read_packed(f, into, room);
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

static const char gzip_damaged[] =
    "the gzip data is damaged, or something else follows it; copy or fetch it again";

/** A gzip file may be several members one after the other; zeros after the last are padding. */
static ptrdiff_t next_member(hot_file *f)
{
    while (f->from < f->to && f->chunk[f->from] == 0) f->from++;
    if (f->from == f->to) {
        ptrdiff_t n = fill_chunk(f);
        if (n <= 0) return n;
        return next_member(f);
    }
    return inflateReset(&f->z) == Z_OK ? 1 : damaged(f, gzip_damaged);
}

static const char *cut(const hot_file *f)
{
    return f->packing == GZIP
               ? "the gzip data ends too early: the file was cut; copy or fetch it again"
               : "the zip archive is cut or damaged; copy or fetch it again";
}

static ptrdiff_t read_deflated(hot_file *f, char *into, size_t room)
{
    unsigned limit = room > 1u << 30 ? 1u << 30 : (unsigned)room;
    f->z.next_out = (unsigned char *)into;
    f->z.avail_out = limit;
    while (f->z.avail_out == limit && !f->ended) {
        if (f->from == f->to) {
            ptrdiff_t n = fill_chunk(f);
            if (n < 0) return n;
            if (n == 0) return damaged(f, cut(f));
        }
        f->z.next_in = f->chunk + f->from;
        f->z.avail_in = (unsigned)(f->to - f->from);
        int state = inflate(&f->z, Z_NO_FLUSH);
        f->from = f->to - f->z.avail_in;
        if (state == Z_STREAM_END) {
            ptrdiff_t more = f->packing == GZIP ? next_member(f) : 0;
            if (more < 0) return more;
            f->ended = more == 0;
        } else if (state != Z_OK && state != Z_BUF_ERROR) {
            return damaged(f, f->packing == GZIP ? gzip_damaged : cut(f));
        }
    }
    return (ptrdiff_t)(limit - f->z.avail_out);
}

/** Hold what was read of a member against what the directory says of it. */
static ptrdiff_t check_member(hot_file *f, const char *from, ptrdiff_t n)
{
    if (n > 0) f->crc = (uint32_t)crc32_z(f->crc, (const unsigned char *)from, (size_t)n);
    bool ended = n == 0;
    if (f->bytes + (uint64_t)n > f->member->size ||
        (ended && (f->bytes != f->member->size || f->crc != f->member->crc)))
        return damaged(f, "the zip archive is cut or damaged: it does not hold what it says; copy "
                          "or fetch it again");
    return n;
}

/** A few bytes that would become very many: tables of incidents pack to a tenth or so. */
static bool is_bomb(const hot_file *f)
{
    return f->packing != PLAIN && f->bytes > HOT_UNPACKED &&
           f->bytes / HOT_UNPACKED_TIMES >= f->packed;
}

static ptrdiff_t read_and_hash(hot_file *f, char *into, size_t room)
{
    if (f->fault) return -1;
    ptrdiff_t n = f->packing == PLAIN ? read_plain(f, into, room) : read_deflated(f, into, room);
    if (n >= 0 && f->member) n = check_member(f, into, n);
    if (n > 0) {
        hot_digest_add(f->digest, into, (size_t)n);
        f->bytes += (uint64_t)n;
    }
    if (is_bomb(f))
        return damaged(f, "unpacks to more than 1 GiB and 250 times its own size, which no table "
                          "of incidents does; if it is one, unpack it and give the CSV file");
    return n;
}

/** Inflated bytes, those that were looked at first. */
static ptrdiff_t read_bytes(hot_file *f, char *into, size_t room)
{
    if (f->head_from == f->head_to) return read_and_hash(f, into, room);
    size_t n = f->head_to - f->head_from < room ? f->head_to - f->head_from : room;
    memcpy(into, f->head + f->head_from, n);
    f->head_from += n;
    return (ptrdiff_t)n;
}

/** UTF-16 as UTF-8; `room` is at least that of a unit. */
static ptrdiff_t read_wide(hot_file *f, char *into, size_t room)
{
    if (room < 16) return damaged(f, "there is no room to decode it");
    size_t units = room / 3 - 3, done = 0;
    while (done == 0) {
        ptrdiff_t n = read_bytes(f, (char *)f->wide, 2 * units < WIDE ? 2 * units : WIDE);
        if (n < 0) return n;
        if (n == 0) return (ptrdiff_t)hot_utf16_end(&f->decoder, into);
        done = hot_utf16_decode(&f->decoder, f->wide, (size_t)n, into);
    }
    return (ptrdiff_t)done;
}

static ptrdiff_t read_text(void *self, char *into, size_t room)
{
    hot_file *f = self;
    return f->utf16 ? read_wide(f, into, room) : read_bytes(f, into, room);
}

hot_source hot_file_source(hot_file *file)
{
    uint64_t bytes = file->packing == PLAIN ? (uint64_t)file->before.st_size : 0;
    return (hot_source){read_text, file, bytes};
}

static hot_status begin_inflating(hot_file *f, int bits)
{
    f->inflating = inflateInit2(&f->z, bits) == Z_OK;
    return f->inflating ? HOT_OK : HOT_MEMORY;
}

static hot_status begin_whole(hot_file *f, hot_error *error)
{
    if (fill_chunk(f) < 0)
        return hot_fail(error, HOT_INPUT, "%s: cannot be read: %s.", f->name, f->fault);
    if (f->to < 2 || f->chunk[0] != 0x1f || f->chunk[1] != 0x8b) return HOT_OK;
    f->packing = GZIP;
    return begin_inflating(f, 15 + 16);
}

static hot_status no_member(const hot_file *f, hot_error *error)
{
    return hot_fail(error, HOT_INPUT, "%s: the zip archive is cut or damaged; fetch it again.",
                    f->name);
}

/** Stand at the member's first packed byte, which comes after its local header. */
static hot_status begin_member(hot_file *f, hot_error *error)
{
    const hot_member *m = f->member;
    unsigned char local[LOCAL];
    if (m->locked)
        return hot_fail(error, HOT_INPUT,
                        "%s: is locked with a password; unpack it and give the "
                        "CSV file.",
                        f->name);
    if (m->method != 0 && m->method != 8)
        return hot_fail(error, HOT_INPUT,
                        "%s: is packed in a way (%d) that is not read; unpack it "
                        "and give the CSV file.",
                        f->name, m->method);
    if (pread(f->handle, local, LOCAL, (off_t)m->header) != LOCAL ||
        memcmp(local, "PK\3\4", 4) != 0)
        return no_member(f, error);
    uint64_t names =
        (uint64_t)(local[26] | local[27] << 8) + (uint64_t)(local[28] | local[29] << 8);
    if (lseek(f->handle, (off_t)(m->header + LOCAL + names), SEEK_SET) < 0)
        return no_member(f, error);
    f->left = m->packed;
    if (m->method == 0) return HOT_OK;
    f->packing = DEFLATED;
    return begin_inflating(f, -15);
}

static hot_status begin(hot_file *f, hot_error *error)
{
    f->chunk = hot_new_raw(CHUNK, 1);
    if (!f->chunk) return HOT_MEMORY;
    HOT_TRY(hot_digest_new(false, &f->digest));
    return f->member ? begin_member(f, error) : begin_whole(f, error);
}

static hot_status open_with(const char *path, const hot_member *member, hot_file **file,
                            hot_error *error)
{
    hot_file *f = hot_new(1, sizeof *f);
    if (!f) return HOT_MEMORY;
    f->member = member;
    if (member)
        snprintf(f->name, NAME, "%.190s in %.190s", hot_base_name(member->name),
                 hot_base_name(path));
    else
        snprintf(f->name, NAME, "%s", hot_base_name(path));
    f->handle = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    hot_status status = HOT_OK;
    if (f->handle < 0) {
        status = hot_fail(error, HOT_INPUT, "%s: cannot be opened: %s.", f->name, strerror(errno));
    } else if (fstat(f->handle, &f->before) != 0 || !S_ISREG(f->before.st_mode)) {
        status = hot_fail(error, HOT_INPUT,
                          "%s: is not a file of data (a folder, pipe or device?).", f->name);
    } else {
        status = begin(f, error);
    }
    if (status == HOT_OK)
        *file = f;
    else
        hot_file_close(f);
    return status;
}

hot_status hot_file_open(const char *path, hot_file **file, hot_error *error)
{
    return open_with(path, NULL, file, error);
}

hot_status hot_file_open_member(const char *path, const hot_member *member, hot_file **file,
                                hot_error *error)
{
    return open_with(path, member, file, error);
}

hot_status hot_file_hash_aside(hot_file *f)
{
    hot_digest_free(f->digest);
    return hot_digest_new(true, &f->digest);
}

hot_status hot_file_expect_text(hot_file *f, hot_error *error)
{
    while (f->head_to < sizeof f->head) {
        ptrdiff_t n = read_and_hash(f, f->head + f->head_to, sizeof f->head - f->head_to);
        if (n < 0) return hot_fail(error, HOT_INPUT, "%s: %s.", f->name, f->fault);
        if (n == 0) break;
        f->head_to += (size_t)n;
    }
    if (f->head_to == 0)
        return hot_fail(error, HOT_INPUT,
                        "%s: is empty; expected a CSV file whose first line names its columns.",
                        f->name);
    const unsigned char *head = (const unsigned char *)f->head;
    hot_foreign foreign = hot_content_foreign(head, f->head_to);
    if (foreign.what)
        return hot_fail(error, HOT_INPUT, "%s: is %s, not CSV; %s.", f->name, foreign.what,
                        foreign.mend);
    f->utf16 = hot_utf16_is(head, f->head_to, &f->decoder.big);
    if (!f->utf16) return HOT_OK;
    f->wide = hot_new_raw(WIDE, 1);
    return f->wide ? HOT_OK : HOT_MEMORY;
}

static bool has_changed(const hot_file *f)
{
    struct stat now;
    return fstat(f->handle, &now) != 0 || now.st_size != f->before.st_size ||
           now.st_mtim.tv_sec != f->before.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != f->before.st_mtim.tv_nsec;
}

hot_status hot_file_finish(hot_file *f, hot_content *content, hot_digest **hash, hot_error *error)
{
    char rest[4096];
    while (!f->fault && read_and_hash(f, rest, sizeof rest) > 0) continue;
    if (f->fault) return hot_fail(error, HOT_INPUT, "%s: %s.", f->name, f->fault);
    if (has_changed(f))
        return hot_fail(error, HOT_INPUT,
                        "%s: changed while it was read; run again when nobody writes to it.",
                        f->name);
    content->bytes = f->bytes;
    if (!hash) return hot_digest_end(f->digest, content->sha256);
    *hash = f->digest;
    f->digest = NULL;
    return HOT_OK;
}

/** Add a file's bytes as they stand. */
static hot_status digest_add(const char *path, hot_digest *digest, uint64_t *bytes,
                             hot_error *error)
{
    hot_file *f;
    HOT_TRY(hot_file_open(path, &f, error));
    ptrdiff_t n = (ptrdiff_t)f->to; /* the first of them are in the chunk already */
    while (n > 0) {
        hot_digest_add(digest, f->chunk, (size_t)n);
        *bytes += (uint64_t)n;
        n = fill_chunk(f);
    }
    hot_status status = HOT_OK;
    if (n < 0) status = hot_fail(error, HOT_INPUT, "%s: cannot be read: %s.", f->name, f->fault);
    hot_file_close(f);
    return status;
}

hot_status hot_file_digest(const char *const *paths, size_t n, hot_content *content,
                           hot_error *error)
{
    hot_digest *digest;
    HOT_TRY(hot_digest_new(false, &digest));
    hot_status status = HOT_OK;
    content->bytes = 0;
    for (size_t k = 0; k < n && status == HOT_OK; k++)
        if (k == 0 || access(paths[k], F_OK) == 0)
            status = digest_add(paths[k], digest, &content->bytes, error);
    if (status == HOT_OK) status = hot_digest_end(digest, content->sha256);
    hot_digest_free(digest);
    return status;
}

void hot_file_close(hot_file *f)
{
    if (!f) return;
    if (f->inflating) inflateEnd(&f->z);
    if (f->handle >= 0) close(f->handle);
    hot_digest_free(f->digest);
    hot_free(f->chunk);
    hot_free(f->wide);
    hot_free(f);
}
