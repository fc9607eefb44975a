#!/usr/bin/python3
"""hotbeat's density against the plain sum over all incidents, in numpy's longdouble (80 bits).

At a seeded sample of cell centres: 1500 among the cells with density, the 100 densest cells, and
400 among all inside the study area. Points are those of the layer incidents. What is compared is
density.tif, which is float32, so that half a step, 6e-8, is the least that can be asked for.
"""
from common import *

L = np.longdouble
PI = L("3.14159265358979323846264338327950288")
TOLERANCE = 1.2e-7
AT_ONCE = 64


def kernel(name, d2, h):
    """Per m2 at squared distance d2: kernels.h's definitions, written down again."""
    u2 = d2 / (h * h)
    one = L(1)
    if name == "gaussian":
        value = np.exp(-u2 / 2) / (2 * PI * h * h) / (one - np.exp(L(-8)))
        return np.where(u2 < 16, value, 0)
    value = {"uniform": lambda: np.ones_like(u2), "triangular": lambda: 3 * (one - np.sqrt(u2)),
             "epanechnikov": lambda: 2 * (one - u2), "quartic": lambda: 3 * (one - u2) ** 2,
             "triweight": lambda: 4 * (one - u2) ** 3}[name]() / (PI * h * h)
    return np.where(u2 <= 1, value, 0)


def sample(surface, seed=1):
    chance = np.random.default_rng(seed)
    inside = np.flatnonzero(~np.isnan(surface))
    flat = surface.ravel()
    seen = inside[flat[inside] > 0]
    some = [chance.choice(seen, min(1500, seen.size), replace=False),
            seen[np.argsort(-flat[seen], kind="stable")[:100]],
            chance.choice(inside, min(400, inside.size), replace=False)]
    return np.unique(np.concatenate(some))


def brute(name, xy, cells, shape, transform, h):
    west, cell, _, north, _, _ = transform
    row, col = np.divmod(cells, shape[1])
    x = L(west) + (col.astype(L) + L("0.5")) * L(cell)
    y = L(north) - (row.astype(L) + L("0.5")) * L(cell)
    px, py = xy[:, 0].astype(L), xy[:, 1].astype(L)
    out = np.empty(cells.size, L)
    for a in range(0, cells.size, AT_ONCE):
        b = slice(a, a + AT_ONCE)
        d2 = (x[b, None] - px) ** 2 + (y[b, None] - py) ** 2
        out[b] = kernel(name, d2, L(h)).sum(axis=1) * 1000000
    return out


def one(place, name, h, result):
    surface, transform = density(result)
    cells = sample(surface)
    ours = surface.ravel()[cells].astype(L)
    true = brute(name, points(result), cells, surface.shape, transform, h)
    either = np.maximum(ours, true) > 0
    relative = np.abs(ours - true)[either] / np.maximum(ours, true)[either]
    zeros = int(((ours == 0) != (true == 0)).sum())
    inside = surface[~np.isnan(surface)].astype(float)
    mass = inside.sum() * (transform[1] / 1000) ** 2
    return [place, name, "%g" % h, cells.size, int(either.sum()), "%.1e" % np.median(relative),
            "%.1e" % relative.max(), int((relative > TOLERANCE).sum()), zeros,
            len(points(result)), "%.3f" % mass]


def main():
    print("hotbeat's density.tif against the plain sum in longdouble (%d bits of mantissa)\n"
          % np.finfo(L).nmant)
    rows = []
    folder = town(scratch("town"))
    for name in KERNELS:
        result = wiltshire(scratch("wiltshire-" + name), "--maps", "none", "--kernel", name,
                           "--bandwidth", "250m")
        rows.append(one("Wiltshire", name, 250, result))
        result = town_run(folder, scratch("town-" + name), "--maps", "none", "--kernel", name,
                          "--bandwidth", "200m")
        rows.append(one("Thornbeck", name, 200, result))
    table(["place", "kernel", "bandwidth m", "cells", "with density", "median rel. diff.",
           "max rel. diff.", "cells over 1.2e-7", "zero in one only", "incidents inside",
           "density x area"], sorted(rows))
    verdict(all(r[7] == 0 and r[8] == 0 for r in rows), "every sampled cell within one step of float32")


main()
