#define GEOS_USE_ONLY_R_API

#include "layers/read/polygon.h"

#include <math.h>
#include <stdio.h>

#include <geos_c.h>

#include "engine/base/memory.h"
#include "engine/space/crossings.h"

static void say_nothing(const char *message, void *self)
{
    (void)message, (void)self;
}

static GEOSContextHandle_t context_new(void)
{
    GEOSContextHandle_t g = GEOS_init_r();
    if (g) {
        GEOSContext_setNoticeMessageHandler_r(g, say_nothing, NULL);
        GEOSContext_setErrorMessageHandler_r(g, say_nothing, NULL);
    }
    return g;
}

/** What had to be done to a feature before GEOS could take it. */
typedef struct {
    size_t parts, holes; /* left out: too few vertices */
    size_t open;         /* rings that were closed */
} mending;

/** A ring, closed if it was not; NULL where it has too few vertices or one is not finite. */
static GEOSGeometry *ring_new(GEOSContextHandle_t g, const hot_shapes *s, size_t r, mending *done)
{
    size_t from = s->point[r], n = s->point[r + 1] - from;
    if (n < 3) return NULL;
    bool closed = s->x[from] == s->x[from + n - 1] && s->y[from] == s->y[from + n - 1];
    size_t vertices = n + !closed;
    if (vertices < 4) return NULL;
    done->open += !closed;
    GEOSCoordSequence *line = GEOSCoordSeq_create_r(g, (unsigned)vertices, 2);
    for (size_t i = 0; line && i < vertices; i++) {
        double x = s->x[from + i % n], y = s->y[from + i % n];
        if (!isfinite(x) || !isfinite(y)) {
            GEOSCoordSeq_destroy_r(g, line);
            return NULL;
        }
        GEOSCoordSeq_setXY_r(g, line, (unsigned)i, x, y);
    }
    return line ? GEOSGeom_createLinearRing_r(g, line) : NULL;
}

static void geometries_free(GEOSContextHandle_t g, GEOSGeometry **list, size_t n)
{
    for (size_t i = 0; i < n; i++) GEOSGeom_destroy_r(g, list[i]);
    hot_free(list);
}

/** One part as a polygon; holes that are no rings are left out; NULL where the outline is none, or
 *  without memory, which *short_of says. */
static GEOSGeometry *part_new(GEOSContextHandle_t g, const hot_shapes *s, size_t p, mending *done,
                              bool *short_of)
{
    size_t first = s->ring[p], rings = s->ring[p + 1] - first, n = 0;
    GEOSGeometry *outline = rings ? ring_new(g, s, first, done) : NULL;
    GEOSGeometry **hole = outline ? hot_new(rings, sizeof *hole) : NULL;
    if (!hole) {
        *short_of = outline != NULL;
        if (outline) GEOSGeom_destroy_r(g, outline);
        return NULL;
    }
    for (size_t r = 1; r < rings; r++) {
        GEOSGeometry *ring = ring_new(g, s, first + r, done);
        if (ring) hole[n++] = ring;
    }
    done->holes += rings - 1 - n;
    GEOSGeometry *polygon = GEOSGeom_createPolygon_r(g, outline, hole, (unsigned)n);
    hot_free(hole);
    return polygon;
}

/** All parts as one; *done = what that took. NULL = no memory. */
static GEOSGeometry *feature_new(GEOSContextHandle_t g, const hot_shapes *s, size_t f,
                                 mending *done)
{
    size_t first = s->part[f], parts = s->part[f + 1] - first, n = 0;
    GEOSGeometry **polygon = hot_new(parts, sizeof *polygon);
    if (!polygon) return NULL;
    bool short_of = false;
    *done = (mending){0};
    for (size_t p = 0; p < parts && !short_of; p++) {
        GEOSGeometry *one = part_new(g, s, first + p, done, &short_of);
        if (one) polygon[n++] = one;
    }
    done->parts = parts - n;
    GEOSGeometry *all =
        short_of ? NULL : GEOSGeom_createCollection_r(g, GEOS_MULTIPOLYGON, polygon, (unsigned)n);
    if (all)
        hot_free(polygon);
    else
        geometries_free(g, polygon, n);
    return all;
}

static hot_status ring_append(GEOSContextHandle_t g, const GEOSGeometry *ring, bool outline,
                              hot_shapes *to)
{
    const GEOSCoordSequence *line = GEOSGeom_getCoordSeq_r(g, ring);
    unsigned n = 0;
    char counter_clockwise = 1;
    GEOSCoordSeq_getSize_r(g, line, &n);
    GEOSCoordSeq_isCCW_r(g, line, &counter_clockwise);
    bool reverse = (counter_clockwise == 1) != outline;
    for (unsigned i = 0; i < n; i++) {
        double x, y;
        GEOSCoordSeq_getXY_r(g, line, reverse ? n - 1 - i : i, &x, &y);
        HOT_TRY(hot_shapes_add(to, x, y));
    }
    return hot_shapes_end_ring(to);
}

/** Append every polygon of a geometry, however deep it lies; lines and points are dropped. */
static hot_status polygons_append(GEOSContextHandle_t g, const GEOSGeometry *geometry,
                                  hot_shapes *to, size_t *n)
{
    if (GEOSisEmpty_r(g, geometry)) return HOT_OK;
    int type = GEOSGeomTypeId_r(g, geometry);
    if (type == GEOS_POLYGON) {
        HOT_TRY(ring_append(g, GEOSGetExteriorRing_r(g, geometry), true, to));
        for (int r = 0; r < GEOSGetNumInteriorRings_r(g, geometry); r++)
            HOT_TRY(ring_append(g, GEOSGetInteriorRingN_r(g, geometry, r), false, to));
        ++*n;
        return hot_shapes_end_part(to);
    }
    if (type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION) return HOT_OK;
    for (int i = 0; i < GEOSGetNumGeometries_r(g, geometry); i++)
        HOT_TRY(polygons_append(g, GEOSGetGeometryN_r(g, geometry, i), to, n));
    return HOT_OK;
}

static GEOSGeometry *repaired_copy(GEOSContextHandle_t g, const GEOSGeometry *geometry)
{
    GEOSMakeValidParams *how = GEOSMakeValidParams_create_r(g);
    if (!how) return NULL;
    GEOSMakeValidParams_setMethod_r(g, how, GEOS_MAKE_VALID_STRUCTURE);
    GEOSGeometry *valid = GEOSMakeValidWithParams_r(g, geometry, how);
    GEOSMakeValidParams_destroy_r(g, how);
    return valid;
}

/** GEOS's words for what is wrong; a place in them ("[1 2]") is left out. */
static void reason_of(GEOSContextHandle_t g, const GEOSGeometry *geometry, hot_repair *repair)
{
    char *reason = GEOSisValidReason_r(g, geometry);
    snprintf(repair->reason, sizeof repair->reason, "%s", reason ? reason : "not valid");
    for (char *c = repair->reason; *c; c++)
        if (*c == '[') *c = 0;
    GEOSFree_r(g, reason);
}

/** What was done before GEOS looked at it; NULL = nothing. */
static const char *mended(const mending *done)
{
    if (done->parts) return "a part with too few vertices";
    if (done->holes) return "a hole with too few vertices";
    return done->open ? "a ring that does not end where it begins" : NULL;
}

/** The reason of what is refused: nothing is left. */
static hot_status nothing_left(hot_repair *repair)
{
    char why[sizeof repair->reason];
    snprintf(why, sizeof why, "%s", repair->reason);
    if (*why)
        snprintf(repair->reason, sizeof repair->reason, "no area is left of it (%.80s)", why);
    else
        snprintf(repair->reason, sizeof repair->reason, "it has no area");
    return HOT_INPUT;
}

/** GEOS takes some 40 microseconds for each crossing, and cannot be stopped. */
static hot_status check_tangle(const hot_shapes *from, size_t f, hot_repair *repair)
{
    bool over;
    HOT_TRY(hot_crossings_over(from, f, HOT_POLYGON_CROSSINGS, &over));
    if (!over) return HOT_OK;
    snprintf(repair->reason, sizeof repair->reason, "it crosses itself more than %d times",
             HOT_POLYGON_CROSSINGS);
    return HOT_INPUT;
}

static hot_status valid_append(GEOSContextHandle_t g, const hot_shapes *from, size_t f,
                               GEOSGeometry **geometry, const mending *done, hot_shapes *to,
                               bool *repaired, hot_repair *repair)
{
    bool valid_already = GEOSisValid_r(g, *geometry) == 1;
    *repaired = !valid_already || mended(done);
    snprintf(repair->reason, sizeof repair->reason, "%s", mended(done) ? mended(done) : "");
    if (!valid_already) {
        reason_of(g, *geometry, repair);
        HOT_TRY(check_tangle(from, f, repair));
        GEOSGeometry *valid = repaired_copy(g, *geometry);
        if (!valid) return HOT_INPUT; /* the reason stands */
        GEOSGeom_destroy_r(g, *geometry);
        *geometry = valid;
    }
    size_t parts = 0;
    HOT_TRY(polygons_append(g, *geometry, to, &parts));
    return parts ? HOT_OK : nothing_left(repair);
}

hot_status hot_polygon_valid(const hot_shapes *from, size_t f, hot_shapes *to, bool *repaired,
                             hot_repair *repair)
{
    GEOSContextHandle_t g = context_new();
    if (!g) return HOT_MEMORY;
    *repair = (hot_repair){.area_before = hot_shapes_area(from, f)};
    mending done;
    GEOSGeometry *geometry = feature_new(g, from, f, &done);
    hot_status status =
        geometry ? valid_append(g, from, f, &geometry, &done, to, repaired, repair) : HOT_MEMORY;
    if (geometry) GEOSGeom_destroy_r(g, geometry);
    GEOS_finish_r(g);
    if (status != HOT_OK) return status;
    HOT_TRY(hot_shapes_end(to));
    repair->area_after = hot_shapes_area(to, to->n - 1);
    return HOT_OK;
}

hot_status hot_polygon_inside(const hot_shapes *shapes, size_t f, double *x, double *y)
{
    GEOSContextHandle_t g = context_new();
    if (!g) return HOT_MEMORY;
    mending done;
    GEOSGeometry *geometry = feature_new(g, shapes, f, &done);
    GEOSGeometry *point = geometry ? GEOSPointOnSurface_r(g, geometry) : NULL;
    bool found = point && !GEOSisEmpty_r(g, point) && GEOSGeomGetX_r(g, point, x) == 1 &&
                 GEOSGeomGetY_r(g, point, y) == 1;
    hot_status status = found ? HOT_OK : geometry ? HOT_INPUT : HOT_MEMORY;
    if (point) GEOSGeom_destroy_r(g, point);
    if (geometry) GEOSGeom_destroy_r(g, geometry);
    GEOS_finish_r(g);
    return status;
}

/* ---- faces ---- */

static GEOSGeometry *line_new(GEOSContextHandle_t g, const hot_shapes *s, size_t p)
{
    size_t from = s->point[s->ring[p]], n = s->point[s->ring[p] + 1] - from;
    GEOSCoordSequence *line = GEOSCoordSeq_create_r(g, (unsigned)n, 2);
    for (size_t i = 0; line && i < n; i++)
        GEOSCoordSeq_setXY_r(g, line, (unsigned)i, s->x[from + i], s->y[from + i]);
    return line ? GEOSGeom_createLineString_r(g, line) : NULL;
}

static GEOSGeometry *lines_new(GEOSContextHandle_t g, const hot_shapes *s, size_t f)
{
    size_t first = s->part[f], parts = s->part[f + 1] - first, n = 0;
    GEOSGeometry **line = hot_new(parts, sizeof *line);
    if (!line) return NULL;
    while (n < parts && (line[n] = line_new(g, s, first + n))) n++;
    GEOSGeometry *all =
        n == parts ? GEOSGeom_createCollection_r(g, GEOS_MULTILINESTRING, line, (unsigned)n) : NULL;
    if (all)
        hot_free(line);
    else
        geometries_free(g, line, n);
    return all;
}

/** Lines, cut where they cross, and the polygons between them. Joined end to end first, they are
 *  cut three times as fast. */
static GEOSGeometry *faces_new(GEOSContextHandle_t g, const GEOSGeometry *lines)
{
    GEOSGeometry *joined = GEOSLineMerge_r(g, lines);
    GEOSGeometry *cut = joined ? GEOSUnaryUnion_r(g, joined) : NULL;
    if (joined) GEOSGeom_destroy_r(g, joined);
    const GEOSGeometry *list[1] = {cut};
    GEOSGeometry *faces = cut ? GEOSPolygonize_r(g, list, 1) : NULL;
    if (cut) GEOSGeom_destroy_r(g, cut);
    return faces;
}

hot_status hot_polygon_faces(const hot_shapes *lines, size_t f, hot_shapes *faces)
{
    GEOSContextHandle_t g = context_new();
    if (!g) return HOT_MEMORY;
    GEOSGeometry *all = lines_new(g, lines, f);
    GEOSGeometry *found = all ? faces_new(g, all) : NULL;
    hot_status status = all ? found ? HOT_OK : HOT_INPUT : HOT_MEMORY;
    int n = found ? GEOSGetNumGeometries_r(g, found) : 0;
    for (int k = 0; k < n && status == HOT_OK; k++) {
        size_t parts = 0;
        status = polygons_append(g, GEOSGetGeometryN_r(g, found, k), faces, &parts);
        if (status == HOT_OK) status = hot_shapes_end(faces);
    }
    if (found) GEOSGeom_destroy_r(g, found);
    if (all) GEOSGeom_destroy_r(g, all);
    GEOS_finish_r(g);
    return status;
}

/* ---- joined, cut to size ---- */

/** One geometry in place of another; NULL stays NULL. */
static GEOSGeometry *put_in_place(GEOSContextHandle_t g, GEOSGeometry *old, GEOSGeometry *new)
{
    if (old) GEOSGeom_destroy_r(g, old);
    return new;
}

static GEOSGeometry *valid_of(GEOSContextHandle_t g, GEOSGeometry *geometry)
{
    if (!geometry || GEOSisValid_r(g, geometry) == 1) return geometry;
    return put_in_place(g, geometry, repaired_copy(g, geometry));
}

/** All of a list as one; the list is used up. NULL where GEOS cannot. */
static GEOSGeometry *dissolved(GEOSContextHandle_t g, GEOSGeometry **list, size_t n)
{
    GEOSGeometry *all = GEOSGeom_createCollection_r(g, GEOS_GEOMETRYCOLLECTION, list, (unsigned)n);
    if (!all) {
        geometries_free(g, list, n);
        return NULL;
    }
    hot_free(list);
    return put_in_place(g, all, GEOSUnaryUnion_r(g, all));
}

/** Some features as one, of each only what is in the box (NULL = all of it). */
static hot_status union_new(GEOSContextHandle_t g, const hot_some_shapes *some, const hot_box *box,
                            GEOSGeometry **out)
{
    hot_status status = HOT_OK;
    GEOSGeometry **list = hot_new(some->n, sizeof *list);
    if (!list) return HOT_MEMORY;
    for (size_t k = 0; k < some->n && status == HOT_OK; k++) {
        mending done;
        list[k] = feature_new(g, some->shapes, some->which[k], &done);
        if (!list[k]) status = HOT_MEMORY;
        if (list[k] && box)
            list[k] = put_in_place(
                g, list[k],
                GEOSClipByRect_r(g, list[k], box->west, box->south, box->east, box->north));
        list[k] = valid_of(g, list[k]);
        if (!list[k] && status == HOT_OK) status = HOT_INPUT;
    }
    if (status != HOT_OK) {
        for (size_t k = 0; k < some->n; k++)
            if (list[k]) GEOSGeom_destroy_r(g, list[k]);
        hot_free(list);
        return status;
    }
    *out = dissolved(g, list, some->n);
    return *out ? HOT_OK : HOT_INPUT;
}

static bool box_of(GEOSContextHandle_t g, const GEOSGeometry *geometry, hot_box *box)
{
    return GEOSGeom_getXMin_r(g, geometry, &box->west) == 1 &&
           GEOSGeom_getYMin_r(g, geometry, &box->south) == 1 &&
           GEOSGeom_getXMax_r(g, geometry, &box->east) == 1 &&
           GEOSGeom_getYMax_r(g, geometry, &box->north) == 1;
}

/** What lies in all of it stays as it is, to the bit. */
static hot_status keep_within(GEOSContextHandle_t g, const hot_some_shapes *within,
                              GEOSGeometry **geometry)
{
    hot_box box;
    GEOSGeometry *ground = NULL;
    if (within->n == 0) return HOT_OK;
    if (!box_of(g, *geometry, &box)) return HOT_INPUT;
    box = (hot_box){box.west - 1, box.south - 1, box.east + 1, box.north + 1};
    HOT_TRY(union_new(g, within, &box, &ground));
    if (GEOSCovers_r(g, ground, *geometry) != 1)
        *geometry = put_in_place(g, *geometry, GEOSIntersection_r(g, *geometry, ground));
    GEOSGeom_destroy_r(g, ground);
    return *geometry ? HOT_OK : HOT_INPUT;
}

static hot_status keep_without(GEOSContextHandle_t g, const hot_some_shapes *without,
                               GEOSGeometry **geometry)
{
    GEOSGeometry *hole = NULL;
    if (without->n == 0) return HOT_OK;
    HOT_TRY(union_new(g, without, NULL, &hole));
    *geometry = put_in_place(g, *geometry, GEOSDifference_r(g, *geometry, hole));
    GEOSGeom_destroy_r(g, hole);
    return *geometry ? HOT_OK : HOT_INPUT;
}

hot_status hot_polygon_join(const hot_some_shapes *of, const hot_some_shapes *within,
                            const hot_some_shapes *without, hot_shapes *to)
{
    size_t parts = 0;
    GEOSGeometry *all = NULL;
    GEOSContextHandle_t g = context_new();
    if (!g) return HOT_MEMORY;
    hot_status status = union_new(g, of, NULL, &all);
    if (status == HOT_OK) status = keep_within(g, within, &all);
    if (status == HOT_OK) status = keep_without(g, without, &all);
    if (status == HOT_OK) status = polygons_append(g, all, to, &parts);
    if (all) GEOSGeom_destroy_r(g, all);
    GEOS_finish_r(g);
    return status == HOT_OK && parts == 0 ? HOT_INPUT : status;
}

hot_status hot_polygon_round(const hot_shapes *lines, size_t f, double distance, hot_shapes *to)
{
    size_t parts = 0;
    GEOSContextHandle_t g = context_new();
    if (!g) return HOT_MEMORY;
    GEOSGeometry *all = lines_new(g, lines, f);
    GEOSGeometry *round = all ? GEOSBuffer_r(g, all, distance, 8) : NULL;
    hot_status status = round ? polygons_append(g, round, to, &parts)
                        : all ? HOT_INPUT
                              : HOT_MEMORY;
    if (all) GEOSGeom_destroy_r(g, all);
    if (round) GEOSGeom_destroy_r(g, round);
    GEOS_finish_r(g);
    if (status == HOT_OK && parts == 0) status = HOT_INPUT;
    return status == HOT_OK ? hot_shapes_end(to) : status;
}
