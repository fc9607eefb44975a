#include "layers/coarse.h"

#include <math.h>
#include <string.h>

/** Whether a point is the centroid of the area of some set that holds it; not of a hotspot, which
 *  was drawn round its incidents. */
static bool is_centroid(const hot_study *s, size_t point)
{
    for (size_t k = 0; k < hot_study_tilings(s); k++) {
        double x, y;
        int32_t area = s->sets[k].area_of[point];
        if (area < 0) continue;
        if (!hot_shapes_centroid(&s->sets[k].areas.shapes, (size_t)area, &x, &y)) continue;
        if (hypot(x - s->loaded.points.x[point], y - s->loaded.points.y[point]) <= HOT_CENTROID_M)
            return true;
    }
    return false;
}

/** @param piled  [points] out: 1 = many incidents on a centroid
 *  @return whether there is any */
static bool find_piles(const hot_study *s, uint8_t *piled)
{
    bool any = false;
    for (size_t p = 0; p < s->loaded.points.n && !s->loaded.snapped; p++) {
        piled[p] = s->count_at_point[p] >= HOT_PILED && is_centroid(s, p);
        any = any || piled[p];
    }
    return any;
}

static bool any_square(const hot_study *s)
{
    const hot_incidents *t = &s->loaded.incidents;
    for (size_t k = 0; k < s->n_inside; k++)
        if (t->precision_m[s->inside[k]] > HOT_COARSE_M) return true;
    return false;
}

static hot_status mark(hot_study *s, const uint8_t *piled)
{
    const hot_incidents *t = &s->loaded.incidents;
    size_t n = s->loaded.points.n;
    s->coarse = hot_new(t->n, 1);
    s->fine_at_point = hot_new_raw(n, sizeof *s->fine_at_point);
    if (!s->coarse || !s->fine_at_point) return HOT_MEMORY;
    memcpy(s->fine_at_point, s->count_at_point, n * sizeof *s->fine_at_point);
    for (size_t k = 0; k < s->n_inside; k++) {
        uint32_t i = s->inside[k];
        bool square = t->precision_m[i] > HOT_COARSE_M, pile = !square && piled[t->point[i]];
        s->coarse[i] = square || pile;
        s->counts.coarse_squares += square;
        s->counts.coarse_centroids += pile;
        if (square || pile) s->fine_at_point[t->point[i]]--;
    }
    return HOT_OK;
}

hot_status hot_coarse_find(hot_study *s)
{
    uint8_t *piled = hot_new(s->loaded.points.n, 1);
    if (!piled) return HOT_MEMORY;
    bool any = find_piles(s, piled);
    any = any_square(s) || any;
    hot_status status = any ? mark(s, piled) : HOT_OK;
    hot_free(piled);
    return status;
}

const double *hot_fine_at_point(const hot_study *s)
{
    return s->fine_at_point ? s->fine_at_point : s->count_at_point;
}
