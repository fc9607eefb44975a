#include "engine/repeats/repeats.h"

#include <stdbool.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/space/radix.h"

/* Places are met in any order: ask for them before they are waited for. */
enum { AHEAD = 16 };

void hot_repeats_count(const uint32_t *place, size_t n, size_t n_places, uint32_t *count)
{
    memset(count, 0, n_places * sizeof *count);
    for (size_t i = 0; i < n; i++) {
        __builtin_prefetch(&count[place[i + AHEAD < n ? i + AHEAD : i]], 1);
        count[place[i]]++;
    }
}

void hot_repeats_spans(const int32_t *row, const int64_t *from, size_t n, size_t rows,
                       hot_repeats_span *span)
{
    for (size_t k = 0; k < rows; k++) span[k] = (hot_repeats_span){INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < n; i++) {
        int32_t k = row[i], ahead = row[i + AHEAD < n ? i + AHEAD : i];
        if (ahead >= 0) __builtin_prefetch(&span[ahead], 1);
        if (k < 0) continue;
        if (from[i] < span[k].first) span[k].first = from[i];
        if (from[i] > span[k].last) span[k].last = from[i];
    }
}

hot_status hot_repeats_rank(const uint32_t *count, size_t n_places, uint32_t *order, uint32_t *rank,
                            size_t *n)
{
    uint64_t *item = hot_new_raw(n_places, sizeof *item);
    uint64_t *spare = hot_new_raw(n_places, sizeof *spare);
    uint32_t most = 0, repeats = 0;
    for (size_t p = 0; p < n_places; p++) most = count[p] > most ? count[p] : most;
    for (size_t p = 0; p < n_places && item && spare; p++)
        if (count[p] >= 2) item[repeats++] = (uint64_t)(most - count[p]) << 32 | p;
    bool room = item && spare;
    if (room) hot_radix_sort(item, spare, repeats, most); /* keeps the order of equal ones */
    for (size_t k = 0; k < repeats; k++) {
        order[k] = (uint32_t)item[k];
        rank[k] = k && item[k] >> 32 == item[k - 1] >> 32 ? rank[k - 1] : (uint32_t)k + 1;
    }
    hot_free(item);
    hot_free(spare);
    if (room) *n = repeats;
    return room ? HOT_OK : HOT_MEMORY;
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
