#include "layers/read/premises.h"

#include <string.h>
#include <strings.h>

#include "engine/base/bytes.h"
#include "engine/base/number.h"
#include "engine/incidents/addresses.h"
#include "engine/incidents/csv.h"
#include "layers/read/file.h"
#include "layers/read/kind.h"

enum { MOST = 16 << 20 }; /* bytes */

/* ---- keys ---- */

/** What of a key tells it from others.
 *  @param plain  [HOT_ADDRESS] out
 *  @return its length */
static size_t plain_key(const char *at, size_t length, char *plain)
{
    size_t n = hot_address_plain((hot_slice){at, length}, plain), zeros = 0;
    while (zeros < n && plain[zeros] == '0') zeros++;
    for (size_t k = 0; k < n; k++)
        if (plain[k] < '0' || plain[k] > '9') return n;
    memmove(plain, plain + zeros, n - zeros);
    return n - zeros;
}

uint32_t hot_premises_find(const hot_premises *p, const char *key)
{
    char plain[HOT_ADDRESS];
    const char *corner = strstr(key, " @ ");
    size_t n = plain_key(key, corner ? (size_t)(corner - key) : strlen(key), plain);
    uint32_t word = hot_words_find(&p->keys, plain, n);
    return word == UINT32_MAX || word == 0 ? HOT_NO_PREMISES : p->of_key[word];
}

/** One name of the premises that are being read; *named = true where it is one. */
static hot_status add_key(hot_premises *p, const char *at, size_t length, bool *named)
{
    char plain[HOT_ADDRESS];
    uint32_t word;
    size_t n = plain_key(at, length, plain), before = p->entries;
    if (n == 0) return HOT_OK;
    HOT_TRY(hot_words_add(&p->keys, plain, n, &word));
    if (!hot_grow(&p->of_key, &p->room, p->keys.n, sizeof *p->of_key)) return HOT_MEMORY;
    p->entries = p->keys.n;
    if (word >= before) p->of_key[word] = (uint32_t)p->n;
    *named = true;
    return HOT_OK;
}

/* ---- lines ---- */

static hot_status read_lines(const hot_bytes *text, hot_premises *p)
{
    const char *at = (const char *)text->data, *end = at + text->length;
    while (at < end) {
        const char *stop = at;
        while (stop < end && *stop != '\n' && *stop != '\r') stop++;
        bool quoted = stop - at > 1 && *at == '"' && stop[-1] == '"', named = false;
        HOT_TRY(add_key(p, at + quoted, (size_t)(stop - at) - 2 * (size_t)quoted, &named));
        p->n += named;
        at = stop + (stop < end);
    }
    return HOT_OK;
}

/* ---- a table ---- */

/** Bytes that are read from memory. */
typedef struct {
    const hot_bytes *text;
    size_t at;
} memory;

static ptrdiff_t read_memory(void *self, char *into, size_t room)
{
    memory *m = self;
    size_t left = m->text->length - m->at, n = left < room ? left : room;
    if (n) memcpy(into, m->text->data + m->at, n);
    m->at += n;
    return (ptrdiff_t)n;
}

static bool is_named(hot_slice f, const char *const *name, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (f.length == strlen(name[k]) && strncasecmp(f.at, name[k], f.length) == 0) return true;
    return false;
}

enum { COLUMNS = 8 };

/** A table's columns of keys, and those of coordinates. */
typedef struct {
    size_t n, key[COLUMNS];
    int epsg; /* of the coordinates; 0 = there are none */
    size_t x, y;
} table_columns;

/** Both columns of a system's coordinates; of two systems the first. */
static void find_position(const hot_record *header, table_columns *t)
{
    static const struct {
        const char *x[2], *y[2];
        int epsg;
    } known[] = {{{"easting", "eastings"}, {"northing", "northings"}, 27700},
                 {{"longitude", "lon"}, {"latitude", "lat"}, 4326}};
    for (size_t s = 0; s < 2 && !t->epsg; s++) {
        bool x = false, y = false;
        for (size_t k = 0; k < header->n; k++) {
            if (!x && is_named(header->field[k], known[s].x, 2)) x = true, t->x = k;
            if (!y && is_named(header->field[k], known[s].y, 2)) y = true, t->y = k;
        }
        if (x && y) t->epsg = known[s].epsg;
    }
}

static table_columns find_columns(const hot_record *header)
{
    static const char *const name[] = {"uprn", "address", "place_key", "place"};
    table_columns t = {0};
    for (size_t k = 0; k < header->n && t.n < COLUMNS; k++)
        if (is_named(header->field[k], name, 4)) t.key[t.n++] = k;
    find_position(header, &t);
    return t;
}

/** Where a line without a key has coordinates. */
static hot_status read_position(const hot_record *r, const table_columns *t, const char *file,
                                hot_premises *p, bool *named, hot_error *error)
{
    double x, y;
    hot_slice east = r->field[t->x], north = r->field[t->y];
    if (east.length == 0 && north.length == 0) return HOT_OK;
    if (!hot_number_parse(east.at, east.length, &x) ||
        !hot_number_parse(north.at, north.length, &y))
        return hot_fail(error, HOT_INPUT, "%s: line %llu: its coordinates are no numbers.", file,
                        (unsigned long long)r->line);
    *named = true;
    return hot_premises_add_spot(p, x, y);
}

static hot_status read_record(const hot_record *r, const table_columns *t, const char *file,
                              hot_premises *p, hot_error *error)
{
    bool named = false;
    if (r->fault != HOT_REASONS)
        return hot_fail(error, HOT_INPUT, "%s: line %llu: %s.", file, (unsigned long long)r->line,
                        hot_reason_about(r->fault));
    for (size_t k = 0; k < t->n; k++) {
        hot_slice f = r->field[t->key[k]];
        HOT_TRY(add_key(p, f.at, f.length, &named));
    }
    if (!named && t->epsg) HOT_TRY(read_position(r, t, file, p, &named, error));
    p->n += named;
    return HOT_OK;
}

/** What is read, for whom. */
typedef struct {
    const char *file;
    const hot_premises_ground *ground;
    hot_premises *premises;
} reading;

/** *table = whether it is one: its first line names a column of keys or both of coordinates. */
static hot_status read_table(hot_csv *csv, const hot_bytes *text, const reading *to, bool *table,
                             hot_error *error)
{
    memory m = {text, 0};
    hot_record record;
    hot_status status = hot_csv_open(csv, (hot_source){read_memory, &m, text->length}, &record);
    table_columns t = {0};
    if (status == HOT_OK) t = find_columns(&record);
    *table = t.n > 0 || t.epsg;
    if (status != HOT_OK && status != HOT_INPUT) return status;
    for (bool more = *table; more;) {
        HOT_TRY(hot_csv_next(csv, &record, &more));
        if (more) HOT_TRY(read_record(&record, &t, to->file, to->premises, error));
    }
    if (!t.epsg) return HOT_OK;
    return hot_premises_put_spots(to->premises, to->file, t.epsg, to->ground, error);
}

/* ---- the file ---- */

static hot_status take_bytes(hot_file *file, const char *name, hot_bytes *text, hot_error *error)
{
    hot_source source = hot_file_source(file);
    char block[1 << 14];
    for (ptrdiff_t n; (n = source.read(source.self, block, sizeof block)) != 0;) {
        if (n < 0) return HOT_SYSTEM; /* hot_file_finish says why */
        if (text->length + (size_t)n > MOST)
            return hot_fail(error, HOT_INPUT,
                            "%s: is larger than 16 MiB; a list of premises is one line for each.",
                            name);
        HOT_TRY(hot_bytes_add(text, block, (size_t)n));
    }
    return HOT_OK;
}

static hot_status read_text(const char *path, hot_bytes *text, hot_error *error)
{
    hot_file *file;
    hot_content content;
    HOT_TRY(hot_file_open(path, &file, error));
    hot_status status = hot_file_expect_text(file, error);
    if (status == HOT_OK) status = take_bytes(file, hot_base_name(path), text, error);
    if (status == HOT_OK || status == HOT_SYSTEM)
        status = hot_file_finish(file, &content, NULL, error);
    hot_file_close(file);
    return status;
}

static hot_status read_keys(const hot_bytes *text, const reading *to, hot_error *error)
{
    static const unsigned char mark[] = {0xef, 0xbb, 0xbf};
    hot_csv csv = {0};
    bool table = false;
    hot_bytes body = *text;
    if (body.length >= 3 && memcmp(body.data, mark, 3) == 0) body.data += 3, body.length -= 3;
    if (!hot_utf8_is((const char *)body.data, body.length))
        return hot_fail(error, HOT_INPUT, "%s: %s.", to->file, hot_reason_about(HOT_BAD_UTF8));
    hot_status status = read_table(&csv, &body, to, &table, error);
    hot_csv_free(&csv);
    return status == HOT_OK && !table ? read_lines(&body, to->premises) : status;
}

static hot_status read_premises(const char *path, const reading *to, hot_error *error)
{
    hot_bytes text = {0};
    if (hot_kind_of_name(path) != HOT_NO_KIND)
        return hot_premises_read_features(path, to->ground, to->premises, error);
    hot_status status = read_text(path, &text, error);
    if (status == HOT_OK) status = read_keys(&text, to, error);
    hot_bytes_free(&text);
    return status;
}

hot_status hot_premises_read(const char *path, const hot_premises_ground *ground,
                             hot_premises *premises, hot_error *error)
{
    *premises = (hot_premises){0};
    reading to = {hot_base_name(path), ground, premises};
    hot_status status = read_premises(path, &to, error);
    if (status == HOT_OK && premises->n == 0)
        status = hot_fail(error, HOT_INPUT,
                          "%s: names no premises; expected a UPRN, an address or a place key a "
                          "line, a column of that name, or points or polygons.",
                          to.file);
    if (status != HOT_OK) hot_premises_free(premises);
    return status;
}

void hot_premises_free(hot_premises *p)
{
    hot_words_free(&p->keys);
    hot_free(p->of_key);
    hot_free(p->spot);
    hot_within_free(p->within);
    hot_shapes_free(&p->site);
    hot_free(p->of_site);
    *p = (hot_premises){0};
}
