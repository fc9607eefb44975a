#include "layers/read/geojson.h"

#include <string.h>

#include "engine/base/memory.h"

enum { ROOM = 65536, WORD = 16 };

typedef struct {
    hot_geojson_count count;
    size_t depth;
    bool in_text, escaped, in_value; /* in_value: of the list at hand */
    bool in_list;                    /* "features" is open, at depth 2 */
    char word[WORD];                 /* the last text at depth 1 */
    size_t length;
} scan;

static bool is_key(const scan *s)
{
    return s->depth == 1 && s->length == strlen("features") &&
           memcmp(s->word, "features", s->length) == 0;
}

/** A character of a text, or the quote that ends it. */
static void text_step(scan *s, char c)
{
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

hot_status hot_geojson_count_features(hot_source source, hot_geojson_count *count)
{
    scan s = {{0}, 0, false, false, false, false, {0}, 0};
    char *bytes = hot_new_raw(ROOM, 1);
    ptrdiff_t n;
    if (!bytes) return HOT_MEMORY;
    while ((n = source.read(source.self, bytes, ROOM)) > 0)
        for (ptrdiff_t i = 0; i < n; i++) step(&s, bytes[i]);
    hot_free(bytes);
    *count = s.count;
    return n < 0 ? HOT_SYSTEM : HOT_OK;
}
