/** @file field.h
 *  What every part of the density needs to know about the frame and the kernel.
 *
 *  Lengths are in units of a power of two of metres near the support, so that no power of a length
 *  overflows and changing the unit rounds nothing: a centre exactly at the support's end stays so.
 */
#ifndef HOT_KDE_FIELD_H
#define HOT_KDE_FIELD_H

#include <stdint.h>

#include "engine/kde/kernels.h"
#include "engine/space/frame.h"

typedef struct {
    const hot_frame *frame;
    hot_kernel kernel;
    int power;      /**< m of (h^2 - d^2)^m: 0 to 3; meaningless for triangular and Gaussian */
    double support; /**< m */
    double unit;    /**< m, a power of two; all that follows is in it */
    double radius;  /**< the support, 1 to 2 */
    double radius2; /**< its square, rounded once */
    double cell;    /**< side of a cell */
    double columns; /**< cells in one unit */
    double norm;    /**< from the sum of w (radius2 - d2)^m, or its like, to incidents per km2 */
    int32_t reach;  /**< cells between a place's cell and the farthest it can touch, at most */
} hot_field;

/** Everything above, from arguments already found in range. */
hot_field hot_field_of(const hot_frame *frame, hot_kernel kernel, double bandwidth);

#endif
