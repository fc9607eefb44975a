#include "engine/incidents/gridref.h"

enum { FIGURES = 10, WEST_OF_ORIGIN = 2, NORTH_OF_ORIGIN = 19, EAST_END = 7, NORTH_END = 13 };

/** What is left to read. */
typedef struct {
    const char *at, *end;
} text;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void pass_blanks(text *t)
{
    while (t->at < t->end && is_blank(*t->at)) t->at++;
}

/** A letter's place in the square of five by five letters, row by row from the north-west, which
 * has no I; -1 for anything else. */
static int read_letter(text *t)
{
    if (t->at == t->end) return -1;
    char c = *t->at >= 'a' && *t->at <= 'z' ? (char)(*t->at - 'a' + 'A') : *t->at;
    if (c < 'A' || c > 'Z' || c == 'I') return -1;
    t->at++;
    return c - 'A' - (c > 'I');
}

/** The 100 km square of two letters, counted from the grid's origin. */
static bool read_square(text *t, int *east, int *north)
{
    int first = read_letter(t), second = first < 0 ? -1 : read_letter(t);
    if (second < 0) return false;
    *east = (first % 5 - WEST_OF_ORIGIN) * 5 + second % 5;
    *north = NORTH_OF_ORIGIN - first / 5 * 5 - second / 5;
    return *east >= 0 && *east < EAST_END && *north >= 0 && *north < NORTH_END;
}

/** A run of figures; how many, or -1 where there are too many. */
static int read_figures(text *t, char *figure)
{
    int n = 0;
    for (; t->at < t->end && *t->at >= '0' && *t->at <= '9'; t->at++) {
        if (n == FIGURES) return -1;
        figure[n++] = *t->at;
    }
    return n;
}

/** All figures, in one run or in two of one length. */
static int read_halves(text *t, char *figure)
{
    char more[FIGURES];
    int n = read_figures(t, figure);
    pass_blanks(t);
    int m = read_figures(t, more);
    if (n <= 0 || m < 0 || t->at != t->end) return -1;
    if (m == 0) return n;
    if (m != n || n + m > FIGURES) return -1;
    for (int i = 0; i < m; i++) figure[n + i] = more[i];
    return n + m;
}

/** Metres of one half of the figures from the square's corner. */
static double metres(const char *figure, int n, double size)
{
    int value = 0;
    for (int i = 0; i < n; i++) value = value * 10 + (figure[i] - '0');
    return value * size;
}

bool hot_gridref_parse(const char *at, size_t length, double *x, double *y, double *size)
{
    static const double side[] = {10000, 1000, 100, 10, 1};
    text t = {at, at + length};
    char figure[FIGURES];
    int east, north;
    while (t.end > t.at && is_blank(t.end[-1])) t.end--;
    pass_blanks(&t);
    if (!read_square(&t, &east, &north)) return false;
    pass_blanks(&t);
    int n = read_halves(&t, figure);
    if (n < 2 || n % 2) return false;
    double s = side[n / 2 - 1];
    *x = east * 1e5 + metres(figure, n / 2, s) + s / 2;
    *y = north * 1e5 + metres(figure + n / 2, n / 2, s) + s / 2;
    *size = s;
    return true;
}
