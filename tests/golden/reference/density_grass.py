#!/usr/bin/python3
"""hotbeat's density against v.kernel of GRASS GIS: Wiltshire, anti-social behaviour, 2025.

v.kernel sums its kernel over points at cell centres, as hotbeat does, in double precision. Its
radius is the support: 250 m for the five finite kernels; for the Gaussian its standard deviation
is a quarter of the radius, so that 1000 m there is hotbeat's 250 m, cut at the same four standard
deviations. v.kernel does not divide the Gaussian by the mass within the cut, hotbeat does: a
constant ratio of 1 / (1 - exp(-8)) = 1.000336. The script measures v.kernel's constant with one
point on a cell centre, prints it beside hotbeat's, and compares the surfaces with the ratio of
the constants taken out. density.tif is float32: half a step is 6e-8.
"""
import math
import subprocess

from common import *

BANDWIDTH = 250.0
# value at distance 0, times bandwidth^2
PEAK = {"uniform": 1 / math.pi, "triangular": 3 / math.pi, "epanechnikov": 2 / math.pi,
        "quartic": 3 / math.pi, "triweight": 4 / math.pi,
        "gaussian": 1 / (2 * math.pi) / (1 - math.exp(-8))}
TOLERANCE = 1.2e-7  # one step of float32


def grass(script):
    path = scratch("grass.sh")
    with open(path, "w") as f:
        f.write("set -e\nexport GRASS_VERBOSE=0\n" + script)
    return subprocess.run(["grass", "--tmp-location", "XY", "--exec", "sh", path], check=True,
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout


def surfaces(xy, shape, transform, names):
    """v.kernel's surface of each kernel, per km2, in hotbeat's frame."""
    west, cell, _, north, _, _ = transform
    rows, cols = shape
    np.savetxt(scratch("points.txt"), xy, fmt="%.17g", delimiter="|")
    script = ("g.region n=%.17g s=%.17g w=%.17g e=%.17g rows=%d cols=%d\n"
              "v.in.ascii -t input=%s output=p format=point separator=pipe x=1 y=2 --q\n"
              % (north, north - rows * cell, west, west + cols * cell, rows, cols,
                 scratch("points.txt")))
    for k in names:
        radius = BANDWIDTH * (4 if k == "gaussian" else 1)
        script += ("v.kernel input=p output=d radius=%g multiplier=1000000 kernel=%s --o --q\n"
                   "r.out.bin -f input=d output=%s bytes=8 null=0 --o --q\n"
                   % (radius, k, scratch("grass-%s.bin" % k)))
    grass(script)
    return {k: np.fromfile(scratch("grass-%s.bin" % k)).reshape(shape) for k in names}


def constants():
    """v.kernel's value at distance 0, times bandwidth^2."""
    out = surfaces(np.array([[2525.0, 2525.0]]), (101, 101), (0.0, 50.0, 0, 5050.0, 0, -50.0),
                   KERNELS)
    return {k: out[k].max() / 1e6 * BANDWIDTH ** 2 for k in KERNELS}


def compare(k, ours, theirs, ratio):
    inside = ~np.isnan(ours)
    a, b = ours[inside].astype(float), theirs[inside] * ratio
    seen = np.maximum(a, b) > 1e-6 * b.max()
    relative = np.abs(a[seen] - b[seen]) / np.maximum(a[seen], b[seen])
    unlike = int((relative > TOLERANCE).sum())
    return [k, int(inside.sum()), int(seen.sum()), "%.1e" % np.median(relative),
            "%.1e" % relative.max(), unlike,
            "%.1e" % (np.abs(a - b).max() / b.max()), int((theirs[~inside] > 0).sum())]


def main():
    try:
        version = subprocess.run(["grass", "--version"], text=True, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT).stdout.split("\n")[0]
    except FileNotFoundError:
        skip("GRASS GIS is not here (Debian: grass-core).")
    print("hotbeat against v.kernel of %s; Wiltshire, anti-social behaviour, 2025\n" % version)
    measured = constants()
    table(["kernel", "v.kernel's K(0) h^2", "hotbeat's", "ratio"],
          [[k, "%.9f" % measured[k], "%.9f" % PEAK[k], "%.9f" % (PEAK[k] / measured[k])]
           for k in KERNELS])
    ours = {}
    for k in KERNELS:
        result = wiltshire(scratch("wiltshire-" + k), "--maps", "none", "--kernel", k,
                           "--bandwidth", "%gm" % BANDWIDTH)
        ours[k], transform = density(result)
    xy = points(result)
    theirs = surfaces(xy, ours["quartic"].shape, transform, KERNELS)
    rows = [compare(k, ours[k], theirs[k], PEAK[k] / measured[k]) for k in KERNELS]
    table(["kernel", "cells inside", "cells compared", "median rel. diff.",
           "max rel. diff.", "cells over 1.2e-7", "max diff. / peak", "cells outside with density"],
          rows)
    verdict(sum(row[5] for row in rows) == 0, "every cell within one step of float32")


main()
