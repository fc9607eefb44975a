/** @file lanes.h
 *  Eight numbers side by side. The compiler makes of them what the instruction set has: one
 *  register, two, or four.
 */
#ifndef HOT_KDE_LANES_H
#define HOT_KDE_LANES_H

#include <stdint.h>

typedef double vec __attribute__((vector_size(64)));
typedef int64_t integers __attribute__((vector_size(64)));
typedef uint64_t fixed __attribute__((vector_size(64))); /**< wraps, which signed must not */

/** The kernel's power must be known where its loops are compiled, and a vector never passed. */
#define INLINE static inline __attribute__((always_inline))

#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif

static const vec steps = {0, 1, 2, 3, 4, 5, 6, 7};

#endif
