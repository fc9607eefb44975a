"""The inputs, made from the seed in rows.c: kept in the work folder and made once for a size."""
import json
import os
import subprocess

WEST, SOUTH, SIDE = 400000, 300000, 40000  # m: the frame of `points`
FORCE = (-2.2, 51.2, 40000 / 69600, 40000 / 111250)  # degrees: the country of `force` in rows.c


def whole(path, make):
    """The file, made under another name first, so that one half made is never taken for it."""
    if not os.path.exists(path):
        make(path + ".part")
        os.rename(path + ".part", path)
    return path


def rows(bench, kind, count):
    def make(path):
        with open(path, "wb") as out:
            subprocess.run([bench.program("bench_rows"), str(count), kind], stdout=out, check=True)
    return whole(bench.work(f"{kind}-{count}.csv"), make)


def square(west, south, east, north, code):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Feature", "properties": {"code": code, "name": f"Square {code}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(path, squares, crs=None):
    what = {"type": "FeatureCollection", "features": squares}
    if crs:
        what["crs"] = {"type": "name", "properties": {"name": crs}}
    with open(path, "w", encoding="ascii") as out:
        json.dump(what, out)


def force_areas(bench):
    """100 squares that cover every row of `force`: with a margin wider than its Gaussians reach."""
    lon, lat, wide, high = FORCE
    margin, n = 0.1, 10
    x = [lon + wide * ((1 + 2 * margin) * i / n - margin) for i in range(n + 1)]
    y = [lat + high * ((1 + 2 * margin) * i / n - margin) for i in range(n + 1)]
    return whole(bench.work("force.geojson"), lambda path: collection(
        path, [square(x[i], y[j], x[i + 1], y[j + 1], f"W{i}{j}")
               for i in range(n) for j in range(n)]))


def frame_area(bench):
    """The frame of `points`, one square in metres."""
    return whole(bench.work("frame.geojson"), lambda path: collection(
        path, [square(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE, "F1")],
        "urn:ogc:def:crs:EPSG::27700"))


def points_shape(bench, csv):
    """`points` as a shapefile: what SAGA and QGIS read fastest."""
    def make(path):
        plain = path[:-len(".part")]
        subprocess.run(["ogr2ogr", "-f", "ESRI Shapefile", plain, csv, "-oo",
                        "X_POSSIBLE_NAMES=easting", "-oo", "Y_POSSIBLE_NAMES=northing", "-a_srs",
                        "EPSG:27700", "-select", "id"], check=True)
        os.rename(plain, path)
    return whole(csv[:-len(".csv")] + ".shp", make)


def points_columns(bench, csv):
    """`points` as x|y, for GRASS."""
    def make(path):
        with open(csv, encoding="ascii") as source, open(path, "w", encoding="ascii") as out:
            next(source)
            for line in source:
                field = line.split(",")
                out.write(f"{field[2]}|{field[3]}\n")
    return whole(csv[:-len(".csv")] + ".txt", make)
