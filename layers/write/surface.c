#include "layers/write/surface.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include "engine/base/version.h"
#include "layers/read/file.h"
#include "layers/read/vector.h"

static void CPL_STDCALL keep_first(CPLErr kind, CPLErrorNum number, const char *message)
{
    char *first = CPLGetErrorHandlerUserData();
    (void)number;
    if (kind >= CE_Failure && !*first) snprintf(first, 512, "%s", message);
}

/** What the file says of its one band. */
typedef struct {
    const char *name, *unit, *about;
} words;

/** The surface as a raster in memory; it borrows the values. */
static GDALDatasetH memory_raster(const hot_surface *s, int epsg, const words *said,
                                  const char *date)
{
    char pointer[64], *const options[] = {pointer, NULL};
    char text[64];
    const hot_frame *f = &s->frame;
    GDALDatasetH set =
        GDALCreate(GDALGetDriverByName("MEM"), "", f->cols, f->rows, 0, GDT_Float32, NULL);
    if (!set) return NULL;
    int n = CPLPrintPointer(text, s->value, sizeof text - 1);
    text[n] = 0;
    snprintf(pointer, sizeof pointer, "DATAPOINTER=%.50s", text);
    if (GDALAddBand(set, GDT_Float32, (char **)options) != CE_None) {
        GDALClose(set);
        return NULL;
    }
    double transform[6] = {f->west, f->cell, 0, f->north, 0, -f->cell};
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(srs, epsg);
    OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    GDALSetSpatialRef(set, srs);
    OSRDestroySpatialReference(srs);
    GDALSetGeoTransform(set, transform);
    GDALRasterBandH band = GDALGetRasterBand(set, 1);
    GDALSetRasterNoDataValue(band, (double)NAN);
    GDALSetRasterUnitType(band, said->unit);
    GDALSetDescription(band, said->name);
    GDALSetMetadataItem(set, "TIFFTAG_IMAGEDESCRIPTION", said->about, NULL);
    snprintf(text, sizeof text, "%.4s:%.2s:%.2s 00:00:00", date, date + 5, date + 8);
    GDALSetMetadataItem(set, "TIFFTAG_DATETIME", text, NULL);
    GDALSetMetadataItem(set, "TIFFTAG_SOFTWARE", "hotbeat " HOT_VERSION, NULL);
    GDALSetMetadataItem(set, "AREA_OR_POINT", "Area", NULL);
    return set;
}

static hot_status write_cog(const char *path, const hot_surface *surface, int epsg,
                            const words *said, const char *date, hot_error *error)
{
    char complaint[512] = "";
    hot_gdal_ready();
    CPLPushErrorHandlerEx(keep_first, complaint);
    GDALDatasetH memory = memory_raster(surface, epsg, said, date), file = NULL;
    char **options = NULL;
    options = CSLSetNameValue(options, "COMPRESS", "DEFLATE");
    /* No predictor: most of a surface is NaN, zero or smooth, and the file is as small without. */
    options = CSLSetNameValue(options, "LEVEL", "1");
    options = CSLSetNameValue(options, "PREDICTOR", "NO");
    options = CSLSetNameValue(options, "OVERVIEW_RESAMPLING", "AVERAGE");
    /* Checking the options, GDAL reads every tiling scheme that it knows. */
    CPLSetThreadLocalConfigOption("GDAL_VALIDATE_CREATION_OPTIONS", "NO");
    if (memory)
        file = GDALCreateCopy(GDALGetDriverByName("COG"), path, memory, 0, options, NULL, NULL);
    CPLSetThreadLocalConfigOption("GDAL_VALIDATE_CREATION_OPTIONS", NULL);
    CSLDestroy(options);
    if (file) GDALClose(file);
    if (memory) GDALClose(memory);
    CPLPopErrorHandler();
    if (file && !*complaint) return HOT_OK;
    return hot_fail(error, HOT_SYSTEM, "%s: cannot be written: %s.", hot_base_name(path),
                    *complaint ? complaint : "the disk may be full");
}

hot_status hot_surface_write(const char *path, const hot_surface *surface, int epsg,
                             const char *about, const char *date, hot_error *error)
{
    const words own = {"density", "incidents per km2 in the period", about};
    return write_cog(path, surface, epsg, &own, date, error);
}

hot_status hot_raster_write(const char *path, const hot_raster *raster, int epsg, const char *date,
                            hot_error *error)
{
    const words own = {raster->name, raster->unit, raster->about};
    return write_cog(path, &raster->surface, epsg, &own, date, error);
}

static hot_status read_values(GDALDatasetH set, hot_surface *s)
{
    double t[6];
    int cols = GDALGetRasterXSize(set), rows = GDALGetRasterYSize(set);
    if (GDALGetGeoTransform(set, t) != CE_None || !(t[1] > 0) || t[5] != -t[1] ||
        (int64_t)cols * rows > HOT_FRAME_CELLS)
        return HOT_INPUT;
    s->frame = (hot_frame){t[0], t[3], t[1], cols, rows};
    s->value = hot_new_raw((size_t)hot_frame_size(&s->frame), sizeof *s->value);
    if (!s->value) return HOT_MEMORY;
    CPLErr read = GDALRasterIO(GDALGetRasterBand(set, 1), GF_Read, 0, 0, cols, rows, s->value, cols,
                               rows, GDT_Float32, 0, 0);
    return read == CE_None ? HOT_OK : HOT_INPUT;
}

static int epsg_of(GDALDatasetH set)
{
    OGRSpatialReferenceH srs = GDALGetSpatialRef(set);
    const char *code = srs ? OSRGetAuthorityCode(srs, NULL) : NULL;
    return code ? atoi(code) : 0;
}

hot_status hot_surface_read(const char *path, hot_surface *surface, int *epsg, hot_error *error)
{
    static const char *const drivers[] = {"GTiff", NULL};
    char complaint[512] = "";
    hot_surface s = {0};
    hot_gdal_ready();
    CPLPushErrorHandlerEx(keep_first, complaint);
    GDALDatasetH set = GDALOpenEx(path, GDAL_OF_RASTER | GDAL_OF_READONLY, drivers, NULL, NULL);
    hot_status status = set && GDALGetRasterCount(set) == 1 ? read_values(set, &s) : HOT_INPUT;
    if (set && status == HOT_OK) *epsg = epsg_of(set);
    if (set) GDALClose(set);
    CPLPopErrorHandler();
    if (status == HOT_OK && *complaint) status = HOT_INPUT;
    if (status == HOT_OK)
        *surface = s;
    else
        hot_surface_free(&s);
    if (status != HOT_INPUT) return status;
    return hot_fail(error, HOT_INPUT, "%s: is no density surface of hotbeat%s%s.",
                    hot_base_name(path), *complaint ? ": " : "", complaint);
}
