/** @file text.c
 *  A growing text, for the town's files.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine/town/text.h"

void hot_town_text_free(hot_town_text *text)
{
    hot_free(text->bytes);
    *text = (hot_town_text){0};
}

hot_status hot_town_text_add(hot_town_text *text, const char *bytes, size_t length)
{
    if (!hot_grow(&text->bytes, &text->room, text->length + length + 1, 1)) return HOT_MEMORY;
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
    return HOT_OK;
}

/* Only whole numbers and texts are printed, so no locale changes a byte. */
hot_status hot_town_text_print(hot_town_text *text, const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof line) return HOT_DOMAIN;
    return hot_town_text_add(text, line, (size_t)length);
}

hot_status hot_town_text_field(hot_town_text *text, const char *field)
{
    if (!strpbrk(field, ",\"\r\n")) return hot_town_text_add(text, field, strlen(field));
    HOT_TRY(hot_town_text_add(text, "\"", 1));
    for (const char *c = field; *c; ++c) {
        if (*c == '"') HOT_TRY(hot_town_text_add(text, "\"", 1));
        HOT_TRY(hot_town_text_add(text, c, 1));
    }
    return hot_town_text_add(text, "\"", 1);
}
