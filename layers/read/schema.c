#include "layers/read/schema.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "engine/base/memory.h"

/* The format: "Database File Format", sqlite.org/fileformat2.html, sections 1.3, 1.6 and 2.6. */
enum { PAGES = 65536, DEEP = 20, NAME = 128 };

typedef struct {
    hot_reach reach;
    size_t page;  /* bytes */
    size_t pages; /* read so far: a damaged file may go round in circles */
    bool no_memory;
    char bad[NAME];
} walk;

static uint64_t number(const unsigned char *at, size_t n)
{
    uint64_t value = 0;
    for (size_t i = 0; i < n; i++) value = value << 8 | at[i];
    return value;
}

/** SQLite's varint; NULL where it does not end before `end`. */
static const unsigned char *varint(const unsigned char *at, const unsigned char *end, uint64_t *n)
{
    *n = 0;
    for (int i = 0; i < 9 && at < end; i++, at++) {
        *n = i == 8 ? *n << 8 | *at : *n << 7 | (*at & 0x7f);
        if (i == 8 || *at < 0x80) return at + 1;
    }
    return NULL;
}

/** Bytes of a text column by its serial type; 0 for what is no text. */
static size_t text_length(uint64_t type)
{
    return type >= 13 && type % 2 == 1 && type < 1u << 30 ? (size_t)(type - 13) / 2 : 0;
}

/** Bytes of an integer column by its serial type. */
static size_t integer_length(uint64_t type)
{
    static const size_t bytes[] = {0, 1, 2, 3, 4, 6, 8};
    return type < 7 ? bytes[type] : 0;
}

static bool is_text(const unsigned char *at, size_t n, const char *word)
{
    return n == strlen(word) && strncasecmp((const char *)at, word, n) == 0;
}

/** Where a word stands in a text, whatever its case; NULL. */
static const unsigned char *find(const unsigned char *at, const unsigned char *end,
                                 const char *word)
{
    size_t n = strlen(word);
    for (; at < end && (size_t)(end - at) >= n; at++)
        if (strncasecmp((const char *)at, word, n) == 0) return at;
    return NULL;
}

static bool is_of_name(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '$' || c >= 0x80;
}

/** Where a word stands by itself, as it must to be one of SQL's own: not in "case_reviews". */
static const unsigned char *find_alone(const unsigned char *at, const unsigned char *end,
                                       const char *word)
{
    size_t n = strlen(word);
    const unsigned char *begin = at;
    for (; (at = find(at, end, word)); at++) {
        bool alone = at == begin || !is_of_name(at[-1]);
        if (alone && (at + n == end || !is_of_name(at[n]))) return at;
    }
    return NULL;
}

/** Whether a CREATE statement makes a view or a virtual table whose name begins gpkg_. SQLite goes
 *  by this text, not by the columns before it. A name can stand before SELECT or USING only;
 *  comments could hide where, so a statement with any is searched whole. */
static bool makes_own_view(const unsigned char *sql, const unsigned char *end)
{
    const unsigned char *view = find_alone(sql, end, "VIEW"),
                        *virtual = find_alone(sql, end, "VIRTUAL");
    if (!view && !virtual) return false;
    const unsigned char *table = find_alone(sql, end, "TABLE");
    bool plain = table && (!view || table < view) && (!virtual || table < virtual);
    bool comments = find(sql, end, "--") || find(sql, end, "/*");
    if (plain && !comments) return false; /* a table with a column called view */
    const unsigned char *stop = find(sql, end, view ? "SELECT" : "USING");
    return find(sql, stop && !comments ? stop : end, "gpkg_") != NULL;
}

/** The columns of a row that matter: type, name, tbl_name, rootpage, sql. */
static bool row_read(walk *w, const unsigned char *at, const unsigned char *end)
{
    enum { TYPE, WORD, TABLE, ROOT, SQL, COLUMNS };
    uint64_t header, column[COLUMNS];
    size_t length[COLUMNS];
    const unsigned char *c = varint(at, end, &header), *text[COLUMNS];
    if (!c || header > (uint64_t)(end - at)) return false;
    for (int k = 0; k < COLUMNS; k++)
        if (!(c = varint(c, end, &column[k]))) return false;
    const unsigned char *body = at + header;
    for (int k = 0; k < COLUMNS; k++) {
        length[k] = k == ROOT ? integer_length(column[k]) : text_length(column[k]);
        text[k] = body;
        if (length[k] > (size_t)(end - body)) length[k] = (size_t)(end - body);
        body += length[k];
    }
    bool own = length[WORD] > 5 && strncasecmp((const char *)text[WORD], "gpkg_", 5) == 0;
    bool view = is_text(text[TYPE], length[TYPE], "view");
    bool bad = (own && view) || makes_own_view(text[SQL], text[SQL] + length[SQL]);
    if (bad && !*w->bad)
        snprintf(w->bad, sizeof w->bad, "%.*s",
                 (int)(length[WORD] < NAME ? length[WORD] : NAME - 1), text[WORD]);
    return true;
}

static bool page_walk(walk *w, uint64_t number_of_page, int depth);

/** A leaf's cell: length of the payload, rowid, payload. */
static bool leaf_cell(walk *w, const unsigned char *at, const unsigned char *end)
{
    uint64_t length, rowid;
    at = varint(at, end, &length);
    if (at) at = varint(at, end, &rowid);
    if (!at) return false;
    return row_read(w, at, length < (uint64_t)(end - at) ? at + length : end);
}

static bool cells_walk(walk *w, const unsigned char *page, size_t head, int depth)
{
    const unsigned char *end = page + w->page, *h = page + head;
    bool leaf = h[0] == 0x0d;
    if (!leaf && h[0] != 0x05) return false;
    size_t cells = (size_t)number(h + 3, 2), list = head + (leaf ? 8u : 12u);
    if (list + 2 * cells > w->page) return false;
    for (size_t k = 0; k < cells; k++) {
        size_t at = (size_t)number(page + list + 2 * k, 2);
        if (at + 4 > w->page) return false;
        if (leaf ? !leaf_cell(w, page + at, end) : !page_walk(w, number(page + at, 4), depth + 1))
            return false;
    }
    return leaf || page_walk(w, number(h + 8, 4), depth + 1);
}

static bool page_walk(walk *w, uint64_t number_of_page, int depth)
{
    if (number_of_page == 0 || depth > DEEP || ++w->pages > PAGES) return false;
    unsigned char *page = hot_new_raw(w->page, 1);
    if (!page) w->no_memory = true;
    bool read = page && w->reach.read(w->reach.self, (number_of_page - 1) * w->page, page, w->page);
    bool sound = read && cells_walk(w, page, number_of_page == 1 ? 100 : 0, depth);
    hot_free(page);
    return sound;
}

hot_status hot_schema_check(const char *file, hot_reach reach, hot_error *error)
{
    unsigned char head[100];
    walk w = {.reach = reach};
    bool sound =
        reach.read(reach.self, 0, head, sizeof head) && memcmp(head, "SQLite format 3", 16) == 0;
    if (sound) w.page = (size_t)number(head + 16, 2);
    if (w.page == 1) w.page = 65536;
    sound = sound && w.page >= 512 && (w.page & (w.page - 1)) == 0;
    bool utf8 = sound && number(head + 56, 4) <= 1;
    bool walked = sound && utf8 && page_walk(&w, 1, 0);
    if (w.no_memory) return HOT_MEMORY;
    if (!walked)
        return hot_fail(error, HOT_INPUT, "%s: cannot be read: the GeoPackage is damaged.", file);
    if (!*w.bad) return HOT_OK;
    return hot_fail(
        error, HOT_INPUT,
        "%s: its own table %s is a view or virtual; it is refused, for reading it could "
        "run anything.",
        file, w.bad);
}
