#include "layers/read/fits.h"

#include <stdio.h>

#include "layers/read/place.h"

static const double beyond = 50e3; /* m outside a system's area that is still taken for its own */

static bool is_known(const hot_box *b)
{
    return b->west != 0 || b->east != 0 || b->south != 0 || b->north != 0;
}

static bool meet(const hot_box *a, const hot_box *b, double margin)
{
    return a->west <= b->east + margin && a->east >= b->west - margin &&
           a->south <= b->north + margin && a->north >= b->south - margin;
}

static bool is_within_degrees(const hot_box *b)
{
    return b->west >= -180.5 && b->east <= 180.5 && b->south >= -90.5 && b->north <= 90.5;
}

static hot_status degrees_fit(const char *file, int epsg, const hot_crs *to, int to_epsg,
                              const hot_box *b, hot_error *error)
{
    hot_box turned = {b->south, b->west, b->north, b->east};
    bool known = is_known(&to->degrees), inside = is_within_degrees(b);
    if (inside && (!known || meet(b, &to->degrees, 1))) return HOT_OK;
    if (is_within_degrees(&turned) && (!known || meet(&turned, &to->degrees, 1)))
        return hot_fail(
            error, HOT_INPUT,
            "%s: its coordinates look like latitude before longitude (%.4g, %.4g); save "
            "it with longitude first.",
            file, b->west, b->south);
    if (!inside)
        return hot_fail(
            error, HOT_INPUT,
            "%s: is said to be in degrees (EPSG:%d), but its coordinates (%.10g, %.10g) "
            "are none; if they are British National Grid, add ,crs=EPSG:27700 behind "
            "the file's name.",
            file, epsg, b->west, b->south);
    return hot_fail(error, HOT_INPUT,
                    "%s: lies round %.4g, %.4g, far from where EPSG:%d (%s) is used; name a system "
                    "of that place with --crs.",
                    file, b->west, b->south, to_epsg, to->name);
}

static hot_status metres_fit(const char *file, int epsg, const hot_crs *from, const hot_box *b,
                             hot_error *error)
{
    if (is_within_degrees(b))
        return hot_fail(error, HOT_INPUT,
                        "%s: is said to be in EPSG:%d (%s), but its coordinates (%.4g, %.4g) look "
                        "like degrees; if they are longitude and latitude, add ,crs=EPSG:4326 "
                        "behind the file's name.",
                        file, epsg, from->name, b->west, b->south);
    if (!is_known(&from->metres) || meet(b, &from->metres, beyond)) return HOT_OK;
    hot_box turned = {b->south, b->west, b->north, b->east};
    return hot_fail(error, HOT_INPUT,
                    "%s: is said to be in EPSG:%d (%s), but its coordinates (%.10g, %.10g) lie far "
                    "outside it%s; name the right system with ,crs=EPSG:CODE behind the file's "
                    "name.",
                    file, epsg, from->name, b->west, b->south,
                    meet(&turned, &from->metres, 0) ? " unless northing comes before easting" : "");
}

/** Both systems, looked up once. */
typedef struct {
    hot_crs from, to;
    int epsg, to_epsg;
} systems;

static hot_status systems_find(int epsg, int to_epsg, systems *s, hot_error *error)
{
    s->epsg = epsg;
    s->to_epsg = to_epsg;
    HOT_TRY(hot_crs_of(epsg, &s->from, error));
    return hot_crs_of(to_epsg, &s->to, error);
}

static hot_status box_fits(const char *file, const systems *s, const hot_box *box, hot_error *error)
{
    return s->from.projected ? metres_fit(file, s->epsg, &s->from, box, error)
                             : degrees_fit(file, s->epsg, &s->to, s->to_epsg, box, error);
}

hot_status hot_crs_fits(const char *file, int epsg, int to_epsg, const hot_box *box,
                        hot_error *error)
{
    systems s;
    HOT_TRY(systems_find(epsg, to_epsg, &s, error));
    return box_fits(file, &s, box, error);
}

hot_status hot_crs_fits_each(const char *file, int epsg, int to_epsg, const hot_shapes *shapes,
                             hot_error *error)
{
    systems s;
    HOT_TRY(systems_find(epsg, to_epsg, &s, error));
    for (size_t f = 0; f < shapes->n; f++) {
        char which[300];
        hot_box box;
        if (hot_shapes_box(shapes, f, &box) != HOT_OK) continue;
        snprintf(which, sizeof which, "%.250s: feature %zu", file, f + 1);
        HOT_TRY(box_fits(which, &s, &box, error));
    }
    return HOT_OK;
}

hot_status hot_crs_room(int epsg, hot_box *box, hot_error *error)
{
    hot_crs crs;
    *box = (hot_box){0};
    HOT_TRY(hot_crs_of(epsg, &crs, error));
    if (!is_known(&crs.metres)) return HOT_OK;
    *box = (hot_box){crs.metres.west - beyond, crs.metres.south - beyond, crs.metres.east + beyond,
                     crs.metres.north + beyond};
    return HOT_OK;
}
