#include "engine/base/bytes.h"

#include <string.h>

#include "engine/base/memory.h"

hot_status hot_bytes_add(hot_bytes *bytes, const void *from, size_t length)
{
    size_t need;
    if (length == 0) return HOT_OK;
    if (__builtin_add_overflow(bytes->length, length, &need) ||
        !hot_grow(&bytes->data, &bytes->room, need, 1))
        return HOT_MEMORY;
    memcpy(bytes->data + bytes->length, from, length);
    bytes->length = need;
    return HOT_OK;
}

hot_status hot_bytes_add_text(hot_bytes *bytes, const char *text)
{
    return hot_bytes_add(bytes, text, strlen(text));
}

void hot_bytes_free(hot_bytes *bytes)
{
    hot_free(bytes->data);
    *bytes = (hot_bytes){0};
}
