#include "engine/space/side.h"

#include <stddef.h>

/** A sum kept whole: `n` terms that do not overlap, the smallest first. */
typedef struct {
    double term[12];
    size_t n;
} expansion;

/** Add `value` without rounding: each sum's error is kept as a term (Knuth's two-sum). */
static void add(expansion *e, double value)
{
    for (size_t i = 0; i < e->n; i++) {
        double sum = value + e->term[i], part = sum - value;
        e->term[i] = (value - (sum - part)) + (e->term[i] - part);
        value = sum;
    }
    e->term[e->n++] = value;
}

static void add_product(expansion *e, double a, double b)
{
    double product = a * b;
    add(e, fma(a, b, -product));
    add(e, product);
}

double hot_side_exact(double ax, double ay, double bx, double by, double px, double py)
{
    expansion e = {.n = 0};
    add_product(&e, ax, by);
    add_product(&e, -ay, bx);
    add_product(&e, bx, py);
    add_product(&e, -by, px);
    add_product(&e, px, ay);
    add_product(&e, -py, ax);
    for (size_t i = e.n; i-- > 0;)
        if (e.term[i] != 0) return e.term[i];
    return 0;
}
