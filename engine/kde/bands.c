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

/** Without a branch: a surface has millions of cells, and neighbours differ. */
static inline int8_t band_of(float per_km2)
{
    int class_ = per_km2 == per_km2 ? 0 : -1;
    for (int k = 1; k < HOT_BANDS; k++) class_ += per_km2 >= from[k];
    return (int8_t)class_;
}

int8_t hot_band_of(float per_km2)
{
    return band_of(per_km2);
}

void hot_bands(const float *value, size_t n, int8_t *class_)
{
    for (size_t i = 0; i < n; i++) class_[i] = band_of(value[i]);
}
