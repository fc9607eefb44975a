/* Premises that are given by where they are: points and polygons. */
#include <math.h>
#include <stdlib.h>

#include "layers/read/areas.h"
#include "layers/read/file.h"
#include "layers/read/fits.h"
#include "layers/read/place.h"
#include "layers/read/polygon.h"
#include "layers/read/premises.h"
#include "layers/read/vector.h"

hot_status hot_premises_add_spot(hot_premises *p, double x, double y)
{
    if (!hot_grow(&p->spot, &p->room_spots, p->n_spots + 1, sizeof *p->spot)) return HOT_MEMORY;
    p->spot[p->n_spots++] = (hot_spot){x, y, (uint32_t)p->n};
    return HOT_OK;
}

/* ---- to the analysis's system ---- */

static bool box_of(const hot_premises *p, const hot_shapes *sites, hot_box *box)
{
    bool any = hot_shapes_box_all(sites, box) == HOT_OK;
    for (size_t k = 0; k < p->n_spots; k++) {
        const hot_spot *s = &p->spot[k];
        if (!any) *box = (hot_box){s->x, s->y, s->x, s->y};
        any = true;
        box->west = fmin(box->west, s->x);
        box->east = fmax(box->east, s->x);
        box->south = fmin(box->south, s->y);
        box->north = fmax(box->north, s->y);
    }
    return any;
}

static int by_east(const void *a, const void *b)
{
    const hot_spot *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return p->premises < q->premises ? -1 : p->premises > q->premises;
}

static void put_spots(hot_premises *p, hot_place *place)
{
    size_t kept = 0;
    for (size_t k = 0; k < p->n_spots; k++) {
        hot_spot s = p->spot[k];
        hot_place_points(place, &s.x, &s.y, 1);
        if (isfinite(s.x) && isfinite(s.y)) p->spot[kept++] = s;
    }
    p->n_spots = kept;
    if (kept) qsort(p->spot, kept, sizeof *p->spot, by_east);
}

/** @param sites  polygons in the file's system, or empty */
static hot_status put_all(hot_premises *p, hot_shapes *sites, const char *file, int from_epsg,
                          const hot_premises_ground *ground, hot_error *error)
{
    hot_box box;
    hot_place *place;
    hot_place_rules rules = {.grid = ground->grid};
    if (!box_of(p, sites, &box)) return HOT_OK;
    HOT_TRY(hot_crs_fits(file, from_epsg, ground->epsg, &box, error));
    HOT_TRY(hot_place_new(from_epsg, ground->epsg, &rules, &place, error));
    put_spots(p, place);
    hot_place_points(place, sites->x, sites->y, sites->n_points);
    hot_place_free(place);
    return HOT_OK;
}

hot_status hot_premises_put_spots(hot_premises *p, const char *file, int from_epsg,
                                  const hot_premises_ground *ground, hot_error *error)
{
    hot_shapes none = {0};
    return put_all(p, &none, file, from_epsg, ground, error);
}

/* ---- a file of features ---- */

static bool has_polygon(const hot_vector *v, size_t f)
{
    return v->polygons.n_parts > 0 && v->polygons.part[f] < v->polygons.part[f + 1];
}

/** Points become spots; features are numbered as premises, those that are neither left out. */
static hot_status take_features(const hot_vector *v, hot_premises *p)
{
    p->of_site = hot_new(v->n, sizeof *p->of_site);
    if (!p->of_site) return HOT_MEMORY;
    for (size_t f = 0; f < v->n; f++) {
        bool point = isfinite(v->x[f]) && isfinite(v->y[f]);
        if (!has_polygon(v, f) && !point) continue;
        if (has_polygon(v, f))
            p->of_site[p->n_sites++] = (uint32_t)p->n;
        else
            HOT_TRY(hot_premises_add_spot(p, v->x[f], v->y[f]));
        p->n++;
    }
    return HOT_OK;
}

static hot_status take_polygons(const hot_vector *v, const char *file, hot_premises *p,
                                hot_error *error)
{
    for (size_t f = 0; f < v->n; f++) {
        bool repaired;
        hot_repair repair;
        if (!has_polygon(v, f)) continue;
        hot_status status = hot_polygon_valid(&v->polygons, f, &p->site, &repaired, &repair);
        if (status == HOT_INPUT)
            return hot_fail(error, HOT_INPUT,
                            "%s: feature %zu is no polygon that can be used: %s; draw it anew or "
                            "take it out of the file.",
                            file, f + 1, repair.reason);
        HOT_TRY(status);
    }
    hot_status status = p->n_sites ? hot_within_new(&p->site, 1, &p->within) : HOT_OK;
    if (status != HOT_DOMAIN) return status;
    return hot_fail(error, HOT_INPUT, "%s: has a polygon that lies nowhere on the map.", file);
}

static hot_status take_vector(hot_vector *v, const char *file, const hot_premises_ground *ground,
                              hot_premises *p, hot_error *error)
{
    if (v->epsg == 0)
        return hot_fail(error, HOT_INPUT,
                        "%s: does not say its coordinate system; save it with one.", file);
    HOT_TRY(take_features(v, p));
    HOT_TRY(put_all(p, &v->polygons, file, v->epsg, ground, error));
    return take_polygons(v, file, p, error);
}

hot_status hot_premises_read_features(const char *path, const hot_premises_ground *ground,
                                      hot_premises *p, hot_error *error)
{
    hot_vector v = {0};
    hot_status status = hot_vector_read(path, NULL, &v, error);
    if (status == HOT_OK) status = take_vector(&v, hot_base_name(path), ground, p, error);
    hot_vector_free(&v);
    return status;
}

/* ---- which premises a place is ---- */

/** The first spot that does not lie west of x. */
static size_t first_from(const hot_premises *p, double x)
{
    size_t low = 0, high = p->n_spots;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->spot[middle].x < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t hot_premises_at(const hot_premises *p, double x, double y)
{
    int32_t site = -1;
    uint32_t found = HOT_NO_PREMISES;
    if (p->within && hot_within_place(p->within, &x, &y, 1, 1, &site, NULL) == HOT_OK && site >= 0)
        return p->of_site[site];
    for (size_t k = first_from(p, x - HOT_SPOT_M); k < p->n_spots; k++) {
        const hot_spot *s = &p->spot[k];
        if (s->x > x + HOT_SPOT_M) break;
        if (hypot(s->x - x, s->y - y) <= HOT_SPOT_M && s->premises < found) found = s->premises;
    }
    return found;
}
