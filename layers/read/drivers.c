/* GDAL made ready: which of its drivers there are, and what it may not do. */
#include <stddef.h>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <gdal.h>
#include <gdal_frmts.h>
#include <ogr_srs_api.h>

#include "layers/read/environment.h"
#include "layers/read/vector.h"

/* Exported by libgdal, but declared in a C++ header only. */
void RegisterOGRGeoPackage(void);
void RegisterOGRGeoJSON(void);
void RegisterOGRShape(void);
void RegisterOGRKML(void);

/** In place of any fetch: a crs member of GeoJSON can name an address. */
static CPLHTTPResult *fetch_nothing(const char *address, CSLConstList options,
                                    GDALProgressFunc tell, void *told, CPLHTTPFetchWriteFunc write,
                                    void *written, void *self)
{
    (void)address, (void)options, (void)tell, (void)told, (void)write, (void)written, (void)self;
    CPLHTTPResult *none = CPLCalloc(1, sizeof *none);
    none->nStatus = 1;
    none->pszErrBuf = CPLStrdup("hotbeat never goes to the network");
    return none;
}

void hot_gdal_ready(void)
{
    static int ready;
    if (ready) return;
    ready = 1;
    hot_environment_clear();
    CPLSetConfigOption("GDAL_CONFIG_FILE", ""); /* nor what a person's gdalrc says */
    CPLSetErrorHandler(CPLQuietErrorHandler);
    CPLSetConfigOption("CPL_CURL_ENABLE_VSIMEM", "NO");
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    CPLSetConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "200"); /* MB, of one feature */
    CPLSetConfigOption("SHAPE_RESTORE_SHX", "NO");
    OSRSetPROJEnableNetwork(0);
    CPLHTTPSetFetchCallback(fetch_nothing, NULL);
    RegisterOGRGeoPackage();
    RegisterOGRGeoJSON();
    RegisterOGRShape();
    RegisterOGRKML();
    GDALRegister_MEM();
    GDALRegister_GTiff();
    GDALRegister_COG();
}
