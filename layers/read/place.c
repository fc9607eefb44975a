#define _GNU_SOURCE /* strcasestr */

#include "layers/read/place.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <omp.h>
#include <proj.h>

#include "engine/base/memory.h"
#include "layers/read/file.h"

#define GOOD "1.5" /* m: what OSTN15 gives, and the Helmert transformation does not */
enum { WAYS = 8, LATTICE = 6, BLOCK = 16384, LOOKED_AT = 256, LOOK_EVERY = 16 };
static const double beyond = 50e3; /* m outside a system's area that its numbers still hold */

/** One operation that placed points. */
typedef struct {
    const char *operation, *grid, *grid_path;
    double accuracy;
    size_t points;
} way;

/** An operation, or several of which PROJ chooses one for each point. */
typedef struct {
    PJ *pj;           /* NULL = there is none */
    bool single;      /* nothing to choose: looking once suffices */
    const void *last; /* PROJ's text of the one used last, which tells it from the others */
    size_t at, n;     /* its number among the ways; points of the block so far */
} chooser;

struct hot_place {
    PJ_CONTEXT *context;
    char *grid;  /* given by hand */
    bool same;   /* one and the same system: nothing to do */
    bool strict; /* no second best */
    int threads;
    chooser best, rest;
    way ways[WAYS];
    size_t n_ways, fallen_back;
    const char *wanted;
    hot_box room; /* where results may lie; all 0 = anywhere */
    hot_arena texts;
};

static void say_nothing(void *self, int level, const char *message)
{
    (void)self, (void)level, (void)message;
}

int hot_epsg_parse(const char *text)
{
    if (strncasecmp(text, "EPSG:", 5) != 0) return 0;
    char *end;
    long code = strtol(text + 5, &end, 10);
    return text[5] >= '0' && text[5] <= '9' && *end == 0 && code > 0 && code < 1000000 ? (int)code
                                                                                       : 0;
}

static PJ_CONTEXT *context_new(void)
{
    PJ_CONTEXT *context = proj_context_create();
    if (!context) return NULL;
    proj_log_func(context, NULL, say_nothing);
    proj_context_set_enable_network(context, 0);
    return context;
}

static PJ *crs_new(PJ_CONTEXT *context, int epsg)
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

hot_status hot_crs_of(int epsg, hot_crs *crs, hot_error *error)
{
    PJ_CONTEXT *context = context_new();
    if (!context) return HOT_MEMORY;
    PJ *p = crs_new(context, epsg);
    if (p) describe(context, p, crs);
    hot_status status = p ? HOT_OK : unknown_crs(context, epsg, error);
    proj_destroy(p);
    proj_context_destroy(context);
    return status;
}

void hot_place_folders(char *text, size_t room)
{
    PJ_CONTEXT *context = context_new();
    PJ_INFO info = proj_info();
    const char *database = context ? proj_context_get_database_path(context) : NULL;
    snprintf(text, room, "%s (database %s)", info.searchpath ? info.searchpath : "",
             database ? database : "not found");
    if (context) proj_context_destroy(context);
}

/* ---- finding operations ---- */

static bool is_known(const hot_box *b)
{
    return b->west != 0 || b->east != 0 || b->south != 0 || b->north != 0;
}

/** PROJ asks for a grid by its name; the one given by hand answers to it in any case. */
static const char *find_grid(PJ_CONTEXT *context, const char *name, void *self)
{
    const hot_place *p = self;
    (void)context;
    return strcasecmp(hot_base_name(name), hot_base_name(p->grid)) == 0 ? p->grid : NULL;
}

static hot_status offer_grid(hot_place *p, const char *grid, hot_error *error)
{
    hot_file *file;
    if (!grid) return HOT_OK;
    HOT_TRY(hot_file_open(grid, &file, error)); /* is it there, is it a file? */
    hot_file_close(file);
    p->grid = hot_text(grid, strlen(grid));
    if (!p->grid) return HOT_MEMORY;
    proj_context_set_file_finder(p->context, find_grid, p);
    return HOT_OK;
}

static chooser operation(PJ_CONTEXT *context, const PJ *from, const PJ *to, bool accurate)
{
    const char *const options[] = {"ALLOW_BALLPARK=NO", accurate ? "ACCURACY=" GOOD : NULL, NULL};
    PJ *p = proj_create_crs_to_crs_from_pj(context, from, to, NULL, options);
    chooser c = {.pj = easting_first(context, p)};
    PJ *only = c.pj ? proj_trans_get_last_used_operation(c.pj) : NULL;
    c.single = only != NULL;
    proj_destroy(only);
    return c;
}

static const char *kept(hot_place *p, const char *text)
{
    return text ? hot_arena_text(&p->texts, text, strlen(text)) : NULL;
}

/** The first grid of an operation. */
static bool grid_of(PJ_CONTEXT *context, const PJ *operation, const char **name, const char **path)
{
    *name = *path = NULL;
    return proj_coordoperation_get_grid_used_count(context, operation) > 0 &&
           proj_coordoperation_get_grid_used(context, operation, 0, name, path, NULL, NULL, NULL,
                                             NULL, NULL);
}

/** The grid that an operation good enough would need, and that is not here. */
static const char *missing_grid(hot_place *p, const PJ *from, const PJ *to)
{
    PJ_OPERATION_FACTORY_CONTEXT *how = proj_create_operation_factory_context(p->context, NULL);
    if (!how) return NULL;
    proj_operation_factory_context_set_desired_accuracy(p->context, how, strtod(GOOD, NULL));
    proj_operation_factory_context_set_allow_ballpark_transformations(p->context, how, 0);
    proj_operation_factory_context_set_spatial_criterion(
        p->context, how, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(p->context, how,
                                                             PROJ_GRID_AVAILABILITY_IGNORED);
    PJ_OBJ_LIST *all = proj_create_operations(p->context, from, to, how);
    const char *wanted = NULL, *path;
    for (int i = 0; all && i < proj_list_get_count(all) && !wanted; i++) {
        PJ *one = proj_list_get(p->context, all, i);
        if (grid_of(p->context, one, &wanted, &path)) wanted = kept(p, wanted);
        proj_destroy(one);
    }
    proj_list_destroy(all);
    proj_operation_factory_context_destroy(how);
    return wanted;
}

/** Whether a lattice point of the target's area comes back through the grid. */
static bool comes_back(const hot_place *p, const hot_box *m, int column, int row)
{
    double u = (column + 0.5) / LATTICE, v = (row + 0.5) / LATTICE;
    PJ_COORD at = proj_coord(m->west + u * (m->east - m->west),
                             m->south + v * (m->north - m->south), 0, HUGE_VAL);
    return isfinite(proj_trans(p->best.pj, PJ_INV, at).xy.x);
}

/** A grid that is damaged places nothing, and PROJ says "outside the grid" of it: some point all
 * over its country must come back. Of OSTN15 given by hand, which covers its whole sheet, all must,
 * but for the sheet's sides: a file that was cut holds the north only. */
static bool is_sound(const hot_place *p, const hot_crs *to)
{
    bool whole = p->grid && strcasestr(hot_base_name(p->grid), "OSTN15");
    size_t back = 0, asked = 0;
    if (!is_known(&to->metres)) return true;
    for (int row = 0; row < LATTICE; row++)
        for (int column = whole; column < LATTICE - whole; column++, asked++) {
            back += comes_back(p, &to->metres, column, row);
            if (back && !whole) return true;
        }
    return back == asked;
}

static hot_status no_good(const hot_place *p, int from, int to, hot_error *error)
{
    if (p->wanted)
        return hot_fail(error, HOT_SYSTEM,
                        "Positions good to " GOOD
                        " m need the grid %s, which is not installed, and "
                        "--require-ostn15 was given; install it (projsync --file %s) or name it "
                        "with --grid.",
                        p->wanted, p->wanted);
    return hot_fail(error, HOT_SYSTEM,
                    "No operation from EPSG:%d to EPSG:%d is good to " GOOD " m, which "
                    "--require-ostn15 asks for; leave --require-ostn15 out, or choose another "
                    "--crs.",
                    from, to);
}

static hot_status judge(hot_place *p, int from, int to, const hot_crs *crs, hot_error *error)
{
    if (!p->best.pj && !p->rest.pj)
        return hot_fail(error, HOT_INPUT,
                        "There is no way from EPSG:%d to EPSG:%d that is better than ballpark; "
                        "choose another --crs.",
                        from, to);
    if (!p->best.pj && p->grid && p->wanted)
        return hot_fail(
            error, HOT_INPUT,
            "%s: is not the grid that leads from EPSG:%d to EPSG:%d, which is %s; if it "
            "is that grid renamed, give it its name again.",
            hot_base_name(p->grid), from, to, p->wanted);
    if (!p->best.pj && p->strict) return no_good(p, from, to, error);
    if (!p->best.pj || is_sound(p, crs)) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "The grid between EPSG:%d and EPSG:%d (%s) cannot be read; fetch it again, the "
                    "file seems damaged.",
                    from, to, p->grid ? hot_base_name(p->grid) : "among PROJ's own");
}

static hot_status find_operations(hot_place *p, int from_epsg, int to_epsg, hot_error *error)
{
    hot_crs crs = {0};
    PJ *from = crs_new(p->context, from_epsg), *to = crs_new(p->context, to_epsg);
    hot_status status = HOT_OK;
    if (!from || !to) {
        status = unknown_crs(p->context, from ? to_epsg : from_epsg, error);
    } else {
        describe(p->context, to, &crs);
        p->room = crs.metres;
        p->best = operation(p->context, from, to, true);
        p->rest = operation(p->context, from, to, false);
        if (!p->best.pj) p->wanted = missing_grid(p, from, to);
        status = judge(p, from_epsg, to_epsg, &crs, error);
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
    p->same = from_epsg == to_epsg;
    p->strict = rules->require;
    p->threads = rules->threads;
    p->context = context_new();
    hot_status status = p->context ? offer_grid(p, rules->grid, error) : HOT_MEMORY;
    if (status == HOT_OK && !p->same) status = find_operations(p, from_epsg, to_epsg, error);
    if (status == HOT_OK)
        *place = p;
    else
        hot_place_free(p);
    return status;
}

/* ---- placing ---- */

/** What one thread places points with, and what it found. */
typedef struct {
    PJ_CONTEXT *context;
    chooser best, rest;
    size_t points[WAYS], fallen_back;
} hand;

/** The number among the ways of an operation; a new one is noted. */
static size_t number_of(hot_place *p, PJ_CONTEXT *context, const PJ *used, const char *description)
{
    const char *name, *path;
    size_t k = 0;
    while (k < p->n_ways && strcmp(p->ways[k].operation, description) != 0) k++;
    if (k < p->n_ways || k == WAYS) return k < WAYS ? k : WAYS - 1;
    way *w = &p->ways[p->n_ways++];
    double accuracy = used ? proj_coordoperation_get_accuracy(context, used) : -1;
    *w = (way){.accuracy = accuracy < 0 ? NAN : accuracy, .operation = kept(p, description)};
    if (!w->operation) w->operation = "unnamed";
    if (used && grid_of(context, used, &name, &path)) {
        w->grid = kept(p, name);
        w->grid_path = kept(p, path);
    }
    return k;
}

/** The number of the operation used just now. */
static size_t way_of(hot_place *p, const hand *h, const chooser *by)
{
    PJ *used = proj_trans_get_last_used_operation(by->pj);
    const char *description = used ? proj_pj_info(used).description : NULL;
    size_t k;
#pragma omp critical(ways)
    k = number_of(p, h->context, used, description ? description : "unnamed");
    proj_destroy(used);
    return k;
}

/** Note by which operation a point was placed. Looking costs more than placing: after the first
 *  points of a block only one in sixteen is looked at. */
static void note_way(hot_place *p, hand *h, chooser *by)
{
    bool look = by->n == 0 || (!by->single && (by->n < LOOKED_AT || by->n % LOOK_EVERY == 0));
    const void *now = look ? proj_pj_info(by->pj).description : by->last;
    if (by->n == 0 || now != by->last) by->at = way_of(p, h, by);
    by->last = now;
    by->n++;
    h->points[by->at]++;
}

static bool is_nonsense(const hot_place *p, double x, double y)
{
    if (!isfinite(x) || !isfinite(y)) return true;
    if (!is_known(&p->room)) return false;
    return x < p->room.west - beyond || x > p->room.east + beyond || y < p->room.south - beyond ||
           y > p->room.north + beyond;
}

static bool try_operation(hot_place *p, hand *h, chooser *by, double *x, double *y)
{
    if (!by->pj || !isfinite(*x) || !isfinite(*y)) return false;
    PJ_COORD out = proj_trans(by->pj, PJ_FWD, proj_coord(*x, *y, 0, HUGE_VAL));
    if (is_nonsense(p, out.xy.x, out.xy.y)) return false;
    *x = out.xy.x;
    *y = out.xy.y;
    note_way(p, h, by);
    return true;
}

static void place_block(hot_place *p, hand *h, double *x, double *y, size_t n)
{
    h->best.n = h->rest.n = 0;
    for (size_t i = 0; i < n; i++) {
        if (try_operation(p, h, &h->best, &x[i], &y[i])) continue;
        if (!p->strict && try_operation(p, h, &h->rest, &x[i], &y[i]))
            h->fallen_back += p->best.pj != NULL;
        else
            x[i] = y[i] = NAN;
    }
}

/** The place's own operations for one thread, copies for the others; false without memory. */
static bool take_hand(const hot_place *p, bool own, hand *h)
{
    *h = (hand){.context = p->context, .best = p->best, .rest = p->rest};
    if (own) return true;
    h->context = proj_context_clone(p->context);
    h->best.pj = h->context && p->best.pj ? proj_clone(h->context, p->best.pj) : NULL;
    h->rest.pj = h->context && p->rest.pj ? proj_clone(h->context, p->rest.pj) : NULL;
    return h->context && !h->best.pj == !p->best.pj && !h->rest.pj == !p->rest.pj;
}

static void drop_hand(hand *h, bool own)
{
    if (own) return;
    proj_destroy(h->best.pj);
    proj_destroy(h->rest.pj);
    if (h->context) proj_context_destroy(h->context);
}

static void add_found(hot_place *p, const hand *h)
{
    for (size_t k = 0; k < WAYS; k++) p->ways[k].points += h->points[k];
    p->fallen_back += h->fallen_back;
}

/** Blocks of a size that does not depend on the threads: what is found does not either. */
static void place_blocks(hot_place *p, double *x, double *y, size_t n, size_t *next, bool own)
{
    hand h;
    size_t from = n;
    bool ready;
#pragma omp critical(ways)
    ready = take_hand(p, own, &h);
    while (ready) {
#pragma omp atomic capture
        {
            from = *next;
            *next += BLOCK;
        }
        if (from >= n) break;
        place_block(p, &h, x + from, y + from, n - from < BLOCK ? n - from : BLOCK);
    }
#pragma omp critical(ways)
    add_found(p, &h);
    drop_hand(&h, own);
}

void hot_place_points(hot_place *p, double *x, double *y, size_t n)
{
    if (p->same) return;
    size_t next = 0;
#pragma omp parallel num_threads(n < 2 * (size_t)BLOCK || p->threads < 2 ? 1 : p->threads)
    place_blocks(p, x, y, n, &next, omp_get_thread_num() == 0);
}

/** The operation that placed most; of those that placed as many, the first by name. */
static bool places_more(const way *w, const way *than)
{
    if (!than || w->points != than->points) return w->points > (than ? than->points : 0);
    return w->points && strcmp(w->operation, than->operation) < 0;
}

hot_place_report hot_place_told(const hot_place *p)
{
    hot_place_report r = {.operation = "none",
                          .wanted = p->wanted,
                          .coarse = p->wanted != NULL,
                          .operations = p->n_ways,
                          .fallen_back = p->fallen_back};
    const way *most = NULL;
    for (size_t k = 0; k < p->n_ways; k++) {
        const way *w = &p->ways[k];
        if (isnan(w->accuracy) || w->accuracy > r.accuracy) r.accuracy = w->accuracy;
        if (!places_more(w, most)) continue;
        most = w;
        r.operation = w->operation;
        r.grid = w->grid;
        r.grid_path = w->grid_path;
    }
    return r;
}

void hot_place_free(hot_place *p)
{
    if (!p) return;
    proj_destroy(p->best.pj);
    proj_destroy(p->rest.pj);
    if (p->context) proj_context_destroy(p->context);
    hot_arena_free(&p->texts);
    hot_free(p->grid);
    hot_free(p);
}
