#include "layers/read/premises.h"

#include <string.h>
#include <strings.h>

#include "engine/base/bytes.h"
#include "engine/incidents/addresses.h"
#include "engine/incidents/csv.h"
#include "layers/read/file.h"

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

static bool is_key_column(hot_slice f)
{
    static const char *const name[] = {"uprn", "address", "place_key", "place"};
    for (size_t k = 0; k < sizeof name / sizeof *name; k++)
        if (f.length == strlen(name[k]) && strncasecmp(f.at, name[k], f.length) == 0) return true;
    return false;
}

enum { COLUMNS = 8 };

static size_t find_columns(const hot_record *header, size_t *column)
{
    size_t n = 0;
    for (size_t k = 0; k < header->n && n < COLUMNS; k++)
        if (is_key_column(header->field[k])) column[n++] = k;
    return n;
}

static hot_status read_record(const hot_record *r, const size_t *column, size_t n, const char *file,
                              hot_premises *p, hot_error *error)
{
    bool named = false;
    if (r->fault != HOT_REASONS)
        return hot_fail(error, HOT_INPUT, "%s: line %llu: %s.", file, (unsigned long long)r->line,
                        hot_reason_about(r->fault));
    for (size_t k = 0; k < n; k++) {
        hot_slice f = r->field[column[k]];
        HOT_TRY(add_key(p, f.at, f.length, &named));
    }
    p->n += named;
    return HOT_OK;
}

/** *table = whether it is one: its first line names a column of keys. */
static hot_status read_table(hot_csv *csv, const hot_bytes *text, const char *file, hot_premises *p,
                             bool *table, hot_error *error)
{
    memory m = {text, 0};
    hot_record record;
    size_t column[COLUMNS];
    hot_status status = hot_csv_open(csv, (hot_source){read_memory, &m, text->length}, &record);
    size_t n = status == HOT_OK ? find_columns(&record, column) : 0;
    *table = n > 0;
    if (status != HOT_OK && status != HOT_INPUT) return status;
    for (bool more = n > 0; more;) {
        HOT_TRY(hot_csv_next(csv, &record, &more));
        if (more) HOT_TRY(read_record(&record, column, n, file, p, error));
    }
    return HOT_OK;
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

static hot_status read_premises(const char *path, const hot_bytes *text, hot_premises *p,
                                hot_error *error)
{
    static const unsigned char mark[] = {0xef, 0xbb, 0xbf};
    const char *file = hot_base_name(path);
    hot_csv csv = {0};
    bool table = false;
    hot_bytes body = *text;
    if (body.length >= 3 && memcmp(body.data, mark, 3) == 0) body.data += 3, body.length -= 3;
    hot_status status = read_table(&csv, &body, file, p, &table, error);
    hot_csv_free(&csv);
    if (status == HOT_OK && !table) status = read_lines(&body, p);
    if (status != HOT_OK || p->n) return status;
    return hot_fail(error, HOT_INPUT,
                    "%s: names no premises; expected a UPRN, an address or a place key a line, or "
                    "a column of that name.",
                    file);
}

hot_status hot_premises_read(const char *path, hot_premises *premises, hot_error *error)
{
    hot_bytes text = {0};
    hot_premises p = {0};
    hot_status status = read_text(path, &text, error);
    if (status == HOT_OK) status = read_premises(path, &text, &p, error);
    hot_bytes_free(&text);
    if (status != HOT_OK) hot_premises_free(&p);
    *premises = p;
    return status;
}

void hot_premises_free(hot_premises *p)
{
    hot_words_free(&p->keys);
    hot_free(p->of_key);
    *p = (hot_premises){0};
}
