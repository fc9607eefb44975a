#include "engine/kde/bands.h"

#include <math.h>

static const float from[HOT_BANDS] = {0, 5, 10, 20, 50, 100, 200, 500};

double hot_band_from(int class_)
{
    return (double)from[class_];
}

double hot_band_to(int class_)
{
    return class_ + 1 < HOT_BANDS ? (double)from[class_ + 1] : INFINITY;
}

_Static_assert(HOT_BANDS == 8, "one comparison a limit below");

/** Without a branch or a loop: a surface has millions of cells, and several are worked out at once.
 */
static inline int8_t band_of(float v)
{
    int reached = (v >= from[1]) + (v >= from[2]) + (v >= from[3]) + (v >= from[4]) +
                  (v >= from[5]) + (v >= from[6]) + (v >= from[7]);
    return (int8_t)(reached - !(v == v)); /* NaN reaches none */
}

int8_t hot_band_of(float per_km2)
{
    return band_of(per_km2);
}

void hot_bands(const float *value, size_t n, int8_t *class_)
{
    for (size_t i = 0; i < n; i++) class_[i] = band_of(value[i]);
}
