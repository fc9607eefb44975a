/* doctor: what is installed, and how well positions can be known here. */
#include <math.h>
#include <stdio.h>

#include "engine/base/version.h"
#include "layers/read/place.h"
#include "layers/read/versions.h"
#include "styles/draw/page.h"
#include "tools/options.h"
#include "tools/plain.h"

/** The Ordnance Survey's worked example: Caister Water Tower (A guide to coordinate systems in
 *  Great Britain, annexe C): 52 39 28.8282 N, 1 42 57.8663 E = 651409.804, 313177.450. */
static const double os_lon = 1 + 42 / 60.0 + 57.8663 / 3600,
                    os_lat = 52 + 39 / 60.0 + 28.8282 / 3600;
static const double os_east = 651409.804, os_north = 313177.450;

static void say_report(const hot_place_report *r)
{
    char plain[512], path[4096];
    printf("  operation  %s\n", hot_plain(r->operation, plain, sizeof plain));
    if (isnan(r->accuracy))
        printf("  accuracy   not known\n");
    else
        printf("  accuracy   %g m\n", r->accuracy);
    if (r->grid)
        printf("  grid       %s, %s\n", hot_plain(r->grid, plain, sizeof plain),
               hot_plain(r->grid_path ? r->grid_path : "here", path, sizeof path));
    else
        printf("  grid       none%s%s\n", r->wanted ? ": not installed is " : "",
               r->wanted ? r->wanted : "");
}

/** The Ordnance Survey's example: *off = metres from what is published. */
static hot_status say_place(const hot_settings *s, double *off, hot_error *error)
{
    hot_place *place;
    hot_place_rules rules = {.grid = hot_settings_text(s, "grid")};
    double x = os_lon, y = os_lat;
    HOT_TRY(hot_place_new(4326, 27700, &rules, &place, error));
    hot_place_points(place, &x, &y, 1);
    hot_place_report report = hot_place_told(place);
    *off = hypot(x - os_east, y - os_north);
    printf("WGS 84 to British National Grid:\n");
    say_report(&report);
    printf("  OS example %.3f, %.3f, which is %.3f m from the published %.3f, %.3f\n", x, y, *off,
           os_east, os_north);
    hot_place_free(place);
    return HOT_OK;
}

/** Another system: what it is, and how it is come by in the middle of where it is used. */
static hot_status say_crs(const hot_settings *s, hot_error *error)
{
    const char *text = hot_settings_text(s, "crs");
    int epsg = text ? hot_epsg_parse(text) : 27700;
    hot_place_rules rules = {.grid = NULL};
    hot_place *place;
    hot_crs crs;
    if (epsg == 27700) return HOT_OK;
    if (epsg == 0)
        return hot_fail(error, HOT_USAGE,
                        "--crs %s: expected EPSG: and digits, such as EPSG:27700.", text);
    HOT_TRY(hot_crs_of(epsg, &crs, error));
    printf("WGS 84 to EPSG:%d (%s%s):\n", epsg, crs.name,
           crs.metric ? "" : "; not in metres, so not for analysis");
    const hot_box *b = &crs.degrees;
    printf("  used from %g to %g east, %g to %g north\n", b->west, b->east, b->south, b->north);
    HOT_TRY(hot_place_new(4326, epsg, &rules, &place, error));
    double x = (b->west + b->east) / 2, y = (b->south + b->north) / 2;
    hot_place_points(place, &x, &y, 1);
    hot_place_report report = hot_place_told(place);
    say_report(&report);
    hot_place_free(place);
    return HOT_OK;
}

static void say_folders(void)
{
    char text[2048], plain[4096];
    hot_place_folders(text, sizeof text);
    printf("PROJ looks for grids in %s\n", hot_plain(text, plain, sizeof plain));
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
    char plain[2048];
    printf("Fonts: %s\n", hot_plain(there ? "DejaVu, found" : error.text, plain, sizeof plain));
    hot_pen_free(pen);
    return there;
}

static int doctor(const hot_command *command, const hot_asked *asked)
{
    (void)command;
    hot_error error = {{0}};
    double off = 0;
    say_versions();
    hot_status status = say_place(&asked->settings, &off, &error);
    if (status == HOT_OK) status = say_crs(&asked->settings, &error);
    if (status != HOT_OK) return hot_explain(status, &error);
    say_folders();
    if (off > 0.05)
        printf("Positions in Great Britain may be out by up to 4 m. To mend it: projsync --file "
               "uk_os_OSTN15_NTv2_OSGBtoETRS.tif,\n  or name the grid with --grid FILE.\n");
    bool fonts = say_fonts();
    int code = hot_said(0);
    return code || fonts ? code : 1;
}

/* clang-format off */
static const hot_option options[] = {
    {"grid", HOT_OPTION_TEXT, "FILE", NULL, NULL, "Place", "a PROJ grid such as OSTN15, for machines without network", true},
    {"crs", HOT_OPTION_TEXT, "EPSG:CODE", "EPSG:27700", NULL, "Place", "show this coordinate system too", true},
};
/* clang-format on */

const hot_command hot_command_doctor = {
    .name = "doctor",
    .arguments = "",
    .about = "What is installed, and how well positions can be known here",
    .examples = "Example:\n\n  hotbeat doctor --grid uk_os_OSTN15_NTv2_OSGBtoETRS.tif",
    .options = options,
    .n_options = 2,
    .least_paths = 0,
    .most_paths = 0,
    .run = doctor,
};
