#include "engine/trends/months.h"

#include <math.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/chance/benjamini.h"
#include "engine/chance/tails.h"

/** One month of all units. */
typedef struct {
    const uint32_t *count; /* of unit u at u * step */
    const double *share;
    size_t units, step;
    double total, dispersion;
    double *p, *adjusted; /* [units] */
} month;

static double p_hot(double count, double mean, double dispersion)
{
    return count > mean ? hot_tail_above(count, mean, dispersion) : 1;
}

/** No tail below is shorter than that of no incident, which has at least the Poisson's chance. */
static double p_cold(double count, double mean, double dispersion)
{
    if (count >= mean || exp(-mean) > HOT_MONTHS_FDR) return 1;
    return hot_tail_below(count, mean, dispersion);
}

/** Adjusting makes no p smaller: where none is small there is nothing to sort. */
static bool any_small(const month *m)
{
    for (size_t u = 0; u < m->units; u++)
        if (m->p[u] <= HOT_MONTHS_FDR) return true;
    return false;
}

static hot_status mark_side(const month *m, double (*p_of)(double, double, double), int8_t sign,
                            int8_t *mark)
{
    for (size_t u = 0; u < m->units; u++)
        m->p[u] = m->share[u] > 0
                      ? p_of((double)m->count[u * m->step], m->total * m->share[u], m->dispersion)
                      : NAN;
    if (!any_small(m)) return HOT_OK;
    HOT_TRY(hot_benjamini(m->p, m->units, m->adjusted));
    for (size_t u = 0; u < m->units; u++)
        if (m->adjusted[u] <= HOT_MONTHS_FDR) mark[u * m->step] = sign;
    return HOT_OK;
}

static double total_of(const month *m)
{
    uint64_t sum = 0;
    for (size_t u = 0; u < m->units; u++)
        if (m->share[u] > 0) sum += m->count[u * m->step];
    return (double)sum;
}

hot_status hot_months_mark(const uint32_t *count, const double *share, size_t units, size_t months,
                           const uint8_t *covered, double dispersion, int8_t *mark)
{
    month m = {.share = share, .units = units, .step = months, .dispersion = dispersion};
    m.p = hot_new_raw(units, sizeof *m.p);
    m.adjusted = hot_new_raw(units, sizeof *m.adjusted);
    hot_status status = m.p && m.adjusted ? HOT_OK : HOT_MEMORY;
    memset(mark, 0, units * months);
    for (size_t k = 0; k < months && status == HOT_OK; k++) {
        if (!covered[k]) continue;
        m.count = count + k;
        m.total = total_of(&m);
        status = mark_side(&m, p_hot, 1, mark + k);
        if (status == HOT_OK) status = mark_side(&m, p_cold, -1, mark + k);
    }
    hot_free(m.p);
    hot_free(m.adjusted);
    return status;
}
