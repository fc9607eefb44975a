#define _GNU_SOURCE /* strcasestr */

#include "layers/read/place.h"

#include <math.h>
#include <string.h>

#include <omp.h>

#include "engine/base/memory.h"
#include "layers/read/file.h"
#include "layers/read/operations.h"

enum { LATTICE = 6, BLOCK = 4096 };
static const double beyond = 50e3; /* m outside a system's area that its numbers still hold */

struct hot_place {
    hot_idle_places *idle; /* where it goes when it is freed; NULL = nowhere */
    int from_epsg, to_epsg;
    hot_operations *operations; /* NULL = one and the same system: nothing to do */
    const char *grid;           /* given by hand; only while the place is made */
    bool strict;                /* no second best */
    int threads;
    size_t fallen_back;
    hot_box room; /* where results may lie; all 0 = anywhere */
};

static bool is_known(const hot_box *b)
{
    return b->west != 0 || b->east != 0 || b->south != 0 || b->north != 0;
}

/* ---- whether it can be done ---- */

static hot_status check_grid(const char *grid, hot_error *error)
{
    hot_file *file;
    if (!grid) return HOT_OK;
    HOT_TRY(hot_file_open(grid, &file, error)); /* is it there, is it a file? */
    hot_file_close(file);
    return HOT_OK;
}

/** Whether a lattice point of the target's area comes back through the grid. */
static bool comes_back(const hot_place *p, const hot_box *m, int column, int row)
{
    double u = (column + 0.5) / LATTICE, v = (row + 0.5) / LATTICE;
    double x = m->west + u * (m->east - m->west), y = m->south + v * (m->north - m->south);
    int name = -1;
    hot_operations_name(p->operations, HOT_BEST, true, &x, &y, 1, &name);
    return hot_operations_put(p->operations, 0, HOT_BEST, true, name, &x, &y) && isfinite(x);
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
    const char *wanted = hot_operations_wanted(p->operations);
    if (wanted)
        return hot_fail(error, HOT_SYSTEM,
                        "Positions good to " HOT_GOOD
                        " m need the grid %s, which is not installed, and "
                        "--require-ostn15 was given; install it (projsync --file %s) or name it "
                        "with --grid.",
                        wanted, wanted);
    return hot_fail(error, HOT_SYSTEM,
                    "No operation from EPSG:%d to EPSG:%d is good to " HOT_GOOD " m, which "
                    "--require-ostn15 asks for; leave --require-ostn15 out, or choose another "
                    "--crs.",
                    from, to);
}

static hot_status judge(hot_place *p, int from, int to, const hot_crs *crs, hot_error *error)
{
    bool good = hot_operations_any(p->operations, HOT_BEST);
    const char *wanted = hot_operations_wanted(p->operations);
    if (!good && !hot_operations_any(p->operations, HOT_REST))
        return hot_fail(error, HOT_INPUT,
                        "There is no way from EPSG:%d to EPSG:%d that is better than ballpark; "
                        "choose another --crs.",
                        from, to);
    if (!good && p->grid && wanted)
        return hot_fail(
            error, HOT_INPUT,
            "%s: is not the grid that leads from EPSG:%d to EPSG:%d, which is %s; if it "
            "is that grid renamed, give it its name again.",
            hot_base_name(p->grid), from, to, wanted);
    if (!good && p->strict) return no_good(p, from, to, error);
    if (!good || is_sound(p, crs)) return HOT_OK;
    return hot_fail(error, HOT_INPUT,
                    "The grid between EPSG:%d and EPSG:%d (%s) cannot be read; fetch it again, the "
                    "file seems damaged.",
                    from, to, p->grid ? hot_base_name(p->grid) : "among PROJ's own");
}

static hot_status find_operations(hot_place *p, const hot_place_rules *rules, hot_error *error)
{
    hot_crs crs;
    HOT_TRY(hot_crs_of(p->from_epsg, &crs, error)); /* is it known? */
    HOT_TRY(hot_crs_of(p->to_epsg, &crs, error));
    p->room = crs.metres;
    HOT_TRY(hot_operations_new(p->from_epsg, p->to_epsg, rules->grid, (size_t)p->threads,
                               &p->operations));
    return judge(p, p->from_epsg, p->to_epsg, &crs, error);
}

static void drop_place(hot_place *p)
{
    hot_operations_free(p->operations);
    hot_free(p);
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
    p->strict = rules->require;
    p->threads = rules->threads < 2 ? 1 : rules->threads;
    p->grid = rules->grid;
    hot_status status = check_grid(rules->grid, error);
    if (status == HOT_OK && from_epsg != to_epsg) status = find_operations(p, rules, error);
    if (status != HOT_OK) {
        drop_place(p);
        return status;
    }
    p->grid = NULL;
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

/** Put those points of a block in place that are not yet. @return how many were */
static size_t place_by(const hot_place *p, size_t hand, hot_kind kind, double *x, double *y,
                       size_t n, int *name)
{
    size_t placed = 0;
    if (!hot_operations_any(p->operations, kind)) return 0;
    hot_operations_name(p->operations, kind, false, x, y, n, name);
    for (size_t i = 0; i < n; i++) {
        double east = x[i], north = y[i];
        size_t *count = name[i] < 0 ? NULL
                                    : hot_operations_put(p->operations, hand, kind, false, name[i],
                                                         &east, &north);
        if (!count || is_nonsense(p, east, north)) continue;
        x[i] = east;
        y[i] = north;
        name[i] = HOT_PLACED;
        ++*count;
        placed++;
    }
    return placed;
}

static void place_block(hot_place *p, size_t hand, double *x, double *y, size_t n)
{
    int name[BLOCK];
    for (size_t i = 0; i < n; i++) name[i] = -1;
    size_t placed = place_by(p, hand, HOT_BEST, x, y, n, name), rest = 0;
    if (placed < n && !p->strict) rest = place_by(p, hand, HOT_REST, x, y, n, name);
    if (rest && hot_operations_any(p->operations, HOT_BEST)) {
#pragma omp atomic
        p->fallen_back += rest;
    }
    for (size_t i = 0; i < n && placed + rest < n; i++)
        if (name[i] != HOT_PLACED) x[i] = y[i] = NAN;
}

/** Blocks of a size that does not depend on the threads. */
static void place_blocks(hot_place *p, size_t hand, double *x, double *y, size_t n, size_t *next)
{
    for (;;) {
        size_t from;
#pragma omp atomic capture
        {
            from = *next;
            *next += BLOCK;
        }
        if (from >= n) break;
        place_block(p, hand, x + from, y + from, n - from < BLOCK ? n - from : BLOCK);
    }
}

void hot_place_points(hot_place *p, double *x, double *y, size_t n)
{
    if (!p->operations) return;
    size_t next = 0;
#pragma omp parallel num_threads(n < 2 * (size_t)BLOCK ? 1 : p->threads)
    place_blocks(p, (size_t)omp_get_thread_num(), x, y, n, &next);
}

/* ---- what was done ---- */

/** The operation that placed most; of those that placed as many, the first by name. */
static bool places_more(const hot_way *w, const hot_way *than)
{
    if (!than || w->points != than->points) return w->points > (than ? than->points : 0);
    return w->points && strcmp(w->operation, than->operation) < 0;
}

hot_place_report hot_place_told(const hot_place *p)
{
    hot_way ways[HOT_WAYS];
    const char *wanted = p->operations ? hot_operations_wanted(p->operations) : NULL;
    size_t n = p->operations ? hot_operations_ways(p->operations, ways) : 0;
    hot_place_report r = {.operation = "none",
                          .wanted = wanted,
                          .coarse = wanted != NULL,
                          .operations = n,
                          .fallen_back = p->fallen_back};
    const hot_way *most = NULL;
    for (size_t k = 0; k < n; k++) {
        const hot_way *w = &ways[k];
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
    if (!p->idle || p->idle->n == HOT_IDLE_PLACES) {
        drop_place(p);
        return;
    }
    p->fallen_back = 0;
    if (p->operations) hot_operations_forget(p->operations);
    p->idle->place[p->idle->n++] = p;
}

void hot_idle_places_free(hot_idle_places *places)
{
    while (places->n) drop_place(places->place[--places->n]);
}
