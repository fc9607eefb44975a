#include "layers/read/geojson.h"

#include <stdbool.h>
#include <string.h>

#include "engine/base/memory.h"

enum { ROOM = 65536, WORD = 16 };

typedef struct {
    size_t lists;   /* members of the outermost object called "features"; of two, one is lost */
    size_t members; /* values in them, be they objects or not */
    size_t nuls;    /* the character U+0000 in texts, behind which the library cuts them */
    size_t read;    /* features that the library found */
} counts;

typedef struct {
    counts count;
    size_t depth;
    bool in_text, escaped, in_value; /* in_value: of the list at hand */
    bool in_list;                    /* "features" is open, at depth 2 */
    char word[WORD];                 /* the last text at depth 1 */
    size_t length;
    int hex; /* characters of \u0000 so far, the backslash left out; 0 = none */
} scan;

static bool is_key(const scan *s)
{
    return s->depth == 1 && s->length == strlen("features") &&
           memcmp(s->word, "features", s->length) == 0;
}

static void count_nuls(scan *s, char c)
{
    if (s->escaped && c == 'u')
        s->hex = 1;
    else
        s->hex = s->hex && c == '0' ? s->hex + 1 : 0;
    if (s->hex == 5) s->count.nuls++;
    if (s->hex == 5) s->hex = 0;
}

/** A character of a text, or the quote that ends it. */
static void text_step(scan *s, char c)
{
    if (s->escaped || s->hex) count_nuls(s, c);
    if (s->escaped) {
        s->escaped = false;
    } else if (c == '\\') {
        s->escaped = true;
    } else if (c == '"') {
        s->in_text = false;
        return;
    }
    if (s->depth == 1 && s->length < WORD) s->word[s->length] = c;
    if (s->depth == 1) s->length++;
}

static void text_begin(scan *s)
{
    s->in_text = true;
    if (s->depth == 1) s->length = 0;
}

/** A bracket opens. */
static void enter(scan *s, char c)
{
    if (c == '[' && is_key(s)) {
        s->in_list = true;
        s->in_value = false;
        s->count.lists++;
    }
    s->depth++;
}

static void leave(scan *s)
{
    if (s->depth) s->depth--;
    if (s->depth == 1) s->in_list = false;
    if (s->depth == 1) s->length = 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void step(scan *s, char c)
{
    s->count.nuls += c == 0;
    if (s->in_text) {
        text_step(s, c);
        return;
    }
    if (is_blank(c)) return;
    if (s->in_list && s->depth == 2) {
        bool ends = c == ',' || c == ']';
        if (!ends && !s->in_value) s->count.members++;
        s->in_value = !ends;
    }
    if (c == '"') text_begin(s);
    if (c == '{' || c == '[') enter(s, c);
    if (c == '}' || c == ']') leave(s);
    if (c == ',' && s->depth == 1) s->length = 0;
}

static hot_status judge(const counts *count, const char *file, hot_error *error)
{
    if (count->nuls)
        return hot_fail(error, HOT_INPUT,
                        "%s: holds the character U+0000 (\\u0000, or a byte of 0), behind which "
                        "the rest of a text would be "
                        "lost; take it out.",
                        file);
    if (count->lists > 1)
        return hot_fail(error, HOT_INPUT,
                        "%s: holds \"features\" %zu times, of which one would be lost; make them "
                        "one list.",
                        file, count->lists);
    if (count->lists == 0 || count->members == count->read) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "%s: holds %zu features, of which %zu can be read; mend the others or take "
                    "them out.",
                    file, count->members, count->read);
}

hot_status hot_geojson_check(hot_source source, const char *file, size_t read, hot_error *error)
{
    scan s = {.count = {.read = read}};
    char *bytes = hot_new_raw(ROOM, 1);
    ptrdiff_t n;
    if (!bytes) return HOT_MEMORY;
    while ((n = source.read(source.self, bytes, ROOM)) > 0)
        for (ptrdiff_t i = 0; i < n; i++) step(&s, bytes[i]);
    hot_free(bytes);
    return n < 0 ? HOT_SYSTEM : judge(&s.count, file, error);
}
