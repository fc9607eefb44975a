#include "layers/read/place.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <proj.h>

#include "engine/base/memory.h"

enum { WORDS = 512 };

struct hot_place {
    PJ_CONTEXT *context;
    PJ *best;     /* good to 1.5 m, or NULL where there is none */
    PJ *fallback; /* the best of the rest; NULL for one and the same system */
    hot_arena texts;
    hot_place_report report;
    bool told;
};

static void say_nothing(void *self, int level, const char *message)
{
    (void)self, (void)level, (void)message;
}

int hot_epsg_parse(const char *text)
{
    if (strncmp(text, "EPSG:", 5) != 0 && strncmp(text, "epsg:", 5) != 0) return 0;
    char *end;
    long code = strtol(text + 5, &end, 10);
    return text[5] >= '0' && text[5] <= '9' && *end == 0 && code > 0 && code < 1000000 ? (int)code
                                                                                       : 0;
}

/** The folder of a path, "." where it has none; owned by the caller. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) return hot_text(".", 1);
    return slash == path ? hot_text("/", 1) : hot_text(path, (size_t)(slash - path));
}

/** Look for grids in PROJ's own folders first (setting any replaces them all, so its database's
 *  folder is said again), then in the folder of the grid given by hand. */
static hot_status add_grid_folder(PJ_CONTEXT *context, const char *grid, hot_error *error)
{
    if (!grid) return HOT_OK;
    FILE *there = fopen(grid, "rb");
    if (!there) return hot_fail(error, HOT_INPUT, "%s: the grid (--grid) cannot be opened.", grid);
    fclose(there);
    const char *database = proj_context_get_database_path(context);
    char *own = database ? folder_of(database) : NULL, *given = folder_of(grid);
    PJ_INFO info = proj_info();
    const char *paths[64];
    int n = 0;
    for (size_t i = 0; i < info.path_count && n < 62; i++) paths[n++] = info.paths[i];
    if (own) paths[n++] = own;
    if (given) paths[n++] = given;
    proj_context_set_search_paths(context, n, paths);
    bool all = own && given;
    hot_free(own);
    hot_free(given);
    return all ? HOT_OK : HOT_MEMORY;
}

static PJ *operation(PJ_CONTEXT *context, const PJ *from, const PJ *to, bool accurate)
{
    const char *const options[] = {"ALLOW_BALLPARK=NO", accurate ? "ACCURACY=1.5" : NULL, NULL};
    PJ *p = proj_create_crs_to_crs_from_pj(context, from, to, NULL, options);
    if (!p) return NULL;
    PJ *easting_first = proj_normalize_for_visualization(context, p);
    proj_destroy(p);
    return easting_first;
}

static PJ *crs_new(PJ_CONTEXT *context, int epsg)
{
    char text[32];
    snprintf(text, sizeof text, "EPSG:%d", epsg);
    return proj_create(context, text);
}

static hot_status find_operations(hot_place *p, int from_epsg, int to_epsg, bool require,
                                  hot_error *error)
{
    PJ *from = crs_new(p->context, from_epsg), *to = crs_new(p->context, to_epsg);
    hot_status status = HOT_OK;
    if (!from || !to) {
        status = hot_fail(error, HOT_INPUT, "EPSG:%d: no such coordinate system is known.",
                          from ? to_epsg : from_epsg);
    } else {
        p->best = operation(p->context, from, to, true);
        p->fallback = operation(p->context, from, to, false);
        if (!p->fallback)
            status = hot_fail(error, HOT_INPUT,
                              "There is no way from EPSG:%d to EPSG:%d that is better than "
                              "ballpark; choose another --crs.",
                              from_epsg, to_epsg);
        else if (!p->best && require)
            status = hot_fail(error, HOT_SYSTEM,
                              "The OSTN15 grid is not installed and --require-ostn15 was given; "
                              "install it (projsync --file uk_os_OSTN15_NTv2_OSGBtoETRS.tif) or "
                              "name it with --grid.");
    }
    proj_destroy(from);
    proj_destroy(to);
    return status;
}

hot_status hot_place_new(int from_epsg, int to_epsg, const hot_place_rules *rules,
                         hot_place **place, hot_error *error)
{
    hot_place *p = hot_new(1, sizeof *p);
    if (!p) return HOT_MEMORY;
    p->report = (hot_place_report){.operation = "none", .accuracy = 0};
    p->context = proj_context_create();
    if (!p->context) {
        hot_free(p);
        return HOT_MEMORY;
    }
    proj_log_func(p->context, NULL, say_nothing);
    proj_context_set_enable_network(p->context, 0);
    hot_status status = add_grid_folder(p->context, rules->grid, error);
    if (status == HOT_OK && from_epsg != to_epsg)
        status = find_operations(p, from_epsg, to_epsg, rules->require, error);
    if (status == HOT_OK) *place = p;
    else hot_place_free(p);
    return status;
}

/** The datum grid of an operation, or NULL. */
static const char *grid_of(hot_place *p, PJ *used)
{
    int n = proj_coordoperation_get_grid_used_count(p->context, used);
    for (int i = 0; i < n; i++) {
        const char *name = NULL;
        if (proj_coordoperation_get_grid_used(p->context, used, i, &name, NULL, NULL, NULL, NULL,
                                              NULL, NULL) &&
            name)
            return hot_arena_text(&p->texts, name, strlen(name));
    }
    return NULL;
}

/** Note the operation that was just used. */
static void tell(hot_place *p, PJ *by)
{
    PJ *used = proj_trans_get_last_used_operation(by);
    if (!used) return;
    const char *description = proj_pj_info(used).description;
    if (!description) description = "unnamed";
    double accuracy = proj_coordoperation_get_accuracy(p->context, used);
    p->report.operation = hot_arena_text(&p->texts, description, strlen(description));
    if (!p->report.operation) p->report.operation = "unnamed";
    p->report.accuracy = accuracy < 0 ? NAN : accuracy;
    p->report.grid = grid_of(p, used);
    p->report.coarse = by == p->fallback && !p->best;
    p->told = true;
    proj_destroy(used);
}

static bool try_operation(hot_place *p, PJ *by, double *x, double *y)
{
    if (!by) return false;
    PJ_COORD out = proj_trans(by, PJ_FWD, proj_coord(*x, *y, 0, HUGE_VAL));
    if (!isfinite(out.xy.x) || !isfinite(out.xy.y)) return false;
    *x = out.xy.x;
    *y = out.xy.y;
    if (!p->told) tell(p, by);
    return true;
}

void hot_place_points(hot_place *p, double *x, double *y, size_t n)
{
    if (!p->fallback) return;
    for (size_t i = 0; i < n; i++) {
        if (try_operation(p, p->best, &x[i], &y[i])) continue;
        if (try_operation(p, p->fallback, &x[i], &y[i])) p->report.fallen_back += p->best != NULL;
        else x[i] = y[i] = NAN;
    }
}

hot_place_report hot_place_told(const hot_place *p)
{
    return p->report;
}

void hot_place_free(hot_place *p)
{
    if (!p) return;
    proj_destroy(p->best);
    proj_destroy(p->fallback);
    proj_context_destroy(p->context);
    hot_arena_free(&p->texts);
    hot_free(p);
}

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

hot_status hot_crs_of(int epsg, hot_crs *crs, hot_error *error)
{
    PJ_CONTEXT *context = proj_context_create();
    if (!context) return HOT_MEMORY;
    proj_log_func(context, NULL, say_nothing);
    PJ *p = crs_new(context, epsg);
    if (!p) {
        proj_context_destroy(context);
        return hot_fail(error, HOT_INPUT, "EPSG:%d: no such coordinate system is known.", epsg);
    }
    *crs = (hot_crs){.projected = proj_get_type(p) == PJ_TYPE_PROJECTED_CRS};
    crs->metric = crs->projected && is_metric(context, p);
    snprintf(crs->name, sizeof crs->name, "%s", proj_get_name(p) ? proj_get_name(p) : "");
    double w, s, e, n;
    if (proj_get_area_of_use(context, p, &w, &s, &e, &n, NULL) && w > -1000)
        crs->degrees = (hot_box){w, s, e, n};
    proj_destroy(p);
    proj_context_destroy(context);
    return HOT_OK;
}
