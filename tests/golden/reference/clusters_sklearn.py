#!/usr/bin/python3
"""hotbeat's DBSCAN against scikit-learn's, cluster by cluster.

The positions are those of the layer incidents, each once with its count as its weight. scikit-learn
gives a place at the edge of two clusters to the one that it found first, hotbeat to the nearest core:
such places are given to the nearest core here as well, and counted. Cores, and so clusters, must be the
same, incidents and places too, and the polygon's area that of GEOS's hull.
"""
import csv
import sqlite3

from common import *

try:
    from sklearn.cluster import DBSCAN
except ImportError:
    skip("scikit-learn is not here (Debian: python3-sklearn).")

CASES = [("Wiltshire", "wiltshire", 100, 20), ("Wiltshire", "wiltshire", 250, 40),
         ("Leicestershire", "leicestershire", 100, 20), ("Gloucestershire", "gloucestershire", 50, 5)]


def ours(files, distance, minimum, out):
    subprocess.run([hotbeat(), "run", *files, "--areas", "all_=" + study(files, out), "--type", ASB,
                    "--maps", "none", "--grid", grid(), "--clusters", "dbscan", "--clusters-distance",
                    str(distance), "--clusters-minimum", str(minimum), "--quiet", "--overwrite",
                    "--out", out], check=True)
    with open(os.path.join(out, "tables", "clusters.csv"), encoding="utf-8-sig") as f:
        table = [(int(r["incidents"]), int(r["places"]), round(float(r["area_km2"] or 0), 9))
                 for r in csv.DictReader(f)]
    source = gdal.OpenEx(os.path.join(out, "hotbeat.gpkg"))
    layer = source.GetLayerByName("incidents")
    return table, np.array([f.GetGeometryRef().GetPoint_2D() for f in layer])


def study(files, out):
    """A square around Great Britain, so that nothing is outside."""
    path = out + "-all.geojson"
    with open(path, "w", encoding="utf-8") as f:
        f.write('{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":'
                '"urn:ogc:def:crs:EPSG::27700"}},"features":[{"type":"Feature","properties":{"code":'
                '"A","name":"A"},"geometry":{"type":"Polygon","coordinates":[[[300000,80000],'
                '[560000,80000],[560000,400000],[300000,400000],[300000,80000]]]}}]}')
    return path


def theirs(points, distance, minimum):
    places, weight = np.unique(points, axis=0, return_counts=True)
    done = DBSCAN(eps=distance, min_samples=minimum).fit(places, sample_weight=weight)
    core = np.zeros(len(places), bool)
    core[done.core_sample_indices_] = True
    label, moved = done.labels_.copy(), 0
    for p in np.flatnonzero(~core & (done.labels_ >= 0)):
        apart = ((places[core] - places[p]) ** 2).sum(axis=1)
        label[p] = done.labels_[core][np.argmin(apart)]
        moved += label[p] != done.labels_[p]
    table = []
    for k in range(done.labels_.max() + 1):
        own = label == k
        hull = ogr.Geometry(ogr.wkbMultiPoint)
        for x, y in places[own]:
            point = ogr.Geometry(ogr.wkbPoint)
            point.AddPoint_2D(x, y)
            hull.AddGeometry(point)
        hull = hull.ConvexHull()
        area = hull.GetArea() / 1e6 if hull.GetGeometryName() == "POLYGON" else 0
        table.append((int(weight[own].sum()), int(own.sum()), round(area, 9)))
    return table, len(places), moved


def main():
    wrong = 0
    print("| force | distance, m | minimum | incidents | places | clusters, scikit-learn | hotbeat | "
          "incidents in them | edge places moved to the nearest core | clusters that differ |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as work:
        for name, force, distance, minimum in CASES:
            files = sorted(glob.glob(os.path.join(data("police_uk", force), "2025-*")))
            mine, points = ours(files, distance, minimum, os.path.join(work, "out"))
            other, places, moved = theirs(points, distance, minimum)
            differ = len(set(mine) ^ set(other)) + abs(len(mine) - len(other))
            wrong += differ
            print("| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d |" % (
                name, distance, minimum, len(points), places, len(other), len(mine),
                sum(m[0] for m in mine), moved, differ))
    sys.exit(1 if wrong else 0)


main()
