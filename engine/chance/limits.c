#include "engine/chance/limits.h"

#include <math.h>

static const hot_limits none = {NAN, NAN};

hot_limits hot_wilson(double part, double whole, double z)
{
    if (!(whole > 0 && part >= 0 && part <= whole)) return none;
    double share = part / whole, z2 = z * z, wide = 1 + z2 / whole;
    double middle = (share + z2 / (2 * whole)) / wide;
    double half = z * sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole)) / wide;
    /* At either end the limit is the end itself, which rounding would miss. */
    return (hot_limits){part > 0 ? middle - half : 0, part < whole ? middle + half : 1};
}

static double cubed(double count, double z)
{
    double root = 1 - 1 / (9 * count) + z / (3 * sqrt(count));
    return count * root * root * root;
}

hot_limits hot_byar(double count, double z)
{
    if (!(count >= 0)) return none;
    double low = count > 0 ? cubed(count, -z) : 0;
    return (hot_limits){low > 0 ? low : 0, cubed(count + 1, z)};
}
