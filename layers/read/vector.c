#include "layers/read/vector.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "engine/base/number.h"
#include "layers/read/file.h"
#include "layers/read/geojson.h"
#include "layers/read/kml.h"
#include "layers/read/schema.h"
#include "layers/read/target.h"

/** What is read, and what GDAL said of it. */
typedef struct {
    const char *file;
    const hot_vector_limits *limits;
    size_t text;         /* bytes of the fields so far */
    char complaint[512]; /* the first */
    bool strange;        /* the file names a coordinate system that PROJ does not know */
} reading;

/** Keep the first thing GDAL complained of; errors stay inside this door. A system that PROJ does
 *  not know is no reason to refuse the file: the person may say which it is. */
static void CPL_STDCALL keep_first(CPLErr kind, CPLErrorNum number, const char *message)
{
    reading *r = CPLGetErrorHandlerUserData();
    (void)number;
    if (!r || kind < CE_Failure) return;
    if (strncmp(message, "PROJ: ", 6) == 0) {
        r->strange = true;
        return;
    }
    char *first = r->complaint;
    if (*first) return;
    snprintf(first, sizeof r->complaint, "%s", message);
    for (size_t n = strlen(first); n && first[n - 1] == '.'; n--) first[n - 1] = 0;
}

/* ---- geometry ---- */

static hot_status ring_read(OGRGeometryH ring, hot_shapes *shapes)
{
    int n = OGR_G_GetPointCount(ring);
    for (int i = 0; i < n; i++) {
        double x = OGR_G_GetX(ring, i), y = OGR_G_GetY(ring, i);
        HOT_TRY(hot_shapes_add(shapes, x, y));
    }
    return hot_shapes_end_ring(shapes);
}

/** Append the parts of a geometry that are of the wanted kind, however deep they lie. */
static hot_status parts_read(OGRGeometryH g, OGRwkbGeometryType wanted, hot_shapes *shapes)
{
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(g));
    if (type == wkbLineString && wanted == wkbLineString) {
        if (OGR_G_GetPointCount(g) < 2) return HOT_OK;
        HOT_TRY(ring_read(g, shapes));
        return hot_shapes_end_part(shapes);
    }
    bool polygon = type == wkbPolygon || type == wkbTriangle;
    if (polygon && wanted == wkbPolygon) {
        if (OGR_G_IsEmpty(g)) return HOT_OK;
        for (int r = 0; r < OGR_G_GetGeometryCount(g); r++)
            HOT_TRY(ring_read(OGR_G_GetGeometryRef(g, r), shapes));
        return hot_shapes_end_part(shapes);
    }
    if (polygon || type == wkbLineString || type == wkbPoint) return HOT_OK;
    for (int i = 0; i < OGR_G_GetGeometryCount(g); i++)
        HOT_TRY(parts_read(OGR_G_GetGeometryRef(g, i), wanted, shapes));
    return HOT_OK;
}

static bool is_collection(OGRGeometryH g)
{
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(g));
    return type == wkbMultiPoint || type == wkbGeometryCollection;
}

/** The one point that a geometry is, also as the only member of a collection; NULL for anything
 *  else. */
static OGRGeometryH point_of(OGRGeometryH g)
{
    while (is_collection(g) && OGR_G_GetGeometryCount(g) == 1) g = OGR_G_GetGeometryRef(g, 0);
    bool point = wkbFlatten(OGR_G_GetGeometryType(g)) == wkbPoint;
    return point && !OGR_G_IsEmpty(g) ? g : NULL;
}

static hot_status geometry_read(OGRFeatureH feature, hot_vector *v, size_t i)
{
    OGRGeometryH g = OGR_F_StealGeometry(feature);
    v->x[i] = v->y[i] = NAN;
    if (g && OGR_G_HasCurveGeometry(g, 0)) {
        OGRGeometryH straight = OGR_G_GetLinearGeometry(g, 0, NULL);
        OGR_G_DestroyGeometry(g);
        g = straight;
    }
    hot_status status = HOT_OK;
    OGRGeometryH point = g ? point_of(g) : NULL;
    v->other[i] = g && !point && !OGR_G_IsEmpty(g);
    if (point) {
        v->x[i] = OGR_G_GetX(point, 0);
        v->y[i] = OGR_G_GetY(point, 0);
    } else if (g) {
        status = parts_read(g, wkbLineString, &v->lines);
        if (status == HOT_OK) status = parts_read(g, wkbPolygon, &v->polygons);
    }
    if (g) OGR_G_DestroyGeometry(g);
    if (status == HOT_OK) status = hot_shapes_end(&v->lines);
    if (status == HOT_OK) status = hot_shapes_end(&v->polygons);
    return status;
}

/* ---- fields ---- */

static const char *kept(hot_vector *v, const char *text)
{
    return hot_arena_text(&v->arena, text, strlen(text));
}

static hot_status fields_read(OGRLayerH layer, hot_vector *v)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    v->n_fields = (size_t)OGR_FD_GetFieldCount(definition);
    v->field = hot_new(v->n_fields, sizeof *v->field);
    if (!v->field) return HOT_MEMORY;
    for (size_t k = 0; k < v->n_fields; k++) {
        v->field[k] = kept(v, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, (int)k)));
        if (!v->field[k]) return HOT_MEMORY;
    }
    return HOT_OK;
}

/** A value as text; a real one with all its digits, which OGR would cut. */
static const char *value_text(OGRFeatureH feature, int k, char *number)
{
    OGRFieldDefnH field = OGR_F_GetFieldDefnRef(feature, k);
    if (OGR_Fld_GetType(field) != OFTReal) return OGR_F_GetFieldAsString(feature, k);
    hot_number_format(OGR_F_GetFieldAsDouble(feature, k), number);
    return number;
}

static hot_status values_read(OGRFeatureH feature, hot_vector *v, size_t i)
{
    char number[32];
    for (size_t k = 0; k < v->n_fields; k++) {
        const char **value = &v->value[i * v->n_fields + k];
        *value = NULL;
        if (!OGR_F_IsFieldSetAndNotNull(feature, (int)k)) continue;
        *value = kept(v, value_text(feature, (int)k, number));
        if (!*value) return HOT_MEMORY;
    }
    return HOT_OK;
}

/* ---- coordinate system ---- */

/** The EPSG code of a system, found by its name where it has no code (Shapefile). */
static int code_of(OGRSpatialReferenceH srs)
{
    const char *authority = OSRGetAuthorityName(srs, NULL), *code = OSRGetAuthorityCode(srs, NULL);
    if (authority && code && EQUAL(authority, "EPSG")) return atoi(code);
    if (authority && code && EQUAL(authority, "OGC") && EQUAL(code, "CRS84")) return 4326;
    int n = 0, *confidence = NULL, epsg = 0;
    OGRSpatialReferenceH *match = OSRFindMatches(srs, NULL, &n, &confidence);
    if (n > 0 && confidence[0] >= 70) {
        code = OSRGetAuthorityCode(match[0], NULL);
        epsg = code ? atoi(code) : 0;
    }
    OSRFreeSRSArray(match);
    CPLFree(confidence);
    return epsg;
}

/** The EPSG code of a layer, heights left out; 0 where it has none. */
static int epsg_of(OGRLayerH layer)
{
    OGRSpatialReferenceH flat, srs = OGR_L_GetSpatialRef(layer);
    if (!srs || OSRIsGeocentric(srs)) return 0;
    if (!OSRIsCompound(srs)) return code_of(srs);
    flat = OSRClone(srs);
    int epsg = OSRStripVertical(flat) == OGRERR_NONE ? code_of(flat) : 0;
    OSRDestroySpatialReference(flat);
    return epsg;
}

/* ---- a layer ---- */

static hot_status unreadable(const reading *r, hot_error *error)
{
    return hot_fail(error, HOT_INPUT, "%s: cannot be read: %s.", r->file,
                    *r->complaint ? r->complaint
                                  : "it is not a GeoPackage, GeoJSON file or Shapefile");
}

/** Space of the arrays. */
typedef struct {
    size_t x, y, other, value;
} rooms;

static bool room_for(hot_vector *v, rooms *room)
{
    return hot_grow(&v->x, &room->x, v->n + 1, sizeof *v->x) &&
           hot_grow(&v->y, &room->y, v->n + 1, sizeof *v->y) &&
           hot_grow(&v->other, &room->other, v->n + 1, sizeof *v->other) &&
           hot_grow(&v->value, &room->value, (v->n + 1) * v->n_fields + 1, sizeof *v->value);
}

static hot_status over(const reading *r, const char *what, size_t limit, hot_error *error)
{
    return hot_fail(error, HOT_INPUT,
                    "%s: holds more than %zu %s; keep only the part that is needed, or give "
                    "incidents as CSV.",
                    r->file, limit, what);
}

/** Vertices are counted before they are copied. */
static size_t vertices_of(OGRGeometryH g)
{
    size_t n = (size_t)OGR_G_GetPointCount(g);
    for (int i = 0; i < OGR_G_GetGeometryCount(g); i++)
        n += vertices_of(OGR_G_GetGeometryRef(g, i));
    return n;
}

static hot_status check_limits(OGRFeatureH feature, const hot_vector *v, reading *r,
                               hot_error *error)
{
    const hot_vector_limits *most = r->limits;
    OGRGeometryH g = OGR_F_GetGeometryRef(feature);
    size_t vertices = v->lines.n_points + v->polygons.n_points;
    if (v->n >= most->features) return over(r, "features", most->features, error);
    if (g && vertices + vertices_of(g) > most->vertices)
        return over(r, "vertices", most->vertices, error);
    for (size_t k = 0; k < v->n_fields; k++) {
        if (!OGR_F_IsFieldSetAndNotNull(feature, (int)k)) continue;
        size_t n = strlen(OGR_F_GetFieldAsString(feature, (int)k));
        r->text += n;
        if (n > most->field_bytes)
            return hot_fail(error, HOT_INPUT,
                            "%s: feature %zu holds more than %zu bytes in the field %s; leave that "
                            "field out.",
                            r->file, v->n + 1, most->field_bytes, v->field[k]);
    }
    if (r->text > most->text_bytes) return over(r, "bytes in its fields", most->text_bytes, error);
    return HOT_OK;
}

static hot_status bad_feature(const reading *r, size_t number, hot_error *error)
{
    return hot_fail(error, HOT_INPUT,
                    "%s: feature %zu cannot be read: %s; mend it or take it out of the file.",
                    r->file, number, r->complaint);
}

static hot_status features_read(OGRLayerH layer, reading *r, hot_vector *v, hot_error *error)
{
    rooms room = {0};
    OGRFeatureH feature;
    OGR_L_ResetReading(layer);
    while ((feature = OGR_L_GetNextFeature(layer))) {
        hot_status status = *r->complaint ? bad_feature(r, v->n + 1, error) : HOT_OK;
        if (status == HOT_OK) status = check_limits(feature, v, r, error);
        if (status == HOT_OK && !room_for(v, &room)) status = HOT_MEMORY;
        if (status == HOT_OK) status = values_read(feature, v, v->n);
        if (status == HOT_OK) status = geometry_read(feature, v, v->n);
        OGR_F_Destroy(feature);
        HOT_TRY(status);
        v->n++;
    }
    return HOT_OK;
}

static hot_status layer_read(OGRLayerH layer, bool prj, reading *r, hot_vector *v, hot_error *error)
{
    bool clean = !*r->complaint;
    int epsg = epsg_of(layer);
    if (prj && clean && *r->complaint) { /* all that was read for it is the .prj */
        r->strange = true;
        *r->complaint = 0;
    }
    v->epsg = r->strange ? 0 : epsg; /* the library takes what it does not know for degrees */
    v->layer = kept(v, OGR_L_GetName(layer));
    if (!v->layer) return HOT_MEMORY;
    HOT_TRY(fields_read(layer, v));
    if (*r->complaint) return unreadable(r, error);
    HOT_TRY(features_read(layer, r, v, error));
    return *r->complaint ? unreadable(r, error) : HOT_OK;
}

/** The layers' names, for a sentence. */
static void layer_names(GDALDatasetH set, char *text, size_t room)
{
    size_t n = 0;
    *text = 0;
    for (int i = 0; i < GDALDatasetGetLayerCount(set) && n + 80 < room; i++)
        n += (size_t)snprintf(text + n, room - n, "%s%.60s", i ? ", " : "",
                              OGR_L_GetName(GDALDatasetGetLayer(set, i)));
}

static hot_status layer_find(GDALDatasetH set, const char *name, const reading *r, OGRLayerH *layer,
                             hot_error *error)
{
    char names[600];
    layer_names(set, names, sizeof names);
    *layer = NULL;
    if (name) {
        *layer = GDALDatasetGetLayerByName(set, name);
        if (*layer) return HOT_OK;
        return hot_fail(error, HOT_INPUT, "%s: has no layer \"%s\"; it has %s.", r->file, name,
                        names);
    }
    int n = GDALDatasetGetLayerCount(set);
    if (n == 0) return hot_fail(error, HOT_INPUT, "%s: holds no layer.", r->file);
    if (n > 1) return hot_several_layers(r->file, names, error);
    *layer = GDALDatasetGetLayer(set, 0);
    return HOT_OK;
}

/** A layer of a GeoPackage is a table: a view, or a virtual table, would be run as it is read. */
static hot_status layer_check(GDALDatasetH set, OGRLayerH layer, const reading *r, hot_error *error)
{
    const char *name = OGR_L_GetName(layer);
    bool table = false;
    if (!EQUAL(GDALGetDriverShortName(GDALGetDatasetDriver(set)), "GPKG")) return HOT_OK;
    OGRLayerH rows = GDALDatasetExecuteSQL(
        set, "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0", NULL, NULL);
    for (OGRFeatureH row; rows && (row = OGR_L_GetNextFeature(rows)); OGR_F_Destroy(row))
        table = table || EQUAL(OGR_F_GetFieldAsString(row, 0), name);
    if (rows) GDALDatasetReleaseResultSet(set, rows);
    if (table) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "%s: the layer %s is a view and not a table; save it as a layer of its own.",
                    r->file, name);
}

/* ---- a file ---- */

static bool read_at(void *self, uint64_t at, void *into, size_t n)
{
    return VSIFSeekL(self, at, SEEK_SET) == 0 && VSIFReadL(into, 1, n, self) == n;
}

static ptrdiff_t read_on(void *self, char *into, size_t n)
{
    return (ptrdiff_t)VSIFReadL(into, 1, n, self);
}

/** Features of all layers: KML has one for each folder. */
static size_t features_in(GDALDatasetH set)
{
    size_t n = 0;
    for (int k = 0; k < GDALDatasetGetLayerCount(set); k++) {
        OGRLayerH layer = GDALDatasetGetLayer(set, k);
        OGRFeatureH feature;
        OGR_L_ResetReading(layer);
        for (; (feature = OGR_L_GetNextFeature(layer)); n++) OGR_F_Destroy(feature);
    }
    return n;
}

/** No feature may be lost in silence. */
static hot_status check_count(const hot_target *t, GDALDatasetH set, const reading *r, size_t read,
                              hot_error *error)
{
    if (t->kind != HOT_GEOJSON && t->kind != HOT_KML) return HOT_OK;
    VSILFILE *f = VSIFOpenL(t->name, "rb");
    if (!f) return unreadable(r, error);
    hot_source source = {read_on, f, 0};
    hot_status status = t->kind == HOT_KML ? hot_kml_check(source, r->file, features_in(set), error)
                                           : hot_geojson_check(source, r->file, read, error);
    VSIFCloseL(f);
    return status;
}

/** What can be known of a file before a driver sees it; *logs = it is an SQLite file made for a
 *  write-ahead log. */
static hot_status target_check(const hot_target *t, const reading *r, bool *logs, hot_error *error)
{
    char head[4096];
    *logs = false;
    hot_status status = HOT_OK;
    if (!t->is_member && t->kind != HOT_GPKG) return HOT_OK;
    VSILFILE *f = VSIFOpenL(t->name, "rb");
    if (!f) return unreadable(r, error);
    size_t n = VSIFReadL(head, 1, sizeof head, f);
    if (t->is_member) status = hot_kind_check(r->file, t->kind, head, n, error);
    if (status == HOT_OK && t->kind == HOT_GPKG)
        status = hot_schema_check(r->file, (hot_reach){read_at, f}, error);
    *logs = t->kind == HOT_GPKG && n > 18 && head[18] == 2;
    VSIFCloseL(f);
    return status;
}

/** Open a file, by the one driver that its kind calls for. */
static hot_status set_open(const hot_target *t, const reading *r, GDALDatasetH *set,
                           hot_error *error)
{
    static const char *const driver[] = {"GPKG", "GeoJSON", "ESRI Shapefile", "KML"};
    const char *const drivers[] = {driver[t->kind], NULL};
    /* A code that looks like a date is still the text it is. */
    static const char *const as_text[] = {"DATE_AS_STRING=YES", NULL};
    /* Its log is empty (kind.h); to look for one, SQLite would write beside the file. */
    static const char *const at_rest[] = {"IMMUTABLE=YES", NULL};
    bool logs;
    HOT_TRY(target_check(t, r, &logs, error));
    *set = GDALOpenEx(t->name, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers,
                      t->kind == HOT_GEOJSON ? as_text
                      : logs                 ? at_rest
                                             : NULL,
                      NULL);
    return *set ? HOT_OK : unreadable(r, error);
}

static hot_status vector_read(const char *path, const char *layer, reading *r, hot_vector *v,
                              hot_error *error)
{
    hot_target t;
    GDALDatasetH set = NULL;
    OGRLayerH found;
    HOT_TRY(hot_target_find(path, layer, &t, error));
    hot_status status = set_open(&t, r, &set, error);
    if (status == HOT_OK) status = layer_find(set, t.is_layer ? NULL : layer, r, &found, error);
    if (status == HOT_OK) status = layer_check(set, found, r, error);
    if (status == HOT_OK) status = layer_read(found, t.kind == HOT_SHAPEFILE, r, v, error);
    if (status == HOT_OK) status = check_count(&t, set, r, v->n, error);
    if (set) GDALClose(set);
    hot_target_free(&t);
    return status;
}

static hot_status names_read(GDALDatasetH set, char ***names, size_t *n)
{
    size_t count = (size_t)GDALDatasetGetLayerCount(set);
    char **list = hot_new(count, sizeof *list);
    bool all = list != NULL;
    for (size_t k = 0; k < count && all; k++) {
        const char *name = OGR_L_GetName(GDALDatasetGetLayer(set, (int)k));
        list[k] = hot_text(name, strlen(name));
        all = list[k] != NULL;
    }
    if (all) {
        *names = list;
        *n = count;
        return HOT_OK;
    }
    for (size_t k = 0; list && k < count; k++) hot_free(list[k]);
    hot_free(list);
    return HOT_MEMORY;
}

hot_status hot_vector_layers(const char *path, char ***names, size_t *n, hot_error *error)
{
    reading r = {.file = hot_base_name(path)};
    hot_target t;
    GDALDatasetH set = NULL;
    hot_gdal_ready();
    HOT_TRY(hot_target_find(path, NULL, &t, error));
    CPLPushErrorHandlerEx(keep_first, &r);
    hot_status status = set_open(&t, &r, &set, error);
    if (status == HOT_OK) status = names_read(set, names, n);
    if (set) GDALClose(set);
    CPLPopErrorHandler();
    hot_target_free(&t);
    return status;
}

hot_status hot_vector_read_within(const char *path, const char *layer,
                                  const hot_vector_limits *limits, hot_vector *vector,
                                  hot_error *error)
{
    reading r = {.file = hot_base_name(path), .limits = limits};
    hot_gdal_ready();
    CPLPushErrorHandlerEx(keep_first, &r);
    hot_status status = vector_read(path, layer, &r, vector, error);
    CPLPopErrorHandler();
    if (status != HOT_OK) hot_vector_free(vector);
    return status;
}

hot_status hot_vector_read(const char *path, const char *layer, hot_vector *vector,
                           hot_error *error)
{
    return hot_vector_read_within(path, layer, &hot_vector_usual, vector, error);
}

void hot_vector_free(hot_vector *v)
{
    hot_free(v->field);
    hot_free(v->value);
    hot_free(v->x);
    hot_free(v->y);
    hot_free(v->other);
    hot_shapes_free(&v->lines);
    hot_shapes_free(&v->polygons);
    hot_arena_free(&v->arena);
    *v = (hot_vector){0};
}

int hot_vector_field(const hot_vector *v, const char *name)
{
    for (size_t k = 0; k < v->n_fields; k++)
        if (strcasecmp(v->field[k], name) == 0) return (int)k;
    return -1;
}
