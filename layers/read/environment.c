#define _DEFAULT_SOURCE

#include "layers/read/environment.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "engine/base/memory.h"

extern char **environ;

static bool is_setting(const char *name)
{
    static const char *const family[] = {
        "GDAL_", "OGR_",      "CPL_",      "OSR_",        "SHAPE_",       "GTIFF_",
        "GPKG_", "SQLITE_",   "VSI",       "GEOTIFF_",    "TIFF_",        "COG_",
        "CRS_",  "OVERVIEW_", "COMPRESS_", "CENTER_LONG", "PROJ_NETWORK", "PROJ_CURL_",
    };
    for (size_t k = 0; k < sizeof family / sizeof *family; k++)
        if (strncmp(name, family[k], strlen(family[k])) == 0) return true;
    return false;
}

void hot_environment_clear(void)
{
    for (char **at = environ; at && *at;) {
        size_t n = strcspn(*at, "=");
        char *name = is_setting(*at) ? hot_text(*at, n) : NULL;
        if (name && n && unsetenv(name) == 0)
            at = environ; /* the list has moved up */
        else
            at++;
        hot_free(name);
    }
}
