#include "engine/repeats/repeats.h"

#include <stdlib.h>
#include <string.h>

#include "engine/base/memory.h"

void hot_repeats_count(const uint32_t *place, size_t n, size_t n_places, uint32_t *count)
{
    memset(count, 0, n_places * sizeof *count);
    for (size_t i = 0; i < n; i++) count[place[i]]++;
}

void hot_repeats_spans(const uint32_t *place, const int64_t *from, size_t n, const int32_t *row,
                       size_t rows, hot_repeats_span *span)
{
    for (size_t k = 0; k < rows; k++) span[k] = (hot_repeats_span){INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < n; i++) {
        int32_t k = row[place[i]];
        if (k < 0) continue;
        if (from[i] < span[k].first) span[k].first = from[i];
        if (from[i] > span[k].last) span[k].last = from[i];
    }
}

typedef struct {
    uint32_t count, place;
} ranked;

static int most_first(const void *a, const void *b)
{
    const ranked *p = a, *q = b;
    if (p->count != q->count) return p->count > q->count ? -1 : 1;
    return p->place < q->place ? -1 : p->place > q->place;
}

hot_status hot_repeats_rank(const uint32_t *count, size_t n_places, uint32_t *order, uint32_t *rank,
                            size_t *n)
{
    ranked *list = hot_new_raw(n_places, sizeof *list);
    if (!list) return HOT_MEMORY;
    size_t repeats = 0;
    for (size_t p = 0; p < n_places; p++)
        if (count[p] >= 2) list[repeats++] = (ranked){count[p], (uint32_t)p};
    qsort(list, repeats, sizeof *list, most_first);
    for (size_t k = 0; k < repeats; k++) {
        order[k] = list[k].place;
        rank[k] = k && list[k].count == list[k - 1].count ? rank[k - 1] : (uint32_t)k + 1;
    }
    hot_free(list);
    *n = repeats;
    return HOT_OK;
}

int hot_repeats_class(uint32_t count)
{
    return count < 2 ? 0 : count < 3 ? 1 : count < 5 ? 2 : count < 10 ? 3 : 4;
}

hot_repeats_table hot_repeats_tabulate(const uint32_t *count, size_t n_places)
{
    hot_repeats_table table = {0};
    for (size_t p = 0; p < n_places; p++) {
        if (count[p] == 0) continue;
        size_t k = count[p] >= 5 ? 4 : count[p] - 1;
        table.places[k]++;
        table.incidents[k] += count[p];
    }
    return table;
}
