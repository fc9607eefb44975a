#include "engine/kde/bands.h"

#include <math.h>

static const double from[HOT_BANDS] = {0, 5, 10, 20, 50, 100, 200, 500};

double hot_band_from(int class_)
{
    return from[class_];
}

double hot_band_to(int class_)
{
    return class_ + 1 < HOT_BANDS ? from[class_ + 1] : INFINITY;
}

int8_t hot_band_of(float per_km2)
{
    if (isnan(per_km2)) return -1;
    int8_t class_ = 0;
    while (class_ + 1 < HOT_BANDS && (double)per_km2 >= from[class_ + 1]) class_++;
    return class_;
}

void hot_bands(const float *value, size_t n, int8_t *class_)
{
    for (size_t i = 0; i < n; i++) class_[i] = hot_band_of(value[i]);
}
