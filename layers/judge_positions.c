/* How finely positions are known: from the decimals they are written with. */
#include <math.h>

#include "layers/judge_parts.h"

enum { LEAST = -6, MOST = 7, KINDS = MOST - LEAST + 1, DEGREES = 0, METRES = 1 };

int hot_decimals(double value)
{
    static const double ten[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
    double v = fabs(value);
    int d = 0;
    if (v == 0) return LEAST;
    while (d < MOST && fabs(v * ten[d] - rint(v * ten[d])) > 1e-4) d++;
    if (d > 0) return d;
    while (d > LEAST && fmod(rint(v), ten[1 - d]) == 0) d--;
    return d;
}

/** Whether a row's coordinates are degrees; those of a system of its own go by their size. */
static int unit_of(const hot_incidents *t, size_t i)
{
    if (t->coordinates[i] == HOT_LONLAT) return DEGREES;
    if (t->coordinates[i] == HOT_EASTNORTH) return METRES;
    return fabs(t->x[i]) <= 180 && fabs(t->y[i]) <= 90 ? DEGREES : METRES;
}

static int decimals_of(const hot_incidents *t, size_t i)
{
    int x = hot_decimals(t->x[i]), y = hot_decimals(t->y[i]);
    return x > y ? x : y;
}

/** The class of a size in metres. */
static size_t class_of(double metres)
{
    size_t k = 0;
    for (double most = 2; k + 1 < HOT_KNOWN && metres > most; most *= 10) k++;
    return k;
}

static double metres_of(int unit, int decimals)
{
    return (unit == DEGREES ? 111195 : 1) * pow(10, -decimals);
}

/** The decimals that half of the rows have at least. */
static int median_of(const uint64_t *rows)
{
    uint64_t all = 0, above = 0;
    for (int k = 0; k < KINDS; k++) all += rows[k];
    for (int k = KINDS; k-- > 0;) {
        above += rows[k];
        if (above * 2 >= all) return k + LEAST;
    }
    return LEAST;
}

/** How many decimals short of the usual ones a position is rounded, and not so by chance: of
 *  positions with six decimals one in a hundred ends in a zero on both axes and one in ten thousand
 *  in two, and each of them is as well known as the others. */
static int shortfall(const uint64_t *rows, int usual)
{
    uint64_t all = 0, short_by_two = 0;
    for (int k = 0; k < KINDS; k++) {
        all += rows[k];
        if (k + LEAST + 2 <= usual) short_by_two += rows[k];
    }
    return short_by_two * 500 < all ? 3 : 2;
}

void hot_judge_positions(const hot_incidents *t, const uint8_t *selected, uint8_t *rounded,
                         hot_judgement *j)
{
    uint64_t rows[2][KINDS] = {{0}};
    for (size_t i = 0; i < t->n; i++)
        if (selected[i] && t->precision_m[i] == 0) rows[unit_of(t, i)][decimals_of(t, i) - LEAST]++;
    int usual[2], least[2];
    for (int unit = DEGREES; unit <= METRES; unit++) {
        usual[unit] = median_of(rows[unit]);
        least[unit] = usual[unit] - shortfall(rows[unit], usual[unit]);
    }
    for (size_t i = 0; i < t->n; i++) {
        rounded[i] = 0;
        if (!selected[i]) continue;
        if (t->precision_m[i] > 0) {
            j->known[class_of((double)t->precision_m[i])]++;
            continue;
        }
        int unit = unit_of(t, i), decimals = decimals_of(t, i);
        rounded[i] = decimals <= least[unit];
        j->known[class_of(metres_of(unit, rounded[i] ? decimals : usual[unit]))]++;
    }
}
