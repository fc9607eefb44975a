#define _XOPEN_SOURCE 700

#include "layers/write/btree.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "engine/base/memory.h"

enum {
    PAGE = HOT_SQLITE_PAGE,
    CHUNK = 256,                  /* pages written at once */
    HEADER = 100,                 /* bytes of the file's */
    LOCKS = (1 << 30) / PAGE + 1, /* the page that holds SQLite's locks is left out */
    LEAF = 13,
    LEAF_HEADER = 8,
    INNER = 5,
    INNER_HEADER = 12,
    CHILDREN = 300,      /* of an inner page: each takes 6 bytes and a key of at most 7 */
    LARGEST = PAGE - 35, /* of a row in its leaf; of a larger one, a part goes elsewhere */
    SMALLEST = (PAGE - 12) * 32 / 255 - 23
};

#define SIX_BYTES 140737488355328.0 /* whole numbers from -2^47 on, below 2^47 */

/* ---- numbers ---- */

static void put(unsigned char *at, uint64_t value, int bytes)
{
    for (int k = bytes; k-- > 0; value >>= 8) at[k] = (unsigned char)value;
}

static uint32_t number_at(const unsigned char *at, int bytes)
{
    uint32_t value = 0;
    for (int k = 0; k < bytes; k++) value = value << 8 | at[k];
    return value;
}

/** Seven bits a byte, the highest first; below 2^56. Returns how many bytes it took. */
static size_t put_varint(unsigned char *at, uint64_t value)
{
    size_t n = 1;
    for (uint64_t rest = value >> 7; rest; rest >>= 7) n++;
    for (size_t k = n; k-- > 0; value >>= 7)
        at[k] = (unsigned char)((value & 127) | (k + 1 < n ? 128 : 0));
    return n;
}

/* ---- the file ---- */

static hot_status write_at(int handle, const unsigned char *bytes, size_t n, off_t at)
{
    while (n) {
        ssize_t written = pwrite(handle, bytes, n, at);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return HOT_SYSTEM;
        bytes += written;
        n -= (size_t)written;
        at += written;
    }
    return HOT_OK;
}

static hot_status write_page(const hot_sqlite *f, uint32_t number, const unsigned char *page)
{
    return write_at(f->handle, page, PAGE, (off_t)(number - 1) * PAGE);
}

static hot_status write_waiting(hot_sqlite *f)
{
    off_t at = (off_t)(f->pages - f->waiting) * PAGE;
    size_t n = f->waiting * PAGE;
    f->waiting = 0;
    return write_at(f->handle, f->chunk, n, at);
}

static hot_status append(hot_sqlite *f, const unsigned char *page)
{
    if (f->waiting == CHUNK) HOT_TRY(write_waiting(f));
    memcpy(f->chunk + f->waiting++ * PAGE, page, PAGE);
    f->pages++;
    return HOT_OK;
}

/** A page at the end of the file; its number. */
static hot_status add_page(hot_sqlite *f, const unsigned char *page, uint32_t *number)
{
    static const unsigned char nothing[PAGE];
    if (f->pages + 1 == LOCKS) HOT_TRY(append(f, nothing));
    HOT_TRY(append(f, page));
    *number = f->pages;
    return HOT_OK;
}

/** Pages of 4096 bytes with nothing set aside, no page map, as many as the header says. */
static hot_status read_header(hot_sqlite *f)
{
    unsigned char header[HEADER];
    ssize_t n = pread(f->handle, header, HEADER, 0);
    off_t size = n < 0 ? -1 : lseek(f->handle, 0, SEEK_END);
    if (size < 0) return HOT_SYSTEM;
    errno = 0;
    if (n != HEADER || number_at(header + 16, 2) != PAGE || header[20] || number_at(header + 52, 4))
        return HOT_SYSTEM;
    f->pages = number_at(header + 28, 4);
    return (off_t)f->pages * PAGE == size ? HOT_OK : HOT_SYSTEM;
}

hot_status hot_sqlite_open(const char *path, hot_sqlite *file)
{
    hot_sqlite f = {.handle = -1, .chunk = hot_new_raw(CHUNK, PAGE)};
    hot_status status = f.chunk ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK) f.handle = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (status == HOT_OK && f.handle < 0) status = HOT_SYSTEM;
    if (status == HOT_OK) status = read_header(&f);
    *file = f;
    return status == HOT_OK ? HOT_OK : hot_sqlite_close(file, status);
}

hot_status hot_sqlite_close(hot_sqlite *f, hot_status status)
{
    unsigned char count[4];
    put(count, f->pages, 4);
    if (status == HOT_OK) status = write_waiting(f);
    if (status == HOT_OK) status = write_at(f->handle, count, sizeof count, 28);
    int why = errno;
    if (f->handle >= 0 && close(f->handle) != 0 && status == HOT_OK) {
        status = HOT_SYSTEM;
        why = errno;
    }
    hot_free(f->chunk);
    *f = (hot_sqlite){.handle = -1};
    errno = why;
    return status;
}

/* ---- records ---- */

void hot_tuple_clear(hot_tuple *r)
{
    r->types = r->length = 0;
}

void hot_tuple_free(hot_tuple *r)
{
    hot_free(r->type);
    hot_free(r->body);
    *r = (hot_tuple){0};
}

static hot_status add_value(hot_tuple *r, uint64_t type, const void *bytes, size_t n)
{
    enum { LONGEST = 9 };
    if (!hot_grow(&r->type, &r->type_room, r->types + LONGEST, 1) ||
        !hot_grow(&r->body, &r->room, r->length + n, 1))
        return HOT_MEMORY;
    r->types += put_varint(r->type + r->types, type);
    if (n) memcpy(r->body + r->length, bytes, n);
    r->length += n;
    return HOT_OK;
}

hot_status hot_tuple_null(hot_tuple *r)
{
    return add_value(r, 0, NULL, 0);
}

/** The fewest bytes that hold it: none for 0 and 1, else 1, 2, 3, 4, 6 or 8. */
hot_status hot_tuple_integer(hot_tuple *r, int64_t value)
{
    static const int bytes[] = {1, 2, 3, 4, 6, 8};
    unsigned char number[8];
    if (value == 0 || value == 1) return add_value(r, value ? 9 : 8, NULL, 0);
    uint64_t size = value < 0 ? ~(uint64_t)value : (uint64_t)value;
    int k = 0;
    while (k < 5 && size >> (8 * bytes[k] - 1)) k++;
    put(number, (uint64_t)value, bytes[k]);
    return add_value(r, (uint64_t)k + 1, number, (size_t)bytes[k]);
}

hot_status hot_tuple_real(hot_tuple *r, double value)
{
    unsigned char number[8];
    uint64_t bits;
    if (isnan(value)) return hot_tuple_null(r);
    if (value >= -SIX_BYTES && value < SIX_BYTES && value == trunc(value))
        return hot_tuple_integer(r, (int64_t)value);
    memcpy(&bits, &value, sizeof bits);
    put(number, bits, 8);
    return add_value(r, 7, number, 8);
}

hot_status hot_tuple_text(hot_tuple *r, const void *utf8, size_t length)
{
    return add_value(r, 13 + 2 * (uint64_t)length, utf8, length);
}

hot_status hot_tuple_blob(hot_tuple *r, const void *bytes, size_t length)
{
    return add_value(r, 12 + 2 * (uint64_t)length, bytes, length);
}

/* ---- leaves ---- */

void hot_btree_begin(hot_btree *t, hot_sqlite *file, uint32_t root)
{
    *t = (hot_btree){.file = file, .root = root, .start = PAGE};
}

static void put_header(unsigned char *page, int kind, size_t cells, size_t start)
{
    put(page, (uint64_t)kind, 1);
    put(page + 3, cells, 2);
    put(page + 5, start, 2);
}

static hot_status end_leaf(hot_btree *t)
{
    uint32_t number;
    put_header(t->leaf, LEAF, t->cells, t->start);
    if (!hot_grow(&t->child, &t->room, t->n + 1, sizeof *t->child)) return HOT_MEMORY;
    HOT_TRY(add_page(t->file, t->leaf, &number));
    t->child[t->n++] = (hot_btree_child){t->key, number};
    memset(t->leaf, 0, PAGE);
    t->cells = 0;
    t->start = PAGE;
    return HOT_OK;
}

/** Room for a cell in the leaf, or in the next. */
static hot_status make_room(hot_btree *t, size_t n, unsigned char **cell)
{
    if (LEAF_HEADER + 2 * (t->cells + 1) + n > t->start) HOT_TRY(end_leaf(t));
    t->start -= n;
    put(t->leaf + LEAF_HEADER + 2 * t->cells++, t->start, 2);
    *cell = t->leaf + t->start;
    return HOT_OK;
}

/** What a record's bytes are: how long its header is, the types, the values. */
typedef struct {
    unsigned char length[9];
    struct {
        const unsigned char *at;
        size_t n;
    } part[3];
    size_t n;
} payload;

static void lay_payload(const hot_tuple *r, payload *p)
{
    size_t n = 1;
    while (put_varint(p->length, r->types + n) > n) n++;
    p->part[0].at = p->length;
    p->part[0].n = n;
    p->part[1].at = r->type;
    p->part[1].n = r->types;
    p->part[2].at = r->body;
    p->part[2].n = r->length;
    p->n = n + r->types + r->length;
}

/** The payload's bytes from..from+n. */
static void copy_payload(const payload *p, size_t from, size_t n, unsigned char *to)
{
    for (int k = 0; k < 3 && n; k++) {
        size_t all = p->part[k].n;
        size_t some = from >= all ? 0 : all - from < n ? all - from : n;
        if (some) memcpy(to, p->part[k].at + from, some);
        from = from >= all ? from - all : 0;
        to += some;
        n -= some;
    }
}

/** What of a large row stands in its leaf. */
static size_t in_leaf(size_t n)
{
    if (n <= LARGEST) return n;
    size_t least = SMALLEST + (n - SMALLEST) % (PAGE - 4);
    return least <= LARGEST ? least : SMALLEST;
}

/** The rest of a large row, on pages of its own, each of which names the next. */
static hot_status add_rest(hot_sqlite *f, const payload *p, size_t from, uint32_t *first)
{
    unsigned char page[PAGE];
    *first = f->pages + 1 + (f->pages + 1 == LOCKS);
    while (from < p->n) {
        size_t n = p->n - from < PAGE - 4 ? p->n - from : PAGE - 4;
        uint32_t number, here = f->pages + 1 + (f->pages + 1 == LOCKS);
        uint32_t next = here + 1 + (here + 1 == LOCKS);
        memset(page, 0, PAGE);
        put(page, from + n < p->n ? next : 0, 4);
        copy_payload(p, from, n, page + 4);
        HOT_TRY(add_page(f, page, &number));
        from += n;
    }
    return HOT_OK;
}

hot_status hot_btree_add(hot_btree *t, uint64_t key, const hot_tuple *record)
{
    payload p;
    unsigned char lengths[18], *cell;
    uint32_t rest = 0;
    lay_payload(record, &p);
    size_t n = put_varint(lengths, p.n);
    n += put_varint(lengths + n, key);
    size_t here = in_leaf(p.n), more = here < p.n ? 4 : 0;
    if (more) HOT_TRY(add_rest(t->file, &p, here, &rest));
    HOT_TRY(make_room(t, n + here + more, &cell));
    memcpy(cell, lengths, n);
    copy_payload(&p, 0, here, cell + n);
    if (more) put(cell + n + here, rest, 4);
    t->key = key;
    return HOT_OK;
}

/* ---- what stands above them ---- */

/** A page of children; the last of them has no cell, but a place in the header. */
static void lay_inner(const hot_btree_child *child, size_t n, unsigned char *page)
{
    size_t start = PAGE;
    memset(page, 0, PAGE);
    for (size_t k = 0; k + 1 < n; k++) {
        unsigned char cell[13];
        put(cell, child[k].page, 4);
        size_t length = 4 + put_varint(cell + 4, child[k].key);
        start -= length;
        memcpy(page + start, cell, length);
        put(page + INNER_HEADER + 2 * k, start, 2);
    }
    put_header(page, INNER, n - 1, start);
    put(page + 8, child[n - 1].page, 4);
}

/** Parents for the children, as evenly as can be, in their place. */
static hot_status rise(hot_btree *t)
{
    unsigned char page[PAGE];
    size_t parents = (t->n + CHILDREN - 1) / CHILDREN, from = 0;
    for (size_t k = 0; k < parents; k++) {
        size_t to = t->n * (k + 1) / parents;
        uint32_t number;
        lay_inner(t->child + from, to - from, page);
        HOT_TRY(add_page(t->file, page, &number));
        t->child[k] = (hot_btree_child){t->child[to - 1].key, number};
        from = to;
    }
    t->n = parents;
    return HOT_OK;
}

static hot_status lay_above(hot_btree *t)
{
    unsigned char page[PAGE];
    if (t->n == 0) { /* the root is a leaf */
        put_header(t->leaf, LEAF, t->cells, t->start);
        return write_page(t->file, t->root, t->leaf);
    }
    HOT_TRY(end_leaf(t));
    while (t->n > CHILDREN) HOT_TRY(rise(t));
    lay_inner(t->child, t->n, page);
    return write_page(t->file, t->root, page);
}

hot_status hot_btree_end(hot_btree *t, hot_status status)
{
    if (status == HOT_OK) status = lay_above(t);
    hot_free(t->child);
    t->child = NULL;
    return status;
}
