/** @file bytes.h
 *  A growing run of bytes: what an encoder makes and the publisher writes.
 */
#ifndef HOT_BASE_BYTES_H
#define HOT_BASE_BYTES_H

#include <stddef.h>

#include "engine/base/status.h"

/** `= {0}` is the empty value. `data` is owned; it is not zero-terminated. */
typedef struct {
    unsigned char *data;
    size_t length, room;
} hot_bytes;

/** Append `length` bytes (`from` may be NULL when length = 0). HOT_MEMORY leaves *bytes as it was.
 */
HOT_MUST_USE hot_status hot_bytes_add(hot_bytes *bytes, const void *from, size_t length);

/** Append zero-terminated text, without its zero. */
HOT_MUST_USE hot_status hot_bytes_add_text(hot_bytes *bytes, const char *text);

void hot_bytes_free(hot_bytes *bytes);

#endif
