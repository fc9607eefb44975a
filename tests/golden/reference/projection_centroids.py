#!/usr/bin/python3
"""hotbeat's projection against the ward centroids of the Office for National Statistics.

Each ward of wards_2025 carries its centroid twice, as LONG/LAT and as BNG_E/BNG_N in whole metres.
LONG/LAT go in as a CSV with a made-up date; eastings and northings come back from the layer
incidents of a run whose areas are the wards themselves, with the OSTN15 grid and without it.
The given figures are rounded: half a metre each way in BNG, and LAT/LONG to 5 or 6 decimals.
"""
import csv

from common import *

LIMIT = {"with OSTN15": 0.75, "without": 3.0}


def centroids():
    """[(code, longitude, latitude, easting, northing)]; the wards, merged, on the way."""
    out = []
    path = scratch("wards.gpkg")
    for i, source in enumerate(files("boundaries/wards_2025/*.geojson")):
        gdal.VectorTranslate(path, source, format="GPKG", layerName="wards",
                             accessMode="append" if i else "overwrite",
                             geometryType="PROMOTE_TO_MULTI")
        opened = ogr.Open(source)
        out += [(f["WD25CD"], f["LONG"], f["LAT"], f["BNG_E"], f["BNG_N"])
                for f in opened.GetLayer()]
    return out, path


def write(rows, path):
    with open(path, "w", newline="") as f:
        to = csv.writer(f)
        to.writerow(["id", "date", "type", "longitude", "latitude"])
        for code, lon, lat, _, _ in rows:
            to.writerow([code, "2025-06-15", "Test", repr(lon), repr(lat)])


def read_back(rows, wards, how, options):
    out = scratch(how.replace(" ", "-"))
    run("run", scratch("centroids.csv"), "--areas", "ward=%s,code=WD25CD,name=WD25NM" % wards,
        "--profile", "internal", "--quiet", "--maps", "none", "--overwrite", "--out", out, *options)
    source = ogr.Open(os.path.join(out, "hotbeat.gpkg"))
    back = {f["incident_id"]: f.GetGeometryRef().GetPoint_2D()
            for f in source.GetLayerByName("incidents")}
    off = np.array([np.hypot(back[r[0]][0] - r[3], back[r[0]][1] - r[4])
                    for r in rows if r[0] in back])
    return [how, len(rows), len(off), "%.2f" % np.median(off), "%.2f" % off.max(),
            "%.2f" % LIMIT[how]], off.max() <= LIMIT[how] and len(off) == len(rows)


def main():
    rows, wards = centroids()
    write(rows, scratch("centroids.csv"))
    print("hotbeat's eastings and northings against ONS ward centroids, May 2025\n")
    lines, good = zip(read_back(rows, wards, "with OSTN15", ["--grid", grid()]),
                      read_back(rows, wards, "without", []))
    table(["projection", "centroids", "read back", "median m", "max m", "limit m"], lines)
    verdict(all(good), "every centroid is within the limit")


main()
