/** @file number.h
 *  Numbers as text, whatever the locale: a decimal point is a point.
 */
#ifndef HOT_BASE_NUMBER_H
#define HOT_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Read a decimal number that fills the whole slice (blanks around it are allowed): sign, digits,
 *  point, exponent; correctly rounded.
 *
 *  Digits up to 2^53 with a power of ten within 1e22 are exact in one multiplication or division
 *  (Clinger 1990, "How to read floating point numbers accurately", the fast path); up to 19 digits
 *  with at most 19 of them behind the point are divided in 128 bits and rounded to even; the rest
 *  goes to the C library under the "C" locale.
 *  @return false, and *value untouched, for anything else: empty, "nan", "inf", "0x10", "1,5", more
 *  than 400 characters, or a number too large for a double. */
bool hot_number_parse(const char *at, size_t length, double *value);

/** Read a whole number in the same way: sign and 1 to 18 digits. */
bool hot_integer_parse(const char *at, size_t length, int64_t *value);

/** Decimal text that reads back as the same double, of 15 significant digits where they suffice,
 *  else 16, else 17; "" for a NaN, "inf" and "-inf".
 *  @return its length; `text` holds at least 32 bytes. */
size_t hot_number_format(double value, char *text);

/** Text with so many digits behind the point, as printf's "%.*f" has it in the "C" locale; |value|
 *  < 1e15 and places <= 9.
 *  @return its length; `text` holds at least 32 bytes. */
size_t hot_number_fixed(double value, int places, char *text);

#endif
