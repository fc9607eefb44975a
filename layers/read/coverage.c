#include "layers/read/coverage.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/base/words.h"
#include "engine/space/crossings.h"
#include "layers/read/polygon.h"

/* ---- edges that do not cancel ---- */

typedef struct {
    double ax, ay, bx, by; /* a before b */
    int32_t balance;       /* how often walked from a to b, less from b to a */
    uint32_t walked;       /* 0 = a free slot */
} edge;

typedef struct {
    size_t slots; /* a power of two */
    edge *edge;
} edge_set;

static edge *slot_of(const edge_set *set, const double *ends)
{
    size_t at = (size_t)hot_hash(ends, 4 * sizeof *ends, 0) & (set->slots - 1);
    while (set->edge[at].walked && memcmp(&set->edge[at].ax, ends, 4 * sizeof *ends) != 0)
        at = (at + 1) & (set->slots - 1);
    return &set->edge[at];
}

static void walk_edge(const edge_set *set, double ax, double ay, double bx, double by)
{
    bool turned = ax > bx || (ax == bx && ay > by);
    /* + 0.0 makes -0 and 0 one. */
    double ends[4] = {(turned ? bx : ax) + 0.0, (turned ? by : ay) + 0.0, (turned ? ax : bx) + 0.0,
                      (turned ? ay : by) + 0.0};
    if (ax == bx && ay == by) return;
    edge *e = slot_of(set, ends);
    memcpy(&e->ax, ends, sizeof ends);
    e->balance += turned ? -1 : 1;
    e->walked++;
}

static hot_status edges_of(const hot_shapes *s, edge_set *set)
{
    set->slots = 64;
    while (set->slots < 2 * s->n_points) set->slots *= 2;
    set->edge = hot_new(set->slots, sizeof *set->edge);
    if (!set->edge) return HOT_MEMORY;
    for (size_t r = 0; r < s->n_rings; r++)
        for (size_t i = s->point[r]; i + 1 < s->point[r + 1]; i++)
            walk_edge(set, s->x[i], s->y[i], s->x[i + 1], s->y[i + 1]);
    return HOT_OK;
}

/** The edges left, each a line of its own. */
static hot_status lines_left(const edge_set *set, hot_shapes *lines, bool *too_many)
{
    size_t n = 0;
    for (size_t k = 0; k < set->slots; k++) n += set->edge[k].balance != 0;
    *too_many = n > HOT_COVERAGE_EDGES;
    for (size_t k = 0; k < set->slots && !*too_many; k++) {
        const edge *e = &set->edge[k];
        if (e->balance == 0) continue;
        HOT_TRY(hot_shapes_add(lines, e->ax, e->ay));
        HOT_TRY(hot_shapes_add(lines, e->bx, e->by));
        HOT_TRY(hot_shapes_end_ring(lines));
        HOT_TRY(hot_shapes_end_part(lines));
    }
    return hot_shapes_end(lines);
}

/* ---- who holds a face ---- */

static bool ring_holds(const hot_shapes *s, size_t r, double x, double y)
{
    bool inside = false;
    for (size_t i = s->point[r]; i + 1 < s->point[r + 1]; i++) {
        double ax = s->x[i], ay = s->y[i], bx = s->x[i + 1], by = s->y[i + 1];
        if ((ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)) inside = !inside;
    }
    return inside;
}

/** Even-odd over all rings: holes count themselves out. */
static bool area_holds(const hot_shapes *s, size_t f, double x, double y)
{
    bool inside = false;
    for (size_t r = s->ring[s->part[f]]; r < s->ring[s->part[f + 1]]; r++)
        inside ^= ring_holds(s, r, x, y);
    return inside;
}

static uint64_t pair_key(size_t a, size_t b)
{
    return (uint64_t)a << 32 | (uint64_t)b;
}

/** Pairs seen so far, in a table that grows. */
typedef struct {
    size_t n, room;
    uint64_t *key;
} pair_list;

static hot_status add_pair(pair_list *list, uint64_t key)
{
    for (size_t k = 0; k < list->n; k++)
        if (list->key[k] == key) return HOT_OK;
    if (!hot_grow(&list->key, &list->room, list->n + 1, sizeof *list->key)) return HOT_MEMORY;
    list->key[list->n++] = key;
    return HOT_OK;
}

typedef struct {
    const hot_shapes *areas;
    const hot_box *box; /* [areas] */
    size_t *holder;     /* [areas] those of the face at hand */
    pair_list pairs;
    hot_coverage_report *report;
} judging;

static size_t holders_of(judging *j, double x, double y)
{
    size_t n = 0;
    for (size_t f = 0; f < j->areas->n; f++) {
        const hot_box *b = &j->box[f];
        if (x < b->west || x > b->east || y < b->south || y > b->north) continue;
        if (area_holds(j->areas, f, x, y)) j->holder[n++] = f;
    }
    return n;
}

static hot_status judge_face(judging *j, const hot_shapes *faces, size_t f)
{
    hot_coverage_report *r = j->report;
    double x, y, m2 = hot_shapes_area(faces, f);
    if (m2 < hot_coverage_least) return HOT_OK;
    hot_status status = hot_polygon_inside(faces, f, &x, &y);
    if (status == HOT_INPUT) return HOT_OK; /* too thin to have an inside */
    HOT_TRY(status);
    size_t n = holders_of(j, x, y);
    if (n == 0) {
        r->gaps++;
        r->gap += m2;
        r->largest_gap = fmax(r->largest_gap, m2);
    }
    if (n < 2) return HOT_OK;
    r->overlap += m2;
    for (size_t a = 0; a + 1 < n; a++)
        for (size_t b = a + 1; b < n; b++)
            HOT_TRY(add_pair(&j->pairs, pair_key(j->holder[a], j->holder[b])));
    if (m2 <= r->largest_overlap) return HOT_OK;
    r->largest_overlap = m2;
    r->first = j->holder[0];
    r->second = j->holder[1];
    return HOT_OK;
}

static hot_status judge_faces(const hot_shapes *areas, const hot_shapes *faces,
                              hot_coverage_report *report)
{
    hot_box *box = hot_new(areas->n, sizeof *box);
    judging j = {.areas = areas, .box = box, .report = report};
    j.holder = hot_new(areas->n, sizeof *j.holder);
    hot_status status = box && j.holder ? HOT_OK : HOT_MEMORY;
    for (size_t f = 0; f < areas->n && status == HOT_OK; f++)
        if (hot_shapes_box(areas, f, &box[f]) != HOT_OK) box[f] = (hot_box){1, 1, -1, -1};
    for (size_t f = 0; f < faces->n && status == HOT_OK; f++) status = judge_face(&j, faces, f);
    report->pairs = j.pairs.n;
    hot_free(j.pairs.key);
    hot_free(j.holder);
    hot_free(box);
    return status;
}

hot_status hot_coverage_judge(const hot_shapes *areas, hot_coverage_report *report)
{
    edge_set set = {0};
    hot_shapes lines = {0}, faces = {0};
    bool too_many = false;
    hot_coverage_report r = {0};
    hot_status status = edges_of(areas, &set);
    if (status == HOT_OK) status = lines_left(&set, &lines, &too_many);
    hot_free(set.edge);
    if (status == HOT_OK && !too_many)
        status = hot_crossings_over(&lines, 0, HOT_COVERAGE_CROSSINGS, &too_many);
    if (status == HOT_OK && !too_many) status = hot_polygon_faces(&lines, 0, &faces);
    if (status == HOT_OK && !too_many) status = judge_faces(areas, &faces, &r);
    r.judged = status == HOT_OK && !too_many;
    if (status == HOT_INPUT) { /* GEOS could not node them: not judged is the honest answer */
        r = (hot_coverage_report){0};
        status = HOT_OK;
    }
    hot_shapes_free(&lines);
    hot_shapes_free(&faces);
    if (status == HOT_OK) *report = r;
    return status;
}
