/** @file path.h
 *  The same source compiled for several instruction sets, and the choice among them. For the tests
 *  and the benchmark, which compare them; others call hot_kde.
 *
 *  All paths give the same bytes: vectors only do side by side what the scalar path does in turn,
 *  and none fuses a multiplication and an addition.
 */
#ifndef HOT_KDE_PATH_H
#define HOT_KDE_PATH_H

#include <stdbool.h>

#include "engine/kde/kde.h"

typedef enum {
    HOT_PATH_BEST, /**< the widest that this processor has */
    HOT_PATH_SCALAR,
    HOT_PATH_AVX2,
    HOT_PATH_AVX512, /**< with its F and DQ parts */
} hot_path;

/** How the sum is made: by intervals along rows, or by adding every kernel cell by cell. */
typedef enum {
    HOT_WAY_BEST,  /**< by the kernel and the bandwidth */
    HOT_WAY_SWEEP, /**< only uniform, Epanechnikov, quartic and triweight can */
    HOT_WAY_SCATTER,
} hot_way;

/** Whether this processor, and this build, can take that path. */
bool hot_path_has(hot_path path);

/** As hot_kde, along one path and one way; HOT_DOMAIN also where one of them cannot be taken. */
HOT_MUST_USE hot_status hot_kde_along(hot_path path, hot_way way, const hot_frame *frame,
                                      const double *x, const double *y, const double *weight,
                                      size_t n, hot_kernel kernel, double bandwidth,
                                      const uint8_t *inside, int threads, double *density);

#endif
