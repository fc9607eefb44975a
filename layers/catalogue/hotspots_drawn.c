/* Hotspots as polygons: what is drawn is what is counted. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layers/catalogue/hotspot_columns.h"
#include "layers/catalogue/hotspots_found.h"
#include "layers/read/polygon.h"

/* ---- one unit ---- */

static hot_status end_ring(hot_shapes *to)
{
    HOT_TRY(hot_shapes_end_ring(to));
    HOT_TRY(hot_shapes_end_part(to));
    return hot_shapes_end(to);
}

/** Sides touch the circle from outside: a point at the very radius is in it. */
static hot_status add_disc(const hot_hotspot_unit *u, double radius, hot_shapes *to)
{
    double step = 2 * acos(-1) / HOT_FOUND_SIDES, reach = radius / cos(step / 2);
    for (int k = 0; k <= HOT_FOUND_SIDES; k++) {
        double angle = (k % HOT_FOUND_SIDES) * step;
        HOT_TRY(hot_shapes_add(to, u->x + reach * cos(angle), u->y + reach * sin(angle)));
    }
    return end_ring(to);
}

/** To the millimetre, so that neighbours have the same corners. */
static hot_status add_hexagon(const hot_hotspot_unit *u, double side, hot_shapes *to)
{
    double half = side * sqrt(3) / 2;
    const double corner[6][2] = {{half, -side / 2}, {half, side / 2},   {0, side},
                                 {-half, side / 2}, {-half, -side / 2}, {0, -side}};
    for (int k = 0; k <= 6; k++)
        HOT_TRY(hot_shapes_add(to, rint((u->x + corner[k % 6][0]) * 1e3) / 1e3,
                               rint((u->y + corner[k % 6][1]) * 1e3) / 1e3));
    return end_ring(to);
}

static hot_status add_unit(const hot_found *f, const hot_hotspot_unit *u, hot_shapes *to)
{
    switch (f->rules.shape) {
    case HOT_HOTSPOT_DISC:
        return add_disc(u, f->rules.size, to);
    case HOT_HOTSPOT_HEXAGON:
        return add_hexagon(u, f->rules.size, to);
    case HOT_HOTSPOT_SEGMENT:
        break;
    }
    return hot_polygon_round(f->rules.streets, (size_t)u->name, f->rules.size, to);
}

/* ---- places ---- */

/** Lists of features, for hot_polygon_join. */
typedef struct {
    hot_shapes units;          /* all of them */
    size_t *unit, *area, *cut; /* numbers of features */
    size_t *first;             /* [n_places + 1] of `unit` */
} pieces;

static void pieces_free(pieces *p)
{
    hot_shapes_free(&p->units);
    hot_free(p->unit);
    hot_free(p->area);
    hot_free(p->cut);
    hot_free(p->first);
}

/** Units by their places. */
static hot_status pieces_new(const hot_found *f, size_t areas, pieces *p)
{
    const hot_hotspots *h = &f->chosen;
    for (size_t k = 0; k < h->n; k++) HOT_TRY(add_unit(f, &h->unit[k], &p->units));
    p->unit = hot_new(h->n, sizeof *p->unit);
    p->area = hot_new(areas, sizeof *p->area);
    p->cut = hot_new(f->search->cut.n, sizeof *p->cut);
    p->first = hot_new(h->n_places + 2, sizeof *p->first);
    if (!p->unit || !p->area || !p->cut || !p->first) return HOT_MEMORY;
    for (size_t k = 0; k < h->n; k++) p->first[h->unit[k].place + 2]++;
    for (size_t k = 0; k < h->n_places; k++) p->first[k + 2] += p->first[k + 1];
    for (size_t k = 0; k < h->n; k++) p->unit[p->first[h->unit[k].place + 1]++] = k;
    return HOT_OK;
}

static hot_status box_of(const hot_shapes *units, const size_t *unit, size_t n, hot_box *box)
{
    hot_box one;
    *box = (hot_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t k = 0; k < n; k++) {
        HOT_TRY(hot_shapes_box(units, unit[k], &one));
        *box = (hot_box){fmin(box->west, one.west), fmin(box->south, one.south),
                         fmax(box->east, one.east), fmax(box->north, one.north)};
    }
    return HOT_OK;
}

/** One place as the next feature. */
static hot_status draw_place(const hot_found *f, const pieces *p, size_t place, hot_shapes *to,
                             hot_error *error)
{
    static const hot_shapes none = {0};
    const hot_study *s = f->study;
    const hot_shapes *ground = s->bounding == SIZE_MAX ? &none : &s->sets[s->bounding].areas.shapes;
    const size_t *unit = p->unit + p->first[place];
    size_t n = p->first[place + 1] - p->first[place];
    hot_box box;
    HOT_TRY(box_of(&p->units, unit, n, &box));
    hot_some_shapes of = {&p->units, unit, n},
                    within = {ground, p->area,
                              hot_boxes_near(&box, f->search->area_box, ground->n, p->area)},
                    without = {&f->search->cut, p->cut,
                               hot_boxes_near(&box, f->search->cut_box, f->search->cut.n, p->cut)};
    hot_status status = hot_polygon_join(&of, &within, &without, to);
    if (status == HOT_INPUT)
        return hot_fail(
            error, HOT_INPUT,
            "A hotspot cannot be cut to the study area or round what --hotspots-exclude "
            "leaves out; look for polygons there that cross themselves.");
    return status == HOT_OK ? hot_shapes_end(to) : status;
}

static hot_status draw_places(const hot_found *f, hot_shapes *to, hot_error *error)
{
    pieces p = {0};
    const hot_study *s = f->study;
    size_t areas = s->bounding == SIZE_MAX ? 0 : s->sets[s->bounding].areas.n;
    hot_status status = pieces_new(f, areas, &p);
    for (size_t k = 0; k < f->chosen.n_places && status == HOT_OK; k++)
        status = draw_place(f, &p, k, to, error);
    pieces_free(&p);
    return status;
}

/* ---- in order ---- */

typedef struct {
    int64_t incidents;
    uint32_t place;
} ranked;

static int most_first(const void *a, const void *b)
{
    const ranked *p = a, *q = b;
    if (p->incidents != q->incidents) return p->incidents > q->incidents ? -1 : 1;
    return p->place < q->place ? -1 : p->place > q->place;
}

/** Which place holds each point of the study. */
static hot_status hold(hot_found *f)
{
    const hot_points *p = &f->study->loaded.points;
    hot_within_free(f->set.within);
    f->set.within = NULL;
    HOT_TRY(hot_within_new(&f->set.areas.shapes, f->study->threads, &f->set.within));
    return hot_within_place(f->set.within, p->x, p->y, p->n, f->study->threads, f->set.area_of,
                            &f->set.overlapping);
}

/** Places by the incidents in what is drawn of them. */
static hot_status rank(const hot_found *f, ranked *list)
{
    for (size_t k = 0; k < f->chosen.n_places; k++) list[k] = (ranked){0, (uint32_t)k};
    for (size_t p = 0; p < f->study->loaded.points.n; p++)
        if (f->set.area_of[p] >= 0)
            list[f->set.area_of[p]].incidents += (int64_t)f->study->count_at_point[p];
    if (f->chosen.n_places) qsort(list, f->chosen.n_places, sizeof *list, most_first);
    return HOT_OK;
}

static hot_status reorder(hot_found *f, const ranked *list)
{
    hot_shapes sorted = {0};
    hot_status status = HOT_OK;
    for (size_t k = 0; k < f->chosen.n_places && status == HOT_OK; k++) {
        f->place[k] = list[k].place;
        status = hot_shapes_add_parts(&sorted, &f->set.areas.shapes, list[k].place);
        if (status == HOT_OK) status = hot_shapes_end(&sorted);
    }
    hot_shapes unsorted = f->set.areas.shapes;
    f->set.areas.shapes = sorted;
    hot_shapes_free(&unsorted);
    return status;
}

static hot_status order(hot_found *f)
{
    ranked *list = hot_new(f->chosen.n_places, sizeof *list);
    hot_status status = list ? rank(f, list) : HOT_MEMORY;
    if (status == HOT_OK) status = reorder(f, list);
    hot_free(list);
    return status;
}

/** H01, H02 ...: as many digits as the last one needs, so that texts sort as numbers do. */
static hot_status set_codes(hot_found *f)
{
    hot_areas *a = &f->set.areas;
    int digits = a->n < 100 ? 2 : snprintf(NULL, 0, "%zu", a->n);
    for (size_t k = 0; k < a->n; k++) {
        char code[32];
        int n = snprintf(code, sizeof code, "%s%0*zu", f->prefix, digits, k + 1);
        a->code[k] = hot_arena_text(&a->arena, code, (size_t)n);
        if (!a->code[k]) return HOT_MEMORY;
    }
    return HOT_OK;
}

hot_status hot_found_draw(hot_found *f, hot_error *error)
{
    size_t n = f->chosen.n_places;
    f->set.areas.name = "hotspot";
    f->set.areas.n = n;
    f->place = hot_new(n, sizeof *f->place);
    f->set.areas.code = hot_new(n, sizeof *f->set.areas.code);
    f->set.areas.label = hot_new(n, sizeof *f->set.areas.label);
    f->set.area_of = hot_new(f->study->loaded.points.n, sizeof *f->set.area_of);
    if (!f->place || !f->set.areas.code || !f->set.areas.label || !f->set.area_of)
        return HOT_MEMORY;
    HOT_TRY(draw_places(f, &f->set.areas.shapes, error));
    HOT_TRY(hold(f));
    HOT_TRY(order(f));
    HOT_TRY(hold(f));
    return set_codes(f);
}

void hot_found_free(hot_found *f)
{
    hot_within_free(f->set.within);
    hot_shapes_free(&f->set.areas.shapes);
    hot_arena_free(&f->set.areas.arena);
    hot_free(f->set.areas.code);
    hot_free(f->set.areas.label);
    hot_free(f->set.area_of);
    hot_free(f->place);
    hot_free(f->stability);
    hot_hotspots_free(&f->chosen);
    *f = (hot_found){0};
}
