#include "engine/space/hull.h"

#include "engine/space/side.h"

/** Put a point behind the last of a chain that begins at `base`, and let go of those that do not
 *  turn left. @return the chain's new length */
static size_t turn_to(const double *x, const double *y, uint32_t *hull, size_t base, size_t n,
                      uint32_t p)
{
    while (n - base >= 2 && !(hot_side(x[hull[n - 2]], y[hull[n - 2]], x[hull[n - 1]],
                                       y[hull[n - 1]], x[p], y[p]) > 0))
        n--;
    hull[n++] = p;
    return n;
}

size_t hot_hull(const double *x, const double *y, size_t n, uint32_t *hull)
{
    size_t k = 0;
    if (x[0] == x[n - 1] && y[0] == y[n - 1]) {
        hull[0] = 0;
        return 1;
    }
    for (size_t i = 0; i < n; i++) k = turn_to(x, y, hull, 0, k, (uint32_t)i);
    size_t base = k - 1; /* the eastmost begins the upper half */
    for (size_t i = n - 1; i-- > 0;) k = turn_to(x, y, hull, base, k, (uint32_t)i);
    return k - 1; /* the westmost, come back to, is there already */
}
