#include "layers/catalogue/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "layers/catalogue/phrases.h"
#include "layers/coarse.h"
#include "layers/places.h"

enum { CELL = 250 }; /* m */

void hot_units_free(hot_units *units)
{
    for (size_t k = 0; k < units->n; k++) hot_tiers_free(&units->unit[k].tiers);
    hot_free(units->unit);
    *units = (hot_units){0};
}

static hot_status add(hot_units *units, const char *name, const char *many, bool whole,
                      const uint32_t *count, size_t n)
{
    hot_unit u = {.name = name, .whole = whole};
    snprintf(u.many, sizeof u.many, "%s", many);
    if (!hot_grow(&units->unit, &units->room, units->n + 1, sizeof *units->unit)) return HOT_MEMORY;
    HOT_TRY(hot_tiers_new(count, n, &u.tiers));
    if (!whole) u.tiers.units = u.tiers.held;
    units->unit[units->n++] = u;
    return HOT_OK;
}

/** Of the unit that was added last: it has no incidents of a coarse position. */
static void note_coarse(const hot_study *s, hot_units *units)
{
    units->unit[units->n - 1].coarse = s->counts.coarse_squares + s->counts.coarse_centroids;
}

/* ---- places ---- */

static hot_status add_places(hot_study *s, hot_units *units)
{
    HOT_TRY(hot_study_places(s));
    bool snapped = s->loaded.snapped;
    HOT_TRY(add(units, snapped ? "map_point" : "place", snapped ? "map points" : "places", false,
                s->count_at_place, s->n_places));
    note_coarse(s, units);
    return HOT_OK;
}

/* ---- cells ---- */

/** The box of the study area, or of the incidents; false where there is neither. */
static bool box_of(const hot_study *s, hot_box *box)
{
    const hot_points *p = &s->loaded.points;
    bool any = false;
    if (s->bounding != SIZE_MAX)
        return hot_shapes_box_all(&s->sets[s->bounding].areas.shapes, box) == HOT_OK;
    for (size_t k = 0; k < p->n; k++) {
        if (s->count_at_point[k] <= 0) continue;
        if (!any) *box = (hot_box){p->x[k], p->y[k], p->x[k], p->y[k]};
        any = true;
        box->west = fmin(box->west, p->x[k]);
        box->east = fmax(box->east, p->x[k]);
        box->south = fmin(box->south, p->y[k]);
        box->north = fmax(box->north, p->y[k]);
    }
    return any;
}

static void count_in_cells(const hot_study *s, const hot_frame *frame, uint32_t *count)
{
    const hot_points *p = &s->loaded.points;
    const double *fine = hot_fine_at_point(s);
    for (size_t k = 0; k < p->n; k++) {
        if (fine[k] <= 0) continue;
        int64_t cell = hot_frame_index(frame, p->x[k], p->y[k]);
        if (cell >= 0) count[cell] += (uint32_t)fine[k];
    }
}

/** Keep the cells of the study area and those with an incident.
 *  @return how many */
static size_t keep_cells(const uint8_t *mask, uint32_t *count, size_t cells)
{
    size_t n = 0;
    for (size_t k = 0; k < cells; k++)
        if (mask[k] || count[k]) count[n++] = count[k];
    return n;
}

static hot_status add_cells(const hot_study *s, hot_units *units)
{
    hot_box box;
    hot_frame frame;
    bool whole = s->bounding != SIZE_MAX;
    if (!box_of(s, &box) ||
        hot_frame_fit(box.west, box.south, box.east, box.north, CELL, 0, &frame) != HOT_OK)
        return HOT_OK;
    size_t cells = (size_t)hot_frame_size(&frame);
    uint8_t *mask = hot_new(cells, 1);
    uint32_t *count = hot_new(cells, sizeof *count);
    hot_status status = mask && count ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK && whole)
        status = hot_within_mask(s->sets[s->bounding].within, &frame, s->threads, mask);
    if (status == HOT_OK) {
        count_in_cells(s, &frame, count);
        size_t n = keep_cells(mask, count, cells);
        status = add(units, "cell_250m", "cells of 250 m", whole, count, n);
        if (status == HOT_OK) note_coarse(s, units);
    }
    hot_free(mask);
    hot_free(count);
    return status;
}

/* ---- areas ---- */

static hot_status add_set(const hot_areas *a, const hot_layer *levels, hot_units *units)
{
    char many[96];
    uint32_t *count = hot_new_raw(a->n, sizeof *count);
    if (!count) return HOT_MEMORY;
    for (size_t i = 0; i < a->n; i++)
        count[i] = (uint32_t)hot_layer_integer(levels, "incidents", i, 0);
    hot_phrase_several(a->name, many, sizeof many);
    hot_status status = add(units, a->name, many, true, count, a->n);
    hot_free(count);
    return status;
}

/* ---- persons or cases ---- */

/** Whether the column that the keys are from names persons. */
static bool names_persons(const hot_study *s)
{
    static const char *const said[] = {"victim", "complainant", "person", "caller"};
    for (size_t k = 0; k < s->loaded.n_inputs; k++) {
        const char *column = s->loaded.inputs[k].taken[HOT_FOR_CASE];
        for (size_t w = 0; column && w < sizeof said / sizeof *said; w++)
            for (const char *c = column; *c; c++)
                if (strncasecmp(c, said[w], strlen(said[w])) == 0) return true;
    }
    return false;
}

static hot_status add_keys(const hot_study *s, hot_units *units)
{
    const hot_incidents *t = &s->loaded.incidents;
    uint32_t *count = hot_new(t->words.n + 1, sizeof *count);
    if (!count) return HOT_MEMORY;
    for (size_t k = 0; k < s->n_inside; k++) count[t->case_[s->inside[k]]]++;
    uint64_t without = count[0];
    size_t n = 0;
    for (size_t w = 1; w < t->words.n; w++)
        if (count[w]) count[n++] = count[w];
    bool persons = names_persons(s);
    hot_status status = HOT_OK;
    if (n) {
        status =
            add(units, persons ? "person" : "case", persons ? "people" : "cases", false, count, n);
        if (status == HOT_OK) units->unit[units->n - 1].without_key = without;
    }
    hot_free(count);
    return status;
}

hot_status hot_units_count(hot_study *s, const hot_result *result, hot_units *units)
{
    HOT_TRY(add_places(s, units));
    HOT_TRY(add_cells(s, units));
    for (size_t k = 0; k < s->n_sets; k++) {
        const hot_areas *a = &s->sets[k].areas;
        const hot_layer *levels = hot_result_layer(result, a->name);
        if (levels) HOT_TRY(add_set(a, levels, units));
    }
    return add_keys(s, units);
}
