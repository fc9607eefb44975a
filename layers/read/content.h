/** @file content.h
 *  What a file's first bytes say it is, and UTF-16 as UTF-8.
 */
#ifndef HOT_LAYERS_READ_CONTENT_H
#define HOT_LAYERS_READ_CONTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** How many first bytes are looked at. */
enum { HOT_CONTENT_HEAD = 512 };

/** What the bytes begin like when it is no text, for a sentence after "is ": "an Excel workbook"
 *  and what to do about it; NULL for what may be a CSV file. */
typedef struct {
    const char *what, *mend;
} hot_foreign;
hot_foreign hot_content_foreign(const unsigned char *head, size_t length);

/** Whether the bytes begin with the byte order mark of UTF-16; *big = its high byte comes first. */
bool hot_utf16_is(const unsigned char *head, size_t length, bool *big);

/** A reader of UTF-16: what it keeps between two pieces. */
typedef struct {
    bool big;
    uint16_t high;     /**< a high surrogate whose low one is still to come; 0 = none */
    unsigned char odd; /**< the first byte of a unit cut in two */
    bool has_odd;
} hot_utf16;

/** Decode a piece; the byte order mark becomes that of UTF-8. A surrogate alone becomes the byte
 *  0xff, which is no UTF-8, so that its row is rejected.
 *  @param into  [3 * (length / 2 + 2)] out
 *  @return how many bytes were written */
size_t hot_utf16_decode(hot_utf16 *state, const unsigned char *from, size_t length, char *into);

/** What is left at the end: a 0xff where a unit or a pair was cut. @param into [2] out */
size_t hot_utf16_end(hot_utf16 *state, char *into);

#endif
