/* How often the analysis change says that an area changed where nothing did, and how often where
 * something did. Reads counts of areas by months; prints rows of Markdown tables.
 *
 *     bench_change false NAME   months split into pseudo-years, and permuted: a row for the input
 *     bench_change made         the same of made counts, by how they vary
 *     bench_change power        planted rises, by the area's size
 *     bench_change season       made counts of which a third have a summer of their own
 *     bench_change pair NAME NOW BEFORE MONTHS   areas flagged between two periods as they are
 *
 * Input: "areas months", the months as year * 12 + month - 1, and a line of counts for each area.
 */
#define _POSIX_C_SOURCE 199309L

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/base/memory.h"
#include "engine/chance/benjamini.h"
#include "engine/change/change.h"
#include "tests/bench/draws.h"

enum { AREAS = 4096, MONTHS = 240, REPEATS = 1000, MADE = 118, TWO_YEARS = 24 };

static size_t areas, months;
static int32_t at[MONTHS];
static uint32_t count[AREAS * MONTHS];

/** What one comparison said. */
typedef struct {
    double judged, up, down, up_fdr, down_fdr, factor;
    double up_alone, down_alone; /* by the area's own past and the days, as if nobody else were */
} said;

static double total(const int32_t *block, int32_t of)
{
    double sum = 0;
    for (size_t k = 0; k < areas * months; k++) sum += block[k % months] == of ? count[k] : 0;
    return sum;
}

/** How an area's own two counts alone would be judged, in periods of a length. */
static void judge_alone(double now, double before, const hot_usual *usual, said *s)
{
    hot_ground alone = {now, before, 1, 1, usual};
    double p = hot_change_p(&alone, now, before);
    int c = hot_change_class(now, hot_change_expected(&alone, now, before), p, 0.05);
    s->up_alone += c > 0, s->down_alone += c < 0;
}

/** Compare the months of block 0 with those of block 1. `watched` = how one area was judged. */
static said compare(const int32_t *block, size_t watched, int *class_, int *class_fdr)
{
    static double p[AREAS], p_fdr[AREAS], expected[AREAS], now[AREAS];
    hot_usual usual;
    said s = {0};
    if (hot_usual_variation(count, areas, months, block, 1, &usual) != HOT_OK) exit(1);
    hot_ground g = {total(block, 0), total(block, 1), 1, 1, &usual};
    for (size_t i = 0; i < areas; i++) {
        double before = now[i] = 0;
        for (size_t m = 0; m < months; m++) {
            now[i] += block[m] == 0 ? count[i * months + m] : 0;
            before += block[m] == 1 ? count[i * months + m] : 0;
        }
        expected[i] = hot_change_expected(&g, now[i], before);
        p[i] = hot_change_p(&g, now[i], before);
        s.judged += !isnan(p[i]);
        judge_alone(now[i], before, &usual, &s);
    }
    if (hot_benjamini(p, areas, p_fdr) != HOT_OK) exit(1);
    for (size_t i = 0; i < areas; i++) {
        int c = hot_change_class(now[i], expected[i], p[i], 0.05);
        int f = hot_change_class(now[i], expected[i], p_fdr[i], 0.05);
        s.up += c > 0, s.down += c<0, s.up_fdr += f> 0, s.down_fdr += f < 0;
        if (i == watched) *class_ = c, *class_fdr = f;
    }
    s.factor = usual.factor;
    return s;
}

static void add(said *sum, said s)
{
    sum->judged += s.judged, sum->up += s.up, sum->down += s.down;
    sum->up_fdr += s.up_fdr, sum->down_fdr += s.down_fdr, sum->factor += s.factor;
    sum->up_alone += s.up_alone, sum->down_alone += s.down_alone;
}

static void print_row(const char *name, const char *how, said s, int repeats)
{
    printf("| %s | %s | %.0f | %.2f | %.1f%% | %.1f%% | %.1f%% | %.2f%% |\n", name, how,
           s.judged / repeats, s.factor / repeats, 100 * (s.up + s.down) / s.judged,
           100 * s.up / s.judged, 100 * s.down / s.judged,
           100 * (s.up_fdr + s.down_fdr) / s.judged);
}

/* ---- nothing changed ---- */

static int by_season(const void *a, const void *b)
{
    int32_t p = at[*(const int *)a], q = at[*(const int *)b];
    return p % 12 != q % 12 ? p % 12 - q % 12 : p - q;
}

/** Months in the order of the year; of each two, one goes here and one there. */
static void split_into_years(int32_t *block)
{
    int order[MONTHS] = {0};
    for (size_t m = 0; m < months; m++) order[m] = (int)m;
    qsort(order, months, sizeof *order, by_season);
    memset(block, 0xff, months * sizeof *block); /* an odd month is left out */
    for (size_t m = 0; m + 1 < months; m += 2) {
        int32_t first = (int32_t)(bench_draw() & 1);
        block[order[m]] = first;
        block[order[m + 1]] = 1 - first;
    }
}

/** `first` months of any season against all others. */
static void permute_some(int32_t *block, size_t first)
{
    for (size_t m = 0; m < months; m++) block[m] = m < first ? 0 : 1;
    for (size_t m = months; m > 1; m--) {
        size_t other = bench_draw() % m;
        int32_t kept = block[other];
        block[other] = block[m - 1];
        block[m - 1] = kept;
    }
}

static void permute(int32_t *block)
{
    permute_some(block, months / 2);
}

static void permute_two(int32_t *block)
{
    permute_some(block, 2);
}

static said repeat_with(void (*deal)(int32_t *block), void (*draw)(void))
{
    said sum = {0};
    int32_t block[MONTHS] = {0};
    int unused = 0;
    for (int k = 0; k < REPEATS; k++) {
        if (draw) draw();
        deal(block);
        add(&sum, compare(block, SIZE_MAX, &unused, &unused));
    }
    return sum;
}

/* ---- made counts: 118 areas, two years, a season ---- */

static double poisson(double mean)
{
    double n = 0;
    while (mean > 500) {
        n += poisson(500);
        mean -= 500;
    }
    for (double left = exp(-mean), u = bench_uniform(); u > left; n++) u *= bench_uniform();
    return n;
}

/** Marsaglia and Tsang (2000), ACM TOMS 26. */
static double gamma_of(double shape)
{
    if (shape < 1) return gamma_of(shape + 1) * pow(bench_uniform() + 1e-300, 1 / shape);
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = bench_normal(), v = pow(1 + c * x, 3), u = bench_uniform();
        if (1 + c * x > 0 && log(u + 1e-300) < x * x / 2 + d - d * v + d * log(v)) return d * v;
    }
}

/** Variance `factor` times the mean, and `square` times its square more. */
static double factor = 1.6, square;
static double planted = 1, yearly_of_planted;

static double varied(double mean)
{
    double variance = (factor - 1) * mean + square * mean * mean;
    return variance > 0 ? poisson(gamma_of(mean * mean / variance) * variance / mean)
                        : poisson(mean);
}

/** A few large areas and many small ones, from 1,000 incidents a year down to 10. */
static double yearly(size_t area)
{
    if (area == 0 && yearly_of_planted > 0) return yearly_of_planted;
    return 1000 * pow(0.01, sqrt((double)area / (MADE - 1)));
}

static void make_counts(void)
{
    areas = MADE, months = TWO_YEARS;
    for (size_t m = 0; m < months; m++) {
        double season = 1 + 0.3 * sin(2 * 3.14159265358979 * (double)(m % 12) / 12);
        at[m] = (int32_t)m;
        for (size_t i = 0; i < areas; i++) {
            double rise = i == 0 && m >= 12 ? planted : 1;
            count[i * months + m] = (uint32_t)varied(yearly(i) / 12 * season * rise);
        }
    }
}

static void second_year(int32_t *block)
{
    for (size_t m = 0; m < months; m++) block[m] = m < 12 ? 1 : 0;
}

static void made(void)
{
    static const struct {
        const char *name;
        double factor, square;
    } kinds[] = {{"chance alone", 1, 0},
                 {"1.6 times chance", 1.6, 0},
                 {"3 times chance", 3, 0},
                 {"1.2 times, and 15% of the level", 1.2, 0.0225}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        factor = kinds[k].factor, square = kinds[k].square;
        print_row(kinds[k].name, "year against year", repeat_with(second_year, make_counts),
                  REPEATS);
    }
}

/* ---- something changed ---- */

static void power(void)
{
    static const double sizes[] = {50, 100, 400}, rises[] = {1, 1.3, 1.5, 2};
    int32_t block[MONTHS] = {0};
    for (int k = 0; k < 12; k++) {
        int found = 0, found_fdr = 0;
        yearly_of_planted = sizes[k / 4];
        planted = rises[k % 4];
        for (int r = 0; r < REPEATS; r++) {
            int class_ = 0, class_fdr = 0;
            make_counts();
            second_year(block);
            compare(block, 0, &class_, &class_fdr);
            found += class_ > 0, found_fdr += class_fdr > 0;
        }
        printf("| %.0f | +%.0f%% | %.1f%% | %.1f%% |\n", sizes[k / 4], 100 * (planted - 1),
               100.0 * found / REPEATS, 100.0 * found_fdr / REPEATS);
    }
}

/* ---- a season that is not everybody's ---- */

enum { THREE_YEARS = 36 };

/** Every third area has a summer of its own, seven times its winter; the others a small one. */
static void make_seaside(void)
{
    areas = MADE, months = THREE_YEARS;
    for (size_t m = 0; m < months; m++) {
        double summer = -cos(2 * 3.14159265358979 * (double)(m % 12) / 12);
        at[m] = (int32_t)m;
        for (size_t i = 0; i < areas; i++)
            count[i * months + m] =
                (uint32_t)varied(yearly(i) / 12 * (1 + (i % 3 == 0 ? 0.75 : 0.15) * summer));
    }
}

/** Months are counted from the first January. */
static void put_pair(int32_t *block, int32_t now, int32_t before, int32_t length)
{
    for (size_t m = 0; m < months; m++)
        block[m] = at[m] >= now && at[m] < now + length         ? 0
                   : at[m] >= before && at[m] < before + length ? 1
                                                                : 2 + (at[m] - at[0]) / 12;
}

static void print_pair(const char *name, said s, int repeats)
{
    const double flagged[] = {s.up_alone, s.down_alone, s.up, s.down, s.up_fdr, s.down_fdr};
    printf("| %s | %.0f | %.2f |", name, s.judged / repeats, s.factor / repeats);
    for (size_t k = 0; k < sizeof flagged / sizeof *flagged; k++)
        printf(" %.*f |", repeats > 1, flagged[k] / repeats);
    printf("\n");
}

static void season(void)
{
    static const struct {
        const char *name;
        int32_t now, before;
    } pairs[] = {{"previous: October to December, June to August", 33, 29},
                 {"last-year: October to December", 33, 21},
                 {"last-year: June to August", 29, 17}};
    int32_t block[MONTHS] = {0};
    int unused = 0;
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        said sum = {0};
        for (int r = 0; r < REPEATS; r++) {
            make_seaside();
            put_pair(block, pairs[k].now, pairs[k].before, 3);
            add(&sum, compare(block, SIZE_MAX, &unused, &unused));
        }
        print_pair(pairs[k].name, sum, REPEATS);
    }
}

/* ---- counts as they are ---- */

static bool read_counts(void)
{
    if (scanf("%zu %zu", &areas, &months) != 2 || areas > AREAS || months > MONTHS) return false;
    for (size_t m = 0; m < months; m++)
        if (scanf("%d", &at[m]) != 1) return false;
    for (size_t k = 0; k < areas * months; k++)
        if (scanf("%u", &count[k]) != 1) return false;
    return true;
}

static void pair(const char *name, int32_t now, int32_t before, int32_t length)
{
    int32_t block[MONTHS] = {0};
    int unused = 0;
    put_pair(block, now, before, length);
    print_pair(name, compare(block, SIZE_MAX, &unused, &unused), 1);
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    if (strcmp(what, "made") == 0) return made(), 0;
    if (strcmp(what, "power") == 0) return power(), 0;
    if (strcmp(what, "season") == 0) return season(), 0;
    if (argc < 3 || !read_counts()) return fprintf(stderr, "bench_change: no counts\n"), 2;
    if (strcmp(what, "pair") == 0 && argc == 6) {
        pair(argv[2], atoi(argv[3]), atoi(argv[4]), atoi(argv[5]));
        return 0;
    }
    print_row(argv[2], "pseudo-years", repeat_with(split_into_years, NULL), REPEATS);
    print_row(argv[2], "permuted months, half and half", repeat_with(permute, NULL), REPEATS);
    print_row(argv[2], "permuted months, two against the rest", repeat_with(permute_two, NULL),
              REPEATS);
    return 0;
}
