/** @file marks.h
 *  Where a block of CSV has its separators, line ends and quotation marks.
 *
 *  Source  Langdale and Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28 (2019),
 *          section 3.1.1: 64 bytes become one word of bits, whose set bits are then written out.
 */
#ifndef HOT_INCIDENTS_MARKS_H
#define HOT_INCIDENTS_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HOT_MARKS_SLACK = 8,  /**< places behind the last mark that may be written to */
    HOT_SLICES_SLACK = 3, /**< slices behind the last that may be written to */
};

/** Bytes that belong to somebody else, without a zero at their end. */
typedef struct {
    const char *at;
    size_t length;
} hot_slice;

typedef struct {
    uint32_t *at;   /**< [n] positions of all marks, rising; room for `length` + HOT_MARKS_SLACK */
    uint32_t *line; /**< [lines] which of them are line ends; room for `length` */
    size_t n, lines;
    bool quoted; /**< there is a quotation mark */
    bool plain;  /**< the block is ASCII alone, without a zero byte */
} hot_marks;

/** What is a mark beside quotation marks; where lines end in one way, both are that one. */
typedef struct {
    char separator, line_end, other_end;
} hot_marks_wanted;

/** How they are found: each way needs more of the processor than the one before it. All give the
 *  same. (64 bytes at once, by AVX-512, were tried: what they save, the clock loses that some
 *  processors take back for them.) */
typedef enum { HOT_MARKS_BYTES, HOT_MARKS_SSE2, HOT_MARKS_AVX2 } hot_marks_way;

/** Whether this processor knows a way. */
bool hot_marks_knows(hot_marks_way way);

/** The fastest way that this processor knows. */
hot_marks_way hot_marks_best(void);

/** Find the marks of text[0 .. length); length < 2^32. The arrays are the caller's.
 *  Cost O(length).
 *  @param way  one that the processor knows */
void hot_marks_find(hot_marks *marks, const char *text, size_t length, hot_marks_wanted wanted,
                    hot_marks_way way);

/** The n texts behind mark `first` and the marks after it, each up to the next: there are n marks
 *  after `first`.
 *  @param text   where position 0 is
 *  @param slice  [n], with room for HOT_SLICES_SLACK more */
void hot_marks_between(const hot_marks *marks, const char *text, size_t first, size_t n,
                       hot_slice *slice, hot_marks_way way);

#endif
