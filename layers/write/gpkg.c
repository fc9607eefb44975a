#include "layers/write/gpkg.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "engine/incidents/csv.h"
#include "layers/read/file.h"
#include "layers/read/vector.h"
#include "layers/write/bulk.h"
#include "layers/write/describe.h"
#include "layers/write/inert.h"

/** A file on its way out. */
typedef struct {
    const char *name;
    GDALDatasetH set;
    OGRSpatialReferenceH srs;
    const hot_gpkg_rules *rules;
    char complaint[512];
    unsigned char *wkb;
    size_t room;
} writing;

/** Success is not what GDAL returns but that it complained of nothing. */
static void CPL_STDCALL keep_first(CPLErr kind, CPLErrorNum number, const char *message)
{
    writing *w = CPLGetErrorHandlerUserData();
    (void)number;
    if (kind >= CE_Failure && !*w->complaint)
        snprintf(w->complaint, sizeof w->complaint, "%s", message);
}

static hot_status failed(const writing *w, hot_error *error)
{
    return hot_fail(error, HOT_SYSTEM, "%s: cannot be written: %s.", w->name,
                    *w->complaint ? w->complaint : "the disk may be full");
}

/* ---- geometry as well-known binary ---- */

typedef struct {
    unsigned char *at;
} pen;

static void put_byte(pen *p, unsigned char b)
{
    *p->at++ = b;
}

static void put_count(pen *p, size_t n)
{
    for (int i = 0; i < 4; i++) *p->at++ = (unsigned char)(n >> (8 * i));
}

static void put_number(pen *p, double value)
{
    uint64_t bits;
    unsigned char bytes[8]; /* the compiler makes one store of it */
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)(bits >> (8 * i));
    memcpy(p->at, bytes, sizeof bytes);
    p->at += sizeof bytes;
}

static void put_type(pen *p, OGRwkbGeometryType type)
{
    put_byte(p, 1); /* little-endian */
    put_count(p, (size_t)type);
}

static void put_vertices(pen *p, const hot_shapes *s, size_t r)
{
    put_count(p, s->point[r + 1] - s->point[r]);
    for (size_t i = s->point[r]; i < s->point[r + 1]; i++) {
        put_number(p, s->x[i]);
        put_number(p, s->y[i]);
    }
}

static size_t bytes_of(const hot_shapes *s, size_t f)
{
    size_t bytes = 9;
    for (size_t p = s->part[f]; p < s->part[f + 1]; p++) {
        bytes += 9;
        for (size_t r = s->ring[p]; r < s->ring[p + 1]; r++)
            bytes += 4 + 16 * (s->point[r + 1] - s->point[r]);
    }
    return bytes;
}

static hot_status put_feature(writing *w, const hot_shapes *s, size_t f, bool lines, size_t *n)
{
    *n = bytes_of(s, f);
    if (!hot_grow(&w->wkb, &w->room, *n, 1)) return HOT_MEMORY;
    pen p = {w->wkb};
    put_type(&p, lines ? wkbMultiLineString : wkbMultiPolygon);
    put_count(&p, s->part[f + 1] - s->part[f]);
    for (size_t k = s->part[f]; k < s->part[f + 1]; k++) {
        put_type(&p, lines ? wkbLineString : wkbPolygon);
        if (!lines) put_count(&p, s->ring[k + 1] - s->ring[k]);
        for (size_t r = s->ring[k]; r < s->ring[k + 1]; r++) put_vertices(&p, s, r);
    }
    return HOT_OK;
}

static hot_status put_point(writing *w, double x, double y, size_t *n)
{
    *n = 21;
    if (!hot_grow(&w->wkb, &w->room, *n, 1)) return HOT_MEMORY;
    pen p = {w->wkb};
    put_type(&p, wkbPoint);
    put_number(&p, x);
    put_number(&p, y);
    return HOT_OK;
}

static hot_status set_geometry(writing *w, const hot_layer *l, size_t row, OGRFeatureH feature)
{
    size_t n = 0;
    OGRGeometryH geometry = NULL;
    hot_geometry kind = l->declared->geometry;
    if (kind == HOT_NO_GEOMETRY) return HOT_OK;
    if (kind == HOT_POINT)
        HOT_TRY(put_point(w, l->x[row], l->y[row], &n));
    else
        HOT_TRY(put_feature(w, &l->shapes, row, kind == HOT_LINE, &n));
    if (OGR_G_CreateFromWkb(w->wkb, NULL, &geometry, (int)n) != OGRERR_NONE) return HOT_SYSTEM;
    OGR_F_SetGeometryDirectly(feature, geometry);
    return HOT_OK;
}

/* ---- layers ---- */

static OGRwkbGeometryType geometry_type(hot_geometry kind)
{
    switch (kind) {
    case HOT_POINT:
        return wkbPoint;
    case HOT_LINE:
        return wkbMultiLineString;
    case HOT_POLYGON:
        return wkbMultiPolygon;
    default:
        return wkbNone;
    }
}

static OGRFieldType field_type(hot_type type)
{
    return type == HOT_INTEGER ? OFTInteger64 : type == HOT_REAL ? OFTReal : OFTString;
}

static bool add_field(OGRLayerH layer, const char *name, OGRFieldType type)
{
    OGRFieldDefnH field = OGR_Fld_Create(name, type);
    bool added = OGR_L_CreateField(layer, field, 1) == OGRERR_NONE;
    OGR_Fld_Destroy(field);
    return added;
}

static OGRLayerH create_layer(writing *w, const hot_layer *l)
{
    char **options = NULL;
    options = CSLSetNameValue(options, "GEOMETRY_NAME", "geom");
    options = CSLSetNameValue(options, "FID", "fid");
    options = CSLSetNameValue(options, "IDENTIFIER", l->title);
    options = CSLSetNameValue(options, "DESCRIPTION", l->about);
    bool flat = l->declared->geometry == HOT_NO_GEOMETRY;
    OGRLayerH layer = GDALDatasetCreateLayer(w->set, l->name, flat ? NULL : w->srs,
                                             geometry_type(l->declared->geometry), options);
    CSLDestroy(options);
    for (size_t k = 0; layer && k < l->n_columns; k++)
        if (!add_field(layer, l->values[k].column.name, field_type(l->values[k].column.type)))
            return NULL;
    return layer;
}

/** A GeoPackage holds UTF-8; a file's name, for one, may be anything. */
static hot_status set_words(OGRFeatureH feature, int k, const char *text)
{
    hot_bytes whole = {0};
    if (hot_utf8_is(text, strlen(text))) {
        OGR_F_SetFieldString(feature, k, text);
        return HOT_OK;
    }
    hot_status status = hot_inert_utf8(&whole, text);
    if (status == HOT_OK) status = hot_bytes_add(&whole, "", 1);
    if (status == HOT_OK) OGR_F_SetFieldString(feature, k, (const char *)whole.data);
    hot_bytes_free(&whole);
    return status;
}

static hot_status set_value(OGRFeatureH feature, int k, const hot_values *v, size_t row)
{
    switch (v->column.type) {
    case HOT_INTEGER:
        if (v->missing && v->missing[row])
            OGR_F_SetFieldNull(feature, k);
        else
            OGR_F_SetFieldInteger64(feature, k, v->integer[row]);
        break;
    case HOT_REAL:
        if (isnan(v->real[row]))
            OGR_F_SetFieldNull(feature, k);
        else
            OGR_F_SetFieldDouble(feature, k, v->real[row]);
        break;
    case HOT_TEXT:
        if (v->text[row]) return set_words(feature, k, v->text[row]);
        OGR_F_SetFieldNull(feature, k);
        break;
    }
    return HOT_OK;
}

static hot_status write_row(writing *w, const hot_layer *l, OGRLayerH layer, size_t row)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    if (!feature) return HOT_MEMORY;
    hot_status status = set_geometry(w, l, row, feature);
    for (size_t k = 0; k < l->n_columns && status == HOT_OK; k++)
        status = set_value(feature, (int)k, &l->values[k], row);
    if (status == HOT_OK && OGR_L_CreateFeature(layer, feature) != OGRERR_NONE) status = HOT_SYSTEM;
    OGR_F_Destroy(feature);
    return status;
}

static hot_status write_layer(writing *w, const hot_layer *l)
{
    OGRLayerH layer = create_layer(w, l);
    if (!layer) return HOT_SYSTEM;
    size_t rows = hot_bulk_suits(l) ? 0 : l->n; /* a large one's come later */
    for (size_t row = 0; row < rows; row++) {
        if (row % 4096 == 0)
            HOT_TRY(hot_progress_step(w->rules->progress, "Writing the GeoPackage",
                                      (double)row / (double)l->n));
        HOT_TRY(write_row(w, l, layer, row));
        if (*w->complaint) return HOT_SYSTEM;
    }
    OGR_L_SyncToDisk(layer);
    return HOT_OK;
}

/* ---- styles, as QGIS keeps them ---- */

static OGRLayerH create_styles(writing *w)
{
    static const struct {
        const char *name;
        int width;
    } text[] = {{"f_table_catalog", 256}, {"f_table_schema", 256},
                {"f_table_name", 256},    {"f_geometry_column", 256},
                {"styleName", 30},        {"styleQML", 0},
                {"styleSLD", 0}};
    char **options = CSLSetNameValue(NULL, "FID", "id");
    OGRLayerH layer = GDALDatasetCreateLayer(w->set, "layer_styles", NULL, wkbNone, options);
    CSLDestroy(options);
    bool made = layer != NULL;
    for (size_t k = 0; made && k < sizeof text / sizeof *text; k++) {
        OGRFieldDefnH field = OGR_Fld_Create(text[k].name, OFTString);
        OGR_Fld_SetWidth(field, text[k].width);
        made = OGR_L_CreateField(layer, field, 1) == OGRERR_NONE;
        OGR_Fld_Destroy(field);
    }
    if (!made) return NULL;
    OGRFieldDefnH as_default = OGR_Fld_Create("useAsDefault", OFTInteger);
    OGR_Fld_SetSubType(as_default, OFSTBoolean);
    made = OGR_L_CreateField(layer, as_default, 1) == OGRERR_NONE;
    OGR_Fld_Destroy(as_default);
    made = made && add_field(layer, "description", OFTString) &&
           add_field(layer, "owner", OFTString) && add_field(layer, "ui", OFTString) &&
           add_field(layer, "update_time", OFTDateTime);
    return made ? layer : NULL;
}

static void set_text(OGRFeatureH feature, const char *field, const char *text)
{
    OGR_F_SetFieldString(feature, OGR_F_GetFieldIndex(feature, field), text);
}

/** Catalogue and schema must be '' and not NULL, or QGIS lists the style without using it; a table
 *  has no geometry column, and that is '' too. */
static bool write_style(writing *w, OGRLayerH styles, const hot_layer *l, const char *qml)
{
    OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(styles));
    int year = 0, month = 0, day = 0;
    sscanf(w->rules->date, "%d-%d-%d", &year, &month, &day);
    set_text(f, "f_table_catalog", "");
    set_text(f, "f_table_schema", "");
    set_text(f, "f_table_name", l->name);
    set_text(f, "f_geometry_column", l->declared->geometry == HOT_NO_GEOMETRY ? "" : "geom");
    set_text(f, "styleName", l->name);
    set_text(f, "styleQML", qml);
    set_text(f, "description", l->title);
    set_text(f, "owner", "");
    OGR_F_SetFieldInteger(f, OGR_F_GetFieldIndex(f, "useAsDefault"), 1);
    OGR_F_SetFieldDateTime(f, OGR_F_GetFieldIndex(f, "update_time"), year, month, day, 0, 0, 0,
                           100);
    bool written = OGR_L_CreateFeature(styles, f) == OGRERR_NONE;
    OGR_F_Destroy(f);
    return written;
}

static hot_status style_layer(writing *w, OGRLayerH styles, const hot_layer *l)
{
    hot_bytes qml = {0};
    hot_status status = w->rules->style(l, &qml);
    bool has_style = qml.length > 0;
    if (status == HOT_OK) status = hot_bytes_add(&qml, "", 1);
    if (status == HOT_OK && has_style && !write_style(w, styles, l, (const char *)qml.data))
        status = HOT_SYSTEM;
    hot_bytes_free(&qml);
    return status;
}

static hot_status write_styles(writing *w, const hot_result *result)
{
    if (!w->rules->style) return HOT_OK;
    OGRLayerH styles = create_styles(w);
    if (!styles) return HOT_SYSTEM;
    for (size_t k = 0; k < result->n; k++) HOT_TRY(style_layer(w, styles, &result->layers[k]));
    OGR_L_SyncToDisk(styles);
    return HOT_OK;
}

/* ---- what it all means ---- */

static hot_status run_statement(void *self, const char *sql)
{
    writing *w = self;
    OGRLayerH answer = GDALDatasetExecuteSQL(w->set, sql, NULL, NULL);
    if (answer) GDALDatasetReleaseResultSet(w->set, answer);
    return *w->complaint ? HOT_SYSTEM : HOT_OK;
}

/* ---- the file ---- */

static hot_status write_all(writing *w, const hot_result *result)
{
    if (GDALDatasetStartTransaction(w->set, 0) != OGRERR_NONE) return HOT_SYSTEM;
    for (size_t k = 0; k < result->n; k++) HOT_TRY(write_layer(w, &result->layers[k]));
    HOT_TRY(write_styles(w, result));
    HOT_TRY(hot_describe(result, w->rules->date, run_statement, w));
    return GDALDatasetCommitTransaction(w->set) == OGRERR_NONE ? HOT_OK : HOT_SYSTEM;
}

static hot_status write_file(writing *w, const char *path, const hot_result *result)
{
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    char **options = CSLSetNameValue(NULL, "VERSION", "1.3");
    /* Checking the options, GDAL reads every tiling scheme that it knows. */
    CPLSetThreadLocalConfigOption("GDAL_VALIDATE_CREATION_OPTIONS", "NO");
    w->set = driver ? GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, options) : NULL;
    CPLSetThreadLocalConfigOption("GDAL_VALIDATE_CREATION_OPTIONS", NULL);
    CSLDestroy(options);
    if (!w->set) return HOT_SYSTEM;
    w->srs = OSRNewSpatialReference(NULL);
    if (result->epsg && OSRImportFromEPSG(w->srs, result->epsg) != OGRERR_NONE) return HOT_SYSTEM;
    OSRSetAxisMappingStrategy(w->srs, OAMS_TRADITIONAL_GIS_ORDER);
    return write_all(w, result);
}

/** GDAL has made their tables, indexes and triggers, and has closed the file. */
static hot_status write_large(writing *w, const char *path, const hot_result *result)
{
    hot_bulk to = {.path = path,
                   .progress = w->rules->progress,
                   .complaint = w->complaint,
                   .room = sizeof w->complaint};
    for (size_t k = 0; k < result->n; k++)
        if (hot_bulk_suits(&result->layers[k])) HOT_TRY(hot_bulk_write(&to, &result->layers[k]));
    return HOT_OK;
}

hot_status hot_gpkg_write(const char *path, const hot_result *result, const hot_gpkg_rules *rules,
                          hot_error *error)
{
    writing w = {.name = hot_base_name(path), .rules = rules};
    hot_gdal_ready();
    CPLPushErrorHandlerEx(keep_first, &w);
    CPLSetConfigOption("OGR_CURRENT_DATE", CPLSPrintf("%sT00:00:00.000Z", rules->date));
    hot_status status = write_file(&w, path, result);
    if (w.set) GDALClose(w.set);
    if (w.srs) OSRDestroySpatialReference(w.srs);
    CPLSetConfigOption("OGR_CURRENT_DATE", NULL);
    CPLPopErrorHandler();
    hot_free(w.wkb);
    if (status == HOT_OK && *w.complaint) status = HOT_SYSTEM;
    if (status == HOT_OK) status = write_large(&w, path, result);
    return status == HOT_SYSTEM ? failed(&w, error) : status;
}
