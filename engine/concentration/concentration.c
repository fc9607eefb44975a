#include "engine/concentration/concentration.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "engine/base/memory.h"

/* ---- tiers ---- */

static uint32_t largest(const uint32_t *count, size_t n)
{
    uint32_t most = 0;
    for (size_t i = 0; i < n; i++) most = count[i] > most ? count[i] : most;
    return most;
}

/** From how many units have each count to the tiers, most first. */
static hot_status list_tiers(const uint64_t *units_with, uint32_t most, hot_tiers *t)
{
    size_t n = 0;
    for (uint32_t c = 1; c <= most; c++) n += units_with[c] > 0;
    t->tier = hot_new_raw(n, sizeof *t->tier);
    if (!t->tier) return HOT_MEMORY;
    for (uint32_t c = most; c > 0; c--) {
        if (units_with[c] == 0) continue;
        t->tier[t->n++] = (hot_tier){c, units_with[c]};
        t->held += units_with[c];
        t->incidents += units_with[c] * c;
    }
    return HOT_OK;
}

hot_status hot_tiers_new(const uint32_t *count, size_t n, hot_tiers *tiers)
{
    uint32_t most = largest(count, n);
    hot_tiers found = {.units = n};
    uint64_t *units_with = hot_new((size_t)most + 1, sizeof *units_with);
    if (!units_with) return HOT_MEMORY;
    for (size_t i = 0; i < n; i++) units_with[count[i]]++;
    hot_status status = list_tiers(units_with, most, &found);
    hot_free(units_with);
    if (status == HOT_OK) *tiers = found;
    return status;
}

void hot_tiers_free(hot_tiers *tiers)
{
    hot_free(tiers->tier);
    *tiers = (hot_tiers){0};
}

uint64_t hot_tiers_needed(const hot_tiers *t, unsigned percent)
{
    uint64_t missing = (t->incidents * percent + 99) / 100, needed = 0;
    for (size_t k = 0; k < t->n && missing; k++) {
        uint64_t each = t->tier[k].incidents, all = each * t->tier[k].units;
        needed += missing < all ? (missing + each - 1) / each : t->tier[k].units;
        missing -= missing < all ? missing : all;
    }
    return needed;
}

uint64_t hot_tiers_top(const hot_tiers *t, uint64_t k, uint64_t *tied)
{
    uint64_t incidents = 0;
    *tied = 0;
    for (size_t i = 0; i < t->n && k; i++) {
        uint64_t taken = k < t->tier[i].units ? k : t->tier[i].units;
        incidents += taken * t->tier[i].incidents;
        *tied = t->tier[i].units - taken;
        k -= taken;
    }
    return incidents;
}

/* ---- Gini ---- */

double hot_gini(const hot_tiers *t)
{
    if (t->incidents == 0) return NAN;
    double n = (double)t->units, before = 0, sum = 0;
    for (size_t k = 0; k < t->n; k++) {
        double units = (double)t->tier[k].units; /* a run of equal x: its ranks add up */
        sum += (double)t->tier[k].incidents * units * (n - 2 * before - units);
        before += units;
    }
    return sum / (n * (double)t->incidents);
}

double hot_gini_generalised(const hot_tiers *t)
{
    double spare = fmax(1, (double)t->units / (double)t->incidents);
    return spare * hot_gini(t) - (spare - 1); /* exactly the plain one where spare is 1 */
}

double hot_gini_unbiased(const hot_tiers *t)
{
    double least = (double)(t->units < t->incidents ? t->units : t->incidents);
    return least < 2 ? NAN : hot_gini_generalised(t) * least / (least - 1);
}

/** A Gini coefficient is the sum of F(k)(1 - F(k)) over the mean; beyond ten standard deviations
 *  and a few more there is nothing to add. From above, because 1 - F is what may be small. */
double hot_gini_by_chance(double lambda)
{
    if (!(lambda > 0 && isfinite(lambda))) return NAN;
    double wide = 10 * sqrt(lambda) + 30, last = fmax(0, floor(lambda - wide));
    double above = 0, sum = 0;
    int64_t counts = (int64_t)(ceil(lambda + wide) - last);
    for (int64_t k = counts; k > 0; k--) {
        above += dpois(last + (double)k, lambda, 0);
        sum += above * fmax(0, 1 - above);
    }
    return sum / lambda;
}

double hot_gini_beyond_chance(const hot_tiers *t)
{
    if (t->units < 2) return NAN;
    double n = (double)t->units, most = 1 - 1 / (2 * (n + 1));
    double area = (1 + hot_gini(t)) / 2;
    double chance = (1 + hot_gini_by_chance((double)t->incidents / n)) / 2;
    return (area - chance) / (most - chance);
}

/* ---- Lorenz ---- */

static int most_for_its_weight(const void *a, const void *b)
{
    const hot_lorenz_step *p = a, *q = b;
    double one = p->incidents * q->weight, other = q->incidents * p->weight;
    if (one != other) return one > other ? -1 : 1;
    return p->incidents > q->incidents ? -1 : p->incidents < q->incidents;
}

size_t hot_lorenz(hot_lorenz_step *step, size_t n, hot_lorenz_vertex *vertex)
{
    double incidents = 0, weight = 0, i = 0, w = 0;
    size_t kept = 0;
    for (size_t k = 0; k < n; k++) /* without either it would be equal to all the others */
        if (step[k].incidents > 0 || step[k].weight > 0) step[kept++] = step[k];
    for (size_t k = 0; k < kept; k++) incidents += step[k].incidents, weight += step[k].weight;
    if (!(incidents > 0 && weight > 0)) return 0;
    qsort(step, kept, sizeof *step, most_for_its_weight);
    vertex[0] = (hot_lorenz_vertex){0, 0};
    for (size_t k = 0; k < kept; k++) {
        i += step[k].incidents;
        w += step[k].weight;
        vertex[k + 1] = (hot_lorenz_vertex){w / weight, i / incidents};
    }
    return kept + 1;
}

size_t hot_lorenz_steps(const hot_tiers *t, hot_lorenz_step *step)
{
    size_t n = 0;
    for (; n < t->n; n++) {
        double units = (double)t->tier[n].units;
        step[n] = (hot_lorenz_step){units * (double)t->tier[n].incidents, units};
    }
    step[n++] = (hot_lorenz_step){0, (double)(t->units - t->held)};
    return n;
}

/** The hundredth of the units and of the incidents that a vertex lies in, as one number. */
static int hundredth(hot_lorenz_vertex v)
{
    return (int)floor(v.weight * 100) * 128 + (int)floor(v.incidents * 100);
}

size_t hot_lorenz_thin(hot_lorenz_vertex *vertex, size_t n)
{
    size_t kept = 0;
    if (n <= HOT_LORENZ_MOST) return n;
    for (size_t k = 0; k < n; k++) {
        bool ends = k + 1 == n && kept && hundredth(vertex[kept - 1]) == hundredth(vertex[k]);
        if (ends)
            vertex[kept - 1] = vertex[k];
        else if (kept == 0 || hundredth(vertex[kept - 1]) != hundredth(vertex[k]))
            vertex[kept++] = vertex[k];
    }
    return kept;
}
