#include "layers/read/operations.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "engine/base/memory.h"
#include "layers/read/file.h"
#include "layers/read/proj.h"

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
    tool *tools[HOT_KINDS]; /* [n of the choice] */
    PJ *chooser[HOT_KINDS]; /* PROJ's own, for points at which the operation named gives nothing */
} hand;

struct hot_operations {
    PJ_CONTEXT *context;
    PJ *from, *to;
    bool from_turned, to_turned; /* north is the system's first axis */
    char *grid;                  /* given by hand */
    choice choices[HOT_KINDS];
    size_t n_hands;
    hand *hands; /* [n_hands], one for each thread */
    tool *tools; /* of all hands */
    const char *wanted;
    hot_arena texts;
};

static PJ *easting_first(PJ_CONTEXT *context, PJ *operation)
{
    PJ *p = operation ? proj_normalize_for_visualization(context, operation) : NULL;
    proj_destroy(operation);
    return p;
}

/* ---- finding them ---- */

/** PROJ asks for a grid by its name; the one given by hand answers to it in any case. */
static const char *find_grid(PJ_CONTEXT *context, const char *name, void *self)
{
    const hot_operations *p = self;
    (void)context;
    return strcasecmp(hot_base_name(name), hot_base_name(p->grid)) == 0 ? p->grid : NULL;
}

static const char *kept(hot_operations *p, const char *text)
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
static PJ_OBJ_LIST *operations(const hot_operations *p, hot_kind which, bool installed)
{
    PJ_OPERATION_FACTORY_CONTEXT *how = proj_create_operation_factory_context(p->context, NULL);
    if (!how) return NULL;
    if (which == HOT_BEST)
        proj_operation_factory_context_set_desired_accuracy(p->context, how,
                                                            strtod(HOT_GOOD, NULL));
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
static void find_only(const hot_operations *p, choice *c)
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

static void choose(hot_operations *p, hot_kind which)
{
    choice *c = &p->choices[which];
    c->list = operations(p, which, true);
    c->n = c->list ? proj_list_get_count(c->list) : 0;
    find_only(p, c);
}

/** The grid that an operation good enough would need, and that is not here. */
static const char *missing_grid(hot_operations *p)
{
    PJ_OBJ_LIST *all = operations(p, HOT_BEST, false);
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
static int named(const hot_operations *p, hot_kind which, PJ_DIRECTION direction, double x,
                 double y)
{
    const choice *c = &p->choices[which];
    if (c->only >= 0) return c->only;
    bool turned = direction == PJ_FWD ? p->from_turned : p->to_turned;
    int k = proj_get_suggested_operation(p->context, c->list, direction,
                                         proj_coord(turned ? y : x, turned ? x : y, 0, HUGE_VAL));
    return k >= 0 || c->elsewhere < 0 ? k : c->n + c->elsewhere;
}

/** An operation for this thread's use. */
static tool *taken(const hot_operations *p, hand *h, hot_kind which, int k)
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
static PJ_COORD by_trial(const hot_operations *p, hand *h, hot_kind which, PJ_DIRECTION direction,
                         PJ_COORD at, tool **by)
{
    const char *const options[] = {"ALLOW_BALLPARK=NO",
                                   which == HOT_BEST ? "ACCURACY=" HOT_GOOD : NULL, NULL};
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
static PJ_COORD through(const hot_operations *p, hand *h, hot_kind which, PJ_DIRECTION direction,
                        int k, PJ_COORD at, tool **by)
{
    const choice *c = &p->choices[which];
    if (k < 0) return proj_coord(HUGE_VAL, HUGE_VAL, 0, 0);
    *by = taken(p, h, which, k);
    PJ_COORD out = proj_trans((*by)->pj, direction, at);
    if (out.xy.x != HUGE_VAL || c->only >= 0 || k >= c->n) return out;
    return by_trial(p, h, which, direction, at, by);
}

/* ---- all of it ---- */

static hot_status new_hands(hot_operations *p)
{
    size_t n = (size_t)(p->choices[HOT_BEST].n + p->choices[HOT_REST].n);
    p->hands = hot_new(p->n_hands, sizeof *p->hands);
    p->tools = hot_new(p->n_hands * n, sizeof *p->tools);
    if (!p->hands || !p->tools) return HOT_MEMORY;
    for (size_t t = 0; t < p->n_hands; t++) {
        p->hands[t].tools[HOT_BEST] = p->tools + t * n;
        p->hands[t].tools[HOT_REST] = p->hands[t].tools[HOT_BEST] + p->choices[HOT_BEST].n;
    }
    p->hands[0].context = p->context;
    return HOT_OK;
}

static hot_status find(hot_operations *p, int from, int to)
{
    p->from = hot_proj_crs(p->context, from);
    p->to = hot_proj_crs(p->context, to);
    if (!p->from || !p->to) return HOT_MEMORY;
    p->from_turned = is_turned(p->context, p->from);
    p->to_turned = is_turned(p->context, p->to);
    choose(p, HOT_BEST);
    choose(p, HOT_REST);
    if (p->choices[HOT_BEST].n == 0) p->wanted = missing_grid(p);
    return new_hands(p);
}

hot_status hot_operations_new(int from_epsg, int to_epsg, const char *grid, size_t hands,
                              hot_operations **operations)
{
    hot_operations *p = hot_new(1, sizeof *p);
    if (!p) return HOT_MEMORY;
    p->n_hands = hands;
    p->context = hot_proj_context();
    p->grid = grid ? hot_text(grid, strlen(grid)) : NULL;
    hot_status status = p->context && (p->grid || !grid) ? HOT_OK : HOT_MEMORY;
    if (status == HOT_OK && grid) proj_context_set_file_finder(p->context, find_grid, p);
    if (status == HOT_OK) status = find(p, from_epsg, to_epsg);
    if (status == HOT_OK)
        *operations = p;
    else
        hot_operations_free(p);
    return status;
}

bool hot_operations_any(const hot_operations *p, hot_kind which)
{
    return p->choices[which].n > 0;
}

const char *hot_operations_wanted(const hot_operations *p)
{
    return p->wanted;
}

void hot_operations_name(const hot_operations *p, hot_kind which, bool back, const double *x,
                         const double *y, size_t n, int *name)
{
#pragma omp critical(operations)
    for (size_t i = 0; i < n; i++)
        if (name[i] != HOT_PLACED)
            name[i] = isfinite(x[i]) && isfinite(y[i])
                          ? named(p, which, back ? PJ_INV : PJ_FWD, x[i], y[i])
                          : -1;
}

size_t *hot_operations_put(const hot_operations *p, size_t number, hot_kind which, bool back,
                           int name, double *x, double *y)
{
    tool *by;
    if (name < 0) return NULL;
    PJ_COORD out = through(p, &p->hands[number], which, back ? PJ_INV : PJ_FWD, name,
                           proj_coord(*x, *y, 0, HUGE_VAL), &by);
    *x = out.xy.x;
    *y = out.xy.y;
    return &by->points;
}

/* ---- what was done ---- */

/** Add what a tool did to the ways, of which one name is one. */
static void add_way(PJ_CONTEXT *context, const tool *t, hot_way *ways, size_t *n)
{
    const char *name = name_of(t->pj);
    size_t k = 0;
    if (t->points == 0) return;
    while (k < *n && strcmp(ways[k].operation, name) != 0) k++;
    if (k == HOT_WAYS) k--; /* the last stands for all others */
    if (k == *n) {
        double accuracy = proj_coordoperation_get_accuracy(context, t->pj);
        hot_way *w = &ways[(*n)++];
        *w = (hot_way){.operation = name, .accuracy = accuracy < 0 ? NAN : accuracy};
        if (!grid_of(context, t->pj, &w->grid, &w->grid_path)) w->grid = w->grid_path = NULL;
    }
    ways[k].points += t->points;
}

size_t hot_operations_ways(const hot_operations *p, hot_way ways[HOT_WAYS])
{
    size_t n = 0;
    for (size_t t = 0; t < p->n_hands; t++)
        for (hot_kind which = HOT_BEST; which < HOT_KINDS; which++)
            for (int k = 0; k < p->choices[which].n; k++)
                add_way(p->hands[t].context, &p->hands[t].tools[which][k], ways, &n);
    return n;
}

void hot_operations_forget(hot_operations *p)
{
    for (size_t t = 0; t < p->n_hands; t++)
        for (hot_kind which = HOT_BEST; which < HOT_KINDS; which++)
            for (int k = 0; k < p->choices[which].n; k++) p->hands[t].tools[which][k].points = 0;
}

static void drop_hand(const hot_operations *p, hand *h)
{
    for (hot_kind which = HOT_BEST; which < HOT_KINDS; which++) {
        for (int k = 0; k < p->choices[which].n; k++) proj_destroy(h->tools[which][k].pj);
        proj_destroy(h->chooser[which]);
    }
    if (h->context && h->context != p->context) proj_context_destroy(h->context);
}

void hot_operations_free(hot_operations *p)
{
    if (!p) return;
    for (size_t t = 0; p->tools && t < p->n_hands; t++) drop_hand(p, &p->hands[t]);
    for (hot_kind which = HOT_BEST; which < HOT_KINDS; which++)
        proj_list_destroy(p->choices[which].list);
    proj_destroy(p->from);
    proj_destroy(p->to);
    if (p->context) proj_context_destroy(p->context);
    hot_arena_free(&p->texts);
    hot_free(p->hands);
    hot_free(p->tools);
    hot_free(p->grid);
    hot_free(p);
}
