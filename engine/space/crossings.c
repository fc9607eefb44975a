#include "engine/space/crossings.h"

#include <math.h>
#include <stdlib.h>

#include "engine/base/memory.h"
#include "engine/space/side.h"

static const size_t pairs_most = 1000000000;

typedef struct {
    double ax, ay, bx, by; /* a west of b */
} edge;

typedef struct {
    edge *edge; /* [n] by their western ends */
    size_t n, most;
    size_t *open; /* [n] numbers of edges that may reach the one at hand */
    size_t n_open, crossings, pairs;
} sweep;

static int from_the_west(const void *a, const void *b)
{
    const edge *p = a, *q = b;
    return (p->ax > q->ax) - (p->ax < q->ax);
}

static hot_status edges_of(const hot_shapes *s, size_t f, sweep *w)
{
    if (s->part[f] == s->part[f + 1]) return HOT_OK;
    size_t first = s->ring[s->part[f]], last = s->ring[s->part[f + 1]];
    w->edge = hot_new(s->point[last] - s->point[first], sizeof *w->edge);
    w->open = hot_new(s->point[last] - s->point[first], sizeof *w->open);
    if (!w->edge || !w->open) return HOT_MEMORY;
    for (size_t r = first; r < last; r++)
        for (size_t i = s->point[r]; i + 1 < s->point[r + 1]; i++) {
            size_t a = s->x[i] <= s->x[i + 1] ? i : i + 1, b = 2 * i + 1 - a;
            w->edge[w->n++] = (edge){s->x[a], s->y[a], s->x[b], s->y[b]};
        }
    if (w->n) qsort(w->edge, w->n, sizeof *w->edge, from_the_west);
    return HOT_OK;
}

static bool are_apart(double a, double b)
{
    return (a > 0 && b < 0) || (a < 0 && b > 0);
}

/** Each has its ends on both sides of the other. */
static bool cross(const edge *p, const edge *q)
{
    if (fmax(p->ay, p->by) < fmin(q->ay, q->by) || fmax(q->ay, q->by) < fmin(p->ay, p->by))
        return false;
    return are_apart(hot_side(p->ax, p->ay, p->bx, p->by, q->ax, q->ay),
                     hot_side(p->ax, p->ay, p->bx, p->by, q->bx, q->by)) &&
           are_apart(hot_side(q->ax, q->ay, q->bx, q->by, p->ax, p->ay),
                     hot_side(q->ax, q->ay, q->bx, q->by, p->bx, p->by));
}

/** Compare an edge with those that reach as far east as its western end; drop the others. */
static void meet(sweep *w, size_t k)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->n_open; i++) {
        const edge *other = &w->edge[w->open[i]];
        if (other->bx < w->edge[k].ax) continue;
        w->crossings += cross(other, &w->edge[k]);
        w->open[kept++] = w->open[i];
    }
    w->pairs += w->n_open;
    w->open[kept++] = k;
    w->n_open = kept;
}

hot_status hot_crossings_over(const hot_shapes *shapes, size_t f, size_t most, bool *over)
{
    sweep w = {.most = most};
    hot_status status = edges_of(shapes, f, &w);
    *over = false;
    for (size_t k = 0; k < w.n && status == HOT_OK && !*over; k++) {
        meet(&w, k);
        *over = w.crossings > w.most || w.pairs > pairs_most;
    }
    hot_free(w.edge);
    hot_free(w.open);
    return status;
}
