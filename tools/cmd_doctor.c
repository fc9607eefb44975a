/* doctor: what is installed, and how well positions can be known here. */
#include <math.h>
#include <stdio.h>

#include "engine/base/version.h"
#include "layers/read/place.h"
#include "layers/read/versions.h"
#include "styles/draw/page.h"
#include "tools/options.h"

/** The Ordnance Survey's worked example: Caister Water Tower (A guide to coordinate systems in
 *  Great Britain, annexe C): 52 39 28.8282 N, 1 42 57.8663 E = 651409.804, 313177.450. */
static const double os_lon = 1 + 42 / 60.0 + 57.8663 / 3600, os_lat = 52 + 39 / 60.0 + 28.8282 / 3600;
static const double os_east = 651409.804, os_north = 313177.450;

static hot_status say_place(const hot_settings *s, double *off, hot_error *error)
{
    hot_place *place;
    hot_place_rules rules = {hot_settings_text(s, "grid"), false};
    double x = os_lon, y = os_lat;
    HOT_TRY(hot_place_new(4326, 27700, &rules, &place, error));
    hot_place_points(place, &x, &y, 1);
    hot_place_report report = hot_place_told(place);
    *off = hypot(x - os_east, y - os_north);
    printf("WGS 84 to British National Grid:\n  operation  %s\n", report.operation);
    printf("  accuracy   %g m\n", report.accuracy);
    printf("  grid       %s\n", report.grid ? report.grid : "none: OSTN15 is not installed");
    printf("  OS example %.3f, %.3f, which is %.3f m from the published %.3f, %.3f\n", x, y, *off,
           os_east, os_north);
    hot_place_free(place);
    return HOT_OK;
}

static void say_versions(void)
{
    hot_versions v = hot_versions_here();
    printf("hotbeat %s\n", HOT_VERSION);
    printf("  GDAL %s, PROJ %s, GEOS %s, SQLite %s\n", v.gdal, v.proj, v.geos, v.sqlite);
}

static bool say_fonts(void)
{
    hot_pen *pen = NULL;
    hot_error error = {{0}};
    bool there = hot_pen_new(&pen, &error) == HOT_OK;
    printf("Fonts: %s\n", there ? "DejaVu, found" : error.text);
    hot_pen_free(pen);
    return there;
}

static int doctor(const hot_asked *asked)
{
    hot_error error = {{0}};
    double off = 0;
    say_versions();
    hot_status status = say_place(&asked->settings, &off, &error);
    if (status != HOT_OK) return hot_explain(status, &error);
    if (off > 0.05)
        printf("  Positions may be out by up to 4 m. To mend it: projsync --file "
               "uk_os_OSTN15_NTv2_OSGBtoETRS.tif,\n  or name the grid with --grid FILE.\n");
    bool fonts = say_fonts();
    if (fflush(stdout) != 0 || ferror(stdout)) return 1;
    return fonts ? 0 : 1;
}

/* clang-format off */
static const hot_option options[] = {
    {"grid", HOT_OPTION_TEXT, "FILE", NULL, NULL, "Place", "a PROJ grid such as OSTN15, for machines without network", true},
};
/* clang-format on */

const hot_command hot_command_doctor = {
    .name = "doctor",
    .arguments = "",
    .about = "What is installed, and how well positions can be known here",
    .examples = "Example:\n\n  hotbeat doctor --grid uk_os_OSTN15_NTv2_OSGBtoETRS.tif",
    .options = options,
    .n_options = 1,
    .least_paths = 0,
    .most_paths = 0,
    .run = doctor,
};
