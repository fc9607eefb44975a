#include "engine/temporal/shifts.h"

#include <string.h>

enum { DAY = 86400 };

static bool is_on_duty(const hot_shift *s, int32_t second)
{
    if (s->from < s->to) return s->from <= second && second < s->to;
    return second >= s->from || second < s->to;
}

static hot_status lay_slot(hot_rota *r, size_t slot, size_t clash[2])
{
    int32_t begins = r->slots.cut[slot];
    r->of[slot] = -1;
    for (size_t k = 0; k < r->n; k++) {
        if (!is_on_duty(&r->shift[k], begins)) continue;
        clash[0] = r->of[slot] >= 0 ? (size_t)r->of[slot] : k;
        clash[1] = k;
        if (r->of[slot] >= 0) return HOT_DOMAIN;
        r->of[slot] = (int8_t)k;
        r->day_before[slot] = begins < r->shift[k].from;
    }
    return HOT_OK;
}

/** How long none is on duty, and the first such time: one that spans midnight begins before it. */
static void find_free(hot_rota *r)
{
    size_t n = r->slots.n, first = n;
    for (size_t k = 0; k < n; k++) {
        if (r->of[k] >= 0) continue;
        r->free += r->slots.cut[k + 1] - r->slots.cut[k];
        if (first == n && r->of[(k + n - 1) % n] >= 0) first = k;
    }
    if (first == n) return; /* always one, or never one */
    r->free_from = r->slots.cut[first];
    size_t end = first;
    while (r->of[end % n] < 0) end++;
    r->free_to = r->slots.cut[end % n];
}

hot_status hot_rota_lay(const hot_shift *shift, size_t n, hot_rota *rota, size_t clash[2])
{
    *rota = (hot_rota){.n = n, .shift = shift, .slots = hot_slots_of_hours()};
    for (size_t k = 0; k < n; k++)
        if (!hot_slots_cut(&rota->slots, shift[k].from) ||
            !hot_slots_cut(&rota->slots, shift[k].to))
            return HOT_DOMAIN; /* cannot be: 24 hours and two cuts a shift */
    for (size_t slot = 0; slot < rota->slots.n; slot++) HOT_TRY(lay_slot(rota, slot, clash));
    find_free(rota);
    return HOT_OK;
}

int64_t hot_rota_sum(const hot_rota *r, const int64_t *week, int64_t *sum)
{
    int64_t none = 0;
    memset(sum, 0, 7 * r->n * sizeof *sum);
    for (size_t d = 0; d < 7; d++)
        for (size_t k = 0; k < r->slots.n; k++) {
            int64_t parts = week[d * (r->slots.n + 1) + k];
            size_t began = r->day_before[k] ? (d + 6) % 7 : d;
            if (r->of[k] < 0)
                none += parts;
            else
                sum[began * r->n + (size_t)r->of[k]] += parts;
        }
    return none;
}
