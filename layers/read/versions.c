#include "layers/read/versions.h"

#include <gdal.h>
#include <geos_c.h>
#include <proj.h>
#include <sqlite3.h>

hot_versions hot_versions_here(void)
{
    return (hot_versions){GDALVersionInfo("RELEASE_NAME"), proj_info().release, GEOSversion(),
                          sqlite3_libversion()};
}
