#include "engine/levels/levels.h"

#include <stdlib.h>

#include "engine/base/memory.h"

typedef struct {
    int64_t count;
    size_t area;
} ranked;

static int most_first(const void *a, const void *b)
{
    const ranked *p = a, *q = b;
    if (p->count != q->count) return p->count > q->count ? -1 : 1;
    return p->area < q->area ? -1 : p->area > q->area;
}

/** The class of an area before which `before` of `total` incidents have been counted. */
static int8_t class_after(int64_t before, int64_t total)
{
    if (before * 4 < total) return 1;
    return before * 2 < total ? 2 : 3;
}

hot_status hot_levels(const int64_t *count, size_t n, int64_t *rank, int8_t *class_)
{
    ranked *list = hot_new_raw(n, sizeof *list);
    if (!list) return HOT_MEMORY;
    int64_t total = 0, before = 0;
    for (size_t i = 0; i < n; i++) {
        list[i] = (ranked){count[i], i};
        total += count[i];
    }
    qsort(list, n, sizeof *list, most_first);
    for (size_t k = 0; k < n; k++) {
        size_t area = list[k].area, above = k ? list[k - 1].area : 0;
        if (k && list[k].count == list[k - 1].count) {
            rank[area] = rank[above];
            class_[area] = class_[above];
        } else {
            rank[area] = (int64_t)k + 1;
            class_[area] = list[k].count ? class_after(before, total) : 0;
        }
        before += list[k].count;
    }
    hot_free(list);
    return HOT_OK;
}
