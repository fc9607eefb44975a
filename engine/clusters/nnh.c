#include "engine/clusters/nnh.h"

#include <math.h>

#include "engine/base/memory.h"
#include "engine/clusters/dbscan.h"

double hot_nnh_threshold(double n, double area, double t)
{
    double d = 0.5 * sqrt(area / n) - t * 0.26136 / sqrt(n * n / area);
    return d > 0 ? d : 0;
}

/** What one order is made of: places, or the clusters of the order below. */
typedef struct {
    size_t n;
    double *x, *y;
    double *share;  /* [n] what it weighs in the middle of a cluster: incidents of a place, 1 of a
                       cluster */
    double *weight; /* [n] incidents */
    int32_t *of;    /* [n] what it is joined to */
} members;

static hot_status members_new(size_t n, members *m)
{
    *m = (members){.n = n,
                   .x = hot_new_raw(n, sizeof *m->x),
                   .y = hot_new_raw(n, sizeof *m->y),
                   .share = hot_new_raw(n, sizeof *m->share),
                   .weight = hot_new_raw(n, sizeof *m->weight),
                   .of = hot_new_raw(n, sizeof *m->of)};
    return m->x && m->y && m->share && m->weight && m->of ? HOT_OK : HOT_MEMORY;
}

static void members_free(members *m)
{
    hot_free(m->x);
    hot_free(m->y);
    hot_free(m->share);
    hot_free(m->weight);
    hot_free(m->of);
}

/** The sums of each group, as clusters: their middles are still sums. */
static void add_up(const members *m, hot_nnh_cluster *group, double *share)
{
    for (size_t i = 0; i < m->n; i++) {
        if (m->of[i] < 0) continue;
        hot_nnh_cluster *g = &group[m->of[i]];
        g->x += m->share[i] * m->x[i];
        g->y += m->share[i] * m->y[i];
        g->weight += m->weight[i];
        share[m->of[i]] += m->share[i];
    }
}

/** Append the groups that are large enough; members of others are let go. */
static hot_status keep(members *m, size_t groups, double minimum, uint32_t order, hot_nnh *nnh)
{
    hot_nnh_cluster *group = hot_new(groups, sizeof *group);
    double *share = hot_new(groups, sizeof *share);
    int32_t *number = hot_new_raw(groups, sizeof *number);
    bool room = group && share && number &&
                hot_grow(&nnh->cluster, &nnh->room, nnh->n + groups, sizeof *nnh->cluster);
    if (room) add_up(m, group, share);
    for (size_t k = 0; k < groups && room; k++) {
        number[k] = -1;
        if (share[k] < minimum) continue;
        number[k] = (int32_t)nnh->n;
        nnh->cluster[nnh->n++] = (hot_nnh_cluster){order, -1, group[k].x / share[k],
                                                   group[k].y / share[k], group[k].weight};
    }
    for (size_t i = 0; i < m->n && room; i++)
        if (m->of[i] >= 0) m->of[i] = number[m->of[i]];
    hot_free(group);
    hot_free(share);
    hot_free(number);
    return room ? HOT_OK : HOT_MEMORY;
}

/** Join what is nearer than `distance` into clusters of one order. Every member is a core. */
static hot_status join(members *m, double distance, double minimum, uint32_t order, int threads,
                       hot_nnh *nnh)
{
    size_t groups = 0;
    for (size_t i = 0; i < m->n; i++) m->of[i] = -1;
    if (!(distance > 0)) return HOT_OK;
    HOT_TRY(hot_dbscan(m->x, m->y, m->share, m->n, distance, 1e-300, threads, m->of, &groups));
    return keep(m, groups, minimum, order, nnh);
}

/** The clusters from `first` on, as the members of the next order. */
static hot_status next_order(const hot_nnh *nnh, size_t first, members *m)
{
    HOT_TRY(members_new(nnh->n - first, m));
    for (size_t k = 0; k < m->n; k++) {
        const hot_nnh_cluster *c = &nnh->cluster[first + k];
        m->x[k] = c->x;
        m->y[k] = c->y;
        m->share[k] = 1;
        m->weight[k] = c->weight;
    }
    return HOT_OK;
}

/** Join clusters into clusters of clusters while there are any. */
static hot_status join_orders(const hot_nnh_rules *r, hot_nnh *nnh)
{
    hot_status status = HOT_OK;
    uint32_t order = 2;
    for (size_t first = 0, end = nnh->n; status == HOT_OK && end - first > 1;
         first = end, end = nnh->n, order++) {
        members m = {0};
        status = next_order(nnh, first, &m);
        double distance = hot_nnh_threshold((double)m.n, r->area, r->t);
        if (status == HOT_OK) status = join(&m, distance, 2, order, r->threads, nnh);
        for (size_t k = 0; k < m.n && status == HOT_OK; k++)
            nnh->cluster[first + k].parent = m.of[k];
        members_free(&m);
    }
    return status;
}

static hot_status find(members *m, const hot_nnh_rules *r, hot_nnh *nnh, double *distance)
{
    double incidents = 0;
    for (size_t i = 0; i < m->n; i++) incidents += m->weight[i];
    *distance = r->distance > 0 ? r->distance : hot_nnh_threshold(incidents, r->area, r->t);
    if (m->n == 0) *distance = r->distance > 0 ? r->distance : 0;
    HOT_TRY(join(m, *distance, r->minimum, 1, r->threads, nnh));
    nnh->of = m->of;
    m->of = NULL;
    return join_orders(r, nnh);
}

hot_status hot_nnh_find(const double *x, const double *y, const double *weight, size_t n,
                        const hot_nnh_rules *rules, hot_nnh *nnh, double *first_distance)
{
    members m = {0};
    *nnh = (hot_nnh){0};
    if (!(rules->area > 0) || !(rules->minimum > 0)) return HOT_DOMAIN;
    hot_status status = members_new(n, &m);
    for (size_t i = 0; i < n && status == HOT_OK; i++) {
        m.x[i] = x[i];
        m.y[i] = y[i];
        m.weight[i] = m.share[i] = weight[i];
    }
    if (status == HOT_OK) status = find(&m, rules, nnh, first_distance);
    if (status != HOT_OK) hot_nnh_free(nnh);
    members_free(&m);
    return status;
}

void hot_nnh_free(hot_nnh *nnh)
{
    hot_free(nnh->cluster);
    hot_free(nnh->of);
    *nnh = (hot_nnh){0};
}
