#include "layers/history.h"

#include <string.h>

static bool is_inside(const hot_study *s, uint32_t point)
{
    return s->bounding == SIZE_MAX || s->sets[s->bounding].area_of[point] >= 0;
}

/** The month of a row, counted from the history's first; negative or too large where its date is
 *  not within what is covered. */
static int64_t month_at(const hot_history *h, int64_t second, int64_t *day, int64_t *month)
{
    int64_t now = second >= 0 ? second / 86400 : (second - 86399) / 86400;
    if (now != *day) { /* rows of a file mostly share their day */
        *day = now;
        *month = (int64_t)hot_month_of(second) - h->first;
    }
    return *month;
}

/** A void or duplicate log is nothing that happened, of this type or another. */
static bool is_left_out(const hot_study *s, size_t row)
{
    return s->kind && hot_kind_is_out((hot_kind)s->kind[row]);
}

static void take_rows(const hot_study *s, const uint8_t *chosen, hot_history *h)
{
    const hot_incidents *t = &s->loaded.incidents;
    int64_t day = INT64_MIN, month = -1;
    for (size_t i = 0; i < t->n; i++) {
        int64_t m = month_at(h, t->from[i], &day, &month);
        if (m < 0 || m >= (int64_t)h->months || !is_inside(s, t->point[i])) continue;
        if (!chosen[i]) {
            h->others[m] += !is_left_out(s, i);
            continue;
        }
        h->chosen[m]++;
        h->row[h->n] = (uint32_t)i;
        h->month[h->n++] = (int32_t)m;
    }
}

static hot_status fill(const hot_study *s, hot_history *h)
{
    const hot_incidents *t = &s->loaded.incidents;
    hot_selection selection = hot_study_selection(s);
    selection.from = INT64_MIN;
    selection.to = INT64_MAX;
    uint8_t *chosen = hot_new_raw(t->n, 1);
    h->row = hot_new_raw(t->n, sizeof *h->row);
    h->month = hot_new_raw(t->n, sizeof *h->month);
    h->chosen = hot_new(h->months, sizeof *h->chosen);
    h->others = hot_new(h->months, sizeof *h->others);
    bool room = chosen && h->row && h->month && h->chosen && h->others;
    hot_status status = room ? hot_select(t, &selection, chosen) : HOT_MEMORY;
    if (status == HOT_OK) take_rows(s, chosen, h);
    hot_free(chosen);
    return status;
}

hot_status hot_history_new(const hot_study *s, hot_history *history)
{
    const hot_coverage *c = &s->loaded.coverage;
    hot_history h = {.first = c->first, .months = c->n, .covered = c->covered};
    hot_status status = fill(s, &h);
    if (status != HOT_OK) hot_history_free(&h);
    *history = h;
    return status;
}

void hot_history_free(hot_history *h)
{
    hot_free(h->row);
    hot_free(h->month);
    hot_free(h->chosen);
    hot_free(h->others);
    *h = (hot_history){0};
}

void hot_history_count(const hot_study *s, const hot_history *h, const int32_t *unit_of,
                       size_t units, uint32_t *count)
{
    const uint32_t *point = s->loaded.incidents.point;
    memset(count, 0, units * h->months * sizeof *count);
    for (size_t k = 0; k < h->n; k++) {
        int32_t unit = unit_of[point[h->row[k]]];
        if (unit >= 0) count[(size_t)unit * h->months + (size_t)h->month[k]]++;
    }
}
