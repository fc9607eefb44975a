#include "engine/space/radix.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static void by_byte(const uint64_t *from, uint64_t *to, uint32_t count, int shift)
{
    uint32_t next[256] = {0}, at = 0;
    for (uint32_t i = 0; i < count; i++) next[from[i] >> shift & 255]++;
    for (int b = 0; b < 256; b++) {
        uint32_t here = next[b];
        next[b] = at;
        at += here;
    }
    for (uint32_t i = 0; i < count; i++) to[next[from[i] >> shift & 255]++] = from[i];
}

void hot_radix_sort(uint64_t *item, uint64_t *spare, uint32_t count, uint64_t most)
{
    uint64_t *from = item, *to = spare;
    for (int shift = 32; shift < 64 && most; shift += 8, most >>= 8) {
        by_byte(from, to, count, shift);
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != item) memcpy(item, from, count * sizeof *item);
}

static bool comes_before(const hot_point *point, uint64_t a, uint64_t b)
{
    const hot_point *p = &point[(uint32_t)a], *q = &point[(uint32_t)b];
    if (p->x != q->x) return p->x < q->x;
    if (p->y != q->y) return p->y < q->y;
    return p->weight < q->weight;
}

static void insertion_sort(uint64_t *item, uint32_t count, const hot_point *point)
{
    for (uint32_t i = 1; i < count; i++) {
        uint64_t moving = item[i];
        uint32_t at = i;
        for (; at && comes_before(point, moving, item[at - 1]); at--) item[at] = item[at - 1];
        item[at] = moving;
    }
}

static void sift(uint64_t *item, uint32_t at, uint32_t count, const hot_point *point)
{
    uint64_t moving = item[at];
    for (uint64_t child; (child = 2 * (uint64_t)at + 1) < count; at = (uint32_t)child) {
        if (child + 1 < count && comes_before(point, item[child], item[child + 1])) child++;
        if (!comes_before(point, moving, item[child])) break;
        item[at] = item[child];
    }
    item[at] = moving;
}

static void heap_sort(uint64_t *item, uint32_t count, const hot_point *point)
{
    for (uint32_t i = count / 2; i-- > 0;) sift(item, i, count, point);
    for (uint32_t last = count; last-- > 1;) {
        uint64_t swap = item[0];
        item[0] = item[last];
        item[last] = swap;
        sift(item, 0, last, point);
    }
}

void hot_points_sort(uint64_t *item, uint32_t count, const hot_point *point)
{
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && item[to] >> 32 == item[from] >> 32;) to++;
        if (to - from > 24)
            heap_sort(item + from, to - from, point);
        else
            insertion_sort(item + from, to - from, point);
    }
}
