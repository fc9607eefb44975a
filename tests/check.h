/** @file check.h
 *  What the tests have in common, on top of cmocka: its assert_float_equal casts to float, so
 *  doubles are compared here.
 */
#ifndef HOT_TESTS_CHECK_H
#define HOT_TESTS_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** |a - b| <= tolerance, both finite. */
#define check_near(a, b, tolerance) check_near_(a, b, tolerance, #a, __FILE__, __LINE__)
static inline void check_near_(double a, double b, double tolerance, const char *what,
                               const char *file, int line)
{
    if (isfinite(a) && isfinite(b) && fabs(a - b) <= tolerance) return;
    print_error("%s is %.17g, not %.17g (within %.3g)\n", what, a, b, tolerance);
    _fail(file, line);
}

/** |a - b| <= tolerance * |b|, both finite. */
#define check_relative(a, b, tolerance)                                                            \
    check_near_(a, b, (tolerance)*fabs(b), #a, __FILE__, __LINE__)

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/** The folder of the real open data, or NULL where it is not there: then say so and skip. */
static inline const char *check_data(void)
{
    const char *folder = getenv("HOTBEAT_DATA");
    return folder && *folder ? folder : NULL;
}

#endif
