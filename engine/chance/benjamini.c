#include "engine/chance/benjamini.h"

#include <math.h>
#include <stdlib.h>

#include "engine/base/memory.h"

typedef struct {
    double p;
    size_t at;
} ranked;

static int largest_first(const void *a, const void *b)
{
    double p = ((const ranked *)a)->p, q = ((const ranked *)b)->p;
    return (p < q) - (p > q);
}

hot_status hot_benjamini(const double *p, size_t n, double *adjusted)
{
    ranked *list = hot_new_raw(n, sizeof *list);
    if (!list) return HOT_MEMORY;
    size_t m = 0;
    double least = 1;
    for (size_t i = 0; i < n; i++) {
        adjusted[i] = NAN;
        if (!isnan(p[i])) list[m++] = (ranked){p[i], i};
    }
    qsort(list, m, sizeof *list, largest_first);
    for (size_t k = 0; k < m; k++) {
        least = fmin(least, list[k].p * (double)m / (double)(m - k));
        adjusted[list[k].at] = least;
    }
    hot_free(list);
    return HOT_OK;
}
