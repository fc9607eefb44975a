#!/usr/bin/python3
"""hotbeat's counts by ward and by MSOA against a plain count with OGR and GEOS from the raw files.

Rows of "Anti-social behaviour" of 2025 are read with Python's csv module, projected one by one
with PROJ and the OSTN15 grid, and placed with GEOS's prepared polygons, of several (an edge, an
overlap) the lowest code. On an edge the two may differ: hotbeat gives the point to one side, by the
rule of engine/space/within.h; such rows are listed with their distance from the edge. hotbeat reads
the same files, with the GeoJSON files of a force's districts merged into one GeoPackage. Positions are compared row by row with the layer incidents.
"""
import csv
import gzip
import io

from common import *

FORCES = {"wiltshire": ["E06000054", "E06000030"],
          "leicestershire": ["E10000018", "E06000016", "E06000017"],
          "gloucestershire": ["E10000013"]}
SETS = {"ward": ("wards_2025", "WD25CD", "WD25NM"), "msoa": ("msoa_2021", "MSOA21CD", "MSOA21NM")}


def british_grid():
    use_grid()
    lonlat, bng = osr.SpatialReference(), osr.SpatialReference()
    for srs, code in ((lonlat, 4326), (bng, 27700)):
        srs.ImportFromEPSG(code)
        srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    options = osr.CoordinateTransformationOptions()
    options.SetDesiredAccuracy(1.0)  # the grid or nothing
    options.SetBallparkAllowed(False)
    return osr.CoordinateTransformation(lonlat, bng, options)


def rows_of(path):
    """(line, row) of a street file."""
    raw = gzip.open(path, "rb") if path.endswith(".gz") else open(path, "rb")
    with io.TextIOWrapper(raw, "utf-8", newline="") as f:
        reader = csv.DictReader(f)
        for row in reader:
            yield reader.line_num, row


def incidents(force, to_bng):
    """{(file, line): (x, y)} of located rows; how many more have no coordinates."""
    located, unlocated = {}, 0
    for path in files("police_uk/%s/2025-*" % force):
        for line, row in rows_of(path):
            if row["Crime type"] != ASB:
                continue
            if not row["Longitude"] or not row["Latitude"]:
                unlocated += 1
                continue
            x, y, _ = to_bng.TransformPoint(float(row["Longitude"]), float(row["Latitude"]))
            located[os.path.basename(path), line] = (x, y)
    return located, unlocated


def sources(force, folder):
    found = [p for p in files("boundaries/%s/*.geojson" % folder)
             if any(code in os.path.basename(p) for code in FORCES[force])]
    if len(found) != len(FORCES[force]):
        skip("HOTBEAT_DATA lacks boundaries of %s in %s." % (force, folder))
    return found


def merged(force, name):
    """One GeoPackage of the GeoJSON files, as a user would make it with ogr2ogr."""
    folder, code, title = SETS[name]
    path = scratch("%s-%s.gpkg" % (force, name))
    for i, source in enumerate(sources(force, folder)):
        gdal.VectorTranslate(path, source, format="GPKG", layerName=name,
                             accessMode="append" if i else "overwrite",
                             geometryType="PROMOTE_TO_MULTI")
    return "%s=%s:%s,code=%s,name=%s" % (name, path, name, code, title)


def polygons(force, name, to_bng):
    """[(code, geometry in EPSG:27700, prepared, envelope)] by code."""
    folder, code, _ = SETS[name]
    found = []
    for path in sources(force, folder):
        source = ogr.Open(path)
        for feature in source.GetLayer():
            shape = feature.GetGeometryRef().Clone()
            shape.AssignSpatialReference(None)
            shape.Transform(to_bng)
            if not shape.IsValid():
                shape = shape.MakeValid()
            found.append((feature.GetField(code), shape))
    found.sort(key=lambda pair: pair[0])
    return [(c, g, g.CreatePreparedGeometry(), g.GetEnvelope()) for c, g in found]


def place(xy, areas):
    """Codes of the areas that hold the point or touch it."""
    point = ogr.Geometry(ogr.wkbPoint)
    point.AddPoint_2D(*xy)
    return [code for code, _, ready, (w, e, s, n) in areas
            if w <= xy[0] <= e and s <= xy[1] <= n and ready.Intersects(point)]


def hotbeat_counts(result, name):
    with open(os.path.join(result, "tables", name + ".csv"), newline="") as f:
        return {row["code"]: int(row["incidents"]) for row in csv.DictReader(f)}


def hotbeat_rows(result, names):
    """{(file, line): (x, y, codes of each set)} of the layer incidents."""
    source = ogr.Open(os.path.join(result, "hotbeat.gpkg"))
    return {(f["source_file"], f["source_line"]):
            f.GetGeometryRef().GetPoint_2D() + tuple(f[n + "_code"] for n in names)
            for f in source.GetLayerByName("incidents")}


def edge_gap(xy, areas, codes):
    """How far the point is from the edge of any of these areas, m."""
    point = ogr.Geometry(ogr.wkbPoint)
    point.AddPoint_2D(*xy)
    return min(g.Boundary().Distance(point) for c, g, _, _ in areas if c in codes)


def one(force, to_bng, explained):
    out = scratch("result-" + force)
    more = []
    for name in SETS:
        more += ["--areas", merged(force, name)]
    run("run", *files("police_uk/%s/2025-*" % force), *more, "--type", ASB, "--grid", grid(),
        "--quiet", "--maps", "none", "--overwrite", "--out", out)
    located, unlocated = incidents(force, to_bng)
    seen = hotbeat_rows(out, SETS)
    both = located.keys() & seen.keys()
    moved = max(np.hypot(located[k][0] - seen[k][0], located[k][1] - seen[k][1]) for k in both)
    lines = []
    for at, name in enumerate(SETS):
        areas = polygons(force, name, to_bng)
        at_point = {xy: place(xy, areas) for xy in set(located.values())}
        ours, truth = hotbeat_counts(out, name), dict.fromkeys((a[0] for a in areas), 0)
        on_edge = 0
        for key, xy in located.items():
            codes = at_point[xy]
            on_edge += len(codes) > 1
            if codes:
                truth[codes[0]] += 1
            got = seen[key][2 + at] if key in seen else None
            if got != (codes[0] if codes else None) and (got or name == "ward"):
                explained.append([force, name, "%s:%d" % key, codes[0] if codes else "none",
                                  got or "none",
                                  "%.4f" % edge_gap(xy, areas, set(codes) | {got})])
        differ = [c for c in set(truth) | set(ours) if truth.get(c) != ours.get(c)]
        lines.append([force, name, len(areas), len(located) + unlocated, unlocated,
                      sum(truth.values()), sum(ours.values()), on_edge, len(differ),
                      "%.1e" % moved])
    return lines


def main():
    to_bng = british_grid()
    print("GDAL %s; PROJ %d.%d.%d with OSTN15\n" % (
        gdal.__version__, osr.GetPROJVersionMajor(), osr.GetPROJVersionMinor(),
        osr.GetPROJVersionMicro()))
    explained, lines = [], []
    for force in FORCES:
        lines += one(force, to_bng, explained)
    table(["force", "set", "areas", "selected", "without coordinates", "placed by GEOS",
           "placed by hotbeat", "in two areas by GEOS", "areas that differ", "positions differ by, m"],
          lines)
    if explained:
        table(["force", "set", "row", "GEOS", "hotbeat", "from an edge, m"], explained)
    verdict(not any(line[8] for line in lines), "every area has the same count")


main()
