/* The squares among which the analysis gistar looks: where anything was recorded, all, or a file's.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "layers/catalogue/gistar.h"
#include "layers/coarse.h"
#include "layers/read/areas.h"
#include "layers/read/file.h"
#include "layers/read/fits.h"
#include "layers/read/vector.h"

/** The polygons of a file. */
typedef struct {
    hot_vector vector;
    hot_within *within; /* NULL = no file was asked for */
} polygons;

static void polygons_free(polygons *p)
{
    hot_within_free(p->within);
    hot_vector_free(&p->vector);
}

/* ---- a file ---- */

static hot_status place(const hot_study *s, const char *file, hot_vector *v, hot_error *error)
{
    hot_place *place = NULL;
    hot_place_rules rules = {.grid = hot_settings_text(s->settings, "grid")};
    HOT_TRY(hot_crs_fits_each(file, v->epsg, s->epsg, &v->polygons, error));
    HOT_TRY(hot_place_new(v->epsg, s->epsg, &rules, &place, error));
    hot_place_points(place, v->polygons.x, v->polygons.y, v->polygons.n_points);
    hot_place_free(place);
    for (size_t k = 0; k < v->polygons.n_points; k++)
        if (!isfinite(v->polygons.x[k] + v->polygons.y[k]))
            return hot_fail(error, HOT_INPUT,
                            "%s: has a corner that cannot be put into EPSG:%d "
                            "(--gistar-universe).",
                            file, s->epsg);
    return HOT_OK;
}

static hot_status read_polygons(const hot_study *s, const hot_source_spec *spec, polygons *p,
                                hot_error *error)
{
    const char *file = hot_base_name(spec->path);
    hot_vector *v = &p->vector;
    HOT_TRY(hot_vector_read(spec->path, spec->layer, v, error));
    if (v->polygons.n_points == 0)
        return hot_fail(error, HOT_INPUT,
                        "%s: holds no polygon; --gistar-universe is recorded, area, or a file of "
                        "polygons.",
                        file);
    HOT_TRY(hot_source_epsg(spec, v->epsg, &v->epsg, error));
    HOT_TRY(place(s, file, v, error));
    hot_status status = hot_within_new(&v->polygons, s->threads, &p->within);
    if (status != HOT_DOMAIN) return status;
    return hot_fail(error, HOT_INPUT, "%s: has a ring that is not closed (--gistar-universe).",
                    file);
}

static hot_status read_file(const hot_study *s, const char *path, polygons *p, hot_error *error)
{
    hot_source_spec spec;
    char text[4096 + 16];
    if (strlen(path) > 4096)
        return hot_fail(error, HOT_USAGE, "--gistar-universe: the file's name is too long.");
    snprintf(text, sizeof text, "universe=%s", path);
    HOT_TRY(hot_source_parse("--gistar-universe", text, &spec, error));
    hot_status status = read_polygons(s, &spec, p, error);
    hot_source_free(&spec);
    return status;
}

/* ---- the frame ---- */

static bool is_inside(const hot_study *s, size_t point)
{
    return s->bounding == SIZE_MAX || s->sets[s->bounding].area_of[point] >= 0;
}

/** @return HOT_DOMAIN where nothing was recorded */
static hot_status box_of_points(const hot_study *s, hot_box *box)
{
    const hot_points *p = &s->loaded.points;
    *box = (hot_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t k = 0; k < p->n; k++) {
        if (!is_inside(s, k)) continue;
        *box = (hot_box){fmin(box->west, p->x[k]), fmin(box->south, p->y[k]),
                         fmax(box->east, p->x[k]), fmax(box->north, p->y[k])};
    }
    return box->west <= box->east ? HOT_OK : HOT_DOMAIN;
}

static hot_status find_box(const hot_study *s, const polygons *p, hot_box *box)
{
    bool recorded = hot_settings_is(s->settings, "gistar-universe", "recorded");
    hot_box file;
    if (recorded || s->bounding == SIZE_MAX)
        HOT_TRY(box_of_points(s, box));
    else
        HOT_TRY(hot_shapes_box_all(&s->sets[s->bounding].areas.shapes, box));
    if (!p->within) return HOT_OK;
    HOT_TRY(hot_shapes_box_all(&p->vector.polygons, &file));
    *box = (hot_box){fmax(box->west, file.west), fmax(box->south, file.south),
                     fmin(box->east, file.east), fmin(box->north, file.north)};
    return box->west <= box->east && box->south <= box->north ? HOT_OK : HOT_DOMAIN;
}

static hot_status too_many(const hot_study *s, const hot_box *box, double side, hot_error *error)
{
    double cells = hot_frame_cells(box->west, box->south, box->east, box->north, side, 0);
    if (!(side > 0))
        return hot_fail(error, HOT_USAGE, "--gistar-cell %s: expected more than 0; 250m is usual.",
                        hot_settings_text(s->settings, "gistar-cell"));
    return hot_fail(error, HOT_USAGE,
                    "--gistar-cell %s: %.0f million squares cover the area, of which %.0f million "
                    "can be held; use larger ones.",
                    hot_settings_text(s->settings, "gistar-cell"), cells / 1e6,
                    (double)HOT_FRAME_CELLS / 1e6);
}

/* ---- which squares ---- */

/** Squares whose centre lies in the study area and, where there is one, in the file. */
static hot_status mark_centres(const hot_study *s, const polygons *p, hot_gistar_universe *u)
{
    int64_t n = hot_frame_size(&u->frame);
    if (s->bounding == SIZE_MAX)
        memset(u->inside, 1, (size_t)n);
    else
        HOT_TRY(hot_within_mask(s->sets[s->bounding].within, &u->frame, s->threads, u->inside));
    if (!p->within) return HOT_OK;
    uint8_t *there = hot_new((size_t)n, 1);
    if (!there) return HOT_MEMORY;
    hot_status status = hot_within_mask(p->within, &u->frame, s->threads, there);
    for (int64_t k = 0; k < n && status == HOT_OK; k++) u->inside[k] &= there[k];
    hot_free(there);
    return status;
}

static hot_status mark_points(const hot_study *s, const polygons *p, hot_gistar_universe *u)
{
    const hot_points *points = &s->loaded.points;
    int32_t *area = p->within ? hot_new_raw(points->n, sizeof *area) : NULL;
    if (p->within && !area) return HOT_MEMORY;
    hot_status status = HOT_OK;
    if (area)
        status =
            hot_within_place(p->within, points->x, points->y, points->n, s->threads, area, NULL);
    for (size_t k = 0; k < points->n && status == HOT_OK; k++) {
        if (!is_inside(s, k) || (area && area[k] < 0)) continue;
        int64_t at = hot_frame_index(&u->frame, points->x[k], points->y[k]);
        if (at >= 0) u->inside[at] = 1;
    }
    hot_free(area);
    return status;
}

static void count(const hot_study *s, hot_gistar_universe *u)
{
    const hot_points *p = &s->loaded.points;
    const double *here = hot_fine_at_point(s);
    for (size_t k = 0; k < p->n; k++) {
        if (here[k] == 0) continue;
        int64_t at = hot_frame_index(&u->frame, p->x[k], p->y[k]);
        if (at >= 0 && u->inside[at])
            u->incidents[at] += here[k];
        else
            u->elsewhere += (uint64_t)here[k];
    }
    for (int64_t k = 0; k < hot_frame_size(&u->frame); k++) u->n += u->inside[k];
}

static hot_status fill(const hot_study *s, const polygons *p, hot_gistar_universe *u,
                       hot_error *error)
{
    double side = hot_settings_number(s->settings, "gistar-cell");
    hot_box box;
    if (find_box(s, p, &box) != HOT_OK) return HOT_OK;
    if (hot_frame_fit(box.west, box.south, box.east, box.north, side, 0, &u->frame) != HOT_OK)
        return too_many(s, &box, side, error);
    size_t n = (size_t)hot_frame_size(&u->frame);
    u->inside = hot_new(n, sizeof *u->inside);
    u->incidents = hot_new(n, sizeof *u->incidents);
    if (!u->inside || !u->incidents) return HOT_MEMORY;
    if (!hot_settings_is(s->settings, "gistar-universe", "recorded"))
        HOT_TRY(mark_centres(s, p, u));
    HOT_TRY(mark_points(s, p, u));
    count(s, u);
    return HOT_OK;
}

hot_status hot_gistar_universe_new(const hot_study *s, hot_gistar_universe *universe,
                                   hot_error *error)
{
    const char *asked = hot_settings_text(s->settings, "gistar-universe");
    bool is_file =
        !hot_choice_has(hot_settings_of(s->settings, "gistar-universe")->option->choices, asked);
    hot_gistar_universe u = {.n = 0};
    polygons p = {.within = NULL};
    hot_status status = is_file ? read_file(s, asked, &p, error) : HOT_OK;
    if (status == HOT_OK) status = fill(s, &p, &u, error);
    polygons_free(&p);
    if (status != HOT_OK) hot_gistar_universe_free(&u);
    *universe = u;
    return status;
}

void hot_gistar_universe_free(hot_gistar_universe *u)
{
    hot_free(u->inside);
    hot_free(u->incidents);
    *u = (hot_gistar_universe){0};
}
