#include "layers/read/crs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "layers/read/proj.h"

int hot_epsg_parse(const char *text)
{
    if (strncasecmp(text, "EPSG:", 5) != 0) return 0;
    char *end;
    long code = strtol(text + 5, &end, 10);
    return text[5] >= '0' && text[5] <= '9' && *end == 0 && code > 0 && code < 1000000 ? (int)code
                                                                                       : 0;
}

static void say_nothing(void *self, int level, const char *message)
{
    (void)self, (void)level, (void)message;
}

PJ_CONTEXT *hot_proj_context(void)
{
    PJ_CONTEXT *context = proj_context_create();
    if (!context) return NULL;
    proj_log_func(context, NULL, say_nothing);
    proj_context_set_enable_network(context, 0);
    return context;
}

PJ *hot_proj_crs(PJ_CONTEXT *context, int epsg)
{
    char text[32];
    snprintf(text, sizeof text, "EPSG:%d", epsg);
    return proj_create(context, text);
}

/** A system that cannot be made: mostly its code is wrong, but without its database PROJ knows
 * none. */
static hot_status unknown_crs(PJ_CONTEXT *context, int epsg, hot_error *error)
{
    if (!proj_context_get_database_path(context))
        return hot_fail(
            error, HOT_SYSTEM,
            "PROJ's database proj.db was not found: %s; name PROJ's own folder too (on "
            "Debian /usr/share/proj, behind a colon), or leave PROJ_DATA unset and give "
            "a grid with --grid FILE.",
            getenv("PROJ_DATA") || getenv("PROJ_LIB")
                ? "PROJ_DATA (or PROJ_LIB) names folders without it"
                : "it is not where PROJ looks");
    return hot_fail(error, HOT_INPUT, "EPSG:%d: no such coordinate system is known.", epsg);
}

/* ---- what is known of a system ---- */

/** Whether the first axis is in metres. */
static bool is_metric(PJ_CONTEXT *context, const PJ *crs)
{
    PJ *axes = proj_crs_get_coordinate_system(context, crs);
    double to_metres = 0;
    bool read = axes && proj_cs_get_axis_info(context, axes, 0, NULL, NULL, NULL, &to_metres, NULL,
                                              NULL, NULL);
    proj_destroy(axes);
    return read && to_metres == 1;
}

/** Web Mercator's metres are 1.6 on the ground's one in the middle of Great Britain. */
static bool is_web_mercator(PJ_CONTEXT *context, const PJ *crs)
{
    const char *method = NULL;
    PJ *conversion = proj_crs_get_coordoperation(context, crs);
    bool web = conversion &&
               proj_coordoperation_get_method_info(context, conversion, &method, NULL, NULL) &&
               method && strcmp(method, "Popular Visualisation Pseudo Mercator") == 0;
    proj_destroy(conversion);
    return web;
}

static PJ *easting_first(PJ_CONTEXT *context, PJ *operation)
{
    PJ *p = operation ? proj_normalize_for_visualization(context, operation) : NULL;
    proj_destroy(operation);
    return p;
}

/** A box of degrees in a projected system's own units: no datum is crossed. */
static void box_in_metres(PJ_CONTEXT *context, const PJ *crs, const hot_box *degrees, hot_box *box)
{
    PJ *geodetic = proj_crs_get_geodetic_crs(context, crs);
    PJ *p = geodetic ? easting_first(context, proj_create_crs_to_crs_from_pj(context, geodetic, crs,
                                                                             NULL, NULL))
                     : NULL;
    hot_box b;
    if (p && degrees->west < degrees->east &&
        proj_trans_bounds(context, p, PJ_FWD, degrees->west, degrees->south, degrees->east,
                          degrees->north, &b.west, &b.south, &b.east, &b.north, 21) &&
        isfinite(b.west + b.south + b.east + b.north))
        *box = b;
    proj_destroy(p);
    proj_destroy(geodetic);
}

static void describe(PJ_CONTEXT *context, const PJ *p, hot_crs *crs)
{
    double w, s, e, n;
    *crs = (hot_crs){.projected = proj_get_type(p) == PJ_TYPE_PROJECTED_CRS};
    crs->metric = crs->projected && is_metric(context, p) && !is_web_mercator(context, p);
    snprintf(crs->name, sizeof crs->name, "%s", proj_get_name(p) ? proj_get_name(p) : "");
    if (proj_get_area_of_use(context, p, &w, &s, &e, &n, NULL) && w > -1000)
        crs->degrees = (hot_box){w, s, e, n};
    if (crs->projected) box_in_metres(context, p, &crs->degrees, &crs->metres);
}

static hot_status look_up(int epsg, hot_crs *crs, hot_error *error)
{
    PJ_CONTEXT *context = hot_proj_context();
    if (!context) return HOT_MEMORY;
    PJ *p = hot_proj_crs(context, epsg);
    if (p) describe(context, p, crs);
    hot_status status = p ? HOT_OK : unknown_crs(context, epsg, error);
    proj_destroy(p);
    proj_context_destroy(context);
    return status;
}

/* PROJ's database stays as it is while a program runs, and to open it takes longer than all that is
 * asked of it: what a system was found to be is remembered. */
enum { REMEMBERED = 16 };
static struct {
    int epsg;
    hot_crs crs;
} remembered[REMEMBERED];
static size_t n_remembered;

static bool recall(int epsg, hot_crs *crs)
{
    bool found = false;
#pragma omp critical(systems)
    for (size_t k = 0; k < n_remembered && k < REMEMBERED && !found; k++) {
        found = remembered[k].epsg == epsg;
        if (found) *crs = remembered[k].crs;
    }
    return found;
}

/** The newest takes the place of the oldest. */
static void remember(int epsg, const hot_crs *crs)
{
#pragma omp critical(systems)
    {
        remembered[n_remembered % REMEMBERED].epsg = epsg;
        remembered[n_remembered++ % REMEMBERED].crs = *crs;
    }
}

hot_status hot_crs_of(int epsg, hot_crs *crs, hot_error *error)
{
    if (recall(epsg, crs)) return HOT_OK;
    HOT_TRY(look_up(epsg, crs, error));
    remember(epsg, crs);
    return HOT_OK;
}

void hot_place_folders(char *text, size_t room)
{
    PJ_CONTEXT *context = hot_proj_context();
    PJ_INFO info = proj_info();
    const char *database = context ? proj_context_get_database_path(context) : NULL;
    snprintf(text, room, "%s (database %s)", info.searchpath ? info.searchpath : "",
             database ? database : "not found");
    if (context) proj_context_destroy(context);
}
