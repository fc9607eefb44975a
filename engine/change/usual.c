#include "engine/change/usual.h"

#include <math.h>
#include <stdbool.h>

#include "engine/base/memory.h"

enum { LONGEST = 12 }; /* months of a block of the rest */

static bool is_in(hot_months m, size_t month)
{
    return (int64_t)month >= m.first && (int64_t)month < (int64_t)m.first + m.months;
}

void hot_blocks(const uint8_t *covered, size_t months, hot_months now, hot_months before,
                int32_t *block)
{
    int32_t rest = HOT_BLOCK_REST - 1;
    size_t length = 0; /* of the block of the rest that is being made; 0 = none is */
    for (size_t m = 0; m < months; m++) {
        bool in_now = is_in(now, m), in_before = is_in(before, m);
        bool other = covered[m] && !in_now && !in_before;
        if (other && (length == 0 || length == LONGEST)) {
            rest++;
            length = 0;
        }
        length = other ? length + 1 : 0;
        block[m] = !covered[m] ? HOT_BLOCK_NONE
                   : in_now    ? HOT_BLOCK_NOW
                   : in_before ? HOT_BLOCK_BEFORE
                               : rest;
    }
}

/** One block: what its areas and months together hold. */
typedef struct {
    const uint32_t *count;
    size_t units, months;
    const int32_t *block;
    const uint8_t *kept; /* [units] */
    int32_t number;
    double *of_month; /* [months] */
    double total;
} table;

static double unit_total(const table *t, size_t unit)
{
    double sum = 0;
    for (size_t m = 0; m < t->months && t->kept[unit]; m++)
        if (t->block[m] == t->number) sum += t->count[unit * t->months + m];
    return sum;
}

static void sum_months(table *t)
{
    t->total = 0;
    for (size_t m = 0; m < t->months; m++) {
        t->of_month[m] = 0;
        if (t->block[m] != t->number) continue;
        for (size_t u = 0; u < t->units; u++)
            if (t->kept[u]) t->of_month[m] += t->count[u * t->months + m];
        t->total += t->of_month[m];
    }
}

/** Add the chi-square of a block and its degrees of freedom. */
static void add_block(table *t, double *chi2, double *df)
{
    double units = 0, months = 0;
    sum_months(t);
    for (size_t m = 0; m < t->months; m++) months += t->of_month[m] > 0;
    for (size_t u = 0; u < t->units; u++) {
        double level = unit_total(t, u);
        units += level > 0;
        for (size_t m = 0; m < t->months && level > 0; m++) {
            if (!(t->of_month[m] > 0)) continue;
            double mean = level * t->of_month[m] / t->total;
            double off = t->count[u * t->months + m] - mean;
            *chi2 += off * off / mean;
        }
    }
    if (units > 1 && months > 1) *df += (units - 1) * (months - 1);
}

/** @param kept  [units] out: 1 = has `least` incidents and more in all blocks together */
static void find_kept(const uint32_t *count, size_t units, size_t months, const int32_t *block,
                      uint64_t least, uint8_t *kept)
{
    for (size_t u = 0; u < units; u++) {
        uint64_t sum = 0;
        for (size_t m = 0; m < months; m++) sum += block[m] >= 0 ? count[u * months + m] : 0;
        kept[u] = sum >= least;
    }
}

hot_status hot_usual_variation(const uint32_t *count, size_t units, size_t months,
                               const int32_t *block, uint64_t least, hot_usual *usual)
{
    double *of_month = hot_new(months, sizeof *of_month), chi2 = 0, df = 0;
    uint8_t *kept = hot_new_raw(units, 1);
    int32_t last = HOT_BLOCK_NONE;
    bool room = of_month && kept;
    if (room) find_kept(count, units, months, block, least, kept);
    for (size_t m = 0; m < months; m++) last = block[m] > last ? block[m] : last;
    for (int32_t b = 0; b <= last && room; b++) {
        table t = {count, units, months, block, kept, b, of_month, 0};
        add_block(&t, &chi2, &df);
    }
    hot_free(of_month);
    hot_free(kept);
    if (room) *usual = (hot_usual){df > 0 ? fmax(1, chi2 / df) : 1, df};
    return room ? HOT_OK : HOT_MEMORY;
}

hot_status hot_dispersion(const uint32_t *count, size_t units, size_t months,
                          const uint8_t *covered, uint64_t least, double *dispersion)
{
    int32_t *block = hot_new_raw(months, sizeof *block);
    if (!block) return HOT_MEMORY;
    for (size_t m = 0; m < months; m++) block[m] = covered[m] ? 0 : HOT_BLOCK_NONE;
    hot_usual usual = {0, 0};
    hot_status status = hot_usual_variation(count, units, months, block, least, &usual);
    hot_free(block);
    if (status == HOT_OK) *dispersion = usual.factor;
    return status;
}
