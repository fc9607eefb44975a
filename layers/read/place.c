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
enum { WAYS = 8, LATTICE = 6, BLOCK = 4096 };
static const double beyond = 50e3; /* m outside a system's area that its numbers still hold */

/** Those good to 1.5 m, and those of any accuracy. */
typedef enum { BEST, REST, KINDS } kind;

/** Operations of which PROJ names one for each point. Which it is cannot be asked of PROJ's own
 * chooser (proj_create_crs_to_crs) without a third of the time that placing takes. */
typedef struct {
    PJ_OBJ_LIST *list; /* NULL = there are none */
    int n;
    int only;      /* nothing to choose: this one; -1 = several */
    int elsewhere; /* for points outside all areas of use: the first without a grid; -1 = none */
} choice;

/** An operation in a thread's hand, east before north. */
typedef struct {
    PJ *pj; /* NULL = not wanted yet */
    size_t points;
} tool;

/** What one thread places points with, and what it found. */
typedef struct {
    PJ_CONTEXT *context;
    tool *tools[KINDS]; /* [n of the choice] */
    PJ *chooser[KINDS]; /* PROJ's own, for points at which the operation named gives nothing */
    size_t fallen_back;
} hand;

struct hot_place {
    hot_idle_places *idle; /* where it goes when it is freed; NULL = nowhere */
    int from_epsg, to_epsg;
    PJ_CONTEXT *context;
    PJ *from, *to;
    bool from_turned, to_turned; /* north is the system's first axis */
    char *grid;                  /* given by hand */
    bool same;                   /* one and the same system: nothing to do */
    bool strict;                 /* no second best */
    choice choices[KINDS];
    size_t n_hands;
    hand *hands; /* [n_hands], one for each thread */
    tool *tools; /* of all hands */
    const char *wanted;
    hot_box room; /* where results may lie; all 0 = anywhere */
    hot_arena texts;
};

static void say_nothing(void *self, int level, const char *message)
{
    (void)self, (void)level, (void)message;
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

static PJ *easting_first(PJ_CONTEXT *context, PJ *operation)
{
    PJ *p = operation ? proj_normalize_for_visualization(context, operation) : NULL;
    proj_destroy(operation);
    return p;
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

/** The operations between two systems, best first, as proj_create_crs_to_crs looks for them. */
static PJ_OBJ_LIST *operations(const hot_place *p, kind which, bool installed)
{
    PJ_OPERATION_FACTORY_CONTEXT *how = proj_create_operation_factory_context(p->context, NULL);
    if (!how) return NULL;
    if (which == BEST)
        proj_operation_factory_context_set_desired_accuracy(p->context, how, strtod(GOOD, NULL));
    proj_operation_factory_context_set_allow_ballpark_transformations(p->context, how, 0);
    proj_operation_factory_context_set_spatial_criterion(
        p->context, how, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(
        p->context, how,
        installed ? PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID
                  : PROJ_GRID_AVAILABILITY_IGNORED);
    PJ_OBJ_LIST *all = proj_create_operations(p->context, p->from, p->to, how);
    proj_operation_factory_context_destroy(how);
    return all;
}

/** PROJ chooses among those whose area is known; where that is one, it is taken for all points. */
static void find_only(const hot_place *p, choice *c)
{
    int known = 0;
    double west, south, east, north;
    c->only = c->elsewhere = -1;
    for (int k = 0; k < c->n; k++) {
        PJ *one = proj_list_get(p->context, c->list, k);
        if (one && proj_get_area_of_use(p->context, one, &west, &south, &east, &north, NULL)) {
            known += west <= east ? 1 : 2; /* cut in two at 180 degrees */
            c->only = k;
            if (c->elsewhere < 0 && proj_coordoperation_get_grid_used_count(p->context, one) == 0)
                c->elsewhere = k;
        }
        proj_destroy(one);
    }
    if (c->n == 1)
        c->only = 0;
    else if (known != 1)
        c->only = -1;
}

static void choose(hot_place *p, kind which)
{
    choice *c = &p->choices[which];
    c->list = operations(p, which, true);
    c->n = c->list ? proj_list_get_count(c->list) : 0;
    find_only(p, c);
}

/** The grid that an operation good enough would need, and that is not here. */
static const char *missing_grid(hot_place *p)
{
    PJ_OBJ_LIST *all = operations(p, BEST, false);
    const char *wanted = NULL, *path;
    for (int i = 0; all && i < proj_list_get_count(all) && !wanted; i++) {
        PJ *one = proj_list_get(p->context, all, i);
        if (grid_of(p->context, one, &wanted, &path)) wanted = kept(p, wanted);
        proj_destroy(one);
    }
    proj_list_destroy(all);
    return wanted;
}

/** Whether north is a system's first axis, so that PROJ turns it for us. */
static bool is_turned(PJ_CONTEXT *context, const PJ *crs)
{
    const char *name = NULL, *first = NULL, *second = NULL;
    PJ *axes = proj_crs_get_coordinate_system(context, crs);
    bool read =
        axes &&
        proj_cs_get_axis_info(context, axes, 0, &name, NULL, &first, NULL, NULL, NULL, NULL) &&
        proj_cs_get_axis_info(context, axes, 1, NULL, NULL, &second, NULL, NULL, NULL, NULL);
    bool turned = read && ((strcmp(first, "north") == 0 && strcmp(second, "east") == 0) ||
                           /* round a pole both axes point the same way */
                           (strcmp(first, second) == 0 && strncasecmp(name, "northing", 8) == 0));
    proj_destroy(axes);
    return turned;
}

/* ---- one point ---- */

/** The operation for a point; n and more: one that is for points outside all areas; -1 = none.
 *  Not for two threads at once. */
static int named(const hot_place *p, kind which, PJ_DIRECTION direction, double x, double y)
{
    const choice *c = &p->choices[which];
    if (c->only >= 0) return c->only;
    bool turned = direction == PJ_FWD ? p->from_turned : p->to_turned;
    int k = proj_get_suggested_operation(p->context, c->list, direction,
                                         proj_coord(turned ? y : x, turned ? x : y, 0, HUGE_VAL));
    return k >= 0 || c->elsewhere < 0 ? k : c->n + c->elsewhere;
}

/** An operation for this thread's use. */
static tool *taken(const hot_place *p, hand *h, kind which, int k)
{
    const choice *c = &p->choices[which];
    tool *t = &h->tools[which][k % c->n];
    if (t->pj) return t;
#pragma omp critical(operations)
    {
        if (!h->context) h->context = proj_context_clone(p->context);
        PJ *one = h->context ? proj_list_get(h->context, c->list, k % c->n) : NULL;
        t->pj = easting_first(h->context, one);
    }
    return t;
}

static const char *name_of(PJ *operation)
{
    const char *name = operation ? proj_pj_info(operation).description : NULL;
    return name ? name : "unnamed";
}

/** A point at which the operation named gives nothing, though it lies in its area: PROJ tries the
 * next best. */
static PJ_COORD by_trial(const hot_place *p, hand *h, kind which, PJ_DIRECTION direction,
                         PJ_COORD at, tool **by)
{
    const char *const options[] = {"ALLOW_BALLPARK=NO", which == BEST ? "ACCURACY=" GOOD : NULL,
                                   NULL};
    if (!h->chooser[which]) {
#pragma omp critical(operations)
        h->chooser[which] = easting_first(
            h->context, proj_create_crs_to_crs_from_pj(h->context, p->from, p->to, NULL, options));
    }
    PJ_COORD out = proj_trans(h->chooser[which], direction, at);
    const char *name = name_of(h->chooser[which]);
    for (int k = 0; k < p->choices[which].n; k++) {
        *by = taken(p, h, which, k);
        if (strcmp(name_of((*by)->pj), name) == 0) return out;
    }
    return proj_coord(HUGE_VAL, HUGE_VAL, 0, 0);
}

/** Put a point through the operation named for it; *by is the one that was used. */
static PJ_COORD through(const hot_place *p, hand *h, kind which, PJ_DIRECTION direction, int k,
                        PJ_COORD at, tool **by)
{
    const choice *c = &p->choices[which];
    if (k < 0) return proj_coord(HUGE_VAL, HUGE_VAL, 0, 0);
    *by = taken(p, h, which, k);
    PJ_COORD out = proj_trans((*by)->pj, direction, at);
    if (out.xy.x != HUGE_VAL || c->only >= 0 || k >= c->n) return out;
    return by_trial(p, h, which, direction, at, by);
}

/* ---- whether it can be done ---- */

/** Whether a lattice point of the target's area comes back through the grid. */
static bool comes_back(const hot_place *p, const hot_box *m, int column, int row)
{
    tool *by;
    double u = (column + 0.5) / LATTICE, v = (row + 0.5) / LATTICE;
    PJ_COORD at = proj_coord(m->west + u * (m->east - m->west),
                             m->south + v * (m->north - m->south), 0, HUGE_VAL);
    int k = named(p, BEST, PJ_INV, at.xy.x, at.xy.y);
    return isfinite(through(p, p->hands, BEST, PJ_INV, k, at, &by).xy.x);
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
    bool good = p->choices[BEST].n > 0;
    if (!good && p->choices[REST].n == 0)
        return hot_fail(error, HOT_INPUT,
                        "There is no way from EPSG:%d to EPSG:%d that is better than ballpark; "
                        "choose another --crs.",
                        from, to);
    if (!good && p->grid && p->wanted)
        return hot_fail(
            error, HOT_INPUT,
            "%s: is not the grid that leads from EPSG:%d to EPSG:%d, which is %s; if it "
            "is that grid renamed, give it its name again.",
            hot_base_name(p->grid), from, to, p->wanted);
    if (!good && p->strict) return no_good(p, from, to, error);
    if (!good || is_sound(p, crs)) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "The grid between EPSG:%d and EPSG:%d (%s) cannot be read; fetch it again, the "
                    "file seems damaged.",
                    from, to, p->grid ? hot_base_name(p->grid) : "among PROJ's own");
}

static hot_status new_hands(hot_place *p)
{
    size_t n = (size_t)(p->choices[BEST].n + p->choices[REST].n);
    p->hands = hot_new(p->n_hands, sizeof *p->hands);
    p->tools = hot_new(p->n_hands * n, sizeof *p->tools);
    if (!p->hands || !p->tools) return HOT_MEMORY;
    for (size_t t = 0; t < p->n_hands; t++) {
        p->hands[t].tools[BEST] = p->tools + t * n;
        p->hands[t].tools[REST] = p->hands[t].tools[BEST] + p->choices[BEST].n;
    }
    p->hands[0].context = p->context;
    return HOT_OK;
}

static hot_status find_operations(hot_place *p, int from_epsg, int to_epsg, hot_error *error)
{
    hot_crs crs;
    HOT_TRY(hot_crs_of(from_epsg, &crs, error)); /* is it known? */
    HOT_TRY(hot_crs_of(to_epsg, &crs, error));
    p->room = crs.metres;
    p->from = crs_new(p->context, from_epsg);
    p->to = crs_new(p->context, to_epsg);
    if (!p->from || !p->to) return HOT_MEMORY;
    p->from_turned = is_turned(p->context, p->from);
    p->to_turned = is_turned(p->context, p->to);
    choose(p, BEST);
    choose(p, REST);
    if (p->choices[BEST].n == 0) p->wanted = missing_grid(p);
    HOT_TRY(new_hands(p));
    return judge(p, from_epsg, to_epsg, &crs, error);
}

/** One that was used before, as if it were new; NULL = there is none. */
static hot_place *idle_place(hot_idle_places *idle, int from_epsg, int to_epsg)
{
    for (size_t k = 0; idle && k < idle->n; k++) {
        hot_place *p = idle->place[k];
        if (p->from_epsg != from_epsg || p->to_epsg != to_epsg) continue;
        idle->place[k] = idle->place[--idle->n];
        return p;
    }
    return NULL;
}

hot_status hot_place_new(int from_epsg, int to_epsg, const hot_place_rules *rules,
                         hot_place **place, hot_error *error)
{
    *place = idle_place(rules->idle, from_epsg, to_epsg);
    if (*place) return HOT_OK;
    hot_place *p = hot_new(1, sizeof *p);
    if (!p) return HOT_MEMORY;
    p->from_epsg = from_epsg;
    p->to_epsg = to_epsg;
    p->same = from_epsg == to_epsg;
    p->strict = rules->require;
    p->n_hands = rules->threads < 2 ? 1 : (size_t)rules->threads;
    p->context = context_new();
    hot_status status = p->context ? offer_grid(p, rules->grid, error) : HOT_MEMORY;
    if (status == HOT_OK && !p->same) status = find_operations(p, from_epsg, to_epsg, error);
    if (status != HOT_OK) {
        hot_place_free(p);
        return status;
    }
    p->idle = rules->idle;
    *place = p;
    return HOT_OK;
}

/* ---- placing ---- */

static bool is_nonsense(const hot_place *p, double x, double y)
{
    if (!isfinite(x) || !isfinite(y)) return true;
    if (!is_known(&p->room)) return false;
    return x < p->room.west - beyond || x > p->room.east + beyond || y < p->room.south - beyond ||
           y > p->room.north + beyond;
}

enum { PLACED = -2 }; /* instead of the number of an operation */

/** Put those points of a block in place that are not yet. @return how many were */
static size_t place_by(const hot_place *p, hand *h, kind which, double *x, double *y, size_t n,
                       int *state)
{
    size_t placed = 0;
    if (p->choices[which].n == 0) return 0;
#pragma omp critical(operations)
    for (size_t i = 0; i < n; i++)
        if (state[i] != PLACED)
            state[i] = isfinite(x[i]) && isfinite(y[i]) ? named(p, which, PJ_FWD, x[i], y[i]) : -1;
    for (size_t i = 0; i < n; i++) {
        if (state[i] < 0) continue;
        tool *by;
        PJ_COORD out =
            through(p, h, which, PJ_FWD, state[i], proj_coord(x[i], y[i], 0, HUGE_VAL), &by);
        if (is_nonsense(p, out.xy.x, out.xy.y)) continue;
        x[i] = out.xy.x;
        y[i] = out.xy.y;
        state[i] = PLACED;
        by->points++;
        placed++;
    }
    return placed;
}

static void place_block(const hot_place *p, hand *h, double *x, double *y, size_t n)
{
    int state[BLOCK];
    for (size_t i = 0; i < n; i++) state[i] = -1;
    size_t placed = place_by(p, h, BEST, x, y, n, state);
    if (placed < n && !p->strict) {
        size_t rest = place_by(p, h, REST, x, y, n, state);
        placed += rest;
        if (p->choices[BEST].n > 0) h->fallen_back += rest;
    }
    for (size_t i = 0; i < n && placed < n; i++)
        if (state[i] != PLACED) x[i] = y[i] = NAN;
}

/** Blocks of a size that does not depend on the threads. */
static void place_blocks(const hot_place *p, hand *h, double *x, double *y, size_t n, size_t *next)
{
    for (;;) {
        size_t from;
#pragma omp atomic capture
        {
            from = *next;
            *next += BLOCK;
        }
        if (from >= n) break;
        place_block(p, h, x + from, y + from, n - from < BLOCK ? n - from : BLOCK);
    }
}

void hot_place_points(hot_place *p, double *x, double *y, size_t n)
{
    if (p->same) return;
    size_t next = 0;
#pragma omp parallel num_threads(n < 2 * (size_t)BLOCK ? 1 : (int)p->n_hands)
    place_blocks(p, &p->hands[omp_get_thread_num()], x, y, n, &next);
}

/* ---- what was done ---- */

/** One operation that placed points. */
typedef struct {
    const char *operation, *grid, *grid_path;
    double accuracy;
    size_t points;
} way;

/** Add what a tool did to the ways, of which one name is one. */
static void add_way(PJ_CONTEXT *context, const tool *t, way *ways, size_t *n)
{
    const char *name = name_of(t->pj);
    size_t k = 0;
    if (t->points == 0) return;
    while (k < *n && strcmp(ways[k].operation, name) != 0) k++;
    if (k == WAYS) k--; /* the last stands for all others */
    if (k == *n) {
        double accuracy = proj_coordoperation_get_accuracy(context, t->pj);
        way *w = &ways[(*n)++];
        *w = (way){.operation = name, .accuracy = accuracy < 0 ? NAN : accuracy};
        if (!grid_of(context, t->pj, &w->grid, &w->grid_path)) w->grid = w->grid_path = NULL;
    }
    ways[k].points += t->points;
}

/** The operation that placed most; of those that placed as many, the first by name. */
static bool places_more(const way *w, const way *than)
{
    if (!than || w->points != than->points) return w->points > (than ? than->points : 0);
    return w->points && strcmp(w->operation, than->operation) < 0;
}

static size_t add_ways(const hot_place *p, way *ways)
{
    size_t n = 0;
    for (size_t t = 0; t < p->n_hands && !p->same; t++)
        for (kind which = BEST; which < KINDS; which++)
            for (int k = 0; k < p->choices[which].n; k++)
                add_way(p->hands[t].context, &p->hands[t].tools[which][k], ways, &n);
    return n;
}

hot_place_report hot_place_told(const hot_place *p)
{
    way ways[WAYS];
    size_t n = add_ways(p, ways);
    hot_place_report r = {
        .operation = "none", .wanted = p->wanted, .coarse = p->wanted != NULL, .operations = n};
    for (size_t t = 0; t < p->n_hands && !p->same; t++) r.fallen_back += p->hands[t].fallen_back;
    const way *most = NULL;
    for (size_t k = 0; k < n; k++) {
        const way *w = &ways[k];
        if (isnan(w->accuracy) || w->accuracy > r.accuracy) r.accuracy = w->accuracy;
        if (!places_more(w, most)) continue;
        most = w;
        r.operation = w->operation;
        r.grid = w->grid;
        r.grid_path = w->grid_path;
    }
    return r;
}

static void drop_hand(const hot_place *p, hand *h)
{
    for (kind which = BEST; which < KINDS; which++) {
        for (int k = 0; k < p->choices[which].n; k++) proj_destroy(h->tools[which][k].pj);
        proj_destroy(h->chooser[which]);
    }
    if (h->context && h->context != p->context) proj_context_destroy(h->context);
}

/** As new: nothing was placed yet. */
static void forget_points(hot_place *p)
{
    for (size_t t = 0; t < p->n_hands && !p->same; t++) {
        hand *h = &p->hands[t];
        h->fallen_back = 0;
        for (kind which = BEST; which < KINDS; which++)
            for (int k = 0; k < p->choices[which].n; k++) h->tools[which][k].points = 0;
    }
}

static void drop_place(hot_place *p)
{
    for (size_t t = 0; p->tools && t < p->n_hands; t++) drop_hand(p, &p->hands[t]);
    for (kind which = BEST; which < KINDS; which++) proj_list_destroy(p->choices[which].list);
    proj_destroy(p->from);
    proj_destroy(p->to);
    if (p->context) proj_context_destroy(p->context);
    hot_arena_free(&p->texts);
    hot_free(p->hands);
    hot_free(p->tools);
    hot_free(p->grid);
    hot_free(p);
}

void hot_place_free(hot_place *p)
{
    if (!p) return;
    if (!p->idle || p->idle->n == HOT_IDLE_PLACES) {
        drop_place(p);
        return;
    }
    forget_points(p);
    p->idle->place[p->idle->n++] = p;
}

void hot_idle_places_free(hot_idle_places *places)
{
    while (places->n) drop_place(places->place[--places->n]);
}
