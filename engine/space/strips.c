#include "engine/space/strips.h"

#include <math.h>
#include <stdbool.h>

#include "engine/base/memory.h"

static const double most_strips = 1 << 20;

static bool is_domain(const double *x, const double *y, const double *weight, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(y[i]) || (weight && !isfinite(weight[i]))) return false;
    return n <= UINT32_MAX - 1;
}

static void strips_lay(const double *y, size_t n, double side, hot_strips *s)
{
    double south = y[0], north = y[0];
    for (size_t i = 1; i < n; i++) {
        south = fmin(south, y[i]);
        north = fmax(north, y[i]);
    }
    s->south = south;
    s->side = fmax(side, (north - south) / (most_strips - 1));
    s->strips = (int32_t)floor((north - south) / s->side) + 1;
}

int32_t hot_strip_of(const hot_strips *s, double y)
{
    double at = floor((y - s->south) / s->side);
    return at < 0 ? 0 : at >= s->strips ? s->strips - 1 : (int32_t)at;
}

/** Put the points in order; `from` is as they were given. */
static void put_in_order(const hot_point *from, uint64_t *item, uint64_t *spare, hot_strips *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        item[i] = (uint64_t)(uint32_t)hot_strip_of(s, from[i].y) << 32 | i;
    hot_radix_sort(item, spare, s->n, (uint64_t)s->strips);
    hot_points_sort(item, s->n, from);
    for (uint32_t i = 0; i < s->n; i++) {
        s->point[i] = from[(uint32_t)item[i]];
        s->first[(item[i] >> 32) + 1]++;
    }
    for (int32_t k = 0; k < s->strips; k++) s->first[k + 1] += s->first[k];
}

static hot_status fill(const double *x, const double *y, const double *weight, hot_strips *s)
{
    hot_point *from = hot_new_raw(s->n, sizeof *from);
    uint64_t *item = hot_new_raw(s->n, 2 * sizeof *item);
    bool room = from && item;
    for (uint32_t i = 0; room && i < s->n; i++)
        from[i] = (hot_point){x[i], y[i], weight ? weight[i] : 1};
    if (room) put_in_order(from, item, item + s->n, s);
    hot_free(from);
    hot_free(item);
    return room ? HOT_OK : HOT_MEMORY;
}

hot_status hot_strips_new(const double *x, const double *y, const double *weight, size_t n,
                          double side, hot_strips *strips)
{
    hot_strips s = {.side = side};
    *strips = s;
    if (!(side > 0) || !isfinite(side) || !is_domain(x, y, weight, n)) return HOT_DOMAIN;
    if (n == 0) return HOT_OK;
    s.n = (uint32_t)n;
    strips_lay(y, n, side, &s);
    s.first = hot_new((size_t)s.strips + 1, sizeof *s.first);
    s.point = hot_new_raw(n, sizeof *s.point);
    hot_status status = s.first && s.point ? fill(x, y, weight, &s) : HOT_MEMORY;
    if (status == HOT_OK)
        *strips = s;
    else
        hot_strips_free(&s);
    return status;
}

void hot_strips_free(hot_strips *s)
{
    hot_free(s->first);
    hot_free(s->point);
    *s = (hot_strips){0};
}

uint32_t hot_strip_from(const hot_strips *s, int32_t strip, double x)
{
    uint32_t low = s->first[strip], high = s->first[strip + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->point[middle].x < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
