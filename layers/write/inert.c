#include "layers/write/inert.h"

#include <stdbool.h>
#include <string.h>

#include "engine/incidents/csv.h"

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/** Bytes of the UTF-8 character at `at`, 0 where there is none. The terminating zero continues no
 *  character, so that nothing beyond it is read. */
static size_t character_length(const char *at)
{
    unsigned char first = (unsigned char)*at;
    size_t n = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    return hot_utf8_is(at, n) ? n : 0;
}

hot_status hot_inert_utf8(hot_bytes *bytes, const char *text)
{
    while (*text) {
        size_t n = character_length(text);
        HOT_TRY(n ? hot_bytes_add(bytes, text, n) : hot_bytes_add_text(bytes, REPLACEMENT));
        text += n ? n : 1;
    }
    return HOT_OK;
}

hot_status hot_inert_sql(hot_bytes *bytes, const char *text)
{
    if (!text) return hot_bytes_add_text(bytes, "NULL");
    HOT_TRY(hot_bytes_add_text(bytes, "'"));
    while (*text) {
        size_t n = character_length(text);
        if (*text == '\'')
            HOT_TRY(hot_bytes_add_text(bytes, "''"));
        else
            HOT_TRY(n ? hot_bytes_add(bytes, text, n) : hot_bytes_add_text(bytes, REPLACEMENT));
        text += n ? n : 1;
    }
    return hot_bytes_add_text(bytes, "'");
}

/** What stands for the character in an XML element; NULL = itself. */
static const char *in_xml(const char *at, size_t n)
{
    unsigned char c = (unsigned char)*at;
    bool beyond_xml =
        n == 3 && (memcmp(at, "\xef\xbf\xbe", 3) == 0 || memcmp(at, "\xef\xbf\xbf", 3) == 0);
    if (n == 0 || c < 0x20 || c == 0x7f || beyond_xml) return REPLACEMENT;
    return c == '&'   ? "&amp;"
           : c == '"' ? "&quot;"
           : c == '<' ? "\xe2\x80\xb9"
           : c == '>' ? "\xe2\x80\xba"
                      : NULL;
}

hot_status hot_inert_xml(hot_bytes *bytes, const char *text)
{
    while (*text) {
        size_t n = character_length(text);
        const char *instead = in_xml(text, n);
        HOT_TRY(instead ? hot_bytes_add_text(bytes, instead) : hot_bytes_add(bytes, text, n));
        text += n ? n : 1;
    }
    return HOT_OK;
}
