"""kde: densities. Whole programs on the same points, then hotbeat's sums alone (bench_kde).

Every program makes 1000 x 1000 cells of 40 m with a quartic kernel of 300 m support and no edge
correction; README.md says how each is told so."""
import array
import os
import re
import subprocess

import inputs
import measure
import peers

TITLE = "Density"
CELL, SUPPORT, CELLS = 40, 300, 1000
OURS = "hotbeat kde"


class Surface:
    """Cells by column and row from the north-west corner of the frame, 0 where nothing is said."""

    def __init__(self, values):
        self.values = values
        total = sum(values)
        self.scaled = [v / total for v in values] if total > 0 else values

    def off(self, other):
        """The greatest difference from another, over its peak, both scaled to one sum."""
        return max(abs(a - b) for a, b in zip(self.scaled, other.scaled)) / max(other.scaled)


def of_raster(bench, path):
    """A raster cut to the frame through gdal_translate: nodata and NaN are 0."""
    flat = bench.work("flat.bin")
    facts = subprocess.run(["gdalinfo", path], stdout=subprocess.PIPE, text=True, check=True).stdout
    nodata = re.search(r"NoData Value=(\S+)", facts)
    nodata = float(nodata.group(1)) if nodata else None
    north, east = inputs.SOUTH + inputs.SIDE, inputs.WEST + inputs.SIDE
    subprocess.run(["gdal_translate", "-q", "-of", "ENVI", "-ot", "Float64", "-projwin",
                    str(inputs.WEST), str(north), str(east), str(inputs.SOUTH), path, flat],
                   check=True, stderr=subprocess.PIPE)
    values = array.array("d")
    with open(flat, "rb") as f:
        values.frombytes(f.read())
    if len(values) != CELLS * CELLS:
        raise ValueError(f"{os.path.basename(path)}: {len(values)} cells in the frame, "
                         f"{CELLS * CELLS} expected")
    return Surface([0.0 if v != v or v == nodata else v for v in values])


def of_floats(path):
    """64-bit floats, rows from the south."""
    values = array.array("d")
    with open(path, "rb") as f:
        values.frombytes(f.read())
    rows = [values[r * CELLS:(r + 1) * CELLS] for r in range(CELLS)]
    return Surface([v for row in reversed(rows) for v in row])


class Hotbeat:
    def __init__(self, bench, csv):
        self.name, self.out = OURS, bench.work("kde")
        self.command = [bench.hotbeat, "kde", csv, "--cell", f"{CELL}m", "--bandwidth",
                        f"{SUPPORT}m", "--kernel", "quartic", "--maps", "none", "--incidents", "no",
                        "--profile", "internal", "--out", self.out, "--overwrite", "--quiet"]
        self.environment = bench.environment
        self.surface = lambda: of_raster(bench, os.path.join(self.out, "density.tif"))


class Grass:
    """The points are in GRASS's own database beforehand: their import is not counted."""

    def __init__(self, bench, csv):
        self.name, self.out = "GRASS v.kernel", bench.work("grass.tif")
        place = bench.work(f"grass-{os.path.basename(csv)}")
        points = inputs.points_columns(bench, csv)
        self.environment = peers.quiet()
        region = (f"g.region n={inputs.SOUTH + inputs.SIDE} s={inputs.SOUTH} w={inputs.WEST} "
                  f"e={inputs.WEST + inputs.SIDE} res={CELL} --q")
        if not os.path.exists(place):
            self.within(["-c", "XY", "-e", place])
            self.within([os.path.join(place, "PERMANENT"), "--exec", "sh", "-c", f"{region} && "
                         f"v.in.ascii -tn input='{points}' output=p format=point separator=pipe "
                         "x=1 y=2 --q"])
        self.mapset = os.path.join(place, "PERMANENT")
        self.command = ["grass", self.mapset, "--exec", "v.kernel", "input=p", "output=d",
                        f"radius={SUPPORT}", "kernel=quartic", "--overwrite", "--q"]

    def within(self, words):
        subprocess.run(["grass", *words], env=self.environment, check=True, stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE)

    def surface(self):
        out = self.out[:-len(".tif")] + ".bin"
        self.within([self.mapset, "--exec", "r.out.bin", "input=d", f"output={out}", "bytes=8",
                     "null=0", "--overwrite", "--q"])
        values = array.array("d")
        with open(out, "rb") as f:
            values.frombytes(f.read())
        return Surface(list(values))


class Saga:
    """The target's corners are the centres of its outermost cells, as SAGA counts nodes."""

    def __init__(self, bench, csv):
        self.name, self.out = "SAGA kernel density", bench.work("saga.sdat")
        half, high = CELL / 2, inputs.SIDE - CELL / 2
        self.command = ["saga_cmd", "-f=q", "grid_gridding", "6", "-POINTS",
                        inputs.points_shape(bench, csv), "-RADIUS", str(SUPPORT), "-KERNEL", "0",
                        "-TARGET_DEFINITION", "0", "-TARGET_USER_SIZE", str(CELL),
                        "-TARGET_USER_XMIN", str(inputs.WEST + half),
                        "-TARGET_USER_XMAX", str(inputs.WEST + high),
                        "-TARGET_USER_YMIN", str(inputs.SOUTH + half),
                        "-TARGET_USER_YMAX", str(inputs.SOUTH + high),
                        "-TARGET_USER_FITS", "0", "-TARGET_OUT_GRID", self.out]
        self.environment = peers.quiet()
        self.surface = lambda: of_raster(bench, self.out)


class Qgis:
    def __init__(self, bench, csv):
        self.name, self.out = "QGIS heatmap", bench.work("qgis.tif")
        self.command = [bench.peers.qgis_python, bench.beside("qgis_heatmap.py"),
                        inputs.points_shape(bench, csv), self.out, str(SUPPORT), str(CELL)]
        self.environment = peers.quiet()
        self.surface = lambda: of_raster(bench, self.out)


class Spatstat:
    def __init__(self, bench, csv):
        self.name, self.out = "spatstat density.ppp", bench.work("spatstat.bin")
        self.command = ["Rscript", bench.beside("spatstat.R"), inputs.points_columns(bench, csv),
                        self.out, str(inputs.WEST), str(inputs.SOUTH), str(inputs.SIDE), str(CELL),
                        str(SUPPORT)]
        self.environment = peers.quiet()
        self.surface = lambda: of_floats(self.out)


PEERS = [("grass", "grass-core", Grass), ("saga", "saga", Saga),
         ("qgis", "python3-qgis qgis-providers", Qgis),
         ("spatstat", "r-cran-spatstat.explore", Spatstat)]


def programs_for(bench, csv):
    here = [kind for name, debian, kind in PEERS if bench.peers.has(name, debian)]
    if not bench.peers.has("gdal", "gdal-bin"):
        here = [kind for kind in here if kind not in (Saga, Qgis)]  # their input is made with it
    return [kind(bench, csv) for kind in (Hotbeat, *here)]


def differences(bench, programs, taken):
    """A note for each peer: how far its surface is from hotbeat's."""
    if not bench.peers.has("gdal", "gdal-bin") or taken[OURS].failure:
        return {}
    ours, notes = programs[0].surface(), {}
    for p in programs[1:]:
        if taken[p.name].failure:
            continue
        try:
            notes[p.name] = f"differs by {p.surface().off(ours):.1e} of the peak"
        except (subprocess.CalledProcessError, ValueError, OSError) as failure:
            notes[p.name] = f"not compared: {failure}"
    return notes


def whole(bench, rows):
    csv = inputs.rows(bench, "points", rows)
    programs = programs_for(bench, csv)
    once = [(p.name, lambda p=p: measure.run(p.command, env=p.environment)) for p in programs]
    taken = measure.in_turn(once, bench.times)
    print(f"Whole programs, {rows:,} points, 1000 x 1000 cells of {CELL} m, quartic of {SUPPORT} m:\n")
    measure.ratio_table(taken, OURS, differences(bench, programs, taken))


def sums(bench):
    if not bench.full:
        print("The sums alone are left out: bench_kde has one size, 1,000,000 points.\n")
        return
    try:
        done = measure.run([bench.program("bench_kde")], env=bench.environment)
        print(f"The sums alone: what bench_kde says (peak {done.mib:.0f} MiB):\n\n```\n"
              f"{done.said.rstrip()}\n```\n", flush=True)
    except measure.Failed as failure:
        print(f"The sums alone failed: {failure}\n")


def table(bench):
    for rows in sorted({max(100, bench.rows // 10), bench.rows}):
        whole(bench, rows)
    sums(bench)
