#include "engine/evaluate/score.h"

#include <math.h>

static double cost_of(const double *cost, size_t k)
{
    return cost ? cost[k] : 1;
}

/** The end of those that are tied with unit k. */
static size_t tied_end(const double *score, size_t n, size_t k)
{
    size_t end = k + 1;
    while (score && end < n && score[end] == score[k]) end++;
    return end;
}

double hot_budget_parts(const double *score, const double *cost, size_t n, double budget,
                        double *part)
{
    double spent = 0;
    for (size_t k = 0; k < n;) {
        size_t end = tied_end(score, n, k);
        double group = 0, left = fmax(budget - spent, 0);
        for (size_t i = k; i < end; i++) group += cost_of(cost, i);
        double held = group > left ? left / group : 1;
        if (held == 1 && budget - spent <= 0) held = 0; /* what costs nothing, after the end */
        for (; k < end; k++) part[k] = held;
        spent = held < 1 ? spent + held * group : spent + group;
    }
    return spent;
}

double hot_budget_sum(const double *part, const double *value, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++) sum += part[k] * value[k];
    return sum;
}

double hot_pai(double hits, double of, double area, double whole)
{
    if (!(of > 0) || !(area > 0) || !(whole > 0)) return NAN;
    return (hits / of) / (area / whole);
}

double hot_pei(double pai, double best)
{
    return best > 0 ? pai / best : NAN;
}
