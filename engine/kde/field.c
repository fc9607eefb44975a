#include "engine/kde/field.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/* The factor in front of each kernel, when its length is `radius` units and a unit is `unit` m. */
static double norm_of(hot_kernel kernel, double radius, double unit)
{
    double square = radius * radius, per_km2 = 1e6 / pi / unit / unit;
    double sigma = radius / HOT_GAUSSIAN_CUT;
    double within = -expm1(-HOT_GAUSSIAN_CUT * HOT_GAUSSIAN_CUT / 2);
    switch (kernel) {
    case HOT_UNIFORM:
        return per_km2 / square;
    case HOT_TRIANGULAR:
        return per_km2 * 3 / (square * radius);
    case HOT_EPANECHNIKOV:
        return per_km2 * 2 / (square * square);
    case HOT_QUARTIC:
        return per_km2 * 3 / (square * square * square);
    case HOT_TRIWEIGHT:
        return per_km2 * 4 / (square * square * square * square);
    case HOT_GAUSSIAN:
        return per_km2 / (2 * sigma * sigma * within);
    }
    return 0;
}

static int power_of(hot_kernel kernel)
{
    switch (kernel) {
    case HOT_EPANECHNIKOV:
        return 1;
    case HOT_QUARTIC:
        return 2;
    case HOT_TRIWEIGHT:
        return 3;
    default:
        return 0;
    }
}

hot_field hot_field_of(const hot_frame *frame, hot_kernel kernel, double bandwidth)
{
    hot_field field = {.frame = frame, .kernel = kernel, .power = power_of(kernel)};
    int exponent;
    field.support = hot_kernel_support(kernel, bandwidth);
    field.radius = 2 * frexp(field.support, &exponent);
    field.unit = ldexp(1, exponent - 1);
    field.radius2 = field.radius * field.radius;
    field.cell = frame->cell / field.unit;
    field.columns = 1 / field.cell;
    field.norm = norm_of(kernel, field.radius, field.unit);
    field.reach = (int32_t)ceil(field.radius * field.columns) + 1;
    return field;
}
