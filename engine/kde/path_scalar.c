/* The path every processor has: what the others do side by side, done in turn. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "engine/kde/lanes.h"
#include "engine/kde/scatter.h"
#include "engine/kde/sweep.h"

#define PATH

typedef double floats __attribute__((vector_size(16), may_alias));
typedef uint64_t wholes __attribute__((vector_size(16), may_alias));

PATH INLINE void roots(const vec *value, vec *out)
{
    for (int i = 0; i < HOT_LANES; i++) (*out)[i] = (*value)[i] > 0 ? sqrt((*value)[i]) : 0;
}

PATH INLINE void columns_of(const vec *value, int32_t most, int32_t *out)
{
    for (int i = 0; i < HOT_LANES; i++) {
        double v = (*value)[i], last = most;
        out[i] = (int32_t)(v < 0 ? 0 : v > last ? last : v);
    }
}

#include "engine/kde/narrow.inc"
#include "engine/kde/scatter.inc"
#include "engine/kde/sweep.inc"

const hot_tile_code hot_tile_scalar =
#include "engine/kde/table.inc"
    ;
